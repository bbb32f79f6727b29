"""Metal that two shapes share against closed forms, thin lenses above all, and the distances that find it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from jewelgen.flat.outline import Box, Oval
from jewelgen.piece.apart import apart
from jewelgen.piece.bodies import placed
from jewelgen.piece.bounds import Shape, bounds
from jewelgen.piece.cutter import Bearing, Bore, Groove, Pocket
from jewelgen.piece.form import Ball, Bar, Dome, Hoop, Plate, Tube, Twist, Wall
from jewelgen.piece.frame import Frame
from jewelgen.piece.inside import inside
from jewelgen.piece.quadrature import common
from jewelgen.piece.rail import Bez, Circ, straight
from jewelgen.piece.section import Sec, Wire

Array = NDArray[np.float64]
BENT = Bez(((0.0, 0.0, 0.0), (0.0, 0.0, 4.0), (3.0, 0.0, 6.0), (6.0, 0.0, 6.0)), (1.0, 0.0, 1.0))
SHAPES = (
    Hoop(16.0, ((0.0, Sec(4.0, 2.0, 0.6, 0.3)), (180.0, Sec(2.0, 1.4, 0.4, 0.2)))),
    Hoop(17.0, ((0.0, Sec(3.0, 1.5, 1.5)),)),
    Hoop(17.0, ((0.0, Sec(3.0, 2.0, 1.0, top="knife")),), 30.0, 200.0),
    Bar(BENT, ((0.0, Wire(1.6)), (1.0, Wire(0.8))), "dome"),
    Bar(BENT, ((0.0, Sec(2.0, 1.0, 0.3)), (1.0, Sec(1.2, 1.2, 0.2)))),
    Bar(Circ(5.0), ((0.0, Wire(1.0)),)),
    Twist(BENT, 2, 0.6, 3.0),
    Wall(Oval(8.0, 6.0), 2.0, 0.4, 0.05, rim=0.6, lean=0.3),
    Plate(Box(6.0, 4.0, 1.0), 1.0),
    Dome(12.0, 3.0, 0.6),
    Tube(3.0, 2.0, 4.0),
    Bearing(Oval(2.0, 2.0), 0.8, 0.0, 0.2, 0.3, 0.5, 2.0),
    Pocket(Oval(3.0, 2.0), 2.0, 0.5),
    Groove(9.0, 1.0, 0.5, 0.0, 120.0),
    Bore(2.0, 6.0),
)


def shared(a: Shape, at: Frame, b: Shape, there: Frame, rel: float = 0.016) -> float:
    """mm3 that both hold, measured from either side, which must agree."""
    one, other = placed("a", a, at), placed("b", b, there)
    found = common(one, other)
    assert common(other, one) == pytest.approx(found, rel=rel)
    return found


def unit(*v: float) -> tuple[float, float, float]:
    size = math.hypot(*v)
    return (v[0] / size, v[1] / size, v[2] / size)


def segment(r: float, h: float) -> float:
    """Area in mm2 of a circle's segment `h` deep."""
    half = math.acos(1 - h / r)
    return r * r * (half - math.sin(half) * math.cos(half))


@pytest.mark.parametrize("way", [(1, 0, 0), (1, 1, 1), (1, 2, 0.3), (0.3, 0.9, 0.1)])
@pytest.mark.parametrize("deep", [0.01, 0.03, 0.1, 0.5])
def test_two_balls_share_a_lens(way, deep):
    away = unit(*way)
    there = Frame(tuple((2.0 - deep) * x for x in away))
    lens = 2 * math.pi * (deep / 2) ** 2 * (3 - deep / 2) / 3
    assert shared(Ball(2.0), Frame(), Ball(2.0), there) == pytest.approx(lens, rel=0.016)


@pytest.mark.parametrize("deep", [0.03, 0.1])
@pytest.mark.parametrize("turn", [(1, 0, 0), (1, 0.5, 0), (1, -2, 0)])
def test_a_wire_that_grazes_a_plate(turn, deep):
    rail = straight((-3.0, 0.0, 1.0 - deep), (3.0, 0.0, 1.0 - deep), (0.0, 0.0, 1.0))
    plate = Plate(Oval(20.0, 20.0), 1.0)
    found = shared(Bar(rail, ((0.0, Wire(2.0)),)), Frame(x=unit(*turn)), plate, Frame((0, 0, -1)))
    assert found == pytest.approx(6 * segment(1.0, deep), rel=0.016)


