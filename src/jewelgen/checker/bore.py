"""The finger hole of a ring, measured again on the surface that was written.

In: a `Scene`.  Out: `Bore`: the largest round mandrel that passes, in mm, with its out-of-round.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jewelgen.checker.rays import Scene
from jewelgen.checker.surface import Array

AROUND, ALONG = 720, 41
STRAY = 0.05  # mm: what lies further out than the fitted circle is engraving, a scoop or a hole
FINGER = (5.0, 35.0)  # mm: no finger asks for less or more


@dataclass(frozen=True, slots=True)
class Bore:
    """`diameter` of the circle through the innermost metal, `ovality` between its widest and narrowest, mm."""

    diameter: float
    ovality: float
    axis: int


def bore(scene: Scene) -> Bore | None:
    """The bore of the hole through the middle, along the axis that has one; None where there is no hole."""
    found = [item for axis in (1, 2, 0) if (item := _along(scene, axis))]
    return found[0] if found else None


def _along(scene: Scene, axis: int) -> Bore | None:
    low, high = scene.surface.vertices.min(axis=0), scene.surface.vertices.max(axis=0)
    middle, way = np.zeros(3), np.zeros(3)
    middle[axis], way[axis] = low[axis] - 1.0, 1.0
    far, _ = scene.hits(middle[None], way[None])
    if np.isfinite(far[0]):
        return None
    radii = _innermost(scene, axis, np.linspace(low[axis], high[axis], ALONG + 2)[1:-1])
    if np.isfinite(radii).mean() < 0.98:
        return None
    angle = np.linspace(0.0, 2 * np.pi, AROUND, endpoint=False)
    x, y = radii * np.cos(angle), radii * np.sin(angle)
    kept = np.isfinite(radii)
    kept &= radii < np.nanmedian(np.where(kept, radii, np.nan)) + STRAY
    cx, cy, r = circle(x[kept], y[kept])
    around = np.hypot(x[kept] - cx, y[kept] - cy)
    found = Bore(2 * r, 2 * float(np.ptp(around)), axis)
    return found if FINGER[0] < found.diameter < FINGER[1] else None


def _innermost(scene: Scene, axis: int, heights: Array) -> Array:
    """For each angle round the axis the least distance at which a ray from it meets metal at any height."""
    angle = np.linspace(0.0, 2 * np.pi, AROUND, endpoint=False)
    ways = np.zeros((AROUND, 3))
    ways[:, (axis + 1) % 3], ways[:, (axis + 2) % 3] = np.cos(angle), np.sin(angle)
    least = np.full(AROUND, np.inf)
    for height in heights:
        start = np.zeros((AROUND, 3))
        start[:, axis] = height
        far, _ = scene.hits(start, ways)
        least = np.minimum(least, far)
    return least


def circle(x: Array, y: Array) -> tuple[float, float, float]:
    """Centre and radius of the circle that fits points best (Kasa 1976, linear least squares)."""
    rows = np.column_stack((2 * x, 2 * y, np.ones(len(x))))
    (a, b, c), *_ = np.linalg.lstsq(rows, x * x + y * y, rcond=None)
    return float(a), float(b), float(np.sqrt(c + a * a + b * b))
