"""The finger hole of a ring, measured again on the surface that was written, wherever it lies and however it turns.

The wall of a hole faces itself across the air: the middles between facing samples lie on its axis, and their
normals stand square to it. Coordinate axes through the origin are tried besides; the widest mandrel counts.

In: a `Scene`.  Out: `Bore`: the largest round mandrel that passes, in mm, with its out-of-round, axis and place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jewelgen.checker.field import Field
from jewelgen.checker.rays import Scene
from jewelgen.checker.surface import Array

AROUND, ALONG = 720, 41
STRAY = 0.05  # mm: what lies further out than the fitted circle is engraving, a scoop or a hole
FINGER = (5.0, 35.0)  # mm: no finger asks for less or more
OVAL = 0.05  # of the diameter: what is further out of round is no hole for a finger
ACROSS = -0.95  # cosine between facing normals: the wall of a hole a diameter apart
WALL = 60  # samples that face each other at least
SQUARE = 0.2  # of the normals' spread at most along the axis: walls of a hole stand square to it
EQUAL = 0.004  # mm: a mandrel so little wider is no reason to leave the coordinate axes
ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Bore:
    """`diameter` of the circle through the innermost metal, `ovality` between its widest and narrowest, mm; a unit
    vector along the `axis`, a point on it.
    """

    diameter: float
    ovality: float
    axis: tuple[float, float, float]
    middle: tuple[float, float, float] = (0.0, 0.0, 0.0)


def bore(scene: Scene, samples: Field | None = None) -> Bore | None:
    """The widest round hole along a coordinate axis through the origin, or along the axis that `samples` (over the
    surface) show; None where there is none.
    """
    tries = [(np.zeros(3), np.eye(3)[i]) for i in (1, 2, 0)]
    found = [hole for middle, axis in tries if (hole := _along(scene, middle, axis))]
    shown = _shown(scene, samples) if samples is not None else None
    free = _along(scene, *shown) if shown else None
    best = max(found, key=lambda hole: hole.diameter, default=None)
    if free and (best is None or free.diameter > best.diameter + EQUAL):
        return free
    return best


def _shown(scene: Scene, samples: Field) -> tuple[Array, Array] | None:
    """A point and the axis of the hole whose wall faces itself the most."""
    far, face = scene.hits(samples.points, samples.normals)
    facing = np.einsum("ij,ij->i", scene.normals[face], samples.normals)
    wall = (face >= 0) & (facing < ACROSS) & (far > FINGER[0]) & (far < FINGER[1])
    for _ in range(ROUNDS):
        if wall.sum() < WALL:
            return None
        ways = samples.normals[wall]
        size, axes = np.linalg.eigh(ways.T @ ways / len(ways))
        axis = axes[:, 0]
        middles = samples.points[wall] + far[wall, None] / 2 * ways
        middle = np.median(middles, axis=0)
        off = middles - middle
        off = np.linalg.norm(off - (off @ axis)[:, None] * axis, axis=1)
        near = (off < max(2 * np.median(off), 0.05)) & (np.abs(ways @ axis) < 0.3)
        wall[np.flatnonzero(wall)[~near]] = False
    return (middle, axis) if size[0] < SQUARE * size[1] else None


def _along(scene: Scene, middle: Array, axis: Array) -> Bore | None:
    """The hole along a line, its middle found again from its own wall."""
    found = None
    for _ in range(ROUNDS):
        fitted = _fitted(scene, middle, axis)
        if fitted is None:
            return None
        found, moved = fitted
        if np.linalg.norm(moved - middle) < 0.01:
            break
        middle = moved
    good = found and FINGER[0] < found.diameter < FINGER[1]
    return found if found and good and found.ovality < OVAL * found.diameter else None


def _fitted(scene: Scene, middle: Array, axis: Array) -> tuple[Bore, Array] | None:
    """The circle through the innermost metal about a line, and its middle."""
    along = (scene.surface.vertices - middle) @ axis
    low, high = float(along.min()), float(along.max())
    far, _ = scene.hits((middle + (low - 1.0) * axis)[None], axis[None])
    if np.isfinite(far[0]):
        return None
    u, v = _across(axis)
    angle = np.linspace(0.0, 2 * np.pi, AROUND, endpoint=False)
    ways = np.cos(angle)[:, None] * u + np.sin(angle)[:, None] * v
    radii = np.full(AROUND, np.inf)
    for height in np.linspace(low, high, ALONG + 2)[1:-1]:
        near, _ = scene.hits(np.tile(middle + height * axis, (AROUND, 1)), ways)
        radii = np.minimum(radii, near)
    kept = np.isfinite(radii)
    if kept.mean() < 0.98:
        return None
    kept &= radii < np.median(radii[kept]) + STRAY
    x, y = radii[kept] * np.cos(angle[kept]), radii[kept] * np.sin(angle[kept])
    cx, cy, r = circle(x, y)
    around = np.hypot(x - cx, y - cy)
    at = middle + cx * u + cy * v
    point = at + (low + high) / 2 * axis
    found = Bore(2 * r, 2 * float(np.ptp(around)), _triple(axis), _triple(point))
    return found, at


def _across(axis: Array) -> tuple[Array, Array]:
    """Two unit vectors square to the axis."""
    start = np.eye(3)[int(np.argmin(np.abs(axis)))]
    u = start - (start @ axis) * axis
    u = u / np.linalg.norm(u)
    return u, np.cross(axis, u)


def _triple(v: Array) -> tuple[float, float, float]:
    return (float(v[0]), float(v[1]), float(v[2]))


def circle(x: Array, y: Array) -> tuple[float, float, float]:
    """Centre and radius of the circle that fits points best (Kasa 1976, linear least squares)."""
    rows = np.column_stack((2 * x, 2 * y, np.ones(len(x))))
    (a, b, c), *_ = np.linalg.lstsq(rows, x * x + y * y, rcond=None)
    return float(a), float(b), float(np.sqrt(c + a * a + b * b))
