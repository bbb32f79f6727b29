"""What is taken from or added to a part after its form: cutters, letters and beads, as shapes and meshes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from manifold3d import Manifold

from jewelgen.flat.outline import Oval
from jewelgen.piece.bodies import SLACK
from jewelgen.piece.bounds import bounds
from jewelgen.piece.cutter import Bearing, Bore, Cutter, Groove, Pocket
from jewelgen.piece.form import Bar, Form, Hoop, Twist
from jewelgen.piece.mark import Beads, Glyphs
from jewelgen.solid import mesh as meshes
from jewelgen.solid import occ_mesh, occ_solids
from jewelgen.solid.cutters import cutter_shape
from jewelgen.solid.forms import form_shape
from jewelgen.solid.marks import beads_shape, glyphs_shape
from jewelgen.solid.model import Mesh
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.placing import Box3
from jewelgen.solid.strand_mesh import twist_mesh
from jewelgen.solid.swept_mesh import bar_mesh, hoop_mesh

Tool = Cutter | Glyphs | Beads
Source = Form | Tool


@lru_cache(maxsize=512)
def tool_shape(tool: Tool, tilt: float = 0.0) -> Shape:
    """The tool's solid in its own frame; `tilt` turns a ball's poles for another try at a boolean."""
    match tool:
        case Bearing() | Pocket() | Groove() | Bore():
            return cutter_shape(tool)
        case Beads():
            return beads_shape(tool, tilt)
        case Glyphs():
            return glyphs_shape(tool)


def is_turned(tool: Tool) -> bool:
    """Whether the tool is the same however it is turned about its z axis."""
    if isinstance(tool, (Bearing, Pocket)):
        outline = tool.outline
        return isinstance(outline, Oval) and outline.l == outline.w
    return isinstance(tool, Beads)


def source_shape(source: Source) -> Shape:
    """The solid of a form or a tool."""
    if isinstance(source, (Bearing, Pocket, Groove, Bore, Beads, Glyphs)):
        return tool_shape(source)
    return form_shape(source)


@lru_cache(maxsize=1024)
def source_mesh(source: Source, chord: float, angle: float) -> Mesh:
    """Its triangles in its own frame: swept forms by their own mesher, the rest by the kernel's."""
    if isinstance(source, Hoop):
        return hoop_mesh(source, chord, angle)
    if isinstance(source, Bar):
        return bar_mesh(source, chord, angle)
    if isinstance(source, Twist):
        return twist_mesh(source, chord, angle)
    return meshes.welded(occ_mesh.triangulate(source_shape(source), chord, angle))


@lru_cache(maxsize=1024)
def source_manifold(source: Source, chord: float, angle: float) -> Manifold:
    """Its checked manifold in its own frame; the islands of letters are united."""
    mesh = source_mesh(source, chord, angle)
    return meshes.manifold(mesh, type(source).__name__.lower())


@lru_cache(maxsize=1024)
def source_box(source: Source) -> Box3:
    """A box around it in its own frame; of swept forms without making their solid, which a draft has no need of."""
    if isinstance(source, (Hoop, Bar, Twist)):
        low, high = bounds(source)
        return low - SLACK, high + SLACK
    least, most = occ_solids.quick_bounds(source_shape(source))
    return np.array(least), np.array(most)
