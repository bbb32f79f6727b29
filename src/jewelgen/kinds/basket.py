"""Prongs bent over a crown, tied by a gallery and a base ring: what cast heads and heads of wire have in common."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import chain
from typing import Annotated, ClassVar

import numpy as np

from jewelgen.catalog.cuts import cut
from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Box, Oval, Path, extents, grown
from jewelgen.kinds import prong_rings as rings
from jewelgen.kinds.claw import GAP, Claw, Sizes, claw
from jewelgen.kinds.girdle_posts import posts_of
from jewelgen.kinds.prong_feet import feet, filed
from jewelgen.kinds.prong_places import across, boxed, counts, inset_room, places
from jewelgen.kinds.stone_field import PRONGED, outline_of, placed_stone
from jewelgen.kinds.vee import Vee
from jewelgen.piece.array import ONE, Array
from jewelgen.piece.cutter import Bearing, Cut
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import IDENTITY, Frame
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Wire, width
from jewelgen.piece.site import Anchor, Footprint, Fragment, Grip, Passing, Site
from jewelgen.piece.stone import Stone
from jewelgen.spec import Count, Mm, Ratio

REST = 0.12  # of the base wire: how far its middle lies above the metal it merges into
BESIDE = 0.6  # mm: half the width of what may land beside a prong
OVER_POINT = (
    1.15  # of its depth in the V: how far the V's metal reaches in over the point, at least
)
BASE = "max(0.42 * stone.width, stone.width - 0.85 * stone.width ** 2 / stone.length)"
NO_VEE = (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """Stone, prongs, rings. Thickness of prongs by stone: bench_rules prong.diameter_large.

    `straight`: prongs run straight from the base to the girdle, as wire does.
    """

    straight: ClassVar[bool] = False
    stone: Annotated[StoneSpec, PRONGED]
    prongs: Annotated[int, Count(3, 8, "how many prongs", formula="stone.prongs")] = 6
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

    def vee(self) -> tuple[float, float]:
        """Wall and leg of Vs over points, mm; zeros where a kind makes none."""
        return NO_VEE


@dataclass(frozen=True, slots=True)
class Row:
    """Equal prongs: the word of their part, their role, one of them, where they stand, how wide they are."""

    word: str
    role: str
    claw: Claw
    array: Array

    @property
    def wide(self) -> float:
        """Greatest width, mm."""
        return max(width(section) for _, section in self.claw.stations)


def rows(params: Basket) -> tuple[Row, ...]:
    """Round prongs, then Vs over points, whichever the stone has."""
    vees = params.vee() != NO_VEE
    n = min(counts(params.stone, vees), key=lambda n: abs(n - params.prongs))
    found = places(params.stone, n, vees)
    out = []
    if found.rounds:
        out.append(Row("prong", "prong", _round_claw(params, found.rounds), found.rounds))
    if found.points:
        vee = _vee_claw(params, found.points, found.angle)
        out.append(Row("point", "v-prong", vee, found.points))
    return tuple(out)


def take(params: Basket) -> Footprint:
    """Half extents, height of the table, and the gallery's two sides (prongs too where they stand there)."""
    found, z = rows(params), _gallery_z(params)
    x = across_ring(params, _gallery_s(params, found))
    grips = tuple(
        Grip("side", _side(side * x, z), word)
        for side in (1.0, -1.0)
        for word in ("gallery", *(r.word for r in found if _stands_at(r, z, side)))
    )
    length, wide = extents(grown(boxed(params.stone) or outline_of(params.stone), params.wire))
    high = girdle_z(params) + params.stone.girdle + params.stone.crown
    return Footprint(wide / 2, length / 2, high, grips, _edge(params, found))


def _edge(params: Basket, found: tuple[Row, ...]) -> tuple[float, float]:
    """Half width across and height of the girdle, with a prong that stands out there."""
    half, high = params.stone.width / 2, girdle_z(params)
    out = [r.claw.at_height(high) + r.wide / 2 for r in found if _stands_at(r, None, 1.0)]
    return half + max([0.0, *out]), high


def across_ring(params: Basket, s: float) -> float:
    """Half the width, in the girdle's middle line, of a ring `s` mm outside the girdle."""
    shape = boxed(params.stone)
    if isinstance(shape, Oval):
        return shape.w / 2 + s
    found = rings.ring_outline(params.stone, s)
    return across(found) if isinstance(found, (Box, Path)) else extents(found)[1] / 2


