"""How wide the strokes of a region are, and regions whose hairlines are made wider.

The middle line of a stroke is where two facing stretches of the boundary are equally near: the edges of the
Voronoi diagram of points along the boundary whose two points stand opposite (corners, whose points stand at an
angle, have no such line).

In: shapely regions, mm.  Out: `Strokes`, regions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy  # its rooms load when they are first entered: only names in script are widened
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Array = NDArray[np.float64]
OPPOSED = -0.6  # cosine between the ways to both banks: more than about 127 degrees apart
STEP = 0.06  # mm between points along the boundary
CORNER = (
    3.5 * STEP
)  # mm along the boundary: nearer points face each other across a corner, not a stroke
TIDY = 0.004  # mm a middle line may be straightened
SHORT, NEAR = (
    1.5,
    2.5,
)  # times the least stroke: thin runs no longer, their banks no further, end in a corner
ROUND = 16  # chords a quarter turn


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Pieces of middle lines, (n, 2, 2) in mm, and the numbers of their ends; how wide the stroke is there,
    and how far it is along the boundary from one bank to the other (infinite between two rings), mm.
    """

    lines: Array
    ends: NDArray[np.int64]
    widths: Array
    round_it: Array


def strokes(shape: BaseGeometry) -> Strokes:
    """The middle lines of a region's strokes."""
    banks, ring, place, whole = _banks(shape)
    found = scipy.spatial.Voronoi(banks)
    ends = np.array(found.ridge_vertices)
    closed = (ends >= 0).all(axis=1)
    ends, pairs = ends[closed], found.ridge_points[closed]
    lines = found.vertices[ends]
    middle = lines.mean(axis=1)
    i, j = pairs[:, 0], pairs[:, 1]
    p, q = banks[i] - middle, banks[j] - middle
    facing = (p * q).sum(axis=1) < OPPOSED * np.linalg.norm(p, axis=1) * np.linalg.norm(q, axis=1)
    apart = np.abs(place[i] - place[j])
    apart = np.where(ring[i] == ring[j], np.minimum(apart, whole[i] - apart), np.inf)
    facing &= apart > CORNER
    lines, ends, widths = lines[facing], ends[facing], 2 * np.linalg.norm(p, axis=1)[facing]
    shapely.prepare(shape)
    inside = shapely.contains_xy(shape, lines[:, :, 0], lines[:, :, 1]).all(axis=1)
    return Strokes(lines[inside], ends[inside], widths[inside], apart[facing][inside])


def _banks(shape: BaseGeometry) -> tuple[Array, Array, Array, Array]:
    """Points along the boundary; the ring each lies on, how far along it, and how long that is, mm."""
    parts: list[tuple[Array, ...]] = []
    for k, ring in enumerate(shapely.get_rings(shapely.get_parts(shape))):
        p = shapely.get_coordinates(shapely.segmentize(ring, STEP))
        far = np.linalg.norm(np.diff(p, axis=0), axis=1)
        kept = far > 1e-6
        place = np.concatenate(([0.0], np.cumsum(far)))[:-1][kept]
        n = len(place)
        parts.append((p[:-1][kept], np.full(n, float(k)), place, np.full(n, far.sum())))
    return tuple(np.concatenate(rows) for rows in zip(*parts, strict=True))  # type: ignore[return-value]


def thinnest(shape: BaseGeometry, least: float) -> tuple[float, float, float]:
    """Width of the thinnest stroke and where it is, mm; points of strokes wider than `least` are none."""
    found = strokes(shape)
    widths = np.where(_tips(found, least), np.inf, found.widths)
    if not len(widths):
        return float("inf"), 0.0, 0.0
    i = int(widths.argmin())
    x, y = found.lines[i].mean(axis=0)
    return float(widths[i]), float(x), float(y)


def thickened(shape: BaseGeometry, least: float) -> BaseGeometry:
    """The region with every stroke under `least` mm made that wide about its middle line, round at its ends."""
    found = strokes(shape)
    thin = (found.widths < least - TIDY) & ~_tips(found, least)
    if not thin.any():
        return shape
    lines = shapely.line_merge(shapely.union_all(shapely.linestrings(found.lines[thin])))
    wide = shapely.simplify(lines, TIDY).buffer(least / 2, quad_segs=ROUND)
    return shapely.union_all([shape, wide])


def _tips(found: Strokes, least: float) -> NDArray[np.bool_]:
    """Which pieces belong to short thin runs into a pointed corner: the end of a stroke, not a stroke."""
    thin = found.widths < least
    _, number = np.unique(found.ends[thin], return_inverse=True)
    number = number.reshape(-1, 2)
    n = int(number.max(initial=-1)) + 1
    if not n:
        return np.zeros(len(thin), dtype=bool)
    graph = scipy.sparse.coo_array((np.ones(len(number)), number.T), shape=(n, n))
    count, label = scipy.sparse.csgraph.connected_components(graph)
    run, lines = label[number[:, 0]], found.lines[thin]
    long = np.bincount(run, np.linalg.norm(lines[:, 0] - lines[:, 1], axis=1), count)
    tips = np.zeros(len(thin), dtype=bool)
    tips[thin] = (long[run] < SHORT * least) & (found.round_it[thin] < NEAR * least)
    return tips
