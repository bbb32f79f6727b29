"""`Wall` and `Plate` as solids: what is sawn from or wrapped of sheet."""

from __future__ import annotations

from jewelgen.flat.outline import Outline, Oval, grown
from jewelgen.piece.form import Plate, Wall
from jewelgen.piece.frame import Frame
from jewelgen.piece.tiers import Tier, plate_tiers, wall_tiers
from jewelgen.solid import occ_boolean as boolean
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.faces import hole_wire, outline_faces, outline_wire
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.stacked import sides


def wall_shape(wall: Wall) -> Shape:
    """The wrapped strip: turned when round, extruded when straight, else ruled between offset outlines."""
    if isinstance(wall.outline, Oval) and wall.outline.l == wall.outline.w:
        return _round_wall(wall)
    inner, outer = grown(wall.outline, wall.gap), grown(wall.outline, wall.gap + wall.t)
    rows = wall_tiers(wall)
    if all(step == 0 for _, step in rows):
        ring = occ.face(outline_wire(outer), [outline_wire(inner)])
        return solids.outward(solids.prism(ring, (0.0, 0.0, wall.height)))
    return _leaning(inner, outer, rows)


def _round_wall(wall: Wall) -> Shape:
    r = wall.outline.l / 2 + wall.gap if isinstance(wall.outline, Oval) else 0.0
    rows = wall_tiers(wall)
    inside = [(r - step, 0.0, z) for z, step in rows]
    outside = [(r + wall.t - step, 0.0, z) for z, step in reversed(rows)]
    profile = occ.face(occ.polygon([*inside, *outside]))
    return solids.outward(solids.revolved(profile, (0.0, 0.0, 1.0)))


def _leaning(inner: Outline, outer: Outline, rows: tuple[Tier, ...]) -> Shape:
    """Ruled faces between the outlines at each height, capped and sewn."""
    found = [sides(outline, rows) for outline in (outer, inner)]
    caps = [occ.face(found[0][end], [found[1][end]]) for end in (1, 2)]
    return solids.sewn([*found[0][0], *found[1][0], *caps])[0]


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
    faces, foot, lip = sides(plate.outline, plate_tiers(plate))
    body = solids.sewn([*faces, occ.face(foot), occ.face(lip)])[0]
    if not holes:
        return body
    low = Frame((0.0, 0.0, -1.0))
    tools = [
        solids.prism(occ.face(solids.placed(hole, low)), (0.0, 0.0, plate.t + 2.0))
        for hole in holes
    ]
    return boolean.cut(body, tools)
