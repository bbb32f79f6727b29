"""Girdle outlines of stones, counter-clockwise, long axis along y, centred on their box.

`girdle_outline` is the line a setting follows, `girdle_points` the polygon a stone's facets stand on.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.cuts import cut
from jewelgen.flat.outline import Box, Outline, Oval, Path, points
from jewelgen.flat.parallel import ring
from jewelgen.flat.segments import Arc, Cubic, Line, Loop, Point, segment_box

Array = NDArray[np.float64]
CUSHION = 24.0  # per cent of the width: corner radius of a cushion whose cut names none
LOBE, FLANK = 0.27, 1.05  # radii of a heart's lobes and flanks over its width: drawn by eye


@cache
def girdle_points(cut_id: str, length: float, width: float, n: int = 32) -> Array:
    """The outline of a stone of that cut, about `n` points; do not write to it."""
    word = cut(cut_id).outline
    found = _SHAPES[word](length, width, cut_id, n)
    found.flags.writeable = False
    return found


def _ellipse(length: float, width: float, _: str, n: int) -> Array:
    a = 2 * math.pi * np.arange(n) / n
    return np.column_stack((width / 2 * np.cos(a), length / 2 * np.sin(a)))


def _box(length: float, width: float, _: str, __: int) -> Array:
    x, y = width / 2, length / 2
    return np.array([(x, -y), (x, y), (-x, y), (-x, -y)])


def _octagon(length: float, width: float, cut_id: str, _: int) -> Array:
    x, y = width / 2, length / 2
    facts = cut(cut_id).facts
    c = facts["corner_cut_pct"].number / 100 * width if "corner_cut_pct" in facts else 0.15 * width
    half = [(x, -y + c), (x, y - c), (x - c, y), (-x + c, y)]
    return np.array([*half, *((-px, -py) for px, py in half)])


def _cushion(length: float, width: float, cut_id: str, n: int) -> Array:
    return np.array(points(_cushion_box(length, width, cut_id), deviation=3.072 * width / n**2))


def _cushion_box(length: float, width: float, cut_id: str) -> Box:
    facts = cut(cut_id).facts
    share = facts["corner_radius_pct"].number if "corner_radius_pct" in facts else CUSHION
    return Box(length, width, share / 100 * width)


def _marquise(length: float, width: float, _: str, n: int) -> Array:
    radius = (length**2 + width**2) / (4 * width)
    half = math.asin(length / 2 / radius)
    a = np.linspace(-half, half, n // 2 + 1)[:-1]
    right = np.column_stack((radius * np.cos(a) - radius + width / 2, radius * np.sin(a)))
    return np.vstack((right, -right))


def _pear(length: float, width: float, _: str, n: int) -> Array:
    r = width / 2
    low, tall = r - length / 2, length - r
    radius = (r * r + tall * tall) / width
    a = np.linspace(-math.pi, 0.0, n // 2 + 1)[:-1]
    bowl = np.column_stack((r * np.cos(a), low + r * np.sin(a)))
    b = np.linspace(0.0, math.asin(tall / radius), n // 4 + 1)
    flank = np.column_stack((r - radius + radius * np.cos(b), low + radius * np.sin(b)))
    other = flank[-2:0:-1] * np.array([-1.0, 1.0])
    return np.vstack((bowl, flank, other))


def _trillion(length: float, width: float, _: str, n: int) -> Array:
    """Three flat arcs between three points, fitted to the box."""
    ring: list[Array] = []
    for k in range(3):
        a0 = math.radians(90 + 120 * k)
        p = np.array((math.cos(a0), math.sin(a0)))
        q = np.array((math.cos(a0 + 2 * math.pi / 3), math.sin(a0 + 2 * math.pi / 3)))
        out = (p + q) / np.linalg.norm(p + q)
        steps = np.arange(n // 3) / (n // 3)
        ring.extend(p + t * (q - p) + 0.8 * t * (1 - t) * out for t in steps)
    return _fitted(np.array(ring), length, width)


def _heart(length: float, width: float, cut_id: str, n: int) -> Array:
    """The cleft first, then round counter-clockwise."""
    quarters = [
        Arc(arc.centre, arc.radius, a, b)
        for arc in _heart_loop(length, width, cut_id)
        for a, b in pairwise(_stops(arc.a0, arc.a1))
    ]
    return np.array(ring(tuple(quarters), 0.0, n))


def _stops(a0: float, a1: float) -> list[float]:
    """From one angle to the other by way of the multiples of 90 degrees, where a circle is widest."""
    return [a0, *range(90 * (math.floor(a0 / 90) + 1), math.ceil(a1), 90), a1]


def _fitted(ring: Array, length: float, width: float) -> Array:
    low, high = ring.min(axis=0), ring.max(axis=0)
    scaled = (ring - (low + high) / 2) / (high - low) * np.array((width, length))
    return np.asarray(scaled)


@cache
def girdle_outline(cut_id: str, length: float, width: float) -> Outline:
    """The girdle of a stone of that cut as an exact outline: arcs, lines and cubics, corners where it has them."""
    word = cut(cut_id).outline
    if word in {"round", "oval"}:
        return Oval(length, width)
    if word == "box":
        return Box(length, width)
    if word == "cushion":
        return _cushion_box(length, width, cut_id)
    return Path((_LOOPS[word](length, width, cut_id),))


def _octagon_loop(length: float, width: float, cut_id: str) -> Loop:
    ring = [(float(x), float(y)) for x, y in _octagon(length, width, cut_id, 0)]
    return tuple(Line(p, q) for p, q in zip(ring, [*ring[1:], ring[0]], strict=True))


def _marquise_loop(length: float, width: float, _: str) -> Loop:
    radius = (length**2 + width**2) / (4 * width)
    half = math.degrees(math.asin(length / 2 / radius))
    away = radius - width / 2
    return (
        Arc((-away, 0.0), radius, -half, half),
        Arc((away, 0.0), radius, 180.0 - half, 180.0 + half),
    )


def _pear_loop(length: float, width: float, _: str) -> Loop:
    """A half round bowl and two flanks that meet it smoothly."""
    r = width / 2
    low, tall = r - length / 2, length - r
    radius = (r * r + tall * tall) / width
    lean = math.degrees(math.asin(tall / radius))
    return (
        Arc((0.0, low), r, -180.0, 0.0),
        Arc((r - radius, low), radius, 0.0, lean),
        Arc((radius - r, low), radius, 180.0 - lean, 180.0),
    )


def _trillion_loop(length: float, width: float, _: str) -> Loop:
    """Three parabolas, as `_trillion` samples them, each an exact cubic."""
    corner = [(math.cos(a), math.sin(a)) for a in (math.radians(90 + 120 * k) for k in range(3))]
    sides = []
    for p, q in zip(corner, [*corner[1:], corner[0]], strict=True):
        out = np.add(p, q) / np.linalg.norm(np.add(p, q))
        middle = np.add(p, q) / 2 + 0.4 * out  # the quadratic's control point: 2 t (1 - t) 0.4
        sides.append((p, np.add(p, 2 * middle) / 3, np.add(q, 2 * middle) / 3, q))
    boxes = np.array([p for side in sides for p in segment_box(_cubic(side))])
    low, high = boxes.min(axis=0), boxes.max(axis=0)
    scale, centre = np.array((width, length)) / (high - low), (low + high) / 2
    return tuple(_cubic([(np.array(p) - centre) * scale for p in side]) for side in sides)


def _heart_loop(length: float, width: float, _: str) -> tuple[Arc, ...]:
    """Two lobes and two flanks that meet them smoothly, from the cleft round by the left to the point.

    A flank's circle (radius R) holds the lobe's (radius r) and passes the point, so its centre is R - r
    from the lobe's and R from the point.
    """
    r, flank = LOBE * width, FLANK * width
    cx, cy, point = width / 2 - r, length / 2 - r, -length / 2
    fx, fy = _meeting((cx, cy), flank - r, (0.0, point), flank)
    cleft = math.degrees(math.acos(-cx / r))
    joint = math.degrees(math.atan2(cy - fy, cx - fx))
    tip = math.degrees(math.atan2(point - fy, -fx))
    return (
        Arc((-cx, cy), r, 180.0 - cleft, 180.0 - joint),
        Arc((-fx, fy), flank, 180.0 - joint, 180.0 - tip),
        Arc((fx, fy), flank, tip, joint),
        Arc((cx, cy), r, joint, cleft),
    )


def _meeting(p: tuple[float, float], a: float, q: tuple[float, float], b: float) -> Point:
    """Where circles about `p` (radius `a`) and `q` (radius `b`) meet, on the left of the way from q to p."""
    d = math.dist(p, q)
    along = (d * d + b * b - a * a) / (2 * d)
    off = math.sqrt(max(b * b - along * along, 0.0))
    u, v = (p[0] - q[0]) / d, (p[1] - q[1]) / d
    return (q[0] + along * u - off * v, q[1] + along * v + off * u)


def _cubic(poles: Iterable[Iterable[float]]) -> Cubic:
    p, a, b, q = ((float(x), float(y)) for x, y in poles)
    return Cubic(p, a, b, q)


_LOOPS = {
    "octagon": _octagon_loop, "marquise": _marquise_loop, "pear": _pear_loop,
    "trillion": _trillion_loop, "heart": _heart_loop,
}  # fmt: skip
_SHAPES = {
    "round": _ellipse, "oval": _ellipse, "box": _box, "octagon": _octagon, "cushion": _cushion,
    "marquise": _marquise, "pear": _pear, "trillion": _trillion, "heart": _heart,
}  # fmt: skip
