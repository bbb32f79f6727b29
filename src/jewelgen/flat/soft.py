"""The line at a distance beside a loop of arcs, its corners bent round: what wire follows inside a pointed outline.

In: a counter-clockwise loop of arcs (cubics are taken for the arc through their ends and middle), mm.
Out: a `Path` of arcs and, over a cleft, a straight line.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

from jewelgen.flat.outline import Path
from jewelgen.flat.runs import SHARP
from jewelgen.flat.segments import Arc, Line, Loop, Point, Segment

THIN = 0.05  # mm: an arc that would be bent closer than this is none


@cache
def softened(loop: Loop, d: float, radius: float) -> Path:
    """The loop's parallel `d` mm outside (inside when negative), corners rounded by `radius`, clefts bridged.

    Raises `ValueError` when the parallel leaves nothing of an arc or of a corner.
    """
    arcs = [_as_arc(segment) for segment in loop]
    wide = [_grown(arc, d) for arc in arcs]
    out: list[Segment] = []
    for i, arc in enumerate(arcs):
        turn = _turn(arc, arcs[(i + 1) % len(arcs)])
        if turn > SHARP:
            bend = _bend(arc, arcs[(i + 1) % len(arcs)], d, radius)
        elif turn < -SHARP:
            bend = _bridge(wide[i], wide[(i + 1) % len(arcs)])
        else:
            continue
        wide[i] = replace(wide[i], a1=_near(bend[1], wide[i].a1))
        k = (i + 1) % len(arcs)
        wide[k] = replace(wide[k], a0=_near(bend[2], wide[k].a0))
        out.append(bend[0])
    return Path((_chained(wide, out),))


def _chained(arcs: list[Arc], bends: list[Segment]) -> Loop:
    """Arcs in order, and after each the bend that begins where it ends."""
    if any(arc.a1 <= arc.a0 for arc in arcs):
        raise ValueError("the corners leave nothing of a side")
    found: list[Segment] = []
    for arc in arcs:
        found.append(arc)
        found += [bend for bend in bends if math.dist(bend.at(0.0), arc.q) < 1e-6]
    return tuple(found)


def _as_arc(segment: Segment) -> Arc:
    if isinstance(segment, Arc):
        return segment
    if isinstance(segment, Line):
        raise ValueError("only arcs and cubics are softened")
    (ax, ay), (bx, by), (cx, cy) = segment.at(0.0), segment.at(0.5), segment.at(1.0)
    cross = 2 * ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
    b, c = (bx - ax) ** 2 + (by - ay) ** 2, (cx - ax) ** 2 + (cy - ay) ** 2
    x, y = ((cy - ay) * b - (by - ay) * c) / cross, ((bx - ax) * c - (cx - ax) * b) / cross
    a0 = math.degrees(math.atan2(-y, -x))
    a1 = math.degrees(math.atan2(cy - ay - y, cx - ax - x))
    return Arc((ax + x, ay + y), math.hypot(x, y), a0, a0 + (a1 - a0) % 360.0)


def _grown(arc: Arc, d: float) -> Arc:
    if arc.radius + d < THIN:
        raise ValueError(f"an inward step of {-d:.2f} passes a radius of {arc.radius:.2f}")
    return replace(arc, radius=arc.radius + d)


def _turn(before: Arc, after: Arc) -> float:
    """Degrees the way turns where one arc ends and the next begins, outward positive."""
    return (after.a0 - before.a1 + 180.0) % 360.0 - 180.0


def _near(angle: float, old: float) -> float:
    """The angle written as near to an old one as full turns allow."""
    return old + (angle - old + 180.0) % 360.0 - 180.0


def _bend(before: Arc, after: Arc, d: float, radius: float) -> tuple[Segment, float, float]:
    """The bend of a corner, and the angles at which its neighbours end and begin."""
    centre = _crossing(_grown(before, d - radius), _grown(after, d - radius), before.q)
    a0, a1 = _towards(before.centre, centre), _towards(after.centre, centre)
    return Arc(centre, radius, a0, a0 + (a1 - a0) % 360.0), a0, a1


def _bridge(before: Arc, after: Arc) -> tuple[Segment, float, float]:
    """The straight line that touches two like arcs on their outer side."""
    if abs(before.radius - after.radius) > 1e-6:
        raise ValueError("a cleft between unlike lobes is not bridged")
    (ax, ay), (bx, by) = before.centre, after.centre
    normal = math.atan2(-(bx - ax), by - ay)
    dx, dy = before.radius * math.cos(normal), before.radius * math.sin(normal)
    line = Line((ax + dx, ay + dy), (bx + dx, by + dy))
    return line, math.degrees(normal), math.degrees(normal)


def _towards(p: Point, q: Point) -> float:
    return math.degrees(math.atan2(q[1] - p[1], q[0] - p[0]))


def _crossing(one: Arc, other: Arc, near: Point) -> Point:
    """Where two circles cross, the crossing nearer to `near`."""
    (ax, ay), (bx, by) = one.centre, other.centre
    d = math.dist(one.centre, other.centre)
    along = (d * d + one.radius**2 - other.radius**2) / (2 * d)
    if abs(along) >= one.radius:
        raise ValueError("the corner is lost: its sides no longer meet")
    off = math.sqrt(one.radius**2 - along * along)
    u, v = (bx - ax) / d, (by - ay) / d
    found = [(ax + along * u - k * off * v, ay + along * v + k * off * u) for k in (1.0, -1.0)]
    return min(found, key=lambda p: math.dist(p, near))
