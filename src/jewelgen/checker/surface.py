"""A triangulated surface as read from a file: corners merged where they are equal, to the last bit.

In: triangle corners.  Out: `Surface` with its areas, normals and volumes. Millimetres.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Index = NDArray[np.int64]
BLOCK = 400_000  # triangles that are worked on at once


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

    def equals(self, other: Surface) -> bool:
        """Whether both have the same triangles in the same order, to the last bit."""
        return np.array_equal(self.triangles, other.triangles) and np.array_equal(
            self.vertices, other.vertices
        )

    def crosses(self) -> Array:
        """Twice the area of each triangle, as a vector along its normal."""
        out = np.empty((len(self.triangles), 3))
        for some in blocks(len(out)):
            a, b, c = (self.vertices[self.triangles[some, i]] for i in range(3))
            out[some] = np.cross(b - a, c - a)
        return out

    def signed_volumes(self) -> Array:
        """What each triangle adds to six times the enclosed volume (divergence theorem)."""
        middle = (self.vertices.max(axis=0) + self.vertices.min(axis=0)) / 2
        out = np.empty(len(self.triangles))
        for some in blocks(len(out)):
            a, b, c = (self.vertices[self.triangles[some, i]] - middle for i in range(3))
            out[some] = np.einsum("ij,ij->i", a, np.cross(b, c))
        return out

    def volume(self) -> float:
        """Enclosed volume in mm3; negative when the surface is inside out."""
        return float(self.signed_volumes().sum() / 6.0)


def blocks(count: int, size: int = 0) -> Iterator[slice]:
    """Runs of `size` rows (0: the usual many), `count` in all: what is made of each is small however large the file."""
    step = size or BLOCK
    for start in range(0, count, step):
        yield slice(start, min(start + step, count))


def merged(corners: NDArray[np.floating], name: str = "") -> Surface:
    """A surface from loose triangles (m, 3, 3): points that are equal as float32 become one vertex."""
    points = np.array(corners.reshape(-1, 3), dtype=np.float32)
    points += np.float32(0.0)  # no minus zero
    keys = _keys(points)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    fresh = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    triangles = np.empty(len(keys), dtype=np.int64)
    triangles[order] = np.cumsum(fresh) - 1
    vertices = points[order[fresh]].astype(np.float64)
    return Surface(vertices, triangles.reshape(-1, 3), name)


def _keys(points: NDArray[np.float32]) -> NDArray[np.uint64]:
    """One 64-bit number a point: sorting those is far quicker than sorting rows."""
    bits = points.view(np.uint32)
    mixed = bits[:, 0].astype(np.uint64)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    for column, factor in ((1, 0xBF58476D1CE4E5B9), (2, 0x94D049BB133111EB)):
        more = bits[:, column].astype(np.uint64)
        more *= np.uint64(factor)
        more += mixed >> np.uint64(29 if column == 1 else 31)
        mixed ^= more
    mixed ^= mixed >> np.uint64(32)
    return mixed
