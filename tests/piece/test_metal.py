"""Predicted metal against exact volumes of shapes that meet, and its bookkeeping."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from jewelgen.flat.outline import Box, Oval, Path
from jewelgen.flat.segments import Arc
from jewelgen.piece.array import Listed, Polar
from jewelgen.piece.cutter import Bearing, Cut, Pocket
from jewelgen.piece.digest import digest, first_difference
from jewelgen.piece.dump import dump
from jewelgen.piece.form import Ball, Bar, Hoop, Plate, Wall
from jewelgen.piece.frame import FINGER, Frame, inverse, on_ring
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.mark import Beads, Glyphs, Mark
from jewelgen.piece.metal import lines, metal, removed_by_part, shared_pairs, total_mm3
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import straight
from jewelgen.piece.section import Sec, Wire

HERE = Frame()


def rod(axis: tuple[float, float, float], d: float = 2.0, half: float = 3.0) -> Bar:
    a = (-half * axis[0], -half * axis[1], -half * axis[2])
    b = (half * axis[0], half * axis[1], half * axis[2])
    return Bar(straight(a, b, (1.0, 0.0, 0.0) if axis[2] else (0.0, 0.0, 1.0)), ((0.0, Wire(d)),))


CROSS = Piece(
    "cross", "pendant", "cast", "sterling",
    (Part("a", rod((1, 0, 0)), HERE), Part("b", rod((0, 1, 0)), HERE), Part("c", rod((0, 0, 1)), HERE)),
    (Joint("a", "b", "join", Fit("cope")), Joint("a", "c", "join", Fit("let-in", 1.0))),
)  # fmt: skip


def test_three_crossed_rods_count_once() -> None:
    # Steinmetz: two crossed cylinders share 16 r^3/3, three 8 (2 - sqrt 2) r^3.
    union = 3 * math.pi * 6 - 3 * 16 / 3 + 8 * (2 - math.sqrt(2))
    assert total_mm3(CROSS) == pytest.approx(union, rel=1e-3)


def test_each_pair_is_charged_to_the_part_its_fit_files() -> None:
    gone, pairs = removed_by_part(CROSS), shared_pairs(CROSS)
    assert gone["a"] == pytest.approx(pairs["a", "b"])
    assert gone["c"] == pytest.approx(pairs["a", "c"] + pairs["b", "c"] / 2)
    assert sum(gone.values()) == pytest.approx(sum(pairs.values()))


def test_two_balls_share_a_lens() -> None:
    piece = Piece(
        "x",
        "pendant",
        "cast",
        "sterling",
        (Part("a", Ball(2.0), HERE), Part("b", Ball(2.0), Frame((1.0, 0.0, 0.0)))),
    )
    assert shared_pairs(piece)["a", "b"] == pytest.approx(5 * math.pi / 12, rel=5e-3)


def test_a_rod_through_a_band_shares_metal_at_both_ends() -> None:
    """Over the rod's round face, the band is as deep as its two circles lie apart there."""
    band = Hoop(16.0, ((0.0, Sec(4.0, 1.0)),))
    parts = (Part("band", band, FINGER), Part("rod", rod((0, 0, 1), 2.0, 9.5), HERE))
    x, y = (np.arange(-1, 1, 0.002)[:, None] + 0.001, np.arange(-1, 1, 0.002)[None, :] + 0.001)
    depth = np.sqrt(81.0 - x * x) - np.sqrt(64.0 - x * x)
    exact = 2 * float(np.sum(depth * (x * x + y * y < 1.0))) * 0.002**2
    shared = shared_pairs(Piece("x", "ring", "cast", "sterling", parts))["band", "rod"]
    assert shared == pytest.approx(exact, rel=3e-3)


def test_walls_that_touch_a_floor_to_the_last_bit_share_nothing() -> None:
    # a room of one rounding step was divided by its own width
    wall = Wall(Oval(10.0, 8.0), 2.0, 0.32)
    for height in (0.4023, 0.1 + 0.2, 1.1):
        for z in (math.nextafter(height, 0.0), height):
            parts = (Part("floor", Plate(Oval(11.0, 9.0), height), HERE), Part("wall", wall, Frame((0.0, 0.0, z))))  # fmt: skip
            piece = Piece("x", "pendant", "handmade", "sterling", parts, (Joint("floor", "wall", "lap", Fit("butt")),))  # fmt: skip
            assert sum(shared_pairs(piece).values()) == 0.0


