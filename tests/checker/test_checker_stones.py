"""Stones against cups, posts and ledges of known sizes: held, resting, play, metal under the seat, gaps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapes

from jewelgen.checker.held import held
from jewelgen.checker.inspect import judge
from jewelgen.checker.known import Known, Place, Seat
from jewelgen.checker.rays import Scene, scene
from jewelgen.checker.report import Check
from jewelgen.checker.seats import directions
from jewelgen.findings import Severity

STONE = Seat("S1", (0.0, 0.0, 0.0), (0.0, 0.0, 1.0), 2.0, 0.7, 1.2, girdle=0.1, grip="lip")


def lit(*triangles: shapes.Array) -> Scene:
    rays = scene(shapes.surface(*triangles))
    assert rays is not None
    return rays


def cup(
    room: float = 0.05, ledge: float = 1.0, rim: float = 0.6, hole: tuple[float, float] = (1.4, 1.4)
) -> Scene:
    """A bezel about z: a ledge under the girdle with a hole (radius below, above), a wall beside and over it."""
    r = 2.0 + room
    profile = [(hole[0], -ledge), (3.0, -ledge), (3.0, rim), (r, rim), (r, 0.0), (hole[1], 0.0)]
    return lit(shapes.turned(profile)[..., [0, 2, 1]])


def posts(degrees: tuple[float, ...], tall: float = 1.0, ledge: bool = True) -> Scene:
    """Posts beside the girdle, each with a step under it."""
    out = []
    for a in np.radians(degrees):
        turn = np.array(((np.cos(a), -np.sin(a), 0), (np.sin(a), np.cos(a), 0), (0, 0, 1)))
        out.append(shapes.box(0.8, 0.8, tall + 2, (2.45, 0, (tall - 2) / 2)) @ turn.T)
        if ledge:
            out.append(shapes.box(0.9, 0.6, 1.4, (1.95, 0, -0.75)) @ turn.T)
    return lit(*out)


def found(rays: Scene, *seats: Seat) -> dict[str, Check]:
    checks = held(rays, Known(role="master", seats=seats or (STONE,)), "cautious")
    return {c.name.partition(" ")[2] if c.code == "JG725" else c.code: c for c in checks}


HELD, RESTS = "held: girdle without metal over it", "resting: girdle without metal under it"
PLAY, PRONG = "play at the girdle", "lowest prong over the girdle"


def test_a_cup_holds_its_stone_and_every_measure_is_its_own() -> None:
    all_ = found(cup())
    assert all(c.passed for c in all_.values())
    assert all_[HELD].measured == all_[RESTS].measured == 0.0
    assert all_[PLAY].measured == pytest.approx(0.05, abs=2e-3)
    assert all_["JG726"].measured == pytest.approx(1.0, abs=2e-3)


def test_the_wall_of_a_hole_is_no_underside_of_the_seat() -> None:
    """Rays at three quarters of the girdle run along a hole that is as wide, and leave the metal half way down."""
    assert found(cup(hole=(1.51, 1.49)))["JG726"].measured == pytest.approx(1.0, abs=2e-3)


def test_a_seat_that_the_setter_cuts_is_not_held_against_the_casting() -> None:
    (check,) = found(cup(room=-0.1), replace(STONE, open=True)).values()
    assert (check.passed, check.allowed) == (True, "cut by the setter")


@pytest.mark.parametrize(
    ("made", "failed", "value"),
    [
        (cup(room=0.2), PLAY, 0.2),  # rattles
        (cup(room=-0.1), PLAY, -0.1),  # does not go in
        (cup(ledge=0.5), "JG726", 0.5),  # thin under the seat
        (cup(rim=0.05), HELD, 360.0),  # nothing over the girdle
    ],
)
def test_what_is_wrong_with_a_cup_is_said(made: Scene, failed: str, value: float) -> None:
    all_ = found(made)
    assert failed in {name for name, c in all_.items() if not c.passed}
    assert all_[failed].measured == pytest.approx(value, abs=5e-3)


@pytest.mark.parametrize(
    ("degrees", "ledge", "failed"),
    [
        ((0, 90, 180, 270), True, set()), ((0, 120, 240), True, set()),
        ((0, 60, 120), True, {HELD, RESTS}), ((0, 120, 240), False, {RESTS}),
    ],
)  # fmt: skip
def test_stones_slide_out_where_half_the_girdle_is_free(
    degrees: tuple[float, ...], ledge: bool, failed: set[str]
) -> None:
    all_ = found(posts(degrees, ledge=ledge), replace(STONE, grip="prongs"))
    assert {name for name, c in all_.items() if not c.passed} == failed
    assert all(all_[name].weight is Severity.ERROR for name in failed)
    assert all_[HELD].code == "JG725"


@pytest.mark.parametrize(("tall", "passed"), [(0.9, True), (0.35, False)])
def test_prongs_stand_a_tenth_of_the_stone_over_its_girdle(tall: float, passed: bool) -> None:
    lowest = found(posts((0, 120, 240), tall), replace(STONE, grip="prongs"))[PRONG]
    assert lowest.passed is passed
    assert lowest.measured == pytest.approx(tall - 0.1, abs=0.13), "a level of the crown"
    assert "0.40 mm" in lowest.allowed


def notched(left: float) -> Scene:
    """Four posts that the girdle is let into, of which seats from both sides leave so much."""
    out = []
    for a in np.radians((0, 90, 180, 270)):
        turn = np.array(((np.cos(a), -np.sin(a), 0), (np.sin(a), np.cos(a), 0), (0, 0, 1)))
        for deep, tall, middle, z in (
            (0.9, 1.4, 2.05, -0.8), (left, 0.4, 2.05 + left / 2, 0.05), (0.9, 0.9, 2.05, 0.6),
        ):  # fmt: skip
            out.append(shapes.box(deep, 0.7, tall, (middle, 0, z)) @ turn.T)
    return lit(*out)


@pytest.mark.parametrize(
    ("left", "weight"), [(0.05, Severity.ERROR), (0.35, Severity.WARNING), (0.44, None)]
)
def test_a_prong_is_as_thick_as_the_seats_leave_it(left: float, weight: Severity | None) -> None:
    prong = found(notched(left), replace(STONE, grip="prongs"))["JG712"]
    assert prong.measured == pytest.approx(left, abs=0.01)
    assert prong.passed is (weight is None)
    assert weight in (None, prong.weight)


@pytest.mark.parametrize("parts", [True, False])
def test_metal_between_two_notches_parts_the_stones(parts: bool) -> None:
    """A prong's blade of 0.2 mm is thin for a prong; between the seats of two stones it is what parts them."""
    blade = shapes.surface(shapes.box(0.2, 0.8, 1.0))
    spots = tuple(
        (x, y / 10, z / 10) for x in (-0.1, 0.1) for y in range(-4, 5, 2) for z in range(-5, 6, 2)
    )
    near = replace(STONE, middle=(-2.13, 0.0, 0.0))
    beyond = replace(STONE, name="S2", middle=(2.13 if parts else 9.0, 0.0, 0.0))
    known = Known(role="master", places=(Place("post", True, spots),), seats=(near, beyond))
    all_ = {c.name: c for c in judge(Path("a.stl"), blade, known, "cautious").checks}
    assert all_["thinnest prong"].passed is parts
    found = all_["metal between stones" if parts else "thinnest prong"]
    assert found.measured == pytest.approx(0.2, abs=1e-3)


