"""Smooth normals for pictures: corners of triangles share one where the metal is not creased.

In: `Mesh`.  Out: unit normals (m, 3, 3), one a corner.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from jewelgen.solid.model import Mesh

Array = NDArray[np.float64]
Index = NDArray[np.int64]
CREASE = 32.0  # degrees between neighbours from which an edge is sharp


def flat_normals(mesh: Mesh) -> Array:
    """The unit normal of every triangle (m, 3); a triangle of no area has none (zeros)."""
    a, b, c = (mesh.vertices[mesh.triangles[:, k]] for k in range(3))
    across = np.cross(b - a, c - a)
    size = np.linalg.norm(across, axis=1, keepdims=True)
    return np.asarray(np.divide(across, size, out=np.zeros_like(across), where=size > 1e-30))


def corner_normals(mesh: Mesh) -> Array:
    """Normals smoothed over edges that turn less than `CREASE`, weighted by the angle at each corner."""
    face = flat_normals(mesh)
    group = _groups(mesh, face)
    weight = _angles(mesh).reshape(-1, 1)
    parts = weight * np.repeat(face, 3, axis=0)
    found = np.stack([np.bincount(group, parts[:, k])[group] for k in range(3)], axis=1)
    size = np.linalg.norm(found, axis=1, keepdims=True)
    plain = np.repeat(face, 3, axis=0)
    smooth = np.divide(found, size, out=plain.copy(), where=size > 1e-12)
    return np.asarray(smooth).reshape(-1, 3, 3)


def _angles(mesh: Mesh) -> Array:
    """The angle at every corner (m, 3), radians."""
    p = mesh.vertices[mesh.triangles]
    forth, back = np.roll(p, -1, axis=1) - p, np.roll(p, 1, axis=1) - p
    size = np.linalg.norm(forth, axis=2) * np.linalg.norm(back, axis=2)
    cosine = (forth * back).sum(2) / np.maximum(size, 1e-30)
    return np.asarray(np.arccos(np.clip(cosine, -1.0, 1.0)))


def _groups(mesh: Mesh, face: Array) -> Index:
    """One number for all corners that share a normal: joined over soft edges."""
    t = mesh.triangles
    n = len(mesh.vertices)
    starts, ends = t.ravel(), np.roll(t, -1, axis=1).ravel()
    corner = np.arange(t.size)
    after = (corner // 3) * 3 + (corner + 1) % 3
    forth, back = starts * n + ends, ends * n + starts
    order = np.argsort(forth, kind="stable")
    spot = np.minimum(np.searchsorted(forth[order], back), len(order) - 1)
    twin = order[spot]
    soft = (forth[twin] == back) & (
        (face[corner // 3] * face[twin // 3]).sum(1) > np.cos(np.radians(CREASE))
    )
    a = np.concatenate((corner[soft], after[soft]))
    b = np.concatenate((after[twin[soft]], twin[soft]))
    graph = coo_array((np.ones(len(a), dtype=bool), (a, b)), shape=(t.size, t.size))
    return np.asarray(connected_components(graph, directed=False)[1])