@pytest.mark.parametrize("deep", [0.03, 0.1])
def test_a_ring_of_wire_laid_on_a_plate(deep):
    """Pappus: every place of the ring sinks in by the same segment, whose centroid runs on the rail."""
    ring, plate = Bar(Circ(9.0), ((0.0, Wire(1.8)),)), Plate(Box(30.0, 30.0), 1.0)
    found = shared(ring, Frame((0, 0, 0.9 - deep)), plate, Frame((0, 0, -1), x=unit(1, 0.4, 0)))
    assert found == pytest.approx(2 * math.pi * 9.0 * segment(0.9, deep), rel=0.016)


@pytest.mark.parametrize("deep", [0.03, 0.1])
def test_a_ring_of_wire_stood_on_a_plate(deep):
    """What of the torus lies below the plate's face, by columns."""
    x, y = (step.reshape(shape) for step, shape in (
        (np.linspace(-4, 4, 4001), (-1, 1)), (np.linspace(-0.9, 0.9, 901), (1, -1))))  # fmt: skip
    out = 9.0 + np.sqrt(np.maximum(0.81 - y * y, 0.0))
    depth = np.maximum(np.sqrt(np.maximum(out * out - x * x, 0.0)) - 9.9 + deep, 0.0)
    exact = float(depth.sum()) * 0.002 * 0.002
    ring, plate = Bar(Circ(9.0), ((0.0, Wire(1.8)),)), Plate(Box(30.0, 30.0), 1.0)
    upright = Frame(x=(1.0, 0.0, 0.0), z=(0.0, 1.0, 0.0))
    below = Frame((0, 0, deep - 10.9), x=unit(1, 0.4, 0))
    assert shared(ring, upright, plate, below) == pytest.approx(exact, rel=0.01)


@pytest.mark.parametrize("slope", [0.0, 0.4, 1.0])
def test_a_rod_through_a_plate(slope):
    """A slanting rod's cut is longer by 1 / cos, and the plate as thick."""
    rod = Bar(straight((0, 0, -6), (0, 0, 6)), ((0.0, Wire(2.0)),))
    leaning = Frame(x=unit(1, 0, -slope), z=unit(slope, 0, 1))
    found = shared(rod, leaning, Plate(Oval(20.0, 20.0), 1.0), Frame())
    assert found == pytest.approx(math.pi * math.hypot(1.0, slope), rel=3e-3)


def test_a_long_thin_shaving_round_a_band_is_met_everywhere():
    """A sleeve 0.02 mm deep in a band, 57 mm round: its cells are larger than it is deep."""
    band, sleeve = Hoop(18.0, ((0.0, Sec(2.0, 0.3)),)), Tube(18.04, 17.0, 2.0)
    exact = math.pi * (9.02**2 - 9.0**2) * 2.0
    upright = Frame((0.0, -1.0, 0.0), x=(1.0, 0.0, 0.0), z=(0.0, 1.0, 0.0))
    assert shared(band, Frame(), sleeve, upright, 0.03) == pytest.approx(exact, rel=0.03)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: type(shape).__name__)
def test_no_shape_is_nearer_than_it_is_said_to_be_apart(shape):
    """Every point is at least as far from every point inside as `apart` says, and none inside is apart."""
    random = np.random.default_rng(20)
    low, high = bounds(shape)
    metal = low + random.random((40_000, 3)) * (high - low)
    metal = metal[inside(shape, metal)]
    assert len(metal) > 100
    assert apart(shape, metal).max() < 1e-3
    around = low - 1.0 + random.random((300, 3)) * (high - low + 2.0)
    said = apart(shape, around)
    nearest = np.array([np.linalg.norm(metal - p, axis=1).min() for p in around])
    assert (said > 0.05).any()
    assert (said <= 1.25 * nearest + 0.02).all()
