"""Flat straps: sawn from sheet to a template at 1:1 that widens with their stations, then bent or folded to a drop.

In: a `Bar` of flat sections.  Out: `Blank`; mm, mm3.
"""

from __future__ import annotations

from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance, Figure, Loss
from jewelgen.bench.practice import Practice
from jewelgen.bench.stock import for_sheet
from jewelgen.bench.straightened import (
    Fold,
    bent_on,
    filed_to_section,
    flat_size,
    fold_of,
    straightened,
)
from jewelgen.bench.taken import sheet_taken
from jewelgen.flat.outline import Outline, Path, area
from jewelgen.flat.segments import Line
from jewelgen.piece.form import Bar, Station
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import length

NOTHING = 1e-6  # mm3


def strap_blank(part: Part, bar: Bar, practice: Practice) -> Blank:
    """A strap laid flat: its middle line by its widths, with sheet left outside the line."""
    wide, thick = (max(size) for size in zip(*(flat_size(s) for _, s in bar.stations), strict=True))
    rail, margin = length(bar.rail), practice.saw_outside_line
    stations = straightened(bar)
    pattern, fold = strap_pattern(stations), fold_of(bar)
    pick = for_sheet(thick, practice)
    whole = (rail + 2 * margin + practice.wire_trim, wide + 2 * margin)
    got = sheet_taken(pick, whole, area(pattern), "sheet round the outline")
    return Blank(
        part.name, part.array.n, "strip", pick, part.temper or "soft", (rail, wide), got.cut,
        (Allowance("saw outside the line", 2 * margin, "all"), Allowance("trim to fit", practice.wire_trim)),
        _figures(stations, fold), _forming(got.forming, fold), got.mm3, (*got.losses, *_filed(bar, thick)),
        edge="grain along the length", pattern=pattern, worked=got.worked,
    )  # fmt: skip


def _filed(bar: Bar, thick: float) -> tuple[Loss, ...]:
    """What is filed off a strap that is not flat."""
    gone = filed_to_section(bar, thick)
    return (Loss("file to its section", gone, "filed"),) if gone > NOTHING else ()


def _figures(stations: tuple[Station, ...], fold: Fold | None) -> tuple[Figure, ...]:
    """Length, widths of the template, and what a folded strap is bent on."""
    rail = stations[-1][0]
    widths = [flat_size(section)[0] for _, section in stations]
    found = [Figure("net length", rail, "mm", "length of the strap's middle line", (("rail", rail),), "neutral axis at the centroid [D]")]  # fmt: skip
    if max(widths) > min(widths):
        crown = stations[widths.index(max(widths))][0]
        found += [
            Figure("crown width", max(widths), "mm", "as drawn, in the middle of the crown", (("from the tongue's end", crown),)),
            Figure("foot width", min(widths), "mm", "as drawn", (("stations", float(len(stations))),)),
        ]  # fmt: skip
    if fold:
        found += [
            Figure("opening", fold.opens, "mm", "clear, from the legs to the crown", (("wide", fold.wide),)),
            Figure("bending rod", bent_on(fold), "mm", "as the drop is wide inside", (("wide", fold.wide),)),
        ]  # fmt: skip
    return tuple(found)


def _forming(first: tuple[str, ...], fold: Fold | None) -> tuple[str, ...]:
    bend = (
        (f"fold over a {bent_on(fold):.1f} rod at the crown", "pinch the legs together", f"open to {fold.opens:.1f}")
        if fold
        else ("bend to the drawing",)
    )  # fmt: skip
    return (*first, "saw to the template", "file to the line", "anneal", *bend)


def strap_pattern(stations: tuple[Station, ...]) -> Outline:
    """The flat outline of a strap about its middle, along y: width by station, mm."""
    rail = stations[-1][0]
    right = [(flat_size(s)[0] / 2, mm - rail / 2) for mm, s in stations]
    ring = right + [(-x, y) for x, y in reversed(right)]
    return Path((tuple(Line(ring[i - 1], ring[i]) for i in range(len(ring))),))
