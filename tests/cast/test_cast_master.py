"""The master as data: where metal is added for the file, which parts and marks it carries, how they group."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest

from jewelgen.cast.chain import Allowance
from jewelgen.cast.master import master_piece
from jewelgen.flat.outline import Box, Oval, Path, area, loops
from jewelgen.flat.segments import Arc, Line
from jewelgen.piece.array import Polar
from jewelgen.piece.cutter import Bearing, Bore, Cut, Groove, Pocket
from jewelgen.piece.form import Ball, Bar, Dome, Hoop, Plate, Tube, Wall
from jewelgen.piece.frame import FINGER, IDENTITY, Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.mark import Beads, Glyphs, Mark, Texture
from jewelgen.piece.metal import metal
from jewelgen.piece.piece import Part, Piece, groups
from jewelgen.piece.rail import Bez, Circ, length
from jewelgen.piece.section import Sec, Wire
from jewelgen.piece.volume import volume
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize

GIVE = Allowance(outside=0.1, inside=0.05, prong=0.3)
NONE = Allowance(0.0, 0.0, 0.0)
UP = Bez(((0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 0, 3), (0, 0, 3.4), (0.2, 0, 3.8), (0.6, 0, 4.0)))


def of(*parts: Part, **more) -> Piece:
    return Piece("p", "ring", "cast", "silver_925", parts, bore=17.0, **more)


def one(form, **more):
    part = Part("a", form, IDENTITY, alloy="silver_925", **more)
    return master_piece(of(part), GIVE).parts[0]


def test_a_band_is_smaller_inside_and_larger_on_every_finished_face():
    made = one(Hoop(17.0, ((0.0, Sec(4.0, 1.8)),))).form
    section = made.stations[0][1]
    assert made.bore == pytest.approx(17.0 - 2 * 0.05)
    assert section.w == pytest.approx(4.0 + 2 * 0.1)
    assert made.bore / 2 + section.h == pytest.approx(17.0 / 2 + 1.8 + 0.1)


def test_the_added_metal_of_a_flat_band_is_the_shell_by_formula():
    before, after = Hoop(17.0, ((0.0, Sec(4.0, 1.8)),)), one(Hoop(17.0, ((0.0, Sec(4.0, 1.8)),)))
    inner, outer = 8.5 - 0.05, 8.5 + 1.8 + 0.1
    shell = math.pi * (outer**2 - inner**2) * 4.2 - math.pi * (10.3**2 - 8.5**2) * 4.0
    assert volume(after.form) - volume(before) == pytest.approx(shell, rel=1e-6)


def test_plates_grow_on_both_faces_and_round_the_edge():
    made = one(Plate(Oval(20, 20), 1.0))
    assert made.form.t == pytest.approx(1.2)
    assert made.form.outline.l == pytest.approx(20.2)
    assert made.at.origin == pytest.approx((0, 0, -0.1))
    assert one(Plate(Box(10, 8), 1.0)).form.outline.l == pytest.approx(10.2)


def test_a_sawn_plate_grows_round_its_edge_and_keeps_its_holes():
    hole = (Arc((0.0, 0.0), 1.5, 360.0, 0.0),)
    made = one(Plate(Path((*loops(Box(10, 8)), hole)), 1.0)).form
    assert area(made.outline) == pytest.approx(10.2 * 8.2 - math.pi * 1.5**2)
    apart = Path((*loops(Box(10, 8)), *loops(Oval(3, 3))))
    assert one(Plate(apart, 1.0)).form.outline == apart


def test_an_edge_with_tight_notches_grows_all_the_same():
    """A square of 10 with a round notch of 0.05 in one side: the notch closes to a corner, the rest goes out by 0.1."""
    notch = Arc((0.0, -5.0), 0.05, 180.0, 0.0)
    around = [(0.05, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0), (-5.0, -5.0), (-0.05, -5.0)]
    edge = (notch, *(Line(a, b) for a, b in itertools.pairwise(around)))
    hole = (Arc((0.0, 0.0), 1.5, 360.0, 0.0),)
    made = one(Plate(Path((edge, hole)), 1.0)).form
    assert area(made.outline) == pytest.approx(10.2**2 - math.pi * 1.5**2, abs=0.03)
    assert made.outline.loops[1] == hole


def test_bezels_stand_open_and_as_tall_as_their_lip_is_long():
    made = one(Wall(Oval(10, 8), 2.0, 0.4, 0.05, rim=0.6, lean=0.3)).form
    assert (made.rim, made.lean) == (0.0, 0.0)
    assert made.height == pytest.approx(2.0 - 0.6 + math.hypot(0.6, 0.3) + 0.1)
    assert made.t == pytest.approx(0.5)
    assert made.gap == 0.05  # the stone still goes in


def test_tubes_keep_their_bore():
    made = one(Tube(4.0, 3.0, 5.0)).form
    assert (made.od, made.id, made.length) == pytest.approx((4.2, 3.0, 5.1))


def test_prongs_stand_straight_and_longer_by_the_setting_allowance():
    made = one(Bar(UP, ((0.0, Wire(1.0)),)), role="prong").form
    claw = Bez(UP.points[-4:], UP.up)
    straight = Bez(made.rail.points[-4:], UP.up)
    assert length(straight) == pytest.approx(length(claw) + 0.3, abs=1e-6)
    first, last = made.rail.points[-4], made.rail.points[-1]
    assert last[0] == pytest.approx(first[0])  # no bend left: it goes on where the shaft pointed
    assert math.dist(first, last) == pytest.approx(length(straight), abs=1e-9)
    assert made.stations[0][1].d == pytest.approx(1.2)


def test_wires_closed_to_a_ring_grow_where_a_wheel_comes():
    """A gallery: its outside lies further out by the allowance, its inside stays where it is."""
    made = one(Bar(Circ(3.0), ((0.0, Wire(1.0)),)), role="gallery").form
    d = made.stations[0][1].d
    assert (made.rail.r + d / 2, made.rail.r - d / 2) == pytest.approx((3.5 + 0.1, 2.5))


def test_loops_are_not_reached_inside():
    made = one(Hoop(3.0, ((0.0, Wire(1.2)),))).form
    assert (made.bore, made.bore / 2 + made.stations[0][1].d) == pytest.approx((3.0, 2.7 + 0.1))


def cap(r: float, h: float) -> float:
    return math.pi * h * h * (r - h / 3)


def test_domes_and_balls_grow_by_a_shell():
    """The shell between two spheres about one middle, above the rim's plane."""
    form = Dome(20.0, 4.0, 0.8)
    made = one(form).form
    r, h = (10.0**2 + 4.0**2) / 8.0, 4.0
    assert volume(made) - volume(form) == pytest.approx(cap(r + 0.1, h + 0.1) - cap(r, h), rel=1e-6)
    assert one(Ball(2.0)).form.d == pytest.approx(2.2)


