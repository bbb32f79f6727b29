"""Several bodies of one file: counted, crossing, nested, near; metal counted once."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapes

from jewelgen.checker.bodies import between
from jewelgen.checker.inspect import judge
from jewelgen.checker.known import Gate, Known
from jewelgen.checker.report import Check
from jewelgen.checker.step import is_sprue
from jewelgen.checker.surface import Surface
from jewelgen.findings import Severity

RING = shapes.tube(17.0, 1.6, 4.0)


def named(made: shapes.Array, name: str) -> Surface:
    return replace(shapes.surface(made), name=name)


def found(*surfaces: Surface, known: Known | None = None) -> tuple[dict[str, Check], float | None]:
    checks, once = between(surfaces, known or Known(), "cautious")
    return {check.code: check for check in checks}, once


def test_one_body_and_parts_of_a_model_are_asked_nothing() -> None:
    one, two = named(RING, "a"), named(np.add(RING, (3.0, 0, 0)), "b")
    assert found(one) == ({}, None)
    assert found(one, two, known=Known(role="model")) == ({}, None)


def test_bodies_apart_are_counted_and_no_more() -> None:
    checks, once = found(named(RING, "a"), named(np.add(RING, (30.0, 0, 0)), "b"))
    assert {code for code, check in checks.items() if not check.passed} == {"JG704"}
    assert (checks["JG704"].measured, checks["JG704"].weight) == (2.0, Severity.WARNING)
    assert once is None


def test_bodies_that_run_through_each_other_say_how_deep() -> None:
    bars = [named(shapes.box(10, 4, 4), "a"), named(shapes.box(4, 4, 10, (0, 0.1, 4.0)), "b")]
    checks, once = found(*bars)
    assert not checks["JG707"].passed
    assert checks["JG707"].measured == 1.0
    assert checks["JG707"].note.startswith("a and b, ")
    deep = float(checks["JG707"].note.split()[3])
    assert deep == pytest.approx(2.0, abs=0.3)
    assert once == pytest.approx(2 * 160 - 4 * 3.9 * 3, rel=5e-3)


def test_a_body_in_another_is_nested_and_its_metal_counts_once() -> None:
    checks, once = found(named(shapes.ball(10.0), "out"), named(shapes.ball(4.0), "in"))
    assert (checks["JG705"].measured, checks["JG707"].measured) == (1.0, 0.0)
    assert "3.0" in checks["JG705"].note
    assert once == pytest.approx(math.pi / 6 * 1000, rel=5e-3)


@pytest.mark.parametrize(("gap", "passed"), [(0.3, False), (0.6, True)])
def test_air_between_loose_bodies_has_a_limit(gap: float, passed: bool) -> None:
    checks, _ = found(
        named(shapes.box(4, 4, 4), "a"), named(shapes.box(4, 4, 4, (4 + gap, 0.3, 0.2)), "b")
    )
    air = checks["JG715"]
    assert air.measured == pytest.approx(gap, abs=1e-5)
    assert air.passed is passed
    assert "moving_clearance_min" in air.allowed


def test_shells_of_one_surface_that_overlap_weigh_once() -> None:
    both = shapes.surface(RING, np.add(RING, (3.0, 0.0, 0.0)))
    report = judge(Path("a.stl"), both, Known(), "cautious")
    one = math.pi * (10.1**2 - 8.5**2) * 4
    assert both.volume() == pytest.approx(2 * one, rel=1e-3)
    assert one < report.volume < 1.9 * one
    assert not report.ok


def test_a_sprue_beside_its_master_is_known_by_its_gate() -> None:
    gate = Gate((0.0, 0.0, -10.1), (0.0, 0.0, -1.0), 2.6)
    rod = shapes.surface(
        shapes.turned([(0.0, 0.0), (1.3, 0.0), (1.3, 5.5), (0.0, 5.5)], 64)[..., [0, 2, 1]]
        * (1, 1, -1)
        + (0, 0, -9.8)
    )
    known = Known(role="master", gates=(gate,), sprue=29.0)
    assert is_sprue(rod, known)
    assert not is_sprue(shapes.surface(RING), known)
    assert not is_sprue(rod, replace(known, sprue=0.0)), "no sprue was written with it"