def test_where_no_seat_is_cut_nothing_is_said_to_hold() -> None:
    (check,) = [c for c in found(lit(shapes.box(9, 9, 9))).values() if c.code == "JG725"]
    assert check.passed
    assert check.measured is None
    assert "no seat is cut" in check.note


@pytest.mark.parametrize(
    ("gap", "passed", "weight"),
    [(0.15, True, "warning"), (0.04, False, "warning"), (-0.3, False, "error")],
)
def test_girdles_are_as_far_apart_as_they_are(gap: float, passed: bool, weight: str) -> None:
    beside = replace(STONE, name="S2", middle=(4.0 + gap, 0.0, 0.0))
    check = found(cup(), STONE, beside)["JG727"]
    assert check.measured == pytest.approx(max(gap, 0.0), abs=5e-3)
    assert check.passed is passed
    assert passed or str(check.weight) == weight


def test_a_square_stone_reaches_further_at_its_corners() -> None:
    corners = ((1.0, -1.0, 0.0), (1.0, 1.0, 0.0), (-1.0, 1.0, 0.0), (-1.0, -1.0, 0.0))
    ways, reach = directions(replace(STONE, rim=corners))
    assert np.abs(reach * np.abs(ways).max(axis=1) - 1.0).max() < 2e-3


def test_a_stone_that_another_body_holds_is_not_asked_for_here() -> None:
    assert found(lit(shapes.box(1, 1, 1)), replace(STONE, here=False)) == {}
