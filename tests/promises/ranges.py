"""Values of parameters from their annotations: ends, usual ones, any of them; nothing here names a kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from jewelgen.findings import JewelgenError
from jewelgen.spec import Between, Count, Deg, Letters, Number, OneOf, Parsed, Rule

# What a parsed parameter may be offered beside the examples of its own annotation, in this order.
PHRASES: tuple[Any, ...] = (
    "round diamond 1.3", "round diamond 0.25 ct", "round diamond 1.00 ct", "round diamond 3.00 ct",
    "oval sapphire 8x6", "pear diamond 8x5", "marquise diamond 10x5", "princess diamond 5",
    "emerald emerald 7x5", "cushion diamond 6", "baguette diamond 4x2", "trillion diamond 5",
    "oval cab turquoise 10x8x4", "oval cab turquoise 6x4x2.5", "oval cab turquoise 30x22x8",
    "round cab onyx 6", True, False, "disc 12", "oval 12x8", "box 12x8", 1.0, "Ab",
)  # fmt: skip
QUOTED = re.compile(r'"([^"]+)"')


def suits(rule: Parsed, value: object) -> bool:
    """Whether the reader of a parsed parameter accepts a value."""
    try:
        rule.read(value)
    except (ValueError, JewelgenError):
        return False
    return True


def _examples(text: str) -> Iterator[Any]:
    """What an annotation shows: the whole as a value of TOML, or the words it quotes."""
    with suppress(tomllib.TOMLDecodeError):
        yield tomllib.loads(f"value = {text}")["value"]
    yield from QUOTED.findall(text)


@cache
def phrases(rule: Parsed) -> tuple[Any, ...]:
    """Values a parsed parameter accepts: its own written examples first, then those of the pool."""
    found = [v for v in (*_examples(rule.write), *PHRASES) if suits(rule, v)]
    assert found, f"no phrase for '{rule.help}' ({rule.write}): add one to PHRASES"
    return tuple(found)


def written(rule: Rule, number: float) -> Any:
    """A number as a design writes it."""
    if isinstance(rule, Deg):
        return f"{number:.4f} deg"
    return round(number) if isinstance(rule, Count) else round(number, 4)


def ends(rule: Rule) -> tuple[Any, ...]:
    """The least and the greatest, or every word, that a rule allows."""
    match rule:
        case Number():
            return (written(rule, rule.least), written(rule, rule.most))
        case OneOf():
            return rule.words
        case Letters():
            return ("M" * rule.least, "M" * rule.most)
        case Between():
            return (rule.least, rule.most, f"{rule.least} .. {rule.most}")
        case Parsed():
            return phrases(rule)


def usual(rule: Rule) -> Any:
    """A value in the middle of what a rule allows: the geometric mean of a size's ends."""
    match rule:
        case Number():
            low, high = rule.least, rule.most
            return written(rule, (low * high) ** 0.5 if low > 0 else (low + high) / 2)
        case Between():
            return (rule.least * rule.most) ** 0.5
        case Letters():
            return ("Ab" * rule.least)[: max(rule.least, min(2, rule.most))]
        case _:
            return ends(rule)[0]


def any_of(rule: Rule) -> st.SearchStrategy[Any]:
    """Any value a rule allows."""
    match rule:
        case Number():
            return st.floats(rule.least, rule.most).map(lambda x: written(rule, x))
        case Between():
            return st.floats(rule.least, rule.most)
        case Letters():
            return st.text("AMilg \u00e9\u0416-", min_size=rule.least, max_size=min(rule.most, 24))
        case _:
            return st.sampled_from(ends(rule))


def anywhere(rule: Rule, random: Random) -> Any:
    """A value that a rule allows, from a seeded choice."""
    match rule:
        case Number():
            return written(rule, random.uniform(rule.least, rule.most))
        case Between():
            return random.uniform(rule.least, rule.most)
        case _:
            return random.choice(ends(rule))
