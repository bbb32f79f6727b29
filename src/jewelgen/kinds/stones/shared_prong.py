"""Shared prongs: a row of round stones round a band, each pair of neighbours held by two posts between them.

A post stands where the planes of its two girdles meet and is full up to them; its round end lies over both crowns,
in a notch cut along them. The casting has it straight and longer, to be pushed over and trimmed (role `prong`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Oval
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.rounds import AROUND, Run, gap_of, round_band, run_round
from jewelgen.kinds.stone_field import CLEAR, ROUND, girdle_of, placed_stone, steepest
from jewelgen.piece.array import Listed
from jewelgen.piece.cutter import Bearing, Cut, Pocket
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import straight
from jewelgen.piece.section import Wire
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.piece.stone import Stone
from jewelgen.spec import Between, Mm, Ratio, Span

NOTCH = 0.2  # share of a post each stone takes; with its clearance under bench_rules prong.notch_depth_shared_max_pct
LEAN = 7.0  # degrees by which posts lean in over the stones
ROOT = 0.55  # mm a post stands in the band
UNDER = 0.15  # mm the pilot hole goes on below the culet
APART = 0.015  # mm by which notches are wider than seats
UNDERCUT = 0.85  # of a post: width of the band left under it between two arches
EDGE = 0.1  # mm of band beside the posts
BARE = 0.05  # mm over the band that its seats are open
STEP = 0.01  # mm between edges of two cuts that would lie on each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Stones, posts and how the band is worked; the number follows from the size and the gap."""

    stone: Annotated[StoneSpec, ROUND]
    gap: Annotated[Span, Between(0.05, 1.0, "gap between girdles")] = Span(0.14, 0.30)  # noqa: RUF009  frozen
    around: Annotated[float, AROUND] = 360.0
    wire: Annotated[float, Mm(0.5, 2, "posts", formula="max(0.65, 0.3 + 0.2 * stone.width)")] = 0.75
    over: Annotated[
        float,
        Ratio(
            0.6,
            2.5,
            "height of the finished posts over the girdle, of the crown: low stones take a taller one",
            formula="max(1.1, (0.12 + 0.2 * wire) / stone.crown)",
        ),
    ] = 1.1
    sink: Annotated[
        float, Mm(-1, 2, "girdle below the surface of the band", formula="0.02 * stone.width")
    ] = 0.05
    scallop: Annotated[
        float, Mm(0, 2, "depth of the cut beside each stone; 0: none", formula="0.2 * stone.width")
    ] = 0.45


def make(params: Params, site: Site) -> Fragment:
    """Stones, seats, posts and scallops; raises `DesignError` JG232 when they do not fit the band."""
    anchor = round_band(site, "shared prongs")
    radius = anchor.radius - params.sink
    run = run_round(site, params.stone, radius, params.gap, params.around)
    aside = _aside(params, radius, run, site)
    _check_room(params, anchor, aside, site)
    name, post = f"{site.name}.row", f"{site.name}.prong"
    stone = placed_stone(name, params.stone, anchor.frame, ("prongs", post), run.places(radius))
    stone = _held(stone, anchor.part)
    places = _places(run, radius, aside)
    part = Part(post, _post(params), anchor.frame, places, site.own_alloy, site.made, "prong")
    joint = Joint(post, anchor.part, "join", Fit("cope"), part.array.n)
    return Fragment((part,), (joint,), (stone,), _cuts(params, anchor, run, stone, post))


def _held(stone: Stone, band: str) -> Stone:
    """Held by the posts; the band's seats carry it."""
    return Stone(
        stone.name, stone.cut, stone.species, stone.length, stone.width, stone.depth, stone.at,
        stone.array, stone.grip, (*stone.held_by, band), stone.girdle, stone.crown, stone.pavilion,
    )  # fmt: skip


def _aside(params: Params, radius: float, run: Run, site: Site) -> float:
    """How far beside the middle a post stands at the girdle, so that each stone takes its notch.

    The post's middle is stone/2 + wire/2 - NOTCH wire from both stones' axes, in the planes of their girdles, which
    meet between them at radius / cos(step / 2); half the way from one axis to the other is radius tan(step / 2).
    """
    away = params.stone.width / 2 + (0.5 - NOTCH) * params.wire
    half = radius * math.tan(math.radians(run.step / 2))
    if away <= half + 0.05:
        gap = gap_of(params.stone, radius, run.step)
        message = f"posts of {params.wire:g} mm do not reach over stones {gap:.2f} mm apart"
        least = (half + 0.1 - params.stone.width / 2) / (0.5 - NOTCH)
        fix = Fix(f"{site.name}.wire", f"{math.ceil(least * 100) / 100:g}")
        raise DesignError(Finding("JG232", message, Where(key=f"{site.name}.wire"), fix=fix))
    return math.sqrt(away * away - half * half)


