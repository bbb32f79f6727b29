"""Prongs bent over a crown, tied by a gallery and a base ring: what cast heads and heads of wire have in common."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, ClassVar

import numpy as np

from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Box, Outline, Oval, extents, grown
from jewelgen.kinds.claw import GAP, Claw, Sizes, claw
from jewelgen.kinds.stone_field import PRONGED, boxed_outline_of, placed_stone
from jewelgen.piece.array import ONE, Array, Listed, Polar
from jewelgen.piece.cutter import Bearing, Cut
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import IDENTITY, Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Circ, Loop, Rail
from jewelgen.piece.section import Wire
from jewelgen.piece.site import Anchor, Footprint, Fragment, Grip, Site
from jewelgen.piece.stone import Stone
from jewelgen.spec import Count, Mm, Ratio

REST = 0.12  # of the base wire: how far its middle lies above the metal it merges into
BESIDE = 0.6  # mm: half the width of what may land beside a prong
SOFT = 0.22  # of the stone: corner radius of the rings under square stones
CORNERS = ((1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0))
BASE = "max(0.42 * stone.width, stone.width - 0.85 * stone.width ** 2 / stone.length)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """Stone, prongs, rings. Thickness of prongs by stone: bench_rules prong.diameter_large.

    `straight`: prongs run straight from the base to the girdle, as wire does.
    """

    straight: ClassVar[bool] = False
    stone: Annotated[StoneSpec, PRONGED]
    prongs: Annotated[int, Count(3, 8, "how many prongs")] = 6
    wire: Annotated[
        float, Mm(0.5, 3, "prongs at the girdle", formula="max(0.72, 0.3 + 0.1 * stone.width)")
    ] = 0.9
    tip: Annotated[
        float, Mm(0.4, 2.5, "prongs at their tips", formula="min(wire, max(0.6, 0.72 * wire))")
    ] = 0.65
    contact: Annotated[float, Ratio(0.2, 0.6, "part of the crown the tips lie on")] = 0.36
    lift: Annotated[float, Mm(-1, 6, "culet above the metal the head stands on")] = 0.4
    base: Annotated[float, Mm(0.8, 30, "width of the base ring", formula=BASE)] = 2.6
    gallery: Annotated[
        float, Ratio(0.2, 0.75, "height of the gallery on the way to the girdle")
    ] = 0.45
    rail: Annotated[float, Mm(0.5, 2.5, "wire of the gallery", formula="max(0.6, 0.85 * wire)")] = (
        0.75
    )


def take(params: Basket) -> Footprint:
    """Half extents, height of the table, and the gallery's two sides (prongs too where they stand there)."""
    prong = _claw(params)
    z = _gallery_z(params)
    girdle, s = boxed_outline_of(params.stone), prong.at_height(z)
    grips = tuple(
        Grip("side", _side(side * _half(girdle, s), z), part)
        for side in (1.0, -1.0)
        for part in ("gallery", "prong")
        if part == "gallery" or _prong_at(params, s, side)
    )
    length, width = extents(grown(girdle, params.wire))
    high = girdle_z(params) + params.stone.girdle + params.stone.crown
    return Footprint(width / 2, length / 2, high, grips, _edge(params, prong))


def _edge(params: Basket, prong: Claw) -> tuple[float, float]:
    """Half width across and height of the girdle, with a prong that stands out there."""
    half, high = boxed_outline_of(params.stone).w / 2, girdle_z(params)
    out = prong.at_height(high) + params.wire / 2 if _prong_at(params, 0.0, 1.0) else 0.0
    return half + max(0.0, out), high


def _half(girdle: Oval | Box, s: float) -> float:
    """Half the width of a ring `s` mm outside the girdle."""
    return _soft_box(girdle, s).w / 2 if isinstance(girdle, Box) else girdle.w / 2 + s


def _side(x: float, z: float) -> Frame:
    """On the middle of the gallery's wire, z away from the stone."""
    out = math.copysign(1.0, x)
    return Frame((x, 0.0, z), x=(0.0, 0.0, -out), z=(out, 0.0, 0.0))