def _side(x: float, z: float) -> Frame:
    """On the middle of the gallery's wire, z away from the stone."""
    out = math.copysign(1.0, x)
    return Frame((x, 0.0, z), x=(0.0, 0.0, -out), z=(out, 0.0, 0.0))


def _stands_at(row: Row, z: float | None, side: float) -> bool:
    """Whether something landing on that side of the gallery (of the girdle without `z`) meets a prong."""
    s = 0.0 if z is None else row.claw.at_height(z)
    centres = [place.point((s, 0.0, 0.0)) for place in row.array.frames()]
    return any(p[0] * side > 0 and abs(p[1]) < row.wide / 2 + BESIDE for p in centres)


def make(params: Basket, site: Site) -> Fragment:
    """Prongs, gallery, base and stone.

    Raises `DesignError` JG233 when the rings make no outline, JG236 when the prongs leave a corner without one.
    """
    _check_count(params, site)
    site, found = site.let_down(), rows(params)
    stone = _stone(params, site, found)
    z, alloy = _gallery_z(params), site.own_alloy
    gallery = _ring(params, site, _gallery_s(params, found), params.rail)
    base = _ring(params, site, _foot(params)[0], params.wire)
    name, low = site.name, site.frame.moved(z=_foot(params)[1])
    parts = (
        *(
            Part(f"{name}.{r.word}", r.claw.bar, site.frame, r.array, alloy, site.made, r.role)
            for r in found
        ),
        Part(f"{name}.gallery", gallery, site.frame.moved(z=z), ONE, alloy, site.made, "gallery"),
        Part(f"{name}.base", base, low, ONE, alloy, site.made, "base ring"),
    )
    seats = tuple(_seat(params, stone, f"{name}.{r.word}", r.claw) for r in found)
    anchor = _anchor(params, site, stone, found)
    return Fragment(parts, _joints(params, site, found), (stone,), seats, anchors=(anchor,))


def _check_count(params: Basket, site: Site) -> None:
    """A stone is held at each of its corners and points, and alike on all its sides (bench_rules prong_count)."""
    allowed = counts(params.stone, params.vee() != NO_VEE)
    if params.prongs in allowed:
        return
    key, words = f"{site.name}.prongs", " or ".join(str(n) for n in allowed)
    name = cut(params.stone.cut).name
    article = "an" if name[0].lower() in "aeiou" else "a"
    message = f"{params.prongs} prongs do not stand evenly round {article} {name}"
    fix, where = Fix(key, f"{min(allowed, key=lambda n: abs(n - params.prongs))}"), Where(key=key)
    raise DesignError(Finding("JG236", message, where, allowed=words, fix=fix))


def _anchor(params: Basket, site: Site, stone: Stone, found: tuple[Row, ...]) -> Anchor:
    """The girdle, with the prongs that pass it and the gallery below."""
    high, shape = girdle_z(params), boxed(params.stone) or outline_of(params.stone)
    wall = params.vee()[0] + GAP
    posts = (posts_of(r.claw, r.array, r.claw.at_height(high), wall) for r in found)
    prongs = (Passing(f"{site.name}.{row.word}", row.array.n) for row in found)
    top = high - _gallery_z(params) - params.rail / 2
    reach = _gallery_s(params, found) + params.rail / 2
    gallery = Passing(f"{site.name}.gallery", 1, top, reach)
    return Anchor(
        "girdle", "point", stone.at, stone.held_by[0], width=params.stone.width, outline=shape,
        posts=tuple(chain(*posts)), passing=(*prongs, gallery),
    )  # fmt: skip


def _joints(params: Basket, site: Site, found: tuple[Row, ...]) -> tuple[Joint, ...]:
    """Prongs let into both rings, everything filed to the metal below, rings closed."""
    gallery, base = f"{site.name}.gallery", f"{site.name}.base"
    deep = 0.35 * params.wire
    prongs = [(f"{site.name}.{row.word}", row.array.n) for row in found]
    s, z = _foot(params)
    standing = {f"{site.name}.{r.word}": feet(r.array, s, r.wide) for r in found}
    standing[base] = [(0.0, params.stone.length / 2 + s + params.wire / 2)]
    return (
        Joint(gallery, gallery, "join", Fit("seam"), area=math.pi / 4 * params.rail**2),
        Joint(base, base, "join", Fit("seam"), area=math.pi / 4 * params.wire**2),
        *(Joint(prong, gallery, "join", Fit("let-in", deep), n) for prong, n in prongs),
        *(Joint(prong, base, "join", Fit("let-in", deep), n) for prong, n in prongs),
        *filed(site, params.wire / 2 - z, standing),
    )


