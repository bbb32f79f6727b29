"""The stone of a block: the phrase field of settings, narrowed to the cuts a setting can hold."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import cast

import numpy as np

from jewelgen.catalog.stones import StoneSpec, describe, parse_stone
from jewelgen.flat.outline import Outline, Oval
from jewelgen.piece.array import ONE, Array
from jewelgen.piece.cutter import Bearing
from jewelgen.piece.frame import Frame
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.girdles import girdle_outline
from jewelgen.piece.stone import Grip, Stone
from jewelgen.spec import Parsed

CLEAR = 0.02  # mm between stone and seat all round
LEVEL = 0.05  # of a facet's way out, how far it looks up: less, and it is the girdle
TOUCH = 0.01  # mm a bead stays off the crown: it is pushed down on the bench


SMOOTH = ("round", "oval", "cushion")  # outlines without points or sharp corners
FACETED = ("round", "oval", "box", "octagon", "cushion")
POINTED = ("pear", "marquise")


def _only(words: str, **outlines: tuple[str, ...]) -> Callable[[object], StoneSpec]:
    """Reads a stone of one of the families (faceted, cabochon) with an outline that it may have there."""

    def read(value: object) -> StoneSpec:
        spec = value if isinstance(value, StoneSpec) else parse_stone(cast("str", value))
        if spec.outline not in outlines.get(spec.family, ()):
            raise ValueError(f"{describe(spec)} cannot be held here; it takes {words}")
        return spec

    return read


PRONGED = Parsed(
    _only(
        "a faceted stone, or a round, oval, cushion, pear or marquise cabochon",
        faceted=(*FACETED, *POINTED, "trillion", "heart"),
        cabochon=(*SMOOTH, *POINTED),
    ),
    "the stone",
    '"round diamond 1.00 ct", "pear diamond 8x5" or "oval cab turquoise 10x8x4"',
)
WIRED = Parsed(
    _only(
        'a stone without points (kind = "prong" puts Vs over those), of cabochons a round, oval or cushion one',
        faceted=FACETED,
        cabochon=SMOOTH,
    ),
    "the stone",
    '"round diamond 1.00 ct", "princess diamond 5.5" or "oval cab turquoise 10x8x4"',
)
DOMED = Parsed(
    _only(
        "a round, oval, square, cushion, pear or marquise cabochon",
        cabochon=(*SMOOTH, "box", *POINTED),
    ),
    "the stone",
    '"oval cab turquoise 10x8x4"',
)
COLLETED = Parsed(
    _only(
        "a round, oval, square, emerald-cut, cushion, pear or marquise faceted stone",
        faceted=(*FACETED, *POINTED),
    ),
    "the stone",
    '"round garnet 6", "oval sapphire 8x6" or "pear diamond 8x5"',
)
ROUND = Parsed(_only("round brilliants", faceted=("round",)), "each stone", '"round diamond 1.3"')
CHANNELED = Parsed(
    _only("round brilliants or square stones", faceted=("round", "box")),
    "each stone",
    '"princess diamond 2.0"',
)


def girdle_of(spec: StoneSpec) -> Oval:
    """The girdle of a round or oval stone, long axis along y."""
    return Oval(spec.length, spec.width)


def outline_of(spec: StoneSpec) -> Outline:
    """The girdle's outline, long axis along y: corners sharp where the cut has them, a cushion's round."""
    return girdle_outline(spec.cut, spec.length, spec.width)


def placed_stone(
    name: str, spec: StoneSpec, at: Frame, held: tuple[Grip, str], array: Array = ONE
) -> Stone:
    """The stone with its proportions at `at`, a cabochon with its upright band; `held` says how, and by which part."""
    girdle, crown = spec.girdle, spec.crown
    if spec.family == "cabochon":
        girdle = min(spec.upright, 0.95 * spec.depth)
        crown = spec.depth - girdle
    return Stone(
        name, spec.cut, spec.species, spec.length, spec.width, spec.depth, at, array,
        held[0], (held[1],), girdle, crown, spec.pavilion,
    )  # fmt: skip


def crown_bead(spec: StoneSpec, bead: float, up: float) -> float:
    """How far from the stone's axis a bead lies that touches its crown, its middle `up` over the girdle's top.

    The ball of radius b touches the crown's cone (angle c at the girdle's upper edge) when its centre is
    R + (b - up cos c) / sin c from the axis.
    """
    c = math.atan2(spec.crown, (spec.width - spec.table) / 2)
    return spec.width / 2 + (bead / 2 + TOUCH - up * math.cos(c)) / math.sin(c)


def off_crown(spec: StoneSpec, away: float, up: float) -> float:
    """Distance in mm from a place, `away` from the stone's axis and `up` over the girdle's lower edge, to its profile
    there: the crown's cone, the girdle's upper edge, or the girdle. Negative under the cone.
    """
    c = math.atan2(spec.crown, (spec.width - spec.table) / 2)
    x, z = away - spec.width / 2, up - spec.girdle
    if z * math.sin(c) >= x * math.cos(c):
        return x * math.sin(c) + z * math.cos(c)
    return math.hypot(x, z) if z > 0 else x


def steepest(stone: Stone) -> float:
    """Height over way in of a faceted stone's steepest crown facets: a cone as steep from its girdle clears them all."""
    vertices, faces = polyhedron(stone)
    a, b, c = (vertices[[face[k] for face in faces]] for k in range(3))
    normals = np.cross(b - a, c - a)
    flat, up = np.linalg.norm(normals[:, :2], axis=1), normals[:, 2]
    rising = up > LEVEL * flat
    return float((flat[rising] / up[rising]).max())


def piloted(stone: StoneSpec, pilot: float, room: float, through: float) -> Bearing:
    """A seat along the pavilion, CLEAR of it, open `room` mm above the girdle, with a hole of `pilot` mm diameter
    under the culet, `through` mm deep below the girdle.
    """
    slope = 2 * stone.pavilion / stone.width
    return Bearing(
        girdle_of(stone),
        depth=(stone.width / 2 + CLEAR - pilot / 2) * slope,
        gap=CLEAR,
        girdle=stone.girdle,
        open=room,
        pilot=pilot,
        through=through,
    )
