"""Distances along rays to a surface, by embree.

In: a `Surface`.  Out: a `Scene` that answers with distances in mm (infinite where nothing is hit) and triangles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jewelgen.checker.surface import Array, Index, Surface

STEP = 1e-4  # mm: rays start so far off their point


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """The surface ready for rays; `normals` are unit normals of its triangles (zero for slivers)."""

    surface: Surface
    normals: Array
    engine: Any

    def hits(self, origins: Array, directions: Array) -> tuple[Array, Index]:
        """Distance in mm and triangle of the first hit of each ray; infinity and -1 where it leaves."""
        start = np.ascontiguousarray(origins + STEP * directions, dtype=np.float32)
        ways = np.ascontiguousarray(directions, dtype=np.float32)
        found = self.engine.run(start, ways, output=1)
        face = np.asarray(found["primID"], dtype=np.int64)
        far = np.asarray(found["tfar"], dtype=np.float64) + STEP
        return np.where(face >= 0, far, np.inf), face

    def inside(self, points: Array) -> NDArray[np.bool_]:
        """Whether points lie in the metal: the first thing met along a skew ray is seen from behind."""
        way = np.tile(np.array((0.3616, 0.4822, 0.7979)), (len(points), 1))
        far, face = self.hits(points, way)
        behind = np.einsum("ij,ij->i", self.normals[face], way) > 0
        return np.asarray(np.isfinite(far) & behind)


def scene(surface: Surface) -> Scene | None:
    """A scene, or None on a machine for which embree has no wheel."""
    try:
        from embreex import rtcore_scene
        from embreex.mesh_construction import TriangleMesh
    except ImportError:
        return None
    engine = rtcore_scene.EmbreeScene(
        robust=True
    )  # no ray slips through an edge, however the tree was built
    points, corners = surface.vertices.astype(np.float32), surface.triangles.astype(np.int32)
    TriangleMesh(engine, points, corners)
    normal = surface.crosses()
    size = np.linalg.norm(normal, axis=1)
    normal /= np.where(size > 0, size, 1.0)[:, None]
    return Scene(surface, normal, engine)