def _check_room(params: Params, anchor: Anchor, aside: float, site: Site) -> None:
    """Posts must stand on the band, culets end in it."""
    wide = 2 * (aside - math.tan(math.radians(LEAN)) * params.sink + params.wire / 2 + EDGE)
    if wide > anchor.width + 1e-9:
        message = f"the posts need {wide:.2f} mm of width, the band has {anchor.width:g}"
        fix = Fix(f"{anchor.part}.width", f"{math.ceil(wide * 10 - 1e-9) / 10:g}")
        raise DesignError(Finding("JG232", message, Where(key=f"{site.name}.wire"), fix=fix))
    deep = params.sink + params.stone.pavilion + UNDER
    if deep > anchor.depth:
        message = f"culets lie {deep:.2f} mm deep in a band of {anchor.depth:g} mm"
        fix = Fix(f"{anchor.part}.thick", f"{math.ceil(deep * 10 + 2) / 10:g}")
        raise DesignError(Finding("JG232", message, Where(key=f"{site.name}.stone"), fix=fix))


def _post(params: Params) -> Bar:
    """A straight post with a round end, leaning by LEAN towards x of its frame, its girdle at z = 0."""
    low = params.sink - ROOT
    top = params.stone.girdle + params.over * params.stone.crown - params.wire / 2
    lean = math.tan(math.radians(LEAN))
    rail = straight((lean * low, 0.0, low), (lean * top, 0.0, top), (0.0, 1.0, 0.0))
    return Bar(rail, ((0.0, Wire(params.wire)),), "dome")


def _places(run: Run, radius: float, aside: float) -> Listed:
    """Pairs of posts between neighbours, leaning towards each other over the middle."""
    # x of a place points back along the finger: over the middle on the one side, turned on the other.
    out = radius / math.cos(math.radians(run.step / 2))  # where both girdles' planes meet
    right = run.between(out, aside).frames()
    left = [f.turned(180.0) for f in run.between(out, -aside).frames()]
    return Listed((*right, *left))


def _cuts(params: Params, anchor: Anchor, run: Run, stone: Stone, post: str) -> tuple[Cut, ...]:
    """The seat in the band, the notches in the posts a little wider (so that no two faces coincide), arches."""
    at, name, wider = anchor.frame, stone.name, CLEAR + APART
    form = _bearing(params, CLEAR, max(0.0, params.sink - params.stone.girdle) + BARE)
    seat = Cut(f"{name}.seat", (anchor.part,), form, at, stone.array, name, "seat")
    form = _bearing(params, wider, 0.0)
    notch = Cut(f"{name}.notch", (post,), form, at, stone.array, name, "notches")
    down = Frame((0.0, 0.0, params.stone.girdle + STEP), z=(0.0, 0.0, -1.0))
    over = Listed(tuple(frame.then(down) for frame in stone.array.frames()))
    form, why = _crown(params, stone, wider), "upper sides of notches"
    crown = Cut(f"{name}.crown", (post,), form, at, over, name, why)
    if not params.scallop:
        return (seat, notch, crown)
    # Posts stand out a little on both sides of the band left under them: arches that only touched them
    # would leave surfaces tangent to each other.
    pitch = 2 * anchor.radius * math.sin(math.radians(run.step / 2))
    arch = Oval(pitch - UNDERCUT * params.wire, 2 * params.scallop)
    pocket = Pocket(arch, anchor.width, anchor.width)
    places = run.places(anchor.radius, tilt=0.0)
    scallop = Cut(f"{name}.scallop", (anchor.part,), pocket, at, places, why="scallops")
    return (scallop, seat, notch, crown)


def _bearing(params: Params, gap: float, room: float) -> Bearing:
    """The seat of pavilion and girdle, `room` mm open above."""
    spec = params.stone
    deep = spec.pavilion * (1.0 + 2.0 * gap / spec.width)
    return Bearing(girdle_of(spec), deep, gap, spec.girdle, room)


def _crown(params: Params, stone: Stone, gap: float) -> Bearing:
    """What the crown takes of the posts, seen from above: a cone as steep as the facets that rise from the girdle.

    It begins STEP over the notch's top and inside its side, so that no two edges lie on each other.
    """
    spec, inner = params.stone, gap - STEP
    top = spec.width / 2 + inner - spec.crown / steepest(stone)
    return Bearing(girdle_of(spec), spec.crown, inner, 2 * STEP, pilot=2 * top)


KIND = Kind(
    "stones",
    "shared-prong",
    Params,
    make,
    "a row of stones, two posts between every two",
    on="shank.round",
)
