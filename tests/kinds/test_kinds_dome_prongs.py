"""Prongs over cabochons: upright beside the stone, closing in over its dome, its back on the gallery."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from jewelgen.bench.prongs import prong_figures
from jewelgen.cast.chain import Allowance
from jewelgen.cast.master import master_piece
from jewelgen.catalog.facts import fact
from jewelgen.catalog.stones import parse_stone
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.piece import cabochon
from jewelgen.piece.bodies import solids, to_world
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import dot
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.metal import metal, shared_pairs
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import Bez, axes, length
from jewelgen.piece.section import thickness
from jewelgen.piece.stone import Stone
from jewelgen.rules.registry import check
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize

RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "18k yellow", "size": "US 7"}
SHANK = {"kind": "flat", "width": 3.0, "thick": 1.8}
STONES = [
    "oval cab turquoise 10x8x4", "round cab onyx 6", "round cab onyx 10x10x3", "round cab onyx 8x8x6",
    "oval cab opal 14x7x4", "oval cab turquoise 6x4x2.5", "oval cab turquoise 30x22x8", "cushion cab garnet 10x8",
]  # fmt: skip
KINDS = ("prong", "wire-prong")


def ring(kind: str, stone: str, **more: Any) -> Piece:
    made = more.pop("made", "cast")
    head = {"kind": kind, "stone": stone, **more}
    return compose(brief_from({**RING, "made": made, "shank": SHANK, "head": head}))


def prongs(piece: Piece) -> list[tuple[Part, Bar]]:
    parts = [part for part in piece.parts if part.role == "prong"]
    return [(part, part.form) for part in parts if isinstance(part.form, Bar)]


def tips(piece: Piece) -> list[tuple[float, float]]:
    """Of each prong: from the middle of its round end to the dome beside it, less its radius; how far in that is, mm."""
    (gem,), found = piece.stones, []
    for part, bar in prongs(piece):
        (end,), r = axes(bar.rail, np.array((1.0,)))[0], thickness(bar.stations[-1][1]) / 2
        for place in part.array.frames():
            half = dot(place.origin, place.x)
            z = end[2] - (gem.at.origin[2] - part.at.origin[2]) - gem.girdle
            a = np.radians(np.linspace(0.0, 90.0, 2001))
            away = np.hypot(end[0] + half - half * np.cos(a), z - gem.crown * np.sin(a))
            k = int(away.argmin())
            found.append((float(away[k] - r), float(half - half * np.cos(a[k]))))
    return found


def dome(gem: Stone) -> np.ndarray:
    """Points just inside the surface of a round or oval cabochon."""
    a, z = np.radians(np.arange(0.0, 360.0, 3.0)), np.linspace(0.02, gem.depth - 0.02, 60)
    share = np.array([cabochon.profile(gem, float(h)) for h in z]) / (gem.width / 2)
    x = (gem.width / 2 * share - 0.02)[:, None] * np.cos(a)
    y = (gem.length / 2 * share - 0.02)[:, None] * np.sin(a)
    return np.stack(np.broadcast_arrays(x, y, z[:, None]), 2).reshape(-1, 3)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stone", STONES)
def test_tips_lie_on_the_dome_where_it_leans_enough_to_hold(kind: str, stone: str) -> None:
    piece, spec = ring(kind, stone), parse_stone(stone)
    wire = thickness(prongs(piece)[0][1].stations[1][1])
    for off, far in tips(piece):
        assert -0.002 < off < 0.07 * wire, "on it, or as near as the bend of a stout wire lets it"
        assert far > 0.1 * spec.width / 2
    assert not [f for f in check(piece, "cautious") if f.code != "JG233"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stone", [s for s in STONES if not s.startswith("cushion")])
def test_no_metal_is_in_the_stone(kind: str, stone: str) -> None:
    for n in (3, 4, 5, 6, 8):
        piece = ring(kind, stone, prongs=n)
        (gem,) = piece.stones
        world = to_world(gem.at, dome(gem))
        assert not any(s.contains(world).any() for s in solids(piece) if s.part != "shank"), n


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stone", STONES)
def test_the_back_lies_on_the_gallery_which_shows_little_round_it(kind: str, stone: str) -> None:
    piece = ring(kind, stone)
    (gem,), gallery = piece.stones, piece.part("head.gallery")
    assert isinstance(gallery.form, Bar)
    rail, half = gallery.form.rail, thickness(gallery.form.stations[0][1]) / 2
    assert gallery.at.origin[2] + half == pytest.approx(gem.at.origin[2])
    line = axes(rail, np.linspace(0.0, 1.0, 400, endpoint=False))[0][:, :2]
    points, _ = polyhedron(gem)
    girdle = points[np.abs(points[:, 2]) < 1e-9][:, :2]
    outer = np.linalg.norm(line, axis=1).max() + half - np.linalg.norm(girdle, axis=1).max()
    assert outer < 0.13 * thickness(prongs(piece)[0][1].stations[1][1])
    shared = shared_pairs(piece)
    for part, _ in prongs(piece):
        assert min(shared[part.name, "head.gallery"], shared[part.name, "head.base"]) > 0.02


def test_prongs_over_unlike_sides_are_parts_of_their_own() -> None:
    """On an oval the dome is wider along than across: one claw would float where it is wide."""
    piece = ring("prong", "oval cab opal 14x7x4", prongs=6)
    assert [(part.name, part.array.n) for part, _ in prongs(piece)] == [
        ("head.prong", 2), ("head.prong-2", 4),
    ]  # fmt: skip
    assert set(piece.stones[0].held_by) == {"head.prong", "head.prong-2"}
    assert max(off for off, _ in tips(piece)) < 0.05


@pytest.mark.parametrize("kind", KINDS)
def test_castings_have_the_claws_straight_and_room_for_the_stone(kind: str) -> None:
    piece = ring(kind, "oval cab turquoise 10x8x4", prongs=4)
    allowance = Allowance(0.05, 0.05, 0.5)
    master = master_piece(piece, allowance)
    (finished, bar), (raw, cast) = prongs(piece)[0], prongs(master)[0]
    assert isinstance(bar.rail, Bez)
    assert length(cast.rail) == pytest.approx(length(bar.rail) + 0.5)
    bend = bar.stations[1][0]
    t = np.linspace(bend, 1.0, 50)
    assert np.allclose(axes(cast.rail, t)[1], (0.0, 0.0, 1.0), atol=1e-9)
    (gem,) = piece.stones
    upright = dome(gem)
    upright = to_world(gem.at, upright[upright[:, 2] < gem.girdle])
    held = [s for s in solids(master) if s.part == raw.name]
    assert not any(s.contains(upright).any() for s in held)
    assert finished.name == raw.name


@pytest.mark.parametrize(
    ("kind", "stone"), [("prong", "oval cab turquoise 10x8x4"), ("wire-prong", "round cab onyx 6")]
)
def test_the_kernel_measures_the_metal_that_is_predicted(kind: str, stone: str) -> None:
    piece = master_piece(ring(kind, stone, prongs=4), Allowance(0.05, 0.05, 0.5))
    (body,) = realize(piece, quality=Quality.PREVIEW).bodies
    assert body.volume_mm3 == pytest.approx(metal(piece)[0].finished, rel=1e-3)


@pytest.mark.parametrize(
    ("stone", "said"),
    [("square cab onyx 8x8x4", "cannot be held")],
)
@pytest.mark.parametrize("kind", KINDS)
def test_corners_of_cabochons_have_no_prongs(kind: str, stone: str, said: str) -> None:
    with pytest.raises(DesignError, match=said):
        ring(kind, stone)


@pytest.mark.parametrize("kind", KINDS)
def test_a_back_without_room_for_the_gallery_is_refused_with_a_lift_that_has_it(kind: str) -> None:
    base = {"base": 7.5, "lift": 1.0}
    with pytest.raises(DesignError) as caught:
        ring(kind, "oval cab turquoise 10x8x4", **base)
    (finding,) = caught.value.findings
    assert finding.code == "JG233"
    assert finding.fix is not None
    ring(kind, "oval cab turquoise 10x8x4", base=7.5, lift=float(finding.fix.value))


def test_the_bench_is_told_lengths_seat_and_bend() -> None:
    piece = ring("wire-prong", "oval cab turquoise 10x8x4", prongs=4, made="handmade")
    (gem,) = piece.stones
    said = {figure.name: figure.value for figure in prong_figures(piece, gem)}
    _, bar = prongs(piece)[0]
    wire = thickness(bar.stations[0][1])
    extra = fact("bench_rules", "prong.cad_extra_above_table").number
    assert said["length after trimming"] == pytest.approx(length(bar.rail) + wire / 2, abs=1e-2)
    assert said["length before trimming"] == pytest.approx(said["length after trimming"] + extra)
    assert said["seat in the prong"] == pytest.approx(0.1 * wire - 0.03, abs=1e-6)
    assert gem.girdle < said["tip over the stone's back"] < gem.depth + wire
