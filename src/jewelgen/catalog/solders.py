"""Solders: the grades of a family or for an alloy, hard first, with their melting ranges.

In: a family (`"silver"`, `"gold_14k_white"`), an alloy id or a trade word.  Out: `Solder` (Celsius).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.facts import Fact, as_fact, facts_at, table, unknown
from jewelgen.findings import CatalogError, did_you_mean

_NOT_FAMILIES = frozenset({"rules", "platinum_rules", "gold_recipes", "serves", "sources", "units"})


@dataclass(frozen=True, slots=True)
class Solder:
    """One grade. `flow_c` where it runs, `melt_c` where it begins (None when only flow is known)."""

    family: str
    grade: str
    name: str
    melt_c: float | None
    flow_c: float
    fineness: int | None
    composition: str

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Every figure with source and standing."""
        return facts_at("solders", self.family, self.grade)


def grades(word: str) -> tuple[Solder, ...]:
    """All grades for a family or an alloy, the highest flow first; empty when it is not soldered.

    Raises `CatalogError` JG184 for a word that is neither.
    """
    if word in families():
        return _family(word)
    try:
        metal = alloy(word)
    except CatalogError:
        hint = did_you_mean(word, [*families()])
        raise unknown("JG184", f"no solder family or alloy '{word}'", hint) from None
    served = [name for name, ids in table("solders")["serves"].items() if metal.id in ids]
    return _family(served[0]) if served else ()


def usable(word: str) -> tuple[Solder, ...]:
    """The grades for an alloy that flow far enough below its solidus (`parent_margin_min_c`)."""
    solidus = alloy(word).solidus_c
    margin = as_fact(table("solders")["rules"]["parent_margin_min_c"]).number
    if solidus is None:
        return grades(word)
    return tuple(item for item in grades(word) if item.flow_c <= solidus - margin)


@cache
def families() -> tuple[str, ...]:
    """The names of all solder families."""
    return tuple(name for name in table("solders") if name not in _NOT_FAMILIES)


@cache
def _family(name: str) -> tuple[Solder, ...]:
    rows = table("solders")[name]
    found = [_solder(name, grade) for grade in rows]
    return tuple(sorted(found, key=lambda item: -item.flow_c))


def _solder(family: str, grade: str) -> Solder:
    raw = table("solders")[family][grade]
    facts = facts_at("solders", family, grade)
    return Solder(
        family=family,
        grade=grade,
        name=raw["name"],
        melt_c=facts["melt_c"].number if "melt_c" in facts else None,
        flow_c=facts["flow_c"].number,
        fineness=int(facts["fineness"].number) if "fineness" in facts else None,
        composition=str(facts["composition_pct"].v) if "composition_pct" in facts else "",
    )
