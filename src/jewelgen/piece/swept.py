"""Inside tests of bars and twists: the nearest place of the rail, then the section there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy  # its rooms load when they are first entered: most pieces need none
from numpy.typing import NDArray

from jewelgen.flat.outline import Oval
from jewelgen.piece.contains import in_section
from jewelgen.piece.easing import Sizes, bar_section_at, sizes_at
from jewelgen.piece.form import Bar, Twist
from jewelgen.piece.rail import Bez, Circ, Loop, Rail, Wound, at, axes, is_closed, is_straight
from jewelgen.piece.section import Section, area_and_centroid, thickness, width
from jewelgen.piece.strand import strand_line, turns

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
_PAIRS = (
    50_000  # of points and samples whose distances are taken at once: what one core keeps at hand
)
_MOST_PAIRS = 20_000_000  # up to which they are all taken: loading what builds a tree takes longer
_STEPS = 3  # projections after the nearest sample


@dataclass(frozen=True, slots=True, eq=False)
class Along:
    """Where points lie by a rail: which were near enough, and of those the rail's parameter, mm along the section's
    u and v, and `past` the place along the tangent (not 0 only beyond the ends).
    """

    hit: Mask
    t: Array
    u: Array
    v: Array
    past: Array


def dot(a: Array, b: Array) -> Array:
    """Scalar products of rows."""
    return np.asarray(np.einsum("ij,ij->i", a, b))


def in_bar(bar: Bar, p: Array) -> Mask:
    """Which points lie in the bar; a domed end is half a ball."""
    reach = max(float(np.hypot(width(s) / 2, thickness(s))) for _, s in bar.stations)
    near = along(bar.rail, p, reach)
    mask = np.zeros(len(p), dtype=bool)
    if near.hit.any():
        mask[near.hit] = _in_slices(bar, near)
    return mask


def _in_slices(bar: Bar, near: Along) -> Mask:
    sizes = sizes_at(bar.stations, near.t, cosine=False)
    lift = centroids(bar, near.t, sizes)
    mask = in_section(sizes, near.u, near.v + lift)
    if is_closed(bar.rail):
        return mask
    beyond = (near.t >= 1.0) & (near.past > 1e-7)
    mask &= ~(beyond | ((near.t <= 0.0) & (near.past < -1e-7)))
    if bar.end == "dome" and sizes.wire:
        away = near.u**2 + near.v**2 + near.past**2
        mask |= beyond & (away <= sizes.w**2 / 4)
    return mask


def centroids(bar: Bar, t: Array, sizes: Sizes) -> Array:
    """Height of the centroid over the inner face at each place."""
    if sizes.wire:
        return np.asarray(sizes.w / 2)
    return np.interp(t, *_centroid_table(bar.stations))


@lru_cache(maxsize=256)
def _centroid_table(stations: tuple[tuple[float, Section], ...]) -> tuple[Array, Array]:
    places = np.linspace(0.0, 1.0, 2 if len(stations) == 1 else 33)
    values = [area_and_centroid(bar_section_at(stations, float(x)))[1] for x in places]
    return places, np.array(values)


def along(rail: Rail, p: Array, reach: float = math.inf) -> Along:
    """Where the points within `reach` of a rail lie along it: those further off are not `hit`."""
    if is_straight(rail):
        return _square_to(rail, p, _on_line(rail, p))
    circle = _as_circle(rail)
    if circle is not None:
        return _square_to(circle, p, _on_circle(circle, p))
    line = _line(rail)
    index, hit = _closest(line.tried, p, reach + line.gap)
    return _stepped(line, p[hit], index[hit] * line.stride, hit)


def _square_to(rail: Rail, p: Array, t: Array) -> Along:
    point, tangent, u, v = axes(rail, t)
    d = p - point
    return Along(np.ones(len(p), dtype=bool), t, dot(d, u), dot(d, v), dot(d, tangent))


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    """A free rail looked up at n places, a few microns apart.

    `axes` (n, 3, 4) holds a row for each of the section's u and v and the tangent, and how far along it the place is:
    a point p lies `row[:3] @ p - row[3]` from there. `ahead` (n, 4) is the tangent's row over the rail's speed.
    Every `stride`th place is tried first (`tried`, (m, 3) mm); those lie at most `gap` mm apart.
    """

    axes: Array
    ahead: Array
    tried: Array
    stride: int
    gap: float
    closed: bool


@lru_cache(maxsize=64)
def _line(rail: Rail) -> _Line:
    spans, first = 8, 32
    if isinstance(rail, Bez):
        spans, first = (len(rail.points) - 1) // 3, 16
    if isinstance(rail, Wound):
        spans = 4 * math.ceil(rail.n)
    stride = 64 if isinstance(rail, Bez) else 16
    t = np.linspace(0.0, 1.0, first * spans * stride + 1)
    point, tangent, u, v = axes(rail, t)
    speed = np.linalg.norm(at(rail, t)[1], axis=1)
    tried = np.ascontiguousarray(point[::stride])
    gap = float(np.linalg.norm(np.diff(tried, axis=0), axis=1).max())
    rows = np.stack([np.column_stack((way, dot(way, point))) for way in (u, v, tangent)], axis=1)
    return _Line(rows, rows[:, 2] / speed[:, None], tried, stride, gap, is_closed(rail))


def _stepped(line: _Line, p: Array, k: NDArray[np.int64], hit: Mask) -> Along:
    """From good first guesses to where the rail stands square to the points; straight between places of the table."""
    last = len(line.axes) - 1
    for _ in range(_STEPS):
        row = line.ahead[k]
        step = dot(p, row[:, :3]) - row[:, 3]
        x = k / last + np.clip(step, -0.05, 0.05)
        x = x % 1.0 if line.closed else np.clip(x, 0.0, 1.0)
        k = np.rint(x * last).astype(np.int64)
    rows = line.axes[k]
    u, v, past = (np.einsum("nij,nj->ni", rows[:, :, :3], p) - rows[:, :, 3]).T
    t = k / last + dot(p, line.ahead[k, :3]) - line.ahead[k, 3]
    t = t % 1.0 if line.closed else np.clip(t, 0.0, 1.0)
    return Along(hit, t, u, v, past)


def _closest(line: Array, p: Array, reach: float) -> tuple[NDArray[np.int64], Mask]:
    """Index of the nearest of the line's points, and for which points it lies within `reach`.

    Only what of the line lies in the box round the points, grown by `reach`, can be so near. A short piece of it
    is measured point by point: no tree is built, and SciPy's rooms stay shut.
    """
    if not len(p):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
    low, high = p.min(axis=0) - reach, p.max(axis=0) + reach
    kept = np.nonzero(((line >= low) & (line <= high)).all(axis=1))[0]
    if not len(kept):
        return np.zeros(len(p), dtype=np.int64), np.zeros(len(p), dtype=bool)
    piece = line[kept]
    if len(kept) * len(p) <= _MOST_PAIRS:
        index, least = _nearest(piece, p)
        return kept[index], np.asarray(least < reach * reach)
    away, index = scipy.spatial.cKDTree(piece).query(p, distance_upper_bound=reach)
    return kept[np.minimum(index, len(kept) - 1)], np.isfinite(away)


def _nearest(piece: Array, p: Array) -> tuple[NDArray[np.int64], Array]:
    """Which of the piece's points is nearest to each of `p`, and the square of how far it is."""
    middle = piece.mean(axis=0)  # so that squares of small numbers are compared
    b = piece - middle
    turned, own = (-2.0 * b).T, (b * b).sum(1)
    index, least = np.zeros(len(p), dtype=np.int64), np.zeros(len(p))
    rows = max(1, _PAIRS // len(piece))
    for first in range(0, len(p), rows):
        some = slice(first, first + rows)
        a = p[some] - middle
        apart = a @ turned  # |a - b|^2 less |a|^2, which is alike along a row
        apart += own
        index[some] = apart.argmin(axis=1)
        least[some] = apart[np.arange(len(a)), index[some]] + (a * a).sum(1)
    return index, least


def _on_line(rail: Rail, p: Array) -> Array:
    """Exact for a straight rail; its parameter need not be even, so it is read from a table."""
    samples = np.linspace(0.0, 1.0, 257)
    line = at(rail, samples)[0]
    run = line[-1] - line[0]
    share = ((p - line[0]) @ run) / (run @ run)
    places = ((line - line[0]) @ run) / (run @ run)
    return np.asarray(np.interp(share, places, samples))


def _as_circle(rail: Rail) -> Circ | None:
    if (
        isinstance(rail, Loop)
        and isinstance(rail.outline, Oval)
        and rail.outline.l == rail.outline.w
    ):
        return Circ(rail.outline.l / 2)
    return rail if isinstance(rail, Circ) else None


def _on_circle(rail: Circ, p: Array) -> Array:
    degrees = np.degrees(np.arctan2(p[:, 1], p[:, 0]))
    sweep = rail.a1 - rail.a0
    t = ((degrees - rail.a0) / sweep) % (360.0 / abs(sweep))
    over = t > 1.0
    t = np.where(over, np.where(t - 1.0 < 360.0 / abs(sweep) - t, 1.0, 0.0), t)
    return np.asarray(t)


def in_twist(twist: Twist, p: Array) -> Mask:
    """Which points lie within half a wire of a strand's centre line (chords of 1/96 turn)."""
    n = int(np.ceil(96 * turns(twist))) + 1
    mask = np.zeros(len(p), dtype=bool)
    for strand in range(twist.n):
        line = strand_line(twist, strand, np.linspace(0.0, 1.0, n))
        gap = float(np.linalg.norm(np.diff(line, axis=0), axis=1).max())
        index, hit = _closest(line, p, twist.d / 2 + gap)
        hit[hit] = _to_chords(line, index[hit], p[hit]) <= twist.d**2 / 4
        mask |= hit if is_closed(twist.rail) else hit & _before_ends(line, p, twist.d)
    return mask


def _before_ends(line: Array, p: Array, d: float) -> Mask:
    """Points not past the flat ends; the end planes bind only within a wire's width of the ends."""
    start, stop = line[1] - line[0], line[-1] - line[-2]
    first = ((p - line[0]) @ start >= 0) | (np.linalg.norm(p - line[0], axis=1) > d)
    last = ((p - line[-1]) @ stop <= 0) | (np.linalg.norm(p - line[-1], axis=1) > d)
    return np.asarray(first & last)


def _to_chords(line: Array, index: NDArray[np.int64], p: Array) -> Array:
    """Least squared distance to the two chords that meet at the indexed points."""
    best = np.full(len(p), np.inf)
    for shift in (-1, 0):
        k = np.clip(index + shift, 0, len(line) - 2)
        a, run = line[k], line[k + 1] - line[k]
        s = np.clip(((p - a) * run).sum(1) / (run * run).sum(1), 0.0, 1.0)
        d = p - a - s[:, None] * run
        best = np.minimum(best, (d * d).sum(1))
    return best
