"""Outlines: what a bezel holds, a plate is sawn to, a letter looks like. All centred, in mm.

`Oval` (round when l = w), `Box` (rounded rectangle), `Path` (free loops) and `Offset` (an oval or a
free loop grown or shrunk by a constant distance, corners mitred). The long axis `l` lies along y, the width `w` along x.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat import parallel, runs
from jewelgen.flat.segments import (
    Arc,
    Line,
    Loop,
    Point,
    loop_length,
    loop_moments,
    loop_points,
    segment_box,
)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Oval:
    """An ellipse, `l` along y and `w` along x; a circle when they are equal."""

    l: float
    w: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle `l` (along y) by `w` (along x) with corner radius `r`."""

    l: float
    w: float
    r: float = 0.0


@dataclass(frozen=True, slots=True)
class Path:
    """Closed loops; the first is the outer one (counter-clockwise), the others holes (clockwise) or islands."""

    loops: tuple[Loop, ...]


@dataclass(frozen=True, slots=True)
class Offset:
    """The curve `d` outside (inside when negative) an `Oval` or a `Path` of one loop; made by `grown`."""

    of: Oval | Path
    d: float


Outline = Oval | Box | Path | Offset
ROUNDING = 1e-12  # mm: a way out and back again is no offset


def grown(outline: Outline, d: float) -> Outline:
    """The outline at distance `d` outside `outline` (inside when negative), in simplest terms.

    Sharp corners stay sharp: they are mitred, as a bezel folded round a square stone is. Raises `ValueError`
    for paths of several loops (their offsets are polygons: see `flat.polygons`) and when an inward step
    passes the least radius of curvature.
    """
    if abs(d) < ROUNDING:
        return outline
    if isinstance(outline, Box):
        r = outline.r + d if outline.r > 0 else 0.0
        if min(outline.l, outline.w) + 2 * d <= 0 or r < 0:
            raise ValueError(f"an offset of {d:g} leaves nothing of the outline")
        return Box(outline.l + 2 * d, outline.w + 2 * d, r)
    if isinstance(outline, Oval):
        return _grown_oval(outline, d)
    if isinstance(outline, Offset):
        return grown(outline.of, outline.d + d)
    if len(outline.loops) != 1:
        raise ValueError("a free path of several loops has no exact offset")
    runs.spans(outline.loops[0], d)
    beside = parallel.plain(outline.loops[0], d)
    return Path((beside,)) if beside else Offset(outline, d)


def _grown_oval(oval: Oval, d: float) -> Oval | Offset:
    if oval.l == oval.w:
        if oval.w + 2 * d <= 0:
            raise ValueError(f"an offset of {d:g} leaves nothing of the outline")
        return Oval(oval.l + 2 * d, oval.w + 2 * d)
    if d < 0 and -d >= least_radius(oval):
        raise ValueError(f"an inward offset of {-d:g} passes the least radius of the oval")
    return Offset(oval, d)


def rounded(outline: Outline, d: float) -> Outline:
    """All points within `d` mm: as `grown`, but the corners of a sharp `Box` are rounded by the way out."""
    if isinstance(outline, Box) and outline.r == 0 and d > 0:
        return Box(outline.l + 2 * d, outline.w + 2 * d, d)
    return grown(outline, d)


def source(outline: Outline) -> Oval | Box | Path:
    """What an `Offset` was made of; any other outline itself."""
    return outline.of if isinstance(outline, Offset) else outline


def least_radius(oval: Oval) -> float:
    """The least radius of curvature of an ellipse, b^2/a, in mm."""
    a, b = max(oval.l, oval.w) / 2, min(oval.l, oval.w) / 2
    return b * b / a


def extents(outline: Outline) -> tuple[float, float]:
    """Full length (y) and width (x) in mm."""
    if isinstance(outline, (Oval, Box)):
        return (outline.l, outline.w)
    if isinstance(outline, Offset) and isinstance(outline.of, Oval):
        return (outline.of.l + 2 * outline.d, outline.of.w + 2 * outline.d)
    (x0, x1), (y0, y1) = reach(outline)
    return (y1 - y0, x1 - x0)


