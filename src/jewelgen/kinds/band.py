"""Plain bands: one section all round, closed by a seam, and the places a ring offers to others."""

from __future__ import annotations

from jewelgen.findings import DesignError, Finding, Where
from jewelgen.piece.form import Hoop, Station
from jewelgen.piece.frame import FINGER, IDENTITY, on_ring
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Sec, Section, Top, area_and_centroid, thickness, width
from jewelgen.piece.site import Anchor, Fragment, Site

ANCHORS = ("top", "back", "inside", "round")


def section(
    site: Site, w: float, h: float, soft: tuple[float, float, float], top: Top = "arc"
) -> Sec:
    """A shank section in mm, `soft` its rise, dip and edge; raises `DesignError` JG230 with the reason when the sizes make none."""
    rise, dip, edge = soft
    try:
        return Sec(w, h, rise, dip, top, edge)
    except ValueError as wrong:
        sizes = f"{w:g} x {h:g}, rise {rise:g}, dip {dip:g}, edge {edge:g}"
        hint = "leave rise, dip and edge out and they follow width and thickness"
        raise DesignError(
            Finding("JG230", f"{wrong}: {sizes}", Where(key=site.name), hint=hint)
        ) from wrong


def band(site: Site, sec: Sec) -> Fragment:
    """A uniform ring of that section with all its anchors."""
    return hoop(site, ((0.0, sec),))


def hoop(site: Site, stations: tuple[Station, ...]) -> Fragment:
    """A ring with stations from top to back; only a uniform one offers `round` to rows of stones."""
    form = Hoop(site.bore, stations)
    part = Part(
        site.name,
        form,
        IDENTITY,
        alloy=site.own_alloy,
        made=site.made,
        role="shank",
        temper=site.temper,
    )
    top, back = stations[0][1], stations[-1][1]
    anchors = [
        _point(site, "top", 0.0, top),
        _point(site, "back", 180.0, back),
        _inside(site, top, back),
    ]
    if len(stations) == 1:
        anchors.append(_round(site, top))
    # The seam lies at the thickest place a maker can hide it in: the top, under whatever stands there.
    area, round_it = area_and_centroid(top)[0], 2 * (width(top) + thickness(top))
    seam = Joint(site.name, site.name, "join", Fit("seam"), area=area, run=round_it)
    return Fragment(parts=(part,), joints=(seam,), anchors=tuple(anchors))


def _point(site: Site, name: str, degrees: float, sec: Section) -> Anchor:
    h = thickness(sec)
    radius = site.bore / 2 + h
    return Anchor(name, "point", on_ring(radius, degrees), site.name, radius, width(sec), h)


def _inside(site: Site, top: Section, back: Section) -> Anchor:
    """The bore; its depth is that of the thinnest place."""
    wide, depth = min(width(top), width(back)), min(thickness(top), thickness(back))
    return Anchor("inside", "round", FINGER, site.name, site.bore / 2, wide, depth, inner=True)


def _round(site: Site, sec: Section) -> Anchor:
    h = thickness(sec)
    return Anchor(
        "round", "round", FINGER, site.name, site.bore / 2 + h, width(sec), h, section=sec
    )
