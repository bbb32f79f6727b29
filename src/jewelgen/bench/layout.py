"""All cuts of one plan, or of a whole batch of orders, laid out on bars and sheets.

In: cut lists with a job's word each, a shop's practice.  Out: `Layout`: bars and sheets of every stock with
their cuts, what to keep, and what is not on hand. mm.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shapely.geometry import Polygon, box

from jewelgen.bench.blank import Blank
from jewelgen.bench.cuts import CutLine
from jewelgen.bench.cutting import Bar, Cutting, Rod, cutting
from jewelgen.bench.practice import Practice
from jewelgen.catalog.facts import fact
from jewelgen.flat.nesting import Nested, Sheet, nesting
from jewelgen.flat.outline import Path, points
from jewelgen.units import MM_PER_INCH

PLENTY = 10_000  # bars of a form that a shop does not list: bought as they are needed
MANY, CORNERS = 100, 6  # of so many outlines each is slid from so few corners only
SHEETS = frozenset({"sheet", "sheet strip"})
Job = tuple[str, tuple[CutLine, ...], int]  # word of the job, its cuts, how many pieces


@dataclass(frozen=True, slots=True)
class Laid:
    """One stock with its cuts: `cutting` of bars or `sheets`; `over` names what is not on hand."""

    alloy: str
    form: str
    item: tuple[float, float]
    temper: str
    cutting: Cutting | None
    sheets: tuple[Nested, ...]
    over: tuple[str, ...]
    least: tuple[float, float] = (
        0.0,
        0.0,
    )  # shorter ends of bars, narrower strips of sheet are scrap

    def keep(self, bar: Bar) -> float:
        """What is left of a bar and worth keeping, mm; 0 when it is scrap."""
        return bar.offcut if bar.offcut >= self.least[0] else 0.0

    def keep_of(self, sheet: Nested) -> tuple[float, float]:
        """The strip of a sheet that is worth keeping, mm; (0, 0) when it is scrap."""
        return sheet.keep if min(sheet.keep) >= self.least[1] else (0.0, 0.0)

    def rest_of(self, sheet: Nested) -> tuple[float, float]:
        """What stays right of all that is sawn, below the strip, and is worth keeping, mm; (0, 0) when it is scrap."""
        across, up = sheet.reach
        rest = (max(0.0, sheet.length - across), up if self.keep_of(sheet)[1] else sheet.width)
        return rest if min(rest) >= self.least[1] else (0.0, 0.0)

    def kept_of(self, sheet: Nested) -> tuple[tuple[float, float], ...]:
        """Length and width of every offcut of a sheet worth keeping, mm: the strip above, the rest of the row."""
        return tuple(size for size in (self.keep_of(sheet), self.rest_of(sheet)) if size[1])

    @property
    def words(self) -> str:
        """Form and size, for a heading."""
        wide, thick = self.item
        size = f"{thick:.2f}" if wide in (0.0, thick) else f"{wide:.2f} x {thick:.2f}"
        return f"{self.form} {size}, {self.temper}"


@dataclass(frozen=True, slots=True)
class Layout:
    """Every stock that is cut."""

    rows: tuple[Laid, ...]

    @property
    def offcuts(self) -> tuple[str, ...]:
        """What to keep of each bar and sheet; what is too small to be of use is left out."""
        found = []
        for row in self.rows:
            bars = row.cutting.bars if row.cutting else ()
            kept = [(row.keep(bar), bar) for bar in bars]
            found += [f"{row.words}: {mm:.0f} of {bar.length:.0f}" for mm, bar in kept if mm]
            found += [
                f"{row.words}: {x:.0f} x {y:.0f} of {s.length:.0f} x {s.width:.0f}"
                for s in row.sheets for x, y in row.kept_of(s)
            ]  # fmt: skip
        return tuple(found)


def layout(jobs: Iterable[Job], practice: Practice) -> Layout:
    """One layout for all jobs: equal stock is shared, whoever it is for."""
    groups: dict[tuple[str, str, tuple[float, float], str], list[tuple[str, Blank]]] = {}
    for word, cuts, pieces in jobs:
        for cut in cuts:
            blank = cut.blank
            if blank.sort in {"melt", "slit"} or blank.stock.form == "block":
                continue
            flat = blank.stock.form in SHEETS
            item = (0.0, blank.stock.item[1]) if flat else blank.stock.item
            key = (cut.alloy, "sheet" if flat else blank.stock.form, item, blank.temper)
            n = blank.n * pieces
            names = [f"{word}{cut.id}{f'/{i + 1}' if n > 1 else ''}" for i in range(n)]
            groups.setdefault(key, []).extend((name, blank) for name in names)
    return Layout(tuple(_laid(key, rows, practice) for key, rows in sorted(groups.items())))


def _laid(
    key: tuple[str, str, tuple[float, float], str],
    rows: Sequence[tuple[str, Blank]],
    practice: Practice,
) -> Laid:
    alloy, form, item, temper = key
    least = (practice.least_offcut, practice.least_offcut_sheet)
    if form == "sheet":
        shapes = [(name, outline(blank)) for name, blank in rows]
        most = CORNERS if len(shapes) > MANY else 0
        sheets, missing = nesting(shapes, _sheets(item, practice), practice.kerf, most)
        return Laid(alloy, form, item, temper, None, sheets, missing, least)
    pieces = [(name, blank.cut[0]) for name, blank in rows]
    made = cutting(pieces, _rods(form, item, practice), practice.kerf)
    over = tuple(f"{name} {size:.1f}" for name, size in made.over)
    return Laid(alloy, form, item, temper, made, (), over, least)


def outline(blank: Blank) -> Polygon:
    """What is sawn from the sheet: a pattern with the sheet left round it, else the rectangle of the cut.

    What is rolled down first is cut as a rectangle.
    """
    wide = blank.cut[1] if len(blank.cut) > 1 else blank.stock.wanted[0]
    whole = box(0.0, 0.0, blank.cut[0], wide)
    if (
        blank.pattern is None
        or blank.worked
        or (isinstance(blank.pattern, Path) and len(blank.pattern.loops) > 1)
    ):
        return whole
    around = sum(extra.mm for extra in blank.allowances if extra.axis == "all") / 2
    sawn = Polygon(list(points(blank.pattern, 180))).buffer(around, quad_segs=8).simplify(0.02)
    return sawn if isinstance(sawn, Polygon) and sawn.area < whole.area else whole


def _rods(form: str, item: tuple[float, float], practice: Practice) -> tuple[Rod, ...]:
    own: dict[float, int] = {}
    for held in practice.shelf.held:
        same = abs(held.item.width - item[0]) < 1e-9
        if held.item.form == form and same and abs(held.item.thickness - item[1]) < 1e-9:
            own[held.length] = own.get(held.length, 0) + held.n
    if own:
        return tuple(Rod(length, n) for length, n in sorted(own.items()))
    table = "bezel" if form == "bezel strip" else "wire"
    return (Rod(fact("stock", f"{table}.length_mm_default").number, PLENTY),)


def _sheets(item: tuple[float, float], practice: Practice) -> tuple[Sheet, ...]:
    own = [
        Sheet(held.length, held.width, held.n) for held in practice.shelf.held
        if held.item.form == "sheet" and abs(held.item.thickness - item[1]) < 1e-9
    ]  # fmt: skip
    if own:
        return tuple(own)
    wide, long = fact("stock", "sheet.sheet_in").pairs[0]
    return (Sheet(long * MM_PER_INCH, wide * MM_PER_INCH, PLENTY),)
