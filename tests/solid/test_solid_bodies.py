"""Pieces as bodies: fused, cut, marked, counted; every lost or extra lump is noticed."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from jewelgen.findings import GeometryError, Severity
from jewelgen.flat.outline import Box, Oval, Path
from jewelgen.flat.segments import Arc, Line
from jewelgen.piece.array import Polar
from jewelgen.piece.cutter import Bearing, Bore, Cut, Groove, Pocket
from jewelgen.piece.form import Ball, Bar, Hoop, Plate, Tube, Twist, Wall
from jewelgen.piece.frame import FINGER, IDENTITY, Frame, on_ring
from jewelgen.piece.joint import Fit, FitWord, Joint
from jewelgen.piece.mark import Beads, Glyphs, Mark
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import Circ, straight
from jewelgen.piece.section import Sec, Wire
from jewelgen.piece.stone import Stone
from jewelgen.piece.volume import volume
from jewelgen.solid import blends, boolean, occ_solids
from jewelgen.solid import mesh as meshes
from jewelgen.solid.boolean import FINE, FINEST, Meshed
from jewelgen.solid.model import Body, Model, Quality
from jewelgen.solid.prediction import with_prediction
from jewelgen.solid.realize import realize
from jewelgen.solid.views import view

BAND = Part("shank", Hoop(17.0, ((0.0, Sec(4.0, 2.0)),)), IDENTITY, alloy="a")
TOP = on_ring(17.0 / 2 + 2.0)


def piece(*parts: Part, **more: object) -> Piece:
    return Piece("test", "ring", "cast", "a", parts, **more)  # type: ignore[arg-type]


def joined(a: str, b: str, word: FitWord = "cope", n: int = 1, blend: float = 0.0) -> Joint:
    return Joint(a, b, "join", Fit(word, 0.2), n, blend)


def only(model: Model) -> Body:
    assert len(model.bodies) == 1
    return model.bodies[0]


def sound(body: Body) -> None:
    """One closed body, exact and meshed, of one volume and one extent."""
    assert body.solids == 1
    assert occ_solids.is_valid(body.shape)
    assert meshes.open_edges(body.mesh) == 0
    assert meshes.volume(body.mesh) == pytest.approx(body.volume_mm3, rel=0.005)
    meshed = body.proof.fine_mesh + body.proof.chords
    assert meshed == pytest.approx(body.volume_mm3, rel=0.001)


def test_a_lone_form_weighs_its_closed_form() -> None:
    body = only(realize(piece(BAND)))
    sound(body)
    assert body.volume_mm3 == volume(BAND.form)


def test_every_fused_fit_makes_one_body() -> None:
    ball = Part("ball", Ball(3.0), Frame((0.0, 0.0, 11.5)), alloy="a")
    post = Part("post", Bar(straight((0, 0, 0), (0, 0, 3)), ((0.0, Wire(1.0)),)), TOP, alloy="a")
    box = Part("box", Plate(Box(3.0, 3.0), 1.0), Frame((0.0, 0.0, 10.0)), alloy="a")
    sunk = replace(post, at=TOP.moved(z=-0.2))
    for part, word in ((ball, "flat"), (sunk, "tee"), (box, "let-in")):
        body = only(realize(piece(BAND, part, joints=(joined("shank", part.name, word),))))
        sound(body)
        assert body.volume_mm3 < volume(BAND.form) + volume(part.form)


def test_parts_that_share_a_face_are_one_body() -> None:
    wall = Part("wall", Wall(Oval(10.0, 8.0), 2.5, 0.32, 0.05), IDENTITY, alloy="a")
    floor = Part("floor", Plate(Oval(12.0, 10.0), 0.8), Frame((0.0, 0.0, -0.8)), alloy="a")
    body = only(realize(piece(wall, floor, joints=(joined("wall", "floor", "tee"),))))
    sound(body)
    assert body.volume_mm3 == pytest.approx(volume(wall.form) + volume(floor.form), rel=1e-3)


def test_parts_that_do_not_meet_are_refused() -> None:
    far = Part("ball", Ball(1.0), Frame((0.0, 0.0, 20.0)), alloy="a")
    with pytest.raises(GeometryError) as caught:
        realize(piece(BAND, far, joints=(joined("shank", "ball"),)))
    assert caught.value.findings[0].code == "JG311"


def test_a_lost_lump_is_noticed() -> None:
    """A shape that lost a ball is valid and solid, and is refused all the same."""
    whole = only(realize(piece(BAND))).shape
    verdict = boolean.judged(whole, lambda _: Meshed(volume(BAND.form) + 14.0))
    assert "mm3 where the mesh has" in verdict.fault
    assert boolean.judged(occ_solids.compound([]), lambda _: Meshed(1.0)).fault == "nothing is left"


def test_another_alloy_is_another_body_and_overlap_is_told() -> None:
    ball = Part("ball", Ball(3.0), Frame((0.0, 0.0, 11.0)), alloy="b")
    model = realize(piece(BAND, ball))
    assert [body.alloy for body in model.bodies] == ["a", "b"]
    assert [(f.code, f.severity) for f in model.findings] == [("JG320", Severity.ERROR)]


def test_parts_may_meet_inside_a_part_that_both_are_joined_to() -> None:
    """Two pegs let into one slab meet in its metal; beside it they run into each other."""
    slab = Part("slab", Plate(Box(8.0, 8.0), 3.0), IDENTITY, alloy="a")
    peg = Bar(straight((0, 0, 0), (0, 0, 2)), ((0.0, Wire(1.0)),))
    both = joined("one", "slab"), joined("two", "slab")

    def said(rise: float) -> set[str]:
        at = (Frame((x, 0.0, rise)) for x in (0.0, 0.6))
        pegs = (
            Part(name, peg, place, alloy="a")
            for name, place in zip(("one", "two"), at, strict=True)
        )
        return {finding.code for finding in realize(piece(slab, *pegs, joints=both)).findings}

    assert "JG320" not in said(0.5)
    assert "JG320" in said(2.0)


def test_one_form_is_weighed_by_its_formula_and_measured_by_three_codes() -> None:
    body = only(realize(piece(BAND)))
    proof, exact = body.proof, math.pi * (10.5**2 - 8.5**2) * 4.0
    assert body.volume_mm3 == volume(BAND.form) == proof.predicted == pytest.approx(exact)
    assert proof.brep == pytest.approx(occ_solids.volume(body.shape), rel=1e-9)
    assert proof.brep == pytest.approx(exact, rel=0.002)
    # A circle of chords at 0.07 rad lacks up to a sixth of the square of that.
    assert exact * (1 - 0.07**2 / 6) < proof.fine_mesh < exact
    assert proof.fine_mesh + proof.chords == pytest.approx(exact)


def test_cutters_take_what_their_formulas_say() -> None:
    slab = Part("slab", Plate(Box(20.0, 20.0), 5.0), IDENTITY, alloy="a")
    at = Frame((0.0, 0.0, 5.0))
    seat = Bearing(Oval(4.0, 4.0), 1.7, 0.0, 0.1, 0.5, 1.0, 9.0)
    low = at.moved(z=-0.6)
    cone = math.pi / 3 * 1.7 * (4 + 2 * 0.5 + 0.25)
    cases = (
        (Pocket(Box(4.0, 3.0, 0.5), 1.0, 0.5), at, 12.0 - (4 - math.pi) * 0.25),
        (Pocket(Oval(4.0, 3.0), 1.0, 0.5), at, math.pi * 3.0),
        (seat, low, math.pi * 4 * 0.6 + cone + math.pi / 4 * (4.4 - 1.7)),
    )
    for form, place, taken in cases:
        cut = Cut("c", ("slab",), form, place)
        body = only(realize(piece(slab, cuts=(cut,))))
        sound(body)
        assert volume(slab.form) - body.volume_mm3 == pytest.approx(taken, rel=2e-3)


def test_a_groove_and_the_finger_are_turned_about_y() -> None:
    groove = Cut("g", ("shank",), Groove(10.5, 0.5, 1.0), IDENTITY)
    body = only(realize(piece(BAND, cuts=(groove,))))
    assert volume(BAND.form) - body.volume_mm3 == pytest.approx(
        math.pi * (10.5**2 - 10**2), rel=1e-3
    )
    peg = Part("peg", Bar(straight((0, 0, 0), (0, 0, 4)), ((0.0, Wire(1.0)),)), TOP.moved(z=-3.0))
    peg = replace(peg, alloy="a")
    finger = Cut("f", ("peg",), Bore(17.0, 10.0), IDENTITY)
    body = only(realize(piece(BAND, peg, joints=(joined("shank", "peg"),), cuts=(finger,))))
    inside = np.hypot(body.mesh.vertices[:, 0], body.mesh.vertices[:, 2]).min()
    assert inside == pytest.approx(8.5, abs=0.011)


def letters() -> Path:
    def box(x: float, y: float, w: float, h: float, turn: int) -> tuple[Line, ...]:
        c = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)][::turn]
        return tuple(Line(c[i], c[(i + 1) % 4]) for i in range(4))

    ring = (Arc((2.0, 0.7), 0.7, 0.0, 360.0),), (Arc((2.0, 0.7), 0.45, 360.0, 0.0),)
    return Path(
        (box(-2.5, 0, 1, 1.4, 1), box(-2.3, 0.2, 0.6, 1.0, -1), *ring, box(0, 0, 0.3, 1.4, 1))
    )


AREA = 1.4 - 0.6 + math.pi * (0.49 - 0.2025) + 0.42


@pytest.mark.parametrize(
    ("how", "bend", "at"),
    [
        ("engrave", -8.5, Frame((0.0, -0.7, -8.5))),
        ("engrave", 10.5, on_ring(10.5).moved(y=-0.7)),
        ("raise", 10.5, on_ring(10.5, 40.0).moved(y=-0.7)),
    ],
)
def test_wrapped_letters_move_their_area_times_depth(how: str, bend: float, at: Frame) -> None:
    form = Glyphs(letters(), 0.3, how, bend=bend)  # type: ignore[arg-type]
    body = only(realize(piece(BAND, marks=(Mark("m", "shank", form, at),))))
    sound(body)
    moved = body.volume_mm3 - volume(BAND.form)
    middle = 1 + 0.15 / bend * (1 if how == "raise" else -1)  # an annulus is wider further out
    assert abs(moved) == pytest.approx(AREA * 0.3 * middle, rel=0.01)
    assert (moved > 0) == (how == "raise")


def test_letters_that_miss_the_metal_are_told() -> None:
    form = Glyphs(letters(), 0.3, "engrave", bend=-8.5)
    model = realize(piece(BAND, marks=(Mark("m", "shank", form, Frame((0.0, -0.7, -8.1))),)))
    assert "JG316" in {finding.code for finding in model.findings}


def test_marks_after_casting_are_left_out() -> None:
    mark = Mark("m", "shank", Beads(1.0, 0.4), TOP, when="after casting")
    assert only(realize(piece(BAND, marks=(mark,)))).volume_mm3 == volume(BAND.form)


def pave(n: int, rows: int) -> Piece:
    band = replace(BAND, form=Hoop(n * 0.37, ((0.0, Sec(1.45 * rows + 1.4, 2.0)),)))
    r = n * 0.37 / 2 + 2.0
    seat = Bearing(Oval(1.3, 1.3), 0.57, 0.0, 0.05, 0.35, 0.6, 1.2)
    cuts, marks = [], []
    for row in range(rows):
        y, turn = (row - (rows - 1) / 2) * 1.45, row % 2 * 180.0 / n
        places = Polar(n, r - 0.25, turn, 360.0 / n, y, 90.0)
        cuts.append(Cut(f"s{row}", ("shank",), seat, FINGER, places))
        for side in (-0.43, 0.43):
            at = Polar(n, r, turn + 180.0 / n, 360.0 / n, y + side, 90.0)
            marks.append(Mark(f"b{row}{side}", "shank", Beads(0.45, 0.2), FINGER, at))
    return piece(band, cuts=tuple(cuts), marks=tuple(marks))


def test_a_field_is_sewn_of_equal_sectors_and_proved() -> None:
    body = only(realize(pave(24, 2), quality=Quality.PREVIEW))
    assert body.solids == 1
    assert occ_solids.is_valid(body.shape)
    assert body.proof.ladder < 3  # a sewn field, not hundreds of booleans
    assert body.proof.fine_mesh + body.proof.chords == pytest.approx(body.volume_mm3, rel=0.001)


def test_a_stone_is_a_body_of_its_own_at_its_place() -> None:
    stone = Stone("s", "round", "diamond", 6.5, 6.5, 4.0, TOP.moved(z=2.0))
    gems = realize(piece(BAND, stones=(stone,))).gems
    assert len(gems) == 1
    assert meshes.open_edges(gems[0].mesh) == 0
    assert occ_solids.volume(gems[0].shape) == pytest.approx(meshes.volume(gems[0].mesh), rel=1e-6)
    assert gems[0].mesh.vertices[:, 2].min() < 12.5 < gems[0].mesh.vertices[:, 2].max()


def test_a_cabochon_is_exact_and_its_mesh_lies_within() -> None:
    stone = Stone("s", "cab-oval", "turquoise", 10.0, 8.0, 4.0, IDENTITY)
    gem = realize(piece(BAND, stones=(stone,))).gems[0]
    low, high = occ_solids.bounds(gem.shape)
    assert high == pytest.approx((4.0, 5.0, 4.0), abs=1e-6)
    assert low == pytest.approx((-4.0, -5.0, 0.0), abs=1e-6)
    exact = occ_solids.volume(gem.shape, 1e-6)
    assert meshes.volume(gem.mesh) == pytest.approx(exact, rel=0.02)


def test_scale_multiplies_every_length() -> None:
    plain, large = (only(realize(piece(BAND), scale=k)) for k in (1.0, 1.02))
    assert large.volume_mm3 == pytest.approx(plain.volume_mm3 * 1.02**3, rel=1e-9)
    assert np.allclose(large.mesh.vertices, plain.mesh.vertices * 1.02)
    high = occ_solids.bounds(large.shape)[1]
    assert high[2] == pytest.approx(10.5 * 1.02, abs=1e-6)


def test_strands_stay_a_compound_and_say_so() -> None:
    rope = Part("rope", Twist(Circ(9.0), 2, 1.0, 6.0), IDENTITY, alloy="a")
    model = realize(piece(rope))
    assert only(model).solids == 2
    assert [(f.code, f.severity) for f in model.findings] == [("JG314", Severity.NOTE)]


def test_mirrored_copies_are_outward() -> None:
    arm = Bar(straight((0, 0, 0), (1, 1, 3)), ((0.0, Sec(1.0, 0.6)),))
    pair = Part("arm", arm, TOP.moved(z=-0.3), Polar(2, 2.0, 0.0, 180.0, mirror=True), alloy="a")
    body = only(realize(piece(BAND, pair, joints=(joined("shank", "arm", n=2),))))
    sound(body)
    assert all(meshes.volume(member.mesh) > 0 for member in body.members)
    assert all(occ_solids.volume(member.shape) > 0 for member in body.members)


def test_a_blend_adds_a_little_or_says_why_not() -> None:
    tube = Part("tube", Tube(3.0, 2.0, 2.0), Frame((0.0, 0.0, 1.0)), alloy="a")
    slab = Part("slab", Plate(Box(8.0, 8.0), 1.2), IDENTITY, alloy="a")
    sharp = realize(piece(slab, tube, joints=(joined("slab", "tube"),)))
    soft = realize(piece(slab, tube, joints=(joined("slab", "tube", blend=0.15),)))
    grown = only(soft).volume_mm3 - only(sharp).volume_mm3
    # A fillet of radius r in a right corner fills (1 - pi/4) r^2 along its length, here outside and inside.
    radius = 0.15 if not soft.findings else 0.1125
    assert grown == pytest.approx((1 - math.pi / 4) * radius**2 * math.pi * (3.0 + 2.0), rel=0.02)
    sound(only(soft))
    assert only(soft).proof.fillets == pytest.approx(grown, rel=1e-6)


def test_metal_is_judged_before_its_fillets() -> None:
    """What a fillet adds is no excuse: parts that run deeper into each other than predicted are said all the same."""
    tube = Part("tube", Tube(3.0, 2.0, 2.0), Frame((0.0, 0.0, 1.0)), alloy="a")
    slab = Part("slab", Plate(Box(8.0, 8.0), 1.2), IDENTITY, alloy="a")
    body = only(realize(piece(slab, tube, joints=(joined("slab", "tube", blend=0.15),))))
    sharp = body.volume_mm3 - body.proof.fillets
    assert body.proof.fillets > 0.0
    for share, codes in ((1.0, []), (1.002, ["JG321"]), (0.998, ["JG321"])):
        judged, found = with_prediction(body, sharp * share, 1.0)
        assert [(f.code, f.severity) for f in found] == [(c, Severity.ERROR) for c in codes]
        assert judged.proof.predicted == sharp * share


@pytest.mark.parametrize("how", ["crash", "late"])
def test_a_kernel_that_crashes_on_a_fillet_leaves_the_joint_sharp_and_says_so(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of its own: `abort` ends that one alone."""
    words = {"crash": "import os; os.abort()", "late": "import time; time.sleep(60)"}[how]
    run = subprocess.run
    monkeypatch.setattr(
        blends.subprocess, "run", lambda _, **more: run([sys.executable, "-c", words], **more)
    )
    monkeypatch.setattr(blends, "DEADLINE_S", 1.0)
    tube = Part("tube", Tube(3.0, 2.0, 2.0), Frame((0.0, 0.0, 1.0)), alloy="a")
    slab = Part("slab", Plate(Box(8.0, 8.0), 1.2), IDENTITY, alloy="a")
    soft = realize(piece(slab, tube, joints=(joined("slab", "tube", blend=0.15),)))
    assert [f.code for f in soft.findings] == ["JG315"]
    assert "sharp" in soft.findings[0].hint
    sound(only(soft))


