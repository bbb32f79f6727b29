"""Gem cuts: outline, proportions and weight factors, one data file a cut.

In: `"round brilliant"`, `"oval cab"`.  Out: `Cut`; a new file in `data/cuts` is a new cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from types import MappingProxyType

from jewelgen.catalog.facts import Fact, facts_at, table, tables, unknown
from jewelgen.catalog.gems import plain
from jewelgen.findings import did_you_mean

FOLDER = "cuts/"


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut. `outline`: round, oval, box, octagon, cushion, pear, marquise, heart or trillion.

    `family`: faceted, cabochon or rose. Percentages are of the width: whole depth, girdle, crown,
    pavilion (crown and pavilion 0 where there is none); `length_over_width` is the usual ratio.
    """

    id: str
    name: str
    outline: str
    family: str
    length_over_width: float
    depth_pct: float
    girdle_pct: float
    crown_pct: float
    pavilion_pct: float
    mean_diameter: bool
    aliases: tuple[str, ...]

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Every proportion with source and standing (`table_pct`, `crown_angle_deg`, `k`, ...)."""
        return facts_at(FOLDER + self.id)

    @property
    def square(self) -> bool:
        """Whether one number says its size (length and width alike, or nearly)."""
        return self.length_over_width <= 1.05

    def proportion(self, key: str) -> float:
        """A proportion by its key; `CatalogError` JG185 when the cut has none of that name."""
        facts = self.facts
        if key not in facts:
            raise unknown("JG185", f"{self.name} has no '{key}'", did_you_mean(key, [*facts]))
        return facts[key].number

    def diamond_factor(self, ratio: float) -> float:
        """Carats per mm3 of length x width x depth for diamond; tables by length/width are joined."""
        facts = self.facts
        if "k_diamond" in facts:
            return facts["k_diamond"].number
        if "k_diamond_by_ratio" in facts:
            return _between(facts["k_diamond_by_ratio"].pairs, ratio)
        return facts["k"].number * DIAMOND_SG


DIAMOND_SG = 3.52  # the density the trade's diamond factors carry within them


@lru_cache(maxsize=512)
def cut(word: str) -> Cut:
    """The cut of an id or trade word; `CatalogError` JG140 with the nearest word."""
    found = words().get(plain(word))
    if found is None:
        hint = did_you_mean(plain(word), [*words()], "see: jewelgen list cuts")
        raise unknown("JG140", f"no cut '{word}'", hint)
    return cuts()[found]


@cache
def cuts() -> Mapping[str, Cut]:
    """All cuts by id."""
    names = [name.removeprefix(FOLDER) for name in tables() if name.startswith(FOLDER)]
    return MappingProxyType({name: _cut(name) for name in names})


@cache
def words() -> Mapping[str, str]:
    """Every word read as a cut (plain) and its id."""
    named = {plain(name): name for name in cuts()}
    return MappingProxyType(
        named | {plain(alias): name for name, item in cuts().items() for alias in item.aliases}
    )


def _cut(name: str) -> Cut:
    raw = table(FOLDER + name)
    facts = facts_at(FOLDER + name)

    def figure(key: str) -> float:
        return facts[key].number if key in facts else 0.0

    return Cut(
        id=name,
        name=raw["name"],
        outline=raw["outline"],
        family=raw["family"],
        length_over_width=figure("length_over_width"),
        depth_pct=figure("depth_pct"),
        girdle_pct=figure("girdle_pct"),
        crown_pct=figure("crown_pct"),
        pavilion_pct=figure("pavilion_pct"),
        mean_diameter=raw.get("mean_diameter", False),
        aliases=tuple(raw["aliases"]),
    )


def _between(rows: tuple[tuple[float, float], ...], x: float) -> float:
    """Straight lines through sorted rows; the end values beyond them."""
    if x <= rows[0][0]:
        return rows[0][1]
    for (x0, y0), (x1, y1) in pairwise(rows):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return rows[-1][1]
