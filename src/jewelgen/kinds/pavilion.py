"""How deep a seat is cut for a pavilion of any shape: step cuts are fuller than a cone to their culet."""

from __future__ import annotations

import numpy as np

from jewelgen.flat.outline import Outline, inside
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.stone import Stone

HALVINGS = 40


def seat_depth(stone: Stone, outline: Outline, clear: float) -> float:
    """Depth in mm below the girdle of the cone from `outline` to a point that holds the pavilion, `clear` mm off it.

    A corner of the pavilion `z` deep, at the share `s` of the outline's reach in its direction, lies in a cone of
    depth D when s <= 1 - z / D; the stone and the cone are convex, so its corners speak for it.
    """
    corners, _ = polyhedron(stone)
    low = corners[corners[:, 2] < -1e-6]
    s, z = _share(outline, low[:, :2]), -low[:, 2]
    within = s < 1.0
    needed = float((z[within] / (1.0 - s[within])).max(initial=0.0))
    return max(needed, stone.pavilion) * (1.0 + 2.0 * clear / stone.width)


def _share(
    outline: Outline, points: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """By which share of its size the outline just holds each point (n, 2), by halving."""
    low, high = np.zeros(len(points)), np.full(len(points), 2.0)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        held = inside(outline, points[:, 0] / middle, points[:, 1] / middle)
        low, high = np.where(held, low, middle), np.where(held, middle, high)
    return high
