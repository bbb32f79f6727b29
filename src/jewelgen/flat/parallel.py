"""Parallel curves of a closed loop: its runs between corners moved out by `d`, corners mitred or trimmed.

In: a counter-clockwise `Loop` and a distance in mm (inward when negative).  Out: rows of points, segments,
area and length. So a bezel's strip is folded at the point of a pear and let in at the cleft of a heart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from jewelgen.flat.runs import Run, corners, runs, spans
from jewelgen.flat.segments import (
    Arc,
    Cubic,
    Line,
    Loop,
    Point,
    Segment,
    loop_length,
    loop_moments,
)


@dataclass(frozen=True, slots=True)
class Row:
    """One smooth stretch of a parallel curve: points, both ends included, and the unit directions there.

    Two points are a straight line; two equal ones a mitre that has closed.
    """

    points: tuple[Point, ...]
    headings: tuple[Point, ...]


def rows(loop: Loop, d: float, n: int, side: float = 0.0) -> tuple[Row, ...]:
    """About `n` points on the parallel curve in rows that follow each other, two or more.

    One row a segment and one for each straight end of a mitre, so that rows of the same loop at different
    distances on one side of it belong together; `side` (any number of that sign) keeps the mitres of the
    loop itself, where d = 0 closes them. Where a corner trims a segment away, its run is shared out evenly.
    """
    found, whole = runs(loop), loop_length(loop)
    out: list[Row] = []
    for k, (run, (low, high)) in enumerate(zip(found, spans(loop, d), strict=True)):
        first, last = (_opens(loop, k - 1, d or side), _opens(loop, k, d or side))
        core = (0.0 if first else low, run.length if last else high)
        stretches = [(low, 0.0)] if first else []
        stretches += pairwise((core[0], *_inner(run, *core, alone=len(loop) == 1), core[1]))
        stretches += [(run.length, high)] if last else []
        for a, b in stretches:
            row = _row(run, d, (a, b), max(6, math.ceil(n * (b - a) / whole)))
            # One point where two rows meet, to the last digit.
            out.append(replace(row, points=(out[-1].points[-1], *row.points[1:])) if out else row)
    last_row = out[-1]
    return (*out[:-1], replace(last_row, points=(*last_row.points[:-1], out[0].points[0])))


def _opens(loop: Loop, k: int, d: float) -> bool:
    """Whether the corner at the end of run `k` is mitred on that side."""
    found = corners(loop)
    return bool(found) and d * found[k].turn > 0


def _inner(run: Run, low: float, high: float, alone: bool) -> tuple[float, ...]:
    """Where a run is cut into rows: at its joints, evenly when trimming has passed one; a lone segment in two."""
    pieces = max(len(run.segments), 2 if alone else 1)
    if len(run.joints) == pieces - 1 and all(low < s < high for s in run.joints):
        return run.joints
    return tuple(low + (high - low) * k / pieces for k in range(1, pieces))


def _row(run: Run, d: float, stretch: tuple[float, float], count: int) -> Row:
    low, high = stretch
    lone = len(run.segments) == 1 and isinstance(run.segments[0], Line)
    steps = 1 if lone or high <= 0.0 or low >= run.length else count
    places = [low + (high - low) * i / steps for i in range(steps + 1)]
    return Row(tuple(run.at(s, d) for s in places), tuple(run.heading(s) for s in places))


def ring(loop: Loop, d: float, n: int) -> list[Point]:
    """The same points in one round, none twice."""
    return [p for row in rows(loop, d, n) for p in row.points[:-1]]


def plain(loop: Loop, d: float) -> Loop | None:
    """The line `d` mm outside a smooth loop of straight runs and circular bends, of the same; None for others."""
    if corners(loop) or not all(isinstance(item, (Line, Arc)) for item in loop):
        return None
    return tuple(_beside(item, d) for item in loop)


def _beside(item: Segment, d: float) -> Segment:
    if isinstance(item, Arc):
        return replace(item, radius=item.radius + math.copysign(d, d * (item.a1 - item.a0)))
    (px, py), (qx, qy) = item.at(0.0), item.at(1.0)
    size = math.hypot(qx - px, qy - py)
    x, y = d * (qy - py) / size, d * (px - qx) / size
    return Line((px + x, py + y), (qx + x, qy + y))


def curve(loop: Loop, d: float, n: int = 240) -> Loop:
    """The parallel curve as lines and cubics, within 1e-5 mm on jewelry's radii; the loop itself at d = 0."""
    if d == 0:
        return loop
    out: list[Line | Cubic] = []
    for row in rows(loop, d, n):
        if len(row.points) == 2:
            out.append(Line(*row.points))
            continue
        for (p, q), (u, v) in zip(pairwise(row.points), pairwise(row.headings), strict=True):
            h = math.dist(p, q) / 3.0
            out.append(
                Cubic(p, (p[0] + h * u[0], p[1] + h * u[1]), (q[0] - h * v[0], q[1] - h * v[1]), q)
            )
    return tuple(out)


def opening(turns: Iterable[float]) -> float:
    """What a perimeter grows by for every mm of offset: 2 pi, but 2 tan(turn/2) for each corner's turn in degrees."""
    corners = [math.radians(turn) for turn in turns]
    return 2 * math.pi + sum(2 * math.tan(turn / 2) - turn for turn in corners)


def _opening(loop: Loop) -> float:
    return opening(corner.turn for corner in corners(loop))


def _exact(loop: Loop, d: float) -> bool:
    """Whether Steiner's formulas hold: no corner is trimmed, or only such as straight sides make."""
    found = runs(loop)
    straight = [all(isinstance(s, Line) for s in run.segments) for run in found]
    return all(
        d * corner.turn >= 0 or (straight[i] and straight[(i + 1) % len(found)])
        for i, corner in enumerate(corners(loop))
    )


@cache
def parallel_area(loop: Loop, d: float) -> float:
    """Area in mm2 within the parallel curve: A + P d + T d^2 (Steiner, mitred), or measured where curves cross."""
    spans(loop, d)
    if _exact(loop, d):
        return loop_moments(loop).area + loop_length(loop) * d + _opening(loop) * d * d / 2
    return loop_moments(curve(loop, d)).area


@cache
def parallel_length(loop: Loop, d: float) -> float:
    """Length in mm of the parallel curve: P + 2 T d, or measured where curves cross."""
    spans(loop, d)
    if _exact(loop, d):
        return loop_length(loop) + _opening(loop) * d
    return loop_length(curve(loop, d))
