"""Pave: rows of small round stones round a band, held by beads raised between them.

Staggered rows leave a triangle between every three stones; a setter raises one bead in each, on all three. The outer
sides, and rows that stand too far apart or not staggered, have beads on two stones of a row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.catalog.facts import fact
from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.raised_beads import Ground, Raised, paired, shared
from jewelgen.kinds.stone_field import ROUND, piloted, placed_stone
from jewelgen.piece.array import Polar
from jewelgen.piece.cutter import Cut
from jewelgen.piece.mark import Beads, Mark
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.piece.stone import Grip, Stone
from jewelgen.spec import Between, Count, Mm, Parsed, Span

DRILL = (
    0.6  # pilot hole over stone: the drill enters and the bur finishes (bench_rules pave, flush)
)
UNDER = 0.25  # mm the pilot hole goes on below the culet
OVER = 0.25  # mm the seat is open above the surface


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is not true or false")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Stones, rows and beads; the number a row follows from the size and the gap."""

    stone: Annotated[StoneSpec, ROUND]
    rows: Annotated[int, Count(1, 9, "rows side by side")] = 3
    gap: Annotated[Span, Between(0.05, 1.0, "gap between girdles in a row")] = Span(0.10, 0.25)  # noqa: RUF009  frozen
    pitch: Annotated[float, Mm(0.8, 6, "row to row", formula="0.86 * stone.width + 0.12")] = 1.24
    stagger: Annotated[bool, Parsed(_switch, "rows shifted by half a stone", "true or false")] = (
        True
    )
    bead: Annotated[
        float, Mm(0.25, 1.2, "diameter of the beads", formula="0.26 * stone.width + 0.18")
    ] = 0.52
    sink: Annotated[float, Mm(0, 2, "girdle below the surface", formula="0.15 * stone.width")] = 0.2


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: where it lies, how many stones, where the first one is."""

    name: str
    n: int
    start: float
    lift: float

    def array(self, radius: float, shift: float = 0.0, aside: float = 0.0) -> Polar:
        """Places round the finger at `radius`, `shift` steps on and `aside` mm along the finger."""
        step = 360.0 / self.n
        start = self.start + shift * step
        return Polar(self.n, radius, start, step, self.lift + aside, tilt=90.0)


def make(params: Params, site: Site) -> Fragment:
    """Rows on a round anchor; raises `DesignError` JG232 when they do not fit it."""
    anchor = site.anchor
    if anchor is None or anchor.sort != "round" or anchor.inner:
        raise _refused(
            "pave rows go round a band of even section", f"{site.name}.on", "use a plain shank"
        )
    _check_room(params, anchor, site)
    rows = _rows(params, anchor, site)
    bead = _raised(params, anchor, rows[0].n, site)
    return Fragment(
        stones=tuple(_stone(params, anchor, row) for row in rows),
        cuts=tuple(_seat(params, anchor, row) for row in rows),
        marks=tuple(mark for row in rows for mark in _beads(params, anchor, row, bead)),
    )


def _refused(message: str, key: str, hint: str = "", fix: Fix | None = None) -> DesignError:
    return DesignError(Finding("JG232", message, Where(key=key), hint=hint, fix=fix))


def _check_room(params: Params, anchor: Anchor, site: Site) -> None:
    """The outer seats must leave a margin, the culets must not come through the band."""
    margins = 2 * fact("bench_rules", "pave.edge_margin").number
    across = (params.rows - 1) * params.pitch + params.stone.width + margins
    if across > anchor.width + 1e-9:
        message = f"{params.rows} rows need {across:.2f} mm of width, the band has {anchor.width:g}"
        fix = Fix(f"{anchor.part}.width", f"{math.ceil(across * 10 - 1e-9) / 10:g}")
        fit = math.floor((anchor.width - params.stone.width - margins) / params.pitch + 1)
        hint = f"{fit} fit, or a wider band" if fit > 0 else "smaller stones, or a wider band"
        raise _refused(message, f"{site.name}.rows", hint, fix)
    if params.pitch < params.stone.width + params.gap.least - 1e-9 and not params.stagger:
        least = params.stone.width + params.gap.least
        raise _refused(
            "the rows stand closer than their stones are wide",
            f"{site.name}.pitch",
            "rows further apart, or staggered",
            Fix(f"{site.name}.pitch", f"{math.ceil(least * 100 - 1e-9) / 100:g}"),
        )
    deep = params.sink + params.stone.pavilion
    if deep > anchor.depth:
        message = f"culets lie {deep:.2f} mm deep in a band of {anchor.depth:g} mm"
        fix = Fix(f"{anchor.part}.thick", f"{math.ceil(deep * 10 + 2) / 10:g}")
        raise _refused(message, f"{site.name}.stone", "a thicker band, or smaller stones", fix)


def _rows(params: Params, anchor: Anchor, site: Site) -> list[_Row]:
    """As many stones as keep the least gap on the girdles' circle, spread evenly over it."""
    radius = anchor.radius - params.sink
    n = math.floor(2 * math.pi * radius / (params.stone.width + params.gap.least))
    if n < 3:
        raise _refused(
            "fewer than three stones fit round",
            f"{site.name}.stone",
            "smaller stones, or closer ones",
        )
    half = 180.0 / n if params.stagger else 0.0
    middle = (params.rows - 1) / 2
    return [
        _Row(f"{site.name}.row{i + 1}", n, half * (i % 2), (i - middle) * params.pitch)
        for i in range(params.rows)
    ]


