"""Convex bodies as intersections of half-spaces: a box clipped plane by plane, faces kept as polygons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Face = tuple[int, ...]
Vec = tuple[float, float, float]
Plane = tuple[Vec, float]  # (outward normal n, d): the body keeps n . p <= d
_ON = 1e-9  # relative to the starting box: points this near a plane lie on it


def through(a: Vec, b: Vec, c: Vec) -> Plane:
    """The plane through three points whose normal points away from the z axis (up when it is level)."""
    n = np.cross(np.subtract(b, a), np.subtract(c, a))
    n = n / np.linalg.norm(n)
    out = float(n[:2] @ np.asarray(a)[:2]) or float(n[2])
    n = n if out > 0 else -n
    return (float(n[0]), float(n[1]), float(n[2])), float(n @ np.asarray(a))


@dataclass(slots=True)
class _Body:
    """The body while it is being clipped."""

    points: list[Vec]
    faces: list[list[int]]
    eps: float
    cache: dict[tuple[int, int], int] = field(default_factory=dict)

    def clip(self, plane: Plane) -> None:
        n, d = plane
        side = [0.0] * len(
            self.points
        )  # of corners that are still in use; most were cut off long ago
        for i in set(chain.from_iterable(self.faces)):
            x, y, z = self.points[i]
            side[i] = n[0] * x + n[1] * y + n[2] * z - d
        if max(side) <= self.eps:
            return
        self.cache = {}
        kept = [self._cut(face, side) for face in self.faces]
        self.faces = [face for face in kept if len(face) >= 3]
        count = len(side)
        rim = {i for face in self.faces for i in face if i >= count or abs(side[i]) <= self.eps}
        if len(rim) >= 3:
            self.faces.append(self._ordered(rim, n))

    def _cut(self, face: list[int], side: Sequence[float]) -> list[int]:
        if max([side[i] for i in face]) <= self.eps:  # most faces lie clear of most planes
            return face if self._inner(face, side) else []
        out: list[int] = []
        for a, b in zip(face, [*face[1:], face[0]], strict=True):
            if side[a] <= self.eps:
                out.append(a)
            if (side[a] > self.eps and side[b] < -self.eps) or (
                side[a] < -self.eps and side[b] > self.eps
            ):
                out.append(self._crossing(a, b, side))
        real = [i for i in out if i >= len(side) or side[i] < -self.eps]
        return out if real and len(set(out)) >= 3 and self._inner(out, side) else []

    def _inner(self, face: Sequence[int], side: Sequence[float]) -> bool:
        """Whether some corner lies truly inside; a face wholly on the plane is made anew."""
        return any(i < len(side) and side[i] < -self.eps for i in face)

    def _crossing(self, a: int, b: int, side: Sequence[float]) -> int:
        key = (min(a, b), max(a, b))
        if key not in self.cache:
            i, j = key
            t = side[i] / (side[i] - side[j])
            p, q = self.points[i], self.points[j]
            self.cache[key] = len(self.points)
            self.points.append(
                (p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1]), p[2] + t * (q[2] - p[2]))
            )
        return self.cache[key]

    def _ordered(self, rim: set[int], n: Vec) -> list[int]:
        """The rim counter-clockwise seen from outside."""
        ids = sorted(rim)
        pts = np.array([self.points[i] for i in ids])
        normal = np.array(n)
        u = np.cross(normal, np.eye(3)[int(np.argmin(np.abs(normal)))])
        v = np.cross(normal, u)
        d = pts - pts.mean(axis=0)
        angles = np.arctan2(d @ v, d @ u)
        return [ids[k] for k in np.argsort(angles, kind="stable")]


def intersection(planes: Iterable[Plane], reach: float) -> tuple[Array, tuple[Face, ...]]:
    """Vertices (n, 3) and faces (corner indices counter-clockwise from outside) of the planes' body.

    `reach`: half the side of the cube everything is clipped from.
    """
    corners: list[Vec] = [
        (x, y, z) for z in (-reach, reach) for y in (-reach, reach) for x in (-reach, reach)
    ]
    faces = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]]
    body = _Body(corners, faces, _ON * reach)
    for plane in planes:
        body.clip(plane)
    return _packed(body)


def _packed(body: _Body) -> tuple[Array, tuple[Face, ...]]:
    used = sorted({i for face in body.faces for i in face})
    new = {old: k for k, old in enumerate(used)}
    faces = tuple(tuple(new[i] for i in face) for face in body.faces)
    return np.array([body.points[i] for i in used]), faces


def signed_volume(points: Array, faces: Iterable[Sequence[int]]) -> float:
    """Volume inside closed, outward-oriented planar faces, by the divergence theorem."""
    total = 0.0
    for face in faces:
        a = points[face[0]]
        for i, j in pairwise(face[1:]):
            total += float(a @ np.cross(points[i], points[j]))
    return total / 6.0


def leaning(azimuth: float, at: tuple[float, float], slope: float) -> Plane:
    """The plane with its level lines square to `azimuth` (radians), through (distance, height) `at`,
    rising by `slope` mm a mm inward (negative: falling, a pavilion).
    """
    c, s = math.cos(azimuth), math.sin(azimuth)
    size = math.hypot(slope, 1.0)
    up = 1.0 if slope >= 0 else -1.0
    n = (c * abs(slope) / size, s * abs(slope) / size, up / size)
    return n, abs(slope) / size * at[0] + n[2] * at[1]