def test_the_same_piece_gives_the_same_arrays() -> None:
    ball = Part("ball", Ball(3.0), Frame((0.0, 0.0, 11.5)), alloy="a")
    design = piece(BAND, ball, joints=(joined("shank", "ball"),))
    first, second = only(realize(design)), only(realize(design))
    assert np.array_equal(first.mesh.vertices, second.mesh.vertices)
    assert np.array_equal(first.mesh.triangles, second.mesh.triangles)
    assert first.volume_mm3 == second.volume_mm3


def test_only_leaves_the_rest_out() -> None:
    ball = Part("ball", Ball(3.0), Frame((0.0, 0.0, 11.5)), alloy="a")
    model = realize(piece(BAND, ball, joints=(joined("shank", "ball"),)), only=("ball",))
    assert only(model).volume_mm3 == pytest.approx(volume(ball.form))


def test_a_view_shows_the_band_as_two_circles() -> None:
    drawn = view(only(realize(piece(BAND))).shape, (0.0, -1.0, 0.0), (0.0, 0.0, 1.0))
    radii = {round(math.hypot(*p), 1) for line in drawn.visible for p in line}
    assert {8.5, 10.5} <= radii


def test_the_referee_is_as_fine_as_promised() -> None:
    assert FINE == (0.002, 0.07)
    assert FINEST == (0.0005, 0.035)


def test_predicted_and_measured_metal_agree() -> None:
    ball = Part("ball", Ball(3.0), Frame((0.0, 0.0, 11.5)), alloy="a")
    pocket = Cut("p", ("shank",), Pocket(Oval(1.5, 1.5), 0.5, 0.5), on_ring(10.5, 90.0))
    model = realize(piece(BAND, ball, joints=(joined("shank", "ball"),), cuts=(pocket,)))
    body = only(model)
    assert body.proof.predicted == pytest.approx(body.volume_mm3, rel=0.001)
    assert model.findings == ()