def gap_of(params: Params, anchor: Anchor, n: int) -> float:
    """The gap in mm between the girdles of `n` stones in a row (chord less stone)."""
    radius = anchor.radius - params.sink
    return 2 * radius * math.sin(math.pi / n) - params.stone.width


def _stone(params: Params, anchor: Anchor, row: _Row) -> Stone:
    radius = anchor.radius - params.sink
    held: tuple[Grip, str] = ("beads", anchor.part)
    return placed_stone(row.name, params.stone, anchor.frame, held, row.array(radius))


def _seat(params: Params, anchor: Anchor, row: _Row) -> Cut:
    """A bearing along the pavilion, CLEAR of it, open upward, and a blind pilot hole for the culet."""
    stone = params.stone
    room = params.sink - stone.girdle + OVER
    form = piloted(stone, DRILL * stone.width, room, stone.pavilion + UNDER)
    array = row.array(anchor.radius - params.sink)
    return Cut(f"{row.name}.seat", (anchor.part,), form, anchor.frame, array, row.name, "bead seat")


def _raised(params: Params, anchor: Anchor, n: int, site: Site) -> Raised:
    """A bead beside a row: between rows in the triangle of three stones, on the outer sides as if a row followed."""
    ground = Ground(params.stone, math.pi / n, anchor.radius, anchor.radius - params.sink)
    three = None
    if params.stagger and params.rows > 1:
        three = shared(ground, params.bead, params.pitch)
    found = three or paired(ground, params.bead)
    if found is None:
        message = f"beads of {params.bead:g} mm do not reach over stones {gap_of(params, anchor, n):.2f} mm apart"
        raise _refused(message, f"{site.name}.bead", "larger beads, or a smaller gap")
    return found


def _beads(params: Params, anchor: Anchor, row: _Row, bead: Raised) -> list[Mark]:
    """Two beads a gap, on either side of the row."""
    return [
        Mark(
            f"{row.name}.beads{side}",
            anchor.part,
            Beads(params.bead, bead.bite),
            anchor.frame,
            row.array(anchor.radius, 0.5, sign * bead.aside),
            stone=row.name,
        )
        for side, sign in (("1", 1.0), ("2", -1.0))
    ]


KIND = Kind("stones", "pave", Params, make, "staggered rows held by shared beads", on="shank.round")
