"""The hand-built pieces that bench tests work on."""

import pytest
from design_09 import design_09

from jewelgen.bench.plan import Plan, plan
from jewelgen.piece.piece import Piece


@pytest.fixture(scope="session")
def ring() -> Piece:
    return design_09()


@pytest.fixture(scope="session")
def ring_plan(ring: Piece) -> Plan:
    return plan(ring)
