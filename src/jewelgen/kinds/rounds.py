"""Stones in a row round a band: how many fit, how they are spread, how beads and posts reach them.

In: sizes in mm and the gap asked for.  Out: `Run` (count, step, start). All by formula.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import DesignError, Finding, Where
from jewelgen.piece.array import Polar
from jewelgen.piece.frame import Frame
from jewelgen.piece.site import Anchor, Site
from jewelgen.spec import Parsed, Span
from jewelgen.units import angle_deg

# What turns an anchor's frame (z along the finger) back to one whose y is along the finger.
UPRIGHT = Frame(x=(0.0, 1.0, 0.0), z=(1.0, 0.0, 0.0))
LEAST_ARC = 20.0  # degrees
SLACK = 1e-9


def _around(value: object) -> float:
    if value == "full":
        return 360.0
    if value == "half":
        return 180.0
    angle = value if isinstance(value, float) else angle_deg(value)
    if not LEAST_ARC <= angle <= 360.0:
        raise ValueError(f"{angle:g} degrees is not {LEAST_ARC:g} .. 360")
    return angle


AROUND = Parsed(
    _around, "how far round the band they go", f'"full", "half" or {LEAST_ARC:g} .. 360 deg'
)


@dataclass(frozen=True, slots=True)
class Run:
    """`n` stones `step` degrees apart about the top, `closed` when they go all round."""

    n: int
    step: float
    closed: bool

    @property
    def start(self) -> float:
        """Degrees from 12 o'clock of the first stone."""
        return 0.0 if self.closed else -(self.n - 1) / 2 * self.step

    def places(self, radius: float, lift: float = 0.0, tilt: float = 90.0) -> Polar:
        """The stones' places at that radius, `lift` mm along the finger."""
        return Polar(self.n, radius, self.start, self.step, lift, tilt)

    def between(self, radius: float, lift: float = 0.0, tilt: float = 90.0) -> Polar:
        """The middles of the gaps, and outside the end stones where the run does not close."""
        n = self.n if self.closed else self.n + 1
        return Polar(n, radius, self.start - self.step / 2, self.step, lift, tilt)


def round_band(site: Site, what: str) -> Anchor:
    """The anchor when it is the outside of a band of even section; raises `DesignError` JG232."""
    anchor = site.anchor
    if anchor is None or anchor.sort != "round" or anchor.inner:
        message, hint = (
            f"{what} go round a band of even section",
            'on = "shank.round", on a plain shank',
        )
        raise DesignError(Finding("JG232", message, Where(key=f"{site.name}.on"), hint=hint))
    return anchor


def run_round(site: Site, spec: StoneSpec, radius: float, gap: Span, around: float) -> Run:
    """As many stones, their long axis round it, as keep the least gap on a circle of `radius`.

    A closed run is spread evenly; an open one takes up the arc as far as the greatest gap lets it.
    Raises `DesignError` JG232 when fewer than three fit, or a closed run cannot keep the greatest gap.
    """
    closest = step_of(spec, radius, gap.least)
    closed = around >= 360.0 - SLACK
    n = math.floor(around / closest + SLACK)
    if n < 3:
        raise _refused(f"only {n} stones fit round", site, "stone")
    step = around / n
    if step > step_of(spec, radius, gap.most) + SLACK:
        if closed:
            raise _refused(
                f"{n} stones leave gaps of {gap_of(spec, radius, step):.2f} mm, more than {gap.most:g}",
                site, "gap",
            )  # fmt: skip
        step = step_of(spec, radius, gap.most)
    return Run(n, step, closed)


def step_of(spec: StoneSpec, radius: float, gap: float) -> float:
    """Degrees between stones whose girdles are `gap` mm apart.

    Round: the chord 2 r sin(a/2) is stone + gap. Straight-sided: each girdle is a flat of width w touching
    the circle at its middle, so the ends are 2 r sin(a/2) - w cos(a/2) apart.
    """
    w = spec.length
    if spec.outline in {"round", "oval"}:
        return math.degrees(2 * math.asin(min(1.0, (w + gap) / (2 * radius))))
    reach = math.hypot(2 * radius, w)
    return math.degrees(2 * (math.asin(min(1.0, gap / reach)) + math.atan2(w, 2 * radius)))


def gap_of(spec: StoneSpec, radius: float, step: float) -> float:
    """The gap in mm between girdles `step` degrees apart; see `step_of`."""
    half = math.radians(step) / 2
    if spec.outline in {"round", "oval"}:
        return 2 * radius * math.sin(half) - spec.length
    return 2 * radius * math.sin(half) - spec.length * math.cos(half)


def _refused(message: str, site: Site, key: str) -> DesignError:
    hint = "widen the range of gap, or take another stone"
    return DesignError(Finding("JG232", message, Where(key=f"{site.name}.{key}"), hint=hint))
