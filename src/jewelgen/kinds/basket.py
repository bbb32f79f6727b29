"""Prongs bent over a crown, tied by a gallery and a base ring: what cast heads and heads of wire have in common."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import chain

from jewelgen.findings import DesignError, Finding, Where
from jewelgen.flat.outline import extents, grown
from jewelgen.kinds import prong_rings as rings
from jewelgen.kinds.claw_line import GAP
from jewelgen.kinds.girdle_posts import posts_of
from jewelgen.kinds.prong_feet import feet, filed, saddled
from jewelgen.kinds.prong_limits import check
from jewelgen.kinds.prong_lines import (
    LET_IN,
    Basket,
    Row,
    foot,
    gallery_deep,
    gallery_s,
    gallery_z,
    girdle_z,
    is_faceted,
    rows,
)
from jewelgen.kinds.prong_places import boxed
from jewelgen.kinds.stone_field import outline_of, placed_stone
from jewelgen.piece.array import ONE
from jewelgen.piece.cutter import Bearing, Cut, Cutter, Pocket
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Wire
from jewelgen.piece.site import Anchor, Footprint, Fragment, Grip, Passing, Site
from jewelgen.piece.stone import Stone

BESIDE = 0.6  # mm: half the width of what may land beside a prong


def take(params: Basket) -> Footprint:
    """Half extents, height of the table, and the gallery's two sides (prongs too where they stand there)."""
    found = rows(params)
    grips = tuple(grip for side in (1.0, -1.0) for grip in _grips(params, found, side))
    length, wide = extents(grown(boxed(params.stone) or outline_of(params.stone), params.wire))
    high = girdle_z(params) + params.stone.girdle + params.stone.crown
    return Footprint(wide / 2, length / 2, high, grips, _edge(params, found))


def _grips(params: Basket, found: tuple[Row, ...], side: float) -> tuple[Grip, ...]:
    """The gallery on one side; where prongs stand there, their middles, in front of it."""
    z = gallery_z(params)
    met = [row for row in found if _stands_at(row, z, side)]
    s = max([gallery_s(params, found), *(row.claw.at_height(z) for row in met)])
    frame = _side(side * rings.half_across(params.stone, s), z)
    words = ("gallery", *(row.word for row in met))
    return tuple(Grip("side", frame, word, params.rail / 2) for word in words)


def _edge(params: Basket, found: tuple[Row, ...]) -> tuple[float, float]:
    """Half width across and height of the girdle, with a prong that stands out there."""
    half, high = params.stone.width / 2, girdle_z(params)
    out = [r.claw.at_height(high) + r.wide / 2 for r in found if _stands_at(r, None, 1.0)]
    return half + max([0.0, *out]), high


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

    Raises `DesignError` JG233 when the rings make no outline, have no opening or meet under a flat back, JG236 when the
    prongs leave a corner without one, JG283 when they lean in, JG284 when they are too stout.
    """
    check(params, site.name)
    base = _ring(params, site, foot(params)[0], params.wire)
    params, site = saddled(params, site.let_down())
    found = rows(params)
    stone = _stone(params, site, found)
    z, alloy = gallery_z(params), site.own_alloy
    gallery = _ring(params, site, gallery_s(params, found), params.rail)
    name, low = site.name, site.frame.moved(z=foot(params)[1])
    parts = (
        *(
            Part(f"{name}.{r.word}", r.claw.bar, site.frame, r.array, alloy, site.made, r.role)
            for r in found
        ),
        Part(f"{name}.gallery", gallery, site.frame.moved(z=z), ONE, alloy, site.made, "gallery"),
        Part(f"{name}.base", base, low, ONE, alloy, site.made, "base ring"),
    )
    seats = tuple(_seat(params, stone, row, k == 0) for k, row in enumerate(found))
    anchor = _anchor(params, site, stone, found)
    return Fragment(parts, _joints(params, site, found), (stone,), seats, anchors=(anchor,))


def _anchor(params: Basket, site: Site, stone: Stone, found: tuple[Row, ...]) -> Anchor:
    """The girdle, with the prongs that pass it and the gallery below."""
    high, shape = girdle_z(params), boxed(params.stone) or outline_of(params.stone)
    wall = params.vee()[0] + GAP
    posts = (posts_of(r.claw, r.array, r.claw.at_height(high), wall) for r in found)
    prongs = (Passing(f"{site.name}.{row.word}", row.array.n) for row in found)
    side = (
        0.0 if is_faceted(params.stone) else stone.girdle
    )  # a halo lies beside a dome, not under it
    top = high + side - gallery_z(params) - params.rail / 2
    reach = gallery_s(params, found) + params.rail / 2
    gallery = Passing(f"{site.name}.gallery", 1, top, reach)
    return Anchor(
        "girdle", "point", stone.at.moved(z=side), stone.held_by[0], width=params.stone.width, outline=shape,
        posts=tuple(chain(*posts)), passing=(*prongs, gallery),
    )  # fmt: skip


def _joints(params: Basket, site: Site, found: tuple[Row, ...]) -> tuple[Joint, ...]:
    """Prongs let into both rings, everything filed to the metal below, rings closed."""
    gallery, base = f"{site.name}.gallery", f"{site.name}.base"
    deep = LET_IN * params.wire
    prongs = [(f"{site.name}.{row.word}", row.array.n) for row in found]
    s, z = foot(params)
    standing = {f"{site.name}.{r.word}": feet(r.array, s, r.wide) for r in found}
    standing[base] = [(0.0, params.stone.length / 2 + s + params.wire / 2)]
    return (
        Joint(gallery, gallery, "join", Fit("seam"), area=math.pi / 4 * params.rail**2),
        Joint(base, base, "join", Fit("seam"), area=math.pi / 4 * params.wire**2),
        *(
            Joint(prong, gallery, "join", Fit("let-in", gallery_deep(params)), n)
            for prong, n in prongs
        ),
        *(Joint(prong, base, "join", Fit("let-in", deep), n) for prong, n in prongs),
        *filed(site, params.wire / 2 - z, standing),
    )


def _stone(params: Basket, site: Site, found: tuple[Row, ...]) -> Stone:
    at = site.frame.moved(z=girdle_z(params))
    holders = tuple(f"{site.name}.{row.word}" for row in found)
    stone = placed_stone(f"{site.name}.stone", params.stone, at, ("prongs", holders[0]))
    return replace(stone, held_by=holders)


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


def _seat(params: Basket, stone: Stone, row: Row, first: bool) -> Cut:
    """The notch: along the pavilion GAP off the stone, the girdle, and as much above as the bend needs.

    A cabochon's side stands in a straight notch, on its ledge.
    """
    spec, outline = params.stone, rings.seat_outline(params.stone)
    form: Cutter = Pocket(grown(outline, GAP), 0.0, stone.girdle + row.claw.open)
    if is_faceted(spec):
        deep = spec.pavilion * (1.0 + 2.0 * GAP / spec.width)
        form = Bearing(outline, deep, GAP, spec.girdle, row.claw.open)
    head, word = stone.name.rpartition(".")[0], "seat" if first else row.word
    return Cut(
        f"{stone.name}.{word}",
        (f"{head}.{row.word}",),
        form,
        stone.at,
        stone=stone.name,
        why="notches",
    )
