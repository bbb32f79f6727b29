"""Heads of wire: prongs cut long and straight, rings by their middle lines, the notch where the girdle lies."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from jewelgen.bench.plan import Plan, plan
from jewelgen.bench.prongs import claws
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.piece.form import Bar
from jewelgen.piece.piece import Piece
from jewelgen.piece.rail import Circ, at
from jewelgen.piece.section import Wire

SURPLUS = 0.5  # mm over the table, two sources (bench_rules prong.cad_extra_above_table)


def with_head(**more: Any) -> Piece:
    tree = {"name": "x", "piece": "ring", "made": "handmade", "alloy": "sterling", "size": "US 7"}
    wires = {"kind": "wire-prong", "stone": "round garnet 6.0", "wire": "18 ga", "rail": "20 ga"}
    shank = {"kind": "d", "width": 3, "thick": 1.5}
    return compose(brief_from({**tree, "shank": shank, "head": {**wires, **more}}))


@pytest.fixture(scope="module")
def ring() -> Piece:
    return with_head()


@pytest.fixture(scope="module")
def made(ring: Piece) -> Plan:
    return plan(ring)


def test_prongs_are_one_wire_straight_to_the_girdle(ring: Piece) -> None:
    form = ring.part("head.prong").form
    assert isinstance(form, Bar)
    assert {section for _, section in form.stations} == {Wire(form.stations[0][1].d)}  # type: ignore[union-attr]
    line = at(form.rail, np.linspace(0.0, 0.75, 31))[0]
    away = np.cross(line[1:-1] - line[0], (line[-1] - line[0]) / math.dist(line[-1], line[0]))
    assert np.abs(away).max() < 1e-6


def test_a_prong_before_trimming_ends_the_surplus_above_the_table(ring: Piece, made: Plan) -> None:
    stone, part = ring.stones[0], ring.part("head.prong")
    claw = claws(stone, part)
    assert claw is not None
    foot = part.form.rail.points[0][2]  # type: ignore[union-attr]
    table = stone.at.origin[2] - part.at.origin[2] + stone.girdle + stone.crown
    # Straight wire as long as it is cut, standing at its lean, reaches this far up.
    assert foot + claw.cut * math.cos(math.radians(claw.lean)) >= table + SURPLUS - 0.02
    assert claw.cut >= claw.bent + SURPLUS - 1e-9
    blank = next(line.blank for line in made.cut_list if line.part == "head.prong")
    assert blank.cut[0] == pytest.approx(claw.cut + 0.25 + 0.3, abs=1e-6)


def test_the_notch_lies_at_the_girdle_and_leaves_more_than_half(ring: Piece) -> None:
    claw = claws(ring.stones[0], ring.part("head.prong"))
    assert claw is not None
    assert (
        0.15 < claw.deep / claw.wire < 0.25
    )  # CAD houses: a quarter at most; the bench up to half
    rail = ring.part("head.prong").form.rail  # type: ignore[union-attr]
    line = at(rail, np.linspace(0.0, 1.0, 20001))[0]
    run = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))))
    up = ring.stones[0].at.origin[2] - ring.part("head.prong").at.origin[2]
    middle = up + ring.stones[0].girdle / 2
    assert np.interp(claw.notch, run, line[:, 2]) == pytest.approx(middle, abs=0.01)


@pytest.mark.parametrize("name", ["head.gallery", "head.base"])
def test_rings_are_cut_by_their_middle_line(ring: Piece, made: Plan, name: str) -> None:
    form = ring.part(name).form
    assert isinstance(form, Bar)
    assert isinstance(form.rail, Circ)
    blank = next(line.blank for line in made.cut_list if line.part == name)
    assert blank.net[0] == pytest.approx(2 * math.pi * form.rail.r)


def test_the_setting_table_says_what_to_hit(made: Plan) -> None:
    names = {figure.name for figure in made.settings[0].figures}
    assert {
        "length before trimming",
        "length after trimming",
        "notch from the foot",
        "notch depth",
        "notch height",
    } <= names


@pytest.mark.parametrize("base", [0.9, 7.0])
def test_straight_prongs_that_cannot_reach_the_girdle_are_refused_with_a_fix(base: float) -> None:
    with pytest.raises(DesignError) as caught:
        with_head(base=base, lift=-1)
    (finding,) = caught.value.findings
    assert finding.code == "JG283"
    assert finding.fix is not None
    with_head(base=float(finding.fix.value), lift=-1)


def test_the_feet_of_a_head_are_filed_together(made: Plan) -> None:
    filed = [step.text for step in made.steps if "to lie on" in step.text]
    assert filed == ["file B D together to lie on A"]
