"""Reads a STEP file with the kernel, in a process of its own: `python -m jewelgen.checker.step_reader FILE OUT`.

In: the path of a STEP file and of a folder.  Out: one JSON document on stdout and a triangulation a solid.
It knows nothing of forms; nothing else of the checker knows the kernel.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from OCP.BRepCheck import BRepCheck_Analyzer
from OCP.BRepGProp import BRepGProp
from OCP.BRepMesh import BRepMesh_IncrementalMesh
from OCP.GProp import GProp_GProps
from OCP.IFSelect import IFSelect_RetDone
from OCP.STEPControl import STEPControl_Reader
from OCP.StlAPI import StlAPI_Writer
from OCP.TopAbs import TopAbs_SOLID
from OCP.TopExp import TopExp_Explorer

CHORD, ANGLE = 0.006, 0.2  # mm, radians


def read(path: str, out: Path) -> dict[str, Any]:
    """Solids of the file with validity, volume in mm3 and the file of their triangles."""
    reader = STEPControl_Reader()
    if reader.ReadFile(path) != IFSelect_RetDone:
        return {"read": False, "solids": []}
    reader.TransferRoots()
    shape = reader.OneShape()
    return {
        "read": True,
        "solids": [_solid(s, out, i) for i, s in enumerate(_each(shape, TopAbs_SOLID))],
    }


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


if __name__ == "__main__":
    sys.stdout.write(json.dumps(read(sys.argv[1], Path(sys.argv[2]))))
