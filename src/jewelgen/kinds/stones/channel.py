"""A channel: stones side by side in a turned slot, their girdles held in a groove of both walls."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.rounds import AROUND, UPRIGHT, Run, gap_of, round_band, run_round
from jewelgen.kinds.stone_field import CHANNELED, CLEAR, placed_stone
from jewelgen.piece.cutter import Cut, Groove
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Between, Mm, Span

UNDER = 0.1  # mm the slot goes on below the culets
LIFT = 0.03  # mm of room above the crown where the walls reach over it
OUT = 0.05  # mm a turned slot reaches past its outer radius, so that no two faces coincide


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Stones, walls and slot; the number follows from the size and the gap."""

    stone: Annotated[StoneSpec, CHANNELED]
    gap: Annotated[Span, Between(0.02, 1.0, "gap between girdles")] = Span(0.10, 0.30)  # noqa: RUF009  frozen
    around: Annotated[float, AROUND] = 180.0
    lip: Annotated[float, Mm(0.6, 4, "wall beside the stones (bench_rules channel.wall_min)")] = 0.9
    cover: Annotated[
        float,
        Mm(
            0.06, 0.5, "how far each wall reaches over the stone (bench_rules opening_less_than_stone)",
            formula="max(0.08, min(0.25, 0.0625 * stone.width))",
        ),
    ] = 0.125  # fmt: skip
    above: Annotated[
        float,
        Mm(0.2, 2, "wall above the girdle", formula="max(0.35, stone.crown + 0.08)"),
    ] = 0.4


def make(params: Params, site: Site) -> Fragment:
    """Slot, groove and stones; raises `DesignError` JG232 when they do not fit the band."""
    anchor = round_band(site, "channels")
    _check_room(params, anchor, site)
    low = _girdle_radius(params, anchor)
    run = run_round(site, params.stone, low, params.gap, params.around)
    name = f"{site.name}.row"
    stone = placed_stone(
        name, params.stone, anchor.frame, ("channel", anchor.part), run.places(low)
    )
    return Fragment(stones=(stone,), cuts=_cuts(params, anchor, run, name))


def _girdle_radius(params: Params, anchor: Anchor) -> float:
    """Where the girdles' lower edges touch their circle."""
    return anchor.radius - params.above - params.stone.girdle


def _check_room(params: Params, anchor: Anchor, site: Site) -> None:
    wide = params.stone.width + 2 * params.lip
    if wide > anchor.width + 1e-9:
        message = f"stones and walls need {wide:.2f} mm of width, the band has {anchor.width:g}"
        fix = Fix(f"{anchor.part}.width", f"{math.ceil(wide * 10 - 1e-9) / 10:g}")
        raise DesignError(Finding("JG232", message, Where(key=f"{site.name}.lip"), fix=fix))
    deep = params.above + params.stone.girdle + params.stone.pavilion + UNDER
    if deep > anchor.depth:
        message = f"the channel is {deep:.2f} mm deep in a band of {anchor.depth:g} mm"
        fix = Fix(f"{anchor.part}.thick", f"{math.ceil(deep * 10 + 2) / 10:g}")
        raise DesignError(Finding("JG232", message, Where(key=f"{site.name}.stone"), fix=fix))


def _cuts(params: Params, anchor: Anchor, run: Run, stone: str) -> tuple[Cut, ...]:
    """The open slot, narrower than the stones, and the groove for their girdles in its walls."""
    spec, low = params.stone, _girdle_radius(params, anchor)
    # The pavilion leaves the wall's edge this far below the girdle; a flat girdle's ends stand further out
    # than its middle, and the crown rises this much by the time it leaves the wall.
    below = params.cover * 2 * spec.pavilion / spec.width + CLEAR
    run_in = (spec.width - spec.table) / 2
    rise = spec.girdle + params.cover * spec.crown / run_in + LIFT
    high = math.hypot(low + rise, spec.length / 2)
    ends = _ends(params, run, low)
    slot = Groove(
        anchor.radius, anchor.radius - low + spec.pavilion + UNDER,
        spec.width - 2 * params.cover, -ends, ends,
    )  # fmt: skip
    groove = Groove(high - OUT, high - OUT - low + below, spec.width + 2 * CLEAR, -ends, ends)
    at = anchor.frame.then(UPRIGHT)
    return (
        Cut(f"{stone}.channel", (anchor.part,), slot, at, why="slot"),
        Cut(f"{stone}.seat", (anchor.part,), groove, at, stone=stone, why="girdle groove"),
    )


def _ends(params: Params, run: Run, low: float) -> float:
    """Half the slot's arc in degrees: to half a gap beyond the end stones, all round when closed."""
    if run.closed:
        return 180.0
    half = params.stone.length / 2 + gap_of(params.stone, low, run.step) / 2
    return (run.n - 1) / 2 * run.step + math.degrees(math.atan2(half, low))


KIND = Kind(
    "stones",
    "channel",
    Params,
    make,
    "a row of square or round stones between two walls",
    on="shank.round",
)