def _prong_at(params: Basket, s: float, side: float) -> bool:
    """Whether something landing on that side of the gallery meets a prong."""
    centres = [place.point((s, 0.0, 0.0)) for place in _array(params).frames()]
    return any(p[0] * side > 0 and abs(p[1]) < params.wire / 2 + BESIDE for p in centres)


def make(params: Basket, site: Site) -> Fragment:
    """Prongs, gallery, base and stone.

    Raises `DesignError` JG233 when the rings make no outline, JG236 when corners are left without prongs.
    """
    _check_corners(params, site)
    prong, stone = _claw(params), _stone(params, site)
    names = tuple(f"{site.name}.{word}" for word in ("prong", "gallery", "base"))
    form = Bar(prong.rail, prong.stations, "dome")
    z = _gallery_z(params)
    gallery = _ring(params, site, prong.at_height(z), params.rail)
    base = _ring(params, site, _foot(params)[0], params.wire)
    alloy, low = site.own_alloy, site.frame.moved(z=_foot(params)[1])
    parts = (
        Part(names[0], form, site.frame, _array(params), alloy, site.made, "prong"),
        Part(names[1], gallery, site.frame.moved(z=z), ONE, alloy, site.made, "gallery"),
        Part(names[2], base, low, ONE, alloy, site.made, "base ring"),
    )
    anchor = _anchor(params, stone, prong)
    return Fragment(
        parts,
        _joints(params, site, names),
        (stone,),
        (_seat(params, stone, prong),),
        anchors=(anchor,),
    )


def _check_corners(params: Basket, site: Site) -> None:
    """A stone with corners is held at each of them, and nowhere else (bench_rules prong.count)."""
    if isinstance(boxed_outline_of(params.stone), Box) and params.prongs != len(CORNERS):
        key = f"{site.name}.prongs"
        message = f"{params.prongs} prongs do not stand on four corners"
        fix = Fix(key, f"{len(CORNERS)}")
        raise DesignError(Finding("JG236", message, Where(key=key), fix=fix))


def _anchor(params: Basket, stone: Stone, prong: Claw) -> Anchor:
    """The girdle, with the prongs that pass it."""
    s = prong.at_height(girdle_z(params))
    places = [place.point((s, 0.0, 0.0)) for place in _array(params).frames()]
    return Anchor(
        "girdle",
        "point",
        stone.at,
        stone.held_by[0],
        width=params.stone.width,
        outline=boxed_outline_of(params.stone),
        posts=tuple((x, y, params.wire) for x, y, _ in places),
    )


def _joints(params: Basket, site: Site, names: tuple[str, ...]) -> tuple[Joint, ...]:
    """Prongs let into both rings, everything filed to the metal below, rings closed."""
    prong, gallery, base = names
    n, deep = params.prongs, 0.35 * params.wire
    below = () if not site.part else (
        Joint(prong, site.part, "join", Fit("cope"), n),
        Joint(base, site.part, "join", Fit("cope")),
    )  # fmt: skip
    return (
        Joint(gallery, gallery, "join", Fit("seam"), area=math.pi / 4 * params.rail**2),
        Joint(base, base, "join", Fit("seam"), area=math.pi / 4 * params.wire**2),
        Joint(prong, gallery, "join", Fit("let-in", deep), n),
        Joint(prong, base, "join", Fit("let-in", deep), n),
        *below,
    )


def girdle_z(params: Basket) -> float:
    """Height of the girdle's lower edge: the culet is `lift` above the metal."""
    return params.lift + params.stone.pavilion


def _foot(params: Basket) -> tuple[float, float]:
    return (params.base - params.stone.width) / 2, REST * params.wire


def _gallery_z(params: Basket) -> float:
    low = _foot(params)[1]
    return low + params.gallery * (girdle_z(params) - low)


def _stone(params: Basket, site: Site) -> Stone:
    at = site.frame.moved(z=girdle_z(params))
    return placed_stone(f"{site.name}.stone", params.stone, at, ("prongs", f"{site.name}.prong"))


