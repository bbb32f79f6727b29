"""Tube heads that are cast: a round saddle between tube and shank in place of the bench's square of sheet."""

from __future__ import annotations

import math

import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.flat.outline import Oval
from jewelgen.piece.form import Plate
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece
from jewelgen.solid.realize import realize

RING = {"name": "x", "piece": "ring", "alloy": "sterling", "size": "US 7"}


def ring(width: float, made: str = "cast", kind: str = "flat") -> Piece:
    shank = {"kind": kind, "width": width, "thick": 1.8}
    head = {"kind": "tube", "stone": "round garnet 3.0"}
    return compose(brief_from({**RING, "made": made, "shank": shank, "head": head}))


def ends(piece: Piece) -> tuple[float, float]:
    """Diameters of the foot at its top and at its bottom, mm."""
    foot, tube = piece.part("head.foot"), piece.part("head.tube").form
    form = foot.form
    assert isinstance(form, Plate)
    assert isinstance(form.outline, Oval)
    wide = form.outline.l
    narrow = wide - 2 * form.t * math.tan(math.radians(form.draft))
    top, low = (wide, narrow) if foot.at.z[2] < 0 else (narrow, wide)
    assert top == pytest.approx(tube.od, abs=1e-4)
    return top, low


@pytest.mark.parametrize("width", [2.0, 3.0, 4.0, 4.8, 5.0, 8.0])
def test_the_saddle_runs_from_the_tube_to_the_shank(width: float) -> None:
    top, low = ends(ring(width))
    steepest = top - 2 * ring(width).part("head.foot").form.t * math.tan(math.radians(40))
    assert low == pytest.approx(min(max(width - 0.2, steepest), top + 0.6), abs=1e-4)


def test_it_stands_where_the_square_foot_would() -> None:
    """From the flat up to the tube, whichever way up it is made."""
    for width in (2.0, 8.0):
        piece = ring(width)
        foot, tube = piece.part("head.foot"), piece.part("head.tube")
        bottom = foot.at.origin[2] - (foot.form.t if foot.at.z[2] < 0 else 0.0)
        assert bottom + foot.form.t == pytest.approx(tube.at.origin[2])
        assert shared_pairs(piece)["shank", "head.foot"] > 0


def test_by_hand_the_foot_is_square_sheet() -> None:
    form = ring(3.0, "handmade").part("head.foot").form
    assert not isinstance(form.outline, Oval)


@pytest.mark.parametrize(("width", "kind"), [(3.0, "d"), (2.2, "flat"), (5.0, "court")])
def test_no_fillet_is_asked_and_the_metal_is_as_predicted(width: float, kind: str) -> None:
    """Small and wide rings, as were noted (JG315) with a fillet between foot and shank."""
    piece = ring(width, kind=kind)
    assert not any(joint.blend for joint in piece.joints)
    model = realize(piece)
    assert not model.findings
    assert all(body.proof.fillets == 0.0 for body in model.bodies)
