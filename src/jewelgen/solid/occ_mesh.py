"""Kernel calls, triangles: mesh a shape within absolute tolerances and carry it out as arrays."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from OCP.BRepBuilderAPI import BRepBuilderAPI_MakeVertex
from OCP.BRepExtrema import BRepExtrema_DistShapeShape
from OCP.BRepMesh import BRepMesh_IncrementalMesh
from OCP.BRepTools import BRepTools
from OCP.StlAPI import StlAPI_Writer

from jewelgen.solid.occ_curves import Shape, pnt
from jewelgen.solid.occ_solids import compound, shell_faces

_RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("spare", "<u2")])
_MEMORY = "/dev/shm"  # noqa: S108  a folder in memory; the file is in a private one below it


def triangulate(shape: Shape, chord: float, angle: float) -> NDArray[np.float64]:
    """Triangles (n, 3, 3) of `shape` within `chord` mm and `angle` rad, outward.

    Any older mesh is dropped first, else a coarse request silently returns the fine one. The triangles
    travel through a binary STL in memory (single precision: 1e-6 mm at ring size, equal on both sides
    of an edge), the one documented way out that is fast.
    """
    BRepTools.Clean_s(shape, True)
    mesher = BRepMesh_IncrementalMesh(shape, chord, False, angle, False)
    mesher.Perform()
    writer = StlAPI_Writer()
    writer.ASCIIMode = False
    memory = _MEMORY if Path(_MEMORY).is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        path = Path(folder) / "shape.stl"
        writer.Write(shape, str(path))
        records = np.fromfile(path, dtype=_RECORD, offset=84)
    BRepTools.Clean_s(shape, True)
    return records["corners"].astype(np.float64)


def distance(point: NDArray[np.float64], shape: Shape) -> float:
    """How far a point is from the faces of a shape, mm."""
    vertex = BRepBuilderAPI_MakeVertex(pnt([float(v) for v in point])).Vertex()
    return float(BRepExtrema_DistShapeShape(vertex, compound(shell_faces(shape))).Value())
