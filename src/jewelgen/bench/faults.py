"""What a plan finds wrong with its own stock and metal: JG501 and JG508 stock that is not sold, JG512 a balance that is not.

In: the cut list and the weights.  Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.bench.cuts import CutLine
from jewelgen.bench.stock import EXACT
from jewelgen.bench.weights import Weights
from jewelgen.catalog.facts import fact
from jewelgen.catalog.stock import StockItem, tubes
from jewelgen.findings import Finding, Fix, Severity, Where
from jewelgen.piece.form import Tube
from jewelgen.piece.piece import Piece

UNPLACED = 0.02  # of the metal issued: what the formulas of a blank and of its form may differ by


def stock_findings(piece: Piece, lines: tuple[CutLine, ...]) -> Iterator[Finding]:
    """JG501: a tube that nobody sells, with the nearest. JG508: stock that is worked to its size, or ordered."""
    forms = {part.name: part.form for part in piece.parts}
    for line in lines:
        stock = line.blank.stock
        where = Where(key=line.part)
        form = forms.get(line.part)  # None for sheet that is laid on
        if isinstance(form, Tube) and not stock.as_sold:
            sold = _sold(piece, line.part, form)
            said = f"{sold.label} is sold and holds the stone" if sold else stock.work
            yield Finding(
                "JG501", f"no tube {form.od:.2f}/{form.id:.2f} in stock", where, Severity.WARNING,
                hint=f"{said}; use it, or make a wall of strip",
                fix=Fix(line.part, f"{{ od = {sold.width:g}, id = {sold.inside:g} }}") if sold else None,
            )  # fmt: skip
        elif not stock.as_sold and stock.work != stock.trimmed:
            yield Finding(
                "JG508",
                f"{line.id}: no {stock.form} {stock.size} in stock",
                where,
                Severity.NOTE,
                hint=stock.work,
            )


def _sold(piece: Piece, part: str, form: Tube) -> StockItem | None:
    """Of the tubes that hold a setting's stone as they are sold, the nearest; None for other tubes."""
    widths = [stone.width for stone in piece.stones if part in stone.held_by]
    if not widths or not part.endswith(".tube"):  # the setting's own table of that name
        return None
    over = fact("stock", "tube.od_over_stone_mm").numbers
    under = fact("stock", "tube.id_under_stone_mm").numbers
    holding = [
        tube
        for tube in tubes()
        if tube.width >= max(widths) + over[0] - EXACT
        and tube.inside <= min(widths) - under[0] + EXACT
    ]
    away = {tube: abs(tube.width - form.od) + abs(tube.inside - form.id) for tube in holding}
    return min(holding, key=lambda tube: away[tube]) if holding else None


def balance_findings(weights: Weights) -> Iterator[Finding]:
    """JG512: a blank and its part that do not hold the same metal once all losses are named."""
    for row in weights.parts:
        off = row.unplaced_g
        if abs(off) > UNPLACED * row.issued_g:
            yield Finding(
                "JG512", f"{row.part}: {abs(off):.2f} g of the issue are {'too little' if off < 0 else 'not accounted for'}",
                Where(key=row.part), hint="blank and part differ: this is a fault of ours, please report it",
            )  # fmt: skip
