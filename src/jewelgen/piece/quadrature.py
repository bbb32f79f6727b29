"""How much metal two shapes share, by their own inside tests: volumes by columns through the room they share.

Blocks of room that one of the shapes is known to stay out of are passed over, so that a thin lens between two
large parts is met as surely as a deep bite.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.bodies import Placed, to_world
from jewelgen.piece.bounds import Shape
from jewelgen.piece.columns import Room, Test, filled, looked_over
from jewelgen.piece.cutter import Bore, Groove
from jewelgen.piece.form import Bar, Hoop, Twist
from jewelgen.piece.rail import Circ, is_straight
from jewelgen.piece.room import shared_room

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
_G = 1.2207440846057596  # root of x^4 = x + 1: the three-dimensional golden ratio


class Inside(Protocol):
    """What knows which points of the piece lie in it."""

    def contains(self, points: Array) -> Mask:
        """Whether each point (n, 3) lies inside."""
        ...


@lru_cache(maxsize=4)
def lattice(n: int) -> Array:
    """`n` points spread evenly over the unit cube (Roberts' R3 sequence), always the same; do not write to them."""
    step = np.array((1 / _G, 1 / _G**2, 1 / _G**3))
    return np.asarray((0.5 + np.arange(1, n + 1)[:, None] * step) % 1.0)


def common(host: Placed, other: Placed, without: Sequence[Inside] = ()) -> float:
    """mm3 that both shapes hold and none of `without` does."""
    test = metal_test(host, other, without)
    room = room_of(host, other, test)
    return filled(room, test) if room else 0.0


def room_of(host: Placed, other: Placed, test: Test) -> Room | None:
    """The room that both shapes share where the test holds; None when there is none."""
    cells = shared_room(host, other)
    axle = 1 if isinstance(host.shape, Hoop | Groove | Bore) else 2
    return looked_over(cells, test, axle) if cells else None


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


def slow(shape: Shape) -> bool:
    """Whether the inside test has to look for the nearest place of a free rail."""
    return isinstance(shape, Twist) or (
        isinstance(shape, Bar) and not isinstance(shape.rail, Circ) and not is_straight(shape.rail)
    )
