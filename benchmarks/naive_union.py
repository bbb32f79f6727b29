"""A solitaire as the fluent manual would lead one to write it: its parts joined one after another, then written."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import cadquery as cq

from jewelgen.piece.piece import Piece
from jewelgen.solid import occ_solids
from jewelgen.solid.members import member_shape, places


def naive_union(piece: Piece) -> float:
    """The volume in mm3 of all parts joined, after STEP and STL were written."""
    parts = [
        cq.Shape.cast(occ_solids.placed(member_shape(place.recipe), place.frame))
        for place in places(piece, tuple(part.name for part in piece.parts))
    ]
    whole: Any = cq.Workplane(parts[0])
    for part in parts[1:]:
        whole = whole.union(cq.Workplane(part))
    with tempfile.TemporaryDirectory() as folder:
        cq.exporters.export(whole, str(Path(folder) / "a.step"))
        stl = str(Path(folder) / "a.stl")
        cq.exporters.export(whole, stl, tolerance=0.01, angularTolerance=0.2)
    return sum(solid.Volume() for solid in whole.solids().vals())
