"""What a plan finds wrong with its own stock and metal: JG501 and JG508 stock that is not sold, JG512 a balance that is not.

In: the cut list and the weights.  Out: findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.bench.cuts import CutLine
from jewelgen.bench.weights import Weights
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
            yield Finding(
                "JG501", f"no tube {form.od:.2f}/{form.id:.2f} in stock", where, Severity.WARNING,
                hint=f"{stock.work}; use it, or make a wall of strip", fix=_sold(line.part, stock.item),
            )  # fmt: skip
        elif not stock.as_sold and stock.work != stock.trimmed:
            yield Finding(
                "JG508",
                f"{line.id}: no {stock.form} {stock.size} in stock",
                where,
                Severity.NOTE,
                hint=stock.work,
            )


def _sold(part: str, item: tuple[float, float]) -> Fix | None:
    """The tube that is sold, (outside, wall) in mm, as both keys of a tube setting's table; None for other tubes."""
    outside, wall = item
    table = f"{{ od = {outside:g}, id = {outside - 2 * wall:.4g} }}"
    return Fix(part, table) if part.endswith(".tube") else None


def balance_findings(weights: Weights) -> Iterator[Finding]:
    """JG512: a blank and its part that do not hold the same metal once all losses are named."""
    for row in weights.parts:
        off = row.unplaced_g
        if abs(off) > UNPLACED * row.issued_g:
            yield Finding(
                "JG512", f"{row.part}: {abs(off):.2f} g of the issue are {'too little' if off < 0 else 'not accounted for'}",
                Where(key=row.part), hint="blank and part differ: this is a fault of ours, please report it",
            )  # fmt: skip
