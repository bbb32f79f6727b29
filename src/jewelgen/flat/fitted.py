"""Cubics through dense polygons: what unions and offsets of curves were before they became chords.

Corners and long straight edges stay; between them chains of points are fitted by least squares and halved at
their worst place until they are within `TOLERANCE` (P. J. Schneider, Graphics Gems, 1990).

In: polygons of shapely.  Out: a `Path`, outer loops counter-clockwise, holes clockwise.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from jewelgen.flat.outline import Path
from jewelgen.flat.region import region
from jewelgen.flat.segments import Cubic, Line, Loop, Segment

Array = NDArray[np.float64]
TOLERANCE = 0.01  # mm between a polygon and its curves
TIDY = 0.003  # mm: the grain of a polygon that is not the curve's
CORNER = 25.0  # degrees: a sharper turn is a corner
STRAIGHT = 0.5  # mm: a longer edge is a straight one
STEP = 0.12  # mm: shorter straight edges get points this far apart
ROUNDS = 4  # times places along a cubic are bettered before it is halved


def fitted(shape: BaseGeometry) -> Path:
    """The polygons' loops as lines and cubics within `TOLERANCE` mm."""
    loops: list[Loop] = []
    for part in sorted(shapely.get_parts(shape), key=lambda item: item.bounds):
        tidy = shapely.orient_polygons(shapely.simplify(part, TIDY))
        loops += [_loop(_points(ring)) for ring in (tidy.exterior, *tidy.interiors)]
    return Path(tuple(loops))


def outside(path: Path, d: float) -> Path:
    """The one edge `d` mm outside a path of one loop, in curves, its notches filled where nothing goes in.

    Raises `ValueError` when the curves would cross themselves.
    """
    shape = shapely.buffer(region(path), d, join_style="mitre")
    found = fitted(shapely.Polygon(shape.exterior)) if shape.geom_type == "Polygon" else Path(())
    if len(found.loops) != 1 or not region(found).is_valid or shape.interiors:
        raise ValueError(f"no single edge lies {d:g} mm outside the outline")
    return found


def _points(ring: BaseGeometry) -> Array:
    """The corners of a ring, none twice, with more points along edges that are not long."""
    p = shapely.get_coordinates(ring)[:-1]
    p = p[np.linalg.norm(p - np.roll(p, 1, axis=0), axis=1) > 1e-5]
    rows = []
    for a, b in zip(p, np.roll(p, -1, axis=0), strict=True):
        far = float(np.linalg.norm(b - a))
        n = 1 if far >= STRAIGHT else max(1, round(far / STEP))
        rows += [a + (b - a) * k / n for k in range(n)]
    return np.array(rows)


def _loop(p: Array) -> Loop:
    """One ring, cut where it turns sharply or runs straight."""
    edges = np.roll(p, -1, axis=0) - p
    far = np.linalg.norm(edges, axis=1)
    after = edges / far[:, None]
    before = np.roll(after, 1, axis=0)
    sharp = (after * before).sum(axis=1) < np.cos(np.radians(CORNER))
    straight = far >= STRAIGHT
    smooth = _units(after + before)
    smooth = np.where(straight[:, None], after, smooth)
    smooth = np.where(np.roll(straight, 1)[:, None], before, smooth)
    leave = np.where(sharp[:, None], after, smooth)
    arrive = np.where(sharp[:, None], before, smooth)
    cuts = [int(i) for i in np.flatnonzero(sharp | straight | np.roll(straight, 1))] or [0]
    out: list[Segment] = []
    for i, j in pairwise((*cuts, cuts[0] + len(p))):
        chain = p[np.arange(i, j + 1) % len(p)]
        if j - i == 1:
            out.append(Line(_pair(chain[0]), _pair(chain[-1])))
        else:
            out += _fit(chain, leave[i], -arrive[j % len(p)])
    return tuple(out)


def _units(v: Array) -> Array:
    return np.asarray(v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-12))


def _pair(p: Array) -> tuple[float, float]:
    return float(p[0]), float(p[1])


def _fit(p: Array, leave: Array, arrive: Array) -> list[Segment]:
    """Cubics through a chain, leaving along `leave`; `arrive` points back into the chain from its end."""
    if len(p) == 2:
        third = float(np.linalg.norm(p[1] - p[0])) / 3
        return [_cubic(np.stack((p[0], p[0] + third * leave, p[1] + third * arrive, p[1])))]
    steps = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(p, axis=0), axis=1))))
    t = steps / steps[-1]
    worst = 0
    for _ in range(ROUNDS):
        poles = _least_squares(p, t, leave, arrive)
        error = np.linalg.norm(_at(poles, t) - p, axis=1)
        worst = int(error.argmax())
        if error[worst] < TOLERANCE:
            return [_cubic(poles)]
        if error[worst] > 16 * TOLERANCE:
            break
        t = _nearer(poles, p, t)
    worst = min(max(worst, 1), len(p) - 2)
    across = _units(p[max(worst - 2, 0)] - p[min(worst + 2, len(p) - 1)])
    return [*_fit(p[: worst + 1], leave, across), *_fit(p[worst:], -across, arrive)]


def _cubic(poles: Array) -> Cubic:
    return Cubic(_pair(poles[0]), _pair(poles[1]), _pair(poles[2]), _pair(poles[3]))


def _weights(t: Array) -> Array:
    s = 1 - t
    return np.stack((s**3, 3 * s * s * t, 3 * s * t * t, t**3))


def _at(poles: Array, t: Array) -> Array:
    return np.asarray(_weights(t).T @ poles)


def _least_squares(p: Array, t: Array, leave: Array, arrive: Array) -> Array:
    """The poles of the cubic with those ends and tangents that lies nearest to the points at `t`."""
    w = _weights(t)
    one, two = w[1][:, None] * leave, w[2][:, None] * arrive
    rest = p - (w[0] + w[1])[:, None] * p[0] - (w[2] + w[3])[:, None] * p[-1]
    c = np.array((((one * one).sum(), (one * two).sum()), ((one * two).sum(), (two * two).sum())))
    x = np.array(((one * rest).sum(), (two * rest).sum()))
    chord = float(np.linalg.norm(p[-1] - p[0]))
    det = c[0, 0] * c[1, 1] - c[0, 1] ** 2
    reach = np.linalg.solve(c, x) if abs(det) > 1e-12 else np.zeros(2)
    if reach.min() < 1e-3 * chord or reach.max() > chord:
        reach = np.full(2, chord / 3)
    return np.stack((p[0], p[0] + reach[0] * leave, p[-1] + reach[1] * arrive, p[-1]))


def _nearer(poles: Array, p: Array, t: Array) -> Array:
    """Parameters one Newton step nearer to the feet of the points on the cubic, in order still."""
    one, two = 3 * np.diff(poles, axis=0), 6 * np.diff(poles, n=2, axis=0)
    s = 1 - t
    off = _at(poles, t) - p
    v = np.stack((s * s, 2 * s * t, t * t)).T @ one
    a = np.stack((s, t)).T @ two
    slope = (v * v + off * a).sum(axis=1)
    moved = t - (off * v).sum(axis=1) / np.where(np.abs(slope) < 1e-12, 1.0, slope)
    moved[0], moved[-1] = 0.0, 1.0
    return np.asarray(moved if (np.diff(moved) > 0).all() else t)
