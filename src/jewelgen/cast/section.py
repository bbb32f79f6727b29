"""The metal that a gate feeds: the smallest plane cut through a point along a line, near that point.

In: a closed mesh, a point inside it, a direction.  Out: mm2, and how far a ray runs until it leaves the metal.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point, Polygon

from jewelgen.solid.model import Mesh

Array = NDArray[np.float64]
WAYS = 12  # planes tried about the line


def frame_of(axis: Array) -> tuple[Array, Array]:
    """Two unit vectors that stand square on `axis` and on each other."""
    helper = np.eye(3)[int(np.argmin(np.abs(axis)))]
    u = np.cross(axis, helper)
    u /= np.linalg.norm(u)
    return u, np.cross(axis, u)


def local_section(mesh: Mesh, middle: Array, axis: Array, reach: float) -> float:
    """The least area in mm2 of a cut that holds the line, within `reach` mm of `middle`."""
    u, v = frame_of(axis)
    mesh = _near(mesh, middle, 4 * reach + 2.0)
    areas = []
    for k in range(WAYS):
        a = np.pi * k / WAYS
        side = np.cos(a) * u + np.sin(a) * v
        areas.append(_cut(mesh, middle, (axis, side), reach))
    return float(min((a for a in areas if a > 0), default=0.0))


def _near(mesh: Mesh, middle: Array, reach: float) -> Mesh:
    """The triangles with a corner within `reach` of a point, and those long ones that may pass it."""
    corners = mesh.vertices[mesh.triangles] - middle
    low, high = corners.min(axis=1), corners.max(axis=1)
    return Mesh(mesh.vertices, mesh.triangles[((low < reach) & (high > -reach)).all(axis=1)])


def _cut(mesh: Mesh, middle: Array, plane: tuple[Array, Array], reach: float) -> float:
    """Area of the loop round `middle` in the plane of two unit vectors, within a disc."""
    loops = shapely.polygonize(list(shapely.linestrings(_segments(mesh, middle, plane))))
    disc, origin = Point(0.0, 0.0).buffer(reach), Point(0.0, 0.0)
    found = [p for p in loops.geoms if isinstance(p, Polygon) and p.contains(origin)]
    return float(sum(p.intersection(disc).area for p in found))


def _segments(mesh: Mesh, middle: Array, plane: tuple[Array, Array]) -> Array:
    """Where a plane cuts the triangles: (n, 2, 2) in the plane, ends equal between neighbours to the bit."""
    normal = np.cross(*plane)
    height = (mesh.vertices - middle) @ normal
    height = np.where(np.abs(height) < 1e-9, 1e-9, height)  # no corner lies in the plane
    t = mesh.triangles
    edges = np.sort(np.stack((t, np.roll(t, -1, axis=1)), axis=2), axis=2)
    low, high = height[edges[..., 0]], height[edges[..., 1]]
    crossed = low * high < 0
    whole = crossed.sum(axis=1) == 2
    pairs, cut = edges[whole], crossed[whole]
    a, b = mesh.vertices[pairs[..., 0]], mesh.vertices[pairs[..., 1]]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = low[whole] / (low[whole] - high[whole])
        points = a + share[..., None] * (b - a)
    points = points[cut].reshape(-1, 2, 3) - middle
    return np.stack((points @ plane[0], points @ plane[1]), axis=2)


def way_out(mesh: Mesh, start: Array, way: Array) -> tuple[float, float]:
    """How far from `start` the ray along the unit vector `way` first meets the surface, and how squarely.

    The second is the cosine between ray and surface normal. Infinite and 0 where the ray meets nothing.
    """
    a, b, c = (mesh.vertices[mesh.triangles[:, i]] for i in range(3))
    e1, e2, s = b - a, c - a, start - a
    p = np.cross(way, e2)
    det = np.einsum("ij,ij->i", e1, p)
    safe = np.where(np.abs(det) < 1e-12, 1.0, det)
    u = np.einsum("ij,ij->i", s, p) / safe
    q = np.cross(s, e1)
    v, t = q @ way / safe, np.einsum("ij,ij->i", e2, q) / safe
    hit = (np.abs(det) > 1e-12) & (u >= -1e-9) & (v >= -1e-9) & (u + v <= 1 + 1e-9) & (t > 1e-9)
    if not hit.any():
        return float("inf"), 0.0
    first = int(np.flatnonzero(hit)[np.argmin(t[hit])])
    normal = np.cross(e1[first], e2[first])
    return float(t[first]), float(normal @ way / np.linalg.norm(normal))
