"""First hits of rays on triangles, by embree where it is installed.

In: triangles.  Out: a function from origins and directions to triangle numbers, -1 for a miss.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Index = NDArray[np.int64]
Caster = Callable[[Array, Array], Index]


def caster(vertices: Array, triangles: Index) -> Caster | None:
    """A ray caster over the triangles, or None where embree is not installed."""
    try:
        from embreex import rtcore_scene
        from embreex.mesh_construction import TriangleMesh
    except ImportError:
        return None
    scene = rtcore_scene.EmbreeScene()
    corners = vertices[triangles].astype(np.float32)
    TriangleMesh(scene, corners)

    def cast(origins: Array, directions: Array) -> Index:
        starts = np.ascontiguousarray(origins, dtype=np.float32)
        ways = np.ascontiguousarray(directions, dtype=np.float32)
        return np.asarray(scene.run(starts, ways), dtype=np.int64)

    return cast
