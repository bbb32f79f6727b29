"""Flat letters set into a plane face: the face is pierced by their outlines, walls and floors are sewn in.

In: a shape and letters at their places.  Out: a candidate solid, or None where no plane face holds them.
Booleans try every side of every letter against every face that its box meets; sewing looks at none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from jewelgen.flat.segments import Loop
from jewelgen.piece.bounds import glyph_reach
from jewelgen.piece.frame import Frame
from jewelgen.piece.mark import Glyphs
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.faces import owned
from jewelgen.solid.marks import raises
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.tools import Tool

Inlay = tuple[Glyphs, Frame]
SEWN = 1e-5  # mm


def is_flat(tool: Tool) -> TypeGuard[Glyphs]:
    """Whether a tool is letters or artwork on a plane, cut or raised but not pierced."""
    return isinstance(tool, Glyphs) and not tool.bend and tool.how != "pierce"


def inlaid(shape: Shape, inlays: Sequence[Inlay]) -> Shape | None:
    """The shape with all `inlays` cut or raised, or None where an outline leaves its face."""
    for glyphs, frame in inlays:
        faces = solids.shell_faces(shape)
        found = _worked(faces, glyphs, frame)
        if found is None:
            return None
        shape, free = solids.sewn(found, SEWN)
        if free:
            return None
    return shape


def _worked(faces: list[Shape], glyphs: Glyphs, frame: Frame) -> list[Shape] | None:
    """All faces, those that carry an island pierced, with the faces of the islands beside them."""
    level = _level(faces, glyphs, frame)
    pierced: dict[int, list[Shape]] = {}
    more: list[Shape] = []
    for outer, holes in owned(glyphs.path):
        place = next((i for i, h in level.items() if _holds(faces[i], outer, frame, h)), None)
        if place is None:
            return None
        high = frame.then(Frame((0.0, 0.0, level[place])))
        pierced.setdefault(place, []).append(solids.placed(occ.loop_wire(outer), high))
        end = glyphs.deep if raises(glyphs) else -glyphs.deep
        more += [solids.placed(face, high) for face in _sides(outer, holes, end - level[place])]
    rest = [face for i, face in enumerate(faces) if i not in pierced]
    return [*rest, *(occ.pierced(faces[i], wires) for i, wires in pierced.items()), *more]


def _level(faces: list[Shape], glyphs: Glyphs, frame: Frame) -> dict[int, float]:
    """Faces that the letters run through, and how high in mm each lies over the plane of the letters.

    Masters lie higher by what will be filed off.
    """
    low, high = glyph_reach(glyphs)
    found = {i: solids.height_over(face, frame) for i, face in enumerate(faces)}
    return {i: h for i, h in found.items() if h is not None and low < h < high}


def _holds(face: Shape, outer: Loop, frame: Frame, h: float) -> bool:
    return solids.holds(face, [frame.point((*segment.at(0.0), h)) for segment in outer])


def _sides(outer: Loop, holes: list[Loop], depth: float) -> list[Shape]:
    """Walls of all outlines, the floor (or the top), and what stays of the surface inside the letter."""
    walls = [
        face
        for loop in (outer, *holes)
        for face in solids.shell_faces(solids.prism(occ.loop_wire(loop), (0.0, 0.0, depth)))
    ]
    flat = occ.face(occ.loop_wire(outer), [occ.loop_wire(hole) for hole in holes])
    floor = solids.placed(flat, Frame((0.0, 0.0, depth)))
    return [*walls, floor, *(occ.face(occ.loop_wire(hole)) for hole in holes)]
