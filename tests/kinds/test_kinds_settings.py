"""Prong and bezel settings: numbers of the bench plan, claws on crowns, nothing in the stone but its seat."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from jewelgen.bench.bezels import strip_length
from jewelgen.catalog.packs import limit, packs
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.flat.outline import area, corner_turns, extents, grown, perimeter
from jewelgen.piece.bodies import solids, to_world
from jewelgen.piece.form import Bar, Plate, Tube, Wall
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.metal import shared_pairs, total_mm3
from jewelgen.piece.piece import Piece
from jewelgen.piece.rail import at
from jewelgen.piece.section import thickness
from jewelgen.rules.metal_in_stone import findings as metal_in_stone
from jewelgen.rules.registry import check
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize
from jewelgen.units import bs_gauge_mm

RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "18k yellow", "size": "US 7"}
BENCH = {
    "kind": "bezel",
    "stone": "oval cab turquoise 10x8x4",
    "turned": "90 deg",
    "wall": "28 ga",
    "floor": "20 ga",
    "flat": 0.5,
}


def ring(head: dict[str, Any], **more: Any) -> Piece:
    shank = {"kind": "d", "width": 3.0, "thick": 1.5}
    return compose(brief_from({**RING, "shank": shank, "head": head, **more}))


def prong(**more: Any) -> Piece:
    return ring({"kind": "prong", "stone": "round diamond 6.5", **more})


def bezel_of(piece: Piece) -> tuple[Wall, Plate]:
    wall, floor = piece.part("head.wall").form, piece.part("head.floor").form
    assert isinstance(wall, Wall)
    assert isinstance(floor, Plate)
    return wall, floor


def test_the_bezel_of_the_bench_plan() -> None:
    wall, floor = bezel_of(ring(BENCH))
    assert round(perimeter(grown(wall.outline, wall.gap + wall.t / 2)), 1) == 29.7
    assert wall.height == 2.0
    assert [round(x, 2) for x in extents(floor.outline)] == [10.74, 8.74]
    assert floor.t == pytest.approx(0.81, abs=0.005)
    assert wall.lean == pytest.approx(0.05 + 0.30, abs=0.02)


def test_the_alloy_of_a_bezel_names_its_wall() -> None:
    piece = ring({**BENCH, "alloy": "fine silver"}, alloy="sterling", made="handmade")
    assert piece.part("head.wall").alloy == "silver_fine"
    assert piece.part("head.floor").alloy == "silver_925"


def test_the_cup_sits_on_its_flat() -> None:
    piece = ring(BENCH)
    assert piece.part("head.floor").at.origin[2] == pytest.approx(piece.bore / 2 + 1.5 - 0.5)
    seat = next(j for j in piece.joints if j.fit.word == "flat")
    assert (seat.a, seat.b, seat.fit.depth) == ("head.floor", "shank", 0.5)
    assert shared_pairs(piece)["shank", "head.floor"] > 1.0


@pytest.mark.parametrize(("turned", "along"), [("90 deg", (0, 1, 0)), ("0 deg", (1, 0, 0))])
def test_turned_says_where_the_long_axis_lies(turned: str, along: tuple[int, int, int]) -> None:
    stone = ring({**BENCH, "turned": turned}).stones[0]
    assert np.abs(stone.at.y) == pytest.approx(np.array(along), abs=1e-12)


@pytest.mark.parametrize("size", ["8x6", "10x8x4", "18x13", "30x22", "12x12x5"])
def test_a_closed_rim_lies_on_the_stone_and_not_in_it(size: str) -> None:
    cut = "round" if size.startswith("12") else "oval"
    piece = ring({"kind": "bezel", "stone": f"{cut} cab turquoise {size}"})
    wall, _ = bezel_of(piece)
    assert not list(metal_in_stone(piece, "cautious"))
    stone = piece.stones[0]
    solid = next(s for s in solids(piece) if s.part == "head.wall")
    z = wall.height - 1e-6
    edge = stone.width / 2 + wall.gap - wall.lean
    near = np.array([(edge + 0.02, 0.0, z), (edge - 0.02, 0.0, z)])
    assert list(solid.contains(to_world(stone.at, near))) == [True, False]
    assert stone.width / 2 - edge > 0.1  # it closes over the stone


@pytest.mark.parametrize("n", range(3, 9))
@pytest.mark.parametrize("stone", ["round diamond 3.0", "round diamond 6.5", "oval sapphire 8x6"])
def test_prongs_touch_the_crown_and_stay_out_of_the_stone(n: int, stone: str) -> None:
    piece = ring({"kind": "prong", "stone": stone, "prongs": n})
    assert piece.part("head.prong").array.n == n
    assert not list(metal_in_stone(piece, "cautious"))
    assert min(_tip_gaps(piece)) < 0.12


def _tip_gaps(piece: Piece) -> list[float]:
    """How far each tip's ball is from the stone, by the greatest plane distance (a lower bound)."""
    part, stone = piece.part("head.prong"), piece.stones[0]
    assert isinstance(part.form, Bar)
    tip = at(part.form.rail, np.array([1.0]))[0][0]
    vertices, faces = polyhedron(stone)
    found = []
    for place in part.array.frames():
        x = np.array(stone.at.local(part.at.then(place).point(tuple(tip))))
        away = []
        for face in faces:
            a, b, c = (vertices[i] for i in face[:3])
            normal = np.cross(b - a, c - a)
            away.append(float((x - a) @ normal / np.linalg.norm(normal)))
        found.append(max(away) - thickness(part.form.stations[-1][1]) / 2)
    return found


