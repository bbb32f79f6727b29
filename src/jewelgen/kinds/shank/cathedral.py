"""A cathedral shank: a tapered ring whose shoulders rise as two arms to what stands on its top."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.kinds import band
from jewelgen.kinds.kind import Kind
from jewelgen.piece.array import Polar
from jewelgen.piece.easing import bar_section_at, section_at
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Frame, Vec, on_ring
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Bez
from jewelgen.piece.section import Sec, area_and_centroid, thickness, width
from jewelgen.piece.site import Fragment, Grip, Load, Site
from jewelgen.spec import Deg, Mm

# Shares of the section's thickness and width a soft shank is rounded by.
RISE, DIP, EDGE = 0.26, 0.10, 0.12
SLIM = (
    0.9  # of the shank's width and thickness where an arm begins: its start lies inside the shank
)
HOLD = (0.48, 0.40)  # lengths of the rail's handles, as shares of its chord
STEEP = 52.0  # degrees from level at which an arm meets the head
LATEST = 65  # degrees from 12 o'clock at which arms leave the shank at most
PLACES = 32  # along an arm where its bends are measured


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of the taper."""

    width: Annotated[float, Mm(1.2, 8, "width along the finger")]
    thick: Annotated[float, Mm(1.0, 4, "thickness")] = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The ring at its top and back, and the arms."""

    top: End
    back: End
    rise_at: Annotated[
        float, Deg(28, LATEST, "where the arms leave the shank, from 12 o'clock")
    ] = 42.0
    tip: Annotated[
        float,
        Mm(
            0.5,
            4,
            "width of the arms where they meet the head",
            formula="max(0.6, 0.38 * top.width)",
        ),
    ] = 0.9


def make(params: Params, site: Site) -> Fragment:
    """The ring and two arms; raises `DesignError` JG231 when nothing stands on its top, or the arms have no room."""
    ring = _ring(params, site)
    load, grips = _grips(site)
    form = _sweeping(params, site, grips[0])
    arm = f"{site.name}.arm"
    part = Part(
        arm, form, Frame(), Polar(2, 0.0, 0.0, 180.0), site.own_alloy, site.made, "cathedral arm"
    )
    joints = [Joint(arm, site.name, "join", Fit("cope"), 2)]
    for name in dict.fromkeys(grip.part for grip in grips):
        n = sum(grip.part == name for grip in grips)
        joints.append(Joint(arm, f"{load.name}.{name}", "join", Fit("cope"), n))
    return Fragment((*ring.parts, part), (*ring.joints, *joints), anchors=ring.anchors)


def _ring(params: Params, site: Site) -> Fragment:
    stations = tuple(
        (at, _soft(site, end.width, end.thick))
        for at, end in ((0.0, params.top), (180.0, params.back))
    )
    return band.hoop(site, stations)


def _soft(site: Site, w: float, h: float) -> Sec:
    rise, dip = min(RISE * h, 0.3 * w), min(DIP * h, 0.2 * w)
    return band.section(site, w, h, (rise, dip, min(0.2, EDGE * h, EDGE * w)))


def _grips(site: Site) -> tuple[Load, list[Grip]]:
    """What stands on the top, and its places at the sides, those on +x first."""
    for load in site.loads:
        grips = [grip for grip in load.footprint.grips if grip.name == "side"]
        if load.anchor in {"", "top"} and grips:
            return load, sorted(grips, key=lambda grip: -grip.frame.z[0])
    hint = "add [head], or use a plain shank"
    message = "cathedral arms have nothing to rise to"
    raise DesignError(Finding("JG231", message, Where(key=site.name), hint=hint))


def _sweeping(params: Params, site: Site, grip: Grip) -> Bar:
    """The right arm; raises `DesignError` JG231 where it would bend tighter than its own section lets it."""
    form = _arm(params, site, grip)
    if _room_in_bends(form) >= 0.0:
        return form
    key = f"{site.name}.rise_at"
    later = range(math.floor(params.rise_at) + 1, LATEST + 1)
    fits = (d for d in later if _room_in_bends(_arm(replace(params, rise_at=float(d)), site, grip)) >= 0.0)  # fmt: skip
    found = next(fits, None)
    fix = Fix(key, f'"{found} deg"') if found else None
    message = "arms that leave the shank so near to the head fold in on themselves"
    hint = "let them leave it further down, or make the shank thinner at its top"
    raise DesignError(Finding("JG231", message, Where(key=key), hint=hint, fix=fix))


def _room_in_bends(arm: Bar) -> float:
    """The least radius of the rail's bends less what the section reaches from its centroid there, mm."""
    room, rail = math.inf, arm.rail
    if not isinstance(rail, Bez):
        return room
    for k in range(PLACES + 1):
        t = k / PLACES
        section = bar_section_at(arm.stations, t)
        middle = area_and_centroid(section)[1]
        room = min(room, _radius(rail, t) - max(middle, thickness(section) - middle))
    return room


def _radius(rail: Bez, t: float) -> float:
    """Radius of curvature of a cubic in the plane y = 0, mm: |v|^3 / |v x a|."""
    x, z = (([p[axis] for p in rail.points]) for axis in (0, 2))
    (vx, ax), (vz, az) = (_derivatives(row, t) for row in (x, z))
    bent = abs(vx * az - vz * ax)
    return float(math.hypot(vx, vz) ** 3 / bent) if bent else math.inf


def _derivatives(p: list[float], t: float) -> tuple[float, float]:
    """First and second of a cubic through its four values `p`."""
    a, b, c = p[1] - p[0], p[2] - p[1], p[3] - p[2]
    s = 1.0 - t
    return 3 * (s * s * a + 2 * s * t * b + t * t * c), 6 * (s * (b - a) + t * (c - b))


def _arm(params: Params, site: Site, grip: Grip) -> Bar:
    """The right arm: out of the middle of the shank along its curve, up to the grip."""
    sections = (
        _soft(site, params.top.width, params.top.thick),
        _soft(site, params.back.width, params.back.thick),
    )
    at = section_at(((0.0, sections[0]), (180.0, sections[1])), params.rise_at)
    start = on_ring(site.bore / 2 + thickness(at) / 2, params.rise_at)
    end = on_ring(site.bore / 2 + params.top.thick).point(grip.frame.origin)
    w, h = SLIM * width(at), SLIM * thickness(at)
    last = Sec(params.tip, params.tip, 0.3 * params.tip, 0.0, edge=0.15 * params.tip)
    first = Sec(w, h, 0.3 * h, 0.0, edge=0.15 * min(w, h))
    return Bar(_rail(start, end), ((0.0, first), (1.0, last)))


def _rail(start: Frame, end: Vec) -> Bez:
    """Tangent to the shank where it leaves, STEEP where it lands."""
    chord = math.dist(start.origin, end)
    x, _, z = start.x
    a = math.radians(STEEP)
    out, into = HOLD[0] * chord, HOLD[1] * chord
    p = start.origin
    return Bez(
        (
            p,
            (p[0] - out * x, 0.0, p[2] - out * z),
            (end[0] + into * math.cos(a), 0.0, end[2] - into * math.sin(a)),
            end,
        )
    )


KIND = Kind(
    "shank",
    "cathedral",
    Params,
    make,
    "a tapered ring whose shoulders rise to the head",
    anchors=("top", "back", "inside"),
)
