"""Each limit of a casting house is broken on purpose; each verdict of the kernel and of missing programs is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import shapes

from jewelgen.checker import inspect as inspecting
from jewelgen.checker.castable import castable
from jewelgen.checker.inspect import judge
from jewelgen.checker.known import Known, Place, Seat
from jewelgen.checker.report import Check
from jewelgen.checker.step import Solid, alike, deviation, exactness
from jewelgen.checker.surface import Surface

MASTER = Known(role="master", sort="ring")


def checks(made: Surface, known: Known = MASTER) -> dict[str, Check]:
    seen = judge(Path("a.stl"), made, known, "cautious").seen
    assert seen is not None
    return {check.code: check for check in castable(seen, known, "cautious")}


def bar(d: float, long: float = 8.0) -> Surface:
    return shapes.surface(shapes.turned([(0.0, 0.0), (d / 2, 0.0), (d / 2, long), (0.0, long)], 96))


@pytest.mark.parametrize(("d", "passed"), [(0.44, False), (0.56, True)])
def test_wires_have_the_limit_of_elements(d: float, passed: bool) -> None:
    wire = checks(bar(d))["JG711"]
    assert wire.passed is passed
    assert wire.measured == pytest.approx(d, abs=0.02)
    assert "element_min" in wire.allowed


@pytest.mark.parametrize(("d", "passed"), [(0.40, False), (0.48, True)])
def test_prongs_may_lose_a_quarter_to_their_seats(d: float, passed: bool) -> None:
    points = tuple((0.0, float(y), 0.0) for y in range(9))
    known = replace(MASTER, places=(Place("head.prong", True, points),))
    prong = checks(bar(d), known)["JG712"]
    assert prong.passed is passed
    assert "head.prong" in prong.where or passed


def test_low_ribs_on_a_thick_plate_are_raised_lines() -> None:
    found = checks(shapes.surface(shapes.ribbed(0.25, 0.4)))
    assert not found["JG713"].passed
    assert found["JG713"].measured == pytest.approx(0.25, abs=0.02)
    assert found["JG710"].passed
    assert found["JG711"].passed


@pytest.mark.parametrize(("t", "passed"), [(0.05, False), (0.14, True)])
def test_metal_between_stones_has_a_limit_of_its_own(t: float, passed: bool) -> None:
    seat = Seat("S1", (0.9, 0.0, 0.0), (0.0, 0.0, 1.0), 0.8, 0.4, 0.5)
    known = replace(MASTER, seats=(seat, replace(seat, name="S2", middle=(-0.9, 0.0, 0.0))))
    web = checks(shapes.surface(shapes.box(t, 1.0, 0.6)), known)["JG714"]
    assert web.passed is passed


def test_an_exact_solid_that_the_kernel_doubts_fails() -> None:
    cube = shapes.surface(shapes.box(3, 4, 5))
    assert [c.passed for c in exactness(Solid(True, 60.0, cube), Known(volume=60.0))] == [
        True,
        True,
    ]
    wrong = exactness(Solid(False, 60.2, cube), Known(volume=60.0))
    assert [(c.code, c.passed) for c in wrong] == [("JG717", False), ("JG709", False)]


@pytest.mark.parametrize(("far", "passed"), [(0.009, True), (0.02, False)])
def test_a_mesh_that_strays_is_said_with_the_place(far: float, passed: bool) -> None:
    cube = shapes.surface(shapes.box(3, 4, 5))
    check = deviation(Solid(True, 60.0, cube, (far, 1.0, 2.0, 3.0, 4000.0)), Known())
    assert (check.code, check.passed) == ("JG718", passed)
    assert "x 1.0" in check.where


def test_a_check_that_could_not_run_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    cube = shapes.surface(shapes.box(8, 8, 8))
    assert deviation(Solid(True, 1.0, cube), Known()).code == "JG719"
    monkeypatch.setattr(inspecting, "scene", lambda _: None)
    report = judge(Path("a.stl"), cube, MASTER, "cautious")
    assert not report.ok
    assert "JG719" in {finding.code for finding in report.findings}


def test_a_house_that_publishes_one_wall_means_it_for_every_metal() -> None:
    from jewelgen.checker.limits import wall

    assert (wall("morris-watson", "silver_925").value, wall("morris-watson", "").value) == (
        0.4,
        0.4,
    )
    assert wall("gemwares", "silver_925").value == 1.0, "its own figure for silver"
    assert wall("saqlain", "silver_925").pack == "cautious"


RING = replace(MASTER, bore=17.0)


@pytest.mark.parametrize(
    ("wall", "wide", "short"),
    [(1.5, 3.0, set()), (1.0, 3.0, {"thickness"}), (1.5, 1.5, {"width"})],
)
def test_the_section_of_a_shank_is_measured_again(
    wall: float, wide: float, short: set[str]
) -> None:
    made = shapes.surface(shapes.tube(17.0, wall, wide))
    seen = judge(Path("a.stl"), made, RING, "cautious").seen
    assert seen is not None
    found = {c.name: c for c in castable(seen, RING, "cautious") if c.code == "JG721"}
    assert {name.split()[1] for name, c in found.items() if not c.passed} == short
    for place, clock in (("back", "5."), ("shoulders", "2")):
        assert found[f"shank thickness at the {place}"].measured == pytest.approx(wall, abs=0.02)
        assert found[f"shank width at the {place}"].measured == pytest.approx(wide, abs=0.1)
        assert found[f"shank thickness at the {place}"].where.startswith(clock)


@pytest.mark.parametrize(
    ("below", "passed", "weight"),
    [(1.2, True, "error"), (1.54, False, "warning"), (1.8, False, "error"), (2.2, False, "error")],
)
def test_a_culet_over_the_finger_hole(below: float, passed: bool, weight: str) -> None:
    seat = Seat("S1", (0.0, 0.0, 10.5), (0.0, 0.0, 1.0), 1.5, 0.5, below)
    known = replace(RING, seats=(seat,))
    made = shapes.surface(shapes.tube(17.0, 2.4, 3.0))
    culet = checks(made, known)["JG722"]
    assert culet.measured == pytest.approx(10.5 - below - 8.5)
    assert culet.passed is passed
    assert passed or culet.weight == weight


def test_a_step_of_another_size_is_caught() -> None:
    cube, longer = shapes.surface(shapes.box(3, 4, 5)), shapes.surface(shapes.box(3, 4.1, 5))
    assert alike((Solid(True, 60.0, cube),), cube, MASTER).passed
    off = alike((Solid(True, 60.0, longer),), cube, MASTER)
    assert not off.passed
    assert off.code == "JG723"
    assert off.name.endswith("along y")
    assert off.measured == pytest.approx(0.1, abs=1e-5)
