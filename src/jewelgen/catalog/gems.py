"""Gem species: density, hardness, index, colour hint, and what heat and cleaning they bear.

In: `"garnet"`, `"lapis lazuli"`.  Out: `Species`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from jewelgen.catalog.facts import Fact, facts_at, table, unknown
from jewelgen.findings import did_you_mean


@dataclass(frozen=True, slots=True)
class Species:
    """A gem species. `sg` in g/cm3; `mohs` and `ri` least and greatest; `rgba` a hint for pictures.

    `heat`: torch_ok_with_care, risky or no_torch, with `heat_note`; `ultrasonic`, `steam`, `pickle`:
    yes, with_care or no.
    """

    id: str
    name: str
    sg: float
    mohs: tuple[float, float]
    ri: tuple[float, float]
    rgba: tuple[float, float, float, float]
    heat: str
    heat_note: str
    ultrasonic: str
    steam: str
    pickle: str
    aliases: tuple[str, ...]

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Every figure with source and standing."""
        return facts_at("gems", "gem", self.id)


def species(word: str) -> Species:
    """The species of an id, name or alias; `CatalogError` JG140 with the nearest word."""
    found = words().get(plain(word))
    if found is None:
        hint = did_you_mean(plain(word), [*words()], "see: jewelgen list gems")
        raise unknown("JG140", f"no gem species '{word}'", hint)
    return all_species()[found]


def alias_note(word: str) -> str:
    """What a word with a silent choice was taken for (`garnet: almandine`), else empty."""
    said: Mapping[str, str] = table("gems")["said"]
    return said.get(plain(word), "")


@cache
def all_species() -> Mapping[str, Species]:
    """All species by id."""
    return MappingProxyType({name: _species(name) for name in table("gems")["gem"]})


@cache
def words() -> Mapping[str, str]:
    """Every word read as a species (plain) and its id."""
    rows = table("gems")["gem"]
    named = {plain(name): name for name in rows}
    return MappingProxyType(
        named | {plain(alias): name for name in rows for alias in rows[name]["aliases"]}
    )


def plain(word: str) -> str:
    """Lower case, one space between words, no underscores or hyphens."""
    return " ".join(word.lower().replace("_", " ").replace("-", " ").split())


def _species(name: str) -> Species:
    raw = table("gems")["gem"][name]
    facts = facts_at("gems", "gem", name)
    red, green, blue, opacity = facts["rgba"].numbers
    return Species(
        id=name,
        name=raw["name"],
        sg=facts["sg_g_cm3"].number,
        mohs=_pair(facts["mohs"]),
        ri=_pair(facts["ri"]),
        rgba=(red, green, blue, opacity),
        heat=str(facts["heat"].v),
        heat_note=facts["heat"].note,
        ultrasonic=str(facts["ultrasonic"].v),
        steam=str(facts["steam"].v),
        pickle=str(facts["pickle"].v),
        aliases=tuple(raw["aliases"]),
    )


def _pair(fact: Fact) -> tuple[float, float]:
    return fact.numbers[0], fact.numbers[-1]
