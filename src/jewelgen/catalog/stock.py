"""Stock a bench can buy: sheet, wire, tube, bezel strip, jump rings; gauges and nearest gauge.

In: a thickness in mm, a wire shape.  Out: `StockItem`, `Gauge` (B&S, by formula).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache

from jewelgen.catalog.facts import Fact, fact, table, unknown
from jewelgen.findings import did_you_mean
from jewelgen.units import bs_gauge_mm, mm_bs_gauge

FINEST, HEAVIEST = 36, 0
_PROFILES = {"half-round": "half_round_mm", "flat": "flat_mm"}
_SIDES = {"square": "square_mm", "triangle": "triangle_mm"}


@dataclass(frozen=True, slots=True)
class StockItem:
    """One form of stock in mm: `width` x `thickness` (round wire: both the diameter).

    Tube: `width` is the outside, `inside` the inside diameter. Jump ring: `inside` diameter, and
    wire `thickness`. `gauge` where it is sold by gauge; `standing` of the list it stands in.
    """

    form: str
    width: float
    thickness: float
    inside: float = 0.0
    gauge: int | None = None
    standing: str = "U"

    @property
    def label(self) -> str:
        """How a cut list names it."""
        if self.form == "tube":
            return f"tube {self.width:.2f}/{self.inside:.2f}"
        if self.form == "jump ring":
            return f"jump ring {self.inside:.2f} of {self.thickness:.2f} wire"
        gauge = f" ({self.gauge} ga)" if self.gauge is not None else ""
        if self.form == "sheet" or self.width == self.thickness:
            return f"{self.form} {self.thickness:.2f}{gauge}"
        return f"{self.form} {self.width:.2f} x {self.thickness:.2f}{gauge}"


@dataclass(frozen=True, slots=True)
class Gauge:
    """A B&S gauge: its thickness in mm, how far it is from what was asked, and usual work."""

    number: int
    mm: float
    difference_mm: float
    use: str


def nearest_gauge(mm: float) -> Gauge:
    """The whole B&S gauge (0 to 36) nearest to a thickness in mm; JG186 unless it is positive."""
    if not math.isfinite(mm) or mm <= 0:
        raise unknown("JG186", f"{mm:g} mm has no gauge", "write a thickness above 0")
    middle = round(mm_bs_gauge(mm))
    near = [min(max(number, HEAVIEST), FINEST) for number in (middle - 1, middle, middle + 1)]
    number = min(near, key=lambda gauge: abs(bs_gauge_mm(gauge) - mm))
    return gauge(number, mm)


def gauge(number: int, asked_mm: float | None = None) -> Gauge:
    """The B&S gauge `number`, by ASTM B258."""
    mm = bs_gauge_mm(number)
    uses = table("stock")["gauge"]["use"]
    use = str(fact("stock", f"gauge.use.{number}").v) if str(number) in uses else ""
    return Gauge(number, mm, mm - (mm if asked_mm is None else asked_mm), use)


@cache
def sheet_thicknesses() -> tuple[StockItem, ...]:
    """Sheet by gauge and by metric thickness, thinnest first."""
    gauges = fact("stock", "sheet.gauges")
    metric = fact("stock", "sheet.metric_thickness")
    by_gauge = [_by_gauge("sheet", number, gauges, 0.0) for number in gauges.numbers]
    by_mm = [StockItem("sheet", 0.0, mm, standing=metric.st) for mm in metric.numbers]
    return tuple(sorted(by_gauge + by_mm, key=lambda item: item.thickness))


@cache
def wires(shape: str) -> tuple[StockItem, ...]:
    """Wire of a shape (round, half-round, square, flat, triangle), thinnest first; JG186 otherwise."""
    form = f"{shape} wire"
    if shape == "round":
        gauges = fact("stock", "wire.round_gauges")
        found = [_by_gauge(form, number, gauges) for number in gauges.numbers]
    elif shape in _PROFILES:
        rows = fact("stock", f"wire.{_PROFILES[shape]}")
        found = [StockItem(form, wide, thick, standing=rows.st) for wide, thick in rows.pairs]
        found += [_halved(item) for item in _by_gauges(form, shape)]
    elif shape in _SIDES:
        sides = fact("stock", f"wire.{_SIDES[shape]}")
        found = [StockItem(form, side, side, standing=sides.st) for side in sides.numbers]
        found += _by_gauges(form, shape)
    else:
        shapes = ["round", *_PROFILES, *_SIDES]
        raise unknown("JG186", f"no wire of shape '{shape}'", did_you_mean(shape, shapes))
    return tuple(sorted(found, key=lambda item: (item.thickness, item.width)))


@cache
def tubes() -> tuple[StockItem, ...]:
    """Seamless tube by outside and inside diameter."""
    rows = fact("stock", "tube.od_id_mm")
    return tuple(
        StockItem("tube", outside, (outside - inside) / 2, inside, standing=rows.st)
        for outside, inside in rows.pairs
    )


def nearest_tube(outside: float, inside: float) -> StockItem:
    """The stock tube whose outside and inside are nearest (sum of both differences)."""
    return min(tubes(), key=lambda tube: abs(tube.width - outside) + abs(tube.inside - inside))


@cache
def bezel_strips() -> tuple[StockItem, ...]:
    """Bezel strip by height (`width`) and thickness."""
    rows = fact("stock", "bezel.height_thickness_mm")
    found = [StockItem("bezel strip", high, thick, standing=rows.st) for high, thick in rows.pairs]
    return tuple(sorted(found, key=lambda item: (item.thickness, item.width)))


@cache
def jump_rings() -> tuple[StockItem, ...]:
    """Jump rings: every stock inside diameter in every stock gauge."""
    gauges = fact("stock", "jump_ring.gauges").numbers
    inside = fact("stock", "jump_ring.id_mm")
    return tuple(
        StockItem("jump ring", mm + 2 * wire, wire, mm, int(number), inside.st)
        for mm in inside.numbers
        for number in gauges
        for wire in (bs_gauge_mm(number),)
    )


def nearest_item(items: tuple[StockItem, ...], width: float, thickness: float) -> StockItem:
    """The item nearest in width and thickness (sum of both differences, mm)."""
    return min(items, key=lambda item: abs(item.width - width) + abs(item.thickness - thickness))


def _by_gauges(form: str, shape: str) -> list[StockItem]:
    """Fine wire of a shape, for wrapping, that is sold by gauge."""
    if shape not in {"square", "half-round"}:
        return []
    gauges = fact("stock", f"wire.{shape.replace('-', '_')}_gauges")
    return [_by_gauge(form, number, gauges) for number in gauges.numbers]


def _halved(item: StockItem) -> StockItem:
    """Half-round wire of a gauge: as wide as round wire of that gauge, half as thick."""
    return replace(item, thickness=item.width / 2)


def _by_gauge(form: str, number: float, list_fact: Fact, width: float | None = None) -> StockItem:
    mm = bs_gauge_mm(number)
    return StockItem(form, mm if width is None else width, mm, 0.0, int(number), list_fact.st)
