"""The words of wire work: lay, bind, bend, close, trim.

In: an operation and the rows of the plan.  Out: `Words`.
"""

from __future__ import annotations

from collections.abc import Mapping

from jewelgen.bench.order import Op
from jewelgen.bench.wording import Bench, Worder, Words
from jewelgen.bench.wraps import Wrap, marks_of, wraps_of
from jewelgen.piece.bounds import bounds
from jewelgen.piece.form import Bar
from jewelgen.piece.rail import Wound
from jewelgen.piece.section import thickness

TAPE = 30  # mm between the tapes that hold wires side by side


def _wrap(bench: Bench, name: str) -> Wrap:
    return next(wrap for wrap in wraps_of(bench.piece) if wrap.name == name)


def _lay(bench: Bench, op: Op) -> Words:
    wrap = _wrap(bench, op.about)
    rows = marks_of(bench.piece, wrap)
    marks = ", ".join(f"{bench.letters[name]} {signed(place)}" for name, place in rows)
    return (
        f"straighten the wires, lay them side by side in the order of the drawing, tape every {TAPE} mm; mark the middle and the bindings",
        "nylon-jawed pliers, tape, marker",
        f"from the middle: {marks}",
        "flat, no wire crosses another; check the marks with a paper tape round the stone",
        bench.practice.rates.shape_wrap,
    )


def signed(mm: float) -> str:
    """`+18.2`, `-38.7`, or `0` for the middle itself."""
    return f"{mm:+.1f}" if round(abs(mm), 1) else "0"


def _bind(bench: Bench, op: Op) -> Words:
    line = bench.lines[op.key]
    form = bench.piece.part(op.parts[-1]).form
    turns = form.rail.n if isinstance(form, Bar) and isinstance(form.rail, Wound) else 0.0
    text = f"bind with {turns:g} turns, tight and side by side, ends on the back"
    return (
        text,
        "flat-nose pliers",
        line.text,
        "no gap between turns, ends pressed flat",
        bench.practice.rates.wrap_turn * turns + 2.0,
    )


def _shape(bench: Bench, op: Op) -> Words:
    wrap = _wrap(bench, op.about)
    stones = [s for s in bench.piece.stones if set(s.held_by) & set(wrap.wires)]
    around = f" round {stones[0].name.rpartition('.')[2]}" if stones else ""
    return (
        f"bend the bound wires{around} from the middle, both ends up side by side; pull the back wire's corners in, lay the stone in",
        "nylon-jawed pliers, the stone itself",
        "as the drawing shows",
        "stone lies level and does not rattle",
        bench.practice.rates.shape_wrap,
    )


def _bail(bench: Bench, op: Op) -> Words:
    target = "as the drawing shows"
    form = bench.piece.part(op.parts[0]).form
    if isinstance(form, Bar):
        low, high = bounds(form)
        clear = float(high[2] - low[2]) - 2 * thickness(form.stations[0][1])
        target = f"clear way {clear:.1f}"
    return (
        "bend the ends that run on over a rod to the back, cut them off and press them in behind the neck",
        "round-nose pliers, rod, flush cutter",
        target,
        "both lie side by side, the chain passes",
        6.0,
    )


def _trim(bench: Bench, op: Op) -> Words:
    return (
        "cut the other ends, shape them as drawn, file every end round and turn it inward",
        "flush cutter, needle file",
        "as the drawing shows",
        "nothing catches on cloth",
        10.0,
    )


WIRE_WORK: Mapping[str, Worder] = {
    "lay": _lay,
    "wrap": _bind,
    "shape": _shape,
    "bail": _bail,
    "trim": _trim,
}
