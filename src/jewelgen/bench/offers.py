"""What is sold near a size that is not: the sizes a design may take so that nothing need be drawn, rolled or sanded.

In: a `Pick` that is worked down, a `Practice`.  Out: sizes wanted and sold, in mm, nearest first.
"""

from __future__ import annotations

from jewelgen.bench.practice import Practice
from jewelgen.bench.stock import EXACT, Pick
from jewelgen.catalog.facts import fact
from jewelgen.catalog.stock import StockItem, sheet_thicknesses, wires

FAR = 0.2  # of the size: beyond that it is another piece, not the same one of stock that is sold


def offers(pick: Pick, practice: Practice) -> tuple[tuple[float, float], ...]:
    """(wanted, sold) in mm of both dimensions that stock rules: the next size below and above, nearest first."""
    items = _items(pick.form, practice)
    sides = [(pick.wanted[1], {item.thickness for item in items})]
    if pick.form in {"flat wire", "half-round wire"}:
        sides.append((pick.wanted[0], {item.width for item in items}))
    found = [(wanted, sold) for wanted, listed in sides for sold in _beside(wanted, listed)]
    return tuple(sorted(found, key=lambda row: (abs(row[1] - row[0]) / row[0], row)))


def _beside(wanted: float, listed: set[float]) -> list[float]:
    """The next size below and the next above, where they are within `FAR`; to 0.01 mm."""
    below = max((mm for mm in listed if mm < wanted - EXACT), default=0.0)
    above = min((mm for mm in listed if mm > wanted + EXACT), default=0.0)
    return [round(mm, 2) for mm in (below, above) if mm and abs(mm - wanted) <= FAR * wanted]


def _items(form: str, practice: Practice) -> tuple[StockItem, ...]:
    """Everything that is sold, or on the shop's own shelf, of the form of a pick."""
    if form in {"sheet", "sheet strip", "block"}:
        return practice.shelf.items("sheet", sheet_thicknesses())
    if form == "bezel strip":
        known = fact("stock", "bezel.thickness_mm")
        trade = tuple(StockItem(form, 0.0, mm, standing=known.st) for mm in known.numbers)
        return practice.shelf.items(form, trade)
    if form.endswith(" wire"):
        return practice.shelf.items(form, wires(form.removesuffix(" wire")))
    return ()
