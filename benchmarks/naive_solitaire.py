"""A solitaire as the fluent CadQuery manual would lead one to write it: lofts through sections, a cut, a union a part.

Sections, rails and places are those of the piece, as numbers; every shape is drawn here with CadQuery alone.
"""

from __future__ import annotations

import math
import tempfile
from pathlib import Path
from typing import Any

import cadquery as cq
import numpy as np

from benchmarks.naive_pave import _location, _seat
from jewelgen.flat.segments import Arc
from jewelgen.piece.cutter import Bearing
from jewelgen.piece.easing import bar_section_at, section_at
from jewelgen.piece.form import Bar, Form, Hoop
from jewelgen.piece.piece import Piece
from jewelgen.piece.rail import Bez, Circ, axes
from jewelgen.piece.section import Section, Wire, area_and_centroid, loop

SEAM = 17.0  # degrees
EIGHTHS = 24  # sections round a shank
A_SPAN, LEAST = 6, 12  # sections along each span of a wire, and of a short one


def naive_solitaire(piece: Piece) -> float:
    """The volume in mm3 of all parts drawn, cut and joined one after another, after STEP and STL were written."""
    whole: Any = None
    for part in piece.parts:
        drawn = _drawn(part.form)
        for copy in part.array.frames():
            body = cq.Workplane(drawn.located(_location(part.at.then(copy))))
            for cut in piece.cuts:
                if part.name in cut.on and isinstance(cut.form, Bearing):
                    body = body.cut(cq.Workplane(_seat(cut.form).located(_location(cut.at))))
            whole = body if whole is None else whole.union(body)
    with tempfile.TemporaryDirectory() as folder:
        cq.exporters.export(whole, str(Path(folder) / "a.step"))
        stl = str(Path(folder) / "a.stl")
        cq.exporters.export(whole, stl, tolerance=0.01, angularTolerance=0.2)
    return sum(solid.Volume() for solid in whole.solids().vals())


def _drawn(form: Form) -> Any:
    """The part in its own frame."""
    if isinstance(form, Hoop):
        return _shank(form)
    assert isinstance(form, Bar)
    if isinstance(form.rail, Circ):
        (_, wire), *_ = form.stations
        assert isinstance(wire, Wire)
        return _ring(form.rail.r, wire.d)
    return _swept(form)


def _ring(r: float, d: float) -> Any:
    """A wire bent round; turned a little, for with its seam in a prong the union keeps what both share twice."""
    drawn = cq.Workplane("XZ").center(r, 0.0).circle(d / 2)
    return (
        drawn.revolve(360.0, (-r, 0.0, 0.0), (-r, 1.0, 0.0))
        .val()
        .rotate((0, 0, 0), (0, 0, 1), SEAM)
    )


def _shank(hoop: Hoop) -> Any:
    """Two lofts of half a turn, joined."""
    wires = []
    for i in range(EIGHTHS + 1):
        degrees = 360.0 * i / EIGHTHS
        out = np.array((math.sin(math.radians(degrees)), 0.0, math.cos(math.radians(degrees))))
        section = section_at(hoop.stations, degrees)
        wires.append(_wire(section, hoop.bore / 2 * out, (np.array((0.0, 1.0, 0.0)), out)))
    half = EIGHTHS // 2
    halves = [cq.Solid.makeLoft(wires[: half + 1]), cq.Solid.makeLoft(wires[half:])]
    return cq.Workplane(halves[0]).union(cq.Workplane(halves[1])).val()


def _swept(bar: Bar) -> Any:
    """A loft through sections whose centroids lie on the rail; a ball at its end where that is domed."""
    assert isinstance(bar.rail, Bez)
    spans = len(bar.rail.points) // 3
    n = max(LEAST, A_SPAN * spans)
    places = np.linspace(0.0, 1.0, n + 1)
    point, _, u, v = axes(bar.rail, places)
    sections = [bar_section_at(bar.stations, float(t)) for t in places]
    wires = [
        _wire(section, point[i], (u[i], v[i]), area_and_centroid(section)[1])
        for i, section in enumerate(sections)
    ]
    made = cq.Workplane(cq.Solid.makeLoft(wires))
    last = sections[-1]
    if bar.end == "dome" and isinstance(last, Wire):
        made = made.union(cq.Workplane().sphere(last.d / 2).translate(tuple(point[-1])))
    return made.val()


def _wire(section: Section, origin: Any, axes: tuple[Any, Any], middle: float = 0.0) -> Any:
    """The section's boundary drawn by lines and arcs in the plane of two axes, `middle` mm of it below the origin."""
    u, v = axes

    def at(p: tuple[float, float]) -> Any:
        return cq.Vector(*(origin + p[0] * u + (p[1] - middle) * v))

    if isinstance(section, Wire):
        normal = cq.Vector(*np.cross(u, v))
        return cq.Wire.makeCircle(section.d / 2, at((0.0, section.d / 2)), normal)
    edges = [
        cq.Edge.makeThreePointArc(at(s.p), at(s.at(0.5)), at(s.q))
        if isinstance(s, Arc)
        else cq.Edge.makeLine(at(s.at(0.0)), at(s.at(1.0)))
        for s in loop(section)
    ]
    return cq.Wire.assembleEdges(edges)
