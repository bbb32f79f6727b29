"""Boxes of swept bars: no corner of their mesh lies outside, and they are hardly larger."""

from __future__ import annotations

import math

import numpy as np
import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.piece.bounds import bounds
from jewelgen.piece.form import Bar
from jewelgen.solid.boolean import FINE
from jewelgen.solid.swept_mesh import bar_mesh

HEAD = {"name": "x", "made": "handmade", "alloy": "sterling"}


def wrap(stone: str) -> dict[str, object]:
    return {**HEAD, "piece": "pendant", "body": {"kind": "wire-wrap", "stone": stone}}


def ring(head: dict[str, object]) -> dict[str, object]:
    shank = {"kind": "d", "width": 2.5, "thick": 1.6}
    return {**HEAD, "piece": "ring", "size": "US 7", "shank": shank, "head": head}


PIECES = {
    "a small wrap": wrap("oval cab agate 18x13x6"),
    "a large wrap": wrap("oval cab agate 40x30x9"),
    "claws of wire": ring({"kind": "wire-prong", "stone": "round garnet 6"}),
    "claws of a pear": ring({"kind": "prong", "stone": "pear diamond 8x5"}),
}


@pytest.mark.parametrize("design", PIECES.values(), ids=PIECES)
def test_a_bar_lies_in_its_box_and_fills_it(design: dict[str, object]) -> None:
    bars = [part.form for part in compose(brief_from(design)).parts if isinstance(part.form, Bar)]
    assert len(bars) > 1
    for bar in bars:
        low, high = bounds(bar)
        corners = bar_mesh(bar, *FINE).vertices
        over = np.concatenate((low - corners.min(axis=0), corners.max(axis=0) - high))
        assert over.max() < 1e-3, bar.rail
        assert over.min() > -0.1 - 0.02 * math.dist(low, high), bar.rail
