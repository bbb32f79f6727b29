"""Stones in hand re-cut what holds them; seats that are drilled are listed whole."""

import math

import pytest

from jewelgen.bench.plan import plan
from jewelgen.catalog.stones import parse_stone
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.findings import CatalogError


def made(root, name, **values):
    piece = compose(resolve(load(root / f"designs/{name}.toml"), values or None, made="handmade"))
    return piece, plan(piece)


def figures(row):
    return {figure.name: figure.value for figure in row.figures}


def test_a_measured_girdle_and_pavilion_are_kept():
    stone = parse_stone("round garnet 6.1x6.0x3.7 girdle 0.25 culet 2.7")
    assert (stone.girdle, stone.pavilion, stone.crown) == pytest.approx((0.25, 2.7, 0.75))
    long = parse_stone(
        {"cut": "round", "of": "garnet", "size": "6.1x6.0x3.7", "girdle": 0.25, "pavilion": 2.7}
    )
    assert long == stone
    alone = parse_stone("round garnet 6x6x3.7 girdle 0.5")
    usual = parse_stone("round garnet 6x6x3.7")
    assert alone.girdle == 0.5
    assert alone.crown / alone.pavilion == pytest.approx(usual.crown / usual.pavilion)
    assert alone.crown + alone.girdle + alone.pavilion == pytest.approx(3.7)


@pytest.mark.parametrize(
    "text",
    [
        "oval cab onyx 10x8x4 girdle 5",
        "oval cab onyx 10x8x4 culet 1",
        "round garnet 6x6x3.7 girdle 1 girdle 2",
    ],
)
def test_heights_that_no_stone_has_are_refused(text):
    with pytest.raises(CatalogError, match="JG141"):
        parse_stone(text)


def test_a_stone_in_hand_re_cuts_bezel_and_height(root):
    _, usual = made(root, "09_bezel_cab_ring")
    _, own = made(
        root, "09_bezel_cab_ring", **{"head.stone": "oval cab turquoise 10.12x8.05x4.1 girdle 1.2"}
    )
    before, after = (
        next(line.blank for line in p.cut_list if line.part == "head.wall") for p in (usual, own)
    )
    # ellipse perimeter by Ramanujan, clearance and half the wall added all round
    a, b = 10.12 / 2, 8.05 / 2
    around = math.pi * (3 * (a + b) - math.sqrt((3 * a + b) * (a + 3 * b)))
    wall = after.stock.wanted[1]
    assert after.net[0] == pytest.approx(around + 2 * math.pi * (0.05 + wall / 2), abs=0.02)
    assert after.net[0] > before.net[0] + 0.2
    # the rim follows the curve: 1.2 + 2.9 sqrt(1 - ((b - 0.3) / b)^2), to a tenth
    high = 1.2 + 2.9 * math.sqrt(1 - ((b - 0.3) / b) ** 2)
    assert figures(own.settings[0])["wall height"] == pytest.approx(high, abs=0.05)


def test_a_pave_row_is_listed_to_drill_and_bead(root):
    piece, made_plan = made(root, "07_pave_band")
    row, stone = made_plan.settings[0], piece.stones[0]
    said, n = figures(row), stone.array.n
    radius = math.hypot(*(stone.at.then(stone.array.frames()[0]).origin[i] for i in (0, 2)))
    assert said["pitch along the row"] == pytest.approx(2 * radius * math.sin(math.pi / n))
    assert said["gap between stones"] == pytest.approx(said["pitch along the row"] - stone.width)
    assert said["beads"] == 2 * n
    # what lies over, in and under the culet is the thickness of the band
    outer = radius + said["girdle under the surface"] + stone.girdle
    assert said["seat to the culet"] + said["metal under the culet"] == pytest.approx(
        outer - piece.bore / 2, abs=0.02
    )
    assert row.tools[0] == f"drill {said['drill']:.2f} x {n}"


def test_a_tube_says_how_deep_to_bur(root):
    piece, made_plan = made(root, "10_tube_set_ring")
    said = figures(made_plan.settings[0])
    tube, stone = piece.part("head.tube"), piece.stones[0]
    rim = tube.at.origin[2] + tube.form.length
    assert said["girdle under the rim"] == pytest.approx(rim - stone.at.origin[2] - stone.girdle)
    assert said["culet clear of the metal below"] > 0.1
