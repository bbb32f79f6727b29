"""Volumes by counting points: how much metal two shapes share, by their own inside tests.

Blocks of room that one of the shapes is known to stay out of are passed over, so that a thin lens between two
large parts is met as surely as a deep bite. A low-discrepancy lattice (Roberts' R3 sequence) looks the rest
over; blocks full of metal count whole, and as many points again go to those at its skin.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.apart import apart
from jewelgen.piece.bodies import SLACK, Placed, to_local, to_world
from jewelgen.piece.bounds import Shape, bounds, box_in
from jewelgen.piece.form import Bar, Twist
from jewelgen.piece.frame import Frame, inverse
from jewelgen.piece.rail import Circ, is_straight

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
Test = Callable[[Array], Mask]
COARSE = 2048  # points that look the room over
FEW, MANY = 3072, 32768  # those that look at the skin of the metal
HITS = 800  # of them that should meet metal, however thin it is
FIRST = 6  # cells along the longest side of a room at first
ENOUGH = 300  # cells that tell the room which two shapes share from the rest of their boxes
TOO_MANY = 1500
SHRINKS = 0.6  # what a room thinner than its cells is at most left with when they are halved
LEAST = 0.02  # mm; no cell gets smaller
SURE = 1.25  # shapes that turn and taper may come nearer than their sections say
THIN = 1e-9  # mm; a room thinner than this is rounding: two shapes that touch
MOST_RULES = 400  # multipliers that are tried
MOVED = np.sqrt((2.0, 3.0, 5.0))  # of a cell's sides, from one cell to the next
_G = 1.2207440846057596  # root of x^4 = x + 1: the three-dimensional golden ratio


class Inside(Protocol):
    """What knows which points of the piece lie in it."""

    def contains(self, points: Array) -> Mask:
        """Whether each point (n, 3) lies inside."""
        ...


@lru_cache(maxsize=4)
def lattice(n: int) -> Array:
    """`n` points spread evenly over the unit cube, always the same; do not write to them."""
    step = np.array((1 / _G, 1 / _G**2, 1 / _G**3))
    return np.asarray((0.5 + np.arange(1, n + 1)[:, None] * step) % 1.0)


@lru_cache(maxsize=256)
def tile(n: int) -> Array:
    """`n` points (n, 3) of the unit cube that repeat without a seam, as far from each other as a Korobov rule allows.

    k (1, a, a^2) / n modulo 1: N. M. Korobov, Doklady AN SSSR 124 (1959).
    """
    k, a = np.arange(n), np.arange(1, n // 2 + 1)[:MOST_RULES] if n > 1 else np.array([1])
    turns = np.stack(np.broadcast_arrays(k, a[:, None] * k, a[:, None] ** 2 * k), 2) % n
    away = np.minimum(turns, n - turns)
    least = (away**2).sum(axis=2)[:, 1:].min(axis=1) if n > 1 else np.zeros(1)
    return np.asarray((turns[int(least.argmax())] + 0.5) / n)


def common(host: Placed, other: Placed, without: Sequence[Inside] = ()) -> float:
    """mm3 that both shapes hold and none of `without` does."""
    cells = shared_room(host, other)
    return filled(cells, metal_test(host, other, without)) if cells else 0.0


def metal_test(host: Placed, other: Placed, without: Sequence[Inside] = ()) -> Test:
    """Which points of the host's own frame lie in both and in none of `without`; the cheaper test goes first."""
    both = [host] if other is host else [host, other]
    both.sort(key=lambda item: slow(item.shape))

    def inside(local: Array) -> Mask:
        world = to_world(host.frame, local)
        left = np.arange(len(local))
        for item in both:
            left = left[item.contains(world[left])]
        for gone in without:
            if not len(left):
                break
            left = left[~gone.contains(world[left])]
        mask = np.zeros(len(local), dtype=bool)
        mask[left] = True
        return mask

    return inside


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
    return cells.kept(_may_hold(cells, host.frame, other))


def _may_hold(cells: Cells, home: Frame, item: Placed) -> Mask:
    """Which cells, counted in the frame `home`, the item may reach into."""
    return apart(item.shape, to_local(item.frame, to_world(home, cells.middles))) < cells.reach


def reaches(cells: Cells, home: Frame, item: Placed) -> bool:
    """Whether an item may reach into any of the cells."""
    return bool(_may_hold(cells, home, item).any())


def filled(cells: Cells, inside: Test, per_mm3: float = math.inf) -> float:
    """mm3 of the cells where the test holds, with `per_mm3` points for every mm3 but never very few or very many.

    All are looked at; those wholly in by all that was seen in and round them count whole, those that were met
    and all that touch them are looked at again, more finely.
    """
    each = max(2, -(-COARSE // len(cells.at)))
    seen = _seen(cells, each, inside)
    met, whole = seen > 0, seen == each
    if not met.any():
        return 0.0
    deep = whole & ~_touch(cells, ~whole, outside=True)
    todo = _touch(cells, met) & ~deep
    share, cell = seen[todo].mean() / each if todo.any() else 1.0, float(np.prod(cells.size))
    points = max(per_mm3 * cell * seen.sum() / each, HITS / max(share, THIN), FEW)
    each, found, done = -(-int(min(points, MANY)) // max(todo.sum(), 1)), 0, deep
    while todo.any():
        again = _seen(cells.kept(todo), each, inside)
        found, met[todo], done = found + int(again.sum()), again > 0, done | todo
        todo = _touch(cells, met) & ~done  # a shaving is followed to its end
    return float(cell * (int(deep.sum()) + found / each))


def _touch(cells: Cells, marked: Mask, *, outside: bool = False) -> Mask:
    """Which cells are marked, or touch one that is; `outside`: or have a side that no cell touches."""
    place = tuple(_packed(axis) for axis in cells.at.T)
    grid = np.full([int(axis.max()) + 2 for axis in place], outside)
    grid[place] = marked
    for axis in range(3):
        grid = grid | np.roll(grid, 1, axis) | np.roll(grid, -1, axis)
    return np.asarray(grid[place])


def _packed(axis: Ints) -> Ints:
    """The same rows of cells with no more than one empty row between two of them, from 1 on."""
    rows, place = np.unique(axis, return_inverse=True)
    return np.asarray(1 + np.concatenate(([0], np.cumsum(np.minimum(np.diff(rows), 2))))[place])


def _seen(cells: Cells, each: int, inside: Test) -> Ints:
    """Of `each` points spread in every cell, how many the test holds for.

    From cell to cell they are moved on as evenly: a flat side is met at other places in every one.
    """
    moved = np.arange(len(cells.at))[:, None] * MOVED
    share = (tile(each) + moved[:, None]) % 1.0
    points = cells.low + cells.size * (cells.at[:, None] + share)
    return np.asarray(inside(points.reshape(-1, 3)).reshape(-1, each).sum(axis=1))


def slow(shape: Shape) -> bool:
    """Whether the inside test has to look for the nearest place of a free rail."""
    return isinstance(shape, Twist) or (
        isinstance(shape, Bar) and not isinstance(shape.rail, Circ) and not is_straight(shape.rail)
    )


def _room(host: Placed, other: Placed) -> tuple[Array, Array]:
    """The part of the host's box where the other may be, in the host's coordinates."""
    low, high = bounds(host.shape)
    if other is host:
        return low, high
    back = box_in(bounds(other.shape), inverse(host.frame).then(other.frame))
    return np.maximum(low, back[0]), np.minimum(high, back[1])
