"""One fact: a value, where it comes from and how well it stands; and the reader of the data files.

In: the TOML files of `catalog/data`, read as UTF-8 on first use.  Out: `Fact`, or a raw table.
Standing: S2 two or more sources agree, S1 one source, D derived from a sourced figure,
U unverified (then `note` says why it is used all the same).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from jewelgen.findings import CatalogError, Finding, did_you_mean

Value = float | int | str | bool | tuple["Value", ...]
STANDINGS = ("S2", "S1", "D", "U")


@dataclass(frozen=True, slots=True)
class Fact:
    """A value (`v`), its source keys, standing, the spread of the sources and a short note."""

    v: Value
    src: tuple[str, ...]
    st: str
    range: tuple[float, float] | None = None
    note: str = ""

    @property
    def number(self) -> float:
        """The value as a number; `CatalogError` JG185 when it is a list or a word."""
        if isinstance(self.v, bool) or not isinstance(self.v, (int, float)):
            raise unknown("JG185", f"{self.v!r} is not one number")
        return float(self.v)

    @property
    def numbers(self) -> tuple[float, ...]:
        """The value as a row of numbers; a single number is a row of one."""
        row = self.v if isinstance(self.v, tuple) else (self.v,)
        return tuple(Fact(cell, self.src, self.st).number for cell in row)

    @property
    def pairs(self) -> tuple[tuple[float, float], ...]:
        """The value as rows of two numbers (`[[x, y], ...]` in the file)."""
        if not isinstance(self.v, tuple):
            raise unknown("JG185", f"{self.v!r} is not a table of pairs")
        rows = (Fact(row, self.src, self.st).numbers for row in self.v)
        return tuple((row[0], row[1]) for row in rows)


def unknown(code: str, message: str, hint: str = "") -> CatalogError:
    """A `CatalogError` with one finding."""
    return CatalogError(Finding(code, message, hint=hint))


def frozen(value: Any) -> Value:
    """TOML lists as tuples, all the way down, so that facts hash."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    if isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"{type(value).__name__} is no value of a fact")


def is_fact(entry: object) -> bool:
    """Whether a TOML entry is written `{ v = ..., st = ... }`."""
    return isinstance(entry, Mapping) and "v" in entry


def as_fact(entry: Mapping[str, Any]) -> Fact:
    """A `Fact` from its TOML entry."""
    spread = entry.get("range")
    return Fact(
        v=frozen(entry["v"]),
        src=tuple(entry.get("src", ())),
        st=entry["st"],
        range=(float(spread[0]), float(spread[1])) if spread else None,
        note=entry.get("note", ""),
    )


def _data() -> Traversable:
    return resources.files("jewelgen.catalog").joinpath("data")


@cache
def tables() -> tuple[str, ...]:
    """The names of all data files, folders with a slash (`cuts/round`), sorted."""
    names = []
    for entry in _data().iterdir():
        if entry.is_dir():
            names += [
                f"{entry.name}/{leaf.name[:-5]}" for leaf in entry.iterdir() if _is_toml(leaf)
            ]
        elif _is_toml(entry):
            names.append(entry.name[:-5])
    return tuple(sorted(names))


def _is_toml(entry: Traversable) -> bool:
    return entry.name.endswith(".toml")


@cache
def table(name: str) -> Mapping[str, Any]:
    """The whole data file `name`, read only; `CatalogError` JG185 when there is none."""
    if name not in tables():
        raise unknown("JG185", f"no table '{name}'", did_you_mean(name, tables()))
    path = _data()
    for part in f"{name}.toml".split("/"):
        path = path.joinpath(part)
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))


@cache
def fact(name: str, key: str) -> Fact:
    """The fact at a dotted `key` of table `name`, e.g. `fact("bench_rules", "flush.max_stone")`.

    Raises `CatalogError` JG185 for an unknown table, JG185 for an unknown key, with the nearest.
    """
    here: Any = table(name)
    for step in key.split("."):
        if not isinstance(here, Mapping) or step not in here:
            raise unknown("JG185", f"no fact '{key}' in {name}", did_you_mean(key, keys(name)))
        here = here[step]
    if not is_fact(here):
        under = [path for path in keys(name) if path.startswith(f"{key}.")]
        raise unknown("JG185", f"'{key}' in {name} is a table", f"it holds {', '.join(under[:12])}")
    return as_fact(here)


def walk(entry: object, path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every `{ v = ... }` under `entry` with its dotted path."""
    if not isinstance(entry, Mapping):
        return
    if is_fact(entry):
        yield path, entry
        return
    for step, below in entry.items():
        yield from walk(below, f"{path}.{step}" if path else step)


@cache
def keys(name: str) -> tuple[str, ...]:
    """All dotted keys of table `name` that hold a fact."""
    return tuple(path for path, _ in walk(table(name)))


def facts_of(entry: Mapping[str, Any]) -> Mapping[str, Fact]:
    """The facts that stand directly in `entry`, by key."""
    return MappingProxyType({key: as_fact(raw) for key, raw in entry.items() if is_fact(raw)})


@cache
def facts_at(name: str, *path: str) -> Mapping[str, Fact]:
    """The facts directly under a known `path` of table `name`, read once."""
    here = table(name)
    for step in path:
        here = here[step]
    return facts_of(here)


def source(name: str, key: str) -> str:
    """The full words of a source key of table `name`; `CatalogError` JG185 when there is none."""
    known: Mapping[str, str] = table(name).get("sources", {})
    if key not in known:
        raise unknown("JG185", f"no source '{key}' in {name}", did_you_mean(key, list(known)))
    return known[key]
