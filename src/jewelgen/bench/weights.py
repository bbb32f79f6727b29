"""Weights of a handmade piece: issued, clean scrap, filings, finished metal, finish losses, stones, balance.

In: blanks and the piece's predicted metal.  Out: `Weights` in g (stones in ct).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from jewelgen.bench.blank import Blank
from jewelgen.bench.castings import Component
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
    """One part's metal, all copies, in g: as issued, what of it is scrap, filed off or stays on beyond the drawing,
    and as drawn after cuts and joints by the formulas of its form.
    """

    part: str
    issued_g: float
    scrap_g: float
    filed_g: float
    stays_g: float
    finished_g: float

    @property
    def unplaced_g(self) -> float:
        """Issued less every named loss less the part as drawn: what the formulas of blank and form differ by."""
        return self.issued_g - self.scrap_g - self.filed_g - self.stays_g - self.finished_g


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight sheet in g, solder apart: issued less scrap, filings and what stays on beyond the drawing is
    drawn, within what blank and form differ by.

    `finish_g` is what filing and polishing takes off nominal stock; `ready_g` castings and bought parts;
    `expected_g` what the scale should show without stones: drawn + stays - finish + solder + ready.
    """

    parts: tuple[PartWeight, ...]
    issued_g: float
    solder_g: float
    scrap_g: float
    filings_g: float
    stays_g: float
    drawn_g: float
    finish_g: float
    ready_g: float
    expected_g: float
    stones_ct: float
    yield_pct: float
    flag_g: float
    fineness: int


@dataclass(frozen=True, slots=True)
class Issued:
    """What goes into a piece: the blanks cut for it, and castings and bought parts."""

    blanks: Sequence[Blank]
    ready: Sequence[Component] = ()

    @property
    def ready_g(self) -> float:
        """Weight of what comes ready made."""
        return sum(row.grams for row in self.ready)


def weigh(
    piece: Piece,
    issued: Issued,
    lines: Sequence[JointLine],
    stones: Sequence[Setting],
    practice: Practice,
) -> Weights:
    """The weight sheet of all handmade parts, and of what comes ready made to them."""
    gone, more, sheet = removed_by_part(piece), laid_on(piece), _sheet(piece, practice)
    rows = tuple(
        _part(piece, blank, (gone.get(blank.part, 0.0), more.get(blank.part, 0.0)), sheet.get(blank.part, ()))
        for blank in issued.blanks
    )  # fmt: skip
    total = sum(row.issued_g for row in rows)
    drawn, stays = sum(row.finished_g for row in rows), sum(row.stays_g for row in rows)
    solder = sum(grams(line.order_mm3 * line.places, SOLDER_DENSITY) for line in lines)
    finish = sum(_finish_g(piece.part(blank.part), piece, practice) for blank in issued.blanks)
    own = drawn + stays - finish + solder
    return Weights(
        rows, total, solder, sum(row.scrap_g for row in rows), sum(row.filed_g for row in rows), stays, drawn, finish,
        issued.ready_g, own + issued.ready_g, sum(row.carats for row in stones), 100.0 * own / total if total else 0.0,
        practice.balance_flag_pct / 100.0 * total, _fineness(piece, rows, lines, solder),
    )  # fmt: skip


def density(part: Part, piece: Piece) -> float:
    """Density in g/cm3 of a part's alloy, or the piece's."""
    return alloy(part.alloy or piece.alloy).density_g_cm3


def _sheet(piece: Piece, practice: Practice) -> dict[str, list[Blank]]:
    """The blanks of sheet laid on each part."""
    found: dict[str, list[Blank]] = defaultdict(list)
    for item in overlays(piece, practice):
        found[item.on].append(item.blank)
    return found


def _part(
    piece: Piece, blank: Blank, changed: tuple[float, float], sheets: Sequence[Blank]
) -> PartWeight:
    """A part with its blanks and the `sheets` laid on it, `changed` by what it loses and by letters raised, mm3."""
    part, (gone, more) = piece.part(blank.part), changed
    rho, rows = density(part, piece), (blank, *sheets)

    def lost(sort: str) -> float:
        return sum(row.n * loss.mm3 for row in rows for loss in row.losses if loss.sort == sort)

    finished = part.array.n * volume(part.form) - gone + more
    filed = lost("filed") + (
        0.0 if blank.sort == "slit" else gone
    )  # a tine was never apart from its wire
    return PartWeight(
        part.name,
        grams(sum(row.n * row.cut_mm3 for row in rows), rho),
        grams(lost("scrap"), rho),
        grams(filed, rho),
        grams(lost("stays"), rho),
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
        round_ = math.radians(min(form.a1 - form.a0, 360.0)) / 2
        inner = round_ * form.bore * width(section)
        return max(_girth(section) - width(section), 0.0) * round_ * (form.bore + 1.0), inner
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
