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
from jewelgen.piece.form import Hoop, Wall
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.piece import Piece

NEAR_BORE = 0.5  # mm within which a ring is the one round the finger


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
    expected_g: float = 0.0

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
    rows = sorted((bench.letters[name], bench.blanks[name].cut) for name in op.parts)
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


def _form(bench: Bench, op: Op) -> Words:
    blank = bench.blanks[op.parts[0]]
    rates = bench.practice.rates
    form = bench.piece.part(op.parts[0]).form
    minutes = (
        rates.form_ring
        if isinstance(form, Hoop)
        else rates.form_bezel
        if isinstance(form, Wall)
        else rates.form_other
    )
    if op.parts[0] in bench.flushed:
        size = " x ".join(f"{value:.1f}" for value in blank.cut)
        return (
            "flatten, sand one face; the outline is sawn once the wall is on",
            "mallet, 400 paper",
            f"blank {size}",
            "flat on the block",
            minutes,
        )
    target = " x ".join(f"{value:.1f}" for value in blank.net)
    copies = f" ({blank.n} of them)" if blank.n > 1 else ""
    return (
        ", ".join(blank.forming) + copies, _form_tool(form), f"net {target}", "measure before joining", minutes,
    )  # fmt: skip


def _form_tool(form: object) -> str:
    if isinstance(form, Hoop):
        return "mallet, mandrel"
    return "pliers, mallet, mandrel" if isinstance(form, Wall) else "saw, files, mallet"


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


def _fit(bench: Bench, op: Op) -> Words:
    form = bench.piece.part(op.parts[0]).form
    minutes = bench.practice.rates.fit
    if isinstance(form, Wall):
        holds = any(op.parts[0] in stone.held_by for stone in bench.piece.stones)
        return (
            f"{'fit to the stone' if holds else 'true to its shape'}; true the base on 400 paper",
            "mandrel, paper",
            f"height {form.height + 0.1:.1f}",
            f"{'stone drops in, no rattle; ' if holds else ''}stands with no light under",
            minutes,
        )
    if (
        isinstance(form, Hoop)
        and bench.piece.bore
        and abs(form.bore - bench.piece.bore) < NEAR_BORE
    ):
        return (
            "true on the mandrel, turning the ring; flatten the sides",
            "mandrel, mallet",
            f"inside {form.bore:.2f}",
            f"size {bench.piece.size or 'as drawn'} at both edges",
            minutes,
        )
    return "true the closed part", "mandrel, mallet", "sizes of the drawing", "round, flat", minutes


def _file(bench: Bench, op: Op) -> Words:
    joint = bench.piece.joints[int(op.about)]
    line = next((row for row in bench.lines.values() if row.index == int(op.about)), None)
    word = {
        "flat": "file the flat",
        "let-in": "file the notches",
        "cope": "file the end to its seat",
        "touch": "file the mating facets",
    }
    target = (
        line.text
        if line and line.text
        else (f"{joint.fit.depth:.2f} deep" if joint.fit.depth else "no light")
    )
    what = word.get(joint.fit.word, "file to fit")
    if joint.fit.word == "flat" and joint.n > 1:
        what = f"file the {joint.n} tips to lie flat under {bench.letters.get(joint.a, joint.a)}"
    return (
        what,
        "file, wax",
        target,
        "square, no light",
        bench.practice.rates.file_joint,
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
    "form": _form,
    "seam": _solder,
    "join": _solder,
    "fit": _fit,
    "file": _file,
    "flush": _flush,
    "polish_inside": _polish_inside,
    "link": _link,
    "cold": _cold,
    "weld": _weld,
}
