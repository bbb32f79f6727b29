"""Edges, pendants and sprues on shapes of known measures."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import shapes

from jewelgen.checker.edges import edges
from jewelgen.checker.feeding import feeding
from jewelgen.checker.hang import centre_of_mass, hanging, passage
from jewelgen.checker.inspect import judge
from jewelgen.checker.known import Gate, Known, Place, Seat
from jewelgen.checker.rays import scene
from jewelgen.checker.report import Check, Seen
from jewelgen.findings import Severity


def seen(*triangles: shapes.Array) -> Seen:
    found = judge(Path("a.stl"), shapes.surface(*triangles), Known(role="master"), "cautious").seen
    assert found is not None
    return found


def rounded(radius: float, steps: int) -> shapes.Array:
    """A turned disc, 8 across and 2 thick, its upper edge rounded in so many facets."""
    a = np.linspace(0, np.pi / 2, steps + 1)
    arc = [(4 - radius + radius * np.cos(t), 1 - radius + radius * np.sin(t)) for t in a]
    return shapes.turned([(0.0, -1.0), (4.0, -1.0), *arc, (0.0, 1.0)])


def test_the_edges_of_a_box_are_sharp_and_as_long_as_they_are() -> None:
    check = edges(seen(shapes.box(3, 4, 5)), Known(), "cautious")
    assert check.measured == pytest.approx(48.0)
    assert (check.code, check.passed, check.weight) == ("JG730", False, Severity.NOTE)
    assert edges(seen(shapes.box(3, 4, 5)), Known(), "morris-watson").weight is Severity.WARNING


@pytest.mark.parametrize(("radius", "steps", "sharp"), [(0.3, 4, 1), (0.125, 2, 1), (0.0, 0, 2)])
def test_a_rounded_edge_is_not_sharp(radius: float, steps: int, sharp: int) -> None:
    """Of the disc's two rims, circles of 8 mm, the lower is never rounded."""
    check = edges(seen(rounded(radius, steps)), Known(), "cautious")
    assert check.measured == pytest.approx(sharp * 8 * np.pi, rel=1e-3)


def test_inner_edges_and_the_setters_work_catch_nothing() -> None:
    groove = seen(shapes.ribbed(1.0, -0.5))
    plain = seen(shapes.box(10, 10, 2))
    extra = edges(groove, Known(), "cautious").measured or 0.0
    assert extra - (edges(plain, Known(), "cautious").measured or 0.0) == pytest.approx(
        20.0, abs=2.5
    ), "two rims"
    seat = Seat("S1", (0.0, 0.0, 0.0), (0.0, 0.0, 1.0), 9.0, 1.0, 1.0)
    assert edges(plain, Known(seats=(seat,)), "cautious").passed


@cache
def pendant(loop_at: float = 0.0) -> tuple[Seen, Known]:
    """A plate with a ring of 2.4 mm clear standing on its upper edge."""
    ring = shapes.tube(2.4, 0.8, 1.2)[..., [0, 2, 1]] + (loop_at, 11.8, 0.0)
    bail = Place("bail", False, tuple(map(tuple, ring[::97, 0])), eye=True)
    known = Known(
        role="master", sort="pendant", places=(bail,), hang=(loop_at, 11.8, 0.0), whole=True
    )
    return seen(shapes.box(7, 20, 2), ring), known


def measured(given: tuple[Seen, Known]) -> dict[str, Check]:
    return {check.name: check for check in hanging(*given)}


ASIDE, ABOVE, WAY = (
    "weight aside of what it hangs from", "weight above what it hangs from", "way for the chain through bail",
)  # fmt: skip


def test_a_pendant_with_its_bail_over_its_weight_hangs_and_its_chain_passes() -> None:
    found = measured(pendant())
    assert all(check.passed for check in found.values())
    assert found[ASIDE].measured == pytest.approx(0.0, abs=1e-6)
    assert found[WAY].measured == pytest.approx(2.4, abs=0.1)


def test_a_bail_aside_hangs_crooked_and_one_below_turns_over() -> None:
    made, known = pendant(2.0)
    crooked = measured((made, known))[ASIDE]
    assert (crooked.code, crooked.passed) == ("JG728", False)
    plate, ring = 7 * 20 * 2.0, np.pi * (2.0**2 - 1.2**2) * 1.2
    assert crooked.measured == pytest.approx(2.0 * plate / (plate + ring), rel=1e-3)
    assert not measured((made, replace(known, hang=(2.0, -5.0, 0.0))))[ABOVE].passed


def test_a_stone_moves_the_centre_of_mass_by_its_weight() -> None:
    cube = shapes.surface(shapes.box(5, 5, 5))
    stone = Seat("S1", (10.0, 0.0, 0.0), (0.0, 0.0, 1.0), 1.0, 1.0, 1.0, grams=1.25)
    assert centre_of_mass(cube, Known(seats=(stone,)))[0] == pytest.approx(5.0)


def test_a_narrow_bail_does_not_pass_a_chain() -> None:
    rays = scene(shapes.surface(shapes.tube(1.5, 0.8, 1.2)))
    assert rays is not None
    corners = rays.surface.vertices
    assert passage(rays, corners) == pytest.approx(1.5, abs=0.1)
    bail = Place("bail", False, tuple(map(tuple, corners)), eye=True)
    made = seen(shapes.tube(1.5, 0.8, 1.2))
    assert not measured((made, Known(places=(bail,))))[WAY].passed
    assert passage(scene(shapes.surface(shapes.box(3, 3, 3))), corners) == 0.0  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def plate() -> Seen:
    return seen(shapes.box(9, 9, 3))


@pytest.mark.parametrize(
    ("at", "d", "failed"),
    [
        ((0.0, 0.0, 1.5), 3.2, set()),  # on the thick plate, thicker than it
        ((0.0, 0.0, 1.5), 2.0, {"sprue", "heaviest section against the sprue"}),
        ((0.0, 0.0, 4.0), 3.2, {"sprue"}),  # in the air
    ],
)
def test_sprues_are_held_against_the_metal_behind_them(
    plate: Seen, at: tuple[float, float, float], d: float, failed: set[str]
) -> None:
    known = Known(gates=(Gate(at, (0.0, 0.0, 1.0), d),))
    found = {check.name.partition(":")[0]: check for check in feeding(plate, known)}
    assert {name for name, check in found.items() if not check.passed} == failed
    assert {check.code for check in found.values()} == {"JG729"}
    if at[2] < 2:
        assert found["sprue"].measured == pytest.approx(3.0, abs=0.02)
