"""The master: the piece to be printed, derived from the finished piece as data (no solid is ever offset).

Where allowances enter: the bore is smaller, sections and plates are larger on faces that will be finished,
prongs stand straight and longer by the setting allowance, bezels stand open, relief is lifted with the
surface it stands on, marks and seats cut after casting are left out.
"""

from __future__ import annotations

import math
from dataclasses import replace

from jewelgen.cast.chain import Allowance
from jewelgen.flat.outline import grown
from jewelgen.piece.array import Array, Listed, Polar
from jewelgen.piece.cutter import Bearing, Bore, Cut, Groove, Pocket
from jewelgen.piece.form import Bar, Form, Hoop, Plate, Tube, Wall
from jewelgen.piece.frame import add, unit
from jewelgen.piece.late import cast_cuts, cast_marks
from jewelgen.piece.mark import Glyphs, Mark, Texture
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import Bez, length
from jewelgen.piece.section import Section, Wire


def master_piece(piece: Piece, allowance: Allowance) -> Piece:
    """The piece before finishing: every cast part with its allowances, late marks left out.

    Handmade and bought parts are dropped with their joints: they never see the flask.
    """
    cast = {part.name for part in piece.parts if part.made == "cast"}
    return replace(
        piece,
        parts=tuple(_part(part, allowance) for part in piece.parts if part.name in cast),
        joints=tuple(joint for joint in piece.joints if {joint.a, joint.b} <= cast),
        cuts=tuple(_cut(cut, allowance, cast) for cut in cast_cuts(piece) if cast & set(cut.on)),
        marks=tuple(
            _mark(mark, allowance) if piece.part(mark.on).finished else mark
            for mark in cast_marks(piece)
            if mark.on in cast
        ),
    )


def _part(part: Part, allowance: Allowance) -> Part:
    if not part.finished:
        return part
    form, shift = _form(part, allowance)
    return replace(part, form=form, at=part.at.moved(z=shift) if shift else part.at)


def _form(part: Part, allowance: Allowance) -> tuple[Form, float]:
    """The form with its allowances and how far it sinks along its own z to stay centred on them."""
    side, form = allowance.outside, part.form
    if isinstance(form, Hoop):
        return _hoop(form, allowance), 0.0
    if isinstance(form, Bar):
        return _bar(form, allowance, part.role), 0.0
    if isinstance(form, Wall):
        return _wall(form, side), 0.0
    if isinstance(form, Plate):
        return _plate(form, side), -side
    if isinstance(form, Tube):
        return replace(form, od=form.od + 2 * side, length=form.length + side), 0.0
    return form, 0.0


def _hoop(form: Hoop, allowance: Allowance) -> Hoop:
    both = allowance.outside + allowance.inside
    stations = tuple((a, _larger(s, allowance.outside, both)) for a, s in form.stations)
    return replace(form, bore=form.bore - 2 * allowance.inside, stations=stations)


def _larger(section: Section, side: float, thick: float) -> Section:
    """A section wider by `side` left and right and thicker by `thick` in all."""
    if isinstance(section, Wire):
        return Wire(section.d + thick)
    return replace(section, w=section.w + 2 * side, h=section.h + thick)


def _bar(form: Bar, allowance: Allowance, role: str) -> Bar:
    side = allowance.outside
    stations = tuple((t, _larger(s, side, 2 * side)) for t, s in form.stations)
    larger = replace(form, stations=stations)
    if role == "prong" and isinstance(form.rail, Bez):
        return replace(larger, rail=_unbent(form.rail, allowance.prong))
    return larger


def _unbent(rail: Bez, extra: float) -> Bez:
    """The prong before setting: its last span (the claw) straightened and longer by `extra` mm.

    The stone has to pass between the prongs, so the claw is bent by the setter, never cast.
    """
    head, start, towards = rail.points[:-4], rail.points[-4], rail.points[-3]
    claw = length(Bez(rail.points[-4:], rail.up)) + extra
    d = unit(add(towards, start, -1.0))
    return replace(rail, points=(*head, start, *(add(start, d, claw * k / 3) for k in (1, 2, 3))))


def _wall(form: Wall, side: float) -> Wall:
    """The bezel before setting: upright, its lip not yet closed (as tall as the leaned lip is long)."""
    lip = math.hypot(form.rim, form.lean)
    height = form.height - form.rim + lip + side
    return replace(form, t=form.t + side, height=height, rim=0.0, lean=0.0)


def _plate(form: Plate, side: float) -> Plate:
    """Thicker on both faces and larger round the edge; letters, fretwork and narrow slits keep their edge."""
    try:
        outline = grown(form.outline, side)
    except ValueError:  # several loops, or one that has no exact line outside it
        outline = form.outline
    return replace(form, outline=outline, t=form.t + 2 * side)


def _mark(mark: Mark, allowance: Allowance) -> Mark:
    """Relief stands as high over the master's surface as over the finished one; what is cut keeps its floor."""
    form = mark.form
    if isinstance(form, Texture) or (isinstance(form, Glyphs) and form.how != "raise"):
        return mark
    inner = isinstance(form, Glyphs) and form.bend < 0
    side = allowance.inside if inner else allowance.outside
    if not side:
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