def reach(outline: Outline) -> tuple[tuple[float, float], tuple[float, float]]:
    """From where to where the outline reaches along x and along y, in mm."""
    if not isinstance(source(outline), Path):
        length, width = extents(outline)
        return ((-width / 2, width / 2), (-length / 2, length / 2))
    corners = [p for loop in loops(outline) for item in loop for p in segment_box(item)]
    xs, ys = zip(*corners, strict=True)
    return ((min(xs), max(xs)), (min(ys), max(ys)))


def area(outline: Outline) -> float:
    """Enclosed area in mm2: closed forms, Steiner's formula for offsets, Green's theorem for paths."""
    if isinstance(outline, Oval):
        return math.pi * outline.l * outline.w / 4
    if isinstance(outline, Box):
        return outline.l * outline.w - (4 - math.pi) * outline.r**2
    if isinstance(outline, Offset):
        inner = outline.of
        if isinstance(inner, Path):
            return parallel.parallel_area(inner.loops[0], outline.d)
        return area(inner) + outline.d * perimeter(inner) + math.pi * outline.d**2
    return sum(loop_moments(loop).area for loop in outline.loops)


@cache
def perimeter(outline: Outline) -> float:
    """Length of the boundary in mm (for paths, of the outer loop only)."""
    if isinstance(outline, Oval):
        return _ellipse_perimeter(outline.l / 2, outline.w / 2)
    if isinstance(outline, Box):
        return 2 * (outline.l + outline.w) - (8 - 2 * math.pi) * outline.r
    if isinstance(outline, Offset):
        if isinstance(outline.of, Path):
            return parallel.parallel_length(outline.of.loops[0], outline.d)
        return perimeter(outline.of) + 2 * math.pi * outline.d
    return loop_length(outline.loops[0])


def _ellipse_perimeter(a: float, b: float) -> float:
    """Perimeter of an ellipse by the arithmetic-geometric mean (Gauss-Kummer), to rounding."""
    x, y = max(a, b), min(a, b)
    if y <= 0:
        return 4 * x
    total, factor = (x * x + y * y) / 2, 0.25
    while abs(x - y) > 1e-15 * x:
        x, y, c = (x + y) / 2, math.sqrt(x * y), (x - y) / 2
        total -= factor * 2 * c * c * 2
        factor *= 2
    return 2 * math.pi * total / x


def corner_turns(outline: Outline) -> tuple[float, ...]:
    """Turning angles in degrees of sharp corners, which a bezel folds: outward positive, a cleft negative."""
    if isinstance(outline, Box):
        return (90.0,) * 4 if outline.r == 0 else ()
    of = source(outline)
    if not isinstance(of, Path):
        return ()
    return tuple(corner.turn for corner in runs.corners(of.loops[0]))


def loops(outline: Outline) -> tuple[Loop, ...]:
    """The boundary as segments (offsets of paths as cubics); ellipses and their offsets raise `ValueError`."""
    if isinstance(outline, Offset) and isinstance(outline.of, Path):
        return (parallel.curve(outline.of.loops[0], outline.d),)
    if isinstance(outline, Path):
        return outline.loops
    if isinstance(outline, Oval) and outline.l == outline.w:
        return ((Arc((0.0, 0.0), outline.l / 2, 0.0, 360.0),),)
    if isinstance(outline, Box):
        return (_box_loop(outline),)
    raise ValueError("an ellipse is not made of lines, arcs and cubics")


