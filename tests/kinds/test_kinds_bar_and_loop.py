"""Bars and loop bails: sizes, places, closed forms, what is refused."""

from __future__ import annotations

import math
from typing import Any

import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece
from jewelgen.piece.volume import volume

PENDANT = {"name": "x", "piece": "pendant", "made": "handmade", "alloy": "sterling"}
BAR = {"kind": "bar", "tall": 30, "wide": 7, "thick": 1.3, "corner": 1.0, "hole": 0}


def pendant(body: dict[str, Any], **blocks: Any) -> Piece:
    return compose(brief_from({**PENDANT, "body": body, **blocks}))


@pytest.mark.parametrize("hole", [0.0, 1.8])
def test_a_bar_has_the_volume_of_its_outline_less_its_hole(hole: float) -> None:
    form = pendant({**BAR, "hole": hole}).part("body").form
    area = 30 * 7 - (4 - math.pi) * 1.0**2 - math.pi * hole**2 / 4
    assert volume(form) == pytest.approx(1.3 * area, rel=1e-9)


def test_a_loop_stands_upright_on_the_middle_of_the_top_edge() -> None:
    piece = pendant(BAR, bail={"kind": "loop", "id": 3.5, "wire": 1.2})
    loop = piece.part("bail")
    x, y, z = loop.at.origin
    assert (x, z) == pytest.approx((0.0, 0.65))
    assert y == pytest.approx(15 + 3.5 / 2 + 1.2 - 0.3)
    assert loop.at.y == pytest.approx((1.0, 0.0, 0.0))  # the chain runs across
    assert volume(loop.form) == pytest.approx(math.pi * 0.6**2 * math.pi * 4.7, rel=1e-9)
    seam, foot = piece.joints
    assert (seam.fit.word, foot.fit.word, foot.fit.depth) == ("seam", "flat", pytest.approx(0.3))


def test_the_flat_takes_what_the_loop_and_the_bar_share() -> None:
    piece = pendant(BAR, bail={"kind": "loop"})
    (shared,) = shared_pairs(piece).values()
    foot = piece.joints[1]
    assert 0.3 * foot.area * foot.fit.depth < shared < foot.area * foot.fit.depth


@pytest.mark.parametrize(
    ("change", "code"),
    [({"hole": 6.0}, "JG248"), ({"corner": 4.0}, "JG248"), ({"tall": 3.0, "hole": 1.6}, "JG248")],
)
def test_bars_that_cannot_be_are_said(change: dict[str, float], code: str) -> None:
    with pytest.raises(DesignError) as raised:
        pendant({**BAR, **change})
    assert [finding.code for finding in raised.value.findings] == [code]


def test_a_loop_needs_a_top() -> None:
    with pytest.raises(DesignError) as raised:
        pendant(BAR, bail={"kind": "loop", "on": "body.front"})
    assert [finding.code for finding in raised.value.findings] == ["JG250"]


def test_a_loop_on_a_bezel_is_joined_to_all_it_touches() -> None:
    """The ring is wider than the floor it stands on: its flat lies on the wall too."""
    cup = {"kind": "bezel", "stone": "round cab moonstone 14x14x6"}
    piece = pendant(cup, bail={"kind": "loop"})
    joined = {frozenset((j.a, j.b)) for j in piece.joints}
    for pair, mm3 in shared_pairs(piece).items():
        assert mm3 < 0.01 or frozenset(pair) in joined, pair
    (wall,) = [j for j in piece.joints if {j.a, j.b} == {"body.wall", "bail"}]
    (floor,) = [j for j in piece.joints if {j.a, j.b} == {"body.floor", "bail"}]
    assert min(wall.area, floor.area) > 0.5
