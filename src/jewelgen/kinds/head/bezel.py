"""A bezel: a strip wrapped round a cabochon, closed over its dome, on a floor of sheet.

The same cup is a ring's head and a pendant's body. `alloy` on the block names the wall; the floor is of
the piece's alloy, since it is soldered to it and its mark answers for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.catalog.stones import StoneSpec
from jewelgen.flat.outline import Outline, grown, perimeter
from jewelgen.kinds.floor import anchors, half_extents, seats, sides
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.stone_field import DOMED, outline_of
from jewelgen.kinds.walled import girdle_anchor
from jewelgen.piece import cabochon
from jewelgen.piece.form import Plate, Wall
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.site import Footprint, Fragment, Site
from jewelgen.piece.stone import Stone
from jewelgen.spec import Deg, Mm

# The height at which the side of the stone has come in by `lean` (bench plan: h = g + (SH - g)
# sqrt(1 - ((b - lean)/b)^2)), to a tenth, between a third and two thirds of the stone.
HEIGHT = (
    "max(0.34 * stone.depth, min(0.66 * stone.depth, round(10 * (girdle + (stone.depth - girdle)"
    " * sqrt(1 - ((stone.width / 2 - lean) / (stone.width / 2)) ** 2))) / 10))"
)
# Strip by the largest measure of the stone; a casting takes no less than its house casts.
WALL = "max(bench.bezel_wall.table(stone.length), cast * pack.wall_min)"
FLOOR = "max(0.81, cast * pack.wall_min)"  # 20 ga


@dataclass(frozen=True, slots=True, kw_only=True)
class Cup:
    """Stone, wall and floor."""

    stone: Annotated[StoneSpec, DOMED]
    wall: Annotated[float, Mm(0.2, 1.5, "thickness of the wall", formula=WALL)] = 0.32
    floor: Annotated[float, Mm(0.4, 2, "thickness of the floor", formula=FLOOR)] = 0.81
    gap: Annotated[float, Mm(0, 0.2, "clearance round the stone")] = 0.05
    girdle: Annotated[
        float, Mm(0, 4, "upright band of the stone: measure it", formula="stone.upright")
    ] = 0.8
    lean: Annotated[
        float,
        Mm(
            0.1, 1, "how far the rim closes over the stone", formula="min(0.3, 0.075 * stone.width)"
        ),
    ] = 0.3
    height: Annotated[float, Mm(0.5, 12, "of the closed wall above the floor", formula=HEIGHT)] = (
        2.0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Head(Cup):
    """The cup on a ring."""

    turned: Annotated[float, Deg(0, 180, "long axis: 0 across the finger, 90 along it")] = 90.0
    flat: Annotated[float, Mm(0, 1.5, "depth of the flat filed on the shank")] = 0.5


def take_head(params: Head) -> Footprint:
    """Half extents as turned (the nearer quarter), height, and the sides others may land on."""
    rx, ry = half_extents(_rim(params), params.turned)
    height = params.floor + params.stone.depth - params.flat
    grips = sides(rx, params.wall, params.floor / 2 - params.flat)
    return Footprint(rx, ry, height, grips)


def make_head(params: Head, site: Site) -> Fragment:
    """The cup on a flat filed on the shank, square to the finger."""
    frame = site.frame.moved(z=-params.flat).turned(90.0 - params.turned)
    made = _cup(params, site, frame)
    floor = f"{site.name}.floor"
    joints = seats(site, floor, params.flat, take_head(params).ry)
    return Fragment(made.parts, (*made.joints, *joints), made.stones, anchors=made.anchors)


def make_body(params: Cup, site: Site) -> Fragment:
    """The cup lying on the pendant's plane, long axis along y."""
    return _cup(params, site, site.frame)


def _cup(params: Cup, site: Site, frame: Frame) -> Fragment:
    """Floor, wall and stone on `frame`, joined."""
    outline = outline_of(params.stone)
    wall, floor, stone = (f"{site.name}.{word}" for word in ("wall", "floor", "stone"))
    above = frame.moved(z=params.floor)
    gem = _stone(params, above, stone, wall)
    plate = Plate(_rim(params), params.floor)
    parts = (
        Part(wall, _wall(params, gem), above, alloy=site.own_alloy, made=site.made, role="bezel"),
        Part(floor, plate, frame, alloy=site.alloy, made=site.made, role="floor"),
    )
    strip = perimeter(grown(outline, params.gap + params.wall / 2))
    joints = (
        Joint(wall, wall, "join", Fit("seam"), area=params.wall * params.height, run=params.height),
        Joint(wall, floor, "join", Fit("tee"), area=params.wall * strip, run=strip),
    )
    top = gem.at.moved(z=gem.girdle)
    girdle = girdle_anchor(
        top, (wall, params.wall), _rim(params), params.height - gem.girdle, (floor, gem.girdle)
    )
    around = anchors(_rim(params), params.floor, frame, (floor, wall))
    return Fragment(parts, joints, (gem,), anchors=(*around, girdle))


def _rim(params: Cup) -> Outline:
    """The wall's outer line."""
    return grown(outline_of(params.stone), params.gap + params.wall)


def _stone(params: Cup, at: Frame, name: str, wall: str) -> Stone:
    """The cabochon with the measured upright band."""
    spec = params.stone
    girdle = min(params.girdle, 0.95 * spec.depth)
    return Stone(
        name,
        spec.cut,
        spec.species,
        spec.length,
        spec.width,
        spec.depth,
        at,
        grip="lip",
        held_by=(wall,),
        girdle=girdle,
        crown=spec.depth - girdle,
    )


def _wall(params: Cup, gem: Stone) -> Wall:
    """The rim lies along the stone's side at the lip: it leans at the slope the dome has there."""
    inward = cabochon.side_in(gem, params.height)
    lean = inward + params.gap
    up = params.height - gem.girdle
    if inward <= 0 or up <= 0 or params.height >= gem.depth:
        return Wall(outline_of(params.stone), params.height, params.wall, params.gap)
    share = up / (gem.depth - gem.girdle)
    slope = gem.width / 2 * share / (1.0 - share * share) ** 0.5 / (gem.depth - gem.girdle)
    rim = min(lean / slope, params.height)
    return Wall(
        outline_of(params.stone), params.height, params.wall, params.gap, rim=rim, lean=lean
    )


KINDS = (
    Kind(
        "head",
        "bezel",
        Head,
        make_head,
        "a cabochon in a rubbed-over wall",
        on="shank.top",
        take=take_head,
        anchors=("top", "back", "girdle"),
    ),
    Kind(
        "body",
        "bezel",
        Cup,
        make_body,
        "a cabochon in a rubbed-over wall, worn on a bail",
        anchors=("top", "back", "girdle"),
    ),
)
