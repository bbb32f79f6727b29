"""What to take from the drawer: the nearest stock in mm and B&S gauge, how far off it is, and the work that causes.

In: a section or a thickness.  Out: `Pick`; `jewelgen.catalog.stock` holds the lists (standing U: a shop has its own).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

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
from jewelgen.piece.section import Sec, Section, Wire, area_and_centroid

SANDED = "sand down"
EXACT = 0.03  # mm within which stock counts as the size asked for


@dataclass(frozen=True, slots=True)
class Pick:
    """Stock for one blank: wanted size, nearest item, deviation (item - wanted) and the work it causes.

    `wanted` and `item` are (width, thickness) in mm, width 0 for sheet; `gauge` is the item's, B&S or empty.
    `shaped`: the filing that makes the section of the wanted size; `ordered`: nothing in stock is thick enough.
    """

    form: str
    wanted: tuple[float, float]
    item: tuple[float, float]
    gauge: str
    work: str
    standing: str
    shaped: str = ""
    ordered: bool = False

    @property
    def deviation(self) -> tuple[float, float]:
        """Item less wanted, in mm."""
        return (self.item[0] - self.wanted[0], self.item[1] - self.wanted[1])

    @property
    def as_sold(self) -> bool:
        """Whether the stock needs no work to reach the wanted size."""
        return not self.ordered and max(abs(d) for d in self.deviation) <= EXACT

    @property
    def sanded(self) -> bool:
        """Whether it is so little over its size that a sheet of paper does it: no longer for that, some dust."""
        return self.work.startswith(SANDED)

    @property
    def trimmed(self) -> str:
        """What is said of a strip that is only too high, as most are; empty for all else."""
        (high, _), (wanted, _) = self.item, self.wanted
        return _trim(high, wanted) if self.form == "bezel strip" and high > wanted + EXACT else ""

    @property
    def area(self) -> float:
        """Section of the item in mm2."""
        return stock_area(self.form, self.item)

    @property
    def size(self) -> str:
        """The wanted size, in mm."""
        return size_words(self.wanted)

    @property
    def taken(self) -> str:
        """The size of the item as it is sold, for a cut list, in mm."""
        return size_words(self.item)


def size_words(size: tuple[float, float]) -> str:
    """`3.00 x 1.50`; one number for sheet and for what is as wide as thick."""
    wide, thick = size
    return f"{thick:.2f}" if wide == 0 or math.isclose(wide, thick) else f"{wide:.2f} x {thick:.2f}"


def sides(section: Sec) -> tuple[float, float]:
    """Width and thickness in mm; a flat section that stands on its edge in its bar is turned."""
    turned = section.h > section.w and section.rise == section.dip == 0.0
    return (section.h, section.w) if turned else (section.w, section.h)


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
    wide, thick = sides(section)
    if section.dip == 0 and section.top == "arc" and section.rise > 0.6 * thick:
        return _pick("half-round wire", (wide, thick), practice, "roll or draw down")
    shaped = _shaping(section)
    if wide >= practice.strip_ratio * thick:
        return _shape(for_sheet(thick, practice, "sheet strip", wide), shaped)
    if math.isclose(wide, thick, rel_tol=0.02):
        return _shape(_pick("square wire", (wide, thick), practice, "roll down"), shaped)
    flat = _pick("flat wire", (wide, thick), practice, "roll down")
    strip = for_sheet(thick, practice, "sheet strip", wide)
    return _shape(strip if flat.ordered and not strip.ordered else flat, shaped)


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
    """Section of a stock in mm2; of a tube by its outside and wall."""
    wide, thick = size
    if form == "round wire":
        return math.pi / 4 * thick**2
    if form == "tube":
        return math.pi * (wide - thick) * thick
    if form == "half-round wire":
        return area_and_centroid(Sec(wide, thick, rise=min(thick, wide / 2)))[0]
    return wide * thick


def for_sheet(t: float, practice: Practice, form: str = "sheet", width: float = 0.0) -> Pick:
    """Sheet of thickness `t`; a strip of `width` is sawn from it."""
    best = _nearest(practice.shelf.items("sheet", sheet_thicknesses()), 0.0, t)
    return _picked((form, (width, t), (width, best.thickness)), best, practice, "roll down")


def for_bezel(height: float, t: float, practice: Practice) -> Pick:
    """Bezel strip of the thickness nearest to `t` and the next height that is sold, trimmed down to `height`."""
    known = fact("stock", "bezel.thickness_mm")
    own = practice.shelf.items("bezel strip", ())
    enough = [item for item in own if item.width >= height - EXACT]
    rows = {item.thickness for item in enough or own} or {*known.numbers}
    best = min(sorted(rows), key=lambda mm: abs(mm - t))
    if not own and best < t - EXACT:  # heavier than bezel strip is sold: sawn from sheet
        return for_sheet(t, practice, "sheet strip", height)
    highs = {item.width for item in enough if item.thickness == best} if own else bezel_heights()
    tall = min((mm for mm in highs if mm >= height - EXACT), default=0.0)
    if not tall:
        return _no_strip(height, t, practice, bool(own))
    words = [_down("roll down", (0.0, best), (0.0, t))] if abs(best - t) > EXACT else []
    words += [_trim(tall, height)] if tall > height + EXACT else []
    work = "; ".join(words) or "as sold"
    return Pick(
        "bezel strip",
        (height, t),
        (tall, best),
        gauge_words(best),
        work,
        "shop" if own else known.st,
    )


def _no_strip(height: float, t: float, practice: Practice, own: bool) -> Pick:
    """A wall higher than any strip: sawn from sheet, which a shop that lists strips may have to buy."""
    sheet = for_sheet(t, practice, "sheet strip", height)
    if not own:
        return sheet
    words = "no strip high enough on hand: order, or cut from sheet"
    return replace(sheet, work=words if sheet.work == "as sold" else f"{words}; {sheet.work}")


def bezel_heights() -> tuple[float, ...]:
    """The heights that the trade sells bezel strip in, mm."""
    return fact("stock", "bezel.heights_mm").numbers


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
    return _picked((form, wanted, (best.width, best.thickness)), best, practice, verb)


def _picked(
    sizes: tuple[str, tuple[float, float], tuple[float, float]],
    best: StockItem,
    practice: Practice,
    verb: str,
) -> Pick:
    """By form, wanted size and item: the pick of an item, or of the wanted size, to be ordered, when the nearest item is too thin or narrow."""
    form, wanted, item = sizes
    off = [have - want for have, want in zip(item, wanted, strict=True)]
    if min(off) < -EXACT:
        return to_order(form, wanted, best.standing)
    over = [much for much in off if much > EXACT]
    if over and verb == "roll down" and max(over) <= practice.sand_over:
        verb = SANDED
    work = _down(verb, item, wanted) if over else "as sold"
    return Pick(form, wanted, item, _gauge(form, item[1], best.gauge), work, best.standing)


def to_order(form: str, wanted: tuple[float, float], standing: str = "U") -> Pick:
    """Stock of the very size that is wanted, for none that is listed reaches it."""
    words = "none thick enough in stock: order, or cast a rod and roll"
    return Pick(form, wanted, wanted, _gauge(form, wanted[1], None), words, standing, ordered=True)


def _gauge(form: str, thick: float, sold: int | None) -> str:
    """The gauge an item is sold by, or the one that its thickness comes to; shaped wire goes by its mm."""
    if sold is not None:
        return f"{sold}"
    return gauge_words(thick) if form in {"round wire", "sheet", "sheet strip", "block"} else "-"


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


def _down(verb: str, item: tuple[float, float], wanted: tuple[float, float]) -> str:
    """What is done from which size to which; the thickness alone where the width stays."""
    if math.isclose(item[0], wanted[0]):
        return f"{verb} from {item[1]:.2f} to {wanted[1]:.2f} thick"
    return f"{verb} from {size_words(item)} to {size_words(wanted)}"


def _trim(high: float, wanted: float) -> str:
    return f"trim the strip from {high:.2f} to {wanted:.2f} high"


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
    return replace(pick, work=work, shaped=shaped)
