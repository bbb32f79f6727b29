"""What a shipped design is, as text: its piece, its measures, its plan and cut list. No kernel.

A change here is a change a customer would see: `make golden` rewrites these texts, CHANGELOG.md says why.
A design that was added needs only that command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from jewelgen.bench.plan import Plan, plan
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.weights import grams
from jewelgen.findings import errors
from jewelgen.paper.markdown import plan_md
from jewelgen.paper.tables import cut_list_csv, joints_csv, settings_csv
from jewelgen.piece.bounds import bounds, box_in
from jewelgen.piece.dump import dump, number
from jewelgen.piece.metal import metal
from jewelgen.piece.piece import Piece, by_hand
from jewelgen.pipeline.prepare import Prepared

ROOT = Path(__file__).resolve().parents[2]
DESIGNS = [
    *sorted((ROOT / "designs").glob("*.toml")), *sorted((ROOT / "docs" / "examples").glob("*.toml")),
]  # fmt: skip
DIGEST = re.compile(
    r"\bplan [0-9a-f]{12}\b"
)  # of the piece to the last bit, which platforms differ in


@pytest.fixture(scope="session", params=DESIGNS, ids=lambda path: path.stem)
def design(request: pytest.FixtureRequest) -> Path:
    return request.param


def extents(piece: Piece) -> tuple[float, ...]:
    """The box round all metal, mm."""
    boxes = [
        box_in(bounds(part.form), part.at.then(frame))
        for part in piece.parts
        for frame in part.array.frames()
    ]
    low = np.min([box[0] for box in boxes], axis=0)
    high = np.max([box[1] for box in boxes], axis=0)
    return tuple(float(x) for x in high - low)


def measures(prepared: Prepared) -> Iterator[str]:
    """Size, metal, stones and findings of a piece, rounded to what a scale and a caliper show."""
    piece = prepared.piece
    yield "extents mm: " + " x ".join(number(x, 1) for x in extents(piece))
    yield f"bore mm: {number(piece.bore, 3)}"
    for row in metal(piece):
        weight = grams(row.finished, alloy(row.group.alloy).density_g_cm3)
        yield f"{row.group.name}: {number(row.finished, 1)} mm3, {number(weight, 2)} g {row.group.alloy}"
    for stone in piece.stones:
        size = f"{number(stone.length, 2)} x {number(stone.width, 2)} x {number(stone.depth, 2)}"
        yield f"{stone.name}: {stone.array.n} {stone.species} {stone.cut} {size}"
    for echo in prepared.brief.echoes:
        yield f"{echo.key}: {echo.written!r} is {echo.understood}"
    for finding in prepared.findings:
        yield f"{finding.severity} {finding.code} {finding.where.key}: {finding.message}"


def bench(made: Plan) -> str:
    """The plan as a bench reads it, with its lists."""
    lists = (cut_list_csv(made), joints_csv(made), settings_csv(made))
    return "\n".join([DIGEST.sub("plan", plan_md(made)), *lists])


def test_sold_without_an_error(prepared):
    assert not errors(prepared.findings), "\n".join(map(str, prepared.findings))


def test_piece(prepared, expected):
    assert dump(prepared.piece) == expected


def test_measures(prepared, expected):
    assert "\n".join(measures(prepared)) + "\n" == expected


def test_plan(prepared, expected):
    """Every design is read at the bench: what is cast stands there as a component."""
    made = plan(prepared.piece)
    assert bool(made.cut_list) == by_hand(prepared.piece)
    assert bench(made) == expected
