"""How far points lie from a shape, at least: what lets whole blocks of room be passed over unsampled.

In: a shape and points (n, 3) of its own frame, mm.  Out: mm, never more than the true distance; at or under 0
for points that may lie inside. Only the inside tests say what does.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Box, Offset, Outline, Oval
from jewelgen.piece.bounds import CLEAR, Shape, bounds
from jewelgen.piece.contains import oval_distance
from jewelgen.piece.cutter import Bearing, Groove, Pocket
from jewelgen.piece.easing import Sizes, Stations, sizes_at
from jewelgen.piece.form import Ball, Bar, Dome, Hoop, Plate, Tube, Twist, Wall
from jewelgen.piece.mark import Beads
from jewelgen.piece.rail import is_closed, length
from jewelgen.piece.strand import strand_radius
from jewelgen.piece.swept import along, centroids
from jewelgen.piece.tiers import wall_tiers

Array = NDArray[np.float64]
_PLACES = 181  # where the slope of a run of sections is looked for


def apart(shape: Shape, p: Array) -> Array:
    """A lower bound of the distance of each point to the shape."""
    low, high = bounds(shape)
    out = _past_box(low, high, p)
    match shape:
        case Hoop():
            return np.maximum(out, _from_hoop(shape, p))
        case Bar():
            return np.maximum(out, _from_bar(shape, p))
        case Twist():
            near = along(shape.rail, p)
            return np.maximum(out, np.hypot(near.u, near.v) - strand_radius(shape) - shape.d / 2)
        case Wall():
            return np.maximum(out, _from_wall(shape, p))
        case Plate() | Pocket():
            return np.maximum(out, outside_by(shape.outline, 0.0, p[:, 0], p[:, 1]))
        case Bearing():
            return np.maximum(out, outside_by(shape.outline, shape.gap, p[:, 0], p[:, 1]))
        case Dome() | Tube() | Ball() | Beads():
            return np.maximum(out, _from_turned(shape, p))
        case Groove():
            r = np.hypot(p[:, 0], p[:, 2])
            inner = shape.r - (CLEAR if shape.inner else shape.depth)
            return np.maximum(out, inner - r)
        case _:
            return out


def _past_box(low: Array, high: Array, p: Array) -> Array:
    out = np.maximum(low[0] - p[:, 0], p[:, 0] - high[0])
    for k in (1, 2):
        np.maximum(out, low[k] - p[:, k], out=out)
        np.maximum(out, p[:, k] - high[k], out=out)
    return np.asarray(out)


def outside_by(outline: Outline, d: float, x: Array, y: Array) -> Array:
    """A lower bound of the distance to an outline grown by `d`; no bound for free ones, whose box does."""
    if isinstance(outline, Offset):
        return outside_by(outline.of, d + outline.d, x, y)
    if isinstance(outline, Oval):
        if outline.l == outline.w:
            return np.hypot(x, y) - outline.l / 2 - d
        return oval_distance(outline, x, y) - d
    if isinstance(outline, Box):
        return np.maximum(np.abs(x) - outline.w / 2, np.abs(y) - outline.l / 2) - d
    return np.full(len(x), -np.inf)


def _from_hoop(hoop: Hoop, p: Array) -> Array:
    degrees = np.degrees(np.arctan2(p[:, 0], p[:, 2])) % 360.0
    sizes = sizes_at(hoop.stations, np.minimum(degrees, 360.0 - degrees), cosine=True)
    v = np.hypot(p[:, 0], p[:, 2]) - hoop.bore / 2
    steep = _slope(hoop.stations, 180.0, np.pi * hoop.bore / 2, cosine=True)
    return np.asarray(past_section(sizes, p[:, 1], v) / np.hypot(1.0, steep))


def _from_bar(bar: Bar, p: Array) -> Array:
    near = along(bar.rail, p)
    sizes = sizes_at(bar.stations, near.t, cosine=False)
    out = past_section(sizes, near.u, near.v + centroids(bar, near.t, sizes))
    out /= np.hypot(1.0, _slope(bar.stations, 1.0, length(bar.rail), cosine=False))
    if is_closed(bar.rail):
        return out
    beyond = np.where((near.t <= 0.0) | (near.t >= 1.0), np.abs(near.past), -np.inf)
    return np.maximum(out, beyond - (sizes.w / 2 if bar.end == "dome" else 0.0))


@lru_cache(maxsize=512)
def _slope(stations: Stations, whole: float, mm: float, *, cosine: bool) -> float:
    """The most that any size of a run of sections changes over a mm of it."""
    if len(stations) == 1:
        return 0.0
    sizes = sizes_at(stations, np.linspace(0.0, whole, _PLACES), cosine=cosine)
    rows = np.vstack(
        np.broadcast_arrays(sizes.w, sizes.h, sizes.rise, sizes.dip, np.zeros(_PLACES))
    )
    return float(np.abs(np.diff(rows, axis=1)).max()) * (_PLACES - 1) / mm


def past_section(s: Sizes, u: Array, v: Array) -> Array:
    """How far, at least, (u, v) lies outside the section: its box and the circles of its faces."""
    if s.wire:
        return np.hypot(u, v - s.w / 2) - s.w / 2
    a = np.abs(u)
    out = np.maximum(np.maximum(a - s.w / 2, -v), v - s.h)
    if s.top == "knife":
        slope = 2 * s.rise / s.w
        return np.maximum(out, (v - s.h + slope * a) / np.hypot(1.0, slope))
    if np.any(s.rise > 0):
        rise = np.maximum(s.rise, 1e-9)
        radius = (s.w**2 / 4 + rise**2) / (2 * rise)
        over = np.maximum(v, s.h - rise) - s.h + radius
        out = np.maximum(out, np.hypot(a, over) - radius)
    if np.any(s.dip > 0):
        dip = np.maximum(s.dip, 1e-9)
        radius = (s.w**2 / 4 + dip**2) / (2 * dip)
        out = np.maximum(out, np.hypot(a, np.minimum(v, dip) - radius) - radius)
    return np.asarray(out)


def _from_wall(wall: Wall, p: Array) -> Array:
    steps = [step for _, step in wall_tiers(wall)]
    outer = outside_by(wall.outline, wall.gap + wall.t - min(steps), p[:, 0], p[:, 1])
    if isinstance(wall.outline, Oval):  # of others the box is no bound from within
        inner = outside_by(wall.outline, wall.gap - max(steps), p[:, 0], p[:, 1])
        return np.maximum(outer, -inner)
    return outer


def _from_turned(shape: Dome | Tube | Ball | Beads, p: Array) -> Array:
    r, z = np.hypot(p[:, 0], p[:, 1]), p[:, 2]
    match shape:
        case Dome():
            big = (shape.d**2 / 4 + shape.rise**2) / (2 * shape.rise)
            away = np.hypot(r, z - (shape.rise - big))
            return np.maximum(away - big, big - shape.t - away)
        case Tube():
            return np.maximum(r - shape.od / 2, shape.id / 2 - r)
        case Ball():
            return np.hypot(r, z) - shape.d / 2
        case Beads():
            return np.hypot(r, z - shape.d / 2 + shape.bite) - shape.d / 2
