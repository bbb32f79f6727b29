"""Limits that only some places have: broad walls, hollows, loaded shanks, rails, letters, blind holes; what stops a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapes

from jewelgen.checker import limits
from jewelgen.checker.inspect import judge
from jewelgen.checker.known import Known, Marked, Place, Seat
from jewelgen.checker.report import Check
from jewelgen.checker.surface import Surface
from jewelgen.findings import Severity

MASTER = Known(role="master", sort="ring")


def checks(made: Surface, known: Known = MASTER, pack: str = "cautious") -> dict[str, Check]:
    return {c.name: c for c in judge(Path("a.stl"), made, known, pack).checks}


def hollow(wall: float) -> Surface:
    """A can with a lid, a hole of 1 mm in it to let the air out."""
    r, h, w = 5.0, 8.0, wall
    return shapes.surface(shapes.turned([(0.5, h - w), (r - w, h - w), (r - w, w), (0.0, w), (0.0, 0.0), (r, 0.0), (r, h), (0.5, h)]))  # fmt: skip


@pytest.mark.parametrize(("wall", "passed"), [(0.6, False), (0.75, True)])
def test_the_wall_of_a_hollow_has_a_limit_of_its_own(wall: float, passed: bool) -> None:
    found = checks(hollow(wall), pack="saqlain")["thinnest wall of a hollow"]
    assert found.measured == pytest.approx(wall, abs=0.02)
    assert found.passed is passed
    assert found.allowed.startswith("at least 0.7 mm (saqlain: hollow_wall_min")


def test_the_inside_of_a_ring_is_no_hollow() -> None:
    assert "thinnest wall of a hollow" not in checks(shapes.surface(shapes.tube(17.0, 0.6, 8.0)))


@pytest.mark.parametrize(("wide", "broad"), [(10.0, True), (3.0, False)])
def test_a_broad_wall_may_not_be_as_thin_as_a_small_one(wide: float, broad: bool) -> None:
    found = checks(shapes.surface(shapes.box(10, wide, 0.45)), pack="morris-watson")
    assert found["thinnest wall"].passed, "0.4 mm are enough there"
    name = "thinnest wall of 25 mm2 and more"
    assert (name in found) is broad
    if broad:
        assert not found[name].passed
        assert found[name].weight is Severity.ERROR
        assert found[name].measured == pytest.approx(0.45, abs=0.01)


STONE = Seat("S1", (0.0, 0.0, 12.0), (0.0, 0.0, 1.0), 1.5, 0.5, 1.0, grip="prongs", here=False)


@pytest.mark.parametrize(
    ("seats", "key"),
    [
        ((), "shank_thickness_min"), ((STONE,), "shank_loaded_thickness_min"),
        ((STONE, replace(STONE, middle=(0.0, 0.0, -12.0))), "shank_thickness_min"),
    ],
)  # fmt: skip
def test_the_back_of_a_shank_that_carries_stones_is_loaded(
    seats: tuple[Seat, ...], key: str
) -> None:
    known = replace(MASTER, bore=17.0, seats=seats)
    found = checks(shapes.surface(shapes.tube(17.0, 1.5, 3.0)), known)
    (back,) = [c for name, c in found.items() if name.startswith("shank thickness at the back")]
    assert key in back.allowed
    assert back.passed is (key == "shank_thickness_min")
    assert back.passed or back.weight is Severity.ERROR


def test_a_gap_at_a_gallery_is_judged_as_one() -> None:
    bars = [shapes.box(6, 3, 2, (0, 0, z)) for z in (0.0, 2.25)]
    spread = [(float(x), 0.0, z) for z in (0.6, 1.65) for x in np.linspace(-3, 3, 25)]
    parts = (
        Place("head.prong", False, tuple(spread[25:])),
        Place("head.gallery", False, tuple(spread[:25])),
    )
    found = checks(shapes.surface(*bars), replace(MASTER, places=parts))
    gap = found["narrowest gap at a gallery rail"]
    assert (gap.passed, "gallery_rail_gap_min" in gap.allowed) == (False, True)
    assert gap.measured == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize(("tall", "passed"), [(1.0, False), (1.3, True)])
def test_small_capitals_are_said(tall: float, passed: bool) -> None:
    rows = ((1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0), (0.0, 0.0, 1.0, 1.0))
    mark = Marked("letters", "engrave", 0.3, 0.0, rows, (-0.3, -5.0, 0.3, 5.0), tall)
    found = checks(shapes.surface(shapes.ribbed(0.5, -0.3)), replace(MASTER, marks=(mark,)))
    cap = found["letters: height of capitals"]
    assert (cap.measured, cap.passed, cap.weight) == (tall, passed, Severity.WARNING)


@pytest.mark.parametrize(("pack", "weight"), [("cautious", "note"), ("morris-watson", "warning")])
def test_a_blind_hole_under_a_stone_is_measured(pack: str, weight: str) -> None:
    profile = [(0.0, -2.0), (5.0, -2.0), (5.0, 0.5), (1.5, 0.5), (1.5, -0.4), (0.0, -0.4)]
    made = shapes.surface(shapes.turned(profile)[..., [0, 2, 1]])
    stone = Seat("S1", (0.0, 0.0, 0.0), (0.0, 0.0, 1.0), 1.5, 0.4, 0.3, girdle=0.1, grip="beads")
    found = judge(Path("a.stl"), made, replace(MASTER, seats=(stone,)), pack).checks
    (hole,) = [c for c in found if c.code == "JG734"]
    assert (hole.passed, hole.weight) == (False, weight)
    assert hole.measured == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize(
    ("pack", "value", "weight"),
    [
        ("stuller", 1.0, Severity.ERROR), ("stuller", 1.16, Severity.WARNING),
        ("gemwares", 1.0, Severity.WARNING), ("cautious", 1.0, Severity.ERROR),
    ],
)  # fmt: skip
def test_what_a_house_publishes_itself_stops_a_file(
    pack: str, value: float, weight: Severity
) -> None:
    """Beyond what measuring may be off; what it takes over from the careful pack only warns."""
    assert limits.of("shank_thickness_min", pack).weight(value, 0.01) is weight


def test_a_limit_without_source_never_stops_a_file() -> None:
    assert limits.of("shank_width_min", "cautious").weight(0.5, 0.01) is Severity.WARNING


def slot(open_: float, shut: float) -> Surface:
    """A block with a groove whose width goes from `open_` to `shut` on its 6 mm of length."""
    a, b = open_ / 2, shut / 2
    flat = [
        (-6.0, 6.0),
        (-6.0, -6.0),
        (6.0, -6.0),
        (6.0, 6.0),
        (a, 6.0),
        (b, 0.0),
        (-b, 0.0),
        (-a, 6.0),
    ]
    caps = [(0, 1, 6), (0, 6, 7), (1, 2, 5), (1, 5, 6), (2, 3, 5), (3, 4, 5)]
    low, high = [np.array([(*p, z) for p in flat]) for z in (-2.0, 2.0)]
    out = [np.array([high[i] for i in cap]) for cap in caps]
    out += [np.array([low[i] for i in cap[::-1]]) for cap in caps]
    for i in range(8):
        j = (i + 1) % 8
        out += [np.array((low[i], low[j], high[j])), np.array((low[i], high[j], high[i]))]
    return shapes.surface(np.array(out))


def test_the_ground_of_a_taper_is_a_crevice_and_a_slot_is_not() -> None:
    taper, even = checks(slot(1.2, 0.1)), checks(slot(0.3, 0.29))
    assert taper["narrowest opening"].passed
    assert not taper["narrowest crevice"].passed
    assert not even["narrowest opening"].passed
    assert even["narrowest opening"].weight is Severity.ERROR


@pytest.mark.parametrize("turn", ["as it is", "moved", "tilted"])
def test_a_strangers_ring_is_asked_what_rings_are_asked(turn: str) -> None:
    ring = shapes.tube(17.35, 0.9, 1.0)
    if turn == "moved":
        ring = ring[..., [0, 2, 1]][:, ::-1] + (50.0, 20.0, 5.0)
    if turn == "tilted":
        a, b = np.radians((30.0, 20.0))
        x = np.array(((1, 0, 0), (0, np.cos(a), -np.sin(a)), (0, np.sin(a), np.cos(a))))
        z = np.array(((np.cos(b), -np.sin(b), 0), (np.sin(b), np.cos(b), 0), (0, 0, 1)))
        ring = ring @ (x @ z).T
    found = checks(shapes.surface(ring), Known())
    assert found["bore"].measured == pytest.approx(17.35, abs=0.005)
    thick = found["shank thickness at the back"]
    assert (thick.passed, thick.weight) == (False, Severity.ERROR)
    assert thick.measured == pytest.approx(0.9, abs=0.01)


def test_a_file_without_a_round_hole_says_that_no_ring_was_found() -> None:
    oval = shapes.tube(17.0, 1.5, 4.0) * (1.0, 1.0, 1.2)
    for made in (shapes.surface(oval), shapes.surface(shapes.box(9, 9, 2))):
        bore = checks(made, Known())["bore"]
        assert bore.measured is None
        assert bore.note.startswith("no hole for a finger was found")
