"""The metal of a surface counted once, however often its shells overlap: lengths along parallel rays.

In: a `Scene`.  Out: mm3, good to about half a per cent.
"""

from __future__ import annotations

import numpy as np

from jewelgen.checker.rays import STEP, Scene

RAYS = 400  # along the longer side of the field
MOST_FACES = 64  # that one ray goes through
OFF = (0.3819, 0.6180)  # of a pitch: no ray runs along an edge of a regular mesh


def covered(scene: Scene) -> float:
    """Where a ray has gone into metal oftener than out of it, there is metal."""
    low, high = scene.surface.vertices.min(axis=0), scene.surface.vertices.max(axis=0)
    axis = int(np.argmin(high - low))
    u, v = (axis + 1) % 3, (axis + 2) % 3
    pitch = float(max(high[u] - low[u], high[v] - low[v])) / RAYS
    x, y = (
        np.arange(low[i] + off * pitch, high[i], pitch) for i, off in ((u, OFF[0]), (v, OFF[1]))
    )
    grid = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2)
    starts = np.zeros((len(grid), 3))
    starts[:, u], starts[:, v], starts[:, axis] = grid[:, 0], grid[:, 1], low[axis] - 1.0
    way = np.zeros(3)
    way[axis] = 1.0
    deep, total = np.zeros(len(starts), int), np.zeros(len(starts))
    alive = np.arange(len(starts))
    for _ in range(MOST_FACES):
        far, face = scene.hits(starts[alive], np.tile(way, (len(alive), 1)))
        met = face >= 0
        alive, far, face = alive[met], far[met], face[met]
        if not len(alive):
            break
        total[alive] += np.where(deep[alive] > 0, far, 0.0)
        deep[alive] += np.where(scene.normals[face, axis] < 0, 1, -1)
        starts[alive, axis] += far - STEP / 2
    return float(total[deep == 0].sum()) * pitch * pitch
