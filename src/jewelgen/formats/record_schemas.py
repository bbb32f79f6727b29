"""The JSON Schemas of manifest.json and check.json. In: nothing. Out: plain data.

The version stands in the files as `schema`. Lengths in mm, volumes in mm3, weights in g, places in the finished
piece but for `masters`, which are as their files are.
"""

from __future__ import annotations

from typing import Any

from jewelgen.formats.manifest import SCHEMA
from jewelgen.paper.json_words import (
    ANY,
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
    table,
    task,
    waiver,
    weights,
    words,
)

CHECKS = 1  # version of check.json
SEVERITY = {"enum": ["error", "warning", "note"]}


def check_schema() -> dict[str, Any]:
    """Every key of check.json."""
    row = obj({
        **words("code", "check", "unit", "allowed", "where", "note", "waived"), "severity": SEVERITY, "passed": FLAG,
        "measured": maybe("number"), "shortfall": NUMBER, "places_mm": many(NUMBERS),
        "point_mm": {"type": ["array", "null"], "items": NUMBER},
    })  # fmt: skip
    file = obj({
        **words("file", "role"), "ok": FLAG, "triangles": COUNT, "extents_mm": NUMBERS, "volume_mm3": NUMBER,
        "bore_mm": maybe("number"), "volume_once_mm3": maybe("number"), "body": TEXT, "checks": many(row),
    })  # fmt: skip
    shape = {"schema": {"const": CHECKS}, "pack": TEXT, "files": many(file)}
    return document(
        f"jewelgen check.json, version {CHECKS}", obj({**shape, "accepted": many(waiver())})
    )


def manifest_schema() -> dict[str, Any]:
    """Every key of manifest.json; `values` are the design's own blocks, `order`, `mold`, `shop` where there are any."""
    file = obj({**words("path", "role", "body", "sha256"), "bytes": COUNT})
    whole = {
        "schema": {"const": SCHEMA}, **words("name", "design", "made", "alloy", "size", "digest", "mold_digest", "quality", "inputs"),
        "piece": {"enum": ["ring", "pendant"]}, **numbers("bore_mm", "chord_mm"),
        "understood": many(obj(words("key", "written", "as"))), "values": table(ANY),
        "changes": many(obj(words("key", "base", "now"))), "bodies": many(_body()), "stones": many(_stone()),
        "places": {"type": "object"}, "masters": many(_master()), "findings": many(_finding()),
        "versions": table(TEXT), "accepted": many(waiver()), "files": many(file),
    }  # fmt: skip
    order = obj({**words("id", "customer", "set", "due", "note"), "qty": COUNT})
    rest = {
        "order": order,
        "mold": obj({"same": FLAG, "words": TEXT}),
        "shop": obj(words("name", "digest")),
    }
    return document(f"jewelgen manifest.json, version {SCHEMA}", obj(whole, rest))


def _body() -> dict[str, Any]:
    return obj({
        **words("name", "alloy", "made"), "parts": TEXTS, "solids": COUNT, **numbers("volume_mm3", "weight_g"),
        "extents_mm": NUMBERS, "proof_mm3": _proof(),
    })  # fmt: skip


def _proof() -> dict[str, Any]:
    said = {key: maybe("number") for key in ("predicted", "brep")}
    return obj({**said, **numbers("fine_mesh", "chords", "fillets")})


def _stone() -> dict[str, Any]:
    sizes = numbers("length_mm", "width_mm", "depth_mm", "carats", "carats_formula")
    return obj({**words("name", "cut", "species", "grip"), "n": COUNT, **sizes})


def _master() -> dict[str, Any]:
    said = words("body", "alloy", "scaled_words")
    shape = {
        **said, "parts": TEXTS, "route": {"enum": ["direct", "mold"]}, "scaled": FLAG,
        **numbers("scale", "scale_needed", "shrink_total_pct", "volume_mm3"), "stages": many(stage()),
        "allowance_mm": allowance(), "after_casting": many(task()), "extents_mm": NUMBERS, "weights_g": weights(),
        "sprue": {"type": "object"}, "detail_mm": many(NUMBERS), "proof_mm3": _proof(),
    }  # fmt: skip
    return obj(shape, {"mold": OPEN})


def _finding() -> dict[str, Any]:
    said = words("code", "message", "file", "key", "allowed", "hint")
    return obj({**said, "severity": SEVERITY, "line": COUNT, "column": COUNT, "fix": OPEN})
