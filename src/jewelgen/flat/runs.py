"""Runs of a closed loop between its corners, and how far each goes once it has moved out by a distance.

In: a counter-clockwise `Loop`, mm.  Out: `Run`, `Corner`, and spans along the runs. Where a corner opens,
both runs go on straight until they meet (a mitre); where it closes, both end where they cross.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.segments import Loop, Point, Segment, segment_length

SHARP = 1.0  # degrees of turn between segments that still count as smooth
STEEPEST = 150.0  # degrees of turn a mitre can take: its tip lies 3.9 times the offset away
STEPS, ROUNDS = 24, 7  # a crossing is found among so many chords, closer by that factor every round


@dataclass(frozen=True, slots=True)
class Run:
    """Segments that follow each other smoothly; `closed` when they come back to their start."""

    segments: tuple[Segment, ...]
    closed: bool = False

    @property
    def length(self) -> float:
        """Length in mm."""
        return _lengths(self.segments)[-1]

    @property
    def joints(self) -> tuple[float, ...]:
        """Where its segments meet, in mm along it, both ends left out."""
        return _lengths(self.segments)[1:-1]

    def at(self, s: float, d: float) -> Point:
        """The point `d` outside the run about `s` mm along it; straight on before 0 and past its length."""
        (x, y), (u, v) = self._place(s)
        on = s - min(max(s, 0.0), self.length)
        return (x + d * v + on * u, y - d * u + on * v)

    def heading(self, s: float) -> Point:
        """The direction of travel there; a parallel curve has the same."""
        return self._place(s)[1]

    def _place(self, s: float) -> tuple[Point, Point]:
        ends = _lengths(self.segments)
        inside = min(max(s, 0.0), ends[-1])
        k = min(bisect_right(ends, inside), len(self.segments)) - 1
        t = (inside - ends[k]) / (ends[k + 1] - ends[k])
        return self.segments[k].at(t), _unit(self.segments[k], t)


@dataclass(frozen=True, slots=True)
class Corner:
    """Where one run ends and the next begins: place, turn in degrees (positive outward), both outward normals."""

    at: Point
    turn: float
    before: Point
    after: Point


@cache
def _lengths(segments: tuple[Segment, ...]) -> tuple[float, ...]:
    total = [0.0]
    for segment in segments:
        total.append(total[-1] + segment_length(segment))
    return tuple(total)


def _unit(segment: Segment, t: float) -> Point:
    """The direction of travel; a cubic whose handle has no length is asked a little further in."""
    u, v = segment.velocity(t)
    size = math.hypot(u, v)
    if size < 1e-12:
        u, v = segment.velocity(min(max(t, 1e-4), 1 - 1e-4))
        size = math.hypot(u, v)
    return (u / size, v / size)


def _turn(before: Segment, after: Segment) -> float:
    (a, b), (c, d) = _unit(before, 1.0), _unit(after, 0.0)
    return math.degrees(math.atan2(a * d - b * c, a * c + b * d))


@cache
def runs(loop: Loop) -> tuple[Run, ...]:
    """The loop cut at its corners, beginning after the first of them."""
    breaks = [i for i in range(len(loop)) if abs(_turn(loop[i - 1], loop[i])) > SHARP]
    if not breaks:
        return (Run(loop, closed=True),)
    turned = loop[breaks[0] :] + loop[: breaks[0]]
    cuts = [i - breaks[0] for i in breaks] + [len(loop)]
    return tuple(Run(turned[a:b]) for a, b in pairwise(cuts))


@cache
def corners(loop: Loop) -> tuple[Corner, ...]:
    """The corner at the end of every run, in order; none on a smooth loop."""
    found = runs(loop)
    if found[0].closed:
        return ()
    out = []
    for i, run in enumerate(found):
        before, after = run.segments[-1], found[(i + 1) % len(found)].segments[0]
        (a, b), (c, d) = _unit(before, 1.0), _unit(after, 0.0)
        out.append(Corner(before.at(1.0), _turn(before, after), (b, -a), (d, -c)))
    return tuple(out)


@cache
def spans(loop: Loop, d: float) -> tuple[tuple[float, float], ...]:
    """From where to where each run goes once it has moved out by `d`, in mm along it.

    Raises `ValueError` when a corner is too sharp for a mitre, or runs pass each other or fold.
    """
    found = runs(loop)
    low, high = [0.0] * len(found), [run.length for run in found]
    for i, corner in enumerate(corners(loop)):
        j = (i + 1) % len(found)
        if d * corner.turn > 0:
            if abs(corner.turn) > STEEPEST:
                raise ValueError(f"a corner of {180 - abs(corner.turn):.0f} degrees takes no mitre")
            reach = abs(d) * math.tan(math.radians(abs(corner.turn)) / 2)
            high[i], low[j] = high[i] + reach, -reach
        elif d:
            high[i], low[j] = _crossing(found[i], found[j], d)
    if d:
        _unfolded(loop, d, tuple(zip(low, high, strict=True)))
    return tuple(zip(low, high, strict=True))


def _crossing(first: Run, then: Run, d: float) -> tuple[float, float]:
    """Where the offset of `first` meets that of `then`, nearest their corner; both only up to their middles."""
    a, b = (first.length, first.length / 2), (0.0, then.length / 2)
    for _ in range(ROUNDS):
        s, t = np.linspace(*a, STEPS + 1), np.linspace(*b, STEPS + 1)
        p = np.array([first.at(float(x), d) for x in s])
        q = np.array([then.at(float(x), d) for x in t])
        hit = _first_hit(p, q)
        if hit is None:
            raise ValueError(f"an offset of {d:g} leaves nothing of a side")
        i, j = hit
        a, b = (float(s[i]), float(s[i + 1])), (float(t[j]), float(t[j + 1]))
    return (sum(a) / 2, sum(b) / 2)


def _first_hit(p: NDArray[np.float64], q: NDArray[np.float64]) -> tuple[int, int] | None:
    """The chords of two polylines that cross, nearest their beginnings (touching counts)."""
    a, c = p[:-1, None], q[None, :-1]
    r, s = np.diff(p, axis=0)[:, None], np.diff(q, axis=0)[None]
    cross = r[..., 0] * s[..., 1] - r[..., 1] * s[..., 0]
    cross = np.where(np.abs(cross) < 1e-30, 1e-30, cross)
    w = c - a
    x = (w[..., 0] * s[..., 1] - w[..., 1] * s[..., 0]) / cross
    y = (w[..., 0] * r[..., 1] - w[..., 1] * r[..., 0]) / cross
    slack = 1e-9
    hits = np.argwhere((x >= -slack) & (x <= 1 + slack) & (y >= -slack) & (y <= 1 + slack))
    if not len(hits):
        return None
    i, j = hits[int(hits.sum(axis=1).argmin())]
    return int(i), int(j)


def _unfolded(loop: Loop, d: float, ends: tuple[tuple[float, float], ...]) -> None:
    """No run turns back on itself: every chord of the offset goes the way the run does."""
    for run, (low, high) in zip(runs(loop), ends, strict=True):
        if high - low <= 0:
            raise ValueError(f"an offset of {d:g} leaves nothing of a side")
        s = np.linspace(low, high, 181)
        moved = np.diff(np.array([run.at(float(x), d) for x in s]), axis=0)
        kept = np.diff(np.array([run.at(float(x), 0.0) for x in s]), axis=0)
        if ((moved * kept).sum(axis=1) <= 0).any():
            raise ValueError(f"an offset of {d:g} passes the least radius of curvature")
