"""The exact distance from points to a surface.

In: points and a `Surface`.  Out: mm, looked for within a given reach.
"""

from __future__ import annotations

import numpy as np

from jewelgen.checker.surface import Array, Surface


def distances(points: Array, surface: Surface, reaches: Array) -> Array:
    """The least distance in mm from each point to the triangles of `surface`; infinity beyond its reach."""
    corners = surface.corners
    order = np.argsort(corners[:, :, 0].min(axis=1), kind="stable")
    corners = corners[order]
    low, high = corners.min(axis=1), corners.max(axis=1)
    widest = float((high[:, 0] - low[:, 0]).max()) if len(corners) else 0.0
    found = np.full(len(points), np.inf)
    for i, (point, reach) in enumerate(zip(points, reaches, strict=True)):
        span = (point[0] - reach - widest, point[0] + reach)
        a, b = (
            np.searchsorted(low[:, 0], span[0]),
            np.searchsorted(low[:, 0], span[1], side="right"),
        )
        near = (low[a:b] <= point + reach).all(axis=1) & (high[a:b] >= point - reach).all(axis=1)
        if near.any():
            least = float(to_triangles(point, corners[a:b][near]).min())
            found[i] = least if least <= reach else np.inf
    return found


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
