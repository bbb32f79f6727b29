"""Prongs over pear and marquise cabochons: a V over every point, claws along the sides, all of them on the dome."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from jewelgen.bench.plan import plan
from jewelgen.bench.prongs import prong_figures
from jewelgen.cast.chain import Allowance
from jewelgen.cast.master import master_piece
from jewelgen.catalog.stones import parse_stone
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.kinds.prong_places import counts
from jewelgen.piece.bodies import solids, to_world
from jewelgen.piece.cabochon import rings
from jewelgen.piece.form import Bar
from jewelgen.piece.metal import metal, shared_pairs
from jewelgen.piece.piece import Piece
from jewelgen.piece.rail import axes
from jewelgen.piece.section import thickness
from jewelgen.piece.stone import Stone
from jewelgen.piece.volume import volume
from jewelgen.rules.registry import check
from jewelgen.solid import occ_solids
from jewelgen.solid.forms import form_shape
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize

RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "18k yellow", "size": "US 7"}
SHANK = {"kind": "flat", "width": 3.0, "thick": 1.8}
POINTS = {
    "pear cab turquoise 12x8x4": 1, "pear cab onyx 8x5x3": 1, "marquise cab turquoise 12x6x4": 2,
    "marquise cab onyx 20x10x5": 2,
}  # fmt: skip
USUAL = ("pear cab onyx 8x5x3", "marquise cab turquoise 12x6x4")  # that a usual run makes
STONES = [pytest.param(stone, marks=() if stone in USUAL else pytest.mark.wide) for stone in POINTS]
ALLOWANCE = Allowance(0.05, 0.05, 0.5)


def ring(stone: str, kind: str = "prong", made: str = "cast", **more: Any) -> Piece:
    head = {"kind": kind, "stone": stone, **more}
    return compose(brief_from({**RING, "made": made, "shank": SHANK, "head": head}))


def dome(gem: Stone, shrunk: float = 1.0) -> np.ndarray:
    """Points of the dome's surface in the piece's coordinates, drawn together about the stone's middle."""
    points, _ = rings(gem, 720, 120)
    middle = np.array((*points[-1][:2], gem.depth / 2))
    return to_world(gem.at, middle + shrunk * (points - middle))


@pytest.mark.parametrize("stone", STONES)
def test_a_v_stands_over_every_point_and_all_hold_the_stone(stone: str) -> None:
    piece = ring(stone)
    assert not check(piece)
    assert piece.part("head.point").array.n == POINTS[stone]
    shared, names = shared_pairs(piece), piece.stones[0].held_by
    assert names[-1] == "head.point"
    for name in names:
        assert min(shared[name, f"head.{word}"] for word in ("gallery", "base")) > 0.05


@pytest.mark.parametrize("stone", STONES)
def test_tips_lie_on_the_dome_and_no_metal_in_it(stone: str) -> None:
    for n in counts(parse_stone(stone), vees=True)[::2]:
        piece = ring(stone, prongs=n)
        (gem,), skin = piece.stones, dome(piece.stones[0])
        for part in piece.parts:
            if part.role != "prong" or not isinstance(part.form, Bar):
                continue
            (end,) = axes(part.form.rail, np.array((1.0,)))[0].tolist()
            tip = part.at.then(part.array.frames()[0]).point((end[0], end[1], end[2]))
            off = float(np.linalg.norm(skin - tip, axis=1).min())
            wire = thickness(part.form.stations[1][1])
            assert -0.01 < off - thickness(part.form.stations[-1][1]) / 2 < 0.07 * wire
        inner = dome(gem, 0.99)
        assert not any(s.contains(inner).any() for s in solids(piece) if s.part != "shank"), n


def test_the_v_reaches_in_over_the_point() -> None:
    piece = ring("pear cab turquoise 12x8x4")
    (gem,) = piece.stones
    vee = next(s for s in solids(piece) if s.part == "head.point")
    z = np.linspace(gem.girdle, gem.depth + 1.0, 200)
    over = np.column_stack((0 * z, 0 * z + gem.length / 2 - 0.3, z))
    assert vee.contains(to_world(gem.at, over)).any()


def test_the_master_of_a_v_is_open_to_its_top() -> None:
    piece = master_piece(ring("pear cab turquoise 12x8x4"), ALLOWANCE)
    (gem,) = piece.stones
    vee = next(s for s in solids(piece) if s.part == "head.point")
    z = np.linspace(0.0, 4.0, 60)
    tip = np.column_stack((0 * z, 0 * z + gem.length / 2 - 0.02, z))
    assert not vee.contains(to_world(gem.at, tip)).any()


def test_wire_has_no_v_for_a_point() -> None:
    with pytest.raises(DesignError, match="puts Vs over those"):
        ring("pear cab turquoise 12x8x4", kind="wire-prong")


def test_the_bench_is_told_how_the_v_is_cut() -> None:
    piece = ring("marquise cab onyx 20x10x5", made="handmade")
    said = {figure.name: figure.value for figure in prong_figures(piece, piece.stones[0])}
    # Two arcs of radius (l2 + w2) / 4w meet at twice the angle whose sine is l / 2 over it.
    angle = 2 * math.degrees(math.asin(20 / 2 / ((400 + 100) / 40)))
    assert said["V, angle of the cut"] == pytest.approx(angle, abs=0.01)
    assert {"seat in the prong", "tip over the stone's back", "V, walls"} <= set(said)
    (row,) = plan(piece).settings
    assert "walls of the Vs over the dome last" in row.order


@pytest.mark.kernel
@pytest.mark.parametrize("stone", ["marquise cab onyx 20x10x5", "pear cab onyx 20x10x5"])
def test_a_v_whose_stem_leans_far_out_is_lofted_without_a_twist(stone: str) -> None:
    form = ring(stone).part("head.point").form
    assert occ_solids.volume(form_shape(form)) == pytest.approx(volume(form), rel=2e-3)


@pytest.mark.kernel
@pytest.mark.wide
@pytest.mark.parametrize("stone", ["pear cab onyx 8x5x3", "marquise cab onyx 20x10x5"])
def test_the_kernel_measures_the_metal_that_is_predicted(stone: str) -> None:
    for piece in (ring(stone), master_piece(ring(stone), ALLOWANCE)):
        (body,) = realize(piece, quality=Quality.PREVIEW).bodies
        assert body.volume_mm3 == pytest.approx(metal(piece)[0].finished, rel=1e-3)
