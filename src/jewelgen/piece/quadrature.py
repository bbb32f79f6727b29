"""Volumes by counting points: how much metal two shapes share, by their own inside tests.

A low-discrepancy lattice (Roberts' R3 sequence) looks the box over, then as many points again go where
metal was found and next to it: parts that meet at two far ends of a ring are counted as finely as those
that meet at one place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.bodies import Placed, to_world
from jewelgen.piece.bounds import Shape, bounds, box_in
from jewelgen.piece.form import Bar, Twist
from jewelgen.piece.frame import inverse
from jewelgen.piece.rail import Circ, is_straight

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Test = Callable[[Array], Mask]
COARSE, FINE = 8192, 24576
SIDE = 8  # cells along each side of the box: a thin shaving that no coarse point met still lies beside one that was
THIN = 1e-9  # mm; a room thinner than this is rounding: two shapes that touch
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


def common(host: Placed, other: Placed, test: Test, without: Sequence[Inside] = ()) -> float:
    """mm3 of `host` where `test` holds and none of `without` does; looked for where `other` may be."""
    low, high = _room(host, other)
    if not (low + THIN < high).all():
        return 0.0
    tests = [test, host.contains] if slow(host.shape) else [host.contains, test]

    def inside(local: Array) -> Mask:
        world = to_world(host.frame, local)
        mask = np.ones(len(local), dtype=bool)
        for wanted in tests:
            mask[mask] = wanted(world[mask])
        for item in without:
            mask[mask] = ~item.contains(world[mask])
        return mask

    local = low + lattice(COARSE) * (high - low)
    found = local[inside(local)]
    if not len(found):
        return 0.0  # less than one in 8192 of a box no larger than the smaller shape
    step = 1.5 * (high - low) / round(COARSE ** (1 / 3))
    low = np.maximum(low, found.min(axis=0) - step)
    high = np.minimum(high, found.max(axis=0) + step)
    size = (high - low) / SIDE
    cells = _near(np.clip(((found - low) / size).astype(int), 0, SIDE - 1))
    points = low + size * _spread(cells)
    return float(np.mean(inside(points)) * len(cells) * np.prod(size))


def _near(hit: NDArray[np.int64]) -> NDArray[np.int64]:
    """The cells that were hit and all that touch them, each once, in order."""
    met = np.zeros((SIDE + 2,) * 3, dtype=bool)
    for dx, dy, dz in product((0, 1, 2), repeat=3):
        met[hit[:, 0] + dx, hit[:, 1] + dy, hit[:, 2] + dz] = True
    return np.argwhere(met[1:-1, 1:-1, 1:-1])


def _spread(cells: NDArray[np.int64]) -> Array:
    """About `FINE` points, as many in every cell, in units of a cell from the corner of the box."""
    each = -(-FINE // len(cells))
    return np.asarray(np.repeat(cells, each, axis=0) + lattice(FINE + SIDE**3)[: each * len(cells)])


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
