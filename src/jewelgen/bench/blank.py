"""A blank: the metal one part is made from, net and cut, with its allowances and the numbers behind it.

In: what `development` works out.  Out: `Blank`, frozen.  mm, mm3.
"""

from __future__ import annotations

from dataclasses import dataclass

from jewelgen.bench.figure import Allowance, Figure, Loss
from jewelgen.bench.stock import Pick
from jewelgen.flat.outline import Outline

Size = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """`n` equal blanks for part `part`. `sort` is strip, wire, sheet, tube or melt, or slit: cut from
    the ends of another part's blank, which is as long as both need.

    `net` after end filing, `cut` as sawn from the stock: (length,) for wires, (length, width) for strips and
    sheet; `worked` is the length of `cut` once it is drawn or rolled down, 0 for stock as it is sold.
    `area` is that of the wire's own section, mm2; `cut_mm3` the metal of one blank as it is issued, `losses` what
    of it the part does not hold; `work` brings the stock to its size before `forming`; `ticks` are marks along the length that is worked on;
    `pattern` is the outline to saw (flat pattern), `holes` lie in it;
    `points` are what is drilled, stones or the roots of slits, with the drill: (x, y, diameter).
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
    cut_mm3: float
    losses: tuple[Loss, ...] = ()
    edge: str = ""
    pattern: Outline | None = None
    holes: tuple[tuple[float, float, Outline], ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    points: tuple[tuple[float, float, float], ...] = ()
    area: float = 0.0
    worked: float = 0.0
    work: tuple[str, ...] = ()

    @property
    def net_mm3(self) -> float:
        """What the issue less its losses leaves for one part before cuts and joints, mm3."""
        return self.cut_mm3 - sum(loss.mm3 for loss in self.losses)

    @property
    def long(self) -> float:
        """The length that is marked and formed, mm: as cut, or as drawn or rolled down."""
        return self.worked or self.cut[0]

    def figure(self, name: str) -> Figure:
        """The figure called `name`; raises `KeyError` when there is none."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise KeyError(name)
