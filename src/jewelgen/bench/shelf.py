"""What a shop has on hand: bars, strips, tubes and sheets with their lengths, and its own solders.

In: rows of a shop file.  Out: `Shelf`, empty where the trade's lists of the catalog hold; mm, Celsius.
"""

from __future__ import annotations

from dataclasses import dataclass

from jewelgen.catalog.solders import Solder
from jewelgen.catalog.stock import StockItem


@dataclass(frozen=True, slots=True)
class Held:
    """`n` equal pieces of one item, `length` long; `width` of a sheet, 0 for the rest. mm."""

    item: StockItem
    length: float
    width: float = 0.0
    n: int = 1


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything on hand. A form without a row is bought from the trade's lists."""

    held: tuple[Held, ...] = ()
    solders: tuple[Solder, ...] = ()

    def items(self, form: str, trade: tuple[StockItem, ...]) -> tuple[StockItem, ...]:
        """The shop's items of a form, thinnest first; `trade` where the shop lists none."""
        own = {held.item for held in self.held if held.item.form == form}
        return tuple(sorted(own, key=lambda item: (item.thickness, item.width))) or trade

    def ladder(self, trade: tuple[Solder, ...]) -> tuple[Solder, ...]:
        """The solders of one family: the shop's where it lists any, else the trade's; hard first."""
        family = {solder.family for solder in trade}
        own = [solder for solder in self.solders if solder.family in family]
        return tuple(sorted(own, key=lambda solder: -solder.flow_c)) or trade


BARE = Shelf()
