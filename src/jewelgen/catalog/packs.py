"""Rule packs: what one published house allows in a casting; chosen by name, never averaged.

In: a pack's name.  Out: `Limit`s; what a house does not publish is answered by `cautious`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from jewelgen.catalog.facts import Fact, as_fact, source, table, tables, unknown
from jewelgen.findings import did_you_mean

FOLDER = "packs/"
CAUTIOUS = "cautious"


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: its value (mm unless the key says), the pack that gives it, and the fact."""

    key: str
    value: float
    pack: str
    fact: Fact

    @property
    def source(self) -> str:
        """The words of its first source, or the reason of an unsourced value."""
        if self.fact.src:
            return source(FOLDER + self.pack, self.fact.src[0])
        return self.fact.note


@cache
def packs() -> tuple[str, ...]:
    """The names of all packs."""
    return tuple(name.removeprefix(FOLDER) for name in tables() if name.startswith(FOLDER))


def title(pack: str) -> str:
    """The house's name; `CatalogError` JG187 for a pack nobody knows."""
    return str(table(FOLDER + _known(pack))["name"])


@cache
def limit(key: str, pack: str = CAUTIOUS) -> Limit:
    """The limit `key` of a pack, or the cautious one; JG187 for an unknown pack or limit."""
    own = table(FOLDER + _known(pack))["limit"]
    if key in own:
        found = as_fact(own[key])
        return Limit(key, found.number, pack, found)
    cautious = table(FOLDER + CAUTIOUS)["limit"]
    if key not in cautious:
        raise unknown("JG187", f"no casting limit '{key}'", did_you_mean(key, [*cautious]))
    return limit(key, CAUTIOUS)


def limits(pack: str = CAUTIOUS) -> tuple[Limit, ...]:
    """Every limit as it holds under a pack, by key."""
    _known(pack)
    return tuple(limit(key, pack) for key in sorted(table(FOLDER + CAUTIOUS)["limit"]))


@cache
def not_judged() -> Mapping[str, str]:
    """Limits that no check measures, each with the reason."""
    return MappingProxyType(dict(table(FOLDER + CAUTIOUS)["not_judged"]))


def _known(pack: str) -> str:
    if pack not in packs():
        raise unknown("JG187", f"no rule pack '{pack}'", did_you_mean(pack, packs()))
    return pack
