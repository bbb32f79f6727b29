"""The master: the piece to be printed, derived from the finished piece as data (no solid is ever offset).

Where allowances enter: the bore is smaller, sections and plates are larger on faces that will be finished,
by as much as each face class loses; prongs stand straight and longer by the setting allowance, bezels stand open,
relief is lifted with the surface it stands on, marks and seats cut after casting are left out.
"""

from __future__ import annotations

import math
from dataclasses import replace

from jewelgen.cast.chain import Allowance, Give
from jewelgen.cast.faces import skin
from jewelgen.flat.fitted import outside
from jewelgen.flat.outline import Outline, Path, grown, loops
from jewelgen.flat.segments import loop_moments
from jewelgen.piece.array import Array, Listed, Polar
from jewelgen.piece.cutter import Bearing, Bore, Cut, Groove, Pocket
from jewelgen.piece.form import Ball, Bar, Dome, Form, Hoop, Plate, Sculpted, Tube, Twist, Wall
from jewelgen.piece.frame import add, unit
from jewelgen.piece.late import cast_cuts, cast_marks
from jewelgen.piece.mark import Glyphs, Mark, Texture
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import Bez, Circ, Loop, is_closed, length
from jewelgen.piece.section import Sec, Section, Wire

MOST_EXACT = 60  # curves of an edge that are offset exactly
PRONGS = frozenset({"prong", "v-prong"})


def master_piece(piece: Piece, allowance: Allowance) -> Piece:
    """The piece before finishing: every cast part with its allowances, late marks left out.

    Handmade and bought parts are dropped with their joints: they never see the flask.
    """
    cast = {part.name for part in piece.parts if part.made == "cast"}
    return replace(
        piece,
        parts=tuple(_part(part, piece, allowance) for part in piece.parts if part.name in cast),
        joints=tuple(joint for joint in piece.joints if {joint.a, joint.b} <= cast),
        cuts=tuple(
            _cut(_opened(piece, cut, allowance), allowance, cast)
            for cut in cast_cuts(piece)
            if cast & set(cut.on)
        ),
        marks=tuple(
            _mark(mark, allowance.on(skin(piece, piece.part(mark.on))))
            for mark in cast_marks(piece)
            if mark.on in cast
        ),
    )


def _part(part: Part, piece: Piece, allowance: Allowance) -> Part:
    give = allowance.on(skin(piece, part))
    if not any((give.outer, give.inner, give.back, give.edge)):
        return part if part.role not in PRONGS else replace(part, form=_form(part, give, allowance))
    shift = -give.back if isinstance(part.form, Plate) else 0.0
    at = part.at.moved(z=shift) if shift else part.at
    return replace(part, form=_form(part, give, allowance), at=at)


def _form(part: Part, give: Give, allowance: Allowance) -> Form:
    """The form with what is taken off each of its sides put on."""
    match part.form:
        case Hoop() as form:
            return _hoop(form, give)
        case Bar() as form if is_closed(form.rail):
            return _wire_ring(form, give)
        case Bar() as form:
            return _bar(form, give, allowance.prong if part.role in PRONGS else None)
        case Wall() as form:
            return _wall(form, give)
        case Plate() as form:
            return _plate(form, give)
        case Tube() as form:
            return replace(form, od=form.od + 2 * give.outer, length=form.length + give.edge)
        case Dome() as form:
            return _dome(form, give.outer)
        case Ball() as form:
            return replace(form, d=form.d + 2 * give.outer)
        case (
            Twist() | Sculpted() as form
        ):  # strands only touch, a sculpture is as its maker drew it
            return form


def _hoop(form: Hoop, give: Give) -> Hoop:
    both = give.outer + give.inner
    stations = tuple((a, _larger(s, give.edge, both)) for a, s in form.stations)
    return replace(form, bore=form.bore - 2 * give.inner, stations=stations)


def _larger(section: Section, side: float, thick: float) -> Section:
    """A section wider by `side` left and right and thicker by `thick` in all."""
    if isinstance(section, Wire):
        return Wire(section.d + thick)
    return replace(section, w=section.w + 2 * side, h=section.h + thick)


def _bar(form: Bar, give: Give, prong: float | None) -> Bar:
    side = give.outer
    stations = tuple((t, _larger(s, side, 2 * side)) for t, s in form.stations)
    if prong is not None and isinstance(stations[-1][1], Sec):
        # A V's walls stand as they are at the girdle; the setter thins what he bends.
        stations = (*stations[:-1], (stations[-1][0], stations[-2][1]))
    larger = replace(form, stations=stations)
    if prong is not None and isinstance(form.rail, Bez):
        # The claw begins at the last section but one; of wire all alike it is the last span.
        spans = (len(form.rail.points) - 1) // 3
        bend = form.stations[-2][0] if len(form.stations) > 1 else (spans - 1) / spans
        return replace(larger, rail=_unbent(form.rail, bend, prong))
    return larger


def _wire_ring(form: Bar, give: Give) -> Bar:
    """A wire closed to a ring: larger outside, and inside by what comes off where no wheel reaches."""
    both, out = give.outer + give.inner, (give.outer - give.inner) / 2
    stations = tuple((t, _larger(s, give.edge, both)) for t, s in form.stations)
    rail = form.rail
    if isinstance(rail, Circ):
        rail = replace(rail, r=rail.r + out)
    elif isinstance(rail, Loop):
        rail = replace(rail, outline=_grown(rail.outline, out))
    return replace(form, rail=rail, stations=stations)


