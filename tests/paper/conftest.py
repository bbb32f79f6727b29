"""One written plan of the bezel ring for all sheet tests."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from design_09 import design_09

from jewelgen.bench.layout import layout
from jewelgen.bench.plan import Plan, plan
from jewelgen.paper import write_plan
from jewelgen.paper.contents import Drawings
from jewelgen.paper.files import drawings_of
from jewelgen.piece.piece import Piece


@pytest.fixture(scope="session")
def ring() -> Piece:
    return design_09()


@pytest.fixture(scope="session")
def ring_plan(ring: Piece) -> Plan:
    return plan(ring)


@pytest.fixture(scope="session")
def shown(ring: Piece, ring_plan: Plan) -> Drawings:
    laid = layout([("", ring_plan.cut_list, 1)], ring_plan.practice)
    return drawings_of(ring_plan, ring, laid)


@pytest.fixture(scope="session")
def written(ring: Piece, ring_plan: Plan) -> dict[str, bytes]:
    return write_plan(ring_plan, ring)
