"""Weights of a handmade piece: issued, clean scrap, filings, finished metal, finish losses, stones, balance.

In: blanks and the piece's predicted metal.  Out: `Weights` in g (stones in ct).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from jewelgen.bench.blank import Blank
from jewelgen.bench.joints import JointLine
from jewelgen.bench.practice import Practice
from jewelgen.bench.raising import laid_on, overlays
from jewelgen.bench.settings import Setting
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.weights import grams
from jewelgen.flat.outline import area, perimeter
from jewelgen.piece.form import Ball, Bar, Dome, Form, Hoop, Plate, Tube, Twist, Wall
from jewelgen.piece.metal import removed_by_part
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import length
from jewelgen.piece.section import Section, polygon, width
from jewelgen.piece.volume import volume

SOLDER_DENSITY = 9.4  # g/cm3, silver solders about; a fraction of a per cent of the piece


@dataclass(frozen=True, slots=True)
class PartWeight:
    """One part's metal, all copies, in g: as issued, net blank, as drawn after cuts and joints."""

    part: str
    issued_g: float
    net_g: float
    finished_g: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight sheet in g. issued = scrap + filings + drawn exactly (solder apart).

    `finish_g` is what filing and polishing takes off nominal stock; `expected_g` what the scale should show
    without stones: drawn - finish + solder.
    """

    parts: tuple[PartWeight, ...]
    issued_g: float
    solder_g: float
    scrap_g: float
    filings_g: float
    drawn_g: float
    finish_g: float
    expected_g: float
    stones_ct: float
    yield_pct: float
    flag_g: float
    fineness: int


def weigh(
    piece: Piece,
    blanks: Sequence[Blank],
    lines: Sequence[JointLine],
    stones: Sequence[Setting],
    practice: Practice,
) -> Weights:
    """The weight sheet of all handmade parts."""
    gone, more, sheet = removed_by_part(piece), laid_on(piece), _sheet(piece, practice)
    rows = tuple(
        _part(
            piece,
            blank,
            (gone.get(blank.part, 0.0), more.get(blank.part, 0.0), sheet.get(blank.part, 0.0)),
        )
        for blank in blanks
    )
    issued = sum(row.issued_g for row in rows)
    net = sum(row.net_g for row in rows)
    drawn = sum(row.finished_g for row in rows)
    solder = sum(grams(line.order_mm3 * line.places, SOLDER_DENSITY) for line in lines)
    finish = sum(_finish_g(piece.part(blank.part), piece, practice) for blank in blanks)
    expected = drawn - finish + solder
    return Weights(
        rows, issued, solder, issued - net, net - drawn, drawn, finish, expected,
        sum(row.carats for row in stones), 100.0 * expected / issued if issued else 0.0,
        practice.balance_flag_pct / 100.0 * issued, _fineness(piece, rows, lines, solder),
    )  # fmt: skip


def density(part: Part, piece: Piece) -> float:
    """Density in g/cm3 of a part's alloy, or the piece's."""
    return alloy(part.alloy or piece.alloy).density_g_cm3


def _sheet(piece: Piece, practice: Practice) -> dict[str, float]:
    """mm3 of sheet cut for what is laid on each part."""
    found: dict[str, float] = defaultdict(float)
    for item in overlays(piece, practice):
        found[item.on] += item.blank.n * item.blank.cut_mm3
    return found


def _part(piece: Piece, blank: Blank, changed: tuple[float, float, float]) -> PartWeight:
    """A part with its blanks, `changed` by what it loses, by sheet laid on it and by the sheet cut for that, mm3."""
    part, (gone, more, cut) = piece.part(blank.part), changed
    rho = density(part, piece)
    finished = part.array.n * volume(part.form) - gone + more
    return PartWeight(
        part.name,
        grams(blank.n * blank.cut_mm3 + max(cut, more), rho),
        grams(blank.n * blank.net_mm3 + more, rho),
        grams(finished, rho),
    )


def _finish_g(part: Part, piece: Piece, practice: Practice) -> float:
    if not part.finished:
        return 0.0
    outside, inside = faces(part.form)
    taken = outside * practice.finish_outside + inside * practice.finish_inside
    return grams(part.array.n * taken, density(part, piece))


def faces(form: Form) -> tuple[float, float]:
    """Area in mm2 of the faces that are filed outside and inside (a bore, the inside of a tube is left)."""
    if isinstance(form, Hoop):
        section = form.stations[-1][1]
        inner = math.pi * form.bore * width(section)
        return max(_girth(section) - width(section), 0.0) * math.pi * (form.bore + 1.0), inner
    if isinstance(form, Bar):
        return _girth(form.stations[0][1]) * length(form.rail), 0.0
    if isinstance(form, Wall):
        return perimeter(form.outline) * form.height, 0.0
    if isinstance(form, Plate):
        return perimeter(form.outline) * form.t, area(form.outline)
    if isinstance(form, Dome):
        return math.pi * (form.d**2 / 4 + form.rise**2), 0.0
    if isinstance(form, Tube):
        return math.pi * form.od * form.length, 0.0
    if isinstance(form, (Ball, Twist)):
        return 0.0, 0.0  # left as they come: tumbled, not filed
    return 0.0, 0.0


def _girth(section: Section) -> float:
    ring = polygon(section)
    return float(sum(math.dist(ring[i - 1], ring[i]) for i in range(len(ring))))


def _fineness(
    piece: Piece, rows: Sequence[PartWeight], lines: Sequence[JointLine], solder: float
) -> int:
    """Parts per thousand of the article: metal by alloy, and the solder as the weakest grade used."""
    fine = total = 0.0
    for row in rows:
        part = piece.part(row.part)
        fine += row.finished_g * alloy(part.alloy or piece.alloy).fineness
        total += row.finished_g
    least = min(
        (s.fineness for s in (line.solder for line in lines) if s and s.fineness), default=0
    )
    fine += solder * least
    return round(fine / (total + solder)) if total else 0
