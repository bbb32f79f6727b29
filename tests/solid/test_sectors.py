"""What stands on a band all round is joined to one sector of it, and the ring is as if it were joined whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jewelgen.flat.outline import Oval
from jewelgen.piece.array import Polar
from jewelgen.piece.cutter import Bearing, Cut
from jewelgen.piece.form import Ball, Bar, Hoop
from jewelgen.piece.frame import FINGER, IDENTITY, Frame, on_ring
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import straight
from jewelgen.piece.section import Sec, Wire
from jewelgen.solid import boolean, occ_boolean, occ_solids
from jewelgen.solid import mesh as meshes
from jewelgen.solid.members import Place, member_shape, places
from jewelgen.solid.sectors import in_sectors
from jewelgen.solid.united import mesh_volume, union

N = 8
BAND = Part("shank", Hoop(8.0, ((0.0, Sec(4.4, 2.0)),)), IDENTITY, alloy="a")
SEATS = Polar(N, 5.8, 0.0, 360.0 / N, 0.0, 90.0)
ASIDE = Frame((3.0, -4.0, 5.0), x=(0.0, 1.0, 0.0), z=(0.6, 0.0, 0.8))


def post(side: float, turn: float = 180.0 / N, n: int = N) -> Part:
    """Posts that lean to their side, between the seats."""
    lean = Bar(straight((0, 0, -0.4), (0, 0.3 * side, 2)), ((0.0, Wire(0.8)),))
    places = Polar(n, 6.0, turn, 360.0 / N, side, 90.0)
    return Part(f"post{side}", lean, FINGER, places, "a")


def eternity(*parts: Part, at: Frame = IDENTITY) -> list[Place]:
    """The members of a band with seats and those parts, all moved to `at`."""
    seat = Cut("seat", ("shank", *(p.name for p in parts)), SEAT, at.then(FINGER), SEATS)
    moved = tuple(replace(part, at=at.then(part.at)) for part in (BAND, *parts))
    whole = Piece("test", "ring", "cast", "a", moved, cuts=(seat,))
    return list(places(whole, tuple(part.name for part in moved)))


SEAT = Bearing(Oval(3.8, 3.8), 1.6, 0.02, 0.1, 0.4)


def test_a_ring_joined_by_its_sector_is_the_ring_joined_whole() -> None:
    members = eternity(post(1.0), at=ASIDE)
    assert len(members) == 1 + N
    (way,) = in_sectors(members)
    sewn, whole = way(), occ_boolean.fuse([shape(place) for place in members])
    assert sewn is not None
    verdict = boolean.judged(sewn, lambda fine: mesh_volume(members, fine))
    assert (verdict.fault, len(occ_solids.solids_of(sewn))) == ("", 1)
    assert occ_solids.volume(sewn, 1e-6) == pytest.approx(occ_solids.volume(whole, 1e-6), rel=1e-5)
    for here, there in zip(occ_solids.bounds(sewn), occ_solids.bounds(whole), strict=True):
        assert here == pytest.approx(there, abs=1e-4)


def shape(place: Place) -> occ_solids.Shape:
    return occ_solids.placed(member_shape(place.recipe), place.frame)


def test_copies_that_a_first_and_a_last_seat_cut_are_one_recipe() -> None:
    assert len({place.recipe for place in eternity(post(1.0))}) == 2


def test_what_does_not_repeat_is_joined_whole() -> None:
    ball = Part("ball", Ball(3.0), on_ring(6.5), alloy="a")
    assert in_sectors(eternity(post(1.0), ball)) == []
    assert in_sectors(eternity(post(1.0, n=N - 1))) == []
    assert in_sectors(eternity(post(1.0))[1:]) == []
    narrow = Hoop(8.0, ((0.0, Sec(4.4, 2.0)), (180.0, Sec(4.0, 2.0))))
    changing = replace(BAND, form=narrow)
    posts = eternity(post(1.0))[1:]
    host = Place(changing, 0, IDENTITY, replace(posts[0].recipe, form=narrow, steps=()))
    assert in_sectors([host, *posts]) == []


def test_posts_wider_than_their_band_are_whole() -> None:
    """The sector has room for all of them, and for those next to it that reach into it."""
    wide = Bar(straight((-4.0, 0, 0), (4.0, 0, 0), up=(0.0, 1.0, 0.0)), ((0.0, Wire(0.8)),))
    long = Bar(straight((0, -4.0, 0), (0, 4.0, 0)), ((0.0, Wire(0.8)),))
    tall = Bar(straight((0, 0, -0.4), (0, 0, 7.0)), ((0.0, Wire(0.8)),))
    parts = [
        Part(name, form, FINGER, Polar(N, 5.9, 180.0 / N, 360.0 / N, 0.0, 90.0), "a")
        for name, form in (("wide", wide), ("long", long), ("tall", tall))
    ]
    members = eternity(*parts)
    (way,) = in_sectors(members)
    sewn = way()
    assert sewn is not None
    meshed = mesh_volume(members, boolean.FINE)
    assert occ_solids.volume(sewn) == pytest.approx(meshed.whole, rel=1e-3)
    low, high = occ_solids.bounds(sewn)
    assert (low[1], high[1]) == pytest.approx((-4.0, 4.0), abs=1e-3)
    assert high[2] == pytest.approx(meshes.extents(mesh_of(members))[1][2], abs=0.01)


def mesh_of(members: list[Place]) -> meshes.Mesh:
    return meshes.mesh_of(union(members, boolean.FINE))


def test_what_reaches_all_round_is_joined_whole() -> None:
    far = Bar(straight((0, -9.0, 0), (0, 9.0, 0)), ((0.0, Wire(0.8)),))
    places = Polar(N, 5.9, 180.0 / N, 360.0 / N, 0.0, 90.0)
    (way,) = in_sectors(eternity(Part("far", far, FINGER, places, "a")))
    assert way() is None
