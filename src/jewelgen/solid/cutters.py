"""`Bearing`, `Pocket`, `Groove` and `Bore` as solids in the frame of their cut."""

from __future__ import annotations

from jewelgen.flat.outline import Offset, Outline, Oval, Path, extents, grown, loops, source
from jewelgen.flat.segments import Arc, Cubic, Line, Loop, Point, Segment
from jewelgen.piece.cutter import Bearing, Bore, Cutter, Groove, Pocket
from jewelgen.piece.frame import Frame
from jewelgen.solid import occ_boolean as boolean
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.faces import outline_faces, run_wire
from jewelgen.solid.hoop import hoop_frame
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.turned import turned

CLEAR = 0.05  # mm a slot reaches past the face it opens in, so that no two faces coincide
FLAT = 1e-3  # mm: a face no higher lies on z = 0
POINT = 0.02  # mm: width of the tip of a bearing that is not round and has no pilot


def cutter_shape(cutter: Cutter) -> Shape:
    """The metal a cutter takes, whole."""
    match cutter:
        case Bearing():
            return _bearing(cutter)
        case Pocket():
            return _prism(cutter.outline, -cutter.depth, cutter.above)
        case Groove():
            return _groove(cutter)
        case Bore():
            side = Frame((0.0, -cutter.length / 2, 0.0), x=(1.0, 0.0, 0.0), z=(0.0, 1.0, 0.0))
            return solids.placed(_cylinder(cutter.d, 0.0, cutter.length), side)


def _cylinder(d: float, low: float, high: float) -> Shape:
    r = d / 2
    corners = ((0.0, low), (r, low), (r, high), (0.0, high))
    return turned(_closed(corners))


def _closed(corners: tuple[Point, ...]) -> Loop:
    n = len(corners)
    return tuple(Line(corners[i], corners[(i + 1) % n]) for i in range(n))


def bearing_profile(bearing: Bearing, r: float) -> tuple[Point, ...]:
    """(radius, height) corners of a round seat of radius `r`: pilot, pavilion cone, girdle, clearance."""
    p, top = bearing.pilot / 2, bearing.girdle + bearing.open
    low = max(bearing.through, bearing.depth) if p > 0 else bearing.depth
    foot = ((0.0, -low), (p, -low)) if p > 0 else ((0.0, -low),)
    ledge = ((p, -bearing.depth),) if p > 0 and low > bearing.depth else ()
    return (*foot, *ledge, (r, 0.0), (r, top), (0.0, top))


def _bearing(bearing: Bearing) -> Shape:
    outline = bearing.outline
    if isinstance(outline, Oval) and outline.l == outline.w:
        return turned(_closed(bearing_profile(bearing, outline.l / 2 + bearing.gap)))
    seat = grown(outline, bearing.gap)
    upper = _prism(seat, 0.0, bearing.girdle + bearing.open)
    cone = solids.outward(solids.loft(list(_cone_wires(seat, bearing)), ruled=True))
    seat_room = _on_each_other(upper, cone)
    if bearing.pilot > 0 and bearing.through > bearing.depth:
        pilot = _cylinder(bearing.pilot, -bearing.through, -bearing.depth / 2)
        return boolean.fuse([seat_room, pilot])
    return seat_room


def _on_each_other(upper: Shape, lower: Shape) -> Shape:
    """Two solids that share their face on z = 0, by their other faces: a fuse would look for what all of a drawn
    outline's sides have in common.
    """
    skin = [
        f for f in (*solids.shell_faces(upper), *solids.shell_faces(lower)) if not _on_ground(f)
    ]
    sewn, open_edges = solids.sewn(skin)
    return boolean.fuse([upper, lower]) if open_edges else sewn


def _on_ground(face: Shape) -> bool:
    low, high = solids.quick_bounds(face)
    return max(abs(low[2]), abs(high[2])) < FLAT


def _cone_wires(seat: Outline, bearing: Bearing) -> tuple[Shape, Shape]:
    tip = max(bearing.pilot, POINT)
    if isinstance(seat, (Oval, Offset)) and isinstance(source(seat), Oval):
        return run_wire(seat, 0.0), run_wire(Oval(tip, tip), -bearing.depth)
    share = tip / min(extents(seat))
    if isinstance(seat, (Path, Offset)):
        return run_wire(seat, 0.0), run_wire(seat, -bearing.depth, share)
    rim = loops(seat)[0]
    low_frame = Frame((0.0, 0.0, -bearing.depth))
    small = tuple(_shrunk(segment, share) for segment in rim)
    return occ.loop_wire(rim), occ.loop_wire(small, low_frame)


def _shrunk(segment: Segment, share: float) -> Segment:
    def to(p: Point) -> Point:
        return (p[0] * share, p[1] * share)

    if isinstance(segment, Line):
        return Line(to(segment.p), to(segment.q))
    if isinstance(segment, Arc):
        return Arc(to(segment.centre), segment.radius * share, segment.a0, segment.a1)
    return Cubic(to(segment.p), to(segment.a), to(segment.b), to(segment.q))


def _prism(outline: Outline, low: float, high: float) -> Shape:
    frame = Frame((0.0, 0.0, low))
    lumps = [
        solids.outward(solids.placed(solids.prism(face, (0.0, 0.0, high - low)), frame))
        for face in outline_faces(outline)
    ]
    return boolean.fuse(lumps)


def _groove(groove: Groove) -> Shape:
    low = groove.r - CLEAR if groove.inner else groove.r - groove.depth
    high = groove.r + groove.depth if groove.inner else groove.r + CLEAR
    half = groove.w / 2
    corners = ((-half, low), (half, low), (half, high), (-half, high))
    start = occ.loop_wire(_closed(corners), hoop_frame(0.0, groove.a0))
    turn = solids.revolved(occ.face(start), (0.0, 1.0, 0.0), groove.a1 - groove.a0)
    return solids.outward(turn)
