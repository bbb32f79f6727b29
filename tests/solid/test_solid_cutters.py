"""Seats of stones that are not round: one closed solid of the girdle's room and the pavilion's, whatever the outline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jewelgen.flat.outline import Box, Outline, Oval, Path, area, grown
from jewelgen.flat.segments import Cubic, Line
from jewelgen.piece.cutter import Bearing
from jewelgen.solid import mesh as meshes
from jewelgen.solid import occ_mesh, occ_solids
from jewelgen.solid.cutters import cutter_shape

DROP = Path((
    (Line((-2.0, -2.0), (2.0, -2.0)), Line((2.0, -2.0), (2.0, 0.0)),
     Cubic((2.0, 0.0), (2.0, 3.0), (-2.0, 3.0), (-2.0, 0.0)), Line((-2.0, 0.0), (-2.0, -2.0))),
))  # fmt: skip
OUTLINES = (Oval(8.0, 6.0), Box(6.0, 4.0, 0.5), Box(5.0, 5.0), DROP)


@pytest.mark.kernel
@pytest.mark.parametrize("pilot", [0.0, 1.0])
@pytest.mark.parametrize("outline", OUTLINES, ids=["oval", "cushion", "square", "drop"])
def test_a_seat_is_one_closed_solid_that_grows_with_its_girdle(
    outline: Outline, pilot: float
) -> None:
    low = Bearing(
        outline, depth=2.0, gap=0.03, girdle=0.2, open=0.5, pilot=pilot, through=3 * pilot
    )
    high = replace(low, girdle=0.9)
    one, other = cutter_shape(low), cutter_shape(high)
    for shape in (one, other):
        assert occ_solids.is_valid(shape)
        assert len(occ_solids.solids_of(shape)) == 1
        mesh = meshes.welded(occ_mesh.triangulate(shape, 0.01, 0.2))
        assert meshes.open_edges(mesh) == 0
        assert meshes.volume(mesh) == pytest.approx(occ_solids.volume(shape), rel=0.01)
    more = occ_solids.volume(other) - occ_solids.volume(one)
    assert more == pytest.approx(0.7 * area(grown(outline, 0.03)), rel=5e-4)
    (_, _, bottom), (_, _, top) = occ_solids.quick_bounds(one)
    assert (bottom, top) == pytest.approx((-3.0 if pilot else -2.0, 0.7), abs=1e-3)
