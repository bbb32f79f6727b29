"""Volumes by columns: how long the metal is that each of many lines meets, its ends found by halving.

A room's cells are looked over by points, then columns stand through those that hold or touch metal, along the
axis that most of its skin lies across. A column is asked once in every cell, all at one height of theirs; where
one answer differs from the next the skin lies between, and halving finds it. What is met once only counts for a
whole cell: so seldom would a thinner sheet be met. The columns stand in a square pattern turned by the golden
ratio's slope, along which no straight side runs.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.room import Cells, faces, touching

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
Test = Callable[[Array], Mask]
COARSE = 2048  # points that look the room over
AGAIN, MOST_AGAIN = (
    0.7,
    60,
)  # hits hoped for in every cell beside those that met metal, to follow a shaving
TRIED = 200  # columns that tell how many of them meet metal
FEW, MANY = 600, 4000  # columns that should meet it
DEPTH = (
    3.0  # cells that columns should meet metal in; where it is thinner, more columns make up for it
)
POINTS_EACH = 16  # points that a column stands for
THRONG, SHY = (
    60,
    4,
)  # times as many as were tried, at most: where much metal asks for it, and where little does
TELLS = 100.0  # points; what asks for fewer is next to nothing of its piece
ROUND = 0.6  # what skin across a shape's own axle is worth: round sides run along it
HALVINGS = 3  # of the step between two answers, to find the skin
MOST_RULES = 400  # multipliers that are tried
MOVED = np.sqrt((2.0, 3.0, 5.0))  # of a cell's sides, from one cell to the next
ASIDE = (
    0.1317,
    0.3239,
)  # of the gap between columns: round rooms must not meet them alike on all sides
GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Cells that hold or touch metal, which of them it fills (`deep`), and the axis that columns stand along."""

    cells: Cells
    deep: Mask
    axis: int

    @property
    def across(self) -> tuple[int, int]:
        """The other two axes."""
        return (self.axis + 1) % 3, (self.axis + 2) % 3


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """`dense` columns to the mm2, at `foot` (n, 2) mm across from the room's corner, asked at `height` of a cell.

    Every meeting of a column with a cell of a room has its `column`, `cell` and `layer` (m,), column by column and
    upwards.
    """

    room: Room
    dense: float
    foot: Array
    height: Array
    column: Ints
    cell: Ints
    layer: Ints

    def points(self, at: Ints, higher: Array | float = 0.0) -> Array:
        """Where those meetings are asked, or so many cells higher; in the host's frame (n, 3)."""
        cells, axis = self.room.cells, self.room.axis
        local = np.empty((len(at), 3))
        local[:, self.room.across] = self.foot[self.column[at]]
        local[:, axis] = cells.size[axis] * (self.layer[at] + self.height[self.column[at]] + higher)
        return np.asarray(cells.low + cells.size * cells.at.min(axis=0) + local)


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


