"""Alloys: trade words to catalog ids, density, temperatures, fineness, with their facts.

In: `"sterling"`, `"18k white palladium"`, `"gold_14k_rose"`.  Out: `Alloy` (g/cm3, Celsius, per mille).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from jewelgen.catalog.facts import Fact, facts_at, table, unknown
from jewelgen.findings import did_you_mean

Span = tuple[float, float]
_CARAT = re.compile(r"\b(\d+)\s*(?:kt|ct|karat|carat|k)\b")


@dataclass(frozen=True, slots=True)
class Alloy:
    """One metal. Temperatures in Celsius, None where no figure stands; `rgb` is a hint for pictures.

    `family` is silver, gold, platinum, palladium or base. `facts` has every figure with its source
    under the key of the data file (`density_g_cm3`, `solidus_c`, ...).
    """

    id: str
    name: str
    family: str
    fineness: int
    density_g_cm3: float
    solidus_c: float | None
    liquidus_c: float | None
    pour_c: Span | None
    flask_c: Span | None
    anneal_c: Span | None
    rgb: tuple[int, int, int]
    composition: str
    aliases: tuple[str, ...]
    notes: str

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Every figure with source and standing."""
        return facts_at("alloys", "alloy", self.id)


def alloy(word: str) -> Alloy:
    """The alloy of an id or a trade word, in any case; `CatalogError` JG182 with the nearest word."""
    found = _words().get(_plain(word))
    if found is None:
        hint = did_you_mean(_plain(word), tuple(_offered()), "see: jewelgen list alloys")
        raise unknown("JG182", f"no alloy '{word}'", hint)
    return alloys()[found]


def alias_note(word: str) -> str:
    """What a word with a silent choice was taken for (`18k white: the nickel alloy ...`), else empty."""
    said: Mapping[str, str] = table("alloys")["said"]
    return said.get(_plain(word), "")


@cache
def alloys() -> Mapping[str, Alloy]:
    """All alloys by id."""
    rows = table("alloys")["alloy"]
    return MappingProxyType({name: _alloy(name) for name in rows})


def pattern_density(material: str) -> Fact:
    """Density in g/cm3 of a pattern material, `wax` or `resin`."""
    rows = table("alloys")["pattern"]
    if material not in rows:
        raise unknown("JG182", f"no pattern material '{material}'", did_you_mean(material, [*rows]))
    return facts_at("alloys", "pattern", material)["density_g_cm3"]


def _alloy(name: str) -> Alloy:
    raw = table("alloys")["alloy"][name]
    facts = facts_at("alloys", "alloy", name)
    red, green, blue = (int(part) for part in facts["rgb"].numbers)
    return Alloy(
        id=name,
        name=raw["name"],
        family=raw["family"],
        fineness=int(facts["fineness"].number),
        density_g_cm3=facts["density_g_cm3"].number,
        solidus_c=facts["solidus_c"].number if "solidus_c" in facts else None,
        liquidus_c=facts["liquidus_c"].number if "liquidus_c" in facts else None,
        pour_c=_span(facts.get("pour_c")),
        flask_c=_span(facts.get("flask_c")),
        anneal_c=_span(facts.get("anneal_c")),
        rgb=(red, green, blue),
        composition=str(facts["composition_pct"].v),
        aliases=tuple(raw["aliases"]),
        notes=raw.get("notes", ""),
    )


def _span(fact: Fact | None) -> Span | None:
    return None if fact is None else (fact.numbers[0], fact.numbers[-1])


def _plain(word: str) -> str:
    """Lower case, spaces for signs, `9 ct` and `9 karat` as `9k`, without a trailing `gold`."""
    text = re.sub(r"[\s_\-]+", " ", word.lower()).strip()
    text = _CARAT.sub(r"\1k", text)
    return re.sub(r"(?<=[a-z]) gold$|(?<=\dk) gold\b", "", text).strip() or text


@cache
def _words() -> Mapping[str, str]:
    rows = table("alloys")["alloy"]
    words = {_plain(name): name for name in rows}
    words |= {_plain(alias): name for name in rows for alias in rows[name]["aliases"]}
    return MappingProxyType(words)


@cache
def _offered() -> tuple[str, ...]:
    rows = table("alloys")["alloy"]
    return tuple(alias for name in rows for alias in rows[name]["aliases"])
