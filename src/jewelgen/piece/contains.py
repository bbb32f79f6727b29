"""Inside tests of sections and of turned or sheet shapes, vectorised over points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Box, Offset, Outline, Oval, Path, inside
from jewelgen.flat.region import within, within_grown
from jewelgen.piece.easing import Sizes

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def _root(x: Array) -> Array:
    return np.sqrt(np.maximum(x, 0.0))


def in_section(sizes: Sizes, u: Array, v: Array) -> Mask:
    """Which (u, v) lie in the sections of those sizes (v = 0 at the inner face)."""
    if sizes.wire:
        return np.asarray(u * u + (v - sizes.w / 2) ** 2 <= sizes.w**2 / 4)
    a = np.abs(u)
    side = sizes.w / 2 - _inward(sizes, v)
    return np.asarray((a <= side) & (v >= _floor(sizes, a)) & (v <= _ceiling(sizes, a)))


def _inward(s: Sizes, v: Array) -> Array | float:
    """How far flared sides stand in at height `v`."""
    if not np.any(s.flare):
        return 0.0
    top = _ceiling(s, s.w / 2)
    return np.asarray(s.flare * np.clip(1 - v / top, 0.0, 1.0))


def _floor(s: Sizes, a: Array) -> Array:
    dip = np.maximum(s.dip, 1e-12)
    radius = (s.w**2 / 4 + dip**2) / (2 * dip)
    return np.asarray(np.where(s.dip > 1e-9, radius - _root(radius**2 - a * a), 0.0))


def _ceiling(s: Sizes, a: Array) -> Array:
    soft = np.where(s.rise > 1e-9, _knife(s, a) if s.top == "knife" else _arc(s, a), _flat(s, a))
    return np.asarray(soft)


def _flat(s: Sizes, a: Array) -> Array:
    past = a - (s.w / 2 - s.edge)
    return np.asarray(np.where(past > 0, s.h - s.edge + _root(s.edge**2 - past**2), s.h))


def _arc(s: Sizes, a: Array) -> Array:
    rise = np.maximum(s.rise, 1e-9)
    radius = (s.w**2 / 4 + rise**2) / (2 * rise)
    centre = s.h - radius
    dome = centre + _root(radius**2 - a * a)
    u = s.w / 2 - s.edge
    v = _root((radius - s.edge) ** 2 - u * u)
    tangent = radius * u / np.maximum(radius - s.edge, 1e-9)
    corner = centre + v + _root(s.edge**2 - (a - u) ** 2)
    soft = (s.edge > 0) & (rise < s.w / 2 * (1 - 1e-9)) & (a > tangent)
    return np.asarray(np.where(soft, corner, dome))


def _knife(s: Sizes, a: Array) -> Array:
    x, rise, e = s.w / 2, np.maximum(s.rise, 1e-9), s.edge
    line = s.h - rise * a / x
    turn = np.arctan2(x, rise)
    u, v = x - e, s.h - s.rise - e * np.tan(turn / 2)
    corner = v + _root(e * e - (a - u) ** 2)
    ridge = s.h - e / np.sin(turn) + _root(e * e - a * a)
    out = np.where((e > 0) & (a > u + e * np.cos(turn)), corner, line)
    return np.asarray(np.where((e > 0) & (a < e * np.cos(turn)), ridge, out))


def in_grown(outline: Outline, d: Array | float, x: Array, y: Array) -> Mask:
    """Which points lie in the outline grown by `d` (shrunk when negative; one `d` a point allowed)."""
    if isinstance(outline, Offset):
        return in_grown(outline.of, d + outline.d, x, y)
    if isinstance(outline, Oval):
        return _in_oval(outline, np.asarray(d, dtype=float), x, y)
    if isinstance(outline, Path):
        plain = np.ndim(d) == 0 and d == 0
        return within(outline, x, y) if plain else within_grown(outline, d, x, y)
    if np.ndim(d) == 0 and d == 0:
        return inside(outline, x, y)
    return _in_box(outline, np.asarray(d, dtype=float), x, y)


def _in_oval(oval: Oval, d: Array, x: Array, y: Array) -> Mask:
    a, b = oval.w / 2, oval.l / 2
    if a == b:
        return np.asarray(x * x + y * y <= np.maximum(a + d, 0.0) ** 2)
    return np.asarray(oval_distance(oval, x, y) <= d)


def oval_distance(oval: Oval, x: Array, y: Array) -> Array:
    """Signed distance to an ellipse (negative inside), by Newton steps on the nearest point's angle."""
    a, b = oval.w / 2, oval.l / 2
    px, py = np.abs(x), np.abs(y)
    t = np.arctan2(a * py, b * px)
    for _ in range(6):
        c, s = np.cos(t), np.sin(t)
        f = (b * b - a * a) * c * s + px * a * s - py * b * c
        slope = (b * b - a * a) * (c * c - s * s) + px * a * c + py * b * s
        t = np.clip(t - f / np.where(np.abs(slope) < 1e-12, 1e-12, slope), 0.0, np.pi / 2)
    away = np.hypot(px - a * np.cos(t), py - b * np.sin(t))
    return np.where((px / a) ** 2 + (py / b) ** 2 <= 1.0, -np.minimum(away, min(a, b)), away)


def _in_box(outline: Box, d: Array, x: Array, y: Array) -> Mask:
    r = np.maximum(outline.r + d, np.minimum(outline.r, 1e-3)) if outline.r > 0 else 0.0 * d
    hx, hy = outline.w / 2 + d, outline.l / 2 + d
    ex, ey = np.maximum(np.abs(x) - (hx - r), 0.0), np.maximum(np.abs(y) - (hy - r), 0.0)
    return np.asarray((ex * ex + ey * ey <= r * r) & (np.abs(x) <= hx) & (np.abs(y) <= hy))
