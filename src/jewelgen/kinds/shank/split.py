"""A split shank: one ring at the back that parts into two arms, which spring up to carry what stands on top.

The arms are two bars that run over the top from side to side; the ring sinks into them just behind the
place where they part.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.taper import Back, soft
from jewelgen.piece.array import Polar
from jewelgen.piece.easing import bar_section_at
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.frame import FINGER, IDENTITY, Vec, add, on_ring
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Bez
from jewelgen.piece.section import Sec, area_and_centroid, width
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Deg, Mm

ROOT = 84.0  # degrees from 12 o'clock at which the arms begin, hidden in the ring
DIVE = 12.0  # degrees over which the arms sink into the ring at their roots
FULL = 0.45  # of the way to the split: up to there the arms keep their size at the top
SUNK = 1.0  # degrees behind the split at which the ring ends, hidden in the arms
WHOLE = 15.0  # degrees further on at which the ring has its full size
SLIM = 0.6  # of an arm's width at the top: what it has at least where it leaves the ring
ROOTED = (0.97, 0.75)  # of the ring's thickness: the arms at the split, and where they begin
HIDDEN = (0.8, 0.8)  # of the width of both arms and of the ring's thickness: the ring where it ends
INSIDE = 0.04  # mm: the arms lie this far above the ring's bore, so that the two never share a face
# mm between the arms where they lie in the ring: more than the two grow in a master, so that they never
# share a face.
APART = 0.3
MARGIN = 0.2  # mm by which the ring is wider than the two arms that begin in it
LET_IN = 0.12  # of an arm's thickness: how deep what stands on the arms sinks between their domes
LEAST = 0.5  # mm of air between the arms at the top
SPANS = 8  # cubics of an arm's rail: 21 degrees each keep it within a micron


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
    def slim(self) -> float:
        """Width of an arm where it leaves the ring: half the back, so that the ring runs on as it is."""
        wide = self.params.top.width
        return min(wide, max(SLIM * wide, (self.params.back.width - MARGIN - APART) / 2))

    def along(self, a: float) -> float:
        """Distance from the middle of the finger, mm: side by side up to the split, then parting."""
        air = self.params.spread - self.params.top.width - APART
        side = width(bar_section_at(self.stations, a / (2 * ROOT) + 0.5))
        return (side + APART + air * _eased(a, self.params.split_at)) / 2

    @property
    def stations(self) -> tuple[tuple[float, Sec], ...]:
        top, (high, low), thick = self.params.top, ROOTED, self.ring_thick
        half = (
            (ROOT, soft(self.site, self.slim, low * thick)),
            (ROOT - DIVE, soft(self.site, self.slim, high * thick)),
            (FULL * self.params.split_at, soft(self.site, top.width, top.thick)),
        )
        whole = [(-a, sec) for a, sec in half] + [(a, sec) for a, sec in reversed(half)]
        return tuple((a / (2 * ROOT) + 0.5, sec) for a, sec in whole)

    @property
    def ring_thick(self) -> float:
        """The ring where the arms begin in it."""
        return (self.params.top.thick + self.params.back.thick) / 2

    def centre(self, a: float) -> Vec:
        """The middle of the section, in the piece."""
        lift = INSIDE + self.params.rise * _eased(a, self.params.split_at)
        sec = bar_section_at(self.stations, a / (2 * ROOT) + 0.5)
        return on_ring(
            self.site.bore / 2 + lift + area_and_centroid(sec)[1], a, self.along(a)
        ).origin

    def rail(self) -> Bez:
        """Cubics with the course's own direction at their ends (central differences)."""
        step, h = 2 * ROOT / SPANS, 1e-3
        points: list[Vec] = []
        for k in range(SPANS + 1):
            a = -ROOT + k * step
            p = self.centre(a)
            run = add(self.centre(min(a + h, ROOT)), self.centre(max(a - h, -ROOT)), -1.0)
            third = step / 3 / (min(a + h, ROOT) - max(a - h, -ROOT))
            before, after = add(p, run, -third), add(p, run, third)
            points += [before, p, after]
        return Bez(tuple(points[1:-1]), up=None)


def _eased(a: float, end: float) -> float:
    """1 at the top, 0 at `end` degrees and beyond, level at both."""
    return (1 + math.cos(math.pi * min(abs(a) / end, 1.0))) / 2


def make(params: Params, site: Site) -> Fragment:
    """Ring and arms; raises `DesignError` JG255 when the arms do not part."""
    if params.spread < params.top.width + LEAST:
        key, least = f"{site.name}.spread", params.top.width + LEAST
        message = f"arms {params.top.width:g} mm wide do not part at a spread of {params.spread:g}"
        fix = Fix(key, f"{least:g}")
        raise DesignError(
            Finding("JG255", message, Where(key=key), allowed=f"{least:g} mm or more", fix=fix)
        )
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
    return Fragment((ring, pair), (joint,), anchors=_anchors(arms, arm))


def _ring(arms: _Arms) -> Hoop:
    """From one split round the back to the other, ends sunk in the arms."""
    params, site = arms.params, arms.site
    both = 2 * arms.slim + APART
    end = soft(site, HIDDEN[0] * both, HIDDEN[1] * arms.ring_thick)
    whole = soft(site, max(both + MARGIN, params.back.width), arms.ring_thick)
    back = soft(site, params.back.width, params.back.thick)
    start = params.split_at + SUNK
    stations = ((0.0, end), (start, end), (start + WHOLE, whole), (180.0, back))
    return Hoop(site.bore, stations, start, 360.0 - start)


def _anchors(arms: _Arms, arm: str) -> tuple[Anchor, ...]:
    """`top` between the arms, a little below their backs; `back` and `inside` on the ring."""
    params, site = arms.params, arms.site
    high = site.bore / 2 + INSIDE + params.rise + (1 - LET_IN) * params.top.thick
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
