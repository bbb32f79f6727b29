"""The checker's measures against closed forms: thickness, bore, volume, deviation."""

from __future__ import annotations

import numpy as np
import pytest
import shapes

from jewelgen.checker import crossing
from jewelgen.checker import surface as surfaces
from jewelgen.checker.bore import bore, circle
from jewelgen.checker.crossing import crossings
from jewelgen.checker.field import field
from jewelgen.checker.nearest import distances
from jewelgen.checker.rays import Scene, scene
from jewelgen.checker.surface import Surface, blocks
from jewelgen.checker.thickness import sorts, thickness

WITHIN = 0.02  # mm


def seen(made: Surface) -> Scene:
    rays = scene(made)
    assert rays is not None
    return rays


def walls(made: Surface) -> np.ndarray:
    rays = seen(made)
    found = thickness(rays, field(made, rays.normals)).wall
    return found[np.isfinite(found)]


@pytest.mark.parametrize("t", [0.2, 0.32, 0.8, 1.5, 3.0])
def test_plates_and_tubes_are_as_thick_as_they_are(t: float) -> None:
    plate = walls(shapes.surface(shapes.box(12, 9, t)))
    assert plate.min() == pytest.approx(t, abs=WITHIN)
    assert np.median(plate) == pytest.approx(t, abs=WITHIN)
    tube = walls(shapes.surface(shapes.tube(16.0, t, 4.0 + 2 * t)))
    assert np.median(tube) == pytest.approx(t, abs=WITHIN)
    assert tube.min() == pytest.approx(t, abs=WITHIN)


@pytest.mark.parametrize("d", [1.0, 4.0, 9.0])
def test_a_ball_is_as_thick_as_its_diameter(d: float) -> None:
    assert np.median(walls(shapes.surface(shapes.ball(d)))) == pytest.approx(d, abs=WITHIN)


@pytest.mark.parametrize("degrees", [12.0, 25.0, 40.0])
def test_a_wedge_is_measured_by_the_ball_between_its_sides(degrees: float) -> None:
    made = shapes.surface(shapes.wedge(8.0, degrees))
    rays = seen(made)
    samples = field(made, rays.normals)
    found = thickness(rays, samples)
    half = np.radians(degrees / 2)
    flank = np.abs(samples.normals[:, 2] + np.sin(half)) < 1e-3
    along = samples.points[:, 2] / np.cos(half)
    middle = flank & (along > 2) & (along < 5) & (np.abs(samples.points[:, 1]) < 3)
    expected = 2 * along[middle] * np.tan(half)
    assert middle.sum() > 100
    assert np.abs(found.ball[middle] - expected).max() < WITHIN


@pytest.mark.parametrize(("size", "sort"), [((0.5, 0.6, 9.0), "wire"), ((0.5, 6.0, 9.0), "wall")])
def test_bars_and_sheets_are_told_apart(size: tuple[float, float, float], sort: str) -> None:
    made = shapes.surface(shapes.box(*size))
    rays = seen(made)
    samples = field(made, rays.normals)
    wall = thickness(rays, samples).wall
    inner = np.abs(samples.points[:, 2]) < 3
    thin = np.flatnonzero((wall < 0.55) & inner & (np.abs(samples.points[:, 1]) < 0.4 * size[1]))
    found = sorts(rays, samples, wall, thin)
    assert len(thin) > 50
    assert found.count(sort) > 0.95 * len(found)


@pytest.mark.parametrize("d", [14.0, 17.35, 22.6])
def test_the_bore_is_the_inside_of_the_ring(d: float) -> None:
    found = bore(seen(shapes.surface(shapes.tube(d, 1.6, 3.0))))
    assert found is not None
    assert found.diameter == pytest.approx(d, abs=0.005)
    assert found.axis == (0.0, 1.0, 0.0)


def test_a_bore_is_measured_past_a_slit() -> None:
    """No metal in the very direction from which the hole is looked round."""
    tube = shapes.tube(17.0, 1.6, 3.0)
    x, _, z = tube.mean(axis=1).T
    slit = (np.abs(z) < 0.2) & (x > 0)
    assert slit.any()
    found = bore(seen(shapes.surface(tube[~slit])))
    assert found is not None
    assert found.diameter == pytest.approx(17.0, abs=0.01)


def test_a_plate_has_no_bore() -> None:
    assert bore(seen(shapes.surface(shapes.box(12, 9, 2)))) is None


def test_a_circle_is_fitted_exactly() -> None:
    a = np.linspace(0, 5, 9)
    assert circle(1 + 3 * np.cos(a), 3 * np.sin(a) - 2) == pytest.approx((1, -2, 3))


def test_volumes_are_those_of_the_shapes() -> None:
    assert shapes.surface(shapes.box(3, 4, 5)).volume() == pytest.approx(60, rel=1e-6)
    ring = shapes.surface(shapes.tube(16, 2, 3))
    assert ring.volume() == pytest.approx(np.pi * (10**2 - 8**2) * 3, rel=2e-4)


def test_distances_from_a_box_are_those_to_its_face_edge_and_corner() -> None:
    cube = shapes.surface(shapes.box(2, 2, 2, (5, 0, 0)))
    points = np.array([(8.0, 0, 0), (7.0, 2, 0), (7.0, 2, 2), (5.0, 0, 0), (2.0, 0.5, 0.5)])
    found = distances(points, cube, np.full(len(points), 3.0))
    assert found == pytest.approx([2.0, np.sqrt(2), np.sqrt(3), 1.0, 2.0])
    assert distances(points[:1], cube, np.array([1.9])) == [np.inf]


def test_slab_by_slab_the_same_triangles_cross(monkeypatch: pytest.MonkeyPatch) -> None:
    both = shapes.surface(
        shapes.tube(17.0, 1.8, 4.0), np.add(shapes.tube(17.0, 1.8, 4.0), (3.0, 0.2, 0.1))
    )
    whole = {tuple(sorted(pair)) for pair in crossings(both).tolist()}
    assert len(whole) > 10
    monkeypatch.setattr(crossing, "SLAB", 100)
    slabs = crossings(both)
    assert {tuple(sorted(pair)) for pair in slabs.tolist()} == whole
    assert len(slabs) == len(whole), "no pair is found twice"
    some = {tuple(sorted(pair)) for pair in crossings(both, 3).tolist()}
    assert some == {pair for pair in whole if pair[0] % 3 == 0 or pair[1] % 3 == 0}


def test_in_blocks_a_surface_measures_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made = shapes.surface(shapes.ball(10.0))
    volume, crosses = made.volume(), made.crosses()
    monkeypatch.setattr(surfaces, "BLOCK", 77)
    assert [s.stop - s.start for s in blocks(200, 77)] == [77, 77, 46]
    assert made.volume() == pytest.approx(volume, rel=1e-12)
    assert np.array_equal(made.crosses(), crosses)
