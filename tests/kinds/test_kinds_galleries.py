"""The gallery of a prong head: inside its prongs, clear of stone and base, so that nothing beside it is met."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from jewelgen.catalog.packs import limit
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import brief_from, resolve
from jewelgen.piece.form import Bar
from jewelgen.piece.girdles import girdle_points
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import Circ
from jewelgen.piece.section import thickness
from jewelgen.rules.registry import check

RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "18k yellow", "size": "US 7"}
THREE = Path(__file__).resolve().parents[2] / "designs/05_three_stone.toml"


def ring(**head: object) -> Piece:
    shank = {"kind": "d", "width": 3.0, "thick": 1.8}
    return compose(brief_from({**RING, "shank": shank, "head": head}))


def hoop(part: Part) -> tuple[float, float, float]:
    """Radius of a ring of wire, half its wire, and how high over the finger's axis it lies; mm."""
    assert isinstance(part.form, Bar) and isinstance(part.form.rail, Circ)
    return part.form.rail.r, thickness(part.form.stations[0][1]) / 2, part.at.origin[2]


@pytest.mark.parametrize("lift", [0.4, 1.4, 3.0])
@pytest.mark.parametrize("kind", ["prong", "wire-prong"])
@pytest.mark.parametrize("size", [5.0, 6.5, 9.0])
def test_a_gallery_lies_under_its_stone_and_clear_of_it(
    size: float, kind: str, lift: float
) -> None:
    """It does not show from above, is let into its prongs, and leaves air to the pavilion and the base."""
    piece = ring(kind=kind, stone=f"round sapphire {size}", lift=lift, prongs=4)
    (radius, half, high), base = hoop(piece.part("head.gallery")), hoop(piece.part("head.base"))
    gem = piece.stones[0]
    assert radius + half <= gem.width / 2
    apart = math.hypot(radius - base[0], high - base[2]) - half - base[1]
    assert apart >= limit("gallery_rail_gap_min").value - 1e-6
    slope = math.atan2(gem.width / 2, gem.pavilion)
    cone = gem.width / 2 - (gem.at.origin[2] - high) * math.tan(slope)
    assert (radius - cone) * math.cos(slope) > half + 0.05
    assert shared_pairs(piece)["head.prong", "head.gallery"] > 0.01


@pytest.mark.parametrize("kind", ["prong", "wire-prong"])
@pytest.mark.parametrize("stone", ["cushion sapphire 7x6", "cushion ruby 12x10"])
@pytest.mark.parametrize("made", ["cast", "handmade"])
def test_eight_prongs_stand_in_pairs_on_the_corners_of_a_cushion(
    kind: str, stone: str, made: str
) -> None:
    piece = ring(kind=kind, stone=stone, prongs=8, made=made)
    prongs, gem = piece.part("head.prong"), piece.stones[0]
    assert prongs.array.n == 8
    quarters = [(f.origin[0] > 0, f.origin[1] > 0) for f in prongs.array.frames()]
    assert {quarters.count(quarter) for quarter in quarters} == {2}
    girdle = np.array(girdle_points(gem.cut, gem.length, gem.width, 720))
    for frame in prongs.array.frames():
        assert np.linalg.norm(girdle - frame.origin[:2], axis=1).min() < 0.05
    shared = shared_pairs(piece)
    assert min(shared["head.prong", word] for word in ("head.gallery", "head.base")) > 0.5
    assert not list(check(piece, "cautious"))


@pytest.mark.parametrize("kind", ["prong", "wire-prong"])
@pytest.mark.parametrize(
    "stone", ["cushion sapphire 7x6", "cushion ruby 16x10", "cushion diamond 6x6"]
)
@pytest.mark.parametrize("made", ["cast", "handmade"])
def test_six_prongs_stand_on_the_corners_and_long_sides_of_a_cushion(
    kind: str, stone: str, made: str
) -> None:
    piece = ring(kind=kind, stone=stone, prongs=6, made=made)
    (gem,), girdle = piece.stones, piece.stones[0].width / 2
    corners, sides = piece.part("head.prong").array, piece.part("head.prong-2").array
    assert (corners.n, sides.n) == (4, 2)
    assert sorted(round(f.origin[0], 6) for f in sides.frames()) == [-girdle, girdle]
    assert all(abs(f.origin[1]) < 1e-9 for f in sides.frames())
    assert set(gem.held_by) == {"head.prong", "head.prong-2"}
    shared = shared_pairs(piece)
    for ring_of in (
        "head.gallery",
        "head.base",
    ):  # each prong is as deep in the rings as the others
        each = shared["head.prong", ring_of] / 4, shared["head.prong-2", ring_of] / 2
        assert each[1] == pytest.approx(each[0], rel=0.15)
    assert not list(check(piece, "cautious"))


def test_heads_side_by_side_are_joined_only_where_they_meet() -> None:
    piece = compose(resolve(load(THREE)))
    assert not list(check(piece, "cautious"))
    shared = shared_pairs(piece)
    between = [
        j for j in piece.joints if j.a.startswith("head.sides") and j.b.startswith("head.centre")
    ]
    assert all(shared.get((j.a, j.b), 0.0) > 0 for j in between)
