"""The room that two shapes share, in cells: those that either is known to stay out of are left out.

In: two placed shapes.  Out: `Cells` of the host's own frame, mm, that shrink until enough of them tell.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.apart import apart
from jewelgen.piece.bodies import SLACK, Placed, to_local, to_world
from jewelgen.piece.bounds import bounds, box_in
from jewelgen.piece.frame import Frame, inverse

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
FIRST = 6  # cells along the longest side of a room at first
ENOUGH = 300  # cells that tell the room which two shapes share from the rest of their boxes
TOO_MANY = 1500
SHRINKS = 0.6  # what a room thinner than its cells is at most left with when they are halved
LEAST = 0.02  # mm; no cell gets smaller
SURE = 1.25  # shapes that turn and taper may come nearer than their sections say
THIN = 1e-9  # mm; a room thinner than this is rounding: two shapes that touch


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Boxes of one `size` (3,) in mm, counted along the axes from the corner `low`: `at` (n, 3), each once."""

    low: Array
    size: Array
    at: Ints

    @property
    def mm3(self) -> float:
        """The room in them."""
        return len(self.at) * float(np.prod(self.size))

    @property
    def middles(self) -> Array:
        """Their middles (n, 3)."""
        return np.asarray(self.low + self.size * (self.at + 0.5))

    @property
    def reach(self) -> float:
        """How near a middle a shape must come to be in its cell, mm."""
        return SURE * float(np.linalg.norm(self.size)) / 2 + SLACK

    def kept(self, mask: Mask) -> Cells:
        """Those of the cells."""
        return replace(self, at=self.at[mask])

    def halved(self) -> Cells:
        """The same room in cells halved along their longer sides."""
        parts = np.where(self.size > 0.6 * self.size.max(), 2, 1)
        corners = np.array(list(product(*(range(n) for n in parts))))
        at = (self.at[:, None] * parts + corners).reshape(-1, 3)
        return Cells(self.low, self.size / parts, at)


def shared_room(host: Placed, other: Placed) -> Cells | None:
    """The room, in the host's own frame, where both shapes may be: cells that shrink until enough of them tell."""
    low, high = _room(host, other)
    if not (low + THIN < high).all():
        return None
    parts = np.maximum(1, np.round((high - low) / max(float((high - low).max()) / FIRST, LEAST)))
    at = np.array(list(product(*(range(int(n)) for n in parts))))
    cells = _near_both(host, other, Cells(low, (high - low) / parts, at))
    shrinks = True
    while 0 < len(cells.at) <= (TOO_MANY if shrinks else ENOUGH) and cells.size.max() > LEAST:
        room, cells = cells.mm3, _near_both(host, other, cells.halved())
        shrinks = cells.mm3 < SHRINKS * room
    return cells if len(cells.at) else None


def _near_both(host: Placed, other: Placed, cells: Cells) -> Cells:
    """The cells that neither shape is known to stay out of."""
    cells = cells.kept(apart(host.shape, cells.middles) < cells.reach)
    if other is host or not len(cells.at):
        return cells
    return cells.kept(may_hold(cells, host.frame, other))


def may_hold(cells: Cells, home: Frame, item: Placed) -> Mask:
    """Which cells, counted in the frame `home`, the item may reach into."""
    return apart(item.shape, to_local(item.frame, to_world(home, cells.middles))) < cells.reach


def faces(cells: Cells, marked: Mask) -> Array:
    """mm2 (3,) of the sides, across each axis, where marked cells end."""
    grid = _grid(cells, marked, outside=False)[0]
    sides = np.array([np.count_nonzero(np.diff(grid, axis=axis)) for axis in range(3)])
    return np.asarray(sides * np.prod(cells.size) / cells.size)


def touching(cells: Cells, marked: Mask, *, outside: bool = False) -> Mask:
    """Which cells are marked, or touch one that is; `outside`: or have a side that no cell touches."""
    grid, place = _grid(cells, marked, outside=outside)
    for axis in range(3):
        grid = grid | np.roll(grid, 1, axis) | np.roll(grid, -1, axis)
    return np.asarray(grid[place])


def _grid(cells: Cells, marked: Mask, *, outside: bool) -> tuple[Mask, tuple[Ints, ...]]:
    """The marks in rows, columns and layers with a rim of `outside` round them, and the place of each cell."""
    place = tuple(_packed(axis) for axis in cells.at.T)
    grid = np.full([int(axis.max()) + 2 for axis in place], outside)
    grid[place] = marked
    return grid, place


def _packed(axis: Ints) -> Ints:
    """The same rows of cells with no more than one empty row between two of them, from 1 on."""
    rows = np.flatnonzero(np.bincount(axis))
    place = np.zeros(rows[-1] + 1, dtype=np.int64)
    place[rows[1:]] = np.cumsum(np.minimum(np.diff(rows), 2))
    return np.asarray(1 + place[axis])


def _room(host: Placed, other: Placed) -> tuple[Array, Array]:
    """The part of the host's box where the other may be, in the host's coordinates."""
    low, high = bounds(host.shape)
    if other is host:
        return low, high
    back = box_in(bounds(other.shape), inverse(host.frame).then(other.frame))
    return np.maximum(low, back[0]), np.minimum(high, back[1])
