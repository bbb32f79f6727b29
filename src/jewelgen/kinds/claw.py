"""The profile of a prong: up and out from its base, upright at the girdle, bent over the crown.

Plane coordinates: s outward from the girdle's edge, z up from the metal the head stands on; mm.
The claw follows the crown at its own radius and is lifted until it clears every facet it may meet.
A V over a point is a bar of a roof's section, its ridge outward: the seat cut into it leaves the two walls.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.cuts import cut
from jewelgen.catalog.packs import limit
from jewelgen.kinds.vee import FOOT_OVER, Vee
from jewelgen.piece.easing import bar_section_at
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Frame
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.rail import Bez, axes
from jewelgen.piece.section import Section, Wire, area_and_centroid, polygon
from jewelgen.piece.stone import Stone

Array = NDArray[np.float64]
Point = tuple[float, float]
GAP = 0.03  # mm between stone and seat
SEAT = 0.23  # share of the prong the notch takes in the model; under bench_rules prong.notch_depth_cad_max_pct
FOOT = 0.85  # thickness of the foot over that at the girdle: it ends inside the base ring
FLARE, UPRIGHT = 48.0, 8.0  # degrees from upright at the foot and at the girdle
RIDGE = 20.0  # degrees over level that a V's ridge looks outward: no part of the rail runs that way, tips bent past level too
BEND = 0.25  # mm inside radius of the bend over the girdle, about
GIRDLE = 0.75  # rail parameter where the bend begins
STEPS = 28  # places along the claw, and round it, where it is tried against the stone

# times a claw is lifted off facets it enters, and mm it clears them by then
TRIES, CLEAR = 8, 0.003


@dataclass(frozen=True, slots=True)
class Sizes:
    """A prong: `foot` (s, z) of its start, `girdle_z` of the girdle's lower edge, its thicknesses,
    `run` mm from the girdle's edge to the table's, `reach` to the point where the tip touches the crown.
    `straight`: of plain wire, straight up to the girdle. `vee`: what stands over a point, in place of wire.
    """

    foot: Point
    girdle_z: float
    wire: float
    tip: float
    run: float
    reach: float
    straight: bool = False
    vee: Vee | None = None

    @property
    def sections(self) -> tuple[Section, Section, Section]:
        """Foot, girdle, tip."""
        if self.vee:
            return self.vee.section(FOOT_OVER), self.vee.section(), self.vee.cap(self.tip)
        return Wire(_foot(self)), Wire(self.wire), Wire(self.tip)

    @property
    def notch(self) -> float:
        """How deep the girdle lies in the prong, mm."""
        return self.vee.deep if self.vee else SEAT * self.wire - GAP


@dataclass(frozen=True, slots=True)
class Claw:
    """Rail and stations of one prong in a frame on the girdle's edge (x outward), and the seat's opening."""

    rail: Bez
    stations: tuple[tuple[float, Section], ...]
    open: float

    @property
    def bar(self) -> Bar:
        """The prong as a form: wire ends round, a V is cut square."""
        return Bar(self.rail, self.stations, "dome" if _is_wire(self) else "flat")

    def at_height(self, z: float) -> float:
        """The rail's s at height `z` on its way up."""
        t = np.linspace(0.0, GIRDLE, 513)
        points = axes(self.rail, t)[0]
        return float(np.interp(z, points[:, 2], points[:, 0]))


@lru_cache(maxsize=64)
def claw(stone: Stone, sizes: Sizes, places: tuple[Frame, ...]) -> Claw:
    """The claw that just clears the stone at all `places` (frames on its girdle, z = 0 of `stone.at`'s host)."""
    planes, lift = _planes(stone), 0.0
    made = _bent(stone, sizes, lift)
    for _ in range(TRIES):
        deep = _depth(made, planes, places, sizes, stone)
        if deep <= 0:
            break
        # Facets lean nearly as the crown does, so what is too deep is nearly what it must rise.
        lift += deep + CLEAR
        made = _bent(stone, sizes, lift)
    return made


def _is_wire(prong: Claw) -> bool:
    return isinstance(prong.stations[0][1], Wire)


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
    over = _plus(edge, normal, _mixed(low, high) + lift)
    corner = _meet(side, up, over, along)
    touch = _plus(edge, along, sizes.reach / math.cos(c))
    tip = _plus(touch, normal, high + lift)
    ahead = _unit((tip[0] - corner[0], tip[1] - corner[1]))
    turn = math.acos(max(-1.0, min(1.0, up[0] * ahead[0] + up[1] * ahead[1])))
    run = (low + BEND) * math.tan(turn / 2)
    if (
        math.dist(corner, tip) < run
    ):  # a stout prong on a small stone: the tip goes on past its place
        tip = _plus(corner, ahead, run)
    rail = _chain(sizes, _plus(corner, up, -run), up, corner, tip)
    stations = tuple(zip((0.0, GIRDLE, 1.0), sizes.sections, strict=True))
    return Claw(rail, stations, notch * math.tan(c) + 0.05)