def looked_over(cells: Cells, inside: Test, axle: int) -> Room | None:
    """The cells that hold metal, and those round them; None where no point met any. `axle`: what shapes are round about."""
    each = max(2, -(-COARSE // len(cells.at)))
    seen = _seen(cells, each, inside)
    met, whole = seen > 0, seen == each
    deep = whole & ~touching(cells, ~whole, outside=True)
    if not met.any():
        return None
    done = met.copy()
    again = min(math.ceil(AGAIN / seen[touching(cells, met)].mean() * each), MOST_AGAIN)
    while (todo := touching(cells, met) & ~done).any():
        met[todo], done = _seen(cells.kept(todo), again, inside) > 0, done | todo
    near, skin = touching(cells, met), faces(cells, met)
    skin[axle] *= ROUND
    return Room(cells.kept(near), deep[near], int(skin.argmax()))


def _seen(cells: Cells, each: int, inside: Test) -> Ints:
    """Of `each` points spread in every cell, how many the test holds for.

    From cell to cell they are moved on as evenly: a flat side is met at other places in every one.
    """
    moved = np.arange(len(cells.at))[:, None] * MOVED
    share = (tile(each) + moved[:, None]) % 1.0
    points = cells.low + cells.size * (cells.at[:, None] + share)
    return np.asarray(inside(points.reshape(-1, 3)).reshape(-1, each).sum(axis=1))


def filled(room: Room, inside: Test, per_mm3: float = math.inf) -> float:
    """mm3 of the room where the test holds, as closely as `per_mm3` points to the mm3 would tell, within bounds."""
    places = room.cells.at[:, room.across]
    piles = len(np.unique(places @ np.array((places.max() + 1, 1))))
    mm2 = piles * float(np.prod(room.cells.size[list(room.across)]))
    tried = _columns(room, TRIED / mm2)
    met = _asked(tried, inside)
    hits, found = len(np.unique(tried.column[met])), int(met.sum())
    weight = per_mm3 * found * _mm3(tried) if hits else 0.0
    few = FEW * min(max(DEPTH * hits / max(found, 1), 1.0), DEPTH)
    wanted = min(max(weight / POINTS_EACH, few), MANY)
    more = min(max(wanted / max(hits, 1), 1.0), THRONG if weight > TELLS else SHY)
    columns = _columns(room, tried.dense * more)
    return _length(columns, inside) * _mm3(columns)


def _mm3(columns: Columns) -> float:
    """What one cell's height of one column stands for."""
    return float(columns.room.cells.size[columns.room.axis]) / columns.dense


def _columns(room: Room, dense: float) -> Columns:
    """So many columns to the mm2, and the cells of the room that each of them meets."""
    b, c = room.across
    place = room.cells.at - room.cells.at.min(axis=0)
    rows, size = place.max(axis=0) + 1, room.cells.size
    foot = _turned_grid(float(rows[b] * size[b]), float(rows[c] * size[c]), dense)
    stand = np.minimum((foot // size[[b, c]]).astype(int), rows[[b, c]] - 1)
    pile, under = (pair[:, 0] * rows[c] + pair[:, 1] for pair in (place[:, [b, c]], stand))
    order = np.argsort(under, kind="stable")
    first, last = (np.searchsorted(under[order], pile, side) for side in ("left", "right"))
    n = last - first
    cell = np.repeat(np.arange(len(place)), n)
    column = order[np.arange(len(cell)) + np.repeat(last - np.cumsum(n), n)]
    upwards = np.lexsort((place[cell, room.axis], column))
    column, cell = column[upwards], cell[upwards]
    height = np.asarray(np.arange(len(foot), dtype=float) * GOLDEN % 1.0, dtype=np.float64)
    return Columns(room, dense, foot, height, column, cell, place[cell, room.axis])


def _turned_grid(length: float, width: float, dense: float) -> Array:
    """Places (n, 2) in a rectangle: a square grid, `dense` to the mm2, whose rows rise by the golden ratio."""
    gap = 1.0 / math.sqrt(dense)
    steps = math.ceil(math.hypot(length, width) / 2.0 / gap) + 1
    row = gap * np.arange(-steps, steps + 1) / math.hypot(1.0, GOLDEN)
    one, two = (axis.reshape(-1) for axis in np.meshgrid(row, row, indexing="ij"))
    one, two = one + ASIDE[0] * gap, two + ASIDE[1] * gap
    places = np.column_stack((one - GOLDEN * two + length / 2, GOLDEN * one + two + width / 2))
    return places[((places >= 0.0) & (places < (length, width))).all(axis=1)]


def _asked(columns: Columns, inside: Test) -> Mask:
    """Whether metal is at each meeting (m,); deep cells are full of it."""
    met = columns.room.deep[columns.cell]
    ask = np.flatnonzero(~met)
    met[ask] = inside(columns.points(ask))
    return met


def _length(columns: Columns, inside: Test) -> float:
    """How many cells long the metal is on all columns together."""
    met = _asked(columns, inside)
    follows = (np.diff(columns.column) == 0) & (np.diff(columns.layer) == 1)
    above, below = np.zeros((2, len(met)), dtype=bool)
    above[:-1], below[1:] = follows & met[1:], follows & met[:-1]
    tops, bottoms = np.flatnonzero(met & ~above), np.flatnonzero(met & ~below)
    up, down = np.zeros((2, len(met)))
    sides = np.repeat((1.0, -1.0), (len(tops), len(bottoms)))
    more = _skin(columns, np.concatenate((tops, bottoms)), sides, inside) - 0.5
    up[tops], down[bottoms] = more[: len(tops)], more[len(tops) :]
    thin = np.flatnonzero(met & ~above & ~below & (up + down < 0.0))
    gaps = np.flatnonzero(~met & above & below)
    narrow = np.maximum(up[gaps - 1] + down[gaps + 1], 0.0)
    return float(met.sum() + up.sum() + down.sum() - (up + down)[thin].sum() - narrow.sum())


def _skin(columns: Columns, ends: Ints, side: Array, inside: Test) -> Array:
    """How far beyond those answers, of a step up (1) or down (-1), the metal goes on: 0..1, by halving."""
    near, far = np.zeros(len(ends)), np.ones(len(ends))
    for _ in range(HALVINGS):
        middle = (near + far) / 2.0
        on = inside(columns.points(ends, side * middle))
        near, far = np.where(on, middle, near), np.where(on, far, middle)
    return (near + far) / 2.0
