"""A blank: the metal one part is made from, net and cut, with its allowances and the numbers behind it.

In: what `development` works out.  Out: `Blank`, frozen.  mm, mm3.
"""

from __future__ import annotations

from dataclasses import dataclass

from jewelgen.bench.figure import Allowance, Figure
from jewelgen.bench.stock import Pick
from jewelgen.flat.outline import Outline

Size = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """`n` equal blanks for part `part`. `sort` is strip, wire, sheet, tube or melt, or slit: cut from
    the ends of another part's blank, which is as long as both need.

    `net` after end filing, `cut` as sawn: (length,) for wires, (length, width) for strips and sheet.
    `net_mm3` and `cut_mm3` are volumes of one blank; `ticks` are marks along the cut length;
    `pattern` is the outline to saw (flat pattern), `holes` lie in it;
    `points` are where stones are drilled for, with the drill: (x, y, diameter).
    """

    part: str
    n: int
    sort: str
    stock: Pick
    temper: str
    net: Size
    cut: Size
    allowances: tuple[Allowance, ...]
    figures: tuple[Figure, ...]
    forming: tuple[str, ...]
    net_mm3: float
    cut_mm3: float
    edge: str = ""
    pattern: Outline | None = None
    holes: tuple[tuple[float, float, Outline], ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    points: tuple[tuple[float, float, float], ...] = ()

    def figure(self, name: str) -> Figure:
        """The figure called `name`; raises `KeyError` when there is none."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise KeyError(name)
