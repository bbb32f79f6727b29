"""The JSON Schema of plan.json, from the heads of its tables.

In: nothing.  Out: plain data (JSON Schema 2020-12). The version of the schema stands in the file as `schema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jewelgen.bench.plan import SCHEMA
from jewelgen.paper.data_file import is_number
from jewelgen.paper.tables import CUT_HEAD, JOINT_HEAD, RULE_HEAD, SETTING_HEAD, STOCK_HEAD

TEXT: Mapping[str, Any] = {"type": "string"}
NUMBER: Mapping[str, Any] = {"type": "number"}
COUNT: Mapping[str, Any] = {"type": "integer"}
TEXTS: Mapping[str, Any] = {"type": "array", "items": TEXT}
NUMBERS: Mapping[str, Any] = {"type": "array", "items": NUMBER}
COUNTED = frozenset({"n", "places", "chips", "depth", "reheats", "pieces"})


def plan_schema() -> dict[str, Any]:
    """Every key of plan.json, with its type; lengths in mm, areas in mm2, volumes in mm3, metal in g."""
    properties = {
        "schema": {"const": SCHEMA}, "job": _ticket(), "name": TEXT, "piece": {"enum": ["ring", "pendant"]},
        "alloy": TEXT, "size": TEXT, "inner_diameter_mm": NUMBER, "digest": TEXT, "heats": COUNT, "minutes": NUMBER,
        "cut_list": _list(_cut()), "components": _list(_component()),
        "bought": _list(_object({"name": TEXT, "text": TEXT, "n": COUNT})),
        "joints": _list(_row(JOINT_HEAD)),
        "settings": _list(_row(SETTING_HEAD, {"figures": _list(_figure())})),
        "stone_rules": _list(_row(RULE_HEAD)), "steps": _list(_step()), "layout": _list(_layout()),
        "stock": _list(_row(STOCK_HEAD)), "weights": {"type": "object", "additionalProperties": NUMBER},
        "weighings": _list(_object({"when": TEXT, "expected_g": NUMBER})),
        "accepted": _list(_object({"id": TEXT, "what": TEXT, "low": NUMBER, "high": NUMBER, "unit": TEXT})),
        "checks": TEXTS, "care_card": TEXTS, "marks": TEXTS, "notes": TEXTS,
        "findings": _list(_object({"code": TEXT, "severity": TEXT, "message": TEXT, "hint": TEXT})),
    }  # fmt: skip
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"jewelgen plan.json, version {SCHEMA}",
        **_object(properties),
    }


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object with exactly these keys."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _row(head: Iterable[str], more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A row of a table: numbers under keys that end in a unit (null where there is none), counts, words."""
    return _object({key: _cell(key) for key in head} | dict(more or {}))


def _cell(key: str) -> Mapping[str, Any]:
    if is_number(key):
        return {"type": ["number", "null"]}
    return {"type": ["integer", "string"]} if key in COUNTED else {"type": ["string", "number"]}


def _figure() -> dict[str, Any]:
    inputs = {"type": "object", "additionalProperties": NUMBER}
    words = {"name": TEXT, "value": NUMBER, "unit": TEXT, "formula": TEXT}
    return _object({**words, "inputs": inputs, "source": TEXT})


def _cut() -> dict[str, Any]:
    allowance = _object({"name": TEXT, "mm": NUMBER, "axis": TEXT})
    return _row(
        CUT_HEAD,
        {
            "net_mm": NUMBERS, "cut_mm": NUMBERS, "issued_g": NUMBER, "net_mm3": NUMBER,
            "allowances": _list(allowance), "ticks_mm": _list({"type": "array"}), "forming": TEXTS,
            "figures": _list(_figure()),
        },
    )  # fmt: skip


def _component() -> dict[str, Any]:
    words = dict.fromkeys(("id", "part", "sort", "alloy", "why"), TEXT)
    return _object({**words, "n": COUNT, "parts": TEXTS, "finished_g": NUMBER})


def _step() -> dict[str, Any]:
    words = dict.fromkeys(("phase", "text", "tool", "target", "tolerance", "check"), TEXT)
    return _object({"n": COUNT, "ids": TEXTS, "minutes": NUMBER, **words})


def _ticket() -> dict[str, Any]:
    words = dict.fromkeys(("job", "customer", "due", "note"), TEXT)
    return _object({**words, "qty": COUNT})


def _layout() -> dict[str, Any]:
    """One stock with its bars or sheets."""
    sheet = _object({
        "length_mm": NUMBER, "width_mm": NUMBER, "keep_mm": NUMBERS,
        "places": _list(_object({"id": TEXT, "edge_mm": _list(NUMBERS)})),
    })  # fmt: skip
    bar = _object({"length_mm": NUMBER, "cuts_mm": _list({"type": "array"}), "keep_mm": NUMBER})
    made = _object({"alloy": TEXT, "stock": TEXT, "not_on_hand": TEXTS, "sheets": _list(sheet)})
    made["properties"] |= {
        "method": TEXT,
        "used_mm": NUMBER,
        "bound_mm": NUMBER,
        "bars": _list(bar),
    }
    return made
