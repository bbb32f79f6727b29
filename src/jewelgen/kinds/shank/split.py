"""A split shank: a ring that widens to where it parts into two arms, which spring up to carry what stands on top.

The arms are two bars that run over the top from side to side. Where they part they have the ring's own height and
width, a hair less, so that its flanks, its back and its bore run on into them; between them the ring ends in a
round crotch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Annotated

import numpy as np

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Oval
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.taper import Back, soft
from jewelgen.piece.array import Listed, Polar
from jewelgen.piece.cutter import Cut, Pocket
from jewelgen.piece.easing import bar_section_at
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.frame import FINGER, IDENTITY, Vec, add, on_ring
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Bez
from jewelgen.piece.section import Sec, area_and_centroid
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Deg, Mm

ROOT = 6.0  # degrees behind the split at which the arms begin, hidden in the ring
FULL = 0.4  # of the way to the split: up to there the arms keep their size at the top
SLIM = 0.76  # of an arm's width at the top: what it has at the split
HAIR = 0.03  # mm by which the arms stay inside the ring's faces at the split, so that the two share none
CROTCH = 0.8  # mm between the arms where they part: wide enough to cast and to polish
WIDER = 0.04  # mm by which the round of the crotch is wider than that, so that it touches no face
FLAT = 0.5  # of a plain band's dome: ring and arms at the split, so that their backs run on
LET_IN = 0.12  # of an arm's thickness: how deep what stands on the arms sinks between their domes
STEP = 1e-3  # degrees to either side for the direction of a course
SPANS = (2, 4)  # cubics of an arm's rail from the split to its full size, and over the top


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """Each arm at 12 o'clock."""

    width: Annotated[float, Mm(1.0, 5, "width along the finger")]
    thick: Annotated[float, Mm(1.2, 4, "thickness", formula="max(1.4, min(2.2, 0.85 * width))")] = (
        1.7
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitBack(Back):
    """The ring at 6 o'clock: somewhat narrower than both arms together."""

    width: Annotated[
        float, Mm(1.6, 8, "width along the finger", formula="max(1.8, 1.3 * top.width)")
    ] = 2.6
    thick: Annotated[
        float, Mm(1.0, 4, "thickness", formula="max(min(1.4, top.thick), 0.92 * top.thick)")
    ] = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Arms, back, and where and how far they part."""

    top: Arm
    back: SplitBack
    split_at: Annotated[float, Deg(35, 60, "where the arms part, from 12 o'clock")] = 55.0
    spread: Annotated[
        float,
        Mm(1.4, 14, "middle to middle of the arms at the top", formula="top.width + 0.9"),
    ] = 2.9
    rise: Annotated[float, Mm(0, 4, "how far the arms spring up above the finger at the top")] = 0.6


@dataclass(frozen=True, slots=True)
class _Arms:
    """The course of an arm, `a` in degrees from 12 o'clock."""

    params: Params
    site: Site

    @property
    def root(self) -> float:
        """Where the arms begin, degrees."""
        return self.params.split_at + ROOT

    @property
    def slim(self) -> float:
        """Width of an arm where it leaves the ring."""
        return max(SLIM * self.params.top.width, (self.params.back.width - CROTCH) / 2)

    @property
    def ring(self) -> Sec:
        """The ring where the arms part."""
        thick = (self.params.top.thick + self.params.back.thick) / 2
        plain = soft(self.site, 2 * (self.slim + HAIR) + CROTCH, thick)
        return replace(plain, rise=FLAT * plain.rise)

    def along(self, a: float) -> float:
        """Distance of an arm's middle from the middle of the finger, mm: side by side up to the split, then parting."""
        air = self.params.spread - self.params.top.width - CROTCH
        return (self.section(a).w + CROTCH + air * _eased(a, self.params.split_at)) / 2

    @property
    def knots(self) -> tuple[float, ...]:
        """Where the rail's cubics meet, degrees: wherever the sections change their course, and between."""
        split, full = self.params.split_at, FULL * self.params.split_at
        rise = [split + (full - split) * k / SPANS[0] for k in range(SPANS[0])]
        half = [self.root, *rise]
        over = [full - 2 * full * k / SPANS[1] for k in range(SPANS[1] + 1)]
        return tuple(sorted({*half, *(-a for a in half), *over}))

    def place(self, a: float) -> float:
        """The rail's parameter there: even over its cubics."""
        return float(np.interp(a, self.knots, np.linspace(0.0, 1.0, len(self.knots))))

    def section(self, a: float) -> Sec:
        """The arm's section."""
        found = bar_section_at(self.stations, self.place(a))
        if not isinstance(found, Sec):
            raise TypeError("arms are no wire")
        return found

    @property
    def stations(self) -> tuple[tuple[float, Sec], ...]:
        top, ring = self.params.top, self.ring
        # The arm's back lies under the ring's dome all over: a hair at its middle and at its outer side.
        share = ((self.slim + CROTCH) / ring.w) ** 2
        high, dome = ring.h - 2 * HAIR - share * ring.rise, (1 - share) * ring.rise
        leaving = Sec(self.slim, high, dome, edge=ring.edge)
        half = (
            (self.root, leaving),
            (self.params.split_at, leaving),
            (FULL * self.params.split_at, soft(self.site, top.width, top.thick)),
        )
        whole = [(-a, sec) for a, sec in half] + [(a, sec) for a, sec in reversed(half)]
        return tuple((self.place(a), sec) for a, sec in whole)

    def centre(self, a: float) -> Vec:
        """The middle of the section, in the piece."""
        lift = HAIR + self.params.rise * _eased(a, self.params.split_at)
        up = self.site.bore / 2 + lift + area_and_centroid(self.section(a))[1]
        return on_ring(up, a, self.along(a)).origin

    def rail(self) -> Bez:
        """Cubics with the course's own direction at their ends (central differences)."""
        points: list[Vec] = []
        ways = [self.heading(a) for a in self.knots]
        for (a, way), (b, into) in pairwise(zip(self.knots, ways, strict=True)):
            p, q, third = self.centre(a), self.centre(b), (b - a) / 3
            points += [p, add(p, way, third), add(q, into, -third)]
        return Bez((*points, self.centre(self.knots[-1])), up=None)

    def heading(self, a: float) -> Vec:
        """The course's derivative there, mm a degree."""
        low, high = max(a - STEP, -self.root), min(a + STEP, self.root)
        run = add(self.centre(high), self.centre(low), -1.0)
        return add((0.0, 0.0, 0.0), run, 1 / (high - low))


def _eased(a: float, end: float) -> float:
    """1 at the top, 0 at `end` degrees and beyond, level at both."""
    return (1 + math.cos(math.pi * min(abs(a) / end, 1.0))) / 2


def make(params: Params, site: Site) -> Fragment:
    """Ring and arms; raises `DesignError` JG255 when the arms do not part."""
    if params.spread < params.top.width + CROTCH:
        key, least = f"{site.name}.spread", params.top.width + CROTCH
        message = f"arms {params.top.width:g} mm wide do not part at a spread of {params.spread:g}"
        enough = math.ceil(100 * least - 1e-6) / 100
        fix, allowed = Fix(key, f"{enough:g}"), f"{enough:g} mm or more"
        raise DesignError(Finding("JG255", message, Where(key=key), allowed=allowed, fix=fix))
    arms = _Arms(params, site)
    arm = f"{site.name}.arm"
    ring = Part(
        site.name, _ring(arms), IDENTITY, alloy=site.own_alloy, made=site.made, role="shank", temper=site.temper
    )  # fmt: skip
    form = Bar(arms.rail(), arms.stations)
    pair = Part(
        arm, form, IDENTITY, Polar(2, 0.0, 0.0, 180.0), site.own_alloy, site.made, "split arm"
    )
    joint = Joint(arm, site.name, "join", Fit("cope"), 4)
    return Fragment((ring, pair), (joint,), cuts=(_crotch(arms),), anchors=_anchors(arms, arm))


def _ring(arms: _Arms) -> Hoop:
    """From one split round the back to the other, widest where it parts."""
    params, site = arms.params, arms.site
    start, end = params.split_at, arms.ring
    back = soft(site, params.back.width, params.back.thick)
    return Hoop(site.bore, ((0.0, end), (start, end), (180.0, back)), start, 360.0 - start)


def _crotch(arms: _Arms) -> Cut:
    """The round between the arms at both splits, drilled towards the middle of the finger."""
    d, thick, name = CROTCH + WIDER, arms.ring.h, arms.site.name
    over = arms.site.bore / 2 + thick
    places = tuple(on_ring(over, side * arms.params.split_at) for side in (1.0, -1.0))
    hole = Pocket(Oval(d, d), thick + d, above=thick)
    return Cut(f"{name}.crotch", (name,), hole, IDENTITY, Listed(places), why="round of the split")


def _anchors(arms: _Arms, arm: str) -> tuple[Anchor, ...]:
    """`top` between the arms, a little below their backs; `back` and `inside` on the ring."""
    params, site = arms.params, arms.site
    high = site.bore / 2 + HAIR + params.rise + (1 - LET_IN) * params.top.thick
    low = site.bore / 2 + params.back.thick
    wide = params.spread + params.top.width
    wide_back, thick = params.back.width, params.back.thick
    at = on_ring(low, 180.0)
    return (
        Anchor("top", "point", on_ring(high), arm, high, wide, params.top.thick),
        Anchor("back", "point", at, site.name, low, wide_back, thick),
        Anchor("inside", "round", FINGER, site.name, site.bore / 2, wide_back, thick, inner=True),
    )


KIND = Kind(
    "shank",
    "split",
    Params,
    make,
    "a ring that parts into two arms below the head",
    anchors=("top", "back", "inside"),
)
