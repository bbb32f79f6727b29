"""`[ask]`: what a customer may vary, read from its short and long forms.

In: `"US 4 .. US 9 by 1/4"`, lists of choices, `"0 | 1.2 .. 2.0"`, `"up to 24 letters"`, ranges of stones.
Out: `Ask`, which reads a customer's value or refuses it (`ValueError` in words), and knows its corners.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.sizes import RingSize, bore_mm, parse_size_steps
from jewelgen.catalog.stone_ranges import StoneRange, parse_stone_range
from jewelgen.catalog.stones import parse_stone
from jewelgen.findings import JewelgenError, Where, shortened
from jewelgen.units import finite, length_mm

LONG_KEYS = ("from", "to", "step", "choices", "default", "label", "group", "unit", "note")
MOST_CHOICES = 500
_LETTERS = re.compile(r"^\s*(?:up to\s+(\d{1,4})|(\d{1,4})\s*\.\.\s*(\d{1,4}))\s+letters?\s*$")
_NEAR = 1e-6
_FRACTION = re.compile(r"^(\d+)/(\d+)$")


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `least` to `most`, by `step` from `least` (0: any between)."""

    least: float
    most: float
    step: float = 0.0

    def holds(self, number: float) -> bool:
        """Whether a number is in the range and on a step."""
        if not self.least - _NEAR <= number <= self.most + _NEAR:
            return False
        steps = (number - self.least) / self.step if self.step else 0.0
        return abs(steps - round(steps)) < 1e-4


@dataclass(frozen=True, slots=True)
class LetterCount:
    """Texts of `least` to `most` characters."""

    least: int
    most: int


Choice = str | int | float | bool
Allowed = tuple[Choice, ...] | tuple[Range, ...] | tuple[RingSize, ...] | LetterCount | StoneRange


@dataclass(frozen=True, slots=True)
class Ask:
    """One open key: `sort` is choices, sizes, numbers, letters or stones; `text` as it was written."""

    key: str
    sort: str
    allowed: Any
    text: str
    where: Where = field(default_factory=Where)
    default: Any = None
    label: str = ""
    group: str = ""
    unit: str = ""
    note: str = ""

    def read(self, value: object) -> Any:
        """The value to put into the design; raises `ValueError` (or a catalog error) when it is not allowed."""
        if self.sort == "choices":
            return _choice(self, value)
        if self.sort == "sizes":
            return _size(self, value)
        if self.sort == "numbers":
            return _number(self, value)
        if self.sort == "letters":
            return _letters(self, value)
        if not isinstance(value, (str, Mapping)) or not self.allowed.holds(parse_stone(value)):
            raise ValueError(f"{value!r} is not {self.text}")
        return value

    def corners(self) -> tuple[Any, ...]:
        """Least and greatest, or every choice, as values an order could say."""
        if self.sort == "choices":
            return tuple(self.allowed)
        if self.sort == "sizes":
            return (self.allowed[0].label, self.allowed[-1].label)
        if self.sort == "numbers":
            ends = [end for item in self.allowed for end in (item.least, item.most)]
            return tuple(int(end) if end == int(end) else end for end in dict.fromkeys(ends))
        if self.sort == "letters":
            return ("M" * max(1, self.allowed.least), "M" * self.allowed.most)
        return tuple(
            _phrase(self.allowed, stone) for stone in (self.allowed.least, self.allowed.greatest)
        )


def _phrase(found: StoneRange, stone: Any) -> dict[str, Any]:
    species = "turquoise" if found.any_species else stone.species
    size = f"{stone.length:.4f}x{stone.width:.4f}"
    return {"cut": stone.cut, "of": species, "size": size}


def _choice(ask: Ask, value: object) -> Any:
    for item in ask.allowed:
        if type(item) is type(value) and item == value:
            return item
        if isinstance(item, str):
            if isinstance(value, str) and _same_words(ask.key, item, value.strip()):
                return item
        elif not isinstance(item, bool) and _as_float(value) == float(item):
            return item
    raise ValueError(f"{value!r} is not one of {ask.text}")


def _same_words(key: str, item: str, value: str) -> bool:
    """Equal but for case; of alloys any two words of one alloy."""
    if item.casefold() == value.casefold():
        return True
    if key.rpartition(".")[2] != "alloy":
        return False
    try:
        return alloy(item).id == alloy(value).id
    except JewelgenError:
        return False


def _size(ask: Ask, value: object) -> str:
    size = bore_mm(value)
    for item in ask.allowed:
        if abs(item.inner_diameter_mm - size.inner_diameter_mm) < 0.01:
            return size.label if size.system == item.system else str(item.label)
    raise ValueError(f"{value!r} is not {ask.text}")


