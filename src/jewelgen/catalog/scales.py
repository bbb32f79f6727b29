"""The ten scales of ring sizes as data: number to diameter and back, labels, other people's tables.

In: `data/sizes.toml`.  Out: `Scale`. A scale is a straight line on the diameter or the circumference
(`measure = offset + slope * size`), or a table of whole sizes joined by straight lines.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any

from jewelgen.catalog.facts import as_fact, source, table, unknown
from jewelgen.findings import did_you_mean

Rows = tuple[tuple[float, float], ...]
_LETTER = re.compile(r"^([A-Za-z])\s*(?:\+\s*(\d+))?\s*(1/2|½|\.5|\s1/2)?$")
_MIXED = re.compile(r"^(\d+(?:\.\d+)?)(?:\s+(\d+/\d+)|([¼½¾]))?$")
_VULGAR = {"¼": 0.25, "½": 0.5, "¾": 0.75}
_PARTS = {0.25: " 1/4", 0.5: " 1/2", 0.75: " 3/4"}


@dataclass(frozen=True, slots=True)
class Line:
    """A published scale: a line (`offset`, `slope`) or `rows` of (size, measure), in mm."""

    around: bool
    offset: float = 0.0
    slope: float = 1.0
    rows: Rows = ()

    def diameter(self, number: float) -> float:
        """Inner diameter in mm of a size number; tables are joined by straight lines."""
        measure = _between(self.rows, number) if self.rows else self.offset + self.slope * number
        return measure / math.pi if self.around else measure

    def number(self, diameter: float) -> float:
        """The (fractional) size number of an inner diameter in mm."""
        measure = diameter * math.pi if self.around else diameter
        if self.rows:
            return _between(tuple((mm, size) for size, mm in self.rows), measure)
        return (measure - self.offset) / self.slope


@dataclass(frozen=True, slots=True)
class Other:
    """Another published table or formula for the same size names."""

    id: str
    line: Line
    source: str
    note: str

    def diameter(self, number: float) -> float | None:
        """Inner diameter in mm, or None when that table does not list the size."""
        if self.line.rows and all(abs(size - number) > 1e-9 for size, _ in self.line.rows):
            return None
        return self.line.diameter(number)


@dataclass(frozen=True, slots=True)
class Scale:
    """One system of ring sizes; `size_range` and `step` in size numbers, letters counted from A = 0."""

    id: str
    code: str
    codes: tuple[str, ...]
    name: str
    letters: bool
    decimals: bool
    line: Line
    size_range: tuple[float, float]
    step: float
    variants: tuple[Other, ...]
    traps: tuple[str, ...]

    def diameter(self, number: float) -> float:
        """Inner diameter in mm of a size number."""
        return self.line.diameter(number)

    def exact(self, diameter: float) -> float:
        """The fractional size number of a diameter in mm."""
        return self.line.number(diameter)

    def nearest(self, number: float) -> float:
        """The nearest size the system really has, within its range."""
        least, greatest = self.size_range
        stepped = least + round((number - least) / self.step) * self.step
        return min(max(stepped, least), greatest)

    def label(self, number: float, code: str = "") -> str:
        """The size as the trade writes it, with the system's code or another of its codes."""
        if self.letters:
            return f"{code or self.code} {_letter(number)}"
        return f"{code or self.code} {f'{number:g}' if self.decimals else _mixed(number)}"

    def read(self, text: str) -> float | None:
        """The number of a size text without its code, or None when it is none."""
        return _read_letter(text.strip()) if self.letters else _read_mixed(text.strip())

    @property
    def example(self) -> str:
        """Two sizes of the system, to show how they are written."""
        middle = self.nearest(sum(self.size_range) / 2)
        return f"'{self.label(middle)}' or '{self.label(self.nearest(middle + self.step))}'"


@cache
def scales() -> tuple[Scale, ...]:
    """All systems in the order of the data file."""
    raw = table("sizes")
    return tuple(_scale(name, raw[name]) for name in raw if name not in {"units", "sources"})


@cache
def codes() -> Mapping[str, Scale]:
    """Every word read as a system (upper case) and its scale."""
    return MappingProxyType({code: item for item in scales() for code in item.codes})


def scale(system: str) -> Scale:
    """The scale with catalog id or code `system`; `CatalogError` JG180 when there is none."""
    for item in scales():
        if system == item.id or system.upper() in item.codes:
            return item
    names = [item.id for item in scales()]
    raise unknown("JG180", f"no ring size system '{system}'", did_you_mean(system, names))


def fraction(text: str) -> float | None:
    """`"1/4"`, `"0.5"` or `"1"` as a number, None for anything else."""
    try:
        return float(Fraction(text)) if len(text) <= 12 else None
    except (ValueError, ZeroDivisionError):
        return None


def _scale(name: str, raw: Mapping[str, Any]) -> Scale:
    least, greatest = as_fact(raw["size_range"]).numbers
    return Scale(
        id=name,
        code=raw["code"],
        codes=tuple(raw["codes"]),
        name=raw["name"],
        letters=raw.get("letters", False),
        decimals=raw.get("decimals", False),
        line=_line(raw),
        size_range=(least, greatest),
        step=as_fact(raw["step"]).number,
        variants=tuple(_other(item) for item in raw.get("variant", ())),
        traps=tuple(raw.get("traps", ())),
    )


def _line(raw: Mapping[str, Any]) -> Line:
    around = raw["measure"] == "circumference"
    if "table_mm" in raw:
        return Line(around, rows=as_fact(raw["table_mm"]).pairs)
    return Line(around, as_fact(raw["offset_mm"]).number, as_fact(raw["slope_mm"]).number)


def _other(raw: Mapping[str, Any]) -> Other:
    rows = tuple((float(size), float(mm)) for size, mm in raw.get("table", ()))
    around = raw["measure"] == "circumference"
    line = Line(around, raw.get("offset", 0.0), raw.get("slope", 1.0), rows)
    words = "; ".join(source("sizes", key) for key in raw["src"])
    return Other(raw["id"], line, words, raw["note"])


def _between(rows: Rows, x: float) -> float:
    """Straight lines through sorted rows, carried on beyond both ends."""
    index = min(max(bisect_left([row[0] for row in rows], x), 1), len(rows) - 1)
    (x0, y0), (x1, y1) = rows[index - 1], rows[index]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def _mixed(number: float) -> str:
    whole = math.floor(number + 1e-9)
    part = _PARTS.get(round(number - whole, 6), "")
    return f"{whole}{part}" if part or abs(number - whole) < 1e-6 else f"{number:g}"


def _letter(number: float) -> str:
    whole = math.floor(number + 1e-9)
    half = " 1/2" if number - whole > 0.25 else ""
    name = chr(ord("A") + whole) if whole <= 25 else f"Z+{whole - 25}"
    return f"{name}{half if whole > 25 else half.strip()}"


def _read_mixed(text: str) -> float | None:
    match = _MIXED.match(text)
    if match is None:
        return None
    part = fraction(match[2]) if match[2] else _VULGAR.get(match[3] or "", 0.0)
    return None if part is None or part >= 1 else float(match[1]) + part


def _read_letter(text: str) -> float | None:
    match = _LETTER.match(re.sub(r"(\+\s*\d+)\.5$", r"\1 1/2", text))
    if match is None or (match[2] and match[1].upper() != "Z"):
        return None
    letter = ord(match[1].upper()) - ord("A")
    return letter + int(match[2] or 0) + (0.5 if match[3] else 0.0)
