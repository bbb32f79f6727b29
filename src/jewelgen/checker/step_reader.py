"""Reads STEP files with the kernel, in a process of its own (`kernel`).

`python -m jewelgen.checker.step_reader`.  In: a line of JSON a file on stdin: its path, a folder, a chord.  Out: a line
each, and a triangulation a solid in the folder. With a chord (mm) the places in `spots.npy` there are held against it.
It knows nothing of forms; nothing else of the checker knows the kernel.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from OCP.Bnd import Bnd_Box
from OCP.BRep import BRep_Builder
from OCP.BRepBndLib import BRepBndLib
from OCP.BRepBuilderAPI import BRepBuilderAPI_MakeVertex
from OCP.BRepCheck import BRepCheck_Analyzer
from OCP.BRepExtrema import BRepExtrema_DistShapeShape
from OCP.BRepGProp import BRepGProp
from OCP.BRepMesh import BRepMesh_IncrementalMesh
from OCP.gp import gp_Pnt
from OCP.GProp import GProp_GProps
from OCP.IFSelect import IFSelect_RetDone
from OCP.STEPControl import STEPControl_Reader
from OCP.StlAPI import StlAPI_Writer
from OCP.TopAbs import TopAbs_FACE, TopAbs_SOLID
from OCP.TopExp import TopExp_Explorer
from OCP.TopLoc import TopLoc_Location
from OCP.TopoDS import TopoDS_Compound
from OCP.TopTools import TopTools_IndexedMapOfShape

from jewelgen.checker.deviation import Spots, offsets
from jewelgen.checker.rays import scene
from jewelgen.checker.reading import read_mesh
from jewelgen.checker.step_words import ANSWER
from jewelgen.checker.surface import Array, merged
from jewelgen.cores import threads

CHORD, ANGLE = 0.006, 0.2  # mm, radians
LEEWAY = 2 * CHORD  # mm that the boxes of faces are widened by: the triangles in them stray as far


def read(path: str, out: Path, chord: float) -> dict[str, Any]:
    """Solids of the file with validity, volume in mm3, the file of their triangles, how far a mesh strays."""
    reader = STEPControl_Reader()
    if reader.ReadFile(path) != IFSelect_RetDone:
        return {"read": False, "solids": [], "faces": 0}
    reader.TransferRoots()
    shape = reader.OneShape()
    solids = _solids(_each(shape, TopAbs_SOLID), out)
    strayed = (
        _strayed(shape, [row["triangles"] for row in solids], out, chord)
        if chord and solids
        else None
    )
    faces = 0 if solids else len(_each(shape, TopAbs_FACE))
    return {"read": True, "solids": solids, "strayed": strayed, "faces": faces}


def _each(shape: Any, sort: Any) -> list[Any]:
    found, walk = [], TopExp_Explorer(shape, sort)
    while walk.More():
        found.append(walk.Current())
        walk.Next()
    return found


def _solids(shapes: list[Any], out: Path) -> list[dict[str, Any]]:
    """What is found of each solid; of one that stands at several places, as stones of a field do, once."""
    known, rows = TopTools_IndexedMapOfShape(), []
    found: dict[int, dict[str, Any]] = {}
    for number, shape in enumerate(shapes):
        which = known.Add(shape.Located(TopLoc_Location()))
        if which not in found:
            found[which] = _solid(shape)
        file = out / f"solid{number}.stl"
        writer = StlAPI_Writer()
        writer.ASCIIMode = False
        writer.Write(shape, str(file))
        rows.append({**found[which], "triangles": file.name})
    return rows


def _solid(shape: Any) -> dict[str, Any]:
    """Whether a solid is valid, and its volume in mm3; its triangles stay with it, wherever it stands."""
    props = GProp_GProps()
    BRepGProp.VolumeProperties_s(shape, props)
    BRepMesh_IncrementalMesh(shape, CHORD, False, ANGLE, threads() > 1)
    valid = bool(BRepCheck_Analyzer(shape).IsValid())
    return {"valid": valid, "volume": float(props.Mass())}


def _strayed(shape: Any, triangles: list[str], out: Path, chord: float) -> list[float] | None:
    """The farthest place from all solids together: its distance from them, itself, how many there were."""
    rays = scene(merged(np.concatenate([read_mesh(out / name)[0].corners for name in triangles])))
    if rays is None:
        return None
    rows = np.load(out / "spots.npy")
    found = Spots(rows[:, :3], rows[:, 3:])
    off = offsets(found, rays, chord)
    asked = np.flatnonzero(off > chord)
    if len(asked):
        faces = _Faces.of(shape)
        off[asked] = [faces.distance(found.points[i], off[i]) for i in asked]
    worst = int(np.argmax(off))
    return [float(off[worst]), *map(float, found.points[worst]), float(len(off))]


@dataclass(frozen=True, slots=True, eq=False)
class _Faces:
    """The faces of a shape with the boxes round them, least and greatest corners (n, 3) in mm."""

    faces: list[Any]
    low: Array
    high: Array

    @classmethod
    def of(cls, shape: Any) -> _Faces:
        """Those of a shape."""
        faces = _each(shape, TopAbs_FACE)
        boxes = np.array([_box(face) for face in faces])
        return cls(faces, boxes[:, :3] - LEEWAY, boxes[:, 3:] + LEEWAY)

    def distance(self, point: Array, near: float) -> float:
        """How far a point is from the faces in mm, exactly: only those are asked that `near` may reach."""
        outside = np.maximum(np.maximum(self.low - point, point - self.high), 0.0)
        within = np.flatnonzero(np.linalg.norm(outside, axis=1) <= near)
        builder, skin = BRep_Builder(), TopoDS_Compound()
        builder.MakeCompound(skin)
        for i in within if len(within) else range(len(self.faces)):
            builder.Add(skin, self.faces[i])
        vertex = BRepBuilderAPI_MakeVertex(gp_Pnt(*map(float, point))).Vertex()
        return float(BRepExtrema_DistShapeShape(vertex, skin).Value())


def _box(face: Any) -> tuple[float, ...]:
    box = Bnd_Box()
    BRepBndLib.Add_s(face, box)
    return tuple(map(float, box.Get()))


def _serve() -> None:
    """Answer until nobody asks any more."""
    for line in sys.stdin:
        asked = json.loads(line)
        answer = read(asked["path"], Path(asked["folder"]), float(asked["chord"]))
        sys.stdout.buffer.write(b"\n" + ANSWER + json.dumps(answer).encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
