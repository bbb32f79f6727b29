"""How heavy a casting is where: samples of its surface, each with the largest ball that fits behind it.

In: a closed mesh in mm.  Out: a `Heft`: points, outward normals and ball diameters (mm). The ball is shrunk
from half the body until no sample of another face lies in it (Ma, Bae and Choi 2012). No kernel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from jewelgen.solid.model import Mesh

Array = NDArray[np.float64]
SAMPLES = 5000
ROUNDS = 40
SEEN = (
    0.3  # sine of half the angle between a ball's two contacts: nearer ones are facets of one face
)
# Two irrational steps (of the plastic number) spread points evenly over triangles without chance.
STEPS = (0.7548776662466927, 0.5698402909980532)


@dataclass(frozen=True, slots=True, eq=False)
class Heft:
    """Samples of equal area: `points`, `normals`, `ball` diameters; `spacing`: mm between neighbours."""

    points: Array
    normals: Array
    ball: Array
    spacing: float


def heft(mesh: Mesh, n: int = SAMPLES) -> Heft:
    """The thickness field of a mesh on `n` samples."""
    points, normals, spacing = samples(mesh, n)
    return Heft(points, normals, _balls(points, normals), spacing)


def samples(mesh: Mesh, n: int) -> tuple[Array, Array, float]:
    """`n` points spread evenly over the surface, their outward normals, and the spacing in mm."""
    a, b, c = (mesh.vertices[mesh.triangles[:, i]] for i in range(3))
    normal = np.cross(b - a, c - a)
    double = np.linalg.norm(normal, axis=1)
    total = np.cumsum(double)
    place = (np.arange(n) + 0.5) / n * total[-1]
    face = np.minimum(np.searchsorted(total, place), len(total) - 1)
    u, v = ((np.arange(n) * step) % 1.0 for step in STEPS)
    out = u + v > 1.0
    u, v = np.where(out, 1 - u, u), np.where(out, 1 - v, v)
    spread = u[:, None] * (b - a)[face] + v[:, None] * (c - a)[face]
    spacing = float(np.sqrt(total[-1] / 2 / n))
    return a[face] + spread, normal[face] / double[face, None], spacing


def _balls(points: Array, normals: Array) -> Array:
    """Diameters of the balls that touch each sample from inside and hold no other."""
    tree = cKDTree(points)
    widest = float(np.linalg.norm(np.ptp(points, axis=0))) / 2
    radius, moving = np.full(len(points), widest), np.arange(len(points))
    for _ in range(ROUNDS):
        p, n, r = points[moving], normals[moving], radius[moving]
        near, q = tree.query(p - n * r[:, None])
        apart = p - points[q]
        along = np.einsum("ij,ij->i", apart, n)
        free = (near > r - 1e-3) | (q == moving) | (along < 1e-9)
        square = np.einsum("ij,ij->i", apart, apart)
        less = square / (2 * np.where(along < 1e-9, 1.0, along))
        shrunk = ~free & (less < r) & (square > (2 * SEEN * less) ** 2)
        radius[moving[shrunk]] = less[shrunk]
        moving = moving[shrunk]
        if not len(moving):
            break
    return np.asarray(2 * radius)
