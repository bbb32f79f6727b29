"""What heads of prongs refuse, each with the value that composes, and how large ones reach their shank."""

from __future__ import annotations

from typing import Any

import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.kinds.prong_lines import Basket, girdle_z, rows
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece
from jewelgen.rules.meeting import findings as meeting

RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "sterling", "size": "US 7"}
KINDS = ("prong", "wire-prong")
CARAT = "round diamond 1.00 ct"


def tree(kind: str, stone: str, **more: Any) -> dict[str, Any]:
    shank = {"kind": "d", "width": 3.0, "thick": 1.5}
    return {**RING, "shank": shank, "head": {"kind": kind, "stone": stone, **more}}


def ring(kind: str, stone: str, **more: Any) -> Piece:
    return compose(brief_from(tree(kind, stone, **more)))


def basket(kind: str, stone: str, **more: Any) -> Basket:
    (head,) = [b for b in brief_from(tree(kind, stone, **more)).blocks if b.name == "head"]
    assert isinstance(head.params, Basket)
    return head.params


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("stone", "code", "wrong"),
    [
        (CARAT, "JG233", {"base": 0.9}),  # all metal
        ("round diamond 1.0", "JG233", {}),  # the wire that is usual is as wide as the stone
        (CARAT, "JG283", {"base": 9.0}),  # leaning in
        (CARAT, "JG284", {"wire": 2.3}),
        (CARAT, "JG284", {"tip": 1.5}),
        ("round cab onyx 6", "JG284", {"tip": 2.5}),
    ],
)
def test_what_no_bench_makes_is_refused_with_a_value_that_composes(
    kind: str, stone: str, code: str, wrong: dict[str, float]
) -> None:
    with pytest.raises(DesignError) as caught:
        ring(kind, stone, **wrong)
    (finding,) = caught.value.findings
    assert (finding.code, bool(finding.allowed)) == (code, True)
    assert finding.fix is not None
    ring(kind, stone, **{**wrong, finding.fix.key.rpartition(".")[2]: float(finding.fix.value)})


@pytest.mark.parametrize("stone", ["round diamond 2", "princess diamond 2", "baguette diamond 4x2"])
def test_base_rings_under_small_stones_are_open(stone: str) -> None:
    params = basket("prong", stone)
    assert params.base - params.wire >= 0.4 - 1e-9


@pytest.mark.parametrize("contact", [0.1, 0.2, 0.36])
def test_a_short_hold_leaves_the_tip_over_the_crown(contact: float) -> None:
    params = basket("prong", CARAT, contact=contact)
    (row,) = rows(params)
    s, _, z = row.claw.rail.points[-1]
    assert z > girdle_z(params) + params.stone.girdle
    assert -0.5 * params.stone.width < s < 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stone", ["princess diamond 8", "cushion ruby 16x12"])
def test_wide_heads_sit_astride_their_shank_and_keep_their_height(kind: str, stone: str) -> None:
    params, piece = basket(kind, stone), ring(kind, stone)
    assert not list(meeting(piece, "cautious"))
    assert shared_pairs(piece)["shank", "head.base"] > 0.05
    top = piece.bore / 2 + 1.5
    assert piece.stones[0].at.origin[2] == pytest.approx(top + girdle_z(params), abs=1e-9)
    assert piece.part("head.base").at.origin[2] < top