def test_prongs_taper_lean_and_end_round() -> None:
    form = prong().part("head.prong").form
    assert isinstance(form, Bar)
    assert form.end == "dome"
    first, middle, last = (thickness(s) for _, s in form.stations)
    assert last < first < middle
    points, _ = at(form.rail, np.linspace(0, 1, 41))
    assert points[0][0] < -1.0 < 0.0 < points[:, 0].max()  # out from the base to the girdle
    assert points[-1][0] < 0.0  # and in again over the crown
    assert (np.diff(points[:, 2]) > 0).all()


def test_the_head_sits_low_with_its_culet_clear_of_the_shank() -> None:
    piece = prong(lift=0.4)
    stone = piece.stones[0]
    culet = stone.at.point((0.0, 0.0, -stone.pavilion))
    assert culet[2] == pytest.approx(piece.bore / 2 + 1.5 + 0.4)


def test_the_notch_takes_at_most_a_quarter_of_the_prong() -> None:
    piece = prong()
    form, stone = piece.part("head.prong").form, piece.stones[0]
    assert isinstance(form, Bar)
    points, _ = at(form.rail, np.linspace(0, 0.8, 2001))
    low = piece.part("head.prong").at.local(stone.at.origin)[2] + stone.girdle / 2
    s = float(np.interp(low, points[:, 2], points[:, 0]))
    wire = thickness(form.stations[1][1])
    assert 0.15 < (0.03 - (s - wire / 2)) / wire <= 0.26


def test_heads_stand_alike_left_and_right() -> None:
    for n in (3, 4, 5, 6, 8):
        frames = prong(prongs=n).part("head.prong").array.frames()
        right = {(round(f.origin[0], 6) + 0.0, round(f.origin[1], 6) + 0.0) for f in frames}
        assert right == {(-x + 0.0, y) for x, y in right}


def test_ovals_have_prongs_at_equal_steps_of_arc() -> None:
    piece = ring({"kind": "prong", "stone": "oval sapphire 9x6", "prongs": 4})
    corners = {
        tuple(abs(round(x, 6)) for x in f.origin[:2])
        for f in piece.part("head.prong").array.frames()
    }
    assert len(corners) == 1
    assert next(iter(corners))[0] < 3.0


def test_a_base_that_folds_over_itself_is_refused() -> None:
    with pytest.raises(DesignError) as caught:
        ring({"kind": "prong", "stone": "oval sapphire 14x7", "prongs": 4, "base": 1.0})
    assert caught.value.findings[0].code == "JG233"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ({"kind": "wire-prong", "stone": "pear cab turquoise 10x8x4"}, "cannot be held"),
        ({"kind": "bezel", "stone": "round diamond 6.5"}, "cannot be held"),
    ],
)
def test_a_setting_takes_only_stones_it_holds(head: dict[str, Any], said: str) -> None:
    with pytest.raises(DesignError, match=said):
        ring(head)


def test_gauges_are_those_of_the_trade() -> None:
    wall, floor = bezel_of(ring(BENCH))
    assert wall.t == pytest.approx(bs_gauge_mm(28), abs=1e-9)
    assert floor.t == pytest.approx(bs_gauge_mm(20), abs=1e-9)