def girdle_z(params: Basket) -> float:
    """Height of the girdle's lower edge: the culet is `lift` above the metal."""
    return params.lift + params.stone.pavilion


def _foot(params: Basket) -> tuple[float, float]:
    """How far outside the girdle's sides the base ring runs, and how high its middle."""
    inward = (1.0 - params.base / params.stone.width) * inset_room(params.stone)
    return -inward, REST * params.wire


def _gallery_z(params: Basket) -> float:
    low = _foot(params)[1]
    return low + params.gallery * (girdle_z(params) - low)


def _gallery_s(params: Basket, found: tuple[Row, ...]) -> float:
    """How far outside the girdle's sides the gallery runs: through the middles of the first prongs."""
    first = found[0]
    s = first.claw.at_height(_gallery_z(params))
    if first.role == "prong":
        return s
    return rings.beside(params.stone, s, first.array.frames()[0])


def _stone(params: Basket, site: Site, found: tuple[Row, ...]) -> Stone:
    at = site.frame.moved(z=girdle_z(params))
    holders = tuple(f"{site.name}.{row.word}" for row in found)
    stone = placed_stone(f"{site.name}.stone", params.stone, at, ("prongs", holders[0]))
    return replace(stone, held_by=holders)


def _round_claw(params: Basket, array: Array) -> Claw:
    spec = params.stone
    run = (spec.width - spec.table) / 2
    foot, girdle = _foot(params), girdle_z(params)
    reach = params.contact * run
    sizes = Sizes(foot, girdle, params.wire, params.tip, run, reach, params.straight)
    return claw(_plain(spec), sizes, array.frames())


def _vee_claw(params: Basket, array: Array, angle: float) -> Claw:
    """A V: its walls as long as `leg` beside the point, its end over the crown's ridge."""
    wall, leg = params.vee()
    vee = Vee(angle, wall + GAP, leg * math.cos(math.radians(angle / 2)))
    s, z = _foot(params)
    foot = (rings.at_point(params.stone, s, array.frames()[0]), z)
    run = _to_table(params.stone, array.frames()[0])
    reach = min(max(params.contact * run, OVER_POINT * vee.deep), 0.8 * run)
    sizes = Sizes(foot, girdle_z(params), params.wire, params.tip, run, reach, vee=vee)
    return claw(_plain(params.stone), sizes, array.frames())


def _plain(spec: StoneSpec) -> Stone:
    return placed_stone("", spec, IDENTITY, ("prongs", ""))


def _to_table(spec: StoneSpec, place: Frame) -> float:
    """How far the table begins inward from a place on the girdle, mm."""
    vertices, _ = polyhedron(_plain(spec))
    top = vertices[vertices[:, 2] > vertices[:, 2].max() - 1e-6]
    out = np.array(place.x)
    return float(np.array(place.origin) @ out - (top @ out).max())


def _ring(params: Basket, site: Site, s: float, wire: float) -> Bar:
    """A closed wire `s` mm outside the girdle."""
    try:
        outline = rings.ring_outline(params.stone, s)
    except ValueError as wrong:
        hint = "widen head.base"
        raise DesignError(
            Finding("JG233", str(wrong), Where(key=f"{site.name}.base"), hint=hint)
        ) from wrong
    return Bar(rings.ring_rail(outline), ((0.0, Wire(wire)),))


def _seat(params: Basket, stone: Stone, part: str, prong: Claw) -> Cut:
    """The notch: along the pavilion GAP off the stone, the girdle, and as much above as the bend needs."""
    spec = params.stone
    deep = spec.pavilion * (1.0 + 2.0 * GAP / spec.width)
    form = Bearing(rings.seat_outline(spec), deep, GAP, spec.girdle, prong.open)
    word = "seat" if part == stone.held_by[0] else "point"
    return Cut(f"{stone.name}.{word}", (part,), form, stone.at, stone=stone.name, why="notches")