def _dome(form: Dome, side: float) -> Dome:
    """Its outside a sphere larger by `side` about the same middle, cut by the same plane."""
    high = form.rise - (form.d**2 / 4 + form.rise**2) / (2 * form.rise)
    r = form.rise - high + side
    return Dome(2 * math.sqrt(r**2 - high**2), form.rise + side, form.t + side)


def _unbent(rail: Bez, bend: float, extra: float) -> Bez:
    """The prong before setting: its claw, from the parameter `bend` on, straightened and longer by `extra` mm.

    The stone has to pass between the prongs, so the claw is bent by the setter, never cast.
    """
    spans = (len(rail.points) - 1) // 3
    first = 3 * round(bend * spans)
    head, start, towards = rail.points[:first], rail.points[first], rail.points[first + 1]
    long, steps = length(Bez(rail.points[first:], rail.up)) + extra, len(rail.points) - 1 - first
    d = unit(add(towards, start, -1.0))
    ahead = (add(start, d, long * k / steps) for k in range(1, steps + 1))
    return replace(rail, points=(*head, start, *ahead))


def _wall(form: Wall, give: Give) -> Wall:
    """The bezel before setting: upright, its lip not yet closed (as tall as the leaned lip is long)."""
    lip = math.hypot(form.rim, form.lean)
    height = form.height - form.rim + lip + give.edge
    return replace(form, t=form.t + give.outer, height=height, rim=0.0, lean=0.0)


def _plate(form: Plate, give: Give) -> Plate:
    """Thicker on both faces and larger round the edge; letters apart and narrow slits keep their edge."""
    return replace(form, outline=_grown(form.outline, give.edge), t=form.t + give.outer + give.back)


def _grown(outline: Outline, side: float) -> Outline:
    """The outline `side` mm further out; letters apart and slits narrower than twice that stay as they are."""
    try:
        return _edged(outline, side)
    except ValueError:
        return outline


def _edged(outline: Outline, side: float) -> Outline:
    """Grown round its edge alone: no file goes into the holes of a sawn plate, they keep their size."""
    if not isinstance(outline, Path):
        return grown(outline, side)
    edge, *holes = outline.loops
    if any(loop_moments(hole).area > 0 for hole in holes):
        raise ValueError("several edges have no common line outside them")
    if not holes and len(edge) <= MOST_EXACT:
        return grown(outline, side)
    return Path((*loops(_wider(Path((edge,)), side)), *holes))


def _wider(edge: Path, side: float) -> Outline:
    """The line `side` mm outside an edge: exact, but for the many curves of a name, or of notches tighter than that.

    The exact line beside a curve is six curves; a thousand of them, some a few microns long, are no face for the kernel.
    """
    ways = (outside, grown) if len(edge.loops[0]) > MOST_EXACT else (grown, outside)
    try:
        return ways[0](edge, side)
    except ValueError:
        return ways[1](edge, side)


def _mark(mark: Mark, give: Give) -> Mark:
    """Relief stands as high over the master's surface as over the finished one; what is cut keeps its floor
    and goes through what will be filed off.
    """
    form = mark.form
    inner = isinstance(form, Glyphs) and form.bend < 0
    side = give.inner if inner else give.outer
    if isinstance(form, Glyphs) and form.how != "raise":
        over = side if form.bend else max(give.outer, give.back)
        return replace(mark, form=replace(form, over=over))
    if isinstance(form, Texture) or not side:
        return mark
    if isinstance(form, Glyphs) and form.bend:
        form = replace(form, bend=form.bend + side)
    return replace(mark, form=form, array=_lifted(mark.array, side))


def _lifted(array: Array, side: float) -> Array:
    """Every copy moved out along its own z."""
    if isinstance(array, Polar):
        t = math.radians(array.tilt)
        out, up = side * math.sin(t), side * math.cos(t)
        return replace(array, radius=array.radius + out, lift=array.lift + up)
    return Listed(tuple(frame.moved(z=side) for frame in array.frames()))


def _opened(piece: Piece, cut: Cut, allowance: Allowance) -> Cut:
    """The seat of a V open to its top: the point goes down between its walls before they are bent over it."""
    bars = [part.form for part in map(piece.part, cut.on) if part.role == "v-prong"]
    claws = [_claw_length(bar) for bar in bars if isinstance(bar, Bar)]
    if not claws:
        return cut
    high = max(claws) + allowance.prong + allowance.outside
    if isinstance(cut.form, Pocket):
        return replace(cut, form=replace(cut.form, above=cut.form.above + high))
    if isinstance(cut.form, Bearing):
        return replace(cut, form=replace(cut.form, open=cut.form.open + high))
    return cut


def _claw_length(bar: Bar) -> float:
    """Length in mm of what is bent over the stone: the spans past the station at the girdle."""
    if not isinstance(bar.rail, Bez):
        return 0.0
    spans = round((1.0 - bar.stations[1][0]) * (len(bar.rail.points) - 1) / 3)
    return length(Bez(bar.rail.points[-3 * spans - 1 :], bar.rail.up))


def _cut(cut: Cut, allowance: Allowance, cast: set[str]) -> Cut:
    """A cut reaches through the allowance it will find above it."""
    on, form, side = tuple(name for name in cut.on if name in cast), cut.form, allowance.outside
    if isinstance(form, Bearing) and form.open > 0:
        form = replace(form, open=form.open + side)
    elif isinstance(form, Pocket):
        form = replace(form, above=form.above + side)
    elif isinstance(form, Bore):
        form = replace(form, d=form.d - 2 * allowance.inside)
    elif isinstance(form, Groove) and not form.inner:
        form = replace(form, r=form.r + side, depth=form.depth + side)
    return replace(cut, on=on, form=form)
