"""Masters with sprues: one sound mesh, and exact bodies that add up to it."""

from __future__ import annotations

import math

import pytest

from jewelgen.findings import GeometryError
from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import IDENTITY
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import Sec
from jewelgen.solid import mesh as meshes
from jewelgen.solid import occ_solids
from jewelgen.solid.model import Body, Quality
from jewelgen.solid.realize import realize
from jewelgen.solid.sprued import Rod, profile, sprued

OUT = -(17.0 / 2 + 2.0)
ROD = Rod((0.0, 0.0, OUT + 0.4), (0.0, 0.0, OUT - 6.0), 2.4, 2.4, 0.4, 0.5)


@pytest.fixture(scope="module")
def band() -> Body:
    part = Part("shank", Hoop(17.0, ((0.0, Sec(4.0, 2.0)),)), IDENTITY, alloy="a")
    (body,) = realize(Piece("test", "ring", "cast", "a", (part,)), quality=Quality.PREVIEW).bodies
    return body


def test_a_flare_is_a_quarter_round() -> None:
    corners = profile(ROD)
    foot = [(r - 1.2 - 0.5, h - 0.4 - 0.5) for r, h in corners[2:-2]]
    assert [math.hypot(r, h + 0.5 - 0.5) for r, h in foot] == pytest.approx([0.5] * len(foot))
    assert corners[1] == (1.7, 0.0) and corners[-2] == (1.2, 6.4)
    assert profile(Rod(ROD.start, ROD.end, 2.4, 3.0, 0.4, 0.0))[1:3] == ((1.2, 0.0), (1.5, 6.4))


def test_a_master_with_its_sprue_is_one_body_and_two_solids(band: Body) -> None:
    made = sprued(band, (ROD,), Quality.PREVIEW)
    assert meshes.open_edges(made.mesh) == 0
    assert len(meshes.bodies(meshes.manifold(made.mesh, "x"))[0]) == 1
    (shape,) = made.shapes
    assert occ_solids.is_valid(shape) and len(occ_solids.solids_of(shape)) == 1
    # outside the band: a rod of 6 mm, its flare (Pappus), and the sliver under it where the band curves away
    flare = 2 * math.pi * (0.5**2 - math.pi / 4 * 0.5**2) * (1.2 + 0.5 * 0.2234)
    assert made.volume_mm3 == pytest.approx(math.pi * 1.2**2 * 6.0 + flare, rel=0.03)
    both = meshes.volume(band.mesh) + made.volume_mm3
    assert meshes.volume(made.mesh) == pytest.approx(both, rel=0.003)


def test_two_legs_and_a_stem_are_each_counted_once(band: Body) -> None:
    knot = (0.0, 0.0, OUT - 4.0)
    legs = (
        Rod((3.0, 0.0, -9.6), knot, 2.0, 2.0, 0.3, 0.0),
        Rod((-3.0, 0.0, -9.6), knot, 2.0, 2.0, 0.3, 0.0),
    )
    made = sprued(
        band,
        (*legs, Rod((0.0, 0.0, OUT - 3.2), (0.0, 0.0, OUT - 7.0), 2.8, 2.8, 0.0, 0.0)),
        Quality.PREVIEW,
    )
    assert len(made.shapes) == len(made.meshes) == 3
    both = meshes.volume(band.mesh) + made.volume_mm3
    assert meshes.volume(made.mesh) == pytest.approx(both, rel=0.005)


def test_a_sprue_that_meets_no_metal_is_refused(band: Body) -> None:
    with pytest.raises(GeometryError, match="JG318"):
        sprued(
            band, (Rod((0.0, 0.0, -20.0), (0.0, 0.0, -26.0), 2.4, 2.4, 0.4, 0.5),), Quality.PREVIEW
        )
