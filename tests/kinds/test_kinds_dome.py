"""Domed discs: their volume, where they hang, what cannot be dapped."""

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


def domed(**body: Any) -> Piece:
    blocks = {"body": {"kind": "dome", **body}, "bail": {"kind": "loop"}}
    return compose(brief_from({**PENDANT, **blocks}))


def test_half_a_ball_is_half_a_shell() -> None:
    shell = 2 / 3 * math.pi * (10**3 - 9**3)
    assert volume(domed(size=20, dome=10, thick=1).part("body").form) == pytest.approx(shell)


def test_the_rise_follows_the_size() -> None:
    assert domed(size=30).part("body").form.rise == pytest.approx(4.5)


@pytest.mark.parametrize("size", [12.0, 40.0])
def test_the_bail_stands_in_the_rim(size: float) -> None:
    piece = domed(size=size)
    (shared,) = shared_pairs(piece).values()
    foot = piece.joints[-1]
    assert 0.1 * foot.area * foot.fit.depth < shared < 3 * foot.area * foot.fit.depth
    assert piece.part("bail").at.origin[1] > size / 2


@pytest.mark.parametrize("dome", [0.8, 11.0])
def test_what_cannot_be_dapped_is_said_and_the_fix_can(dome: float) -> None:
    with pytest.raises(DesignError) as raised:
        domed(size=20, dome=dome, thick=0.8)
    (finding,) = raised.value.findings
    assert finding.code == "JG276"
    assert finding.fix is not None
    assert domed(size=20, dome=float(finding.fix.value), thick=0.8).parts
