"""The JSON Schema of plan.json, from the heads of its tables.

In: nothing.  Out: plain data (JSON Schema 2020-12). The version of the schema stands in the file as `schema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jewelgen.bench.plan import SCHEMA
from jewelgen.paper.data_file import is_number
from jewelgen.paper.json_words import COUNT, NUMBER, NUMBERS, TEXT, TEXTS, document, many, obj
from jewelgen.paper.tables import CUT_HEAD, JOINT_HEAD, RULE_HEAD, SETTING_HEAD, STOCK_HEAD

COUNTED = frozenset({"n", "places", "chips_each", "depth", "reheats", "pieces"})


def plan_schema() -> dict[str, Any]:
    """Every key of plan.json, with its type; lengths in mm, areas in mm2, volumes in mm3, metal in g."""
    properties = {
        "schema": {"const": SCHEMA}, "job": _ticket(), "name": TEXT, "piece": {"enum": ["ring", "pendant"]},
        "alloy": TEXT, "size": TEXT, "inner_diameter_mm": NUMBER, "digest": TEXT, "heats": COUNT, "minutes": NUMBER,
        "cut_list": many(_cut()), "components": many(_component()),
        "bought": many(obj({"name": TEXT, "text": TEXT, "n": COUNT})),
        "joints": many(_row(JOINT_HEAD)),
        "settings": many(_row(SETTING_HEAD, {"figures": many(_figure())})),
        "marking_strips": many(_strip()),
        "stone_rules": many(_row(RULE_HEAD)), "steps": many(_step()), "layout": many(_layout()),
        "stock": many(_row(STOCK_HEAD)), "weights": {"type": "object", "additionalProperties": NUMBER},
        "weighings": many(obj({"when": TEXT, "expected_g": NUMBER})),
        "accepted": many(obj({"id": TEXT, "what": TEXT, "low": NUMBER, "high": NUMBER, "unit": TEXT})),
        "checks": TEXTS, "care_card": TEXTS, "facts": many({"type": "array"}), "marks": TEXTS, "notes": TEXTS,
        "findings": many(obj({"code": TEXT, "severity": TEXT, "message": TEXT, "hint": TEXT})),
    }  # fmt: skip
    return document(f"jewelgen plan.json, version {SCHEMA}", obj(properties))


def _row(head: Iterable[str], more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A row of a table: numbers under keys that end in a unit (null where there is none), counts, words."""
    return obj({key: _cell(key) for key in head} | dict(more or {}))


def _cell(key: str) -> Mapping[str, Any]:
    if is_number(key):
        return {"type": ["number", "null"]}
    return {"type": ["integer", "string"]} if key in COUNTED else {"type": ["string", "number"]}


def _figure() -> dict[str, Any]:
    inputs = {"type": "object", "additionalProperties": NUMBER}
    words = {"name": TEXT, "value": NUMBER, "unit": TEXT, "formula": TEXT}
    return obj({**words, "inputs": inputs, "source": TEXT})


def _cut() -> dict[str, Any]:
    allowance = obj({"name": TEXT, "mm": NUMBER, "axis": TEXT})
    loss = obj({"name": TEXT, "mm3": NUMBER, "sort": TEXT})
    return _row(
        CUT_HEAD,
        {
            "net_mm": NUMBERS, "cut_mm": NUMBERS, "issued_g": NUMBER, "net_mm3": NUMBER, "worked_mm": NUMBER,
            "losses": many(loss), "allowances": many(allowance), "ticks_mm": many({"type": "array"}), "forming": TEXTS,
            "figures": many(_figure()),
        },
    )  # fmt: skip


def _strip() -> dict[str, Any]:
    spot = {
        "stone": TEXT,
        "number": COUNT,
        "along_mm": NUMBER,
        "across_mm": NUMBER,
        "drill_mm": NUMBER,
    }
    size = {"id": TEXT, "part": TEXT, "long_mm": NUMBER, "tall_mm": NUMBER}
    return obj({**size, "spots": many(obj(spot))})


def _component() -> dict[str, Any]:
    words = dict.fromkeys(("id", "part", "sort", "alloy", "why"), TEXT)
    return obj({**words, "n": COUNT, "parts": TEXTS, "finished_g": NUMBER})


def _step() -> dict[str, Any]:
    words = dict.fromkeys(("phase", "text", "tool", "target", "tolerance", "check"), TEXT)
    return obj({"n": COUNT, "ids": TEXTS, "minutes": NUMBER, **words})


def _ticket() -> dict[str, Any]:
    words = dict.fromkeys(("job", "customer", "due", "note"), TEXT)
    return obj({**words, "qty": COUNT})


def _layout() -> dict[str, Any]:
    """One stock with its bars or sheets."""
    sheet = obj({
        "length_mm": NUMBER, "width_mm": NUMBER, "keep_mm": NUMBERS, "rest_mm": NUMBERS,
        "places": many(obj({"id": TEXT, "edge_mm": many(NUMBERS)})),
    })  # fmt: skip
    bar = obj({"length_mm": NUMBER, "cuts_mm": many({"type": "array"}), "keep_mm": NUMBER})
    made = obj({"alloy": TEXT, "stock": TEXT, "not_on_hand": TEXTS, "sheets": many(sheet)})
    made["properties"] |= {
        "method": TEXT,
        "used_mm": NUMBER,
        "bound_mm": NUMBER,
        "bars": many(bar),
    }
    return made
