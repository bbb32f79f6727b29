"""Names that joints, cuts and files go by: each once, each one that is used."""

from __future__ import annotations

import pytest

from jewelgen.design.compose import _check_names
from jewelgen.findings import DesignError, Where
from jewelgen.piece.form import Ball
from jewelgen.piece.frame import IDENTITY
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part, Piece

A = Part("a", Ball(2.0), IDENTITY)


@pytest.mark.parametrize(
    "piece",
    [
        Piece("t", "ring", "cast", "silver_925", (A, A)),
        Piece("t", "ring", "cast", "silver_925", (A,), (Joint("a", "b", "join", Fit("butt")),)),
    ],
)
def test_doubled_and_lost_names_are_refused(piece: Piece) -> None:
    with pytest.raises(DesignError) as raised:
        _check_names(piece, Where("x.toml"))
    assert [finding.code for finding in raised.value.findings] == ["JG162"]