@pytest.mark.parametrize(("inner", "bore", "thick"), [(False, 0.05, 0.01), (True, 0.01, 0.1)])
def test_textured_faces_of_a_band_keep_their_metal(inner, bore, thick):
    give = replace(GIVE, textured=0.01)
    band = Part("a", Hoop(17.0, ((0.0, Sec(4.0, 1.8)),)), IDENTITY)
    look = Mark("t", "a", Texture("hammer", inner), IDENTITY)
    form = master_piece(of(band, marks=(look,)), give).parts[0].form
    section = form.stations[0][1]
    assert form.bore == pytest.approx(17.0 - 2 * bore)
    assert section.h == pytest.approx(1.8 + bore + thick)
    assert section.w == pytest.approx(4.2)


@pytest.mark.parametrize(("z", "low", "high"), [(1.0, -0.1, 1.01), (-1.0, -0.01, 1.1)])
def test_the_textured_face_of_a_plate_keeps_its_metal(z, low, high):
    give = replace(GIVE, textured=0.01)
    disc = Part("a", Plate(Oval(20, 20), 1.0), IDENTITY)
    look = Mark("t", "a", Texture("sand"), Frame(x=(0.0, 1.0, 0.0), z=(0.0, 0.0, z)))
    made = master_piece(of(disc, marks=(look,)), give).parts[0]
    bottom = made.at.origin[2]
    assert (bottom, bottom + made.form.t) == pytest.approx((low, high))
    assert made.form.outline.l == pytest.approx(20.2)


def test_where_no_wheel_comes_the_shop_may_leave_something():
    bare = of(Part("a", Hoop(17.0, ((0.0, Sec(4.0, 1.8)),)), IDENTITY, finished=False))
    form = master_piece(bare, replace(GIVE, unreachable=0.02)).parts[0].form
    assert (form.bore, form.stations[0][1].w) == pytest.approx((17.0 - 0.04, 4.04))


