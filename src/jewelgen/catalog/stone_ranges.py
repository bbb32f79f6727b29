"""Ranges of stones a customer may choose from: `"round diamond 5.0 .. 7.0 by 0.5"`.

In: a stone phrase whose size is a range, with `any` where every species will do.
Out: `StoneRange`, which knows whether a stone lies within it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jewelgen.catalog import cuts, gems
from jewelgen.catalog.facts import unknown
from jewelgen.catalog.phrases import read_size, without_size
from jewelgen.catalog.stones import StoneSpec, parse_stone
from jewelgen.units import finite

MOST_STEPS = 400
_RANGE = re.compile(r"^(.+?)\.\.(.+?)(?:\s+by\s+(\d+(?:\.\d+)?|\.\d+)\s*(?:mm|ct)?\s*)?$")
_ANY = re.compile(r"\bany\b", re.IGNORECASE)
_STAND_IN = "diamond"  # any species reads as one while the sizes are taken
_TOUCH = 1e-6


@dataclass(frozen=True, slots=True)
class StoneRange:
    """Stones of one cut from `least` to `greatest` in length and width; `any_species` of any gem.

    `steps` lists the stones of a stepped range; it is empty when every size between is allowed.
    """

    least: StoneSpec
    greatest: StoneSpec
    any_species: bool
    steps: tuple[StoneSpec, ...] = ()

    def holds(self, stone: StoneSpec) -> bool:
        """Whether the cut, the species and the plan size (length and width) are within."""
        if stone.cut != self.least.cut:
            return False
        if not self.any_species and stone.species != self.least.species:
            return False
        if self.steps:
            return any(_same(stone, step) for step in self.steps)
        return _within(self.least.length, stone.length, self.greatest.length) and _within(
            self.least.width, stone.width, self.greatest.width
        )

    @property
    def allowed(self) -> str:
        """The range in words, for a finding."""
        name = "any gem" if self.any_species else gems.species(self.least.species).name.lower()
        small, large = (f"{s.length:g} x {s.width:g}" for s in (self.least, self.greatest))
        count = f", {len(self.steps)} sizes" if self.steps else ""
        return f"{cuts.cut(self.least.cut).name}, {name}, {small} to {large} mm{count}"


def parse_stone_range(text: str) -> StoneRange:
    """The range of a phrase; `CatalogError` JG140 or JG141 as for stones, JG141 for a bad range."""
    match = _RANGE.match(text) if len(text) <= 160 else None
    if match is None:
        raise unknown("JG141", f"'{text[:60]}' is no range of stones", 'write "round ruby 3 .. 5"')
    any_species = _ANY.search(text) is not None
    first = _ANY.sub(_STAND_IN, match[1])
    words = without_size(first)
    last = f"{words} {match[2]}"
    if read_size(first)[0] != read_size(last)[0]:
        raise unknown(
            "JG141", f"'{text}' mixes millimetres and carats", "give both ends their unit"
        )
    least, greatest = parse_stone(first), parse_stone(last)
    if least.length > greatest.length or least.width > greatest.width:
        raise unknown("JG141", f"'{text}' runs backwards", "write the smaller stone first")
    steps = _steps(words, first, last, match[3]) if match[3] else ()
    return StoneRange(least, greatest, any_species, steps)


def _steps(words: str, first: str, last: str, by: str) -> tuple[StoneSpec, ...]:
    (unit, start), (_, end) = read_size(first), read_size(last)
    step = finite(float(by))
    if len(start) > 1 or len(end) > 1 or step <= 0:
        raise unknown("JG141", f"steps of {by} want one number at both ends")
    count = int((end[0] - start[0]) / step + _TOUCH)
    if count > MOST_STEPS:
        raise unknown("JG141", f"{count} steps are too many", f"no more than {MOST_STEPS}")
    return tuple(
        parse_stone(f"{words} {start[0] + index * step:.6f} {unit}") for index in range(count + 1)
    )


def _same(one: StoneSpec, other: StoneSpec) -> bool:
    return abs(one.length - other.length) < _TOUCH and abs(one.width - other.width) < _TOUCH


def _within(least: float, number: float, greatest: float) -> bool:
    return least - _TOUCH <= number <= greatest + _TOUCH
