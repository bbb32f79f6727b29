"""Outlines and sections as kernel wires and faces."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Offset, Outline, Oval, Path, loops, points, source
from jewelgen.flat.parallel import Row, rows
from jewelgen.flat.segments import Arc, Cubic, Line, Loop, Point, Segment, loop_moments, loop_points
from jewelgen.piece.frame import Frame
from jewelgen.piece.section import Section, loop
from jewelgen.solid import occ_curves as occ
from jewelgen.solid.occ_curves import Shape

OFFSET_POINTS = 96  # exact points a smooth offset is interpolated through


def outline_wire(outline: Outline, z: float = 0.0) -> Shape:
    """The outer boundary at height `z`: exact for circles, ellipses and boxes, interpolated for offsets."""
    frame = Frame((0.0, 0.0, z))
    if isinstance(outline, Oval) and outline.l != outline.w:
        return occ.wire([occ.ellipse(outline.w, outline.l, z)])
    if isinstance(outline, Offset):
        return run_wire(outline, z)
    return occ.loop_wire(loops(outline)[0], frame)


def run_wire(outline: Outline, z: float, share: float = 1.0) -> Shape:
    """The boundary of an oval, a free path or an offset, shrunk to `share` about the origin, as splines.

    An oval is one; a free path has one a segment and straight ends at its mitres.
    """
    if not isinstance(source(outline), Path):
        return occ.wire([occ.spline(_lifted(points(outline, OFFSET_POINTS), z, share), True)])
    loop, d = run_of(outline)
    return occ.wire([row_edge(row, z, share) for row in rows(loop, d, OFFSET_POINTS)])


def run_of(outline: Outline) -> tuple[Loop, float]:
    """The loop a free path or its offset runs along, and how far outside it; `ValueError` for other outlines."""
    base = source(outline)
    if not isinstance(base, Path):
        raise ValueError("not a free path")
    return base.loops[0], outline.d if isinstance(outline, Offset) else 0.0


def row_edge(row: Row, z: float, share: float = 1.0) -> Shape:
    """One row at height `z`: a line, or a spline with the row's own directions."""
    lifted = _lifted(row.points, z, share)
    if len(lifted) == 2:
        return occ.line(*lifted)
    return occ.through(lifted, _lifted(row.headings, 0.0, 1.0))


def _lifted(row: Sequence[Point], z: float, share: float) -> NDArray[np.float64]:
    flat = share * np.array(row)
    return np.column_stack((flat, np.full(len(flat), z)))


def outline_faces(outline: Outline, holes: Sequence[Shape] = ()) -> list[Shape]:
    """Planar faces at z = 0: one, or one for every island of a free path, each with its holes."""
    if not isinstance(outline, Path):
        return [occ.face(outline_wire(outline), holes)]
    return [
        occ.face(
            occ.loop_wire(outer), [*(occ.loop_wire(h) for h in own), *(holes if i == 0 else ())]
        )
        for i, (outer, own) in enumerate(owned(outline))
    ]


def owned(path: Path) -> list[tuple[Loop, list[Loop]]]:
    """The islands of a path, each with the holes that lie in it."""
    outers = [item for item in path.loops if loop_moments(item).area > 0]
    found: list[tuple[Loop, list[Loop]]] = [(outer, []) for outer in outers]
    for item in path.loops:
        if loop_moments(item).area <= 0:
            found[_owner(item, outers)][1].append(item)
    return found


def _owner(hole: Loop, outers: Sequence[Loop]) -> int:
    """The smallest outer loop around the hole's first point."""
    x, y = hole[0].at(0.0)
    around = [i for i, outer in enumerate(outers) if _encloses(loop_points(outer, 0.01), x, y)]
    return min(around, key=lambda i: loop_moments(outers[i]).area, default=0)


def _encloses(ring: Sequence[Point], x: float, y: float) -> bool:
    inside = False
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def section_wire(section: Section, frame: Frame, lift: float = 0.0) -> Shape:
    """The section's boundary: u along the frame's x, v along its y, raised by `lift` along v."""
    return occ.loop_wire(loop(section), frame.then(Frame((0.0, lift, 0.0))))


def shifted(item: Loop, dx: float, dy: float) -> Loop:
    """A loop moved in its plane."""
    return tuple(_moved(segment, dx, dy) for segment in item)


def _moved(segment: Segment, dx: float, dy: float) -> Segment:
    def to(p: Point) -> Point:
        return (p[0] + dx, p[1] + dy)

    if isinstance(segment, Line):
        return Line(to(segment.p), to(segment.q))
    if isinstance(segment, Arc):
        return Arc(to(segment.centre), segment.radius, segment.a0, segment.a1)
    return Cubic(to(segment.p), to(segment.a), to(segment.b), to(segment.q))


def hole_wire(x: float, y: float, outline: Outline) -> Shape:
    """The boundary of a hole centred at (x, y) in the plane z = 0."""
    from jewelgen.solid.occ_solids import placed

    if isinstance(outline, Offset) or (isinstance(outline, Oval) and outline.l != outline.w):
        return placed(outline_wire(outline), Frame((x, y, 0.0)))
    return occ.loop_wire(shifted(loops(outline)[0], x, y))
