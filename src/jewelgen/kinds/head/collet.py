"""A collet: a faceted stone in a wall that is rubbed over its girdle, on a bearing inside it, on a floor of sheet.

At the bench the bearing is a second strip, fitted into the first and filed to the pavilion; cast it is one with the
wall, a step. The same collet is a ring's head and a pendant's body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Outline, grown, perimeter
from jewelgen.kinds.floor import anchors, half_extents, seats, sides
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.pavilion import seat_depth
from jewelgen.kinds.prong_rings import seat_outline
from jewelgen.kinds.stone_field import CLEAR, COLLETED, outline_of, placed_stone
from jewelgen.kinds.walled import girdle_anchor
from jewelgen.piece.cutter import Bearing, Cut
from jewelgen.piece.form import Plate, Wall
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.site import Footprint, Fragment, Site
from jewelgen.piece.stone import Stone
from jewelgen.spec import Deg, Mm

WALL = "max(bench.bezel_wall.faceted_table(stone.length), cast * pack.wall_min)"
BEARING = "max(gap + bench.bezel_height_faceted.seat_ledge.most, cast * pack.wall_min)"
OVER = (
    "max(bench.bezel_height_faceted.above_girdle,"
    " bench.bezel_height_faceted.crown_cover_fraction * stone.crown)"
)
FLOOR = "max(0.81, cast * pack.wall_min)"  # 20 ga
OPEN = 0.3  # of the stone's width: the least light through the bearing; less hides the stone


@dataclass(frozen=True, slots=True, kw_only=True)
class Collet:
    """Stone, wall, bearing and floor."""

    stone: Annotated[StoneSpec, COLLETED]
    wall: Annotated[float, Mm(0.25, 1.5, "thickness of the wall", formula=WALL)] = 0.6
    bearing: Annotated[float, Mm(0.3, 2, "thickness of the bearing inside it", formula=BEARING)] = (
        0.55
    )
    floor: Annotated[float, Mm(0.4, 2, "thickness of the floor", formula=FLOOR)] = 0.81
    gap: Annotated[float, Mm(0.02, 0.2, "clearance round the stone")] = 0.05
    over: Annotated[float, Mm(0.15, 2, "rim above the girdle: it is rubbed over", formula=OVER)] = (
        0.3
    )
    under: Annotated[float, Mm(0.1, 4, "culet above the floor")] = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Head(Collet):
    """The collet on a ring."""

    turned: Annotated[float, Deg(0, 180, "long axis: 0 across the finger, 90 along it")] = 90.0
    flat: Annotated[float, Mm(0, 1.5, "depth of the flat filed on the shank")] = 0.5


def take_head(params: Head) -> Footprint:
    """Half extents as turned (the nearer quarter), height of the table, the sides others may land on."""
    rx, ry = half_extents(_rim(params), params.turned)
    girdle = params.floor - params.flat + _step(params)
    high = girdle + params.stone.girdle + params.stone.crown
    return Footprint(rx, ry, high, sides(rx, params.wall, params.floor / 2 - params.flat))


def make_head(params: Head, site: Site) -> Fragment:
    """The collet on a flat filed on the shank, square to the finger; raises `DesignError` JG234."""
    frame = site.frame.moved(z=-params.flat).turned(90.0 - params.turned)
    made = _collet(params, site, frame)
    joints = seats(site, f"{site.name}.floor", params.flat, take_head(params).ry)
    return Fragment(
        made.parts, (*made.joints, *joints), made.stones, made.cuts, anchors=made.anchors
    )


def make_body(params: Collet, site: Site) -> Fragment:
    """The collet lying on the pendant's plane, long axis along y; raises `DesignError` JG234."""
    return _collet(params, site, site.frame)


