"""Rails: the line that the centroid of a bar's section follows, in mm, in the form's own frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Box, Outline, Oval, Path, loops, perimeter, points
from jewelgen.flat.runs import corners
from jewelgen.flat.segments import Arc, Line, segment_length
from jewelgen.piece.frame import Vec

Array = NDArray[np.float64]
_A_TURN = 2048  # chords a turn of a winding is measured with
_SPAN = 64  # samples a cubic span or a closed rail is measured with (times 4 for closed ones)


@dataclass(frozen=True, slots=True)
class Bez:
    """A chain of cubics through `points` (3k + 1 of them); `up` is where a section's v axis leans.

    None: away from the y axis, so that what runs round a finger stands square on it all the way.
    """

    points: tuple[Vec, ...]
    up: Vec | None = (0.0, 0.0, 1.0)

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


@dataclass(frozen=True, slots=True)
class Wound:
    """A line wound `n` times about another rail, round an `outline` square to it (x along u, y along v).

    A section's v axis points away from what is bound. The outline is a circle or a box with round corners.
    """

    about: Bez | Circ
    outline: Outline
    n: float


Rail = Bez | Loop | Circ | Wound


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
    if isinstance(rail, Bez):
        return math.dist(rail.points[0], rail.points[-1]) < 1e-9
    return isinstance(rail, Loop)


def bent_loop(rail: Rail) -> Outline | None:
    """The outline of a closed rail that is straight runs and circular bends only; None for any other rail."""
    if not isinstance(rail, Loop) or not isinstance(rail.outline, (Box, Path)):
        return None
    smooth = isinstance(rail.outline, Box) or not corners(rail.outline.loops[0])
    plain = all(isinstance(item, (Line, Arc)) for item in loops(rail.outline)[0])
    return rail.outline if smooth and plain else None


def at(rail: Rail, t: Array) -> tuple[Array, Array]:
    """Points and derivatives at parameters `t` in 0..1 (even in parameter over the spans), (n, 3) each."""
    if isinstance(rail, Circ):
        return _circ_at(rail, t)
    if isinstance(rail, Loop):
        return _loop_at(rail, t)
    return _wound_at(rail, t) if isinstance(rail, Wound) else _bez_at(rail, t)


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
def _turn_table(outline: Outline) -> tuple[Array, Array]:
    """Shares of a turn in rising order, and there x, y and the outward normal's angle in rad, (n, 3)."""
    rows: list[tuple[float, float, float, float]] = []
    done = 0.0
    for segment in loops(outline)[0]:
        n = 120 if isinstance(segment, Arc) else 1
        for k in range(n + 1):
            dx, dy = segment.velocity(k / n)
            rows.append(
                (done + segment_length(segment) * k / n, *segment.at(k / n), math.atan2(-dx, dy))
            )
        done += segment_length(segment)
    table = np.array(rows)
    return table[:, 0] / done, np.column_stack((table[:, 1:3], np.unwrap(table[:, 3])))


def _on_turn(rail: Wound, t: Array) -> tuple[Array, Array]:
    """Points at `t`, and there the direction away from what is bound."""
    shares, table = _turn_table(rail.outline)
    x, y, a = (np.interp((rail.n * t) % 1.0, shares, table[:, i])[:, None] for i in range(3))
    point, _, u, v = axes(rail.about, t)
    return point + x * u + y * v, np.cos(a) * u + np.sin(a) * v


def _wound_at(rail: Wound, t: Array) -> tuple[Array, Array]:
    step = 1e-6
    ahead, behind = _on_turn(rail, t + step)[0], _on_turn(rail, t - step)[0]
    return _on_turn(rail, t)[0], (ahead - behind) / (2 * step)


def winding_steps(rail: Wound, steps: int) -> list[list[float]]:
    """Rail parameters piece by piece: two on a straight run, `steps` + 1 round a quarter turn."""
    whole, done, marks = perimeter(rail.outline), 0.0, list[list[float]]()
    for segment in loops(rail.outline)[0]:
        share = segment_length(segment) / whole
        n = max(1, round(steps * (segment.a1 - segment.a0) / 90)) if isinstance(segment, Arc) else 1
        marks.append([done + share * k / n for k in range(n + 1)])
        done += share
    found = []
    for turn in range(math.ceil(rail.n)):
        for piece in marks:
            kept = [(turn + x) / rail.n for x in piece if turn + x < rail.n + 1e-9]
            if len(kept) > 1:
                found.append(kept)
    return found


@cache
def length(rail: Rail) -> float:
    """Length of the rail in mm: exact for circles and ellipses, fine quadrature for cubic chains."""
    if isinstance(rail, Circ):
        return rail.r * math.radians(abs(rail.a1 - rail.a0))
    if isinstance(rail, Loop):
        return perimeter(rail.outline)
    if isinstance(rail, Wound):
        return _wound_length(rail)
    spans = (len(rail.points) - 1) // 3
    nodes, weights = np.polynomial.legendre.leggauss(_SPAN)
    total = 0.0
    for k in range(spans):
        t = (k + 0.5 + 0.5 * nodes) / spans
        total += float(weights @ np.linalg.norm(at(rail, t)[1], axis=1)) * 0.5 / spans
    return total


def _wound_length(rail: Wound) -> float:
    """Chords at two steps, extrapolated (Richardson)."""
    line = _on_turn(rail, np.linspace(0.0, 1.0, 2 * math.ceil(rail.n * _A_TURN / 2) + 1))[0]
    near = float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())
    wide = float(np.linalg.norm(np.diff(line[::2], axis=0), axis=1).sum())
    return near + (near - wide) / 3


def _up(rail: Rail, t: Array, point: Array) -> Array:
    """Where a section's v axis leans at each place."""
    if isinstance(rail, Wound):
        return np.asarray(_on_turn(rail, t)[1])
    if isinstance(rail, Bez) and rail.up is None:
        return np.asarray(point * np.array((1.0, 0.0, 1.0)))
    leaning = rail.up if isinstance(rail, Bez) else (0.0, 0.0, 1.0)
    return np.broadcast_to(np.array(leaning, dtype=float), point.shape)


def axes(rail: Rail, t: Array) -> tuple[Array, Array, Array, Array]:
    """Points, tangents, and the section's u and v axes at `t`; v is `up` made square to the tangent."""
    point, speed = at(rail, t)
    tangent = speed / np.linalg.norm(speed, axis=1)[:, None]
    up = _up(rail, t, point)
    v = up - (up * tangent).sum(1)[:, None] * tangent
    size = np.linalg.norm(v, axis=1)
    if float(size.min()) < 1e-6:
        raise ValueError("the rail runs along its own 'up' direction")
    v = v / size[:, None]
    return point, tangent, np.cross(v, tangent), v
