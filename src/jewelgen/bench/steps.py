"""Steps: what each operation of the order means at the bench, with the number to hit, the check and minutes.

In: the order, blanks, joints, settings.  Out: `Step` rows, each with its phase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jewelgen.bench.finishing import FINISHING
from jewelgen.bench.order import Op
from jewelgen.bench.wire_words import WIRE_WORK
from jewelgen.bench.wording import FABRICATION, Bench

WORDERS = {**FABRICATION, **FINISHING, **WIRE_WORK}
PHASES = ("designing", "fabrication", "finishing", "final touches")
_PHASE = {
    "measure": 0, "trim": 2, "finish": 2, "tumble": 2, "polish": 2, "engrave": 3, "milgrain": 3, "texture": 3, "weigh": 3, "pack": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One line of work. `ids`: part, joint or stone ids; `last_heat` marks the end of soldering."""

    n: int
    phase: str
    key: str
    ids: tuple[str, ...]
    text: str
    tool: str
    target: str
    check: str
    minutes: float
    last_heat: bool = False


def steps(bench: Bench, order: Sequence[Op]) -> tuple[Step, ...]:
    """The numbered steps; all cuts stand in one line, for that is how they are done."""
    rows: list[Step] = []
    for op in _gathered(order):
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
                op.verb == "last_heat",
            )
        )
    return tuple(rows)


def _gathered(order: Sequence[Op]) -> list[Op]:
    """Runs of cuts become one operation over all their parts."""
    cuts = [op for op in order if op.verb == "cut"]
    out: list[Op] = []
    for op in order:
        if op.verb != "cut":
            out.append(op)
        elif op is cuts[0]:
            out.append(Op("cut", "cut", tuple(part for cut in cuts for part in cut.parts)))
    return out


def _ids(bench: Bench, op: Op) -> tuple[str, ...]:
    if op.key in bench.lines:
        return (bench.lines[op.key].id, *bench.ids(op.parts))
    if op.verb == "set":
        return (bench.settings[op.about].id, *bench.ids(op.parts))
    return () if op.verb == "measure" else bench.ids(op.parts)
