"""The exact distance from a point to a surface.

In: a point and a `Surface`.  Out: mm, looked for within a given reach.
"""

from __future__ import annotations

import numpy as np

from jewelgen.checker.surface import Array, Surface


def distance(point: Array, surface: Surface, reach: float) -> float:
    """The least distance in mm from `point` to the triangles of `surface`; infinity beyond `reach`."""
    corners = surface.corners
    near = (corners.min(axis=1) <= point + reach).all(axis=1)
    near &= (corners.max(axis=1) >= point - reach).all(axis=1)
    found = to_triangles(point, corners[near])
    least = float(found.min()) if len(found) else np.inf
    return least if least <= reach else float("inf")


def to_triangles(point: Array, corners: Array) -> Array:
    """The distance from a point to each triangle (m, 3, 3): to its plane over its inside, else to its sides."""
    a, b, c = (corners[:, i] for i in range(3))
    normal = np.cross(b - a, c - a)
    size = np.linalg.norm(normal, axis=1)
    unit = normal / np.where(size > 0, size, 1.0)[:, None]
    over = size > 0
    for p, q in ((a, b), (b, c), (c, a)):
        over &= np.einsum("ij,ij->i", np.cross(q - p, point - p), unit) >= 0
    plane = np.abs(np.einsum("ij,ij->i", point - a, unit))
    sides = np.min([_to_side(point, p, q) for p, q in ((a, b), (b, c), (c, a))], axis=0)
    return np.asarray(np.where(over, plane, sides))


def _to_side(point: Array, p: Array, q: Array) -> Array:
    way = q - p
    long = np.einsum("ij,ij->i", way, way)
    share = np.einsum("ij,ij->i", point - p, way) / np.where(long > 0, long, 1.0)
    return np.asarray(np.linalg.norm(p + np.clip(share, 0, 1)[:, None] * way - point, axis=1))