def _as_float(value: object) -> float | None:
    """A number, also from the text of a CSV cell; None for anything else."""
    if isinstance(value, str):
        with suppress(ValueError):
            value = float(value) if len(value) <= 40 else value
    try:
        return length_mm(value) if isinstance(value, str) else finite(value)
    except ValueError:
        return None


def _number(ask: Ask, value: object) -> float:
    number = _as_float(value)
    if number is None or not any(item.holds(number) for item in ask.allowed):
        raise ValueError(f"{value!r} is not {ask.text}")
    return int(number) if number == int(number) else number


def _letters(ask: Ask, value: object) -> str:
    if not isinstance(value, str) or not ask.allowed.least <= len(value) <= ask.allowed.most:
        long = f" of {len(value)}" if isinstance(value, str) else ""
        raise ValueError(f"{shortened(value)!r}{long} is not {ask.text}")
    if not value.isprintable():
        raise ValueError("the text has control characters")
    return value


def is_long(table: Mapping[str, Any]) -> bool:
    """Whether a table under [ask] is the long form of one key rather than a table of keys."""
    return bool(table) and set(table) <= set(LONG_KEYS) and ("choices" in table or "from" in table)


def read_ask(key: str, written: object, where: Where) -> Ask:
    """An ask of the short form (text or list) or the long one; raises `ValueError` in words."""
    if isinstance(written, Mapping):
        return _long(key, written, where)
    if isinstance(written, list):
        return _choices(key, written, where)
    if not isinstance(written, str):
        raise ValueError(f'{written!r} is no range: write "3 .. 8 by 0.5" or a list')
    return _short(key, written.strip(), where)


def _choices(key: str, written: list[Any], where: Where) -> Ask:
    if not 0 < len(written) <= MOST_CHOICES:
        raise ValueError(f"a list has 1 to {MOST_CHOICES} choices")
    for item in written:
        if not isinstance(item, (str, int, float, bool)):
            raise ValueError(f"{item!r} is not a choice: write texts or numbers")
    text = ", ".join(str(item) for item in written)
    return Ask(key, "choices", tuple(written), text, where)


def _short(key: str, text: str, where: Where) -> Ask:
    if "..." in text or "\u2026" in text:
        raise ValueError(f"'{shortened(text)}' has three dots: a range has two, \"3 .. 8\"")
    letters = _LETTERS.match(text)
    if letters:
        least = int(letters[2] or 0)
        most = int(letters[1] or letters[3])
        if not least <= most <= 1000:
            raise ValueError(f"'{text}' runs backwards or too far")
        return Ask(key, "letters", LetterCount(least, most), text, where)
    ranges = _ranges(text)
    if ranges:
        return Ask(key, "numbers", ranges, text, where)
    if key == "size" or (key.endswith(".size") and text[:2].isalpha()):
        return Ask(key, "sizes", parse_size_steps(text), text, where)
    if ".." in text:
        return Ask(key, "stones", parse_stone_range(text), text, where)
    raise ValueError(f"'{text[:60]}' is no range: write \"3 .. 8 by 0.5\" or a list of choices")


def _ranges(text: str) -> tuple[Range, ...]:
    """The ranges of `"0 | 1.2 .. 2.0 by 0.1"`; empty when the text is about something else."""
    found = []
    for piece in text.split("|") if len(text) <= 120 else ():
        head, _, by = piece.partition(" by ")
        least, dots, most = head.partition("..")
        ends = _as_float(least.strip()), _as_float((most if dots else least).strip())
        step = _step(by.strip()) if by else 0.0
        if ends[0] is None or ends[1] is None or step is None:
            return ()
        if ends[0] > ends[1] or step < 0:
            raise ValueError(f"'{piece.strip()}' runs backwards")
        found.append(Range(ends[0], ends[1], step))
    return tuple(found)


def _step(text: str) -> float | None:
    parts = _FRACTION.match(text)
    if parts:
        return int(parts[1]) / int(parts[2]) if int(parts[2]) else None
    return _as_float(text)


def _long(key: str, written: Mapping[str, Any], where: Where) -> Ask:
    if "choices" in written:
        choices = written["choices"]
        ask = read_ask(key, choices if isinstance(choices, list) else [choices], where)
    else:
        if "to" not in written:
            raise ValueError("'from' needs its 'to'")
        by = f" by {written['step']}" if "step" in written else ""
        ask = read_ask(key, f"{written['from']} .. {written['to']}{by}", where)
    label, group, unit, note = (
        str(written.get(name, "")) for name in ("label", "group", "unit", "note")
    )
    default = written.get("default")
    return replace(ask, default=default, label=label, group=group, unit=unit, note=note)
