"""Stacks of half-round bands: their flats touch on a face, and the metal they share is what the flats take off."""

from __future__ import annotations

import math

import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.piece.metal import total_mm3
from jewelgen.piece.piece import Piece, groups

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
