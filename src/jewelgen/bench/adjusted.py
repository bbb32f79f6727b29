"""Blanks that the piece changes beyond their own form: pins with metal for their heads, bands that are joined to one wide ring.

In: a piece and a blank.  Out: the blank as it is cut. mm.
"""

from __future__ import annotations

from dataclasses import replace

from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance, Figure, Loss
from jewelgen.bench.practice import SOURCES, Practice
from jewelgen.bench.taken import recut
from jewelgen.bench.wording import HEADS
from jewelgen.piece.form import Hoop
from jewelgen.piece.piece import Piece
from jewelgen.piece.section import width

LONGER = "longer for its width"


def adjusted(piece: Piece, blank: Blank, practice: Practice) -> Blank:
    """A hinge's pin and a band of a stack; any other blank as it is."""
    if any(j.method == "hinge" and j.a == blank.part for j in piece.joints):
        return _pin(blank, practice)
    wide = stack_width(piece, blank.part)
    own = piece.part(blank.part).form
    if (
        wide > practice.wide_over
        and isinstance(own, Hoop)
        and width(own.stations[0][1]) <= practice.wide_over
    ):
        return _longer(blank, wide, practice)
    return blank


def _pin(blank: Blank, practice: Practice) -> Blank:
    """A pin stands out by half its thickness at either end, which becomes its heads."""
    heads = Allowance(HEADS, blank.stock.wanted[1])
    kerf = Allowance("saw kerf", practice.kerf)
    cut = recut(blank, (blank.net[0], (heads, kerf)), practice)
    losses = tuple(replace(row, sort="stays") if row.name == HEADS else row for row in cut.losses)
    return replace(cut, losses=losses)


def stack_width(piece: Piece, name: str) -> float:
    """Width over all bands that are joined side by side with a part; 0 where none is."""
    found, more = {name}, True
    touching = [j for j in piece.joints if j.fit.word == "touch" and j.method == "join"]
    while more:
        near = {x for j in touching if {j.a, j.b} & found for x in (j.a, j.b)} - found
        found, more = found | near, bool(near)
    if len(found) == 1:
        return 0.0
    edges = [edge for part in found for edge in _edges(piece, part)]
    return max(edges) - min(edges) if edges else 0.0


def _edges(piece: Piece, name: str) -> list[float]:
    """Both sides of every copy of a band along the finger, mm."""
    part = piece.part(name)
    if not isinstance(part.form, Hoop):
        return []
    half = width(part.form.stations[0][1]) / 2
    middles = [part.at.then(frame).origin[1] for frame in part.array.frames()]
    return [y + side for y in middles for side in (-half, half)]


def _longer(blank: Blank, wide: float, practice: Practice) -> Blank:
    """Joined bands fit as one wide ring: each is longer by what a wide band is."""
    add, old = practice.wide_add, blank.figure("net length")
    net = Figure(
        old.name, old.value + add, old.unit, f"{old.formula} + wide (joined, over {practice.wide_over:g} mm)",
        (*old.inputs, ("over all", wide), ("wide", add)), f"{old.source}; {SOURCES['wide']}",
    )  # fmt: skip
    rest = tuple(
        figure for figure in blank.figures if figure.name not in {"net length", "cut length"}
    )
    extras = tuple(
        extra for extra in blank.allowances if "grip" not in extra.name and "mill" not in extra.name
    )
    given = tuple((extra.name, extra.mm) for extra in extras)
    whole = net.value + sum(extra.mm for extra in extras)
    cut = Figure(
        "cut length",
        whole,
        "mm",
        "net + allowances",
        (("net", net.value), *given),
        SOURCES["squaring"],
    )
    got = recut(replace(blank, figures=(net, cut, *rest)), (net.value, extras), practice)
    ticks = tuple(
        (place + add / 2 * (1 if word == "6 o'clock" else 2 * (place > blank.long / 2)), word)
        for place, word in blank.ticks
    )
    return replace(got, ticks=ticks, losses=(*got.losses, Loss(LONGER, add * blank.area, "stays")))
