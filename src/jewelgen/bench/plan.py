"""The plan: everything an artisan needs to make one piece by hand, as numbers.

In: a `Piece`.  Out: a frozen `Plan`; `plan(piece)` is the whole bench reading.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from jewelgen.bench.adjusted import adjusted
from jewelgen.bench.blank import Blank
from jewelgen.bench.care import care_card, stone_rules
from jewelgen.bench.castings import Component, at_bench, component_findings, components, units
from jewelgen.bench.cuts import CutLine
from jewelgen.bench.development import blank_of
from jewelgen.bench.drawer import StockLine, stock_lines
from jewelgen.bench.facts import Fact, head_facts
from jewelgen.bench.faults import balance_findings, stock_findings
from jewelgen.bench.forming_words import forming_findings
from jewelgen.bench.hidden import hidden_findings
from jewelgen.bench.inscriptions import Inscription, inscriptions
from jewelgen.bench.joints import JointLine, joint_findings, joint_lines
from jewelgen.bench.marking import MarkingStrip, marking_strips
from jewelgen.bench.order import sequence
from jewelgen.bench.practice import DEFAULT, Practice, unsourced
from jewelgen.bench.precedence import build, joint_key
from jewelgen.bench.prongs import cut_long
from jewelgen.bench.quality import CARAT_G, Band, Weighing, bands, qc_words, weighings
from jewelgen.bench.raising import overlays
from jewelgen.bench.seats import drill_points
from jewelgen.bench.settings import Setting, setting_findings, settings
from jewelgen.bench.slits import slit_blanks
from jewelgen.bench.stamping import stamped_flat
from jewelgen.bench.steps import Step, steps
from jewelgen.bench.ticket import NO_TICKET, Ticket
from jewelgen.bench.weights import Issued, Weights, density, weigh
from jewelgen.bench.wording import Bench
from jewelgen.bench.wraps import cut_in_one, one_wire, whole_wires, wraps_of
from jewelgen.catalog.weights import grams
from jewelgen.findings import Finding
from jewelgen.piece.digest import digest
from jewelgen.piece.form import Hoop
from jewelgen.piece.mark import Mark, Texture
from jewelgen.piece.piece import Item, Part, Piece

SCHEMA = 1
LETTERS = "ABCDEFGHIKLMNOPQRTUVWXYZ"  # J and S name joints and stones


@dataclass(frozen=True, slots=True)
class Plan:
    """The bench reading of one piece. All lengths mm, weights g, stones ct, times minutes."""

    name: str
    sort: str
    alloy: str
    size: str
    bore: float
    finish: str
    digest: str
    cut_list: tuple[CutLine, ...]
    components: tuple[Component, ...]
    joints: tuple[JointLine, ...]
    settings: tuple[Setting, ...]
    steps: tuple[Step, ...]
    weights: Weights
    bought: tuple[Item, ...]
    marks: tuple[str, ...]
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]
    heats: int
    chip_spare: int
    stock: tuple[StockLine, ...] = ()
    bands: tuple[Band, ...] = ()
    weighings: tuple[Weighing, ...] = ()
    qc: tuple[str, ...] = ()
    stone_rules: tuple[tuple[str, ...], ...] = ()
    care_card: tuple[str, ...] = ()
    strips: tuple[MarkingStrip, ...] = ()
    inscriptions: tuple[Inscription, ...] = ()
    facts: tuple[Fact, ...] = ()
    ticket: Ticket = NO_TICKET
    practice: Practice = DEFAULT

    @property
    def minutes(self) -> float:
        """Bench time in all."""
        return sum(step.minutes for step in self.steps)

    @property
    def letters(self) -> dict[str, str]:
        """Part name to id, for all parts of the piece."""
        rows = [(line.part, line.id) for line in self.cut_list]
        return dict(rows + [(name, row.id) for row in self.components for name in row.parts])


def plan(piece: Piece, practice: Practice = DEFAULT) -> Plan:
    """The whole plan of a piece. Raises `MakeError` JG502 when no order of work exists.

    Parts that are cast or bought are listed as components; a sculpted form always is.
    """
    whole, piece = piece, at_bench(piece)
    letters = _letters(whole)
    blanks = _blanks(piece, practice)
    lines = _cut_list(piece, blanks, letters, practice)
    ordered = components(whole, frozenset(blanks), letters)
    ready = [row.parts for row in ordered if row.sort == "cast"]
    order = sequence(build(piece, {line.part: line.issued_g for line in lines}, ready))
    joints = joint_lines(piece, order, practice, ready)
    heated = any(line.grade for line in joints)
    stones, inscribed = settings(piece, practice), inscriptions(piece)
    weights = weigh(whole, Issued(tuple(blanks.values()), ordered), joints, stones, practice)
    bench = Bench(
        piece, letters | {line.part: line.id for line in lines}, blanks, {joint_key(line.index): line for line in joints},
        {row.stone: row for row in stones}, practice,
        frozenset(op.parts[0] for op in order if op.verb == "flush"),
        {row.parts[0]: row for row in ordered}, weights.expected_g, CARAT_G * weights.stones_ct,
    )  # fmt: skip
    found = (
        *stock_findings(piece, lines),
        *joint_findings(piece, joints, practice),
        *setting_findings(stones, practice),
        *hidden_findings(piece),
        *forming_findings(((name, piece.part(name).form, blank) for name, blank in blanks.items()), practice),
        *component_findings(ordered), *balance_findings(weights),
    )  # fmt: skip
    return Plan(
        piece.name, piece.sort, piece.alloy, piece.size, piece.bore, piece.finish, digest_of(whole),
        lines, ordered, joints, stones, steps(bench, order), weights, piece.items,
        _mark_texts(piece, inscribed), _notes(piece, heated, practice), found,
        1 + max((line.depth for line in joints if line.grade), default=-1), practice.chip_spare,
        stock_lines(lines, practice.kerf), bands(piece, letters, weights, practice), weighings(piece, weights, heated),
        qc_words(piece, joints, stones, practice), stone_rules(whole), care_card(whole), marking_strips(piece, stones), inscribed,
        head_facts(piece, joints, stones, practice), practice=practice,
    )  # fmt: skip


def digest_of(piece: Piece) -> str:
    """The revision on the sheet: twelve hex digits that change with the piece."""
    return digest(piece)[:12]


def letter(i: int) -> str:
    """A, B, ... Z without J and S, then AA, AB, ..."""
    n = len(LETTERS)
    return LETTERS[i] if i < n else LETTERS[i // n - 1] + LETTERS[i % n]


def _letters(piece: Piece) -> dict[str, str]:
    return {name: letter(i) for i, unit in enumerate(units(piece)) for name in unit}


def _blanks(piece: Piece, practice: Practice) -> dict[str, Blank]:
    found: dict[str, Blank] = {}
    for part in piece.parts:
        blank = blank_of(part, practice) if part.made == "handmade" else None
        if blank is not None:
            fitted = _with_marks(piece, part, adjusted(piece, blank, practice))
            found[part.name] = cut_in_one(piece, cut_long(piece, fitted, practice), practice)
    return whole_wires(piece, slit_blanks(piece, found, practice))


def _with_marks(piece: Piece, part: Part, blank: Blank) -> Blank:
    """A plate's blank with its drill points; a ring's with a tick for each stamp.

    A tick lies as far from the middle of the blank (6 o'clock) as its angle says.
    """
    form = part.form
    if not isinstance(form, Hoop):
        return replace(blank, points=drill_points(piece, part))
    middle, net = blank.long / 2, blank.net[0]
    ticks = []
    for mark in piece.marks:
        if mark.on == part.name and stamped_flat(mark):
            x, _, z = part.at.local(mark.at.origin)
            turn = math.degrees(math.atan2(x, z)) % 360.0
            ticks.append((middle + net * (turn - 180.0) / 360.0, "mark"))
    return replace(blank, ticks=tuple(sorted((*blank.ticks, *ticks))))


def _cut_list(
    piece: Piece, blanks: Mapping[str, Blank], letters: Mapping[str, str], practice: Practice
) -> tuple[CutLine, ...]:
    one = one_wire(piece, blanks, letters)
    rows = []
    for name, blank in blanks.items():
        part = piece.part(name)
        issued = grams(blank.n * blank.cut_mm3, density(part, piece))
        role = part.role or name
        rows.append(
            CutLine(
                letters[name],
                name,
                role,
                part.alloy or piece.alloy,
                blank,
                issued,
                one.get(name, ""),
            )
        )
    return (*rows, *_laid_on(piece, letters, practice))


def _laid_on(piece: Piece, letters: Mapping[str, str], practice: Practice) -> Iterator[CutLine]:
    """A row for each sheet that is sawn out and sweated on, with the letters after those of the parts."""
    first = len(set(letters.values()))
    for k, item in enumerate(overlays(piece, practice)):
        part = piece.part(item.on)
        issued = grams(item.blank.n * item.blank.cut_mm3, density(part, piece))
        metal = part.alloy or piece.alloy
        yield CutLine(
            letter(first + k), item.blank.part, "sheet laid on", metal, item.blank, issued
        )


def _mark_texts(piece: Piece, inscribed: tuple[Inscription, ...]) -> tuple[str, ...]:
    sizes = {row.name: row.words for row in inscribed}
    return tuple(_mark_text(mark, sizes) for mark in piece.marks)


def _mark_text(mark: Mark, inscribed: Mapping[str, str]) -> str:
    form = mark.form
    what = getattr(form, "text", "") or getattr(form, "word", "")
    how = "" if isinstance(form, Texture) else getattr(form, "how", "raise")
    size = inscribed.get(mark.name, "")
    return f"{mark.name}: {f'{how} {what}'.strip()}{', ' if size else ''}{size}"


def _notes(piece: Piece, heated: bool, practice: Practice) -> tuple[str, ...]:
    notes = []
    if practice.given:
        notes.append(f"From the shop's file: {', '.join(practice.given)}.")
    notes.append(
        f"Defaults that no source bears, to be changed in a shop file: {', '.join(unsourced(practice))}; all other rates."
    )
    if any(part.made != "cast" for part in piece.parts):
        notes.append(
            "Gauge is Brown & Sharpe. Lengths to 0.1, diameters to 0.05, sheet to 0.01 mm."
        )
    if not heated and wraps_of(piece):
        notes.append("Cold work: no torch, no pickle.")
    elif piece.stones:
        notes.append("All stones are set after the last heat.")
    if piece.plating:
        notes.append(f"Plate: {piece.plating}.")
    return tuple(notes)
