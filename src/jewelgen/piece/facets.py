"""Facet planes of the convex cuts: round brilliant by its meeting points, step and brilliant fancies.

Heights: the girdle's lower edge is z = 0, the table up, the culet down. All planes face outward.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.convex import Plane, leaning, through

Array = NDArray[np.float64]
EIGHTH = math.pi / 4


@dataclass(frozen=True, slots=True)
class Heights:
    """Girdle, crown and pavilion in mm; table, star and lower-half shares of 1."""

    girdle: float
    crown: float
    pavilion: float
    table: float
    star: float
    lower: float


def _at(radius: float, azimuth: float, z: float) -> tuple[float, float, float]:
    return (radius * math.cos(azimuth), radius * math.sin(azimuth), z)


def level(z: float, up: bool) -> Plane:
    """A level plane that keeps what lies below (`up`) or above `z`."""
    return ((0.0, 0.0, 1.0), z) if up else ((0.0, 0.0, -1.0), -z)


def sides(ring: Array) -> Iterator[Plane]:
    """The upright girdle facets of a convex polygon."""
    for (x0, y0), (x1, y1) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        size = math.hypot(x1 - x0, y1 - y0)
        n = ((y1 - y0) / size, (x0 - x1) / size, 0.0)
        yield n, n[0] * x0 + n[1] * y0


def round_brilliant(h: Heights) -> Iterator[Plane]:
    """57 facets and 32 girdle facets of a brilliant of radius 1 (heights given in radii).

    Mains join the table's corners to the girdle; stars, upper and lower halves follow from the meeting
    points at star and lower-half shares (GIA's definitions, measured in plan).
    """
    angles = 2 * math.pi * np.arange(32) / 32
    yield from sides(np.column_stack((np.cos(angles), np.sin(angles))))
    yield level(h.girdle + h.crown, up=True)
    for k in range(8):
        yield from _crown_eighth(h, k * EIGHTH)
        yield from _pavilion_eighth(h, k * EIGHTH)


def _crown_eighth(h: Heights, main: float) -> Iterator[Plane]:
    mid, top = main + EIGHTH / 2, h.girdle + h.crown
    slope = h.crown / (1 - h.table)
    yield leaning(main, (1.0, h.girdle), slope)
    edge = h.table * math.cos(EIGHTH / 2)
    reach = edge + h.star * (1 - edge)
    meet = _at(reach, mid, h.girdle + (1 - reach * math.cos(EIGHTH / 2)) * slope)
    yield leaning(mid, (edge, top), (top - meet[2]) / (reach - edge))
    for side in (main, main + EIGHTH):
        yield through(meet, _at(1.0, side, h.girdle), _at(1.0, mid, h.girdle))


def _pavilion_eighth(h: Heights, main: float) -> Iterator[Plane]:
    mid = main + EIGHTH / 2
    yield leaning(main, (1.0, 0.0), -h.pavilion)
    reach = 1 - h.lower
    meet = _at(reach, mid, -h.pavilion * (1 - reach * math.cos(EIGHTH / 2)))
    for side in (main, main + EIGHTH):
        yield through(meet, _at(1.0, side, 0.0), _at(1.0, mid, 0.0))


def support(ring: Array, azimuth: float) -> float:
    """How far the polygon reaches in a direction."""
    return float((ring @ np.array((math.cos(azimuth), math.sin(azimuth)))).max())


def fancy_brilliant(ring: Array, h: Heights, half_width: float) -> Iterator[Plane]:
    """Mains at eight normals, halves between them steeper, stars flatter; the culet is a point."""
    yield from sides(ring)
    yield level(h.girdle + h.crown, up=True)
    step = (1 - h.table) * half_width
    slope = h.crown / step
    for k in range(16):
        a = k * EIGHTH / 2
        reach = support(ring, a)
        deep = h.pavilion if k % 2 == 0 else 1.12 * h.pavilion
        yield leaning(a, (reach, 0.0), -deep / reach)
        if k % 2 == 0:
            yield leaning(a, (reach, h.girdle), slope)
        else:
            yield leaning(a, (reach, h.girdle), 1.25 * slope)
            yield leaning(a, (reach - 1.04 * step, h.girdle + h.crown), 0.6 * slope)


# Shares of (way in, way up or down) where the chevrons of a princess meet in the middle of a side; steep at the girdle.
CROWN_CHEVRONS = ((0.0, 0.0), (0.28, 0.42), (0.62, 0.77), (1.0, 1.0))
PAVILION_CHEVRONS = ((0.0, 0.0), (0.25, 0.37), (0.55, 0.67), (1.0, 1.0))


def princess(h: Heights) -> Iterator[Plane]:
    """A table, 20 crown and 20 pavilion facets on a square of half side 1 (heights given in it).

    All facets of a side fan out from its two corners to points on the side's middle line: a triangle along
    the girdle, then pairs that lie like chevrons, ribs from the corners to the culet between them. Of the
    21 and 25 facets that are counted on such a stone the four slivers along the ribs and the culet are left out.
    """
    yield from sides(np.array([(1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)]))
    yield level(h.girdle + h.crown, up=True)
    crown = [(1 - i * (1 - h.table), h.girdle + z * h.crown) for i, z in CROWN_CHEVRONS]
    pavilion = [(1 - i, -z * h.pavilion) for i, z in PAVILION_CHEVRONS]
    for quarter in range(4):
        yield from _chevrons(quarter * math.pi / 2, crown)
        yield from _chevrons(quarter * math.pi / 2, pavilion)


def _chevrons(azimuth: float, middle: Sequence[tuple[float, float]]) -> Iterator[Plane]:
    """The facets of a side that looks to `azimuth`, through (distance, height) on its middle line."""
    (reach, base), (near, high) = middle[:2]
    yield leaning(azimuth, (reach, base), (high - base) / (reach - near))
    for turn in (-EIGHTH, EIGHTH):
        corner = _at(math.sqrt(2.0), azimuth + turn, base)
        for (r0, z0), (r1, z1) in pairwise(middle[1:]):
            yield through(corner, _at(r0, azimuth, z0), _at(r1, azimuth, z1))


# Shares of (inset, height) where the tiers of a step cut meet; convex, three tiers each way.
CROWN_STEPS = ((0.0, 0.0), (0.33, 0.45), (0.66, 0.80), (1.0, 1.0))
PAVILION_STEPS = ((0.0, 0.0), (0.36, 0.45), (0.69, 0.80), (1.0, 1.0))


def step_cut(ring: Array, h: Heights, half_width: float) -> Iterator[Plane]:
    """Three tiers parallel to every side above and below, a table, and a keel."""
    yield level(h.girdle + h.crown, up=True)
    for n, d in sides(ring):
        yield n, d
        a = math.atan2(n[1], n[0])
        yield from _tiers(a, d, h.girdle, CROWN_STEPS, ((1 - h.table) * half_width, h.crown))
        yield from _tiers(a, d, 0.0, PAVILION_STEPS, (half_width, -h.pavilion))


def _tiers(
    azimuth: float,
    reach: float,
    base: float,
    steps: tuple[tuple[float, float], ...],
    size: tuple[float, float],
) -> Iterator[Plane]:
    inset, tall = size
    for (i0, z0), (i1, z1) in pairwise(steps):
        slope = (z1 - z0) * tall / ((i1 - i0) * inset)
        yield leaning(azimuth, (reach - i0 * inset, base + z0 * tall), slope)


def rose(h: Heights) -> Iterator[Plane]:
    """A flat back, six facets to the apex and twelve below them, of radius 1."""
    angles = 2 * math.pi * np.arange(24) / 24
    yield from sides(np.column_stack((np.cos(angles), np.sin(angles))))
    yield level(0.0, up=False)
    for k in range(12):
        a = (k + 0.5) * math.pi / 6
        yield leaning(a, (1.0, h.girdle), 1.35 * h.crown)
    for k in range(6):
        yield leaning(k * math.pi / 3, (0.0, h.girdle + h.crown), 0.72 * h.crown)
