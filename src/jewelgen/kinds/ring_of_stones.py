"""Small stones round an outline, evenly between the posts that stand in their way.

In: an outline, posts (x, y, diameter), a stone's diameter, the gaps.  Out: `Ring`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Outline, points, rounded
from jewelgen.piece.frame import Frame

Array = NDArray[np.float64]
Post = tuple[float, float, float]
Pair = tuple[Frame, Frame]
STEPS = 1440  # places of the ring that are measured
BESIDE = 0.06  # mm of metal between a post and the nearest stone
# mm the ring may move out until its stones close up, also over its posts, and by how much at a time
FURTHER, STEP = 0.6, 0.02
SHARING = 1.2  # of the pitch: stones farther apart than that over a post share no bead there
DRIFT = 0.6  # mm of wider gaps that weigh as much as a ring 1 mm farther out
CLOSED = 0.06  # mm over the least gap that still counts as closed
ALIKE = 0.005  # mm between an end of the ring and the other's mirror image that counts as none


@dataclass(frozen=True, slots=True)
class Ring:
    """Stones `away` mm outside the outline: frames (x outward, y along the ring), pairs of neighbours that
    share a gap, pairs over a post that stands between them on the inner side, and the stones with a free side
    (+1 forward, -1 back along y).
    """

    away: float
    places: tuple[Frame, ...]
    gaps: tuple[Pair, ...]
    over: tuple[Pair, ...]
    ends: tuple[tuple[Frame, float], ...]


@dataclass(frozen=True, slots=True)
class _Track:
    """The line the stones' middles lie on: points, outward normals, lengths along it."""

    xy: Array
    normal: Array
    along: Array

    @property
    def length(self) -> float:
        return float(self.along[-1])

    @property
    def ends_alike(self) -> bool:
        """Whether the half of it at +y is the mirror image of the half at -y."""
        half = STEPS // 2
        other = np.roll(self.xy[-2::-1], half + 1, axis=0) * (1.0, -1.0)
        return bool(np.abs(self.xy[:-1] - other).max() < ALIKE)

    def frame(self, s: float) -> Frame:
        """The place at length `s`, x outward."""
        s %= self.length
        x, y, u, v = (float(np.interp(s, self.along, row)) for row in (*self.xy.T, *self.normal.T))
        size = math.hypot(u, v)
        return Frame((x, y, 0.0), x=(u / size, v / size, 0.0))


def ring_of(
    outline: Outline, posts: Sequence[Post], stone: float, gap: float, clear: float
) -> Ring | None:
    """The tightest ring that keeps its gaps: the nearest one that closes up, also over its posts; None when nothing fits."""
    best: tuple[float, Ring] | None = None
    for k in range(round(FURTHER / STEP) + 1):
        away = clear + stone / 2 + k * STEP
        track = _track(outline, away)
        found = _filled(track, posts, stone, gap)
        if found is None:
            continue
        slack, ring = found[0], Ring(away, *found[1])
        cost = slack + DRIFT * k * STEP
        if best is None or cost < best[0] - 1e-9:
            best = (cost, ring)
        if slack <= CLOSED:
            # Without a post in the way any ring closes, and a wider gap all round may be the less evil.
            return ring if ring.over or ring.ends else best[1]
    return best[1] if best else None


def _track(outline: Outline, away: float) -> _Track:
    """Even along the ring, from its place at x = 0 towards +y: straight sides of an outline have no points but ends."""
    drawn = np.array(points(rounded(outline, away), STEPS, 0.0005))
    drawn = np.vstack((drawn, drawn[:1]))
    far = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(drawn, axis=0), axis=1))))
    places = (_top(drawn, far) + np.linspace(0.0, far[-1], STEPS + 1)) % far[-1]
    ring = np.column_stack([np.interp(places, far, drawn[:, k]) for k in (0, 1)])
    ring[-1] = ring[0]
    steps = np.diff(ring, axis=0)
    along = np.concatenate(([0.0], np.cumsum(np.linalg.norm(steps, axis=1))))
    ahead = np.vstack((steps, steps[:1])) + np.vstack((steps[-1:], steps))
    normal = np.column_stack((ahead[:, 1], -ahead[:, 0]))
    return _Track(ring, normal / np.linalg.norm(normal, axis=1)[:, None], along)


def _top(drawn: Array, far: Array) -> float:
    """How far along a closed line (n, 2), whose lengths are `far`, it passes x = 0 at its greatest y."""
    (x0, y0), (x1, y1) = drawn[:-1].T, drawn[1:].T
    crossing = np.flatnonzero(((x0 <= 0) != (x1 <= 0)) | (x0 == 0))
    share = np.where(x0 == x1, 0.0, x0 / np.where(x0 == x1, 1.0, x0 - x1))[crossing]
    up = y0[crossing] + share * (y1 - y0)[crossing]
    k = int(up.argmax())
    i = int(crossing[k])
    return float(far[i] + share[k] * (far[i + 1] - far[i]))


