"""Pave: counts follow the size, seats clear the stones, beads reach over them."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.piece.cutter import Bearing
from jewelgen.piece.frame import FINGER
from jewelgen.piece.mark import Beads
from jewelgen.piece.piece import Piece

RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "18k white", "size": "US 6"}
ROWS = {
    "kind": "pave",
    "stone": "round diamond 1.3",
    "rows": 4,
    "gap": "0.12 .. 0.20",
    "pitch": 1.45,
    "bead": 0.45,
}


def pave(size: str = "US 6", width: float = 7.2, **more: Any) -> Piece:
    shank = {"kind": "flat", "width": width, "thick": 2.0}
    return compose(brief_from({**RING, "size": size, "shank": shank, "stones": {**ROWS, **more}}))


@pytest.mark.parametrize(("size", "n"), [("US 4", 40), ("US 6", 44), ("US 9", 49)])
def test_counts_follow_the_size(size: str, n: int) -> None:
    piece = pave(size)
    assert [stone.array.n for stone in piece.stones] == [n] * 4


def test_many_stones_are_few_records() -> None:
    piece = pave()
    assert len(piece.stones) == len(piece.cuts) == 4
    assert sum(stone.array.n for stone in piece.stones) == 176
    assert sum(mark.array.n for mark in piece.marks) == 2 * 176


@pytest.mark.parametrize("size", [f"US {n / 2:g}" for n in range(8, 19)])
def test_gaps_stay_in_the_range_asked_for(size: str) -> None:
    stone = pave(size).stones[0]
    frames = [stone.at.then(f) for f in stone.array.frames()]
    gaps = [math.dist(a.origin, b.origin) - stone.width for a, b in itertools.pairwise(frames)]
    assert max(gaps) - min(gaps) < 1e-9
    assert 0.115 < gaps[0] < 0.2
    assert math.dist(frames[0].origin, frames[-1].origin) - stone.width == pytest.approx(gaps[0])


def test_every_second_row_is_shifted_by_half_a_stone() -> None:
    starts = [stone.array.start for stone in pave().stones]  # type: ignore[union-attr]
    assert starts == pytest.approx([0, 180 / 44, 0, 180 / 44])
    assert {stone.array.start for stone in pave(stagger=False).stones} == {0.0}  # type: ignore[union-attr]


def test_rows_lie_evenly_about_the_middle() -> None:
    lifts = [stone.array.lift for stone in pave().stones]  # type: ignore[union-attr]
    assert lifts == pytest.approx([-2.175, -0.725, 0.725, 2.175])


@pytest.mark.parametrize("size", ["US 4", "US 6", "US 9"])
def test_each_bead_lies_on_two_crowns_and_in_the_metal(size: str) -> None:
    piece = pave(size)
    first = piece.stones[0]
    stones = [first.at.then(f) for f in first.array.frames()]
    for mark in piece.marks[:2]:
        assert isinstance(mark.form, Beads)
        assert 0.3 * mark.form.d < mark.form.bite < 0.7 * mark.form.d
        ball = mark.at.then(mark.array.frames()[0]).point((0, 0, mark.form.d / 2 - mark.form.bite))
        near = [s for s in stones if math.dist(s.point((0, 0, 0)), ball) < 2 * first.width]
        touched = [s for s in near if _gap(first, s.local(ball), mark.form.d / 2) < 0.03]
        assert len(touched) == 2
        aside = [math.hypot(*s.local(ball)[:2]) for s in touched]
        assert max(aside) - mark.form.d / 2 < first.width / 2 - 0.05  # it covers the girdle's edge


@pytest.mark.parametrize("size", ["US 4", "US 6", "US 9"])
@pytest.mark.parametrize("rows", [2, 4, 5])
def test_each_triangle_between_staggered_rows_has_one_bead_on_its_three_stones(
    size: str, rows: int
) -> None:
    piece = pave(size, rows=rows, width=9.0, pitch=1.24, bead=0.5)
    first, n = piece.stones[0], piece.stones[0].array.n
    stones = [s.at.then(f) for s in piece.stones for f in s.array.frames()]
    held = []
    for mark in piece.marks:
        assert isinstance(mark.form, Beads)
        assert 0.25 * mark.form.d < mark.form.bite < 0.7 * mark.form.d
        ball = mark.at.then(mark.array.frames()[0]).point((0, 0, mark.form.d / 2 - mark.form.bite))
        near = [s for s in stones if math.dist(s.point((0, 0, 0)), ball) < 1.5 * first.width]
        held.append(sum(_gap(first, s.local(ball), mark.form.d / 2) < 0.03 for s in near))
    assert sorted(held) == [2, 2, *[3] * (2 * rows - 2)]
    assert {mark.array.n for mark in piece.marks} == {n}


def test_rows_too_far_apart_to_share_have_beads_of_their_own() -> None:
    piece = pave(pitch=1.9, width=9.0)
    asides = {abs(m.array.lift - s.array.lift) for s in piece.stones for m in piece.marks if m.stone == s.name}  # type: ignore[union-attr]  # fmt: skip
    assert max(asides) - min(asides) < 1e-9
    assert 0.5 * 0.45 < min(asides) < 0.65
    close = pave(rows=1)
    assert close.marks[0].form == piece.marks[0].form


def _gap(stone: Any, ball: tuple[float, float, float], radius: float) -> float:
    """From the ball to the crown's cone, never negative by more than rounding."""
    run = 0.215 * stone.width
    c = math.atan2(stone.crown, run)
    away = (math.hypot(*ball[:2]) - stone.width / 2) * math.sin(c) + (
        ball[2] - stone.girdle
    ) * math.cos(c)
    gap = away - radius
    assert gap > -1e-3
    return gap


def test_seats_follow_the_stone() -> None:
    piece = pave()
    seat, stone = piece.cuts[0].form, piece.stones[0]
    assert isinstance(seat, Bearing)
    slope = 2 * stone.pavilion / stone.width
    assert seat.depth == pytest.approx((stone.width / 2 + seat.gap - seat.pilot / 2) * slope)
    assert seat.through > stone.pavilion
    assert piece.cuts[0].array == stone.array
    assert piece.cuts[0].at == FINGER


def test_rows_wider_than_the_band_are_refused_with_the_width_that_holds_them() -> None:
    with pytest.raises(DesignError) as caught:
        pave(width=5.0)
    (item,) = caught.value.findings
    assert item.code == "JG232"
    assert item.fix is not None
    assert item.fix.key == "shank.width"
    assert pave(width=float(item.fix.value)).stones
    assert item.hint == "3 fit, or a wider band"
    assert pave(width=5.0, rows=3).stones


def test_beads_that_do_not_reach_are_refused() -> None:
    with pytest.raises(DesignError, match="do not reach"):
        pave(bead=0.25, gap=0.5)


def test_culets_through_the_band_are_refused() -> None:
    with pytest.raises(DesignError) as caught:
        pave(stone="round diamond 4.0", rows=1, pitch=4.4, gap=0.2, bead=1.1, sink=1.0)
    assert caught.value.findings[0].code == "JG232"


def test_stones_stand_square_on_the_band() -> None:
    for frame in pave().stones[1].array.frames():
        out = FINGER.then(frame)
        radial = np.array((out.origin[0], 0.0, out.origin[2]))
        assert np.array(out.z) == pytest.approx(radial / np.linalg.norm(radial))
