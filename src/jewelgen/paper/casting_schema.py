"""The JSON Schema of casting.json. In: nothing. Out: plain data; the version stands in the file as `schema`."""

from __future__ import annotations

from typing import Any

from jewelgen.paper.casting_page import SCHEMA
from jewelgen.paper.json_words import (
    COUNT,
    FLAG,
    NUMBER,
    NUMBERS,
    OPEN,
    TEXT,
    TEXTS,
    allowance,
    document,
    many,
    maybe,
    numbers,
    obj,
    stage,
    task,
    weights,
    words,
)


def casting_schema() -> dict[str, Any]:
    """Every key of casting.json; lengths in mm, weights in g."""
    return document(
        f"jewelgen casting.json, {SCHEMA}",
        obj({
            "schema": {"const": SCHEMA}, **words("name", "revision", "mold"),
            "order": obj(words("id", "customer", "due", "note")),
            "quantities": many(_quantity()), "made_here": TEXTS, "masters": many(_master()),
            "stones": _stones(), "checks": _checks(),
        }),
    )  # fmt: skip


def _quantity() -> dict[str, Any]:
    return obj({
        "size": TEXT, "bore_mm": maybe("number"), "tolerance_mm": maybe("number"),
        "raw_bore_mm": {"type": ["array", "null"], "items": NUMBER}, "pieces": COUNT,
    })  # fmt: skip


def _master() -> dict[str, Any]:
    said = words(
        "body",
        "alloy",
        "alloy_name",
        "route_words",
        "scale_words",
        "finish_words",
        "remake",
        "print_words",
    )
    return obj({
        **said, "route": {"enum": ["direct", "mold"]}, "files": TEXTS, "parts": TEXTS, "scaled": FLAG,
        **numbers("density_g_cm3", "scale", "scale_needed", "metal_g"), "pieces": COUNT, "bodies": COUNT, "castings": COUNT,
        "stages": many(stage()), "allowance_mm": allowance(), "after_casting": many(task()),
        "critical": many(_critical()), "weights_g": weights(),
        "weight_ranges_g": obj({"raw": NUMBERS, "finished": NUMBERS}), "sprue": _sprue(), "mold": OPEN,
    })  # fmt: skip


def _critical() -> dict[str, Any]:
    at = obj({"stage": TEXT, **numbers("least_mm", "likely_mm", "most_mm")})
    kind = {"enum": ["bore", "width", "thickness", "free"]}
    return obj({"what": TEXT, "kind": kind, "faces": TEXTS, "finished_mm": NUMBER, "stages": many(at)})  # fmt: skip


def _sprue() -> dict[str, Any]:
    gate = obj({"at_mm": NUMBERS, **numbers("d_mm", "metal_mm")})
    return obj({"in_file": FLAG, **numbers("length_mm", "root_d_mm"), "gates": many(gate), "doubts": TEXTS})  # fmt: skip


def _stones() -> dict[str, Any]:
    row = obj({**words("name", "cut", "species"), "n": COUNT, **numbers("length_mm", "width_mm")})
    return obj({"in_place": FLAG, "seats": {"enum": ["cast", "open"]}, "words": TEXT, "rows": many(row)})  # fmt: skip


def _checks() -> dict[str, Any]:
    said = words("file", "code", "check", "unit", "allowed", "where", "waived")
    row = obj({**said, "measured": maybe("number")})
    return obj({"pack": TEXT, "passed": COUNT, "of": COUNT, "notes": COUNT, "open": many(row)})
