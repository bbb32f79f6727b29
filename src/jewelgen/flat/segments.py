"""Line, circular arc and cubic in the plane, with the Green's-theorem integrals of each.

All coordinates are mm. Every segment knows its end points, points along it, its length and its
share of the boundary integrals that give area and centroid of a closed loop.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

Point = tuple[float, float]

# Gauss-Legendre nodes and weights on [0, 1], 8 points: exact for the cubics' degree-8 moment integrals.
_GAUSS = tuple(
    (0.5 + 0.5 * node, 0.5 * weight)
    for half, weight in (
        (0.1834346424956498, 0.3626837833783620),
        (0.5255324099163290, 0.3137066458778873),
        (0.7966664774136267, 0.2223810344533745),
        (0.9602898564975363, 0.1012285362903763),
    )
    for node in (-half, half)
)


@dataclass(frozen=True, slots=True)
class Moments:
    """Boundary integrals of a loop: area, and the first moments of area about both axes."""

    area: float = 0.0
    x: float = 0.0
    y: float = 0.0

    def __add__(self, other: Moments) -> Moments:
        return Moments(self.area + other.area, self.x + other.x, self.y + other.y)


@dataclass(frozen=True, slots=True)
class Line:
    """A straight segment from `p` to `q`."""

    p: Point
    q: Point

    def at(self, t: float) -> Point:
        """The point at parameter `t` in 0..1."""
        return (self.p[0] + t * (self.q[0] - self.p[0]), self.p[1] + t * (self.q[1] - self.p[1]))

    def velocity(self, t: float) -> Point:
        """The derivative with respect to `t`."""
        return (self.q[0] - self.p[0], self.q[1] - self.p[1])


@dataclass(frozen=True, slots=True)
class Arc:
    """A circular arc about `centre`, from angle `a0` to `a1` in degrees (counter-clockwise when a1 > a0)."""

    centre: Point
    radius: float
    a0: float
    a1: float

    @property
    def p(self) -> Point:
        """Start point."""
        return self.at(0.0)

    @property
    def q(self) -> Point:
        """End point."""
        return self.at(1.0)

    def at(self, t: float) -> Point:
        """The point at parameter `t` in 0..1."""
        a = math.radians(self.a0 + t * (self.a1 - self.a0))
        return (
            self.centre[0] + self.radius * math.cos(a),
            self.centre[1] + self.radius * math.sin(a),
        )

    def velocity(self, t: float) -> Point:
        """The derivative with respect to `t`."""
        sweep = math.radians(self.a1 - self.a0)
        a = math.radians(self.a0) + t * sweep
        return (-self.radius * sweep * math.sin(a), self.radius * sweep * math.cos(a))


@dataclass(frozen=True, slots=True)
class Cubic:
    """A cubic Bezier segment with control points `p`, `a`, `b`, `q`."""

    p: Point
    a: Point
    b: Point
    q: Point

    def at(self, t: float) -> Point:
        """The point at parameter `t` in 0..1."""
        s = 1.0 - t
        wp, wa, wb, wq = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        p, a, b, q = self.p, self.a, self.b, self.q
        return (
            wp * p[0] + wa * a[0] + wb * b[0] + wq * q[0],
            wp * p[1] + wa * a[1] + wb * b[1] + wq * q[1],
        )

    def velocity(self, t: float) -> Point:
        """The derivative with respect to `t`."""
        s = 1.0 - t
        first, second, third = 3 * s * s, 6 * s * t, 3 * t * t
        p, a, b, q = self.p, self.a, self.b, self.q
        return (
            first * (a[0] - p[0]) + second * (b[0] - a[0]) + third * (q[0] - b[0]),
            first * (a[1] - p[1]) + second * (b[1] - a[1]) + third * (q[1] - b[1]),
        )


Segment = Line | Arc | Cubic
Loop = tuple[Segment, ...]


def _pieces(segment: Segment) -> int:
    """How many Gauss panels a segment needs: one for polynomials, one per 30 degrees of an arc."""
    if isinstance(segment, Arc):
        return max(1, math.ceil(abs(segment.a1 - segment.a0) / 30.0))
    return 1


def segment_moments(segment: Segment) -> Moments:
    """Green's integrals of one segment: area = 1/2 (x dy - y dx), Mx = x^2/2 dy, My = -y^2/2 dx."""
    panels = _pieces(segment)
    area = mx = my = 0.0
    for panel in range(panels):
        for node, weight in _GAUSS:
            t = (panel + node) / panels
            (x, y), (dx, dy) = segment.at(t), segment.velocity(t)
            w = weight / panels
            area += w * 0.5 * (x * dy - y * dx)
            mx += w * 0.5 * x * x * dy
            my -= w * 0.5 * y * y * dx
    return Moments(area, mx, my)