def _collet(params: Collet, site: Site, frame: Frame) -> Fragment:
    """Floor, wall, bearing and stone on `frame`, joined."""
    _check(params, site)
    wall, bearing, floor = (f"{site.name}.{word}" for word in ("wall", "bearing", "floor"))
    above = frame.moved(z=params.floor)
    outer, inner, sheet = _forms(params)
    own, made = site.own_alloy, site.made
    stone = placed_stone(
        f"{site.name}.stone", params.stone, above.moved(z=_step(params)), ("lip", wall)
    )
    parts = (
        Part(wall, outer, above, alloy=own, made=made, role="bezel"),
        Part(bearing, inner, above, alloy=own, made=made, role="bearing"),
        Part(floor, sheet, frame, alloy=site.alloy, made=made, role="floor"),
    )
    return Fragment(
        parts,
        _joints(params, (wall, bearing, floor)),
        (stone,),
        (_seat(params, stone, bearing),),
        anchors=(
            *anchors(_rim(params), params.floor, frame, (floor, wall)),
            girdle_anchor(stone.at, (wall, params.wall), _rim(params), params.stone.girdle + params.over, (floor, _step(params))),
        ),
    )  # fmt: skip


def _check(params: Collet, site: Site) -> None:
    """The bearing must leave light under the stone."""
    most = (1.0 - OPEN) / 2 * params.stone.width + params.gap
    if params.bearing > most + 1e-9:
        key = f"{site.name}.bearing"
        message = f"a bearing of {params.bearing:g} mm closes a stone {params.stone.width:g} wide"
        fix = Fix(key, f"{int(most * 100) / 100:g}")
        raise DesignError(
            Finding("JG234", message, Where(key=key), allowed=f"at most {most:.2f} mm", fix=fix)
        )


def _forms(params: Collet) -> tuple[Wall, Wall, Plate]:
    """The wall round the stone; the bearing inside it, up to the girdle; the floor under both."""
    outline = outline_of(params.stone)
    tall = _step(params) + params.stone.girdle + params.over
    return (
        Wall(outline, tall, params.wall, params.gap),
        Wall(outline, _step(params), params.bearing, params.gap - params.bearing),
        Plate(_rim(params), params.floor),
    )


def _rim(params: Collet) -> Outline:
    """The wall's outer line."""
    return grown(outline_of(params.stone), params.gap + params.wall)


def _step(params: Collet) -> float:
    """Height of the bearing over the floor: the girdle's lower edge lies on it."""
    return params.stone.pavilion + params.under


def _joints(params: Collet, names: tuple[str, str, str]) -> tuple[Joint, ...]:
    """Both strips closed, the bearing fitted into the wall, both on the floor."""
    wall, bearing, floor = names
    outline, high = outline_of(params.stone), _step(params)
    outer = perimeter(grown(outline, params.gap + params.wall / 2))
    inner = perimeter(grown(outline, params.gap - params.bearing / 2))
    touch = perimeter(grown(outline, params.gap))
    tall = high + params.stone.girdle + params.over
    return (
        Joint(wall, wall, "join", Fit("seam"), area=params.wall * tall, run=tall),
        Joint(bearing, bearing, "join", Fit("seam"), area=params.bearing * high, run=high),
        Joint(bearing, wall, "join", Fit("lap"), area=touch * high, run=touch),
        Joint(wall, floor, "join", Fit("tee"), area=params.wall * outer, run=outer),
        Joint(bearing, floor, "join", Fit("tee"), area=params.bearing * inner, run=inner),
    )


def _seat(params: Collet, stone: Stone, bearing: str) -> Cut:
    """The bearing filed along the pavilion."""
    outline = seat_outline(params.stone)
    form = Bearing(outline, seat_depth(stone, outline, CLEAR), CLEAR, params.stone.girdle)
    return Cut(f"{stone.name}.seat", (bearing,), form, stone.at, stone=stone.name, why="bearing")


ABOUT = "a faceted stone in a rubbed-over wall, on a bearing inside it"
KINDS = (
    Kind(
        "head", "collet", Head, make_head, ABOUT, on="shank.top", take=take_head,
        anchors=("top", "back", "girdle"),
    ),
    Kind("body", "collet", Collet, make_body, f"{ABOUT}, worn on a bail", anchors=("top", "back", "girdle")),
)  # fmt: skip
