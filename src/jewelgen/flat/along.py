"""Places along an outline at a distance inside it: one at every corner, the rest evenly between.

In: an `Outline`, mm.  Out: points, counter-clockwise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely

from jewelgen.flat.outline import Outline, points
from jewelgen.flat.segments import Point

CORNER = 25.0  # degrees: a sharper turn has a place of its own
_FINE = 0.0005  # mm between the outline and its chords
_DIGITS = 6


def inset_ring(outline: Outline, inset: float) -> list[Point]:
    """The line `inset` mm inside the outer edge; empty where it closes up or falls into several."""
    whole = shapely.Polygon(points(outline, 720, _FINE))
    shrunk = whole.buffer(-inset, join_style="mitre", mitre_limit=20.0)
    if shrunk.geom_type != "Polygon" or shrunk.is_empty:
        return []
    ring = shapely.get_coordinates(shapely.orient_polygons(shrunk).exterior.simplify(_FINE))[:-1]
    return [(float(x), float(y)) for x, y in ring]


def spaced(ring: Sequence[Point], pitch: float) -> list[Point]:
    """Points on a closed ring, none nearer to another than `pitch` mm, corners kept where they can be."""
    line = np.array(ring)
    sums = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0, append=line[:1]).T))))
    total = float(sums[-1])
    stops = _corners(line, sums, pitch) or [0.0]
    closed = np.vstack((line, line[:1]))
    found: list[Point] = []
    for here, after in zip(stops, [*stops[1:], stops[0] + total], strict=True):
        n = max(1, math.floor((after - here) / pitch + 1e-9))
        spots = (here + (after - here) * np.arange(n) / n) % total
        xs, ys = (np.interp(spots, sums, closed[:, axis]) for axis in (0, 1))
        found += [
            (round(float(x), _DIGITS) + 0.0, round(float(y), _DIGITS) + 0.0)
            for x, y in zip(xs, ys, strict=True)
        ]
    return _apart(found, pitch)


def _corners(
    line: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    sums: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    pitch: float,
) -> list[float]:
    """How far along the corners lie, those too near to the one before left out."""
    ahead, behind = np.roll(line, -1, axis=0) - line, line - np.roll(line, 1, axis=0)
    turn = np.arctan2(
        behind[:, 0] * ahead[:, 1] - behind[:, 1] * ahead[:, 0], (behind * ahead).sum(axis=1)
    )
    found: list[float] = []
    for s in sums[:-1][np.abs(np.degrees(turn)) > CORNER]:
        first = found[0] + float(sums[-1]) if found else math.inf
        if not found or (s - found[-1] >= pitch and first - s >= pitch):
            found.append(float(s))
    return found


def _apart(places: Sequence[Point], pitch: float) -> list[Point]:
    """The places without those that a bend brings too near to one before; a hundredth is allowed."""
    kept: list[Point] = []
    for place in places:
        if all(math.dist(place, other) >= 0.97 * pitch for other in kept):
            kept.append(place)
    return kept
