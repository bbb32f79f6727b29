"""Shared prongs: a row of round stones round a band, each pair of neighbours held by two posts between them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Oval
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.rounds import AROUND, Run, gap_of, round_band, run_round
from jewelgen.kinds.stone_field import CLEAR, ROUND, girdle_of, placed_stone
from jewelgen.piece.array import Listed
from jewelgen.piece.cutter import Bearing, Cut, Pocket
from jewelgen.piece.form import Bar
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import straight
from jewelgen.piece.section import Wire
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.piece.stone import Stone
from jewelgen.spec import Between, Mm, Ratio, Span

NOTCH = 0.22  # share of a post each stone takes; under bench_rules prong.notch_depth_shared_max_pct
LEAN = 7.0  # degrees by which posts lean in over the stones
ROOT = 0.55  # mm a post stands in the band
UNDER = 0.15  # mm the pilot hole goes on below the culet
APART = 0.015  # mm by which notches are wider than seats
UNDERCUT = 0.85  # of a post: width of the band left under it between two arches
EDGE = 0.1  # mm of band beside the posts


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Stones, posts and how the band is worked; the number follows from the size and the gap."""

    stone: Annotated[StoneSpec, ROUND]
    gap: Annotated[Span, Between(0.05, 1.0, "gap between girdles")] = Span(0.10, 0.25)  # noqa: RUF009  frozen
    around: Annotated[float, AROUND] = 360.0
    wire: Annotated[float, Mm(0.5, 2, "posts", formula="max(0.65, 0.3 + 0.2 * stone.width)")] = 0.75
    over: Annotated[
        float, Ratio(0.4, 1.1, "height of the posts, of the crown (bench_rules prong: 60 to 80 %)")
    ] = 0.75
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
    part = Part(
        post, _post(params), anchor.frame, _places(run, radius, aside), site.own_alloy, site.made,
        "shared prong",
    )  # fmt: skip
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

    The post's middle is stone/2 + wire/2 - NOTCH wire from both stones' axes; half the chord between
    them is the other side of the triangle.
    """
    away = params.stone.width / 2 + (0.5 - NOTCH) * params.wire
    half = radius * math.sin(math.radians(run.step / 2))
    if away <= half + 0.05:
        gap = gap_of(params.stone, radius, run.step)
        message = f"posts of {params.wire:g} mm do not reach over stones {gap:.2f} mm apart"
        least = (half + 0.1 - params.stone.width / 2) / (0.5 - NOTCH)
        fix = Fix(f"{site.name}.wire", f"{math.ceil(least * 100) / 100:g}")
        raise DesignError(Finding("JG232", message, Where(key=f"{site.name}.wire"), fix=fix))
    return math.sqrt(away * away - half * half)


def _check_room(params: Params, anchor: Anchor, aside: float, site: Site) -> None:
    """Posts must stand on the band, culets end in it."""
    wide = 2 * (aside + params.wire / 2 + EDGE)
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
    low = -(params.sink + ROOT)
    top = params.stone.girdle + params.over * params.stone.crown - params.wire / 2
    lean = math.tan(math.radians(LEAN))
    rail = straight((lean * low, 0.0, low), (lean * top, 0.0, top), (0.0, 1.0, 0.0))
    return Bar(rail, ((0.0, Wire(params.wire)),), "dome")


def _places(run: Run, radius: float, aside: float) -> Listed:
    """Pairs of posts between neighbours, leaning towards each other over the middle."""
    # x of a place points back along the finger: over the middle on the one side, turned on the other.
    right = run.between(radius, aside).frames()
    left = [f.turned(180.0) for f in run.between(radius, -aside).frames()]
    return Listed((*right, *left))


def _cuts(params: Params, anchor: Anchor, run: Run, stone: Stone, post: str) -> tuple[Cut, ...]:
    """The seat in the band, the notches in the posts a little wider (so that no two faces coincide), arches."""
    at, name = anchor.frame, stone.name
    seat = Cut(
        f"{name}.seat", (anchor.part,), _bearing(params, CLEAR), at, stone.array, name, "seat"
    )
    notch = Cut(
        f"{name}.notch", (post,), _bearing(params, CLEAR + APART), at, stone.array, name, "notches"
    )
    if not params.scallop:
        return (seat, notch)
    # Posts stand out a little on both sides of the band left under them: arches that only touched them
    # would leave surfaces tangent to each other.
    pitch = 2 * anchor.radius * math.sin(math.radians(run.step / 2))
    arch = Oval(pitch - UNDERCUT * params.wire, 2 * params.scallop)
    pocket = Pocket(arch, anchor.width, anchor.width)
    return (
        Cut(
            f"{stone.name}.scallop", (anchor.part,), pocket, anchor.frame,
            run.places(anchor.radius, tilt=0.0), why="scallops",
        ),
        seat,
        notch,
    )  # fmt: skip


def _bearing(params: Params, gap: float) -> Bearing:
    spec = params.stone
    deep = spec.pavilion * (1.0 + 2.0 * gap / spec.width)
    return Bearing(girdle_of(spec), deep, gap, spec.girdle, _open(params))


def _open(params: Params) -> float:
    """How far above the girdle the notch goes: up to where the crown has left the post."""
    spec = params.stone
    slope = spec.crown / ((spec.width - spec.table) / 2)
    return min(NOTCH * params.wire * slope + 0.05, 0.6 * spec.crown)


KIND = Kind(
    "stones",
    "shared-prong",
    Params,
    make,
    "a row of stones, two posts between every two",
    on="shank.round",
)
