"""What the joint list warns of: small steps between grades, solder under the hallmark, none listed, many heats."""

from dataclasses import replace

import pytest

from jewelgen.bench.joints import JointLine, joint_findings
from jewelgen.bench.practice import Practice
from jewelgen.catalog.solders import grades
from jewelgen.findings import Severity
from jewelgen.piece.form import Ball
from jewelgen.piece.frame import IDENTITY
from jewelgen.piece.piece import Part, Piece

PRACTICE = Practice()
HARD, *_, EASY = grades("silver_925")
RING = Piece("t", "ring", "handmade", "silver_925", (Part("a", Ball(1.0), IDENTITY),))


def line(**more):
    row = {"grade": "hard", "solder": HARD, "margin_c": 100.0}
    return JointLine("J1", 0, ("a", "b"), "join", "butt", "", 1, **(row | more))


def codes(*lines):
    return [finding.code for finding in joint_findings(RING, lines, PRACTICE)]


def test_a_joint_in_order_says_nothing():
    assert codes(line(solder=replace(HARD, fineness=None))) == []


def test_a_parent_that_melts_before_its_solder_is_an_error():
    (said,) = joint_findings(RING, [line(margin_c=0.0)], PRACTICE)
    assert (said.code, said.severity) == ("JG503", Severity.ERROR)
    (said,) = joint_findings(RING, [line(margin_c=PRACTICE.parent_margin_c - 1)], PRACTICE)
    assert (said.code, said.severity) == ("JG503", Severity.NOTE)


@pytest.mark.parametrize("step", [0.0, 1.0, PRACTICE.step_margin_c - 0.5])
def test_grades_too_near_each_other_are_said(step):
    near = replace(HARD, grade="medium", name="medium", flow_c=HARD.flow_c - step)
    assert "JG504" in codes(line(), line(solder=near, grade="medium"))
    far = replace(near, flow_c=HARD.flow_c - PRACTICE.step_margin_c)
    assert "JG504" not in codes(line(), line(solder=far, grade="medium"))


def test_solder_under_650_does_not_pass_a_hallmark():
    assert "JG505" in codes(line(solder=replace(EASY, fineness=560)))
    assert "JG505" not in codes(line(solder=replace(EASY, fineness=650)))


def test_a_joint_that_is_heated_again_and_again_is_named():
    assert codes(line(reheats=PRACTICE.reheats_limit)) == []
    (said,) = joint_findings(RING, [line(reheats=PRACTICE.reheats_limit + 1)], PRACTICE)
    assert (said.code, said.severity) == ("JG509", Severity.NOTE)


def test_metals_without_a_listed_solder_are_said():
    (said,) = joint_findings(RING, [line(solder=None, margin_c=None)], PRACTICE)
    assert said.code == "JG511"
    assert said.hint


def test_gold_is_soldered_plumb():
    gold = replace(
        RING, alloy="gold_14k_yellow", parts=(*RING.parts, replace(RING.parts[0], name="b"))
    )
    plumb = grades("gold_14k_yellow")[0]
    assert [f.code for f in joint_findings(gold, [line(solder=plumb)], PRACTICE)] == []
    low = replace(plumb, fineness=plumb.fineness - 1)
    assert [f.code for f in joint_findings(gold, [line(solder=low)], PRACTICE)] == ["JG505"]


def test_every_soldered_joint_has_its_whole_record(ring_plan):
    hot = [row for row in ring_plan.joints if row.grade]
    assert len(hot) == 4
    for row in hot:
        said = row.torch
        assert said.gap == PRACTICE.tolerances.gap
        assert all((said.flux, said.fixture, said.first, said.protect, said.light_test))
        assert row.run_mm > 0 and row.area_mm2 > 0 and row.chips >= 1
        named = {
            word for word in said.protect.replace(";", " ").split() if word in {r.id for r in hot}
        }
        before = {r.id for r in hot[: hot.index(row)]}
        assert named <= before
    plate = next(row for row in hot if row.depth == 1)
    assert plate.torch.first.startswith("top.plate from below") or "from below" in plate.torch.first
    assert {row.id for row in hot[:-1]} == {w for w in hot[-1].torch.protect.split() if w[0] == "J"}
