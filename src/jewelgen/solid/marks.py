"""Marks as solids: letters cut or raised on planes and wrapped round cylinders, beads as balls."""

from __future__ import annotations

import math

from jewelgen.flat.segments import Loop, loop_moments
from jewelgen.piece.bounds import glyph_reach
from jewelgen.piece.frame import Frame
from jewelgen.piece.mark import Beads, Glyphs
from jewelgen.solid import occ_solids as solids
from jewelgen.solid import occ_wrap
from jewelgen.solid.faces import outline_faces, owned
from jewelgen.solid.occ_curves import Shape


def raises(form: Glyphs | Beads) -> bool:
    """Whether the mark adds metal."""
    return isinstance(form, Beads) or form.how == "raise"


def beads_shape(beads: Beads, tilt: float = 0.0) -> Shape:
    """One ball, sunk `bite` into the surface z = 0; `tilt` degrees turn its poles (they break booleans)."""
    a = math.radians(tilt)
    frame = Frame((0.0, 0.0, beads.d / 2 - beads.bite), z=(0.0, math.sin(a), math.cos(a)))
    return solids.sphere(beads.d, frame)


def glyph_shapes(glyphs: Glyphs) -> list[Shape]:
    """One solid an island of the artwork, from below the surface to above it."""
    low, high = glyph_reach(glyphs)
    if glyphs.bend:
        return [
            occ_wrap.wrapped(outer, holes, glyphs.bend, (low, high))
            for outer, holes in owned(glyphs.path)
        ]
    frame = Frame((0.0, 0.0, low))
    return [
        solids.outward(solids.placed(solids.prism(face, (0.0, 0.0, high - low)), frame))
        for face in outline_faces(glyphs.path)
    ]


def glyphs_shape(glyphs: Glyphs) -> Shape:
    """All islands; those that overlap are united, the rest only held together."""
    shapes = glyph_shapes(glyphs)
    return shapes[0] if len(shapes) == 1 else solids.compound(shapes)


def glyph_area(glyphs: Glyphs) -> float:
    """Net area of the artwork in mm2."""
    return abs(sum(_area(loop) for loop in glyphs.path.loops))


def _area(loop: Loop) -> float:
    return loop_moments(loop).area