def _claw(params: Basket) -> Claw:
    spec = params.stone
    run = (spec.width - spec.table) / 2
    foot, girdle = _foot(params), girdle_z(params)
    reach = params.contact * run
    sizes = Sizes(foot, girdle, params.wire, params.tip, run, reach, params.straight)
    plain = placed_stone("", spec, IDENTITY, ("prongs", ""))
    return claw(plain, sizes, _array(params).frames())


def first_angle(n: int) -> float:
    """Degrees from x (across the finger) of the first prong: pairs flank the finger's axis, six point across."""
    return 0.0 if n == 6 else 90.0 if n % 2 else 180.0 / n


def _array(params: Basket) -> Array:
    """Frames on the girdle's edge, x outward along its normal, at equal steps of arc."""
    n, oval = params.prongs, boxed_outline_of(params.stone)
    if isinstance(oval, Box):
        return Listed(tuple(_on_corner(oval, sx, sy) for sx, sy in CORNERS))
    start = first_angle(n)
    if oval.l == oval.w:
        return Polar(n, oval.w / 2, start, 360.0 / n)
    return Listed(tuple(_on_oval(oval, (start / 360.0 + i / n) % 1.0) for i in range(n)))


def _on_corner(box: Box, sx: float, sy: float) -> Frame:
    """The frame on a corner of the girdle, x outward along its bisector."""
    inset = box.r * (1.0 - math.sqrt(0.5))
    x = (sx * math.sqrt(0.5), sy * math.sqrt(0.5), 0.0)
    return Frame((sx * (box.w / 2 - inset), sy * (box.l / 2 - inset), 0.0), x=x)


def _on_oval(oval: Oval, share: float) -> Frame:
    """The frame at that share of the perimeter, counted from the middle of the long side."""
    a, b, steps = oval.w / 2, oval.l / 2, 720
    points = [
        (a * math.cos(2 * math.pi * k / steps), b * math.sin(2 * math.pi * k / steps))
        for k in range(steps + 1)
    ]
    sums = [0.0]
    for p, q in pairwise(points):
        sums.append(sums[-1] + math.dist(p, q))
    t = 2 * math.pi * float(np.interp(share * sums[-1], sums, range(steps + 1))) / steps
    normal = (b * math.cos(t), a * math.sin(t))
    size = math.hypot(*normal)
    x = (normal[0] / size, normal[1] / size, 0.0)
    return Frame((a * math.cos(t), b * math.sin(t), 0.0), x=x)


def _ring(params: Basket, site: Site, s: float, wire: float) -> Bar:
    """A closed wire `s` mm outside the girdle."""
    girdle = boxed_outline_of(params.stone)
    if isinstance(girdle, Box):
        return Bar(Loop(_soft_box(girdle, s)), ((0.0, Wire(wire)),))
    try:
        outline = grown(girdle, s)
    except ValueError as wrong:
        hint = "widen head.base"
        raise DesignError(
            Finding("JG233", str(wrong), Where(key=f"{site.name}.base"), hint=hint)
        ) from wrong
    return Bar(_rail(outline), ((0.0, Wire(wire)),))


def _soft_box(girdle: Box, s: float) -> Box:
    """A rounded rectangle whose corners pass `s` mm outside the girdle's corners along their bisectors.

    A corner of radius r lies r (1 - sqrt 1/2) inside the square one on each side.
    """
    r = SOFT * min(girdle.l, girdle.w)
    out = s * math.sqrt(0.5) + (r - girdle.r) * (1.0 - math.sqrt(0.5))
    length, wide = girdle.l + 2 * out, girdle.w + 2 * out
    return Box(length, wide, min(r, 0.45 * length, 0.45 * wide))


def _rail(outline: Outline) -> Rail:
    if isinstance(outline, Oval) and outline.l == outline.w:
        return Circ(outline.w / 2)
    return Loop(outline)


def _seat(params: Basket, stone: Stone, prong: Claw) -> Cut:
    """The notch: along the pavilion GAP off the stone, the girdle, and as much above as the bend needs."""
    spec = params.stone
    deep = spec.pavilion * (1.0 + 2.0 * GAP / spec.width)
    form = Bearing(boxed_outline_of(spec), deep, GAP, spec.girdle, prong.open)
    return Cut(f"{stone.name}.seat", stone.held_by, form, stone.at, stone=stone.name, why="notches")
