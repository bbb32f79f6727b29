"""Girdle outlines of stones as polygons, counter-clockwise, long axis along y, centred on their box."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.cuts import cut
from jewelgen.flat.outline import Box, points

Array = NDArray[np.float64]


@cache
def girdle_points(cut_id: str, length: float, width: float, n: int = 32) -> Array:
    """The outline of a stone of that cut, about `n` points; do not write to it."""
    word = cut(cut_id).outline
    ring = _SHAPES[word](length, width, cut_id, n)
    ring.flags.writeable = False
    return ring


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


def _cushion(length: float, width: float, cut_id: str, _: int) -> Array:
    facts = cut(cut_id).facts
    share = facts["corner_radius_pct"].number if "corner_radius_pct" in facts else 24.0
    ring = points(Box(length, width, share / 100 * width), deviation=0.003 * width)
    return np.array(ring)


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


def _heart(length: float, width: float, _: str, n: int) -> Array:
    """The cleft first, then round counter-clockwise."""
    t = 2 * math.pi * np.arange(n) / n
    x = -16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    return _fitted(np.column_stack((x, y)), length, width)


def _fitted(ring: Array, length: float, width: float) -> Array:
    low, high = ring.min(axis=0), ring.max(axis=0)
    scaled = (ring - (low + high) / 2) / (high - low) * np.array((width, length))
    return np.asarray(scaled)


_SHAPES = {
    "round": _ellipse, "oval": _ellipse, "box": _box, "octagon": _octagon, "cushion": _cushion,
    "marquise": _marquise, "pear": _pear, "trillion": _trillion, "heart": _heart,
}  # fmt: skip
