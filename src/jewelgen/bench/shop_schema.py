"""The JSON Schema of shop files, from the words that the reader knows.

In: nothing.  Out: plain data (JSON Schema 2020-12).
"""

from __future__ import annotations

from typing import Any

from jewelgen.bench.practice import Rates, Tolerances
from jewelgen.bench.shop import FORMS, GRADES, habits, names
from jewelgen.bench.shop_casting import ALLOWANCES, CHOICES, ROUTES, STAGES
from jewelgen.bench.shop_check import MOST
from jewelgen.bench.tools import KINDS, RANGES
from jewelgen.catalog.choices import DRAIN
from jewelgen.catalog.facts import facts_at
from jewelgen.catalog.packs import packs
from jewelgen.catalog.solders import families

_NUMBER = {"type": "number", "minimum": 0, "maximum": MOST}


def shop_schema() -> dict[str, Any]:
    """The schema: every key of a shop file, its default, and the reason of that default."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "jewelgen shop file",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "name": {"type": "string"},
            "pack": {"enum": list(packs())},
            "practice": _figures("practice", habits()),
            "rates": _figures("rates", names(Rates)),
            "tolerance": _figures("tolerance", names(Tolerances)),
            "stock": _closed({form: _rows(form) for form in FORMS}),
            "tools": _closed({kind: _sizes(kind) for kind in KINDS}),
            "solder": {"type": "array", "items": _solder()},
            "casting": _closed(_casting()),
            "coupon": {"type": "array", "items": _coupon()},
        },
    }


def _casting() -> dict[str, Any]:
    left = {key: {**_NUMBER, "description": words} for key, words in ALLOWANCES.items()}
    drain = {
        **_NUMBER,
        "maximum": DRAIN[1],
        "description": "hole that drains a hollow, mm; 0 for none",
    }
    return {**left, **{key: {"enum": list(words)} for key, words in CHOICES.items()}, "drain": drain}  # fmt: skip


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _figures(table: str, known: tuple[str, ...]) -> dict[str, Any]:
    facts = facts_at("bench_rules", table)
    return _closed(
        {
            key: {**_NUMBER, "default": facts[key].number, "description": facts[key].note}
            for key in known
        }
    )


def _rows(form: str) -> dict[str, Any]:
    words = ", ".join(FORMS[form])
    n = len(FORMS[form])
    row = {"type": "array", "items": _NUMBER, "minItems": n, "maxItems": n + 1}
    return {"type": "array", "items": row, "description": f"[{words}] in mm, and how many"}


def _sizes(kind: str) -> dict[str, Any]:
    row: dict[str, Any] = {"type": "array", "items": {**_NUMBER, "exclusiveMinimum": 0}}
    if kind in RANGES:
        ends = f"{KINDS[kind].word}: least and greatest size, mm"
        return {**row, "minItems": 2, "maxItems": 2, "description": ends}
    return {**row, "description": f"{KINDS[kind].word}: the sizes at hand, mm"}


def _solder() -> dict[str, Any]:
    words: dict[str, Any] = {
        "family": {"enum": list(families())},
        "grade": {"enum": list(GRADES)},
        "name": {"type": "string"},
        "flow_c": _NUMBER,
        "melt_c": _NUMBER,
        "fineness": _NUMBER,
    }
    return {**_closed(words), "required": ["family", "grade", "flow_c"]}


def _coupon() -> dict[str, Any]:
    words: dict[str, Any] = {
        "stage": {"enum": list(STAGES)},
        "before": {**_NUMBER, "description": "a length of the test piece before the stage, mm"},
        "after": {**_NUMBER, "description": "the same length after it, mm"},
        "route": {"enum": list(ROUTES)},
        "alloy": {"type": "string"},
    }
    return {**_closed(words), "required": ["stage", "before", "after"]}
