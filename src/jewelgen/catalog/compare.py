"""Rule packs side by side: which houses publish a limit, and where they disagree.

In: packs, an alloy family, a process.  Out: `Row`s, one a limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jewelgen.catalog.facts import table
from jewelgen.catalog.packs import CAUTIOUS, FOLDER, Limit, limit, packs

Process = Literal["direct", "mold"]
_OF_METAL = {"silver": "silver_wall_min", "gold": "gold_wall_min"}
_MOST = "_max"  # keys of greatest values: the careful one is the least of them


@dataclass(frozen=True, slots=True)
class Row:
    """One limit: what each pack itself publishes (None where it is silent), in mm unless the key says."""

    key: str
    own: tuple[Limit | None, ...]

    @property
    def values(self) -> tuple[float, ...]:
        """The published values, in the order of the packs."""
        return tuple(item.value for item in self.own if item)

    @property
    def conflict(self) -> bool:
        """Whether two packs publish different values."""
        return len(set(self.values)) > 1

    @property
    def strictest(self) -> float:
        """The value that every pack of the row would pass."""
        return min(self.values) if _MOST in self.key else max(self.values)


def processes(pack: str) -> tuple[str, ...]:
    """The ways to the metal that a pack speaks of; `CatalogError` JG187 for a pack nobody knows."""
    limit("wall_min", pack)
    return tuple(table(FOLDER + pack)["process"])


def chosen(process: Process | None = None) -> tuple[str, ...]:
    """All packs that speak of a process, the cautious one first."""
    fits = [name for name in packs() if process is None or process in processes(name)]
    return tuple(sorted(fits, key=lambda name: (name != CAUTIOUS, name)))


def compare(names: tuple[str, ...], family: str = "") -> tuple[Row, ...]:
    """A row for every limit that one of `names` publishes, by key.

    `family`: of an alloy; walls of other metals are then left out. JG187 for a pack nobody knows.
    """
    other = {key for metal, key in _OF_METAL.items() if family and metal != family}
    keys = sorted(set(table(FOLDER + CAUTIOUS)["limit"]) - other)
    rows = (Row(key, tuple(_own(key, name) for name in names)) for key in keys)
    return tuple(row for row in rows if row.values)


def _own(key: str, name: str) -> Limit | None:
    found = limit(key, name)
    return found if found.pack == name else None
