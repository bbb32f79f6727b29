"""A slit shank: half-round wire sawn down the middle at both ends, its four tines opened under a plate.

The wire is planished flatter towards the ends, so that each half keeps a body of its own. Whatever stands on
top has a flat underside that the tips are filed to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.kinds import band
from jewelgen.kinds.kind import Kind
from jewelgen.piece.array import Listed
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.frame import FINGER, IDENTITY, Vec, add, on_ring
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Bez
from jewelgen.piece.section import Sec, area_and_centroid
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Deg, Mm

KERF = 0.2  # mm the saw and the file take between two tines
KEEP = 0.97  # of the wire's area: the ends after planishing and filing
DOMED = 0.2  # of the wire's thickness: how much the ends are still domed
UNDER = 0.02  # mm by which a tine is lower than the wire it comes from, so that it starts inside it
INSIDE = 0.015  # mm: the tines lie this far above the bore, so that they never share a face with the wire
SUNK, SLIM = 5.0, 0.85  # degrees a tine reaches back into the wire, and how slim it is there
SPANS = 3  # cubics of a tine's rail
LAST = 100.0  # degrees from 12 o'clock: a slit leaves the back of the ring whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Wire, slit and opening."""

    width: Annotated[float, Mm(2.4, 8, "width of the wire")] = 3.0
    thick: Annotated[
        float, Mm(1.2, 4, "thickness of the wire", formula="max(1.2, 0.5 * width)")
    ] = 1.5
    slit: Annotated[float, Mm(5, 16, "length of each slit", formula="4 * width")] = 12.0
    spread: Annotated[
        float, Mm(0.2, 6, "how far each tine is opened to its side", formula="0.75 * width")
    ] = 2.25
    ends: Annotated[float, Deg(6, 30, "where the tines end, from 12 o'clock")] = 12.0


@dataclass(frozen=True, slots=True)
class _Tines:
    """The course of a tine, `a` in degrees from 12 o'clock."""

    params: Params
    site: Site

    @property
    def wire(self) -> Sec:
        """The wire as bought: half-round, on straight sides when it is thicker than half its width."""
        width, thick = self.params.width, self.params.thick
        return band.section(self.site, width, thick, (min(thick, width / 2), 0.0, 0.0))

    @property
    def root(self) -> float:
        """Where the slit ends."""
        radius = self.site.bore / 2 + area_and_centroid(self.wire)[1]
        return self.params.ends + math.degrees(self.params.slit / radius)

    @property
    def flat(self) -> Sec:
        """The wire planished at its ends: its width kept, `KEEP` of its area, domed by `DOMED`."""
        wide, rise = self.params.width, DOMED * self.params.thick
        cap = area_and_centroid(Sec(wide, rise, rise))[0]
        high = (KEEP * area_and_centroid(self.wire)[0] - cap) / wide + rise
        return band.section(self.site, wide, high, (rise, 0.0, 0.0))

    @property
    def tine(self) -> Sec:
        """One half of it, its sawn side filed."""
        wide, high = (self.params.width - KERF) / 2, self.flat.h - UNDER
        rise = min(self.flat.rise, wide / 2)
        edge = min(0.15, 0.4 * (high - rise))
        return band.section(self.site, wide, high, (rise, 0.0, edge))

    def along(self, a: float) -> float:
        """Distance of a tine's middle from the middle of the finger, mm; eased by a cosine from root to tip."""
        share = min(max((self.root - a) / (self.root - self.params.ends), 0.0), 1.0)
        return self.params.width / 4 + self.params.spread * (1 - math.cos(math.pi * share)) / 2

    def centre(self, a: float) -> Vec:
        """The middle of the section, in the piece."""
        lift = INSIDE + area_and_centroid(self.tine)[1]
        return on_ring(self.site.bore / 2 + lift, a, self.along(a)).origin

    def rail(self) -> Bez:
        """Cubics from inside the wire to the tip, with the course's own direction at their ends."""
        first, last = self.root + SUNK, self.params.ends
        step, h = (last - first) / SPANS, 1e-3
        points: list[Vec] = []
        for k in range(SPANS + 1):
            a = first + k * step
            p = self.centre(a)
            run = add(self.centre(a - h), self.centre(a + h), -1.0)
            third = -step / 3 / (2 * h)
            points += [add(p, run, -third), p, add(p, run, third)]
        return Bez(tuple(points[1:-1]), up=None)


def make(params: Params, site: Site) -> Fragment:
    """The wire and its four tines; raises `DesignError` JG282 for slits that leave the back no metal."""
    tines = _Tines(params, site)
    if tines.root > LAST:
        key = f"{site.name}.slit"
        most = math.radians(LAST - params.ends) * site.bore / 2
        message = f"slits {params.slit:g} mm long leave no whole back on a bore of {site.bore:.2f}"
        fix = Fix(key, f"{math.floor(10 * most) / 10:g}")
        raise DesignError(
            Finding("JG282", message, Where(key=key), allowed=f"at most {most:.1f} mm", fix=fix)
        )
    name = f"{site.name}.tine"
    wire = Part(
        site.name, _wire(tines), IDENTITY, alloy=site.own_alloy, made=site.made, role="shank", temper=site.temper
    )  # fmt: skip
    full, share = tines.tine, SUNK / (SUNK + tines.root - params.ends)
    slim = band.section(
        site, SLIM * full.w, SLIM * full.h, (SLIM * full.rise, 0.0, SLIM * full.edge)
    )
    form = Bar(tines.rail(), ((0.0, slim), (share, full), (1.0, full)))
    turned = IDENTITY.turned(180.0)
    places = (IDENTITY, turned.mirrored(), turned, IDENTITY.mirrored())
    four = Part(name, form, IDENTITY, Listed(places), site.own_alloy, site.made, "tine")
    why = f"opened {params.spread:.1f} to each side"
    joint = Joint(site.name, name, "one", Fit("slit", params.slit), 4, why=why)
    return Fragment((wire, four), (joint,), anchors=_anchors(tines, name))


def _wire(tines: _Tines) -> Hoop:
    """Half-round at the back, planished from the sides up, open between the roots of the slits."""
    stations = ((0.0, tines.flat), (tines.root + SUNK, tines.flat), (180.0, tines.wire))
    return Hoop(tines.site.bore, stations, tines.root, 360.0 - tines.root)


def _anchors(tines: _Tines, name: str) -> tuple[Anchor, ...]:
    """`top` on the backs of the tines, were they to meet; `back` and `inside` on the wire."""
    params, site = tines.params, tines.site
    high, low = site.bore / 2 + INSIDE + tines.tine.h, site.bore / 2 + params.thick
    wide = 2 * tines.along(params.ends) + tines.tine.w
    wire = (params.width, params.thick)
    return (
        Anchor("top", "point", on_ring(high), name, high, wide, tines.tine.h, copies=4),
        Anchor("back", "point", on_ring(low, 180.0), site.name, low, *wire),
        Anchor("inside", "round", FINGER, site.name, site.bore / 2, *wire, inner=True),
    )


KIND = Kind(
    "shank",
    "slit",
    Params,
    make,
    "half-round wire slit at its ends, opened under a plate",
    anchors=("top", "back", "inside"),
)
