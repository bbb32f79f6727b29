"""The words of each step: what to do, with which tool, the number to hit, the check and the minutes.

In: an operation and the rows of the plan.  Out: `Words`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from jewelgen.bench.blank import Blank
from jewelgen.bench.castings import Component
from jewelgen.bench.joints import JointLine
from jewelgen.bench.order import Op
from jewelgen.bench.practice import Practice
from jewelgen.bench.settings import Setting
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.piece import Piece


@dataclass(frozen=True, slots=True)
class Bench:
    """What the wording of steps needs: the piece, its rows and letters, the shop's practice."""

    piece: Piece
    letters: Mapping[str, str]
    blanks: Mapping[str, Blank]
    lines: Mapping[str, JointLine]
    settings: Mapping[str, Setting]
    practice: Practice
    flushed: frozenset[str] = frozenset()  # plates sawn to size only after their wall is on

    components: Mapping[str, Component] = field(default_factory=dict)
    expected_g: float = 0.0  # on the scale without stones
    stones_g: float = 0.0

    def ids(self, parts: Sequence[str]) -> tuple[str, ...]:
        """The letters of parts."""
        return tuple(sorted({self.letters[name] for name in parts if name in self.letters}))


Words = tuple[str, str, str, str, float]  # text, tool, target, check, minutes
Worder = Callable[[Bench, Op], Words]


def _measure(bench: Bench, op: Op) -> Words:
    rows = list(bench.settings.values())
    size = "; ".join(f"{row.id} {row.size_text}" for row in rows)
    minutes = bench.practice.rates.measure
    if not rows:
        return (
            "check the drawing, the size and the stock",
            "caliper",
            bench.piece.size or "sizes of the drawing",
            "all sizes can be read",
            minutes,
        )
    return (
        "measure the stones at three places; correct the sheet when more than 0.1 off",
        "caliper",
        size,
        "height of the upright side too",
        minutes,
    )


def _cut(bench: Bench, op: Op) -> Words:
    minutes = bench.practice.rates.cut_part * len(op.parts)
    rows = sorted(
        (bench.letters[name], bench.blanks[name].cut)
        for name in op.parts
        if bench.blanks[name].sort != "slit"
    )
    cuts = [f"{mark} {' x '.join(f'{size:.1f}' for size in cut)}" for mark, cut in rows]
    return (
        "cut all blanks to the cut list",
        "saw, shear",
        "; ".join(cuts),
        "tick off, weigh the issue",
        minutes,
    )


def _receive(bench: Bench, op: Op) -> Words:
    row = bench.components[op.about]
    return (
        f"check the casting against the drawing, saw off the sprue, file its stub: {row.part}",
        "caliper, loupe, saw, file",
        f"about {row.grams:.2f} g when finished",
        "no pit, no crack at 10x",
        bench.practice.rates.receive,
    )


def _stamp(bench: Bench, op: Op) -> Words:
    mark = next(mark for mark in bench.piece.marks if mark.name == op.about)
    text = mark.form.text if isinstance(mark.form, Glyphs) else ""
    where = next((at for at, word in bench.blanks[mark.on].ticks if word == "mark"), None)
    middle = bench.blanks[mark.on].cut[0] / 2
    target = (
        f"{abs(where - middle):.1f} from the middle of the blank, {where:.1f} from its end"
        if where is not None
        else "as the drawing shows"
    )
    return (
        f"stamp {text!r} on the flat, before forming",
        "punches, steel block",
        target,
        "legible, even depth",
        bench.practice.rates.stamp,
    )


def _solder(bench: Bench, op: Op) -> Words:
    line = bench.lines[op.key]
    places = f", {line.places} places" if line.places > 1 else ""
    solder = line.solder.name if line.solder else line.grade
    margin = (
        f"; {line.margin_c:.0f} C below the parent"
        if line.margin_c is not None and line.margin_c < 20
        else ""
    )
    text = f"solder {line.word}: {solder}, {line.chip_words} chips{places}; {line.hold}; pickle"
    return (
        text,
        "torch, flux, pick",
        line.text or f"{line.chip_words} chips drawn in",
        f"light test, no gap{margin}",
        bench.practice.rates.joint,
    )


def _flush(bench: Bench, op: Op) -> Words:
    blank = bench.blanks[op.parts[0]]
    size = " x ".join(f"{value:.1f}" for value in blank.net)
    text = f"saw {bench.practice.saw_outside_line:.1f} outside the wall, file and sand flush"
    return text, "saw, files, 220-400", size, "no step to the finger", bench.practice.rates.flush


def _link(bench: Bench, op: Op) -> Words:
    rate = bench.practice.rates.link
    return "hang the open ring in its place", "pliers", "ends apart sideways", "moves freely", rate


def _cold(bench: Bench, op: Op) -> Words:
    line = bench.lines[op.key]
    return (
        f"{line.method}: {line.word}",
        "pliers, hammer",
        line.text or "ends closed",
        "moves as it should, nothing sharp",
        bench.practice.rates.cold,
    )


def _weld(bench: Bench, op: Op) -> Words:
    return (
        "weld the joint",
        "laser or pulse arc",
        "all round",
        "10x, no gap",
        bench.practice.rates.weld,
    )


def _polish_inside(bench: Bench, op: Op) -> Words:
    *own, host = bench.ids(op.parts[:-1]) + bench.ids(op.parts[-1:])
    return (
        f"sand and polish what the next joint will hide: the inside of {' '.join(own)}, the top of {host} beneath it",
        "papers on sticks, felt points, thread",
        "400, 600, 1200, then rouge",
        "no scratch where no tool will reach again",
        bench.practice.rates.polish,
    )


FABRICATION: Mapping[str, Worder] = {
    "measure": _measure,
    "receive": _receive,
    "cut": _cut,
    "stamp": _stamp,
    "seam": _solder,
    "join": _solder,
    "flush": _flush,
    "polish_inside": _polish_inside,
    "link": _link,
    "cold": _cold,
    "weld": _weld,
}
