"""The stock sheet: what to take from the drawer for all blanks together, a line for each kind of stock.

In: the cut list.  Out: `StockLine`s with the nearest item, how far it is off and the work that causes; mm, g.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jewelgen.bench.blank import Blank
from jewelgen.bench.cuts import CutLine
from jewelgen.bench.stock import Pick


@dataclass(frozen=True, slots=True)
class StockLine:
    """One stock for one or more blanks. `ids`: of the parts; `pieces`: blanks to cut; `length`: of all cuts with
    their kerfs, 0 for sheet and melt; `area`: mm2 of sheet, 0 for wire; `grams` issued.
    """

    alloy: str
    pick: Pick
    temper: str
    ids: tuple[str, ...]
    pieces: int
    length: float
    area: float
    grams: float

    @property
    def item(self) -> str:
        """The stock item's own size in mm; width is left out where the strip is sawn from sheet."""
        wide, thick = self.pick.item
        return f"{thick:.2f}" if wide in (0.0, thick) else f"{wide:.2f} x {thick:.2f}"

    @property
    def off(self) -> str:
        """Deviation of the item from the wanted size, in mm, by width and thickness."""
        wide, thick = self.pick.deviation
        return (
            f"{thick:+.2f}"
            if self.pick.item[0] in (0.0, self.pick.item[1])
            else f"{wide:+.2f} x {thick:+.2f}"
        )


def stock_lines(cuts: Iterable[CutLine], kerf: float) -> tuple[StockLine, ...]:
    """One line for all blanks of one alloy, form, size and temper, in the order of the cut list."""
    groups: dict[tuple[str, str, str, tuple[float, float], str], list[CutLine]] = {}
    for cut in cuts:
        pick = cut.blank.stock
        key = (cut.alloy, pick.form, pick.size, pick.item, cut.blank.temper)
        groups.setdefault(key, []).append(cut)
    return tuple(_line(rows, kerf) for rows in groups.values())


def _line(rows: list[CutLine], kerf: float) -> StockLine:
    first = rows[0]
    return StockLine(
        first.alloy, first.blank.stock, first.blank.temper, tuple(row.id for row in rows),
        sum(row.blank.n for row in rows if row.blank.sort != "slit"), sum(row.blank.n * (_run(row.blank) + kerf) for row in rows if _run(row.blank)),
        sum(row.blank.n * _area(row.blank) for row in rows), sum(row.issued_g for row in rows),
    )  # fmt: skip


def _run(blank: Blank) -> float:
    """Length taken off a wire, strip or tube, mm; 0 for sheet and melt."""
    return blank.cut[0] if blank.sort in {"wire", "strip", "tube"} else 0.0


def _area(blank: Blank) -> float:
    """Sheet taken, mm2; 0 for the rest."""
    return blank.cut[0] * blank.cut[1] if blank.sort == "sheet" and len(blank.cut) > 1 else 0.0
