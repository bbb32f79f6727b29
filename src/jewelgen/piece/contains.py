"""Inside tests of sections and of turned or sheet shapes, vectorised over points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Box, Offset, Outline, Oval, Path, inside
from jewelgen.flat.region import within, within_grown
from jewelgen.piece.easing import Measure, Sizes

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
STEPS = 8  # of Newton's to the nearest place of an ellipse
EVOLUTE = 1e-12  # mm2: so near the middle of the long axis two places of an ellipse are nearest
BOUND = 1e-9  # mm: what rounding may take from a bound


def _root(x: Measure) -> Array:
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


def _floor(s: Sizes, a: Array) -> Array | float:
    hollow = s.dip > 1e-9
    if not np.any(hollow):
        return 0.0
    dip = np.maximum(s.dip, 1e-12)
    radius = (s.w**2 / 4 + dip**2) / (2 * dip)
    return np.asarray(np.where(hollow, radius - _root(radius**2 - a * a), 0.0))


def _ceiling(s: Sizes, a: Measure) -> Array:
    domed = s.rise > 1e-9
    if not np.any(domed):
        return _flat(s, a)
    dome = _knife(s, a) if s.top == "knife" else _arc(s, a)
    return dome if np.all(domed) else np.asarray(np.where(domed, dome, _flat(s, a)))


def _flat(s: Sizes, a: Measure) -> Array:
    past = a - (s.w / 2 - s.edge)
    return np.asarray(np.where(past > 0, s.h - s.edge + _root(s.edge**2 - past**2), s.h))


def _arc(s: Sizes, a: Measure) -> Array:
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


def _knife(s: Sizes, a: Measure) -> Array:
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
    least, most = _oval_bounds(a, b, x, y)
    found, d = np.asarray(most <= d), np.broadcast_to(d, np.shape(x))
    ask = np.flatnonzero(~found & (least <= d))
    found[ask] = oval_distance(oval, x[ask], y[ask]) <= d[ask]
    return found


def _oval_bounds(a: float, b: float, x: Array, y: Array) -> tuple[Array, Array]:
    """Between what the signed distance to an ellipse of those half axes lies: exact on it, quick to find.

    The ellipse q times as large goes through the point. The two are |q - 1| min(a, b) apart at least, as the ellipse
    holds a circle of the lesser half axis; along the ray to the point they are |q - 1| / q of its length apart.
    """
    q, r = np.hypot(x / a, y / b), np.hypot(x, y)
    near = np.abs(q - 1.0) * min(a, b)
    far = np.abs(q - 1.0) * np.where(q > BOUND, r / np.maximum(q, BOUND), max(a, b))
    out = q >= 1.0
    return np.where(out, near, -far) - BOUND, np.where(out, far, -near) + BOUND


def oval_distance(oval: Oval, x: Array, y: Array) -> Array:
    """Signed distance to an ellipse in mm (negative inside).

    The nearest place is (A^2 u / (t + A^2), B^2 v / (t + B^2)) for the half axes A >= B and the point (u, v) of the first
    quadrant; t is the greatest root of what follows from it lying on the ellipse. That is convex and falls beyond
    t = -B^2, so that Newton's steps from a place left of the root never pass it (D. Eberly, Distance from a Point to
    an Ellipse, 2013).
    """
    (long, u), (short, v) = ((oval.l / 2, y), (oval.w / 2, x))[:: 1 if oval.l >= oval.w else -1]
    u, v = np.abs(u), np.abs(v)
    t = np.maximum(np.maximum(long * u - long**2, short * v - short**2), EVOLUTE - short**2)
    for _ in range(STEPS):
        c, s = long * u / (t + long**2), short * v / (t + short**2)
        slope = c * c / (t + long**2) + s * s / (t + short**2)
        t = np.maximum(
            t + (c * c + s * s - 1.0) / np.maximum(2 * slope, EVOLUTE), EVOLUTE - short**2
        )
    c = np.minimum(long * u / (t + long**2), 1.0)
    away = np.hypot(u - long * c, v - short * np.sqrt(1.0 - c * c))
    return np.where((u / long) ** 2 + (v / short) ** 2 <= 1.0, -away, away)


def _in_box(outline: Box, d: Array, x: Array, y: Array) -> Mask:
    r = np.maximum(outline.r + d, np.minimum(outline.r, 1e-3)) if outline.r > 0 else 0.0 * d
    hx, hy = outline.w / 2 + d, outline.l / 2 + d
    ex, ey = np.maximum(np.abs(x) - (hx - r), 0.0), np.maximum(np.abs(y) - (hy - r), 0.0)
    return np.asarray((ex * ex + ey * ey <= r * r) & (np.abs(x) <= hx) & (np.abs(y) <= hy))