def _foot(sizes: Sizes) -> float:
    """Thickness of the foot: slimmer than the base ring's wire, but not too slim to cast."""
    if sizes.straight:
        return sizes.wire
    return max(FOOT * sizes.wire, min(sizes.wire, limit("prong_diameter_min").value))


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
    out = _plus(foot, (math.sin(flare), math.cos(flare)), 0.32 * chord)
    if sizes.straight:
        out = _plus(foot, up, 0.32 * chord)
    stem = _split((foot, out, _plus(a, up, -0.36 * chord), a))
    bend = (_between(a, corner, 0.75), _between(tip, corner, 0.62), tip)
    ridge = math.radians(RIDGE)
    up_axis = (math.cos(ridge), 0.0, math.sin(ridge)) if sizes.vee else (0.0, 1.0, 0.0)
    return Bez(tuple((s, 0.0, z) for s, z in (*stem, *bend)), up_axis)


def _split(cubic: tuple[Point, Point, Point, Point]) -> list[Point]:
    """The cubic as a chain of three, cut at thirds (de Casteljau)."""
    found, rest = [cubic[0]], cubic
    for share in (1 / 3, 1 / 2):
        p, q, r, s = rest
        pq, qr, rs = _between(p, q, share), _between(q, r, share), _between(r, s, share)
        left, right = _between(pq, qr, share), _between(qr, rs, share)
        middle = _between(left, right, share)
        found += [pq, left, middle]
        rest = (middle, right, rs, s)
    return [*found, *rest[1:]]


def _between(p: Point, q: Point, share: float) -> Point:
    return (p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1]))


def _plus(p: Point, d: Point, k: float) -> Point:
    return (p[0] + k * d[0], p[1] + k * d[1])


def _unit(d: Point) -> Point:
    size = math.hypot(*d)
    return (d[0] / size, d[1] / size)


def _meet(p: Point, d: Point, q: Point, e: Point) -> Point:
    """Where the lines p + t d and q + u e cross."""
    cross = d[0] * e[1] - d[1] * e[0]
    t = ((q[0] - p[0]) * e[1] - (q[1] - p[1]) * e[0]) / cross
    return _plus(p, d, t)


def _planes(stone: Stone) -> tuple[tuple[Array, Array], ...]:
    """Outward normals and distances of the stone's faces, in its own frame; of a cleft stone by its two halves."""
    vertices, faces = polyhedron(stone)
    corners = np.array([[vertices[i] for i in face[:3]] for face in faces])
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.linalg.norm(normals, axis=1)[:, None]
    away = np.einsum("ij,ij->i", normals, corners[:, 0])
    if cut(stone.cut).outline != "heart":
        return ((normals, away),)
    middle = np.array([np.mean([vertices[i][0] for i in face]) for face in faces])
    halves = []
    for side in (1.0, -1.0):
        own = side * middle > -1e-9
        inner = np.array([(-side, 0.0, 0.0)])
        halves.append((np.vstack((normals[own], inner)), np.append(away[own], 0.0)))
    return tuple(halves)


def _depth(
    prong: Claw,
    bodies: tuple[tuple[Array, Array], ...],
    places: Sequence[Frame],
    sizes: Sizes,
    stone: Stone,
) -> float:
    """How deep in mm the claw's surface lies in the stone above what its seat clears."""
    skin = _skin(prong)
    skin = skin[skin[:, 2] > sizes.girdle_z + stone.girdle + prong.open]
    if not len(skin):  # straight wire that leans away from its stone: nothing is bent over it
        return 0.0
    worst = -math.inf
    for place in places:
        rows = np.array(place.rows())
        local = skin @ rows[:, :3].T + rows[:, 3] - np.array((0.0, 0.0, sizes.girdle_z))
        for normals, away in bodies:
            worst = max(worst, float(-(local @ normals.T - away).max(axis=1).min()))
    return worst


def _skin(prong: Claw) -> Array:
    """Points on the surface of the bend, the claw and its domed end."""
    t = np.linspace(GIRDLE, 1.0, STEPS)
    if not _is_wire(prong):
        return _roof(prong, t)
    centre, tangent, u, v = axes(prong.rail, t)
    radius = np.interp(
        t, [s[0] for s in prong.stations], [area_and_centroid(s[1])[1] for s in prong.stations]
    )
    a = 2 * np.pi * np.arange(STEPS) / STEPS
    ring = np.cos(a)[:, None] * u[:, None] + np.sin(a)[:, None] * v[:, None]
    tube = centre[:, None] + radius[:, None, None] * ring
    b = np.linspace(0.0, np.pi / 2, 8)
    round_end = np.cos(b)[:, None, None] * ring[-1] + np.sin(b)[:, None, None] * tangent[-1]
    dome = centre[-1] + radius[-1] * round_end
    return np.vstack((tube.reshape(-1, 3), dome.reshape(-1, 3)))


def _roof(prong: Claw, t: Array) -> Array:
    """Points on the inner face of a V at `t`, and on its end."""
    centre, _, u, v = axes(prong.rail, t)
    rows = []
    for i, place in enumerate(t):
        section = bar_section_at(prong.stations, float(place))
        ring = polygon(section) - (0.0, area_and_centroid(section)[1])
        low = ring[:, 1].min()
        side = np.abs(ring[:, 0]).max() * np.linspace(-1.0, 1.0, STEPS)
        rows.append(centre[i] + side[:, None] * u[i] + low * v[i])
    return np.vstack(rows)
