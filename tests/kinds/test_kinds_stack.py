"""Stacks of half-round bands: their flats touch on a face, and the metal they share is what the flats take off."""

from __future__ import annotations

import math

import pytest

from jewelgen.bench.plan import plan
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.piece.metal import shared_pairs, total_mm3
from jewelgen.piece.piece import Piece, groups
from jewelgen.rules.registry import check

R, FLAT = 1.25, 0.15


def stack(**more: object) -> Piece:
    shank = {
        "kind": "stack",
        "bands": 3,
        "wire": 2 * R,
        "flat": FLAT,
        "shape": "half-round",
        **more,
    }
    head = {"name": "x", "piece": "ring", "made": "handmade", "alloy": "sterling", "size": "US 7"}
    return compose(brief_from({**head, "shank": shank}))


def test_half_round_bands_share_the_quarter_lens_their_flats_take_off() -> None:
    piece = stack()
    assert len(groups(piece)) == 1
    rows = [piece.bore / 2 + k / 4000 * R for k in range(4001)]
    band = math.pi * R**2 / 2 * 2 * math.pi * (piece.bore / 2 + 4 * R / (3 * math.pi))
    # The lens at height v above the bore is 2 (sqrt(R^2 - v^2) - (R - FLAT)) wide.
    lens = sum(
        2 * math.pi * r * max(0.0, 2 * (math.sqrt(max(0.0, R**2 - (r - rows[0]) ** 2)) - R + FLAT))
        for r in rows
    ) * (R / 4000)  # fmt: skip
    assert total_mm3(piece) == pytest.approx(3 * band - 2 * lens, rel=2e-5)


def test_a_half_round_facet_is_half_as_wide_as_a_round_one() -> None:
    facets = {
        shape: next(j.area / j.run for j in stack(shape=shape).joints if j.fit.word == "touch")
        for shape in ("round", "half-round")
    }
    assert facets["round"] == pytest.approx(2 * facets["half-round"])
    assert facets["half-round"] == pytest.approx(math.sqrt(2 * R * FLAT - FLAT**2))


HEADS = {
    "tube": {"kind": "tube", "stone": "round garnet 4"},
    "bare tube": {"kind": "tube", "stone": "round garnet 4", "foot": 0},
    "prong": {"kind": "prong", "stone": "round diamond 6.5"},
    "small tube": {"kind": "tube", "stone": "round garnet 2"},
    "smallest tube": {"kind": "tube", "stone": "round garnet 1.5", "foot": 0},
    "bezel": {"kind": "bezel", "stone": "oval cab turquoise 10x8x4"},
}


def headed(head: str, bands: int, **more: object) -> Piece:
    heading = {
        "name": "x",
        "piece": "ring",
        "made": "handmade",
        "alloy": "sterling",
        "size": "US 7",
    }
    shank = {"kind": "stack", "bands": bands, **more}
    return compose(brief_from({**heading, "shank": shank, "head": HEADS[head]}))


@pytest.mark.parametrize("bands", [2, 3, 5])
@pytest.mark.parametrize("head", HEADS)
def test_a_head_is_joined_to_every_band_it_stands_on(head: str, bands: int) -> None:
    piece = headed(head, bands)
    assert not [item for item in check(piece, "cautious") if item.code in {"JG220", "JG221"}]
    joints = {(j.a, j.b) for j in piece.joints}
    met = {p for p in shared_pairs(piece) if p[0].startswith("shank") and p[1].startswith("head")}
    assert met
    assert {(b, a) for a, b in met} <= joints


def test_a_foot_lies_on_a_flat_filed_on_each_band() -> None:
    flats = {j.b: j.n for j in headed("tube", 3).joints if j.fit.word == "flat"}
    assert flats == {"shank.silver_925-a": 2, "shank.silver_925-b": 1}
    steps = [step.text for step in plan(headed("tube", 3)).steps]
    assert "file a flat for D on 2 of them, in one plane" in steps
    small = headed("small tube", 3, wire=3.0)
    alone = {j.b: j.n for j in small.joints if j.fit.word == "flat"}
    assert alone == {"shank.silver_925-b": 1}


def test_a_head_on_an_even_stack_stands_in_its_middle() -> None:
    assert headed("tube", 4).part("head.tube").at.origin[1] == 0.0
    assert headed("smallest tube", 4, wire=3.0).part("head.tube").at.origin[1] < -1.0