def segment_length(segment: Segment) -> float:
    """Arc length in mm: exact for lines and arcs, 16 Gauss panels for cubics."""
    if isinstance(segment, Line):
        return math.dist(segment.p, segment.q)
    if isinstance(segment, Arc):
        return segment.radius * math.radians(abs(segment.a1 - segment.a0))
    panels = 16
    return sum(
        weight / panels * math.hypot(*segment.velocity((panel + node) / panels))
        for panel in range(panels)
        for node, weight in _GAUSS
    )


def loop_moments(loop: Iterable[Segment]) -> Moments:
    """Signed area and first moments of a closed loop (positive when counter-clockwise)."""
    return sum((segment_moments(segment) for segment in loop), Moments())


def loop_length(loop: Iterable[Segment]) -> float:
    """Perimeter of a closed loop in mm."""
    return sum(segment_length(segment) for segment in loop)


def loop_points(loop: Iterable[Segment], deviation: float = 0.005) -> list[Point]:
    """Points along a closed loop, dense enough that chords stay within `deviation` mm; no repeat at the end."""
    points: list[Point] = []
    for segment in loop:
        n = _chords(segment, deviation)
        points.extend([segment.at(i / n) for i in range(n)])
    return points


def _chords(segment: Segment, deviation: float) -> int:
    if isinstance(segment, Line):
        return 1
    if isinstance(segment, Arc):
        step = 2.0 * math.acos(max(0.0, 1.0 - deviation / max(segment.radius, 2 * deviation)))
        return max(2, math.ceil(math.radians(abs(segment.a1 - segment.a0)) / step))
    bend = max(
        math.dist(segment.p, (2 * segment.a[0] - segment.b[0], 2 * segment.a[1] - segment.b[1])),
        math.dist(segment.q, (2 * segment.b[0] - segment.a[0], 2 * segment.b[1] - segment.a[1])),
    )
    return max(4, math.ceil(math.sqrt(0.75 * bend / deviation)))


def reversed_segment(segment: Segment) -> Segment:
    """The same segment walked the other way."""
    if isinstance(segment, Line):
        return Line(segment.q, segment.p)
    if isinstance(segment, Arc):
        return Arc(segment.centre, segment.radius, segment.a1, segment.a0)
    return Cubic(segment.q, segment.b, segment.a, segment.p)


def segment_box(segment: Segment) -> tuple[Point, Point]:
    """Least and greatest x and y of a segment, exactly: ends, and where it runs level or plumb."""
    turns = [0.0, 1.0]
    if isinstance(segment, Arc):
        sweep = segment.a1 - segment.a0
        low, high = sorted((segment.a0, segment.a1))
        quarters = range(math.ceil(low / 90.0), math.floor(high / 90.0) + 1)
        turns += [(90.0 * k - segment.a0) / sweep for k in quarters]
    elif isinstance(segment, Cubic):
        turns += [t for axis in (0, 1) for t in _level(segment, axis)]
    xs, ys = zip(*(segment.at(t) for t in turns), strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))


def _level(cubic: Cubic, axis: int) -> list[float]:
    """Parameters in 0..1 at which a coordinate of a cubic turns: roots of its derivative."""
    p, a, b, q = (point[axis] for point in (cubic.p, cubic.a, cubic.b, cubic.q))
    two, one, none = q - 3 * b + 3 * a - p, 2 * (b - 2 * a + p), a - p
    if abs(two) < 1e-12:
        roots = [-none / one] if abs(one) > 1e-12 else []
    else:
        inner = one * one - 4 * two * none
        root = math.sqrt(inner) if inner >= 0 else None
        roots = [] if root is None else [(-one + s * root) / (2 * two) for s in (1.0, -1.0)]
    return [t for t in roots if 0.0 < t < 1.0]
