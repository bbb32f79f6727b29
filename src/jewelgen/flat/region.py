"""Free paths as plane regions (shapely): islands united, holes taken out; inside tests and distances.

In: a `Path`.  Out: masks and signed distances over arrays of points; the net area where islands overlap.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from jewelgen.flat.outline import Path, area
from jewelgen.flat.runs import Corner, corners
from jewelgen.flat.segments import loop_moments, loop_points

Array = NDArray[np.float64]
DEVIATION = 0.001  # mm between the path and its polygon


@cache
def region(path: Path) -> BaseGeometry:
    """The path's islands united, less its holes, as a prepared polygon."""
    solid: list[BaseGeometry] = []
    empty: list[BaseGeometry] = []
    for loop in path.loops:
        ring = shapely.Polygon(loop_points(loop, DEVIATION)).buffer(0)
        (solid if loop_moments(loop).area > 0 else empty).append(ring)
    found = shapely.union_all(solid).difference(shapely.union_all(empty))
    shapely.prepare(found)
    return found


def within(path: Path, x: Array, y: Array) -> NDArray[np.bool_]:
    """Which points lie in the path's region."""
    return np.asarray(shapely.contains_xy(region(path), x, y))


def within_grown(path: Path, d: Array | float, x: Array, y: Array) -> NDArray[np.bool_]:
    """Which points lie in the region grown by `d` mm (shrunk when negative; one `d` a point allowed), corners mitred.

    How far points are from the boundary is slow to find: it is asked only where the side they lie on leaves it open.
    """
    d = np.broadcast_to(np.asarray(d, dtype=np.float64), np.shape(x))
    found = d >= 0.0
    asked = within(path, x, y) != found
    found[asked] = mitred(path, x[asked], y[asked]) <= d[asked]
    return np.asarray(found)


def distance(path: Path, x: Array, y: Array) -> Array:
    """Signed distance in mm to the path's boundary, negative inside."""
    away = shapely.distance(shapely.boundary(region(path)), shapely.points(x, y))
    return np.asarray(np.where(within(path, x, y), -away, away))


def mitred(path: Path, x: Array, y: Array) -> Array:
    """As `distance`, with corners mitred: beyond one, how far out the nearer of its straight-on sides is.

    The level lines of this are the parallel curves of `flat.outline.grown`.
    """
    away = distance(path, x, y)
    for corner in corners(path.loops[0]):
        away = _beyond(corner, away, x - corner.at[0], y - corner.at[1])
    return away


def _beyond(corner: Corner, away: Array, x: Array, y: Array) -> Array:
    """Distances of points whose nearest place is that corner, on the side where it opens."""
    sides = [u * x + v * y for u, v in (corner.before, corner.after)]
    outward = corner.turn > 0
    nearest = (np.abs(np.abs(away) - np.hypot(x, y)) < 1e-6) & ((away > 0) == outward)
    return np.where(nearest, np.maximum(*sides) if outward else np.minimum(*sides), away)


@cache
def united_area(path: Path) -> float:
    """Net area in mm2: exact on the curves, overlaps of islands (measured on polygons) counted once."""
    separate = sum(
        abs(shapely.Polygon(loop_points(loop, DEVIATION)).area)
        * (1 if loop_moments(loop).area > 0 else -1)
        for loop in path.loops
    )
    return float(area(path) - (separate - region(path).area))
