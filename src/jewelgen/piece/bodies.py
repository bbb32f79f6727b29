"""Every copy of every part as an inside test with what is taken from it, in the piece's coordinates.

In: a `Piece`.  Out: `Solid`s; the metal prediction compares them pair by pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.bounds import Box, Shape, bounds, box_in, meet
from jewelgen.piece.frame import Frame
from jewelgen.piece.inside import inside
from jewelgen.piece.mark import Beads, Glyphs
from jewelgen.piece.piece import Piece

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
SLACK = 0.02  # mm round a box, since those of swept shapes are sampled


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A shape at its place; `name` of the part, cut or mark it comes from."""

    name: str
    shape: Shape
    frame: Frame
    box: Box

    def contains(self, world: Array) -> Mask:
        """Which points of the piece's coordinates lie in it."""
        mask = _in_box(self.box, world)
        if mask.any():
            mask[mask] = inside(self.shape, to_local(self.frame, world[mask]))
        return mask


def _in_box(box: Box, world: Array) -> Mask:
    """Which points lie in a box, axis by axis: few of many do."""
    low, high = box[0] - SLACK, box[1] + SLACK
    mask = np.ones(len(world), dtype=bool)
    for axis in range(3):
        at = world[:, axis]
        mask &= at >= low[axis]
        mask &= at <= high[axis]
    return mask


def to_local(frame: Frame, world: Array) -> Array:
    """Points of the outer frame in the coordinates of `frame`."""
    rows = np.array(frame.rows())
    return np.asarray((world - rows[:, 3]) @ rows[:, :3])


def to_world(frame: Frame, local: Array) -> Array:
    """Points of `frame` in the outer one."""
    rows = np.array(frame.rows())
    return np.asarray(local @ rows[:, :3].T + rows[:, 3])


def placed(name: str, shape: Shape, frame: Frame) -> Placed:
    """A shape at its place with its box."""
    return Placed(name, shape, frame, box_in(bounds(shape), frame))


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """One copy of a part: its form and all that is taken from it (cutters, then cut letters)."""

    part: str
    body: Placed
    taken: tuple[Placed, ...]

    def contains(self, world: Array) -> Mask:
        """Which points are metal of this copy."""
        mask = self.body.contains(world)
        if not mask.any():
            return mask
        room = world[mask].min(axis=0), world[mask].max(axis=0)
        for tool in near(self.taken, room):
            mask[mask] = ~tool.contains(world[mask])
        return mask


def near(items: Sequence[Placed], box: Box) -> list[Placed]:
    """Those whose boxes meet the given one, in their order."""
    if len(items) < 8:
        return [item for item in items if meet(item.box, box)]
    low = np.array([item.box[0] for item in items])
    high = np.array([item.box[1] for item in items])
    hit = (low < box[1]).all(axis=1) & (box[0] < high).all(axis=1)
    return [items[int(i)] for i in np.flatnonzero(hit)]


def solids(piece: Piece) -> tuple[Solid, ...]:
    """All copies of all parts in order."""
    tools = {part.name: list(_tools(piece, part.name)) for part in piece.parts}
    found = []
    for part in piece.parts:
        for inner in part.array.frames():
            body = placed(part.name, part.form, part.at.then(inner))
            taken = tuple(near(tools[part.name], body.box))
            found.append(Solid(part.name, body, taken))
    return tuple(found)


def _tools(piece: Piece, part: str) -> Iterator[Placed]:
    for cut in piece.cuts:
        if part in cut.on:
            for inner in cut.array.frames():
                yield placed(cut.name, cut.form, cut.at.then(inner))
    for mark in piece.marks:
        if mark.on != part or mark.when != "cast" or not isinstance(mark.form, Glyphs):
            continue
        if mark.form.how != "raise":
            for inner in mark.array.frames():
                yield placed(mark.name, mark.form, mark.at.then(inner))


def raised(piece: Piece) -> Iterator[tuple[str, Placed]]:
    """Part name and place of every bead, and of every raised text, that the master carries."""
    for mark in piece.marks:
        form = mark.form
        lifts = isinstance(form, Beads) or (isinstance(form, Glyphs) and form.how == "raise")
        if mark.when == "cast" and lifts and isinstance(form, (Beads, Glyphs)):
            for inner in mark.array.frames():
                yield mark.on, placed(mark.name, form, mark.at.then(inner))