_Rows = tuple[
    tuple[Frame, ...], tuple[Pair, ...], tuple[Pair, ...], tuple[tuple[Frame, float], ...]
]


def _filled(
    track: _Track, posts: Sequence[Post], stone: float, gap: float
) -> tuple[float, _Rows] | None:
    """How much wider than asked the widest gap is, and the stones; None when a stretch holds none."""
    stretches = _stretches(track, posts, stone, gap)
    if stretches is None:
        n = _evenly(track, stone + gap)
        if n < 3:
            return None
        row = [track.frame(track.length * i / n) for i in range(n)]
        pairs = tuple((row[i], row[(i + 1) % n]) for i in range(n))
        return _nearest(track, n) - stone - gap, (tuple(row), pairs, (), ())
    return _between_posts(track, stretches, stone, gap)


def _evenly(track: _Track, pitch: float) -> int:
    """How many places all round keep their pitch by chord: an even number where the ring's ends are alike."""
    step = 2 if track.ends_alike else 1
    n = math.floor(track.length / pitch + 1e-9)
    n -= n % step
    while n > 3 and _nearest(track, n) < pitch - 1e-9:
        n -= step
    return n


def _nearest(track: _Track, n: int) -> float:
    """The least chord between neighbours of `n` even places."""
    row = np.array([track.frame(track.length * i / n).origin for i in range(n)])
    return float(np.linalg.norm(row - np.roll(row, -1, axis=0), axis=1).min())


def _stretches(
    track: _Track, posts: Sequence[Post], stone: float, gap: float
) -> list[tuple[float, float]] | None:
    """Lengths along the ring where a stone's middle may lie; None when no post is in the way."""
    barred = np.zeros(len(track.along) - 1, dtype=bool)
    for x, y, d in posts:
        away = np.linalg.norm(track.xy[:-1] - (x, y), axis=1)
        near = away < (stone + d) / 2 + BESIDE
        if near.any():
            # Stones on both sides of a thin post keep their gap as well.
            off = np.abs(track.along[:-1] - track.along[int(away.argmin())])
            barred |= near | (np.minimum(off, track.length - off) < 0.505 * (stone + gap))
    if not barred.any() or barred.all():
        return None if not barred.any() else []
    first = int(np.argmax(barred))
    turned = np.roll(barred, -first)
    edges = np.flatnonzero(np.diff(turned.astype(int)))
    base, length = float(track.along[first]), track.length
    # A stretch begins at its first free place and ends at its last one.
    at = [
        (float(track.along[(first + int(k) + (i % 2 == 0)) % len(barred)]) - base) % length
        for i, k in enumerate(edges)
    ]
    if len(at) % 2:
        at.append((float(track.along[first - 1]) - base) % length)
    return [(base + at[i], base + at[i + 1]) for i in range(0, len(at), 2)]


def _between_posts(
    track: _Track, stretches: list[tuple[float, float]], stone: float, gap: float
) -> tuple[float, _Rows] | None:
    found = (_row(track, low, high, stone + gap) for low, high in stretches)
    rows = [row for row in found if row]
    places = tuple(place for row in rows for place in row)
    if len(places) < 3 or _closest(places) < stone + gap - 1e-9:
        return None
    pairs = tuple(pair for row in rows for pair in itertools.pairwise(row))
    across = [(row[-1], rows[(k + 1) % len(rows)][0]) for k, row in enumerate(rows)]
    slack = max(_chord(pair) for pair in (*pairs, *across)) - stone - gap
    # Stones that nearly meet over a post share a bead there; others are held on that side alone.
    over = tuple(pair for pair in across if _chord(pair) < SHARING * (stone + gap))
    apart = [pair for pair in across if pair not in over]
    ends = tuple(end for a, b in apart for end in ((a, 1.0), (b, -1.0)))
    return slack, (places, pairs, over, ends)


def _closest(places: Sequence[Frame]) -> float:
    """The least distance between any two places: rows on both sides of a post or a cleft may come too near."""
    at = np.array([place.origin for place in places])
    apart = np.linalg.norm(at[:, None] - at[None], axis=2)
    return float(apart[~np.eye(len(at), dtype=bool)].min())


def _chord(pair: Pair) -> float:
    return math.dist(pair[0].origin, pair[1].origin)


def _row(track: _Track, low: float, high: float, pitch: float) -> list[Frame]:
    """As many places as keep the pitch by chord, from end to end of a stretch; one goes to its middle."""
    n = 1 + math.floor((high - low) / pitch + 1e-9)
    while n > 1:
        row = [track.frame(low + (high - low) * i / (n - 1)) for i in range(n)]
        if min(math.dist(a.origin, b.origin) for a, b in itertools.pairwise(row)) >= pitch - 1e-9:
            return row
        n -= 1
    return [track.frame((low + high) / 2)]
