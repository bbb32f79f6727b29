"""STEP AP242 with names and colours, exact B-rep in millimetres, in canonical order (same bytes each time)."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from jewelgen.formats.canonical import canonical_step
from jewelgen.formats.solids import Notes, Solid

SUFFIX = "step"


def write(solids: tuple[Solid, ...], notes: Notes) -> bytes:
    """One STEP file: each solid a named, coloured product of an assembly (alone when there is one, unless it was moved:
    the writer would put it under a product called COMPOUND or SOLID).
    """
    document = _document(solids, notes)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "piece.step"
        _transfer(document, path)
        text = path.read_text(encoding="iso-8859-1")
    return canonical_step(text, notes.title, _description(notes)).encode("ascii", "replace")


def _description(notes: Notes) -> str:
    return "; ".join(f"{key} {value}" for key, value in notes.rows)


def _document(solids: tuple[Solid, ...], notes: Notes) -> Any:
    from OCP.TCollection import TCollection_ExtendedString
    from OCP.TDataStd import TDataStd_Name
    from OCP.TDocStd import TDocStd_Document
    from OCP.TopLoc import TopLoc_Location
    from OCP.XCAFDoc import XCAFDoc_DocumentTool

    document = TDocStd_Document(TCollection_ExtendedString("XmlOcaf"))
    shapes = XCAFDoc_DocumentTool.ShapeTool_s(document.Main())
    if len(solids) == 1 and solids[0].shape.Location().IsIdentity():
        _product(document, solids[0], solids[0].shape)
        return document
    root = shapes.NewShape()
    for solid in solids:
        # Equal stones share one product, and each instance has its own place and name.
        product = _product(document, solid, solid.shape.Located(TopLoc_Location()))
        instance = shapes.AddComponent(root, product, solid.shape.Location())
        TDataStd_Name.Set_s(instance, TCollection_ExtendedString(solid.name, True))
    TDataStd_Name.Set_s(root, TCollection_ExtendedString(notes.title, True))
    shapes.UpdateAssemblies()
    return document


def _product(document: Any, solid: Solid, shape: Any) -> Any:
    """The label of a named, coloured shape, the one it has already when an equal solid was here before."""
    from OCP.Quantity import Quantity_Color, Quantity_TOC_RGB
    from OCP.TCollection import TCollection_ExtendedString
    from OCP.TDataStd import TDataStd_Name
    from OCP.TDF import TDF_Label
    from OCP.XCAFDoc import XCAFDoc_ColorSurf, XCAFDoc_DocumentTool

    shapes = XCAFDoc_DocumentTool.ShapeTool_s(document.Main())
    known = TDF_Label()
    if shapes.FindShape(shape, known, False):
        return known
    label = shapes.AddShape(shape, False)
    TDataStd_Name.Set_s(label, TCollection_ExtendedString(solid.name, True))
    colour = Quantity_Color(*solid.colour[:3], Quantity_TOC_RGB)
    XCAFDoc_DocumentTool.ColorTool_s(document.Main()).SetColor(label, colour, XCAFDoc_ColorSurf)
    return label


def _transfer(document: Any, path: Path) -> None:
    from OCP.IFSelect import IFSelect_RetDone
    from OCP.Interface import Interface_Static
    from OCP.Message import Message, Message_Gravity
    from OCP.STEPCAFControl import STEPCAFControl_Writer
    from OCP.STEPControl import STEPControl_AsIs

    for printer in Message.DefaultMessenger_s().Printers():
        printer.SetTraceLevel(Message_Gravity.Message_Fail)
    writer = STEPCAFControl_Writer()
    Interface_Static.SetCVal_s("write.step.schema", "AP242DIS")
    Interface_Static.SetCVal_s("write.step.unit", "MM")
    Interface_Static.SetIVal_s("write.surfacecurve.mode", 0)
    writer.SetColorMode(True)
    writer.SetNameMode(True)
    writer.Transfer(document, STEPControl_AsIs)
    if writer.Write(str(path)) != IFSelect_RetDone:
        raise OSError("the STEP writer reported a failure")
