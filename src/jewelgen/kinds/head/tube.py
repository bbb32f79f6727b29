"""A tube head: a round brilliant cut into the mouth of a seamless tube, on a foot of sheet or on the shank.

At the bench the foot is square, sawn from sheet with room for solder. Cast it is round and grows out of the shank: it
runs from the tube down to the shank's width, in or out, so that nothing is left to be rounded.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Box, Oval
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.stone_field import CLEAR, ROUND, girdle_of, placed_stone
from jewelgen.kinds.walled import girdle_anchor
from jewelgen.piece.cutter import Bearing, Cut
from jewelgen.piece.form import Plate, Tube
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.site import Anchor, Footprint, Fragment, Grip, Site
from jewelgen.piece.stone import Stone
from jewelgen.spec import Mm

LIP, LEDGE = 0.15, 0.1  # mm of wall left round the stone, and of ledge under it, at the least
SOFT = 0.5  # mm: corner radius of the foot, so that it catches nothing
STEEP = 40.0  # degrees: how far the side of a cast foot leans in at the most
FLARE = 0.3  # mm: how far it stands out beyond the tube on a wide shank
WITHIN = 0.1  # mm it stays inside the sides of the shank
BESIDE = 1.2  # mm: half of what may land beside the tube
OVER = Frame(x=(-1.0, 0.0, 0.0), z=(0.0, 0.0, -1.0))  # upside down
UNDER = 0.15  # mm the culet stays above the bottom of the tube
OD = "stone.width + max(stock.tube.od_over_stone_mm.least, cast * 2 * pack.wall_min)"
ID = "stone.width - (stock.tube.id_under_stone_mm.most if cast else stock.tube.id_under_stone_mm.least)"
FOOT = "max(0.7, cast * (pack.wall_min + 0.3))"  # cast: some of it shows as a saddle
FLAT = "0.6 if foot > 0 else 0.3"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bore:
    """The tube's diameters: as much over and under the stone as is usual; what is cast is as thick as its house casts."""

    od: Annotated[float, Mm(1.2, 16, "outside", formula=OD)] = 3.5
    id: Annotated[float, Mm(0.6, 15, "inside", formula=ID)] = 2.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Stone, tube and foot."""

    stone: Annotated[StoneSpec, ROUND]
    tube: Bore
    over: Annotated[
        float,
        Mm(
            0.1,
            1.5,
            "rim above the girdle: it is rubbed over",
            formula="max(0.25, 0.8 * stone.crown)",
        ),
    ] = 0.35
    tall: Annotated[
        float,
        Mm(0.8, 15, "height of the tube", formula="stone.pavilion + stone.girdle + over + 0.3"),
    ] = 2.9
    foot: Annotated[
        float, Mm(0, 2, "sheet under the tube; 0: straight on the shank", formula=FOOT)
    ] = 0.7
    flat: Annotated[
        float, Mm(0, 1.5, "how deep it sits in the metal that carries it", formula=FLAT)
    ] = 0.4


def take(params: Params) -> Footprint:
    """Half extents of foot or tube, height of the stone's table, sides for others to land on."""
    base = params.foot - params.flat
    girdle = base + _girdle_z(params)
    half = _side(params) / 2 if params.foot else params.tube.od / 2
    z = base + 0.45 * params.tall
    sides = tuple(
        Grip(
            "side",
            Frame((x * params.tube.od / 2, 0.0, z), x=(0.0, 0.0, -x), z=(x, 0.0, 0.0)),
            part,
        )
        for x in (1.0, -1.0)
        for part in ("tube", "foot")
        if part == "tube" or _foot_is_near(params)
    )
    high = girdle + params.stone.girdle + params.stone.crown
    return Footprint(half, half, high, sides, (params.tube.od / 2, base + params.tall))


def _foot_is_near(params: Params) -> bool:
    """Whether what lands on the tube's side runs over the edge of its foot as well."""
    return params.foot > 0 and 0.45 * params.tall < BESIDE


def make(params: Params, site: Site) -> Fragment:
    """Tube, foot and stone; raises `DesignError` JG234 when the tube cannot hold the stone."""
    _check(params, site)
    tube, foot = f"{site.name}.tube", f"{site.name}.foot"
    at = site.frame.moved(z=params.foot - params.flat)
    stone = placed_stone(
        f"{site.name}.stone", params.stone, at.moved(z=_girdle_z(params)), ("lip", tube)
    )
    form = Tube(params.tube.od, params.tube.id, params.tall)
    parts = [Part(tube, form, at, alloy=site.own_alloy, made=site.made, role="tube")]
    if params.foot:
        sheet, low = (_saddle if site.made == "cast" else _sheet)(params, site)
        parts.append(Part(foot, sheet, low, alloy=site.own_alloy, made=site.made, role="foot"))
    return Fragment(
        tuple(parts),
        _joints(params, site, tube, foot),
        (stone,),
        (_seat(params, stone),),
        anchors=(_anchor(params, stone, tube),),
    )


