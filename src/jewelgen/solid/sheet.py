"""`Wall` and `Plate` as solids: what is sawn from or wrapped of sheet."""

from __future__ import annotations

import math
from itertools import pairwise

from jewelgen.flat.outline import Box, Outline, Oval, grown
from jewelgen.piece.form import Plate, Wall
from jewelgen.piece.frame import Frame
from jewelgen.solid import occ_boolean as boolean
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.faces import hole_wire, inset, outline_faces, outline_wire, smooth_edge
from jewelgen.solid.occ_curves import Shape


def wall_profile(wall: Wall) -> tuple[tuple[float, float], ...]:
    """(height, how far the wall has closed in) at the foot, below the rim and at the lip, in mm."""
    slope = math.tan(math.radians(wall.draft))
    below = wall.height - wall.rim
    rows = [(0.0, 0.0), (below, below * slope), (wall.height, wall.height * slope + wall.lean)]
    return tuple(rows if wall.rim > 0 and wall.lean != 0 else (rows[0], rows[2]))


def wall_shape(wall: Wall) -> Shape:
    """The wrapped strip: turned when round, extruded when straight, else ruled between offset outlines."""
    if isinstance(wall.outline, Oval) and wall.outline.l == wall.outline.w:
        return _round_wall(wall)
    inner, outer = grown(wall.outline, wall.gap), grown(wall.outline, wall.gap + wall.t)
    rows = wall_profile(wall)
    if all(step == 0 for _, step in rows):
        ring = occ.face(outline_wire(outer), [outline_wire(inner)])
        return solids.outward(solids.prism(ring, (0.0, 0.0, wall.height)))
    return _leaning(inner, outer, rows)


def _round_wall(wall: Wall) -> Shape:
    r = wall.outline.l / 2 + wall.gap if isinstance(wall.outline, Oval) else 0.0
    rows = wall_profile(wall)
    inside = [(r - step, 0.0, z) for z, step in rows]
    outside = [(r + wall.t - step, 0.0, z) for z, step in reversed(rows)]
    profile = occ.face(occ.polygon([*inside, *outside]))
    return solids.outward(solids.revolved(profile, (0.0, 0.0, 1.0)))


def _leaning(inner: Outline, outer: Outline, rows: tuple[tuple[float, float], ...]) -> Shape:
    """Ruled faces between the outlines at each height, capped and sewn."""
    faces: list[Shape] = []
    caps = []
    for outline in (outer, inner):
        wires = [_lifted(inset(outline, step), z) for z, step in rows]
        for low, high in pairwise(wires):
            faces += solids.shell_faces(solids.loft([low, high], ruled=True, solid=False))
        caps.append((wires[0], wires[-1]))
    for end in (0, 1):
        faces.append(occ.face(caps[0][end], [caps[1][end]]))
    return solids.sewn(faces)[0]


def _lifted(outline: Outline, z: float) -> Shape:
    """The outline as a wire; ovals as splines, so that the wires of a ruled run pair by parameter."""
    if isinstance(outline, Box):
        return outline_wire(outline, z)
    if isinstance(outline, Oval) and outline.l == outline.w:
        return outline_wire(outline, z)
    return occ.wire([smooth_edge(outline, z)])  # type: ignore[arg-type]


def plate_shape(plate: Plate) -> Shape:
    """The sawn sheet: extruded with its holes, glyphs united; drafted edges ruled, holes then cut."""
    holes = [hole_wire(x, y, outline) for x, y, outline in plate.holes]
    if plate.draft:
        return _drafted(plate, holes)
    lumps = [
        solids.prism(item, (0.0, 0.0, plate.t)) for item in outline_faces(plate.outline, holes)
    ]
    return solids.outward(boolean.fuse([solids.outward(lump) for lump in lumps]))


def _drafted(plate: Plate, holes: list[Shape]) -> Shape:
    step = plate.t * math.tan(math.radians(plate.draft))
    wires = [_lifted(plate.outline, 0.0), _lifted(inset(plate.outline, step), plate.t)]
    body = solids.outward(solids.loft(wires, ruled=True))
    if not holes:
        return body
    low = Frame((0.0, 0.0, -1.0))
    tools = [
        solids.prism(occ.face(solids.placed(hole, low)), (0.0, 0.0, plate.t + 2.0))
        for hole in holes
    ]
    return boolean.cut(body, tools)
