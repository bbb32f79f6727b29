"""Tubes, stones side by side and halos: they hold, they clear each other, they are carried."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.flat.outline import grown, inside, points
from jewelgen.piece.form import Plate, Tube
from jewelgen.piece.girdles import girdle_outline
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece, groups
from jewelgen.rules import check
from jewelgen.rules.places import stone_copies

RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "18k white", "size": "US 6"}
SHANK = {"kind": "court", "width": 3.0, "thick": 1.8}


def ring(**more: Any) -> Piece:
    return compose(brief_from({**RING, "shank": SHANK, **more}))


def halo(centre: float = 6.0, prongs: int = 4, **more: Any) -> Piece:
    head = {"kind": "prong", "prongs": prongs, "stone": f"round diamond {centre}", "lift": 1.6}
    return ring(head=head, halo={"stone": "round diamond 1.3", **more})


def three(big: float = 5.5, gap: float = 0.15, size: str = "US 6", **more: Any) -> Piece:
    heads = {
        "centre": {"kind": "prong", "prongs": 4, "stone": f"round sapphire {big}", "lift": 1.4},
        "sides": {
            "like": "head.centre", "beside": "head.centre", "gap": gap,
            "stone": f"round diamond {0.72 * big:.1f}", "lift": 1.0, **more,
        },
    }  # fmt: skip
    return ring(head=heads, size=size)


def tube(**more: Any) -> Piece:
    return ring(head={"kind": "tube", "stone": "round garnet 3.0x3.0x1.8", "tube": {}, **more})


def test_a_tube_follows_its_stone_and_is_sold() -> None:
    form = tube(made="handmade").part("head.tube").form
    assert isinstance(form, Tube)
    assert (form.od, form.id) == pytest.approx((3.5, 2.7))


@pytest.mark.parametrize("foot", [0.0, 0.7])
def test_a_tube_stands_joined_and_clear_of_its_stone(foot: float) -> None:
    piece = tube(foot=foot)
    assert len(groups(piece)) == 1
    assert {i.code for i in check(piece, "cautious")} <= {"JG200", "JG212"}
    assert shared_pairs(piece)["shank", "head.foot" if foot else "head.tube"] > 0.2


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"tube": {"od": 3.2, "id": 2.5}}, "head.tube.od"),
        ({"tube": {"od": 3.5, "id": 2.9}}, "head.tube.id"),
        ({"tall": 1.2}, "head.tall"),
    ],
)
def test_tubes_that_do_not_hold_name_the_size_that_does(given: dict[str, Any], key: str) -> None:
    with pytest.raises(DesignError) as caught:
        tube(**given)
    (item,) = caught.value.findings
    assert item.code == "JG234"
    assert item.fix is not None
    assert item.fix.key == key
    word = key.rpartition(".")[2]
    value = float(item.fix.value)
    mended = {"tall": value} if word == "tall" else {"tube": {**given["tube"], word: value}}
    assert tube(**mended).stones


@pytest.mark.parametrize("big", [4.5, 5.5, 6.5])
@pytest.mark.parametrize("size", ["US 4", "US 9"])
def test_girdles_beside_each_other_clear_by_the_gap(big: float, size: str) -> None:
    piece = three(big, 0.15, size)
    middle, *sides = [np.array(copy.rim) for copy in stone_copies(piece)]
    for side in sides:
        apart = float(np.linalg.norm(middle[:, None] - side[None], axis=2).min())
        assert apart > 0.149
        turns = [np.sort(np.abs(np.arctan2(rim[:, 0], rim[:, 2]))) for rim in (middle, side)]
        edge = turns[1][0] - turns[0][-1]
        nearest = min(float(np.hypot(rim[:, 0], rim[:, 2]).min()) for rim in (middle, side))
        assert edge * nearest == pytest.approx(0.15, abs=0.04)


def test_the_pair_is_mirrored() -> None:
    piece = three()
    right, left = piece.part("head.sides.right.prong"), piece.part("head.sides.left.prong")
    tips = [
        {tuple(np.round(p.at.then(f).point((0.3, 0.1, 2.0)), 6)) for f in p.array.frames()}
        for p in (right, left)
    ]
    assert {(-x + 0.0, y, z) for x, y, z in tips[0]} == tips[1]
    assert len(groups(piece)) == 1


@pytest.mark.parametrize("stone", [5.0, 5.5, 6.0, 6.5, 7.0])
def test_halos_close_up_between_the_prongs(stone: float) -> None:
    piece = halo(stone)
    row = piece.stones[1]
    places = np.array([f.origin[:2] for f in row.array.frames()])
    assert len(places) % 4 == 0
    chords = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(chords, math.inf)
    nearest = chords.min(axis=1)
    assert nearest.min() > 1.3 + 0.15 - 1e-9
    # every stone has both its neighbours near, over a prong too
    assert np.sort(chords, axis=1)[:, 1].max() < 1.3 + 0.15 + 0.3
    radii = np.hypot(*places.T)
    assert radii.max() - radii.min() < 1e-3
    assert 0.15 - 1e-3 <= radii.min() - stone / 2 - 0.65 <= 0.66


@pytest.mark.parametrize("prongs", [4, 6])
def test_nothing_speaks_against_a_halo(prongs: int) -> None:
    piece = halo(prongs=prongs)
    assert [item.message for item in check(piece, "cautious")] == []
    assert len(groups(piece)) == 1
    assert shared_pairs(piece)["head.prong", "halo.dish"] > 1.0


OUTLINES = {
    "oval": "8x6", "pear": "8x5", "marquise": "9x4.5", "heart": "6.5", "trillion": "6", "princess": "5",
    "cushion": "6", "emerald": "7x5", "asscher": "5.5", "radiant": "7x5", "baguette": "6x3",
}  # fmt: skip


@pytest.mark.parametrize("small", ["1.0", "1.2"])
@pytest.mark.parametrize("cut", OUTLINES)
def test_halos_go_round_every_outline_that_prongs_hold(cut: str, small: str) -> None:
    head = {"kind": "prong", "stone": f"{cut} diamond {OUTLINES[cut]}"}
    piece = ring(head=head, halo={"stone": f"round diamond {small}"})
    assert len(groups(piece)) == 1
    row = np.array([f.origin for f in piece.stones[-1].array.frames()])
    apart = np.linalg.norm(row[:, None] - row[None], axis=2)
    np.fill_diagonal(apart, math.inf)
    assert apart.min() > float(small) + 0.15 - 1e-6


@pytest.mark.wide
@pytest.mark.parametrize("cut", OUTLINES)
def test_nothing_speaks_against_halos_round_other_outlines(cut: str) -> None:
    head = {"kind": "prong", "stone": f"{cut} diamond {OUTLINES[cut]}"}
    piece = ring(head=head, halo={"stone": "round diamond 1.2"})
    assert [item.message for item in check(piece, "cautious")] == []


def test_a_pears_dish_points_where_the_pear_does() -> None:
    """Drawn upside down, it must not be turned end for end: no metal in the stone's room."""
    piece = ring(
        head={"kind": "prong", "stone": "pear diamond 8x5"}, halo={"stone": "round diamond 1.2"}
    )
    dish = piece.part("halo.dish")
    assert isinstance(dish.form, Plate)
    hole = dish.form.holes[0][2]
    stone = piece.stones[0]
    rim = np.array(points(grown(girdle_outline("pear", 8, 5), -0.05), 90))
    world = [stone.at.point((x, y, 0.0)) for x, y in rim]
    local = np.array([dish.at.local(p) for p in world])
    assert inside(hole, local[:, 0], local[:, 1]).all()


