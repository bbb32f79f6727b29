"""Sections between stations: level where they turn, running on where they rise or fall, alike both ways asked."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from jewelgen.piece.easing import FIELDS, section_at, sizes_at
from jewelgen.piece.section import Sec, area_and_centroid

DEGREES = np.linspace(0.0, 180.0, 721)
RING = (
    (0.0, Sec(9.0, 2.0, 0.3, edge=0.1, flare=0.5)),
    (20.0, Sec(8.0, 2.5, 0.4, edge=0.1, flare=0.6)),
    (45.0, Sec(6.0, 3.0, 0.8, edge=0.2, flare=0.2)),
    (180.0, Sec(3.0, 1.5, 0.6, edge=0.2)),
)


def test_two_stations_are_eased_by_a_cosine() -> None:
    ends = ((0.0, Sec(4.0, 2.0)), (180.0, Sec(3.0, 1.6)))
    for degrees in DEGREES:
        eased = (1 - math.cos(math.radians(degrees))) / 2
        found = section_at(ends, float(degrees))
        assert isinstance(found, Sec)
        assert found.w == pytest.approx(4.0 - eased)
        assert found.h == pytest.approx(2.0 - 0.4 * eased)


def test_both_ways_to_ask_agree() -> None:
    sizes = sizes_at(RING, DEGREES, cosine=True)
    sections = [section_at(RING, float(degrees)) for degrees in DEGREES]
    for key in FIELDS:
        found = [getattr(section, key) for section in sections]
        values = np.broadcast_to(getattr(sizes, key), DEGREES.shape)
        assert found == pytest.approx(values, abs=1e-12)


def test_fields_pass_their_stations_and_never_turn_between_them() -> None:
    sizes = sizes_at(RING, DEGREES, cosine=True)
    for key in ("w", "h", "rise"):
        values = getattr(sizes, key)
        for (a, first), (b, second) in itertools.pairwise(RING):
            run = values[(a <= DEGREES) & (b >= DEGREES)]
            assert (run[0], run[-1]) == pytest.approx((getattr(first, key), getattr(second, key)))
            step = np.diff(run) * math.copysign(1.0, getattr(second, key) - getattr(first, key))
            assert step.min() > -1e-9


def test_a_steady_taper_runs_through_its_stations_without_a_rest() -> None:
    """Widths that fall by the same at every station fall by nearly the same a degree in the middle."""
    steady = tuple((30.0 * k, Sec(9.0 - k, 2.0)) for k in range(7))
    inner = (DEGREES >= 30.0) & (DEGREES <= 150.0)
    slope = np.gradient(sizes_at(steady, DEGREES, cosine=True).w, DEGREES)[inner]
    assert slope == pytest.approx(-1 / 30, rel=0.15)


def test_slopes_meet_at_stations() -> None:
    for at, _ in RING[1:-1]:
        near = [section_at(RING, at + step).w for step in (-2e-4, -1e-4, 1e-4, 2e-4)]  # type: ignore[union-attr]
        assert near[1] - near[0] == pytest.approx(near[3] - near[2], abs=1e-7)


def test_flared_sides_take_a_triangle_each_from_the_section() -> None:
    straight, flared = Sec(8.0, 3.0, 0.4), Sec(8.0, 3.0, 0.4, flare=0.6)
    area, middle = area_and_centroid(flared)
    whole, high = area_and_centroid(straight)
    assert whole - area == pytest.approx(0.6 * 2.6)
    assert area * middle == pytest.approx(whole * high - 0.6 * 2.6 * 2.6 / 3)


@pytest.mark.parametrize("wrong", [{"flare": 4.0}, {"flare": -0.1}, {"flare": 0.2, "dip": 0.2}])
def test_flares_that_make_no_section_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"flare|above 0"):
        Sec(8.0, 3.0, 0.4, **wrong)