def _sheet(params: Params, site: Site) -> tuple[Plate, Frame]:
    """A square of sheet."""
    form = Plate(Box(_side(params), _side(params), SOFT), params.foot)
    return form, site.frame.moved(z=-params.flat)


def _saddle(params: Params, site: Site) -> tuple[Plate, Frame]:
    """A round seat as wide as the tube above and as the shank below, within `STEEP` and `FLARE`; upside down where it
    narrows downwards.
    """
    od, tall = params.tube.od, params.foot
    wide = site.anchor.width - 2 * WITHIN if site.anchor and site.anchor.width > 0 else od
    least = od - 2 * tall * math.tan(math.radians(STEEP))
    low = min(max(wide, least), od + 2 * FLARE)
    draft = math.degrees(math.atan(abs(od - low) / 2 / tall))
    form = Plate(Oval(max(od, low), max(od, low)), tall, draft=round(draft, 6))
    if low >= od:
        return form, site.frame.moved(z=-params.flat)
    return form, site.frame.moved(z=tall - params.flat).then(OVER)


def _anchor(params: Params, stone: Stone, tube: str) -> Anchor:
    od = params.tube.od
    wall = (tube, (od - params.tube.id) / 2)
    lip = params.tall - _girdle_z(params)
    foot = f"{tube.rpartition('.')[0]}.foot" if params.foot else ""
    return girdle_anchor(stone.at, wall, Oval(od, od), lip, (foot, _girdle_z(params)))


def _check(params: Params, site: Site) -> None:
    """Lip and ledge must be there, and the culet must end inside the tube."""
    stone, tube = params.stone, params.tube
    least, most = stone.width + 2 * LIP, stone.width - 2 * LEDGE
    if tube.od < least - 1e-9:
        raise _refused(
            f"a tube of {tube.od:g} leaves no rim round {stone.width:g}", site, "tube.od", least
        )
    if tube.id > most + 1e-9:
        raise _refused(
            f"a tube {tube.id:g} inside leaves no ledge under {stone.width:g}",
            site,
            "tube.id",
            most,
        )
    tall = stone.pavilion + stone.girdle + params.over + UNDER
    if params.tall < tall - 1e-9:
        raise _refused(f"a tube {params.tall:g} tall is shorter than its stone", site, "tall", tall)


def _refused(message: str, site: Site, key: str, value: float) -> DesignError:
    place = f"{site.name}.{key}"
    up = math.floor if key == "tube.id" else math.ceil
    fix = Fix(place, f"{up(100 * value + (1e-6 if up is math.floor else -1e-6)) / 100:g}")
    return DesignError(Finding("JG234", message, Where(key=place), fix=fix))


def _side(params: Params) -> float:
    """The foot's side: the tube stands inside it with room for a fillet of solder."""
    return params.tube.od + 0.2


def _girdle_z(params: Params) -> float:
    """The girdle's lower edge above the tube's bottom."""
    return params.tall - params.over - params.stone.girdle


def _seat(params: Params, stone: Stone) -> Cut:
    """The mouth opened to the stone, with a ledge along the pavilion."""
    spec = params.stone
    deep = spec.pavilion * (1.0 + 2.0 * CLEAR / spec.width)
    form = Bearing(girdle_of(spec), deep, CLEAR, spec.girdle, params.over + 0.1)
    return Cut(f"{stone.name}.seat", stone.held_by, form, stone.at, stone=stone.name, why="ledge")


def _joints(params: Params, site: Site, tube: str, foot: str) -> tuple[Joint, ...]:
    run = math.pi * params.tube.od
    under = site.under(params.flat, (0.0, take(params).ry))
    if not params.foot:
        return tuple(Joint(tube, part, "join", Fit("cope"), run=run) for part in under)
    area = math.pi / 4 * (params.tube.od**2 - params.tube.id**2)
    stand = Joint(tube, foot, "join", Fit("butt"), area=area, run=run)
    flat = Fit("flat", params.flat)
    below = (Joint(foot, part, "join", flat, n) for part, n in under.items())
    return (stand, *below)


KIND = Kind(
    "head",
    "tube",
    Params,
    make,
    "a round stone in the mouth of a tube",
    on="shank.top",
    take=take,
    anchors=("girdle",),
)
