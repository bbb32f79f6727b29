"""Where the prongs and rings of a basket run: their lines by the stone, before they are parts.

In: a `Basket`.  Out: `Row`s of prongs, offsets outside the girdle and heights over the metal below; mm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, ClassVar

import numpy as np

from jewelgen.catalog.packs import limit
from jewelgen.catalog.stones import StoneSpec
from jewelgen.kinds import prong_rings as rings
from jewelgen.kinds.claw import claw
from jewelgen.kinds.claw_line import GAP, Claw, Sizes
from jewelgen.kinds.pavilion import seat_depth
from jewelgen.kinds.prong_places import counts, inset_room, places
from jewelgen.kinds.stone_field import PRONGED, outline_of, placed_stone
from jewelgen.kinds.vee import Vee
from jewelgen.piece.array import Array, Listed
from jewelgen.piece.cabochon import from_crest
from jewelgen.piece.frame import IDENTITY, Frame
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.section import width
from jewelgen.piece.stone import Stone
from jewelgen.spec import Count, Mm, Ratio

REST = 0.12  # of the base wire: how far its middle lies above the metal it merges into
LET_IN = 0.35  # of the prongs' wire: how deep their rings are let into them
UNDER = 0.25  # of it: a gallery under a flat back, which would show round the stone
CLEAR = 0.1  # mm of air between a gallery and the stone: room to clean
OVER_POINT = (
    1.15  # of its depth in the V: how far the V's metal reaches in over the point, at least
)
BASE = (
    "max({0} * stone.width, stone.width - {1} * stone.width ** 2 / stone.length,"
    " min(stone.width, wire + pack.opening_min))"
)
# Under a flat back the base ring is as wide as a shank's curve lets its wire meet it, and the gallery lies over it.
UNDER_BACK = "max({0} * stone.width, min(0.7 * stone.width, 4.5 * sqrt(wire)))"
LIFT = (
    "0.4 if stone.pavilion > 0 else"
    " min(6, max(0.62 * wire + pack.gallery_rail_gap_min + rail, 0.4 + {0} * (stone.width - base)))"
)
NO_VEE = (0.0, 0.0)


def base_formula(share: float, inset: float, back: float) -> str:
    """The default of `base`: a share of the stone, of a long one more, so that the prongs lean no further; under
    a flat back the share `back` at least.
    """
    return f"{BASE.format(share, inset)} if stone.pavilion > 0 else {UNDER_BACK.format(back)}"


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
    contact: Annotated[
        float,
        Ratio(
            0.1,
            0.6,
            "part of the crown, of the way up a dome, that the tips lie on",
            formula="0.36 if stone.pavilion > 0 else stone.hold",
        ),
    ] = 0.36
    lift: Annotated[
        float,
        Mm(
            -1, 6, "culet or flat back above the metal the head stands on", formula=LIFT.format(0.5)
        ),
    ] = 0.4
    base: Annotated[
        float, Mm(0.8, 30, "width of the base ring", formula=base_formula(0.42, 0.85, 0.42))
    ] = 2.6
    gallery: Annotated[
        float,
        Ratio(0.2, 0.75, "height of the gallery on the way to the girdle; a flat back lies on it"),
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
    s = foot(params)[0]
    groups = [(array, s) for array in _alike(params.stone, found.rounds)]
    groups += [(found.sides, rings.at_side(params.stone, s))] if found.sides else []
    for k, (alike, start) in enumerate(groups, 1):
        word = "prong" if k == 1 else f"prong-{k}"
        out.append(Row(word, "prong", _round_claw(params, alike, start), alike))
    if found.points:
        vee = _vee_claw(params, found.points, found.angle)
        out.append(Row("point", "v-prong", vee, found.points))
    return tuple(out)


def _alike(spec: StoneSpec, places: Array | None) -> list[Array]:
    """Places where one prong fits: over a dome those that are as far from its crest, whose side is alike there."""
    if places is None or is_faceted(spec):
        return [places] if places else []
    found: dict[float, list[Frame]] = {}
    for place in places.frames():
        found.setdefault(round(from_crest(_plain(spec), place), 2), []).append(place)
    return [places] if len(found) == 1 else [Listed(tuple(found[far])) for far in sorted(found)]


def is_faceted(spec: StoneSpec) -> bool:
    """Whether a stone has a pavilion to be seated on; a cabochon lies on its flat back."""
    return spec.pavilion > 0


def girdle_z(params: Basket) -> float:
    """Height of the girdle's lower edge: the culet, or the flat back, is `lift` above the metal."""
    return params.lift + params.stone.pavilion


