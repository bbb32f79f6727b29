"""The upper edge of a free outline: how high it stands, and a flat filed on its tip.

In: a counter-clockwise loop of lines and cubics, mm, y upwards.  Out: heights, or the loop with the flat.
"""

from __future__ import annotations

import math

import numpy as np

from jewelgen.flat.segments import Cubic, Line, Loop, Point, Segment, loop_points

_STEPS = 65  # places across the width at which the edge is looked at
_FINE = 0.0002  # mm between the edge and its chords
_WIDER = 2.0  # of half the width: how far aside a sloping tip's flat may end

Crossing = tuple[int, float]  # segment and parameter


def box(loop: Loop) -> tuple[Point, Point]:
    """The lower left and upper right corner of the box round a loop, exact also for curves."""
    ends = [segment.at(t) for segment in loop for t in (0.0, *_turns(segment))]
    xs, ys = [p[0] for p in ends], [p[1] for p in ends]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _turns(segment: Segment) -> list[float]:
    """Where a cubic runs level or upright, 0..1."""
    if not isinstance(segment, Cubic):
        return []
    found: list[float] = []
    for p, a, b, q in zip(segment.p, segment.a, segment.b, segment.q, strict=True):
        slope = np.trim_zeros((q - p + 3 * (a - b), 2 * (p - 2 * a + b), a - p), "f")
        found += [float(r.real) for r in np.roots(slope) if abs(r.imag) < 1e-9 and 0 < r.real < 1]
    return found


def heights(loop: Loop, x: float, half: float) -> tuple[float, float]:
    """The least and the greatest height of the upper edge within `half` of `x`, mm; `ValueError` off the metal."""
    ring = np.array(loop_points(loop, _FINE))
    after = np.roll(ring, -1, axis=0)
    found = []
    for place in np.linspace(x - half, x + half, _STEPS):
        hit = (ring[:, 0] > place) != (after[:, 0] > place)
        if not hit.any():
            raise ValueError(f"there is no metal {abs(place - x):.2f} mm beside the middle")
        p, q = ring[hit], after[hit]
        found.append((p[:, 1] + (place - p[:, 0]) / (q[:, 0] - p[:, 0]) * (q - p)[:, 1]).max())
    return float(min(found)), float(max(found))


def filed(loop: Loop, x: float, y: float, half: float) -> Loop:
    """The loop with the tip over `y` near `x` replaced by a straight edge; the same loop where it is no tip.

    A tip is what the loop does between rising through `y` and sinking through it again, both near `x`.
    """
    marks = _crossings(loop, y)
    for k, up in enumerate(marks):
        down = marks[(k + 1) % len(marks)]
        right, left = (loop[i].at(t)[0] for i, t in (up, down))
        near = left < x < right and max(right - x, x - left) <= _WIDER * half
        if near and _rises(loop, up):
            return _without(loop, up, down)
    return loop


def _rises(loop: Loop, mark: Crossing) -> bool:
    return loop[mark[0]].velocity(mark[1])[1] > 0


def _crossings(loop: Loop, y: float) -> list[Crossing]:
    """Where the loop passes the height, in order along it."""
    found: list[Crossing] = []
    for i, segment in enumerate(loop):
        if isinstance(segment, Cubic):
            a, b, c, d = (point[1] for point in (segment.p, segment.a, segment.b, segment.q))
            powers = (d - 3 * c + 3 * b - a, 3 * c - 6 * b + 3 * a, 3 * (b - a), a - y)
        else:
            powers = (0.0, 0.0, segment.at(1.0)[1] - segment.at(0.0)[1], segment.at(0.0)[1] - y)
        roots = np.roots(np.trim_zeros(powers, "f"))
        real = sorted(float(r.real) for r in roots if abs(r.imag) < 1e-9)
        found += [(i, t) for t in real if 0.0 <= t < 1.0]
    return found


def _without(loop: Loop, up: Crossing, down: Crossing) -> Loop:
    """From `down` on round to `up`, closed by a line."""
    n = len(loop)
    first, last = _parts(loop[down[0]], down[1])[1], _parts(loop[up[0]], up[1])[0]
    between = [loop[(down[0] + k) % n] for k in range(1, (up[0] - down[0]) % n)]
    kept = [s for s in (first, *between, last) if math.dist(s.at(0.0), s.at(1.0)) > 1e-9]
    return (*kept, Line(kept[-1].at(1.0), kept[0].at(0.0)))


def _parts(segment: Segment, t: float) -> tuple[Segment, Segment]:
    """A line or cubic parted at `t` (de Casteljau)."""
    if not isinstance(segment, Cubic):
        p = segment.at(t)
        return Line(segment.at(0.0), p), Line(p, segment.at(1.0))
    ab, bc, cd = (
        _mix(p, q, t)
        for p, q in ((segment.p, segment.a), (segment.a, segment.b), (segment.b, segment.q))
    )
    left, right = _mix(ab, bc, t), _mix(bc, cd, t)
    middle = _mix(left, right, t)
    return Cubic(segment.p, ab, left, middle), Cubic(middle, right, cd, segment.q)


def _mix(p: Point, q: Point, t: float) -> Point:
    return p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])
