"""The words of each step: what to do, with which tool, the number to hit, the check and the minutes.

In: an operation and the rows of the plan.  Out: `Words`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from jewelgen.bench.blank import Blank
from jewelgen.bench.castings import Component
from jewelgen.bench.joints import JointLine
from jewelgen.bench.order import Op
from jewelgen.bench.practice import Practice
from jewelgen.bench.settings import Setting
from jewelgen.bench.sheets import PIERCE
from jewelgen.bench.stamping import stamped
from jewelgen.piece.form import Plate
from jewelgen.piece.mark import Glyphs, Mark
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

    def lettered(self, text: str) -> str:
        """Words about parts with their ids in place of their names in the design."""
        for name in sorted(self.letters, key=len, reverse=True):
            text = re.sub(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", self.letters[name], text)
        return text

    def ids(self, parts: Sequence[str]) -> tuple[str, ...]:
        """The letters of parts."""
        return tuple(sorted({self.letters[name] for name in parts if name in self.letters}))

    def joint_lines(self, op: Op) -> tuple[JointLine, ...]:
        """The joints of an operation; more than one where they are made in one go."""
        return tuple(self.lines[f"joint:{index}"] for index in op.about.split())


HEADS = "ends that become the rivet heads"
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
    each = bench.practice.rates.cut_part
    minutes = each * sum(
        bench.blanks[name].n for name in op.parts if bench.blanks[name].sort != "slit"
    )
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
    middle = bench.blanks[mark.on].long / 2
    target = (
        f"{abs(where - middle):.1f} from the middle of the blank, {where:.1f} from its end"
        if where is not None
        else "as the drawing shows"
    )
    return (
        f"stamp {text!r} {_when_struck(bench, mark)}",
        "punches, steel block",
        target,
        "legible, even depth",
        bench.practice.rates.stamp,
    )


def _when_struck(bench: Bench, mark: Mark) -> str:
    """A ring's strip before it is bent; a plate when it is sawn, its middle letter first, its holes after the last."""
    form = bench.piece.part(mark.on).form
    if not isinstance(form, Plate):
        return "on the flat, before forming"
    last = stamped(bench.piece, mark.on)[-1] == mark.name
    after = f"; true it flat{f', then {PIERCE}' if form.holes else ''}" if last else ""
    return f"on the steel block, the middle letter first{after}"


def _solder(bench: Bench, op: Op) -> Words:
    lines = bench.joint_lines(op)
    line = lines[0]
    solder = line.solder.name if line.solder else line.grade
    margin = (
        f"; {line.margin_c:.0f} C below the parent"
        if line.margin_c is not None and line.margin_c < 20
        else ""
    )
    what = " and ".join(dict.fromkeys(row.word for row in lines))
    chips = " and ".join(chip_text(row) for row in lines)
    hold = line.hold if len(lines) == 1 else f"{line.hold}; all in one heat"
    word = "seam " if len(line.parts) == 1 else ""
    place = f", {word}{bench.lettered(line.place)}" if line.place else ""
    text = f"solder {what}{place}: {solder}, {chips}; {hold}; pickle"
    target = "; ".join(dict.fromkeys(row.text for row in lines if row.text)) or f"{chips} drawn in"
    return (
        text,
        "torch, flux, pick",
        target,
        f"light test, no gap{margin}",
        _joint_minutes(bench, lines),
    )


def chip_text(line: JointLine) -> str:
    """How many chips of which side one place takes, and for how many places: `1 chip of 0.7 each at 4 places`."""
    chips = f"{line.chips} chip{'s' if line.chips > 1 else ''} of {line.chip_side:.1f}"
    return f"{chips} each at {line.places} places" if line.places > 1 else chips


def _joint_minutes(bench: Bench, lines: Sequence[JointLine]) -> float:
    """A seam is a heat of its own each time; places of one heat take a little more each."""
    rates, first = bench.practice.rates, lines[0]
    places = sum(line.places for line in lines)
    if len(first.parts) == 1:
        return rates.joint * places
    return rates.joint + rates.place * (places - 1)


def _flush(bench: Bench, op: Op) -> Words:
    blank = bench.blanks[op.parts[0]]
    size = " x ".join(f"{value:.1f}" for value in blank.net) + (
        " across" if len(blank.net) == 1 else ""
    )
    text = f"saw {bench.practice.saw_outside_line:.1f} outside the wall, file and sand flush"
    check = "no edge stands past the wall, 10x"
    return text, "saw, files, 220-400", size, check, bench.practice.rates.flush


def _link(bench: Bench, op: Op) -> Words:
    rate = bench.practice.rates.link
    return "hang the open ring in its place", "pliers", "ends apart sideways", "moves freely", rate


def _cold(bench: Bench, op: Op) -> Words:
    lines = bench.joint_lines(op)
    if lines[0].method == "hinge":
        return _hinge(bench, lines)
    line = lines[0]
    return (
        f"{line.method}: {line.word}",
        "pliers, hammer",
        line.text or "ends closed",
        "moves as it should, nothing sharp",
        bench.practice.rates.cold * line.places,
    )


def _hinge(bench: Bench, lines: Sequence[JointLine]) -> Words:
    """One pin through all the knuckles of a hinge."""
    pin = bench.blanks[lines[0].parts[0]]
    many = sum(line.places for line in lines)
    long, thick = pin.net[0], pin.stock.wanted[1]
    head = next((extra.mm / 2 for extra in pin.allowances if extra.name == HEADS), 0.0)
    text = (
        f"put the halves together, ream all {many} knuckles in line, push the pin through, cut it to stand out "
        f"{head:.1f} at each end, spread both ends to heads in a countersunk knuckle, file them flush"
    )
    return (
        text,
        "reamer, flush cutter, riveting hammer",
        f"pin {thick:.2f} thick, {long:.1f} over all knuckles, {long + 2 * head:.1f} before riveting",
        "opens and closes without play, halves meet all round",
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