def foot(params: Basket) -> tuple[float, float]:
    """How far outside the girdle's sides the base ring runs, and how high its middle."""
    inward = (1.0 - params.base / params.stone.width) * inset_room(params.stone)
    return -inward, REST * params.wire


def gallery_z(params: Basket) -> float:
    """Height of the gallery's middle: right under a flat back."""
    if not is_faceted(params.stone):
        return girdle_z(params) - params.rail / 2
    low = foot(params)[1]
    return low + params.gallery * (girdle_z(params) - low)


def gallery_s(params: Basket, found: tuple[Row, ...]) -> float:
    """How far outside the girdle's sides the gallery runs: inside its prongs and let into them, clear of the
    pavilion and of the base; through the middles of Vs.
    """
    first = found[0]
    s = first.claw.at_height(gallery_z(params))
    if first.role != "prong":
        return rings.beside(params.stone, s, first.array.frames()[0])
    inside = s - (params.wire + params.rail) / 2 + gallery_deep(params)
    if not is_faceted(params.stone):
        return inside
    return min(s, max(inside, _off_pavilion(params), _off_base(params)))


def gallery_deep(params: Basket) -> float:
    """How deep the gallery is let into the prongs, mm."""
    return (LET_IN if is_faceted(params.stone) else UNDER) * params.wire


def _off_pavilion(params: Basket) -> float:
    """How far outside the girdle the gallery's middle must lie for its wire to pass CLEAR of the pavilion.

    A cone from the girdle to `deep` under it holds the pavilion; a wire of radius r stays off it where its middle
    is r hypot(deep, half width) / deep outside the cone at its own height.
    """
    half = params.stone.width / 2
    deep = seat_depth(_plain(params.stone), outline_of(params.stone), 0.0)
    off = (params.rail / 2 + CLEAR) * math.hypot(deep, half) / deep
    return off - half * (girdle_z(params) - gallery_z(params)) / deep


def _off_base(params: Basket) -> float:
    """How far outside the girdle the gallery's middle must lie to keep a rail's gap from the base ring."""
    s, z = foot(params)
    apart = (params.rail + params.wire) / 2 + limit("gallery_rail_gap_min").value
    return s + math.sqrt(max(0.0, apart**2 - (gallery_z(params) - z) ** 2))


def _round_claw(params: Basket, array: Array, s: float) -> Claw:
    """Of wire, from the base ring `s` mm outside the girdle there."""
    spec = params.stone
    run = (spec.width - spec.table) / 2
    start, girdle = (s, foot(params)[1]), girdle_z(params)
    reach = params.contact * run
    sizes = Sizes(start, girdle, params.wire, params.tip, run, reach, params.straight)
    return claw(_plain(spec), sizes, array.frames())


def _vee_claw(params: Basket, array: Array, angle: float) -> Claw:
    """A V: its walls as long as `leg` beside the point, its end over the crown's ridge."""
    wall, leg = params.vee()
    vee = Vee(angle, wall + GAP, leg * math.cos(math.radians(angle / 2)))
    s, z = foot(params)
    start = (rings.at_point(params.stone, s, array.frames()[0]), z)
    run = _to_table(params.stone, array.frames()[0])
    # over a dome as far in as the prongs beside it: there it leans enough to hold
    held = run if is_faceted(params.stone) else params.stone.width / 2
    reach = min(max(params.contact * held, OVER_POINT * vee.deep), 0.8 * run)
    sizes = Sizes(start, girdle_z(params), params.wire, params.tip, run, reach, vee=vee)
    return claw(_plain(params.stone), sizes, array.frames())


def _plain(spec: StoneSpec) -> Stone:
    return placed_stone("", spec, IDENTITY, ("prongs", ""))


def _to_table(spec: StoneSpec, place: Frame) -> float:
    """How far the table begins inward from a place on the girdle, mm."""
    vertices, _ = polyhedron(_plain(spec))
    top = vertices[vertices[:, 2] > vertices[:, 2].max() - 1e-6]
    out = np.array(place.x)
    return float(np.array(place.origin) @ out - (top @ out).max())
