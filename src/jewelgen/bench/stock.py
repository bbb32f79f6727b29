"""What to take from the drawer: the nearest stock in mm and B&S gauge, how far off it is, and the work that causes.

In: a section or a thickness.  Out: `Pick`; `jewelgen.catalog.stock` holds the lists (standing U: a shop has its own).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from jewelgen.bench.practice import Practice
from jewelgen.catalog.facts import fact
from jewelgen.catalog.stock import (
    StockItem,
    jump_rings,
    nearest_gauge,
    sheet_thicknesses,
    tubes,
    wires,
)
from jewelgen.piece.section import Sec, Section, Wire

EXACT = 0.03  # mm within which stock counts as the size asked for


@dataclass(frozen=True, slots=True)
class Pick:
    """Stock for one blank: wanted size, nearest item, deviation (item - wanted) and the work it causes.

    `wanted` and `item` are (width, thickness) in mm, width 0 for sheet; `gauge` is B&S or empty.
    """

    form: str
    wanted: tuple[float, float]
    item: tuple[float, float]
    gauge: str
    work: str
    standing: str

    @property
    def deviation(self) -> tuple[float, float]:
        """Item less wanted, in mm."""
        return (self.item[0] - self.wanted[0], self.item[1] - self.wanted[1])

    @property
    def as_sold(self) -> bool:
        """Whether the stock needs no work to reach the wanted size."""
        return max(abs(d) for d in self.deviation) <= EXACT

    @property
    def size(self) -> str:
        """The wanted size for a cut list, in mm."""
        wide, thick = self.wanted
        if wide == 0 or math.isclose(wide, thick):
            return f"{thick:.2f}"
        return f"{wide:.2f} x {thick:.2f}"


def gauge_words(mm: float) -> str:
    """`28` when the B&S gauge is within 0.02 mm, `~26` when near (4 %), else `-`."""
    near = nearest_gauge(mm)
    if abs(near.difference_mm) <= 0.02:
        return f"{near.number}"
    return f"~{near.number}" if abs(near.difference_mm) <= 0.04 * mm else "-"


def for_section(section: Section, practice: Practice) -> Pick:
    """Wire, strip or sheet for a shank or bar of this section."""
    if isinstance(section, Wire):
        return _pick("round wire", (section.d, section.d), practice, "draw down")
    wide, thick = section.w, section.h
    if (
        section.rise > 0
        and section.dip == 0
        and section.top == "arc"
        and section.rise > 0.6 * thick
    ):
        return _pick("half-round wire", (wide, thick), practice, "roll or draw down")
    shaped = _shaping(section)
    if wide >= practice.strip_ratio * thick:
        return _shape(for_sheet(thick, practice, "sheet strip", wide), shaped)
    if math.isclose(wide, thick, rel_tol=0.02):
        return _shape(_pick("square wire", (wide, thick), practice, "roll down"), shaped)
    return _shape(_pick("flat wire", (wide, thick), practice, "roll down"), shaped)


def for_forging(width: float, thickness: float, practice: Practice) -> Pick | None:
    """The smallest stock that forges to a bar of this section: thick enough, with area enough; None if there is none.

    Flat wire must be wide enough as well; square and round wire spread under the hammer; strips are sawn from sheet.
    """
    found: list[tuple[float, int, Pick]] = []
    for rank, form in enumerate(("flat wire", "square wire", "round wire", "sheet strip")):
        sheet = form == "sheet strip"
        listed = sheet_thicknesses() if sheet else wires(form.removesuffix(" wire"))
        for item in practice.shelf.items("sheet" if sheet else form, listed):
            size = (width if sheet else item.width, item.thickness)
            whole = stock_area(form, size)
            if size[1] < thickness - EXACT or whole < width * thickness - EXACT:
                continue
            if form != "flat wire" or size[0] >= width - EXACT:
                gauge = gauge_words(size[1]) if form != "flat wire" else "-"
                found.append((whole, rank, Pick(form, size, size, gauge, "as sold", item.standing)))
    return min(found, key=lambda row: row[:2])[2] if found else None


def stock_area(form: str, size: tuple[float, float]) -> float:
    """Section of a stock in mm2."""
    return math.pi / 4 * size[1] ** 2 if form == "round wire" else size[0] * size[1]


def for_sheet(t: float, practice: Practice, form: str = "sheet", width: float = 0.0) -> Pick:
    """Sheet of thickness `t`; a strip of `width` is sawn from it."""
    items = practice.shelf.items("sheet", sheet_thicknesses())
    best = _nearest(items, 0.0, t)
    return Pick(
        form,
        (width, t),
        (width, best.thickness),
        gauge_words(t),
        _work(0.0, best.thickness - t, "roll down"),
        best.standing,
    )


def for_bezel(height: float, t: float, practice: Practice) -> Pick:
    """Bezel strip: thickness as sold, width sawn from the next wider strip."""
    known = fact("stock", "bezel.thickness_mm")
    own = practice.shelf.items("bezel strip", ())
    enough = [item for item in own if item.width >= height - EXACT] or own
    rows = {item.thickness for item in enough} or {*known.numbers}
    best = min(sorted(rows), key=lambda mm: abs(mm - t))
    if not own and best < t - EXACT:  # heavier than bezel strip is sold: sawn from sheet
        return for_sheet(t, practice, "sheet strip", height)
    work = _work(0.0, best - t, "roll down")
    if own and max(item.width for item in own) < height - EXACT:
        work = "no strip high enough on hand: order, or cut from sheet"
    stands = "shop" if own else known.st
    return Pick("bezel strip", (height, t), (height, best), gauge_words(t), work, stands)


def for_tube(od: float, inside: float, practice: Practice) -> Pick:
    """The nearest stock tube, as (outside, wall)."""
    held = practice.shelf.items("tube", tubes())
    best = min(held, key=lambda tube: abs(tube.width - od) + abs(tube.inside - inside))
    wanted, item = (od, (od - inside) / 2), (best.width, best.thickness)
    off = max(abs(item[0] - wanted[0]), abs(best.inside - inside))
    work = "as sold" if off <= EXACT else f"stock is {best.width:.1f}/{best.inside:.1f}"
    return Pick("tube", wanted, item, "-", work, best.standing)


def bought_jump_ring(inside: float, wire: float) -> str:
    """A note when a jump ring of this size is sold ready made, else empty."""
    for ring in jump_rings():
        if abs(ring.inside - inside) <= EXACT and abs(ring.thickness - wire) <= EXACT:
            return f"also sold ready made: {ring.label}"
    return ""


def _pick(form: str, wanted: tuple[float, float], practice: Practice, verb: str) -> Pick:
    items = practice.shelf.items(form, wires(form.removesuffix(" wire")))
    best = _nearest(items, *wanted)
    work = _work(best.width - wanted[0], best.thickness - wanted[1], verb)
    size = (best.width, best.thickness)
    gauge = gauge_words(wanted[1]) if form == "round wire" else "-"
    if best.gauge is not None and abs(best.width - wanted[0]) <= EXACT:
        gauge = f"{best.gauge}"
    return Pick(form, wanted, size, gauge, work, best.standing)


def _nearest(items: tuple[StockItem, ...], width: float, thickness: float) -> StockItem:
    """The smallest item that is not below the size; when all are below, the nearest."""

    def off(item: StockItem) -> float:
        """Sum of both differences, mm."""
        return abs(item.width - width) * (width > 0) + abs(item.thickness - thickness)

    enough = [
        item
        for item in items
        if item.thickness >= thickness - EXACT and (width == 0 or item.width >= width - EXACT)
    ]
    return min(enough or items, key=off)


def _work(dw: float, dt: float, verb: str) -> str:
    if max(abs(dw), abs(dt)) <= EXACT:
        return "as sold"
    if min(dw, dt) < -EXACT:
        return "none thick enough in stock: order, or cast a rod and roll"
    return (
        f"{verb} from stock {dw:+.2f} x {dt:+.2f} mm over"
        if dw
        else f"{verb}, stock {dt:+.2f} mm over"
    )


def _shaping(section: Sec) -> str:
    if section.dip > 0 and section.rise > 0:
        return "file to the court section"
    if section.dip > 0:
        return "file the comfort inside"
    if section.rise > 0:
        return "file the knife edge" if section.top == "knife" else "file the outside round"
    return ""


def _shape(pick: Pick, shaped: str) -> Pick:
    if not shaped:
        return pick
    work = shaped if pick.work == "as sold" else f"{pick.work}; {shaped}"
    return Pick(pick.form, pick.wanted, pick.item, pick.gauge, work, pick.standing)
