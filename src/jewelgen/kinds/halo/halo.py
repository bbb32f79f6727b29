"""A halo: small brilliants round a girdle, or round the wall that holds it, in the top of a dished gallery.

The stones stand evenly between the uprights that pass the girdle's plane, so that a prong never cuts into
one; the dish leans in going down, and a rail ties its foot.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Outline, extents, grown, perimeter, rounded
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.ring_of_stones import Ring, ring_of
from jewelgen.kinds.stone_field import CLEAR, ROUND, crown_bead, girdle_of, placed_stone
from jewelgen.piece.array import Listed
from jewelgen.piece.cutter import Bearing, Cut
from jewelgen.piece.form import Plate
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.mark import Beads, Mark
from jewelgen.piece.piece import Part
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Mm, OneOf

Point = tuple[float, float]
BITE = 0.36  # of a bead lies in the metal
OVER = 0.25  # mm the seat is open above the surface, and its hole below the dish
PILOT = (0.45, 0.36)  # mm at least, and of the stone's width: the hole under a small stone
LEDGE = 0.42  # mm of metal between the small stones and the opening under the large one
NEAR = 0.15  # mm: a gallery that comes so near to the dish is let into it
INTO = 0.1  # mm that a cast dish reaches into the wall it goes round
RUBBED = 0.2  # mm of a lip that stand over the dish: the pusher's edge lies there
SLACK = 1e-9  # mm
SMALLEST = 0.8  # mm: no smaller brilliants are proposed

ASIDE = 48.0  # degrees off the row at which a bead holds an end stone alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Stones, the dish that carries them, and how far under the girdle they lie."""

    stone: Annotated[StoneSpec, ROUND]
    gap: Annotated[float, Mm(0.05, 0.6, "least gap between the small stones")] = 0.15
    clear: Annotated[float, Mm(0.05, 2, "least gap between them and the large stone")] = 0.15
    drop: Annotated[
        float,
        Mm(-0.5, 3, "their girdles below the large one's", formula="0.5 * stone.crown + stone.girdle"),
    ] = 0.15  # fmt: skip
    grip: Annotated[str, OneOf(("beads",), "how the small stones are held")] = "beads"
    bead: Annotated[
        float, Mm(0.25, 1.2, "diameter of the beads", formula="0.25 * stone.width + 0.12")
    ] = 0.45
    sink: Annotated[float, Mm(0, 1, "girdle below the surface", formula="0.1 * stone.width")] = 0.13
    rim: Annotated[
        float,
        Mm(
            0.15,
            2,
            "metal outside the small stones",
            # square to a side that leans in as much as it may: half a millimetre at the girdle
            formula="max(0.57 + 0.42 * sink, 0.3 * stone.width)",
        ),
    ] = 0.63
    thick: Annotated[
        float,
        Mm(0.7, 4, "height of the dish", formula="max(1.1, sink + stone.pavilion + 0.6)"),
    ] = 1.3
    lean: Annotated[
        float,
        Mm(
            0,
            2,
            "how far the dish closes in going down",
            formula="thick * max(0, min(0.42, (rim - 0.03) / (0.72 + sink)))",
        ),
    ] = 0.45


def make(params: Params, site: Site) -> Fragment:
    """Dish, stones, seats and beads; raises `DesignError` JG235 without a girdle to go round."""
    anchor = site.anchor
    if anchor is None or anchor.outline is None or anchor.sort != "point":
        message = "a halo goes round the girdle of a stone"
        hint = 'stand it on a setting: on = "head.girdle"'
        raise DesignError(Finding("JG235", message, Where(key=f"{site.name}.on"), hint=hint))
    _under_the_lip(params, anchor, site)
    ring = ring_of(anchor.outline, anchor.posts, params.stone.width, params.gap, params.clear)
    if ring is None:
        raise _crowded(params, site, anchor)
    away = _held(params, site)
    dish = f"{site.name}.dish"
    # The dish is drawn upside down (a drafted edge leans in going up), turned about y: a pear's point stays its point.
    top = anchor.frame.moved(z=params.sink - params.drop)
    at = top.then(Frame(x=(-1.0, 0.0, 0.0), z=(0.0, 0.0, -1.0)))
    form = _dish(params, anchor, anchor.outline, (ring, site.made))
    part = Part(dish, form, at, alloy=site.own_alloy, made=site.made, role="halo")
    row = f"{site.name}.row"
    array = Listed(tuple(place.moved(z=-params.drop) for place in ring.places))
    stone = placed_stone(row, params.stone, anchor.frame, ("beads", dish), array)
    seat = Cut(f"{row}.seat", (dish,), _seat(params), anchor.frame, array, row, "bead seat")
    return Fragment(
        (part,),
        _joints(params, anchor, form, dish),
        (stone,),
        (seat,),
        _marks(params, anchor, ring, (dish, away)),
    )