def _box_loop(box: Box) -> Loop:
    x, y, r = box.w / 2, box.l / 2, box.r
    if r == 0:
        corners = ((-x, -y), (x, -y), (x, y), (-x, y))
        return tuple(Line(corners[i], corners[(i + 1) % 4]) for i in range(4))
    centres = (
        (x - r, -y + r, -90.0),
        (x - r, y - r, 0.0),
        (-x + r, y - r, 90.0),
        (-x + r, -y + r, 180.0),
    )
    arcs = [Arc((cx, cy), r, a, a + 90.0) for cx, cy, a in centres]
    out: list[Line | Arc] = []
    for i, arc in enumerate(arcs):
        before = arcs[i - 1]
        if math.dist(before.q, arc.p) > 1e-9:
            out.append(Line(before.q, arc.p))
        out.append(arc)
    return tuple(out)


def points(outline: Outline, n: int = 96, deviation: float = 0.005) -> list[Point]:
    """Points counter-clockwise along the outer boundary: `n` even in parameter for ovals, by chord else."""
    base, d = source(outline), outline.d if isinstance(outline, Offset) else 0.0
    if isinstance(base, Oval):
        return [*_oval_points(base, d, n)]
    return loop_points(loops(outline)[0], deviation)


@lru_cache(maxsize=256)
def _oval_points(oval: Oval, d: float, n: int) -> tuple[Point, ...]:
    return tuple(_oval_point(oval, d, 2 * math.pi * i / n) for i in range(n))


def _oval_point(oval: Oval, d: float, t: float) -> Point:
    a, b = oval.w / 2, oval.l / 2
    c, s = math.cos(t), math.sin(t)
    norm = math.hypot(b * c, a * s)
    return (a * c + d * b * c / norm, b * s + d * a * s / norm)


def inside(outline: Outline, x: Array, y: Array) -> NDArray[np.bool_]:
    """Which of the points lie inside the outline (even-odd over loops of a path)."""
    if isinstance(outline, Oval):
        return (2 * x / outline.w) ** 2 + (2 * y / outline.l) ** 2 <= 1.0
    if isinstance(outline, Box):
        dx = np.maximum(np.abs(x) - (outline.w / 2 - outline.r), 0.0)
        dy = np.maximum(np.abs(y) - (outline.l / 2 - outline.r), 0.0)
        return np.asarray(dx * dx + dy * dy <= outline.r**2)
    return _inside_polygons(outline, x, y)


def _inside_polygons(outline: Path | Offset, x: Array, y: Array) -> NDArray[np.bool_]:
    flat_x, flat_y = np.ravel(x), np.ravel(y)
    result = np.zeros(flat_x.shape, dtype=bool)
    for start, end in _rings(outline):
        result ^= _in_ring(start, end, flat_x, flat_y)
    return result.reshape(np.shape(x))


@lru_cache(maxsize=64)
def _rings(outline: Path | Offset) -> tuple[tuple[Array, Array], ...]:
    """Of each loop of the outline the starts and ends (m, 2) of its chords."""
    rings = (
        [points(outline, 720)]
        if isinstance(source(outline), Oval)
        else [loop_points(loop, 0.001) for loop in loops(outline)]
    )
    return tuple((np.array(ring), np.roll(np.array(ring), -1, axis=0)) for ring in rings)


def _in_ring(start: Array, end: Array, x: Array, y: Array) -> NDArray[np.bool_]:
    """Whether a ray from each point (n,) towards +x meets the chords (m, 2) an odd number of times.

    In order of height the points that a chord passes beside follow each other: only they are looked at.
    """
    order = np.argsort(y, kind="stable")
    low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    first, last = np.searchsorted(y[order], low), np.searchsorted(y[order], high)
    count = last - first
    chord = np.repeat(np.arange(len(start)), count)
    point = order[np.arange(len(chord)) + np.repeat(last - np.cumsum(count), count)]
    (x0, y0), (x1, y1) = start[chord].T, end[chord].T
    met = x[point] < (x1 - x0) * (y[point] - y0) / (y1 - y0) + x0
    return np.asarray(np.bincount(point[met], minlength=len(x)) % 2 == 1)
