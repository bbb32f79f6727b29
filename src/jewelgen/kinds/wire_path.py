"""Paths of wires round a girdle: from the neck down, round the stone over knots, and up the neck again.

Places on the girdle are angles in degrees from 12 o'clock, clockwise as seen from the front (the ellipse's own
parameter); x to the right, y up, z to the front, mm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Oval
from jewelgen.piece.frame import Vec, add
from jewelgen.piece.rail import Bez

Array = NDArray[np.float64]
_ROUND = 2 / 3  # handle of an arc of angle a over its chord: 2/3 tan(a/4) / sin(a/2)
_STRAIGHT = 1 / 3


@dataclass(frozen=True, slots=True)
class Knot:
    """A point of a path, its direction (unit), and how long the handles before and after it are, in chords.

    Handles of 0 are chosen so that arcs come out round.
    """

    at: Vec
    along: Vec
    before: float = 0.0
    after: float = 0.0


def place(girdle: Oval, degrees: float, out: float, z: float) -> tuple[Vec, Vec]:
    """The point `out` mm outside the girdle, and the clockwise direction there."""
    a, b, t = girdle.w / 2, girdle.l / 2, math.radians(degrees)
    norm = math.hypot(b * math.sin(t), a * math.cos(t))
    n = (b * math.sin(t) / norm, a * math.cos(t) / norm)
    return (a * math.sin(t) + out * n[0], b * math.cos(t) + out * n[1], z), (n[1], -n[0], 0.0)


def on_girdle(girdle: Oval, degrees: float, out: float, z: float) -> Knot:
    """A knot of a wire that lies along the stone."""
    return Knot(*place(girdle, degrees, out, z))


def curvature_radius(girdle: Oval, degrees: float, out: float) -> float:
    """Radius in mm of the line `out` mm outside the girdle."""
    a, b, t = girdle.w / 2, girdle.l / 2, math.radians(degrees)
    norm = math.hypot(b * math.sin(t), a * math.cos(t))
    # |velocity|^3 / (a b), with the velocity (a cos t, -b sin t).
    return math.hypot(a * math.cos(t), b * math.sin(t)) ** 3 / (a * b) + out if norm else out


def run(girdle: Oval, start: float, stop: float, out: float) -> float:
    """Length in mm along the line `out` mm outside the girdle, from `start` to `stop` degrees."""
    angles = np.linspace(start, stop, 181)
    line = np.array([place(girdle, float(a), out, 0.0)[0] for a in angles])
    return float(np.linalg.norm(np.diff(line, axis=0), axis=1).sum())


def stepped(girdle: Oval, degrees: float, mm: float, out: float) -> float:
    """The angle `mm` further along the line `out` mm outside the girdle (back, when negative)."""
    angle, steps = degrees, 24
    for _ in range(steps):
        a, b, t = girdle.w / 2, girdle.l / 2, math.radians(angle)
        speed = math.hypot(a * math.cos(t), b * math.sin(t))
        angle += math.degrees(
            mm / steps / (speed * (1 + out / curvature_radius(girdle, angle, 0.0)))
        )
    return angle


def chain(knots: Sequence[Knot], up: Vec = (0.0, 0.0, 1.0)) -> Bez:
    """The cubic chain through the knots."""
    points: list[Vec] = [knots[0].at]
    for p, q in pairwise(knots):
        chord = math.dist(p.at, q.at)
        even = _handle(p.along, q.along) * chord
        points.append(add(p.at, p.along, p.after * chord or even))
        points.append(add(q.at, q.along, -(q.before * chord or even)))
        points.append(q.at)
    return Bez(tuple(points), up)


def _handle(p: Vec, q: Vec) -> float:
    """Handle over chord of a circular arc that turns from one direction to the other."""
    turn = math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(p, q, strict=True)))))
    return _STRAIGHT if turn < 1e-6 else _ROUND * math.tan(turn / 4) / math.sin(turn / 2)


def mirrored(knots: Sequence[Knot]) -> list[Knot]:
    """The same path on the other side, walked so that it runs on from the first."""
    return [
        Knot((-k.at[0], *k.at[1:]), (k.along[0], -k.along[1], -k.along[2]), k.after, k.before)
        for k in reversed(knots)
    ]
