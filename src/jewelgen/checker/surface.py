"""A triangulated surface as read from a file: corners merged where they are equal, to the last bit.

In: triangle corners.  Out: `Surface` with its areas, normals and volumes. Millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """`vertices` (n, 3) in mm and `triangles` (m, 3) into them, counter-clockwise seen from outside."""

    vertices: Array
    triangles: Index
    name: str = ""

    @property
    def corners(self) -> Array:
        """Every triangle's three points, (m, 3, 3)."""
        return self.vertices[self.triangles]

    @property
    def extents(self) -> tuple[float, float, float]:
        """Size along x, y and z in mm."""
        size = self.vertices.max(axis=0) - self.vertices.min(axis=0)
        return (float(size[0]), float(size[1]), float(size[2]))

    def crosses(self) -> Array:
        """Twice the area of each triangle, as a vector along its normal."""
        a, b, c = (self.vertices[self.triangles[:, i]] for i in range(3))
        return np.cross(b - a, c - a)

    def signed_volumes(self) -> Array:
        """What each triangle adds to six times the enclosed volume (divergence theorem)."""
        middle = (self.vertices.max(axis=0) + self.vertices.min(axis=0)) / 2
        a, b, c = (self.vertices[self.triangles[:, i]] - middle for i in range(3))
        return np.asarray(np.einsum("ij,ij->i", a, np.cross(b, c)))

    def volume(self) -> float:
        """Enclosed volume in mm3; negative when the surface is inside out."""
        return float(self.signed_volumes().sum() / 6.0)


def merged(corners: Array, name: str = "") -> Surface:
    """A surface from loose triangles (m, 3, 3): points that are equal as float32 become one vertex."""
    points = np.ascontiguousarray(corners.reshape(-1, 3), dtype=np.float32) + np.float32(0.0)
    _, first, inverse = np.unique(_keys(points), return_index=True, return_inverse=True)
    triangles = inverse.reshape(-1, 3).astype(np.int64)
    return Surface(points[first].astype(np.float64), triangles, name)


def _keys(points: NDArray[np.float32]) -> NDArray[np.uint64]:
    """One 64-bit number a point: sorting those is far quicker than sorting rows."""
    bits = points.view(np.uint32).astype(np.uint64)
    mixed = bits[:, 0] * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= (mixed >> np.uint64(29)) + bits[:, 1] * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= (mixed >> np.uint64(31)) + bits[:, 2] * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(32)), dtype=np.uint64)
