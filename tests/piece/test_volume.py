"""Closed-form volumes against quadrature over inside tests, and against published and exact numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from jewelgen.flat.outline import Box, Offset, Oval, Path, grown
from jewelgen.flat.segments import Line
from jewelgen.piece.bounds import bounds
from jewelgen.piece.form import Ball, Bar, Dome, Form, Hoop, Plate, Tube, Twist, Wall
from jewelgen.piece.girdles import girdle_outline
from jewelgen.piece.inside import inside
from jewelgen.piece.rail import Bez, Circ, Loop, straight
from jewelgen.piece.section import Sec, Wire
from jewelgen.piece.volume import volume

BENT = Bez(((0.0, 0.0, 0.0), (3.0, 0.0, 2.0), (5.0, 0.0, 6.0), (5.0, 0.0, 9.0)), (0.0, 1.0, 0.0))
SQUARE = Path((tuple(Line(p, q) for p, q in zip(
    ((0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)), ((4.0, 0.0), (4.0, 3.0), (0.0, 3.0), (0.0, 0.0)), strict=True)),))  # fmt: skip

FORMS: tuple[tuple[str, Form], ...] = (
    ("court", Hoop(17.3, ((0.0, Sec(4, 2, 0.5, 0.3, edge=0.2)),))),
    ("tapered", Hoop(17.3, ((0.0, Sec(5, 2.4, 1.0)), (180.0, Sec(3, 1.5, 0.6))))),
    ("knife", Hoop(17.3, ((0.0, Sec(4, 2, 0.9, 0.2, "knife", 0.1)),))),
    (
        "flared",
        Hoop(
            17.3,
            (
                (0.0, Sec(8, 3, 0.4, edge=0.1, flare=0.8)),
                (15.0, Sec(7, 3.3, 0.4, edge=0.1, flare=0.8)),
                (40.0, Sec(6, 2.8, 0.8, edge=0.2, flare=0.3)),
                (180.0, Sec(3, 1.5, 0.6, edge=0.2)),
            ),
        ),
    ),
    ("arc", Hoop(17.3, ((0.0, Sec(3, 1.5, 1.5)),), 30.0, 200.0)),
    ("prong", Bar(straight((0, 0, 0), (0, 1, 5)), ((0.0, Wire(1.0)), (1.0, Wire(0.8))), "dome")),
    ("gallery", Bar(Circ(3.0), ((0.0, Wire(0.8)),))),
    ("oval rail", Bar(Loop(Oval(8, 6)), ((0.0, Wire(0.8)),))),
    ("boxed rail", Bar(Loop(Box(8, 6, 1)), ((0.0, Wire(0.8)),))),
    ("arm", Bar(BENT, ((0.0, Sec(2, 1.2, 0.4)), (1.0, Sec(1.5, 0.9, 0.2))))),
    ("bezel", Wall(Oval(10, 8), 2.2, 0.32, 0.05)),
    ("burnished bezel", Wall(Oval(10, 8), 2.2, 0.6, 0.05, 0.0, 0.6, 0.3)),
    ("drafted box", Wall(Box(8, 6, 1), 2, 0.5, 0.05, 5.0)),
    ("sharp box", Wall(Box(8, 6), 2, 0.5, 0.05)),
    ("folded box", Wall(Box(8, 6), 2, 0.5, 0.05, 0.0, 0.8, 0.3)),
    ("pear bezel", Wall(girdle_outline("pear", 9, 6), 2.2, 0.5, 0.05, 0.0, 0.8, 0.3)),
    ("heart bezel", Wall(girdle_outline("heart", 6.5, 6.5), 2.2, 0.5, 0.05, 0.0, 0.8, 0.3)),
    ("trillion collet", Wall(girdle_outline("trillion", 6, 6), 2.2, 0.5, 0.05, 6.0)),
    ("emerald floor", Plate(grown(girdle_outline("emerald", 7, 5), 0.4), 0.8)),
    ("drafted heart", Plate(girdle_outline("heart", 6.5, 6.5), 1.5, draft=10.0)),
    ("floor", Plate(Oval(10, 8), 0.8, ((1.0, 1.0, Oval(2, 2)),))),
    ("signet", Plate(Box(10, 8, 2), 3.0, draft=15.0)),
    ("grown", Plate(Offset(Oval(10, 8), 0.4), 0.8)),
    ("path", Plate(SQUARE, 1.0)),
    ("dome", Dome(20, 4, 1.2)),
    ("tube", Tube(3.5, 2.5, 3)),
    ("ball", Ball(2.0)),
    ("rope", Twist(Circ(6.0), 2, 1.2, 6.0)),
    ("coil", Twist(straight((0, 0, 0), (0, 0, 6)), 1, 0.8, 2.0, 2.0)),
)


@pytest.mark.parametrize(("name", "form"), FORMS, ids=[name for name, _ in FORMS])
def test_closed_form_meets_quadrature(name: str, form: Form) -> None:
    low, high = bounds(form)
    points = low + np.random.default_rng(5).random((120_000, 3)) * (high - low)
    box = float(np.prod(high - low))
    share = float(inside(form, points).mean())
    error = 4.0 * box * math.sqrt(share * (1 - share) / len(points))
    assert abs(share * box - volume(form)) < error + 1e-3 * volume(form)
    assert error < 0.05 * volume(form)  # else the comparison could not fail


@pytest.mark.parametrize("form", [form for _, form in FORMS])
def test_nothing_lies_outside_the_bounds(form: Form) -> None:
    low, high = bounds(form)
    size = high - low
    points = low - 0.2 * size + np.random.default_rng(6).random((40_000, 3)) * 1.4 * size
    beyond = ((points < low) | (points > high)).any(axis=1)
    assert not inside(form, points[beyond]).any()


@pytest.mark.parametrize("k", [0.5, 3.0])
def test_volume_scales_by_the_cube(k: float) -> None:
    small, big = (
        Wall(Oval(10, 8), 2.2, 0.32, 0.05),
        Wall(Oval(10 * k, 8 * k), 2.2 * k, 0.32 * k, 0.05 * k),
    )
    assert volume(big) == pytest.approx(k**3 * volume(small), rel=1e-12)


def test_pappus_of_a_plain_band() -> None:
    assert volume(Hoop(17.0, ((0.0, Sec(4, 2)),))) == pytest.approx(
        math.pi * (10.5**2 - 8.5**2) * 4
    )


def test_stations_alike_are_a_uniform_band() -> None:
    plain, many = (
        Sec(3, 1.5, 0.6),
        ((0.0, Sec(3, 1.5, 0.6)), (90.0, Sec(3, 1.5, 0.6)), (180.0, Sec(3, 1.5, 0.6))),
    )
    assert volume(Hoop(17.0, many)) == pytest.approx(volume(Hoop(17.0, ((0.0, plain),))), rel=1e-9)


def test_bezel_strip_of_the_published_plan() -> None:
    # A 10 x 8 oval with 0.05 clearance in 0.32 metal: a strip 29.68 long, 2.2 wide (published plan).
    assert volume(Wall(Oval(10, 8), 2.2, 0.32, 0.05)) / (2.2 * 0.32) == pytest.approx(
        29.68, abs=0.005
    )


def test_shank_of_the_published_plan() -> None:
    # Half-round 3.0 x 1.5 on US 7 (bore 17.32): blank 58.4 at the centroid.
    from jewelgen.piece.section import area_and_centroid

    section = Sec(3.0, 1.5, 1.5)
    assert volume(Hoop(17.32, ((0.0, section),))) / area_and_centroid(section)[0] == pytest.approx(
        58.41, abs=0.02
    )


def test_lean_takes_what_steiner_says() -> None:
    plain, leaning = (
        Wall(Oval(10, 8), 2.2, 0.32, 0.05),
        Wall(Oval(10, 8), 2.2, 0.32, 0.05, 0.0, 0.6, 0.3),
    )
    assert volume(plain) - volume(leaning) == pytest.approx(2 * math.pi * 0.32 * 0.6 * 0.15)


def test_overlapping_islands_count_once() -> None:
    def square(x: float) -> tuple[Line, ...]:
        corners = ((x, 0.0), (x + 2, 0.0), (x + 2, 2.0), (x, 2.0))
        return tuple(Line(corners[i], corners[(i + 1) % 4]) for i in range(4))

    assert volume(Plate(Path((square(0.0), square(1.0))), 1.0)) == pytest.approx(6.0)
