"""The caster's order book: of all orders built together how many of which size, in which metal; set by Typst.

In: the `casting.json` of each piece.  Out: data, PDF bytes. mm, grams. No kernel.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any, cast

import typst

from jewelgen.paper.document import EPOCH, PAPERS, font_folder

SCHEMA = "jewelgen.casting-orders/1"
SAME = ("name", "body", "alloy_name", "route", "scale_words", "mold", "size")


def orders_data(sheets: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Every master of every order, and their sums by size and by metal."""
    jobs = [_job(sheet, master) for sheet in sheets for master in sheet["masters"]]
    return {"schema": SCHEMA, "metals": _metals(jobs), "sizes": _sizes(jobs), "jobs": jobs}


def _job(sheet: Mapping[str, Any], master: Mapping[str, Any]) -> dict[str, Any]:
    (asked,) = sheet["quantities"]
    said = ("body", "alloy_name", "route", "scale_words", "pieces", "metal_g")
    return {
        "id": sheet["order"]["id"], "customer": sheet["order"]["customer"], "due": sheet["order"]["due"],
        "name": sheet["name"], "mold": sheet["mold"], "size": asked["size"],
        "raw_bore_mm": asked["raw_bore_mm"], "bore_mm": asked["bore_mm"],
        "raw_g": master["weights_g"]["raw_casting"], "files": list(master["files"]),
        **{key: master[key] for key in said},
    }  # fmt: skip


def _sizes(jobs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Equal castings together: the same piece, metal, route, mold and size."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for job in jobs:
        row = found.setdefault(
            tuple(str(job[key]) for key in SAME),
            {**{key: job[key] for key in (*SAME, "raw_bore_mm", "bore_mm")}, "pieces": 0, "jobs": []},
        )  # fmt: skip
        row["pieces"] += job["pieces"]
        row["jobs"].append(f"{job['id'] or job['name']}: {job['pieces']}")
    return sorted(found.values(), key=lambda row: (row["name"], row["body"], row["alloy_name"], row["bore_mm"] or 0.0))  # fmt: skip


def _metals(jobs: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for job in jobs:
        fresh = {"alloy_name": job["alloy_name"], "pieces": 0, "raw_g": 0.0, "metal_g": 0.0}
        row = found.setdefault(job["alloy_name"], fresh)
        row["pieces"] += job["pieces"]
        row["raw_g"] = round(row["raw_g"] + job["pieces"] * job["raw_g"], 2)
        row["metal_g"] = round(row["metal_g"] + job["metal_g"], 2)
    return [found[key] for key in sorted(found)]


def orders_pdf(data: Mapping[str, Any], paper: str) -> bytes:
    """The order book on paper."""
    source = resources.files("jewelgen.paper").joinpath("data", "orders.typ").read_bytes()
    said = json.dumps({**data, "paper": PAPERS[paper]}, ensure_ascii=False).encode()
    made = typst.compile(
        cast("Any", {"main.typ": source, "data.json": said}), format="pdf",
        font_paths=[str(font_folder())], ignore_system_fonts=True, timestamp=EPOCH,
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected")
    return made
