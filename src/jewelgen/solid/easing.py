"""Sections between stations: every parameter eased, and all sections of a run given the same edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from jewelgen.findings import Finding, GeometryError, Where
from jewelgen.piece.form import Station
from jewelgen.piece.section import Sec, Section, Wire, loop

_SLIVER = 0.002  # share of the thickness that a vanishing side keeps where others of the run have one


def section_at(stations: Sequence[Station], x: float, cosine: bool) -> Section:
    """The section at `x` (degrees or rail parameter): cosine-eased on hoops, straight on bars."""
    before, after = stations[0], stations[-1]
    if x <= before[0] or len(stations) == 1:
        return before[1]
    if x >= after[0]:
        return after[1]
    for (x0, a), (x1, b) in zip(stations, stations[1:], strict=False):
        if x <= x1:
            share = (x - x0) / (x1 - x0)
            return _between(a, b, (1 - math.cos(math.pi * share)) / 2 if cosine else share)
    return after[1]


def _between(a: Section, b: Section, share: float) -> Section:
    if isinstance(a, Wire) and isinstance(b, Wire):
        return Wire(a.d + share * (b.d - a.d))
    if isinstance(a, Sec) and isinstance(b, Sec) and a.top == b.top:
        mixed = {
            key: getattr(a, key) + share * (getattr(b, key) - getattr(a, key))
            for key in ("w", "h", "rise", "dip", "edge")
        }
        return Sec(top=a.top, **mixed)
    raise GeometryError(
        Finding(
            "JG302",
            "sections of one run differ in sort or top",
            Where(),
            hint="give every station of a hoop or bar the same sort of section and the same top",
        )
    )


def alike(sections: Sequence[Section]) -> list[Section]:
    """The sections with equal numbers of edges: where some have sides or soft corners, all do."""
    if len({len(loop(section)) for section in sections}) == 1:
        return list(sections)
    softest = max((s.edge for s in sections if isinstance(s, Sec)), default=0.0)
    return [_with_all_edges(s, softest > 0) if isinstance(s, Sec) else s for s in sections]


def _with_all_edges(sec: Sec, soft: bool) -> Sec:
    least = _SLIVER * sec.h
    rise = min(sec.rise, sec.h - sec.dip - 2 * least)
    if not soft:
        return replace(sec, rise=rise)
    rise = min(rise, 0.98 * sec.w / 2) if sec.top == "arc" else rise
    return replace(sec, rise=max(rise, least), edge=min(max(sec.edge, least), sec.h - rise - sec.dip - least))