def _held(params: Params, site: Site) -> float:
    """How far from a stone's axis its beads lie; JG235 where most of a bead's foot would hang over the seat's opening."""
    stone, bead = params.stone, params.bead
    bite = BITE * bead
    away = crown_bead(stone, bead, params.sink + bead / 2 - bite - stone.girdle)
    short = stone.width / 2 + CLEAR - away
    if short > SLACK:
        key = f"{site.name}.sink"
        # deeper by a hundredth, and a bead on the crown lies nearer to the axis by as much over the crown's slope
        sink = params.sink - short * stone.crown / ((stone.width - stone.table) / 2)
        fix = Fix(key, f"{math.floor(100 * sink + SLACK) / 100:g}") if sink >= 0 else None
        message = (
            f"beads of {bead:g} mm find no metal beside stones that lie {params.sink:g} mm deep"
        )
        hint = "shallower, or smaller beads"
        raise DesignError(Finding("JG235", message, Where(key=key), hint=hint, fix=fix))
    return away


def _under_the_lip(params: Params, anchor: Anchor, site: Site) -> None:
    """A wall is rubbed over its stone: JG235 where the dish stands too high for the pusher."""
    lip = (
        max((-item.top for item in anchor.passing), default=math.inf) if anchor.depth else math.inf
    )
    least = params.sink - lip + RUBBED
    if params.drop < least - 1e-9:
        key = f"{site.name}.drop"
        fix = Fix(key, f"{math.ceil(20 * least - 1e-9) / 20:g}")
        message = (
            f"the dish hides the lip that is rubbed over: {RUBBED:g} mm of it must stand clear"
        )
        raise DesignError(Finding("JG235", message, Where(key=key), fix=fix))


def _crowded(params: Params, site: Site, anchor: Anchor) -> DesignError:
    """JG235 with the largest stones that do find room, where there are some."""
    key, stone = f"{site.name}.stone", params.stone
    beside = "round the wall" if anchor.depth else "between the prongs"
    message = f"stones of {stone.width:g} mm find no room {beside}"
    for tenths in range(math.ceil(10 * stone.width) - 1, round(10 * SMALLEST) - 1, -1):
        outline = anchor.outline
        if outline and ring_of(outline, anchor.posts, tenths / 10, params.gap, params.clear):
            fix = Fix(key, f'"round {stone.species} {tenths / 10:g}"')
            return DesignError(Finding("JG235", message, Where(key=key), fix=fix))
    hint = "smaller stones" if anchor.depth else "thinner prongs, or fewer"
    return DesignError(Finding("JG235", message, Where(key=key), hint=hint))


def _joints(params: Params, anchor: Anchor, form: Plate, dish: str) -> tuple[Joint, ...]:
    """With the prongs, and with a gallery that lies as high and as far out as the dish does; all round a wall."""
    if anchor.outline is None:
        return ()
    low = params.thick + params.drop - params.sink
    if anchor.depth:
        return tuple(_round(anchor.outline, form, (item.part, dish), min(params.thick, low - item.top))
                     for item in anchor.passing if item.top < low)  # fmt: skip
    beside = zip(extents(form.holes[0][2]), extents(anchor.outline), strict=True)
    room = min((inner - girdle) / 2 for inner, girdle in beside)
    return tuple(
        Joint(item.part, dish, "join", Fit("let-in", params.thick), item.n)
        for item in anchor.passing
        if item.top < low and item.reach > room - NEAR
    )


