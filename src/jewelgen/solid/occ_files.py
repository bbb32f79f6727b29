"""Kernel calls, files: a shape to its own exact text and back, and through STEP as every client will get it."""

from __future__ import annotations

from pathlib import Path

from OCP.BRep import BRep_Builder
from OCP.BRepTools import BRepTools
from OCP.IFSelect import IFSelect_RetDone
from OCP.STEPControl import STEPControl_AsIs, STEPControl_Reader, STEPControl_Writer
from OCP.TopoDS import TopoDS_Shape

from jewelgen.solid.occ_curves import Shape


def write_brep(shape: Shape, path: Path) -> None:
    """The shape as the kernel's own text; `OSError` when the file cannot be written."""
    if not BRepTools.Write_s(shape, str(path)):
        raise OSError(f"{path} cannot be written")


def read_brep(path: Path) -> Shape | None:
    """The shape of a file, or None when it holds none."""
    shape = TopoDS_Shape()
    if not path.is_file() or not BRepTools.Read_s(shape, str(path), BRep_Builder()):
        return None
    return None if shape.IsNull() else shape


def through_step(shape: Shape, path: Path) -> Shape | None:
    """What STEP makes of the shape, by way of a file; None when it does not come back."""
    writer = STEPControl_Writer()
    writer.Transfer(shape, STEPControl_AsIs)
    reader = STEPControl_Reader()
    if (
        writer.Write(str(path)) != IFSelect_RetDone
        or reader.ReadFile(str(path)) != IFSelect_RetDone
    ):
        return None
    reader.TransferRoots()
    found = reader.OneShape()
    return None if found.IsNull() else found
