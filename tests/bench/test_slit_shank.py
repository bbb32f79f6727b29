"""Shanks slit at their ends: the blank against the closed form and the worked case, the order of work, the metal."""

from __future__ import annotations

import math
from typing import Any

import pytest

from jewelgen.bench.lengths import split_shank
from jewelgen.bench.plan import Plan, plan
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.paper.patterns import patterns
from jewelgen.piece.piece import Piece, groups
from jewelgen.rules.registry import check

HALF_ROUND = 4 / (3 * math.pi)
HEAD = {"kind": "bezel", "stone": "oval cab turquoise 10x8x4", "alloy": "fine silver", "flat": 0.5}


def ring(**shank: Any) -> Piece:
    tree = {"name": "x", "piece": "ring", "made": "handmade", "alloy": "sterling", "size": "US 7"}
    return compose(brief_from({**tree, "shank": {"kind": "slit", **shank}, "head": HEAD}))


@pytest.fixture(scope="module")
def made() -> Plan:
    return plan(ring())


def test_the_blank_is_the_closed_form_for_tips_at_their_angle(made: Plan) -> None:
    outer = made.bore / 2 + 1.5
    plate = outer * math.cos(math.radians(12.0))
    blank = made.cut_list[0].blank
    assert blank.net[0] == pytest.approx(
        split_shank(made.bore, 1.5, HALF_ROUND, plate, (12.0, 2.25)), abs=1e-6
    )


def test_the_worked_ring_comes_out_but_for_what_lies_under_the_plate(made: Plan) -> None:
    # 53.07 to the line where the outer face meets the plate, 18.05 degrees from the top; 55.1 with a mm a tip.
    under = 2 * (made.bore / 2 + HALF_ROUND * 1.5) * math.radians(18.05 - 12.0)
    assert made.cut_list[0].blank.net[0] - under == pytest.approx(53.07, abs=0.05)


def test_four_tips_are_soldered_in_one_easy_heat(made: Plan) -> None:
    assert [(line.grade, line.places) for line in made.joints] == [
        ("hard", 1), ("medium", 1), ("easy", 4)
    ]  # fmt: skip
    assert made.heats == 3


def test_the_wire_is_slit_straight_and_bent_before_its_tips_are_filed(made: Plan) -> None:
    verbs = [step.key for step in made.steps]
    order = [verbs.index(key) for key in ("cut", "slit:shank", "form:shank")]
    file = next(i for i, key in enumerate(verbs) if key.startswith("file:"))
    assert [*order, file] == sorted([*order, file])
    assert "form:shank.tine" not in verbs


def test_wire_and_tines_share_one_blank(made: Plan) -> None:
    rows = {row.part: row for row in made.weights.parts}
    both = [rows["shank"], rows["shank.tine"]]
    area = math.pi * 1.5**2 / 2
    wire = made.cut_list[0].blank
    assert sum(row.issued_g for row in both) == pytest.approx(
        area * wire.cut[0] * 0.01036, rel=1e-3
    )
    assert sum(row.unplaced_g for row in both) == pytest.approx(0.0, abs=0.02)
    assert not [item for item in made.findings if item.code == "JG512"]
    (stock,) = [line for line in made.stock if "A" in line.ids]
    assert (stock.pieces, stock.grams) == (1, pytest.approx(sum(row.issued_g for row in both)))


def test_the_piece_is_one_body_and_passes_the_rules() -> None:
    piece = ring()
    assert len({part for group in groups(piece) for part in group.parts}) == len(piece.parts)
    assert not [item for item in check(piece, "cautious") if item.severity.name == "ERROR"]


def test_the_template_shows_the_slits_to_saw_and_their_roots_to_drill(made: Plan) -> None:
    blank = made.cut_list[0].blank
    (row,) = [row for row in patterns(made) if row.label.startswith("A ")]
    roots = [at for at, word in blank.ticks if word == "slit"]
    sawn = [stroke for layer, stroke in row.strokes if layer == "saw"]
    assert sawn == [(0.0, 1.5, roots[0], 1.5), (blank.long, 1.5, roots[1], 1.5)]
    holes = [ring for layer, ring in row.rings if layer == "drill"]
    for root, ring_ in zip(roots, holes, strict=True):
        xs, ys = zip(*ring_, strict=True)
        assert (min(xs), max(xs)) == pytest.approx((root - 0.4, root + 0.4), abs=0.01)
        assert (min(ys) + max(ys)) / 2 == pytest.approx(1.5, abs=0.01)


def test_slits_past_the_sides_are_refused_with_a_fix() -> None:
    with pytest.raises(DesignError) as caught:
        ring(slit=16)
    (finding,) = caught.value.findings
    assert finding.code == "JG282"
    assert finding.fix is not None
    ring(slit=float(finding.fix.value))