def test_parts_of_other_alloys_are_listed_but_not_taken_from_a_group() -> None:
    b = replace(CROSS.parts[1], alloy="silver_999")
    piece = replace(CROSS, parts=(CROSS.parts[0], b), joints=CROSS.joints[:1])
    first, second = metal(piece)
    assert first.overlaps == second.overlaps == 0.0
    assert shared_pairs(piece)["a", "b"] == pytest.approx(16 / 3, rel=5e-3)


def test_a_bore_through_a_plate() -> None:
    piece = Piece(
        "p", "pendant", "cast", "sterling", (Part("a", Plate(Oval(20, 20), 1.0), HERE),),
        cuts=(Cut("hole", ("a",), Pocket(Oval(3, 3), 2.0, 1.0), Frame((4.0, 0.0, 0.5))),
              Cut("again", ("a",), Pocket(Oval(3, 3), 2.0, 1.0), Frame((4.0, 0.0, 0.5)))),
    )  # fmt: skip
    (group,) = metal(piece)
    assert group.cuts == pytest.approx(
        math.pi * 9 / 4, rel=2e-3
    )  # the second hole finds nothing left


def test_a_seat_takes_its_cone_and_pilot() -> None:
    seat = Bearing(Oval(2.0, 2.0), 0.8, 0.0, 0.2, 0.0, 0.5, 3.0)
    piece = Piece("p", "pendant", "cast", "sterling", (Part("a", Plate(Oval(8, 8), 2.0), HERE),),
                  cuts=(Cut("seat", ("a",), seat, Frame((0.0, 0.0, 1.8))),))  # fmt: skip
    cone = math.pi * 0.8 / 3 * (1 + 0.25 + 0.0625)
    exact = math.pi * 0.2 + cone + math.pi * 0.0625 * 1.0
    assert metal(piece)[0].cuts == pytest.approx(exact, rel=3e-3)


def test_a_row_of_seats_is_n_times_one() -> None:
    hoop = Hoop(17.0, ((0.0, Sec(4, 2)),))
    seat = Bearing(Oval(1.0, 1.0), 0.4, 0.0, 0.1, 0.3)

    def row(n: int) -> Piece:
        return Piece("p", "ring", "cast", "sterling", (Part("shank", hoop, HERE),),
                     cuts=(Cut("s", ("shank",), seat, FINGER, Polar(n, 10.4, 0.0, 7.5, 0.0, 90.0)),), bore=17.0)  # fmt: skip

    # one seat alone is 0.04 % of the band, and is measured as closely as forty of them
    assert metal(row(40))[0].cuts == pytest.approx(40 * metal(row(1))[0].cuts, rel=2e-3)
    assert metal(row(40))[0].cuts == pytest.approx(2 * metal(row(20))[0].cuts, rel=2e-3)


def test_beads_on_a_plate_raise_their_caps() -> None:
    piece = Piece("p", "pendant", "cast", "sterling", (Part("a", Plate(Oval(8, 8), 2.0), HERE),),
                  marks=(Mark("m", "a", Beads(1.0, 0.3), Frame((0.0, 0.0, 2.0)), Polar(5, 2.0, 0.0, 72.0)),))  # fmt: skip
    cap = math.pi / 6 - math.pi * 0.09 * (1.5 - 0.3) / 3
    assert metal(piece)[0].raised == pytest.approx(5 * cap, rel=5e-3)
    assert removed_by_part(piece) == {}


def disc_mark(how: str, when: str = "cast") -> Piece:
    art = Path(((Arc((0.0, 0.0), 1.5, 0.0, 360.0),),))
    glyphs = Glyphs(art, 0.3, how)  # type: ignore[arg-type]
    return Piece("p", "pendant", "cast", "sterling", (Part("a", Plate(Oval(8, 8), 1.0), HERE),),
                 marks=(Mark("m", "a", glyphs, Frame((0.0, 0.0, 1.0)), when=when),))  # type: ignore[arg-type]  # fmt: skip