def _round(rim: Outline, form: Plate, names: tuple[str, str], high: float) -> Joint:
    """A dish all round a wall or the floor under it, `high` mm of it: soldered there, or cast a little into it."""
    run = perimeter(rim)
    fit = Fit("lap") if form.holes[0][2] == rim else Fit("let-in", high)
    return Joint(*names, "join", fit, area=run * high, run=run)


def _dish(params: Params, anchor: Anchor, girdle: Outline, how: tuple[Ring, str]) -> Plate:
    """A ring of metal from just outside the large stone, or from its wall, to a rim outside the small ones."""
    (ring, made), half = how, params.stone.width / 2
    outer = rounded(girdle, ring.away + half + params.rim)
    inner = (
        _round_wall(anchor, girdle, made)
        if anchor.depth
        else rounded(girdle, max(0.02, ring.away - half - LEDGE))
    )
    draft = math.degrees(math.atan2(params.lean, params.thick))
    return Plate(outer, params.thick, ((0.0, 0.0, inner),), draft)


def _round_wall(anchor: Anchor, rim: Outline, made: str) -> Outline:
    """The opening that takes a wall: sawn to fit it, or cast a little into it."""
    return grown(rim, -min(INTO, anchor.depth / 3)) if made == "cast" else rim


def _seat(params: Params) -> Bearing:
    """Along the pavilion to a pilot hole right through, which lets light in and the culet be cleaned."""
    stone, pilot = params.stone, max(PILOT[0], PILOT[1] * params.stone.width)
    room = stone.width + 2 * CLEAR
    deep = stone.pavilion * (room - pilot) / stone.width
    through = params.thick - params.sink + OVER
    up = params.sink - stone.girdle + OVER
    return Bearing(girdle_of(stone), deep, CLEAR, stone.girdle, up, pilot, through)


def _marks(params: Params, anchor: Anchor, ring: Ring, on: tuple[str, float]) -> tuple[Mark, ...]:
    """Two beads a gap on both crowns, and two for the free side of a stone beside a prong; `on` the dish, so far out."""
    form, (dish, away) = Beads(params.bead, BITE * params.bead), on
    gaps = (_beside(pair, away) for pair in ring.gaps)
    places = [point for outer, inner in gaps for point in (*outer, *inner)]
    # Over a prong only outer beads: the prong stands where the inner one would.
    places += [point for pair in ring.over for point in _beside(pair, away)[0]]
    places += [point for place, side in ring.ends for point in _alone(place, side, away)]
    lift = params.sink - params.drop
    array = Listed(tuple(Frame((x, y, lift)) for x, y in places))
    row = f"{dish.rpartition('.')[0]}.row"
    return (Mark(f"{row}.beads", dish, form, anchor.frame, array, stone=row),)


def _beside(pair: tuple[Frame, Frame], away: float) -> tuple[list[Point], list[Point]]:
    """Outer and inner points `away` from two stones of a gap; where they are too far apart to share any, each's own."""
    (x0, y0, _), (x1, y1, _) = pair[0].origin, pair[1].origin
    half = math.hypot(x1 - x0, y1 - y0) / 2
    if half >= away:
        each = (_alone(pair[0], 1.0, away), _alone(pair[1], -1.0, away))
        return [points[0] for points in each], [points[1] for points in each]
    off = math.sqrt(away * away - half * half) / (2 * half)
    dx, dy = (y1 - y0) * off, -(x1 - x0) * off  # outward: the ring runs counter-clockwise
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    return [(middle[0] + dx, middle[1] + dy)], [(middle[0] - dx, middle[1] - dy)]


def _alone(place: Frame, side: float, away: float) -> list[Point]:
    """Two beads on the free side of one stone, ASIDE degrees off the row, the outer one first."""
    a = math.radians(ASIDE)
    across, along = away * math.sin(a), side * away * math.cos(a)
    return [place.point((s * across, along, 0.0))[:2] for s in (1.0, -1.0)]


KIND = Kind(
    "halo",
    "beads",
    Params,
    make,
    "small brilliants round the centre, in a dished gallery",
    on="head.girdle",
)