def test_other_bars_keep_their_rails():
    made = one(Bar(UP, ((0.0, Wire(1.0)),)), role="arm").form
    assert made.rail == UP


@pytest.mark.parametrize(
    "form", [Hoop(17.0, ((0.0, Sec(4.0, 1.8)),)), Plate(Oval(9, 9), 1), Tube(4, 3, 5), Ball(2)]
)
def test_no_allowance_or_no_finishing_leaves_a_part_as_it_is(form):
    piece = of(Part("a", form, IDENTITY))
    assert master_piece(piece, NONE).parts[0].form == form
    kept = of(Part("a", form, IDENTITY, finished=False))
    assert master_piece(kept, GIVE).parts == kept.parts


@pytest.mark.parametrize(
    ("cutter", "field", "more"),
    [
        (Bearing(Oval(2, 2), 1.0, 0.02, 0.1, open=0.4), "open", 0.1),
        (Bearing(Oval(2, 2), 1.0, 0.02, 0.1), "open", 0.0),
        (Pocket(Oval(2, 2), 1.0, above=0.5), "above", 0.1),
        (Bore(17.0, 8.0), "d", -0.1),
        (Groove(10.0, 0.4, 1.0), "depth", 0.1),
        (Groove(10.0, 0.4, 1.0, inner=True), "depth", 0.0),
    ],
)
def test_cuts_reach_through_the_allowance_above_them(cutter, field, more):
    piece = of(Part("a", Ball(5), IDENTITY), cuts=(Cut("c", ("a",), cutter, IDENTITY),))
    made = master_piece(piece, GIVE).cuts[0].form
    assert getattr(made, field) == pytest.approx(getattr(cutter, field) + more)


def hybrid() -> Piece:
    """A cast shank in two alloys with a handmade bezel on it, and a bought link."""
    band = Hoop(17.0, ((0.0, Sec(4.0, 1.8)),))
    rows = (("shank", "silver_925", "cast"), ("arm", "silver_925", "cast"),
            ("rail", "gold_18k_yellow", "cast"), ("wall", "silver_fine", "handmade"),
            ("floor", "silver_925", "handmade"), ("clasp", "silver_925", "bought"))  # fmt: skip
    parts = tuple(Part(n, band, Frame(), alloy=a, made=m) for n, a, m in rows)
    pairs = ("arm", "rail", "wall", "floor", "clasp")
    joints = tuple(Joint(name, "shank", "join", Fit("cope")) for name in pairs)
    marks = (Mark("early", "shank", Texture("sand"), IDENTITY),
             Mark("late", "shank", Texture("hammer"), IDENTITY, when="after casting"),
             Mark("hand", "wall", Texture("matte"), IDENTITY))  # fmt: skip
    cuts = (Cut("seat", ("shank", "wall"), Pocket(Oval(2, 2), 1), IDENTITY),)
    return of(*parts, joints=joints, marks=marks, cuts=cuts)


def test_groups_are_joints_of_one_alloy_and_one_way_of_making():
    found = {row.parts: (row.alloy, row.made) for row in groups(hybrid())}
    assert found == {
        ("shank", "arm"): ("silver_925", "cast"),
        ("rail",): ("gold_18k_yellow", "cast"),
        ("wall",): ("silver_fine", "handmade"),
        ("floor",): ("silver_925", "handmade"),
        ("clasp",): ("silver_925", "bought"),
    }


@pytest.mark.parametrize("method", ["link", "hinge", "rivet", "thread", "wrap"])
def test_what_only_holds_on_does_not_fuse(method):
    piece = hybrid()
    loose = replace(piece, joints=tuple(replace(j, method=method) for j in piece.joints))
    assert all(len(row.parts) == 1 for row in groups(loose))


def test_only_cast_parts_and_early_marks_see_the_flask():
    made = master_piece(hybrid(), GIVE)
    assert [part.name for part in made.parts] == ["shank", "arm", "rail"]
    assert {(j.a, j.b) for j in made.joints} == {("arm", "shank"), ("rail", "shank")}
    assert [mark.name for mark in made.marks] == ["early"]
    assert [cut.on for cut in made.cuts] == [("shank",)]


def test_the_finished_piece_is_left_alone_and_the_allowance_enters_once():
    piece = hybrid()
    before = repr(piece)
    once = master_piece(piece, GIVE)
    assert repr(piece) == before
    assert once == master_piece(piece, GIVE)
    assert once.parts[0].form.bore == pytest.approx(16.9)
    assert once.bore == piece.bore  # the ordered size stays on the record


