"""Reads STEP files with the kernel, in a process of its own (`kernel`).

`python -m jewelgen.checker.step_reader`.  In: a line of JSON a file on stdin: its path, a folder, a chord.  Out: a line
each, and a triangulation a solid in the folder. With a chord (mm) the places in `spots.npy` there are held against it.
It knows nothing of forms; nothing else of the checker knows the kernel.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from OCP.BRep import BRep_Builder
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
from OCP.TopoDS import TopoDS_Compound

from jewelgen.checker.deviation import Spots, offsets
from jewelgen.checker.rays import scene
from jewelgen.checker.reading import read_mesh
from jewelgen.checker.step_words import ANSWER
from jewelgen.checker.surface import merged

CHORD, ANGLE = 0.006, 0.2  # mm, radians
MOST_EXACT = 300  # places of which the kernel itself is asked


def read(path: str, out: Path, chord: float) -> dict[str, Any]:
    """Solids of the file with validity, volume in mm3, the file of their triangles, how far a mesh strays."""
    reader = STEPControl_Reader()
    if reader.ReadFile(path) != IFSelect_RetDone:
        return {"read": False, "solids": [], "faces": 0}
    reader.TransferRoots()
    shape = reader.OneShape()
    solids = [_solid(solid, out, i) for i, solid in enumerate(_each(shape, TopAbs_SOLID))]
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


def _solid(shape: Any, out: Path, number: int) -> dict[str, Any]:
    props = GProp_GProps()
    BRepGProp.VolumeProperties_s(shape, props)
    BRepMesh_IncrementalMesh(shape, CHORD, False, ANGLE, True)
    file = out / f"solid{number}.stl"
    writer = StlAPI_Writer()
    writer.ASCIIMode = False
    writer.Write(shape, str(file))
    valid = bool(BRepCheck_Analyzer(shape).IsValid())
    return {"valid": valid, "volume": float(props.Mass()), "triangles": file.name}


def _strayed(shape: Any, triangles: list[str], out: Path, chord: float) -> list[float] | None:
    """The farthest place from all solids together: its distance from them, itself, how many there were."""
    rays = scene(merged(np.concatenate([read_mesh(out / name)[0].corners for name in triangles])))
    if rays is None:
        return None
    rows = np.load(out / "spots.npy")
    found = Spots(rows[:, :3], rows[:, 3:])
    off = offsets(found, rays, chord)
    faces = BRep_Builder()
    skin = TopoDS_Compound()
    faces.MakeCompound(skin)
    for face in _each(shape, TopAbs_FACE):
        faces.Add(skin, face)
    for i in np.argsort(-off)[:MOST_EXACT]:
        if off[i] > chord:
            point = BRepBuilderAPI_MakeVertex(gp_Pnt(*map(float, found.points[i]))).Vertex()
            off[i] = BRepExtrema_DistShapeShape(point, skin).Value()
    worst = int(np.argmax(off))
    return [float(off[worst]), *map(float, found.points[worst]), float(len(off))]


def _serve() -> None:
    """Answer until nobody asks any more."""
    for line in sys.stdin:
        asked = json.loads(line)
        answer = read(asked["path"], Path(asked["folder"]), float(asked["chord"]))
        sys.stdout.buffer.write(b"\n" + ANSWER + json.dumps(answer).encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _serve()