def test_engraving_takes_area_times_depth_and_stamping_moves_it() -> None:
    exact = math.pi * 1.5**2 * 0.3
    assert metal(disc_mark("engrave"))[0].cuts == pytest.approx(exact, rel=1e-9)
    assert removed_by_part(disc_mark("engrave"))["a"] == pytest.approx(exact, rel=1e-9)
    assert removed_by_part(disc_mark("stamp")).get("a", 0.0) == 0.0
    assert lines(disc_mark("engrave", "after casting")) == ()


def test_engraving_wrapped_inside_a_bore() -> None:
    art = Path(((Arc((0.0, 0.0), 1.2, 0.0, 360.0),),))
    hoop = Hoop(17.0, ((0.0, Sec(5, 2)),))
    inner = Frame((0.0, 0.0, 8.5), x=(1.0, 0.0, 0.0), z=(0.0, 0.0, -1.0))
    piece = Piece("p", "ring", "cast", "sterling", (Part("shank", hoop, HERE),),
                  marks=(Mark("m", "shank", Glyphs(art, 0.4, "engrave", bend=-8.5), inner),), bore=17.0)  # fmt: skip
    exact = math.pi * 1.44 * 0.4 * (1 + 0.4 / 17.0)
    assert metal(piece)[0].cuts == pytest.approx(exact, rel=1e-9)


def test_letters_half_off_their_plate_take_half() -> None:
    art = Path(((Arc((4.0, 0.0), 1.0, 0.0, 360.0),),))
    marks = (Mark("m", "a", Glyphs(art, 0.3, "engrave"), Frame((0.0, 0.0, 1.0))),)
    plate = Part("a", Plate(Box(8, 8), 1.0), HERE)
    piece = Piece("p", "pendant", "cast", "sterling", (plate,), marks=marks)
    assert metal(piece)[0].cuts == pytest.approx(math.pi / 2 * 0.3, rel=0.01)


@pytest.mark.parametrize("flip", [False, True])
def test_inverse_undoes_a_frame(flip: bool) -> None:
    frame = replace(on_ring(9.0, 40.0, 1.5), flip=flip).turned(30.0)
    back = inverse(frame).then(frame)
    assert back.origin == pytest.approx((0, 0, 0), abs=1e-12)
    assert back.x == pytest.approx((1, 0, 0), abs=1e-12)
    assert back.y == pytest.approx((0, 1, 0), abs=1e-12)
    assert back.z == pytest.approx((0, 0, 1), abs=1e-12)


def test_mirrored_arms_share_alike() -> None:
    arm = Bar(straight((0.0, 0.0, 0.0), (2.0, 1.0, 2.0)), ((0.0, Sec(1.2, 0.8, 0.3)),))
    places = Listed((HERE, Frame(x=(-1.0, 0.0, 0.0), flip=True)))
    piece = Piece(
        "p",
        "ring",
        "cast",
        "sterling",
        (Part("ball", Ball(2.0), HERE), Part("arm", arm, HERE, places)),
    )
    one = replace(piece, parts=(piece.parts[0], replace(piece.parts[1], array=Listed((HERE,)))))
    assert shared_pairs(piece)["ball", "arm"] == pytest.approx(
        2 * shared_pairs(one)["ball", "arm"], rel=5e-3
    )


def test_dump_says_every_part_and_digest_follows_it() -> None:
    other = replace(CROSS, finish="matte")
    assert dump(CROSS).count("Part(") == 3
    assert digest(CROSS) != digest(other)
    assert digest(CROSS, frozen=True) == digest(other, frozen=True)
    grown = replace(
        CROSS,
        parts=(CROSS.parts[0], replace(CROSS.parts[1], form=rod((0, 1, 0), 2.1)), CROSS.parts[2]),
    )
    assert digest(CROSS, frozen=True) != digest(grown, frozen=True)
    assert first_difference(CROSS, grown) == "part b"
    assert first_difference(CROSS, other) == ""


def test_a_last_bit_of_noise_does_not_change_the_digest() -> None:
    noisy = replace(
        CROSS, parts=(replace(CROSS.parts[0], at=Frame((1e-13, -1e-13, 0.0))), *CROSS.parts[1:])
    )
    assert digest(noisy) == digest(CROSS)
