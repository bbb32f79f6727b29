"""Rails: the line that the centroid of a bar's section follows, in mm, in the form's own frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Outline, Oval, perimeter, points
from jewelgen.piece.frame import Vec

Array = NDArray[np.float64]
_SPAN = 64  # samples a cubic span or a closed rail is measured with (times 4 for closed ones)


@dataclass(frozen=True, slots=True)
class Bez:
    """A chain of cubics through `points` (3k + 1 of them); `up` is where a section's v axis leans."""

    points: tuple[Vec, ...]
    up: Vec = (0.0, 0.0, 1.0)

    def __post_init__(self) -> None:
        if len(self.points) < 4 or len(self.points) % 3 != 1:
            raise ValueError("a cubic chain has 3k + 1 points")


@dataclass(frozen=True, slots=True)
class Loop:
    """A closed rail round an outline in the plane z = 0."""

    outline: Outline


@dataclass(frozen=True, slots=True)
class Circ:
    """A circular arc of radius `r` about z, from `a0` to `a1` degrees counted from x; whole when 360 apart."""

    r: float
    a0: float = 0.0
    a1: float = 360.0


Rail = Bez | Loop | Circ


def straight(p: Vec, q: Vec, up: Vec = (1.0, 0.0, 0.0)) -> Bez:
    """A straight rail from `p` to `q`."""
    a = tuple(p[i] + (q[i] - p[i]) / 3 for i in range(3))
    b = tuple(p[i] + 2 * (q[i] - p[i]) / 3 for i in range(3))
    return Bez((p, (a[0], a[1], a[2]), (b[0], b[1], b[2]), q), up)


def is_straight(rail: Rail) -> bool:
    """Whether a rail is one straight span."""
    if not isinstance(rail, Bez) or len(rail.points) != 4:
        return False
    p = np.array(rail.points)
    d = p[3] - p[0]
    cross = np.linalg.norm(np.cross(p[1:3] - p[0], d), axis=1)
    return bool(cross.max() < 1e-9 * max(1.0, float(d @ d)))


def is_closed(rail: Rail) -> bool:
    """Whether the rail comes back to its start."""
    if isinstance(rail, Circ):
        return abs(rail.a1 - rail.a0) >= 360.0 - 1e-9
    return isinstance(rail, Loop) or math.dist(rail.points[0], rail.points[-1]) < 1e-9


def at(rail: Rail, t: Array) -> tuple[Array, Array]:
    """Points and derivatives at parameters `t` in 0..1 (even in parameter over the spans), (n, 3) each."""
    if isinstance(rail, Circ):
        return _circ_at(rail, t)
    if isinstance(rail, Loop):
        return _loop_at(rail, t)
    return _bez_at(rail, t)


def _circ_at(rail: Circ, t: Array) -> tuple[Array, Array]:
    sweep = math.radians(rail.a1 - rail.a0)
    a = math.radians(rail.a0) + t * sweep
    c, s, o = np.cos(a), np.sin(a), np.zeros_like(a)
    return rail.r * np.stack((c, s, o), 1), rail.r * sweep * np.stack((-s, c, o), 1)


def _loop_at(rail: Loop, t: Array) -> tuple[Array, Array]:
    if isinstance(rail.outline, Oval):
        w, h, a = rail.outline.w / 2, rail.outline.l / 2, 2 * math.pi * t
        o, k = np.zeros_like(a), 2 * math.pi
        return (
            np.stack((w * np.cos(a), h * np.sin(a), o), 1),
            np.stack((-w * k * np.sin(a), h * k * np.cos(a), o), 1),
        )
    ring = np.array(points(rail.outline, 720, 0.0005))
    ring = np.vstack((ring, ring[:1]))
    lengths = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))))
    place = t * lengths[-1]
    xy = np.stack([np.interp(place, lengths, ring[:, i]) for i in (0, 1)], 1)
    k = np.clip(np.searchsorted(lengths, place, side="right") - 1, 0, len(ring) - 2)
    d = (ring[k + 1] - ring[k]) / (lengths[k + 1] - lengths[k])[:, None] * lengths[-1]
    zero = np.zeros((len(t), 1))
    return np.hstack((xy, zero)), np.hstack((d, zero))


def _bez_at(rail: Bez, t: Array) -> tuple[Array, Array]:
    p = np.array(rail.points)
    spans = (len(p) - 1) // 3
    k = np.minimum((t * spans).astype(int), spans - 1)
    u = (t * spans - k)[:, None]
    s = 1 - u
    a, b, c, d = (p[3 * k + i] for i in range(4))
    point = s**3 * a + 3 * s * s * u * b + 3 * s * u * u * c + u**3 * d
    speed = 3 * s * s * (b - a) + 6 * s * u * (c - b) + 3 * u * u * (d - c)
    return point, spans * speed


@cache
def length(rail: Rail) -> float:
    """Length of the rail in mm: exact for circles and ellipses, fine quadrature for cubic chains."""
    if isinstance(rail, Circ):
        return rail.r * math.radians(abs(rail.a1 - rail.a0))
    if isinstance(rail, Loop):
        return perimeter(rail.outline)
    spans = (len(rail.points) - 1) // 3
    nodes, weights = np.polynomial.legendre.leggauss(_SPAN)
    total = 0.0
    for k in range(spans):
        t = (k + 0.5 + 0.5 * nodes) / spans
        total += float(weights @ np.linalg.norm(at(rail, t)[1], axis=1)) * 0.5 / spans
    return total


def up_of(rail: Rail) -> Vec:
    """Where a section's v axis leans: the chain's own `up`, z for rails in the plane."""
    return rail.up if isinstance(rail, Bez) else (0.0, 0.0, 1.0)


def axes(rail: Rail, t: Array) -> tuple[Array, Array, Array, Array]:
    """Points, tangents, and the section's u and v axes at `t`; v is `up` made square to the tangent."""
    point, speed = at(rail, t)
    tangent = speed / np.linalg.norm(speed, axis=1)[:, None]
    up = np.broadcast_to(np.array(up_of(rail)), tangent.shape)
    v = up - (up * tangent).sum(1)[:, None] * tangent
    size = np.linalg.norm(v, axis=1)
    if float(size.min()) < 1e-6:
        raise ValueError("the rail runs along its own 'up' direction")
    v = v / size[:, None]
    return point, tangent, np.cross(v, tangent), v
