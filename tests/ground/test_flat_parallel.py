"""Parallel curves: closed forms, an indepenhump offset (shapely), and distances measured back."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely

from jewelgen.flat.outline import (
    Box,
    Offset,
    Oval,
    Path,
    area,
    corner_turns,
    extents,
    grown,
    inside,
    loops,
    perimeter,
    points,
    reach,
    rounded,
)
from jewelgen.flat.region import mitred, within_grown
from jewelgen.flat.segments import Arc, Cubic, Line, loop_length, loop_moments, segment_box
from jewelgen.piece.girdles import girdle_outline, girdle_points

SIZES = {
    "pear": (9.0, 6.0), "marquise": (10.0, 5.0), "trillion": (6.0, 6.0), "heart": (6.5, 6.5),
    "emerald": (7.0, 5.0), "asscher": (6.0, 6.0),
}  # fmt: skip
STEPS = (-0.3, -0.05, 0.05, 0.45)


def polygon(*corners: tuple[float, float]) -> Path:
    return Path(
        (tuple(Line(p, q) for p, q in zip(corners, (*corners[1:], corners[0]), strict=True)),)
    )


def fancy(cut: str) -> Path:
    found = girdle_outline(cut, *SIZES[cut])
    assert isinstance(found, Path)
    return found


def test_a_square_grows_with_its_corners_and_a_soft_one_with_its_radius() -> None:
    assert grown(Box(8, 6), 0.5) == Box(9, 7)
    assert rounded(Box(8, 6), 0.5) == Box(9, 7, 0.5)
    assert grown(Box(8, 6, 1), 0.5) == Box(9, 7, 1.5)
    path = polygon((-3, -4), (3, -4), (3, 4), (-3, 4))
    out = grown(path, 0.5)
    assert area(out) == pytest.approx(7 * 9, rel=1e-12)
    assert perimeter(out) == pytest.approx(2 * (7 + 9), rel=1e-12)
    assert extents(grown(path, -0.5)) == pytest.approx((7, 5))
    assert grown(out, -0.5) == path


def test_a_notch_is_let_in_outward_and_mitred_inward() -> None:
    """An L: five corners of 90 degrees out, one in; areas by hand."""
    ell = polygon((0, 0), (6, 0), (6, 2), (2, 2), (2, 5), (0, 5))
    assert sorted(corner_turns(ell)) == pytest.approx([-90, 90, 90, 90, 90, 90])
    for d in (0.4, -0.4):
        out = grown(ell, d)
        assert area(out) == pytest.approx((6 + 2 * d) * (2 + 2 * d) + (2 + 2 * d) * 3, rel=1e-9)
        assert perimeter(out) == pytest.approx(2 * (6 + 5) + 8 * d, rel=1e-9)


@pytest.mark.parametrize("cut", SIZES)
@pytest.mark.parametrize("d", STEPS)
def test_offsets_agree_with_an_indepenhump_one(cut: str, d: float) -> None:
    path, out = fancy(cut), grown(fancy(cut), d)
    ring = shapely.Polygon(points(path, deviation=1e-5))
    other = ring.buffer(d, quad_segs=200, join_style="mitre", mitre_limit=10)
    assert area(out) == pytest.approx(other.area, rel=5e-5)
    # The other way goes straight on from a polygon's last chord at a trimmed cleft.
    assert perimeter(out) == pytest.approx(other.length, rel=1.5e-3)
    mine = shapely.Polygon(points(out, deviation=1e-4))
    assert mine.is_valid
    assert mine.symmetric_difference(other).area < 2e-4 * other.area
    assert [len(loops(out)), loop_moments(loops(out)[0]).area] == pytest.approx(
        [1, area(out)], rel=1e-4
    )


@pytest.mark.parametrize("cut", SIZES)
def test_mitred_distance_is_level_on_every_parallel_curve(cut: str) -> None:
    for d in STEPS:
        ring = np.array(points(grown(fancy(cut), d), deviation=1e-3))
        assert mitred(fancy(cut), ring[:, 0], ring[:, 1]) == pytest.approx(d, abs=2e-3)


@pytest.mark.parametrize("cut", SIZES)
def test_a_grown_outline_holds_what_lies_no_further_out(cut: str) -> None:
    """Where the side a point lies on tells, its distance is not asked: the answers are those of the distance."""
    x, y = np.random.default_rng(7).uniform(-6.0, 6.0, (2, 4000))
    away = mitred(fancy(cut), x, y)
    for d in (*STEPS, np.linspace(-1.0, 1.0, len(x))):
        assert (within_grown(fancy(cut), d, x, y) == (away <= d)).all()
        assert within_grown(fancy(cut), d, x, y).any()


def test_an_offset_too_far_in_or_round_too_sharp_a_corner_is_refused() -> None:
    with pytest.raises(ValueError, match="leaves nothing"):
        grown(polygon((0, 0), (6, 0), (6, 1), (0, 1)), -0.6)
    with pytest.raises(ValueError, match=r"radius of curvature|leaves nothing"):
        grown(fancy("pear"), -3.2)
    needle = polygon((0, 0), (10, 0), (0, 1))
    with pytest.raises(ValueError, match="no mitre"):
        grown(needle, 0.1)
    two = Path((*needle.loops, *needle.loops))
    with pytest.raises(ValueError, match="several loops"):
        grown(two, 0.1)


def test_smooth_free_loops_open_by_two_pi() -> None:
    """A circle drawn as one arc and as four cubics."""
    k = 4 / 3 * math.tan(math.pi / 8)
    quarter = Cubic((1.0, 0.0), (1.0, k), (k, 1.0), (0.0, 1.0))
    turned = [
        Cubic(
            *[
                (c * p[0] - s * p[1], s * p[0] + c * p[1])
                for p in (quarter.p, quarter.a, quarter.b, quarter.q)
            ]
        )
        for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))
    ]
    for path, kind in (
        (Path(((Arc((0.0, 0.0), 1.0, 0.0, 360.0),),)), Path),
        (Path((tuple(turned),)), Offset),
    ):
        out = grown(path, 0.5)
        assert isinstance(out, kind)
        assert corner_turns(out) == ()
        assert perimeter(out) == pytest.approx(3 * math.pi, rel=3e-4)
        assert area(out) == pytest.approx(math.pi * 1.5**2, rel=6e-4)
        assert loop_length(loops(out)[0]) == pytest.approx(3 * math.pi, rel=5e-4)
        assert extents(out) == pytest.approx((3.0, 3.0), abs=1e-3)


def test_boxes_of_segments_are_exact() -> None:
    assert segment_box(Arc((0.0, 0.0), 2.0, -30.0, 120.0)) == (
        pytest.approx((-1.0, -1.0)),
        pytest.approx((2.0, 2.0)),
    )
    hump = Cubic((0.0, 0.0), (0.0, 4.0), (3.0, 4.0), (3.0, 0.0))
    assert segment_box(hump) == (pytest.approx((0.0, 0.0)), pytest.approx((3.0, 3.0)))
    assert reach(fancy("pear"))[1] == pytest.approx((-4.5, 4.5))


@pytest.mark.parametrize("cut", SIZES)
@pytest.mark.parametrize("k", [0.1, 10.0])
def test_girdle_lines_and_polygons_are_the_same_stone_at_any_size(cut: str, k: float) -> None:
    length, width = (k * size for size in SIZES[cut])
    path, ring = girdle_outline(cut, length, width), girdle_points(cut, length, width, 96)
    assert extents(path) == pytest.approx((length, width), rel=1e-6)
    line = shapely.LinearRing(points(path, deviation=1e-5 * k))
    assert max(shapely.distance(line, shapely.Point(p)) for p in ring) < 3e-4 * k
    assert inside(path, np.array([0.0]), np.array([0.0])).all()


def test_ovals_keep_their_own_offsets() -> None:
    assert grown(Oval(8, 8), 0.5) == Oval(9, 9)
    assert extents(grown(Oval(10, 8), 0.5)) == (11, 9)


def test_a_way_out_and_back_is_the_outline_itself() -> None:
    """0.1 + 0.2 and back by 0.3 leaves 6e-17: that is no offset, at a tip it would be one without a side."""
    tip = girdle_outline("pear", 10.0, 7.0)
    back = grown(grown(grown(tip, 0.1), 0.2), -0.3)
    assert back == tip


@pytest.mark.parametrize("d", [0.3, -0.3])
def test_a_smooth_loop_of_runs_and_bends_grows_to_one(d: float) -> None:
    """A stadium with a hump: radii change by the way out, by its opposite where the bend is hollow."""
    hump = 30.0
    reach = 4.0 * math.sin(math.radians(hump))
    top = (
        Line((3.0, 1.0), (reach, 1.0)),
        Arc((reach, 3.0), 2.0, -90.0, -90.0 - hump),
        Arc((0.0, 3.0 - 4.0 * math.cos(math.radians(hump))), 2.0, 90.0 - hump, 90.0 + hump),
        Arc((-reach, 3.0), 2.0, -90.0 + hump, -90.0),
        Line((-reach, 1.0), (-3.0, 1.0)),
    )
    ends = (Arc((-3.0, 0.0), 1.0, 90.0, 270.0), Arc((3.0, 0.0), 1.0, -90.0, 90.0))
    loop = (*top, ends[0], Line((-3.0, -1.0), (3.0, -1.0)), ends[1])
    path = Path((loop,))
    out = grown(path, d)
    assert isinstance(out, Path)
    assert all(type(a) is type(b) for a, b in zip(out.loops[0], loop, strict=True))
    assert perimeter(out) == pytest.approx(perimeter(path) + 2 * math.pi * d)
    assert area(out) == pytest.approx(area(path) + d * perimeter(path) + math.pi * d * d)
    for a, b in zip(out.loops[0], (*out.loops[0][1:], out.loops[0][0]), strict=True):
        assert math.dist(a.at(1.0), b.at(0.0)) < 1e-9
