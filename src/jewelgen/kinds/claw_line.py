"""The line of a prong in a plane: its sizes, the claw it becomes, and the points both bends are drawn with.

Plane coordinates: s outward from the girdle's edge, z up from the metal the head stands on; mm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from jewelgen.catalog.packs import limit
from jewelgen.kinds.vee import FOOT_OVER, Vee
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Vec
from jewelgen.piece.rail import Bez, axes
from jewelgen.piece.section import Section, Wire

Point = tuple[float, float]
Cubic = tuple[Point, Point, Point, Point]
GAP = 0.03  # mm between stone and seat
SEAT = 0.23  # share of the prong the notch takes in the model; under bench_rules prong.notch_depth_cad_max_pct
FOOT = 0.85  # thickness of the foot over that at the girdle: it ends inside the base ring
FLARE = 48.0  # degrees from upright at the foot


@dataclass(frozen=True, slots=True)
class Sizes:
    """A prong: `foot` (s, z) of its start, `girdle_z` of the girdle's lower edge, its thicknesses,
    `run` mm from the girdle's edge to the table's, `reach` to the point where the tip touches the crown.
    `straight`: of plain wire, straight up to the girdle. `vee`: what stands over a point, in place of wire.
    """

    foot: Point
    girdle_z: float
    wire: float
    tip: float
    run: float
    reach: float
    straight: bool = False
    vee: Vee | None = None

    @property
    def sections(self) -> tuple[Section, Section, Section]:
        """Foot, girdle, tip."""
        if self.vee:
            return self.vee.section(FOOT_OVER), self.vee.section(), self.vee.cap(self.tip)
        return Wire(foot_of(self)), Wire(self.wire), Wire(self.tip)

    def up(self, degrees: float) -> Vec:
        """What the sections of its rail are turned to: a V's ridge outward, that many degrees over level."""
        ridge = math.radians(degrees)
        return (math.cos(ridge), 0.0, math.sin(ridge)) if self.vee else (0.0, 1.0, 0.0)

    @property
    def notch(self) -> float:
        """How deep the girdle lies in the prong, mm."""
        return self.vee.deep if self.vee else SEAT * self.wire - GAP


@dataclass(frozen=True, slots=True)
class Claw:
    """Rail and stations of one prong in a frame on the girdle's edge (x outward), and the seat's opening."""

    rail: Bez
    stations: tuple[tuple[float, Section], ...]
    open: float

    @property
    def girdle(self) -> float:
        """The rail's parameter where the bend begins."""
        return self.stations[1][0]

    @property
    def bar(self) -> Bar:
        """The prong as a form: wire ends round, a V is cut square."""
        return Bar(self.rail, self.stations, "dome" if is_wire(self) else "flat")

    def at_height(self, z: float) -> float:
        """The rail's s at height `z` on its way up."""
        t = np.linspace(0.0, self.girdle, 513)
        points = axes(self.rail, t)[0]
        return float(np.interp(z, points[:, 2], points[:, 0]))


def is_wire(prong: Claw) -> bool:
    """Whether a prong is round wire; else it is a V."""
    return isinstance(prong.stations[0][1], Wire)


def foot_of(sizes: Sizes) -> float:
    """Thickness of the foot: slimmer than the base ring's wire, but not too slim to cast."""
    if sizes.straight:
        return sizes.wire
    return max(FOOT * sizes.wire, min(sizes.wire, limit("prong_diameter_min").value))


def split(cubic: Cubic, n: int = 3) -> list[Point]:
    """The cubic as a chain of `n`, cut at even parameters (de Casteljau)."""
    found, rest = [cubic[0]], cubic
    for share in (1 / (n - k) for k in range(n - 1)):
        p, q, r, s = rest
        pq, qr, rs = between(p, q, share), between(q, r, share), between(r, s, share)
        left, right = between(pq, qr, share), between(qr, rs, share)
        middle = between(left, right, share)
        found += [pq, left, middle]
        rest = (middle, right, rs, s)
    return [*found, *rest[1:]]


def between(p: Point, q: Point, share: float) -> Point:
    """The point at that share of the way."""
    return (p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1]))


def plus(p: Point, d: Point, k: float) -> Point:
    """p + k d."""
    return (p[0] + k * d[0], p[1] + k * d[1])


def unit(d: Point) -> Point:
    """A direction at length 1."""
    size = math.hypot(*d)
    return (d[0] / size, d[1] / size)


def meet(p: Point, d: Point, q: Point, e: Point) -> Point:
    """Where the lines p + t d and q + u e cross."""
    cross = d[0] * e[1] - d[1] * e[0]
    t = ((q[0] - p[0]) * e[1] - (q[1] - p[1]) * e[0]) / cross
    return plus(p, d, t)