@pytest.mark.parametrize("centre", [5.0, 6.0, 7.0])
@pytest.mark.parametrize("prongs", [4, 6])
def test_beads_of_a_halo_stand_clear_of_its_prongs(centre: float, prongs: int) -> None:
    """Over a prong stones share an outer bead alone: an inner one would stand in the prong."""
    piece = halo(centre, prongs)
    prong, (mark,) = piece.part("head.prong"), piece.marks
    bulge = max(x for x, _, _ in prong.form.rail.points)
    out = bulge + max(section.d for _, section in prong.form.stations) / 2
    beads = np.array([mark.at.then(place).origin[:2] for place in mark.array.frames()])
    for place in prong.array.frames():
        at = np.array(prong.at.then(place).origin[:2])
        aim = at / np.linalg.norm(at)
        along, aside = beads @ aim, beads @ (-aim[1], aim[0])
        near = (along > 0) & (abs(aside) < mark.form.d)
        assert np.all(along[near] - mark.form.d / 2 > np.linalg.norm(at) + out)


def test_a_halo_needs_a_girdle() -> None:
    with pytest.raises(DesignError) as caught:
        ring(halo={"stone": "round diamond 1.3", "on": "shank.top"})
    assert caught.value.findings[0].code == "JG235"


def test_stones_too_large_for_the_room_are_refused_with_some_that_are_not() -> None:
    head = {"kind": "prong", "prongs": 8, "stone": "round diamond 6", "wire": 1.8}
    with pytest.raises(DesignError) as caught:
        ring(head=head, halo={"stone": "round diamond 2.8"})
    (item,) = caught.value.findings
    assert item.code == "JG235"
    assert item.fix is not None
    assert ring(head=head, halo={"stone": item.fix.value.strip('"')}).stones
