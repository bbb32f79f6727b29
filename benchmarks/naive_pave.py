"""A pave band as the fluent CadQuery manual would lead one to write it: a cut a stone, a union a bead.

The band, the seats and the beads are those of the piece, drawn by fluent revolves; only the way is naive.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import cadquery as cq

from jewelgen.piece.cutter import Bearing
from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import Frame
from jewelgen.piece.mark import Beads
from jewelgen.piece.piece import Piece
from jewelgen.piece.section import polygon


def naive_pave(piece: Piece, rows: int = 0) -> Any:
    """The band with its seats cut and its beads joined one after another; `rows` 0: all of them."""
    (part,) = piece.parts
    assert isinstance(part.form, Hoop)
    ring = _band(part.form)
    cuts, beads = list(piece.cuts), [mark for mark in piece.marks if isinstance(mark.form, Beads)]
    share = len(beads) // max(1, len(cuts))
    if rows:
        cuts, beads = cuts[:rows], beads[: rows * share]
    for cut in cuts:
        assert isinstance(cut.form, Bearing)
        tool = _seat(cut.form)
        for copy in cut.array.frames():
            ring = ring.cut(cq.Workplane(tool.located(_location(cut.at.then(copy)))))
    for mark in beads:
        assert isinstance(mark.form, Beads)
        ball = cq.Workplane().sphere(mark.form.d / 2).val()
        for copy in mark.array.frames():
            at = mark.at.then(copy).moved(z=mark.form.d / 2 - mark.form.bite)
            ring = ring.union(cq.Workplane(ball.located(_location(at))))
    return ring.val()


def exported(shape: Any) -> Any:
    """The shape, after STEP and STL of it were written."""
    with tempfile.TemporaryDirectory() as folder:
        whole = cq.Workplane(shape)
        cq.exporters.export(whole, str(Path(folder) / "a.step"))
        stl = str(Path(folder) / "a.stl")
        cq.exporters.export(whole, stl, tolerance=0.01, angularTolerance=0.2)
    return shape


def _band(hoop: Hoop) -> Any:
    ((_, section),) = hoop.stations
    corners = [(float(u), float(v) + hoop.bore / 2) for u, v in polygon(section)]
    drawn = cq.Workplane("YZ").polyline(corners).close()
    return drawn.revolve(360.0, (0.0, 0.0, 0.0), (1.0, 0.0, 0.0))


def _seat(bearing: Bearing) -> Any:
    """Clearance, girdle, cone and pilot as one turned body, its axis along z."""
    r, p = bearing.outline.l / 2 + bearing.gap, bearing.pilot / 2  # type: ignore[union-attr]
    top, low = bearing.girdle + bearing.open, max(bearing.through, bearing.depth)
    profile = [(0.0, -low), (p, -low), (p, -bearing.depth), (r, 0.0), (r, top), (0.0, top)]
    drawn = cq.Workplane("XZ").polyline(list(dict.fromkeys(profile))).close()
    return drawn.revolve(360.0, (0.0, 0.0, 0.0), (0.0, 1.0, 0.0)).val()


def _location(frame: Frame) -> Any:
    return cq.Location(cq.Plane(frame.origin, frame.x, frame.z))
