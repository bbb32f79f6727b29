"""Sprues: the thickness field on bodies of known measures, and gates where a caster would put them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import trimesh
from shapes_to_cast import PENDANT, RING, band, dumbbell, mesh

from jewelgen.cast.heft import heft, samples
from jewelgen.cast.section import local_section, way_out
from jewelgen.cast.sprue import Detail, flare, judged, sprue, sprue_of_row, volume


@pytest.mark.parametrize(
    ("shape", "thick"),
    [
        (trimesh.creation.icosphere(3, 4.0), 8.0),
        (trimesh.creation.box((30.0, 20.0, 2.0)), 2.0),
        (band(17.0, 5.0, 1.8), 1.8),
        (trimesh.creation.cylinder(1.5, 20.0, sections=64), 3.0),
    ],
)
def test_the_field_finds_the_thickness_of_plain_bodies(
    shape: trimesh.Trimesh, thick: float
) -> None:
    field = heft(mesh(shape))
    assert float(np.median(field.ball)) == pytest.approx(thick, rel=0.11)
    assert float(field.ball.max()) < 1.1 * thick


def test_samples_are_spread_by_area() -> None:
    points, normals, spacing = samples(mesh(trimesh.creation.box((10.0, 10.0, 10.0))), 6000)
    assert np.abs(points).max(axis=1) == pytest.approx(np.full(6000, 5.0))
    assert np.bincount(np.argmax(np.abs(normals), axis=1)) == pytest.approx([2000] * 3, abs=2)
    assert spacing == pytest.approx(math.sqrt(600 / 6000))


def test_a_section_near_a_point_is_measured() -> None:
    torus = mesh(trimesh.creation.torus(10.0, 1.5, 96, 48))
    at, down = np.array((0.0, -10.0, 0.0)), np.array((0.0, -1.0, 0.0))
    assert local_section(torus, at, down, 4.0) == pytest.approx(math.pi * 1.5**2, rel=0.01)
    assert local_section(torus, at, down, 1.0) == pytest.approx(math.pi, rel=0.01)  # the disc alone
    assert way_out(torus, at, down) == pytest.approx((1.5, 1.0), abs=0.01)
    assert math.isinf(way_out(torus, np.array((0.0, -20.0, 0.0)), down)[0])


def test_a_band_is_gated_at_its_back_by_its_section() -> None:
    made = sprue(mesh(band(17.0, 4.0, 1.8)), Detail((), RING), "gold_14k_yellow", 5.5)
    (gate,) = made.gates
    assert gate.at == pytest.approx((0.0, 0.0, -10.3), abs=0.1)
    assert made.way == RING
    assert gate.section_mm2 == pytest.approx(4.0 * 1.8, rel=0.1)
    assert gate.d >= gate.thick == pytest.approx(1.8, abs=0.1)
    assert 70 <= gate.feed_pct <= 150
    assert 5 <= made.length <= 12
    assert judged(made) == ()
    assert volume(made) == pytest.approx(math.pi / 4 * gate.d**2 * made.length, rel=0.01)
    assert sprue_of_row(made.row()) == made
    assert flare(gate) > 0.2 and flare(replace(gate, square=0.8)) == 0.0


@pytest.mark.parametrize(("width", "grams"), [(6.5, 6.0), (4.0, 9.0)])
def test_a_wide_or_heavy_ring_has_two_gates_like_each_other(width: float, grams: float) -> None:
    made = sprue(mesh(band(18.0, width, 2.0)), Detail((), RING), "gold_14k_yellow", grams)
    a, b = (np.array(gate.at) for gate in made.gates)
    assert a * (-1, 1, 1) == pytest.approx(b, abs=0.3)
    assert np.linalg.norm(a - b) > max(gate.d for gate in made.gates)


def test_a_gate_keeps_off_stones() -> None:
    body = mesh(band(17.0, 4.0, 1.8))
    made = sprue(body, Detail(((0.0, 0.0, -10.3, 4.0),), RING), "gold_14k_yellow", 5.5)
    assert np.linalg.norm(np.array(made.gates[0].at) - (0, 0, -10.3)) > 4.0 + 1.0
    outward = np.array(made.gates[0].way) @ np.array(made.gates[0].at)
    assert outward > 0  # never into the finger hole


def test_a_platinum_sprue_is_thicker_and_shorter() -> None:
    body = mesh(band(17.0, 4.0, 1.8))
    gold, platinum = (
        sprue(body, Detail((), RING), word, 5.0) for word in ("gold_18k_yellow", "platinum_950_ru")
    )
    assert platinum.gates[0].d > gold.gates[0].d
    assert platinum.length < gold.length


def test_two_heavy_places_with_a_neck_have_two_gates_or_say_so() -> None:
    seen = sprue(mesh(dumbbell(5.0, 1.2, 9.0)), Detail((), PENDANT), "silver_925", 2.0)
    assert len(seen.gates) == 2 and seen.unfed == 0
    even = sprue(mesh(dumbbell(5.0, 4.0, 9.0)), Detail((), PENDANT), "silver_925", 2.0)
    assert len(even.gates) == 1 and even.unfed == 0
    ball = ((4.5, 0.0, 0.0, 4.0),)  # one end is all detail
    lost = sprue(mesh(dumbbell(5.0, 1.2, 9.0)), Detail(ball, PENDANT), "silver_925", 2.0)
    assert (len(lost.gates), lost.unfed) == (1, 1)
    assert "no gate of their own" in judged(lost)[-1]