@pytest.mark.parametrize("stone", ["princess diamond 3.0", "princess diamond 5.5", "cushion sapphire 7x6", "cushion ruby 12x10"])  # fmt: skip
def test_square_stones_have_a_prong_on_each_corner_and_stay_clear_of_them(stone: str) -> None:
    piece = ring({"kind": "prong", "stone": stone, "prongs": 4})
    word = "head.point" if stone.startswith("princess") else "head.prong"
    part, gem = piece.part(word), piece.stones[0]
    vertices, _ = polyhedron(gem)
    girdle = vertices[np.abs(vertices[:, 2]) < 1e-6][:, :2]
    for frame in part.array.frames():
        assert np.linalg.norm(girdle - frame.origin[:2], axis=1).min() < 0.05 * gem.width
        assert abs(frame.origin[0] * frame.x[0]) > 0.0
        assert abs(frame.x[0]) == pytest.approx(abs(frame.x[1]))
    assert not list(metal_in_stone(piece, "cautious"))
    shared = shared_pairs(piece)
    assert min(shared[word, "head.gallery"], shared[word, "head.base"]) > 0.2


def test_corners_left_bare_are_refused() -> None:
    with pytest.raises(DesignError) as caught:
        ring({"kind": "prong", "stone": "princess diamond 5.5", "prongs": 6})
    (item,) = caught.value.findings
    assert (item.code, item.fix.value if item.fix else "") == ("JG236", "4")


FREE = (
    "pear cab turquoise 12x8x4", "marquise cab opal 14x7", "square cab onyx 8x8x4", "cushion cab garnet 10x8",
)  # fmt: skip


@pytest.mark.parametrize("stone", FREE)
def test_a_bezel_folds_round_stones_with_points(stone: str) -> None:
    """The strip is Steiner's with a mitre term a corner; the closed rim rests on the stone, outside it."""
    piece = ring({**BENCH, "stone": stone})
    wall, floor = bezel_of(piece)
    step = wall.gap + wall.t / 2
    turns = [math.radians(turn) for turn in corner_turns(wall.outline)]
    opening = 2 * math.pi + sum(2 * math.tan(turn / 2) - turn for turn in turns)
    assert perimeter(grown(wall.outline, step)) == pytest.approx(
        perimeter(wall.outline) + opening * step
    )
    assert strip_length(wall.outline, wall.t, wall.gap) == pytest.approx(
        perimeter(grown(wall.outline, step))
    )
    assert area(floor.outline) == pytest.approx(area(grown(wall.outline, wall.gap + wall.t)))
    assert not list(metal_in_stone(piece, "cautious"))
    assert shared_pairs(piece).get(("head.wall", "head.floor"), 0.0) < 1e-3


@pytest.mark.parametrize("stone", FREE[:3])
def test_the_kernel_builds_what_a_folded_bezel_weighs(stone: str) -> None:
    pendant = {**RING, "piece": "pendant", "body": {"kind": "bezel", "stone": stone}}
    del pendant["size"]
    piece = compose(brief_from(pendant))
    model = realize(piece, quality=Quality.PREVIEW)
    made = sum(body.volume_mm3 for body in model.bodies)
    assert made == pytest.approx(total_mm3(piece), rel=0.001)


CUPS = {
    "bezel": {"kind": "bezel", "stone": "oval cab turquoise 10x8x4"},
    "tube": {"kind": "tube", "stone": "round garnet 4"},
}


@pytest.mark.parametrize("head", CUPS)
@pytest.mark.parametrize("pack", packs())
def test_a_cast_head_is_as_thick_as_its_house_casts(head: str, pack: str) -> None:
    thin = [item for item in check(ring(CUPS[head], pack=pack), pack) if item.code == "JG200"]
    assert not thin


def test_walls_of_heads_follow_how_the_block_is_made() -> None:
    """A strip by the stone's largest measure for the bench, the house's least wall for the caster."""
    by_hand = ring(CUPS["bezel"], made="handmade")
    hybrid = ring({**CUPS["bezel"], "made": "handmade"})
    assert [bezel_of(p)[0].t for p in (by_hand, hybrid, ring(CUPS["bezel"]))] == [0.32, 0.32, 0.8]
    explicit = ring({**CUPS["bezel"], "wall": 0.32})
    (found,) = (item for item in check(explicit, "cautious") if item.code == "JG200")
    assert found.fix is not None
    assert found.fix.value == "0.8"


def test_a_cast_tube_keeps_the_house_s_wall_round_its_stone() -> None:
    tube = ring(CUPS["tube"]).part("head.tube").form
    assert isinstance(tube, Tube)
    assert tube.od - 4.0 == pytest.approx(2 * limit("wall_min").value)
