"""Prong heads on stones with points: Vs over the points, prongs evenly between, rings bent round, masters open."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from jewelgen.bench.prongs import prong_figures
from jewelgen.cast.chain import Allowance
from jewelgen.cast.master import master_piece
from jewelgen.catalog.stones import parse_stone
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.flat.outline import Path, points
from jewelgen.flat.runs import corners
from jewelgen.flat.soft import softened
from jewelgen.kinds.prong_places import counts, places
from jewelgen.piece.bodies import solids, to_world
from jewelgen.piece.girdles import girdle_outline
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece
from jewelgen.rules import points as points_rule
from jewelgen.rules.held import findings as held
from jewelgen.rules.metal_in_stone import findings as metal_in_stone
from jewelgen.rules.seat_metal import findings as seat_metal

RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "18k yellow", "size": "US 7"}
POINTED = {
    "pear diamond 8x5": 1, "marquise ruby 10x5": 2, "trillion sapphire 6x6": 3, "heart ruby 6x6": 1,
    "princess diamond 5.5": 4, "baguette diamond 5x3": 4,
}  # fmt: skip


def head(stone: str, **more: Any) -> Piece:
    shank = {"kind": "d", "width": 3.0, "thick": 1.5}
    block = {"kind": "prong", "stone": stone, **more}
    return compose(brief_from({**RING, "shank": shank, "head": block}))


def vees(piece: Piece) -> Piece:
    """The stone and what stands over its points alone: cheaper to probe."""
    part = piece.part("head.point")
    held_by = replace(piece.stones[0], held_by=(part.name,))
    cuts = tuple(cut for cut in piece.cuts if part.name in cut.on)
    return replace(piece, parts=(part,), joints=(), cuts=cuts, stones=(held_by,))


@pytest.mark.parametrize("stone", POINTED)
def test_a_v_stands_over_every_point_and_out_of_the_stone(stone: str) -> None:
    piece = vees(head(stone))
    assert piece.part("head.point").array.n == POINTED[stone]
    for rule in (metal_in_stone, seat_metal, points_rule.findings):
        assert not list(rule(piece, "cautious"))


def test_vs_are_let_into_both_rings_and_the_stone_is_held() -> None:
    piece = head("pear diamond 8x5", prongs=3)
    assert not list(held(piece, "cautious"))
    shared = shared_pairs(piece)
    for prong in ("prong", "point"):
        assert min(shared[f"head.{prong}", f"head.{ring}"] for ring in ("gallery", "base")) > 0.05


def test_bare_points_and_thin_walls_are_found() -> None:
    piece = head("pear diamond 8x5")
    bare = replace(piece, stones=(replace(piece.stones[0], held_by=("head.prong",)),))
    assert [item.code for item in points_rule.findings(bare, "cautious")] == ["JG237"]
    thin = head("pear diamond 8x5", wall=0.4)
    assert [item.code for item in points_rule.findings(thin, "cautious")] == ["JG238"]


@pytest.mark.parametrize(
    ("stone", "allowed"),
    [
        ("pear diamond 8x5", (3, 4, 5, 6, 7, 8)),
        ("marquise diamond 10x5", (4, 6, 8)),
        ("trillion diamond 6x6", (3, 6)),
        ("heart ruby 6x6", (3, 5, 7)),
        ("princess diamond 5.5", (4,)),
        ("emerald cut emerald 8x6", (4, 8)),
        ("cushion sapphire 7x6", (4, 6, 8)),
        ("oval sapphire 8x6", (3, 4, 5, 6, 7, 8)),
    ],
)
def test_prongs_are_as_many_on_every_side_and_alike_left_and_right(
    stone: str, allowed: tuple[int, ...]
) -> None:
    spec = parse_stone(stone)
    assert counts(spec, vees=True) == allowed
    assert spec.prongs in allowed
    for n in allowed:
        found = places(spec, n, vees=True)
        frames = [
            f
            for array in (found.rounds, found.sides, found.points)
            if array
            for f in array.frames()
        ]
        assert len(frames) == n
        there = {(round(f.origin[0], 3), round(f.origin[1], 3)) for f in frames}
        if n % 2 == 0 or spec.outline != "oval":
            assert {(-x + 0.0, y) for x, y in there} == {(x + 0.0, y) for x, y in there}


def test_other_numbers_are_refused_with_the_nearest_that_stands() -> None:
    with pytest.raises(DesignError) as caught:
        head("heart ruby 6x6", prongs=4)
    (item,) = caught.value.findings
    assert (item.code, item.allowed, item.fix.value if item.fix else "") == (
        "JG236",
        "3 or 5 or 7",
        "3",
    )


@pytest.mark.parametrize("cut", ["pear", "marquise", "trillion", "heart"])
@pytest.mark.parametrize("d", [0.3, -0.4])
def test_a_ring_runs_beside_the_girdle_and_bends_round_its_points(cut: str, d: float) -> None:
    girdle = girdle_outline(cut, 7.0, 6.0)
    assert isinstance(girdle, Path)
    ring = softened(girdle.loops[0], d, 0.5)
    assert not corners(ring.loops[0])  # wire is never folded
    line, edge = np.array(points(ring)), np.array(points(girdle, deviation=0.0005))
    away = np.linalg.norm(line[:, None] - edge[None], axis=2).min(axis=1)
    on = np.abs(away - abs(d)) < 0.02
    assert on.mean() > 0.3
    assert (away >= abs(d) - 0.06).all() or d > 0


def test_the_master_of_a_v_is_open_to_its_top() -> None:
    """Stone and V in the master: the point comes down between two upright walls."""
    piece = master_piece(head("pear diamond 8x5"), Allowance(0.05, 0.05, 0.5))
    stone = piece.stones[0]
    vee = next(s for s in solids(piece) if s.part == "head.point")
    z = np.linspace(0.0, 2.0, 60)
    tip = np.column_stack((0 * z, 0 * z + stone.length / 2 - 0.02, z))
    assert not vee.contains(to_world(stone.at, tip)).any()
    wall = tip + np.array((0.0, 0.5, 0.0))
    assert vee.contains(to_world(stone.at, wall))[:40].all()


def test_the_bench_files_a_v_open_and_bends_it_last() -> None:
    piece = head("marquise diamond 10x5")
    piece = replace(piece, parts=tuple(replace(part, made="handmade") for part in piece.parts))
    names = {item.name: item.value for item in prong_figures(piece, piece.stones[0])}
    # Two arcs of radius (l2 + w2) / 4w meet at twice the angle whose sine is l / 2 over it.
    angle = 2 * math.degrees(math.asin(10 / 2 / ((100 + 25) / 20)))
    assert names["V, angle of the cut"] == pytest.approx(angle, abs=0.01)
    assert names["V, walls"] == pytest.approx(0.62, abs=0.08)
    assert names["V, bar before trimming"] > 4.0