@pytest.mark.parametrize("tilt", [90.0, 70.0, 110.0])
def test_beads_rise_with_the_surface_they_stand_on(tilt):
    """As much of a bead shows over the master as over the finished band."""
    band = Part("a", Hoop(17.0, ((0.0, Sec(4.0, 1.8)),)), IDENTITY)
    row = Mark("m", "a", Beads(0.5, 0.2), FINGER, Polar(6, 10.3, 0.0, 60.0, 1.0, tilt))
    before = of(band, marks=(row,))
    (after,) = master_piece(before, GIVE).marks
    for old, new in zip(row.array.frames(), after.array.frames(), strict=True):
        assert old.local(new.origin) == pytest.approx((0.0, 0.0, 0.1))
        assert (old.x, old.z) == (new.x, new.z)
    if tilt == 90.0:
        shown, cast = metal(before)[0].raised, metal(master_piece(before, GIVE))[0].raised
        assert cast == pytest.approx(shown, rel=0.02)


@pytest.mark.parametrize(("bend", "more"), [(0.0, 0.0), (10.3, 0.1), (-8.5, 0.05)])
def test_raised_letters_rise_and_cut_ones_keep_their_floor(bend, more):
    path = Path(((Arc((0.0, 0.0), 1.0, 0.0, 360.0),),))
    raised = Mark("r", "a", Glyphs(path, 0.4, "raise", bend=bend), Frame((0.0, 0.0, 1.0)))
    cut = Mark("c", "a", Glyphs(path, 0.4, "engrave", bend=bend), Frame((0.0, 0.0, 1.0)))
    form = Hoop(17.0, ((0.0, Sec(4.0, 1.8)),)) if bend < 0 else Plate(Oval(20, 20), 1.0)
    up, same = master_piece(of(Part("a", form, IDENTITY), marks=(raised, cut)), GIVE).marks
    assert up.form.bend == pytest.approx(bend + more)
    assert up.array.frames()[0].origin == pytest.approx((0.0, 0.0, more or 0.1))
    assert same == replace(cut, form=replace(cut.form, over=more or 0.1))


def test_letters_are_open_however_much_will_be_filed_off():
    path = Path(((Arc((0.0, 0.0), 1.0, 0.0, 360.0),),))
    cut = Mark("c", "a", Glyphs(path, 0.4, "engrave"), Frame((0.0, 0.0, 1.0)))
    piece = of(Part("a", Plate(Oval(20, 20), 1.0), IDENTITY), marks=(cut,))
    for outside in (0.0, 0.1, 0.3):
        give = Allowance(outside, 0.0, 0.0)
        master, bare = (master_piece(p, give) for p in (piece, replace(piece, marks=())))
        volumes = [realize(p, quality=Quality.PREVIEW).bodies[0].volume_mm3 for p in (master, bare)]
        assert volumes[1] - volumes[0] == pytest.approx(math.pi * (0.4 + outside), rel=1e-6)


def test_relief_on_parts_that_are_not_finished_stays_where_it_is():
    plate = Part("a", Plate(Oval(20, 20), 1.0), IDENTITY, finished=False)
    bead = Mark("m", "a", Beads(0.5, 0.2), Frame((0.0, 0.0, 1.0)))
    assert master_piece(of(plate, marks=(bead,)), GIVE).marks == (bead,)


def polygon(*corners: tuple[float, float]) -> Path:
    return Path(
        (tuple(Line(p, q) for p, q in zip(corners, corners[1:] + corners[:1], strict=True)),)
    )


def test_a_sawn_outline_grows_round_its_edge_and_a_slit_stays_as_drawn():
    """An L of five outer corners and an inner one: with mitres, perimeter times d plus (5 - 1) d^2 more."""
    corner = polygon((0, 0), (8, 0), (8, 2), (2, 2), (2, 8), (0, 8))
    made = one(Plate(corner, 1.0)).form
    assert area(made.outline) == pytest.approx(28 + 32 * 0.1 + 4 * 0.1**2)
    slit = polygon((0, 0), (8, 0), (8, 8), (4.05, 8), (4.05, 1), (3.95, 1), (3.95, 8), (0, 8))
    kept = one(Plate(slit, 1.0)).form
    assert (kept.outline, kept.t) == (slit, pytest.approx(1.2))
