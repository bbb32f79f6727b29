"""Where two loops stand on an outline so that what hangs on them hangs level: a bounded search, no iteration.

A chain leaves the loops upwards and outwards at about `CHAIN` degrees from level (45 cm of it round a neck).
Three forces balance where their lines meet: the two pulls must meet on the plumb line of the centre of mass.

In: an outline, the loops' sizes, mm.  Out: the middles of the loops.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from jewelgen.flat.outline import Outline, Path, points
from jewelgen.flat.region import region
from jewelgen.flat.segments import Point

Array = NDArray[np.float64]
CHAIN = 70.0  # degrees from level
LEVELS = 192  # heights looked at, each side: so near to each other that an end is taken in whole
STABLE = 0.25  # of the height: loops that far over the centre of mass are not sought higher
LEAST_STABLE = 0.02  # of the height: lower ones let the piece turn over
# What is weighed: crooked, uneven, close together, unstable; the end of a stroke that sticks out beside a loop.
OFF, TILT, SPAN, LOW, STUB = 8.0, 0.3, 1.0, 1.5, 0.27
PAST = 0.05  # mm outside a loop: where what sticks out beside it is measured
ROUND = 32  # chords a quarter turn


@dataclass(frozen=True, slots=True)
class Hold:
    """A loop's middle, and the area in mm2 of its disc that lies on the outline."""

    at: Point
    area: float


def pull_x(left: Point, right: Point) -> float:
    """Where a chain holding two points pulls plumb, mm along x."""
    slope = 2 * math.tan(math.radians(CHAIN))
    return (left[0] + right[0]) / 2 - (right[1] - left[1]) / slope


@lru_cache(maxsize=64)
def shape_of(outline: Outline) -> BaseGeometry:
    """The outline as a region."""
    return region(outline) if isinstance(outline, Path) else shapely.Polygon(points(outline, 360))


@lru_cache(maxsize=64)
def above(outline: Outline, away: float, radius: float) -> Hold | None:
    """A loop over the centre of mass, its middle `away` mm from the metal."""
    shape = shape_of(outline)
    x = float(shape.centroid.x)
    _, low, _, high = shape.bounds
    line = shapely.LineString(((x, low - 2 * away), (x, high + 2 * away)))
    met = shapely.intersection(line, shape.buffer(away, quad_segs=ROUND))
    return (
        None
        if met.is_empty
        else Hold((x, float(met.bounds[3])), _area(shape, x, met.bounds[3], radius))
    )


@lru_cache(maxsize=64)
def ends(outline: Outline, away: float, radius: float, least: float) -> tuple[Hold, Hold] | None:
    """Loops of `radius` left and right, their middles `away` mm from the metal; None where none holds.

    `least`: mm2 of a loop's disc that must lie on the metal.
    """
    shape = shape_of(outline)
    x0, y0, x1, y1 = shape.bounds
    middle, tall, wide = shape.centroid, y1 - y0, x1 - x0
    grown = shape.buffer(away, quad_segs=ROUND)
    low, high = float(middle.y) + LEAST_STABLE * tall, grown.bounds[3] - 1e-3
    levels = np.linspace(low, high, LEVELS)
    left, right = _sides(grown, levels)
    strong = [
        np.array([_area(shape, x, y, radius) for x, y in zip(xs, levels, strict=True)])
        for xs in (left, right)
    ]
    pull = (left[:, None] + right) / 2 - (levels - levels[:, None]) / (
        2 * math.tan(math.radians(CHAIN))
    )
    lower = np.minimum(levels[:, None], levels)
    cost = (
        OFF * np.abs(pull - middle.x) / wide
        + TILT * np.abs(levels - levels[:, None]) / tall
        - SPAN * (right - left[:, None]) / wide
        + LOW * np.maximum(STABLE - (lower - middle.y) / tall, 0.0)
    )
    stubs = [_beside(shape, xs, levels, radius + PAST) for xs in (left, right)]
    cost += STUB / radius * (stubs[0][:, None] + stubs[1])
    apart = right - left[:, None] > 2 * radius
    cost = np.where(apart & (strong[0] >= least)[:, None] & (strong[1] >= least), cost, np.inf)
    i, j = np.unravel_index(int(cost.argmin()), cost.shape)
    if not np.isfinite(cost[i, j]):
        return None
    one = Hold((float(left[i]), float(levels[i])), float(strong[0][i]))
    return one, Hold((float(right[j]), float(levels[j])), float(strong[1][j]))


def _sides(grown: BaseGeometry, levels: Array) -> tuple[Array, Array]:
    """Where level lines enter and leave a region."""
    x0, _, x1, _ = grown.bounds
    ends = np.array([((x0 - 1, y), (x1 + 1, y)) for y in levels])
    met = shapely.bounds(shapely.intersection(shapely.linestrings(ends), grown))
    return met[:, 0], met[:, 2]


def _beside(shape: BaseGeometry, x: Array, y: Array, radius: float) -> Array:
    """Of the circles about places, the length on the shape but for the longest piece, mm: 0 where one stroke crosses."""
    circles = shapely.buffer(shapely.points(x, y), radius, quad_segs=ROUND)
    met = shapely.line_merge(shapely.intersection(shapely.get_exterior_ring(circles), shape))
    pieces, owner = shapely.get_parts(met, return_index=True)
    long = shapely.length(pieces)
    longest = np.zeros(len(met))
    np.maximum.at(longest, owner, long)
    return np.bincount(owner, long, len(met)) - longest


def _area(shape: BaseGeometry, x: float, y: float, radius: float) -> float:
    near = shapely.clip_by_rect(shape, x - radius, y - radius, x + radius, y + radius)
    return float(
        near.buffer(0).intersection(shapely.Point(x, y).buffer(radius, quad_segs=ROUND)).area
    )
