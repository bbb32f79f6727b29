"""Which published limit holds for which measure, by pack and alloy, and how much breaking it weighs.

In: a sort of thin place and what is known.  Out: the catalog's `Limit` and its words.
"""

from __future__ import annotations

from dataclasses import dataclass

from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.facts import fact, source
from jewelgen.catalog.packs import limit
from jewelgen.checker.thickness import Sort
from jewelgen.findings import CatalogError, Severity

_WALLS = {"silver": "silver_wall_min", "gold": "gold_wall_min"}
PUBLISHED = frozenset({"S1", "S2"})  # standings of figures that somebody publishes
DOUBT = 0.03  # mm beside the mesh's chord: what rays and samples may be off


@dataclass(frozen=True, slots=True)
class Least:
    """A least measure in mm, the key and pack that give it, and the words of its source.

    `firm`: the pack that was asked for publishes it itself, and a source stands behind it.
    """

    value: float
    key: str
    pack: str
    source: str
    firm: bool = False

    def __str__(self) -> str:
        return f"at least {self.value:g} mm ({self.pack}: {self.key}; {self.source})"

    def weight(self, value: float, chord: float) -> Severity:
        """What `value` under the limit means: an error where the limit is firm and no measuring doubt explains it."""
        sure = self.value - value > DOUBT + 2 * chord
        return Severity.ERROR if self.firm and sure else Severity.WARNING


def of(key: str, pack: str, share: float = 1.0) -> Least:
    """A pack's limit, or a share of it."""
    found = limit(key, pack)
    firm = found.pack == pack and found.fact.st in PUBLISHED
    return Least(round(found.value * share, 4), key, found.pack, found.source, firm)


def wall(pack: str, alloy_id: str) -> Least:
    """The least wall for an alloy: a house's own for that metal, its own for any, else the cautious one."""
    try:
        family = alloy(alloy_id).family if alloy_id else ""
    except CatalogError:
        family = ""
    own, general = of(_WALLS.get(family, "wall_min"), pack), of("wall_min", pack)
    return own if own.pack == pack or general.pack != pack else general


def between_stones() -> Least:
    """The least metal between the seats of neighbouring stones; beads and graver close it."""
    found = fact("casting", "stones.stone_gap_least")
    said = source("casting", found.src[0]) if found.src else found.note
    return Least(found.number, "stone_gap_least", "casting", said)


def thinnest(sort: Sort, prong: bool, pack: str, alloy_id: str) -> Least:
    """The limit for a thin place; a prong may lose the share that its seat takes."""
    if sort == "relief":
        return of("engrave_width_min", pack)
    if sort == "hollow":
        return of("hollow_wall_min", pack)
    if prong:
        kept = 1.0 - limit("seat_in_prong_max_pct", pack).value / 100.0
        return of("prong_diameter_min", pack, kept)
    return of("element_min", pack) if sort == "wire" else wall(pack, alloy_id)
