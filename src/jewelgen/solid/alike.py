"""Sections of one run given the same number of edges, as lofts and swept meshes need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jewelgen.piece.section import Sec, Section, loop

_SLIVER = (
    0.002  # share of the thickness that a vanishing side keeps where others of the run have one
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
    return replace(
        sec, rise=max(rise, least), edge=min(max(sec.edge, least), sec.h - rise - sec.dip - least)
    )
