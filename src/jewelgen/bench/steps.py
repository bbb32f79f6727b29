"""Steps: what each operation of the order means at the bench, with the number to hit, the check and minutes.

In: the order, blanks, joints, settings.  Out: `Step` rows, each with its phase.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jewelgen.bench.finishing import FINISHING
from jewelgen.bench.forming_words import FORMING, round_the_finger
from jewelgen.bench.order import Op
from jewelgen.bench.raising import LETTER_WORK
from jewelgen.bench.slits import SLIT_WORK
from jewelgen.bench.wire_words import WIRE_WORK
from jewelgen.bench.wording import FABRICATION, Bench

WORDERS = {**FABRICATION, **FORMING, **LETTER_WORK, **SLIT_WORK, **FINISHING, **WIRE_WORK}
PHASES = ("designing", "fabrication", "finishing", "final touches")
_PHASE = {
    "measure": 0, "harden": 2, "trim": 2, "finish": 2, "tumble": 2, "polish": 2, "engrave": 3, "hammer": 2, "milgrain": 3, "texture": 3, "weigh": 3, "pack": 3,
}  # fmt: skip


_OFF = {
    "measure": "stone", "receive": "finish", "stamp": "stamp", "form": "form", "file": "file", "flush": "flush",
    "finish": "finish", "last_heat": "finish", "tumble": "rim", "set": "set", "engrave": "engrave",
    "milgrain": "engrave", "pierce": "engrave", "overlay": "engrave",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One line of work. `ids`: joints or stones first, then parts; `last_heat` marks the end of soldering."""

    n: int
    phase: str
    key: str
    ids: tuple[str, ...]
    text: str
    tool: str
    target: str
    check: str
    minutes: float
    tolerance: str = ""
    last_heat: bool = False


def steps(bench: Bench, order: Sequence[Op]) -> tuple[Step, ...]:
    """The numbered steps; all cuts stand in one line, for that is how they are done."""
    rows: list[Step] = []
    for op in _gathered(bench, order):
        text, tool, target, check, minutes = WORDERS[op.verb](bench, op)
        ids = _ids(bench, op)
        phase = PHASES[_PHASE.get(op.verb, 1)]
        rows.append(
            Step(
                len(rows) + 1,
                phase,
                op.key,
                ids,
                text,
                tool,
                target,
                check,
                minutes,
                _sensible(allowed_off(bench, op), target),
                op.verb == "last_heat",
            )
        )
    return tuple(rows)


def _sensible(off: str, target: str) -> str:
    """A tolerance in mm only where there is a size to hit; the eye judges the rest."""
    sized = re.search(r"\d\.\d", target) or "sizes" in target
    return off if sized or not off.endswith(" mm") or not off.startswith("±") else "by eye"


def allowed_off(bench: Bench, op: Op) -> str:
    """How far off the number may be, with its unit: `±0.10 mm`, `-0 / +0.30 mm`; sizes and grams their own."""
    off = bench.practice.tolerances
    if op.verb in {"seam", "join", "weld"}:
        return f"gap at most {off.gap:.2f} mm"
    if op.verb in {"fit", "last_heat"} and bench.piece.size and _sized(bench, op):
        return f"-0 / +{off.size_over_us:g} US size"
    if op.verb == "cut":
        return f"-0 / +{off.cut:.2f} mm"
    if op.verb == "weigh":
        return f"±{off.weight_pct:g} %"
    if op.verb == "pack":
        return "none missing"
    if op.verb in {"polish", "texture", "hammer"}:
        return "by eye"
    return f"±{getattr(off, _OFF.get(op.verb, 'fit')):.2f} mm"


def _sized(bench: Bench, op: Op) -> bool:
    """Whether the step is about the finger: the last heat, or a ring of the finger's size."""
    if op.verb == "last_heat":
        return True
    return round_the_finger(bench.piece.part(op.parts[0]).form, bench.piece.bore)


def _gathered(bench: Bench, order: Sequence[Op]) -> list[Op]:
    """Runs of cuts become one operation over all their parts, joints of one heat and sleeves of one pin one step."""
    cuts = [op for op in order if op.verb == "cut"]
    out: list[Op] = []
    for op in order:
        if op.verb == "cut":
            if op is cuts[0]:
                out.append(Op("cut", "cut", tuple(part for cut in cuts for part in cut.parts)))
        elif out and _one_work(bench, out[-1], op):
            last = out[-1]
            parts = tuple(dict.fromkeys((*last.parts, *op.parts)))
            out[-1] = replace(last, parts=parts, about=f"{last.about} {op.about}")
        else:
            out.append(op)
    return out


def _one_work(bench: Bench, last: Op, op: Op) -> bool:
    """Whether a joint is made in the same go as the one before it: in one heat, or on one pin."""
    if last.verb != op.verb or op.verb not in {"join", "cold"}:
        return False
    line, before = bench.joint_lines(op)[0], bench.joint_lines(last)[-1]
    if op.verb == "join":
        return line.shared and line.grade == before.grade and bool({*line.parts} & {*last.parts})
    return line.method == before.method == "hinge" and line.parts[0] == before.parts[0]


def _ids(bench: Bench, op: Op) -> tuple[str, ...]:
    if op.key in bench.lines:
        return (*(line.id for line in bench.joint_lines(op)), *bench.ids(op.parts))
    if op.verb == "set":
        return (bench.settings[op.about].id, *bench.ids(op.parts))
    return bench.ids(op.parts or tuple(bench.letters))
