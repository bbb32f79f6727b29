"""The profile of a prong: up and out from its base, upright at the girdle, bent over the crown.

Plane coordinates: s outward from the girdle's edge, z up from the metal the head stands on; mm.
The claw follows the crown at its own radius and is lifted until it clears every facet it may meet.
A V over a point is a bar of a roof's section, its ridge outward: the seat cut into it leaves the two walls.
"""

from __future__ import annotations

import math
from functools import lru_cache

from jewelgen.kinds.claw_line import (
    FLARE,
    Claw,
    Point,
    Sizes,
    between,
    meet,
    plus,
    split,
    unit,
)
from jewelgen.kinds.claw_meets import depth, faces
from jewelgen.kinds.dome_claw import is_domed, over_dome
from jewelgen.piece.frame import Frame
from jewelgen.piece.rail import Bez
from jewelgen.piece.section import area_and_centroid
from jewelgen.piece.stone import Stone

GIRDLE = 0.75  # rail parameter where the bend begins: three spans of four
UPRIGHT = 8.0  # degrees from upright at the girdle
RIDGE = 20.0  # degrees over level that a V's ridge looks outward: no part of the rail runs that way, tips bent past level too
BEND = 0.25  # mm inside radius of the bend over the girdle, about
# times a claw is lifted off facets it enters, and mm it clears them by then
TRIES, CLEAR = 8, 0.003


@lru_cache(maxsize=64)
def claw(stone: Stone, sizes: Sizes, places: tuple[Frame, ...]) -> Claw:
    """The claw that just clears the stone at all `places` (frames on its girdle, z = 0 of `stone.at`'s host)."""
    bodies, lift = faces(stone), 0.0
    if is_domed(stone):
        places = places[:1]  # they are alike
    made = _drawn(stone, sizes, places, lift)
    for _ in range(TRIES):
        deep = depth(made, bodies, places, sizes, stone)
        if deep <= 0:
            break
        # Facets lean nearly as the crown does, so what is too deep is nearly what it must rise.
        lift += deep + CLEAR
        made = _drawn(stone, sizes, places, lift)
    return made


def _drawn(stone: Stone, sizes: Sizes, places: tuple[Frame, ...], lift: float) -> Claw:
    if is_domed(stone):
        return over_dome(stone, sizes, places[0], lift)
    return _bent(stone, sizes, lift)


def _bent(stone: Stone, sizes: Sizes, lift: float) -> Claw:
    """The claw with its upper part `lift` mm off the crown's cone."""
    notch = sizes.notch
    _, low, high = (area_and_centroid(section)[1] for section in sizes.sections)
    c, o = math.atan2(stone.crown, sizes.run), _leaning(stone, sizes, notch)
    up, along, normal = (
        (math.sin(o), math.cos(o)),
        (-math.cos(c), math.sin(c)),
        (math.sin(c), math.cos(c)),
    )
    edge = (0.0, sizes.girdle_z + stone.girdle)
    side = (
        -notch + low * math.cos(o),
        sizes.girdle_z + stone.girdle / 2 - low * math.sin(o),
    )
    over = plus(edge, normal, _mixed(low, high) + lift)
    corner = meet(side, up, over, along)
    least = (low + BEND) * math.tan(_turn(up, along) / 2)
    on = max(sizes.reach / math.cos(c), _ahead(edge, along, corner) + least / 2)
    tip = plus(plus(edge, along, on), normal, high + lift)
    ahead = unit((tip[0] - corner[0], tip[1] - corner[1]))
    run = (low + BEND) * math.tan(_turn(up, ahead) / 2)
    if (
        math.dist(corner, tip) < run
    ):  # a stout prong on a small stone: the tip goes on past its place
        tip = plus(corner, ahead, run)
    rail = _chain(sizes, plus(corner, up, -run), up, corner, tip)
    stations = tuple(zip((0.0, GIRDLE, 1.0), sizes.sections, strict=True))
    return Claw(rail, stations, notch * math.tan(c) + 0.05)


def _turn(d: Point, e: Point) -> float:
    """The angle between two unit vectors, radians."""
    return math.acos(max(-1.0, min(1.0, d[0] * e[0] + d[1] * e[1])))


def _ahead(p: Point, d: Point, q: Point) -> float:
    """How far along the unit vector `d` from `p` a point lies."""
    return (q[0] - p[0]) * d[0] + (q[1] - p[1]) * d[1]


def _mixed(girdle: float, tip: float) -> float:
    """Half the thickness where the bend ends."""
    return 0.7 * girdle + 0.3 * tip


def _leaning(stone: Stone, sizes: Sizes, notch: float) -> float:
    """How far from upright the prong passes the girdle, in radians.

    Straight wire runs from its foot so that its inner side lies `notch` inside the girdle.
    """
    if not sizes.straight:
        return math.radians(UPRIGHT)
    out = -notch - sizes.foot[0]
    up = sizes.girdle_z + stone.girdle / 2 - sizes.foot[1]
    return math.atan2(out, up) + math.asin(min(1.0, sizes.wire / 2 / math.hypot(out, up)))


def _chain(sizes: Sizes, a: Point, up: Point, corner: Point, tip: Point) -> Bez:
    """Foot to girdle in three spans and over the corner in one: spans of like length loft without swelling."""
    foot = sizes.foot
    chord, flare = math.dist(foot, a), math.radians(FLARE)
    out = plus(foot, (math.sin(flare), math.cos(flare)), 0.32 * chord)
    if sizes.straight:
        out = plus(foot, up, 0.32 * chord)
    stem = split((foot, out, plus(a, up, -0.36 * chord), a))
    bend = (between(a, corner, 0.75), between(tip, corner, 0.62), tip)
    return Bez(tuple((s, 0.0, z) for s, z in (*stem, *bend)), sizes.up(RIDGE))
