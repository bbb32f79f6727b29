"""Stones over every kind and every design: held, clear of metal but at their seats, and no part deep in another."""

from __future__ import annotations

import pytest
from specimens import bodies, keys, made, usual_of

from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.piece.piece import Piece
from jewelgen.rules import held, metal_in_stone, shared_metal

# Bodies of a kind, parts of a design, that a usual run weighs point by point; rows of small stones take minutes.
FEW, FEWER = 24, 8
KINDS = [
    pytest.param(key, id="-".join(key), marks=() if bodies(key) <= FEW else pytest.mark.wide)
    for key in keys()
]


def wrong(piece: Piece) -> list[str]:
    rules = (held.findings, metal_in_stone.findings, shared_metal.findings)
    return [str(finding) for rule in rules for finding in rule(piece, "cautious")]


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_holds_its_stones_and_keeps_its_parts_apart(key):
    specimen = usual_of(key)
    assert specimen is not None
    assert not wrong(made(specimen.design))


def test_every_design_holds_its_stones_and_keeps_its_parts_apart(root, request):
    wide = request.config.getoption("--wide")
    for path in sorted((root / "designs").glob("*.toml")):
        brief = resolve(load(path))
        piece = compose(brief)
        if wide or sum(part.array.n for part in piece.parts) <= FEWER:
            assert not wrong(piece), path.name
