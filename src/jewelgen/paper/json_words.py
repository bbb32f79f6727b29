"""The few words of JSON Schema that our files need.

In: shapes.  Out: plain data (JSON Schema 2020-12).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Shape = Mapping[str, Any]
TEXT: Shape = {"type": "string"}
NUMBER: Shape = {"type": "number"}
COUNT: Shape = {"type": "integer"}
FLAG: Shape = {"enum": [True, False]}
ANY: Shape = {"type": ["object", "array", "string", "number", "boolean", "null"]}
OPEN: Shape = {"type": ["object", "null"]}
NUMBERS: Shape = {"type": "array", "items": NUMBER}
TEXTS: Shape = {"type": "array", "items": TEXT}


def obj(properties: Shape, optional: Shape | None = None) -> dict[str, Any]:
    """An object with exactly these keys; `optional` ones may lack."""
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        "additionalProperties": False,
    }


def many(items: Shape) -> dict[str, Any]:
    """A list of equal things."""
    return {"type": "array", "items": items}


def maybe(kind: str) -> dict[str, Any]:
    """A value that may be null."""
    return {"type": [kind, "null"]}


def table(value: Shape) -> dict[str, Any]:
    """An object whose keys are names."""
    return {"type": "object", "additionalProperties": value}


def words(*keys: str) -> dict[str, Shape]:
    """Texts under these keys."""
    return dict.fromkeys(keys, TEXT)


def numbers(*keys: str) -> dict[str, Shape]:
    """Numbers under these keys."""
    return dict.fromkeys(keys, NUMBER)


def document(title: str, shape: Shape) -> dict[str, Any]:
    """A schema with its head."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **shape}


def stage() -> dict[str, Any]:
    """One stage of a chain: its shrinkage and where the figure comes from."""
    return obj({**words("stage", "source"), "shrink_pct": NUMBER})


def task() -> dict[str, Any]:
    """What is done to a casting by hand."""
    said = words("name", "verb", "on", "place", "text", "font")
    return obj({**said, "n": COUNT, **numbers("tall_mm", "deep_mm", "mm3")})


def allowance() -> dict[str, Any]:
    """What is left for file and polish, by face class."""
    return obj(numbers("outside", "inside", "textured", "unreachable", "prong", "bore"))


def weights() -> dict[str, Any]:
    """Grams of one casting."""
    return obj(numbers("resin", "wax", "raw_casting", "finished", "metal_to_order"))


def waiver() -> dict[str, Any]:
    """A code that may fail, where (everywhere when empty), and why."""
    return obj(words("code", "place", "reason"))
