"""The caster's sheet: what is sent, in which state, what it shall measure and weigh; set by Typst.

In: the manifest's content, the checks, critical measures, a drawing, pictures.  Out: the row for `casting.json`,
and PDF bytes. No kernel.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, cast

import typst

from jewelgen.cast.critical import Critical
from jewelgen.cast.stages import Span
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.facts import fact
from jewelgen.paper.document import EPOCH, PAPERS, font_folder
from jewelgen.paper.drawing import Sheet

SCHEMA = "jewelgen.casting/1"
COUPON = "measured coupon"  # how a shop's own figures are called in a chain
ROUTES = {
    "direct": "direct: the print is invested and burnt out, one casting a print",
    "mold": "mold: the print is molded, waxes are injected from the mold",
}
SEATS = {False: "Seats are cast.", True: "Seats are left to the setter."}
REMAKE = {
    "direct": "A pattern or a pour that fails is printed again from the same file. No mold is kept: agree beforehand who bears it.",
    "mold": "A wax or a pour that fails is injected again from the mold. Keep the print: a second mold is cut from it.",
}


def casting_row(
    content: Mapping[str, Any],
    checks: Mapping[str, Any],
    measures: Mapping[str, tuple[Sequence[Critical], Mapping[str, Span]]],
    files: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """Everything the caster needs as plain data; `measures` and `files` by the name of the master's body.

    Lengths in mm, weights in grams.
    """
    order = content.get("order", {})
    quantity = int(order.get("qty", 1))
    tasks = [task for row in content["masters"] for task in row["after_casting"]]
    open_ = any(task["verb"].startswith("cut ") for task in tasks)
    loose = {row["name"]: int(row["solids"]) for row in content["bodies"]}
    return {
        "schema": SCHEMA, "name": content["name"], "revision": str(content["digest"])[:12],
        "order": {key: order.get(key, "") for key in ("id", "customer", "due", "note")},
        "mold": content.get("mold", {}).get("words", ""),
        "quantities": [_quantity(content, measures, quantity)],
        "made_here": [row["name"] for row in content["bodies"] if row["made"] == "handmade"],
        "masters": [
            _master(row, *measures[row["body"]], list(files.get(row["body"], ())), quantity)
            | {"finish_words": _finish(row, measures[row["body"]][0], content)}
            | {"bodies": loose[row["body"]], "castings": quantity * loose[row["body"]]}
            for row in content["masters"]
        ],
        "stones": {
            "in_place": False, "seats": "open" if open_ else "cast",
            "words": "No stone is cast in place; all are set after casting. " + SEATS[open_],
            "rows": [{key: row[key] for key in ("name", "cut", "species", "n", "length_mm", "width_mm")} for row in content["stones"]],
        },
        "checks": _checks(checks),
    }  # fmt: skip


def _master(
    row: Mapping[str, Any],
    measured: Sequence[Critical],
    weights: Mapping[str, Span],
    files: list[str],
    quantity: int,
) -> dict[str, Any]:
    metal, sprue = alloy(row["alloy"]), row["sprue"]
    return {
        "body": row["body"], "files": files, "alloy": row["alloy"], "alloy_name": metal.name,
        "density_g_cm3": metal.density_g_cm3, "route": row["route"], "route_words": ROUTES[row["route"]],
        "parts": list(row["parts"]), "scaled": row["scaled"], "scale": row["scale"],
        "scale_needed": row["scale_needed"], "scale_words": _scale(row),
        "stages": row["stages"], "print_words": _print(row), "allowance_mm": row["allowance_mm"],
        "after_casting": list(row["after_casting"]),
        "critical": [item.row() for item in measured],
        "weights_g": {key: round(value, 3) for key, value in row["weights_g"].items()},
        "weight_ranges_g": {key: [round(s.low, 3), round(s.high, 3)] for key, s in weights.items()},
        "pieces": quantity, "metal_g": round(quantity * row["weights_g"]["metal_to_order"], 2),
        "sprue": {
            "in_file": sprue["in_file"], "length_mm": round(sprue["length_mm"], 2), "root_d_mm": round(sprue["root_d_mm"], 2),
            "gates": [
                {"d_mm": round(g["d_mm"], 2), "at_mm": [round(x, 2) for x in g["at_mm"]], "metal_mm": round(g["thick_mm"], 2)}
                for g in sprue["gates"]
            ],
            "doubts": list(sprue.get("doubts", ())),
        },
        "remake": REMAKE[row["route"]], "mold": row.get("mold"),
    }  # fmt: skip


def _quantity(
    content: Mapping[str, Any],
    measures: Mapping[str, tuple[Sequence[Critical], Mapping[str, Span]]],
    pieces: int,
) -> dict[str, Any]:
    """How many of which size: the finger's bore as it shall be finished and as the caster returns it, in mm."""
    bores = [item for rows, _ in measures.values() for item in rows if item.kind == "bore"]
    raw = bores[0].stages[-1][1] if bores else None
    return {
        "size": content["size"], "bore_mm": content["bore_mm"] or None,
        "tolerance_mm": fact("casting", "pattern.tolerance").number if raw else None,
        "raw_bore_mm": [round(raw.low, 2), round(raw.likely, 2), round(raw.high, 2)] if raw else None,
        "pieces": pieces,
    }  # fmt: skip


def _scale(row: Mapping[str, Any]) -> str:
    if row["scaled"]:
        return f"Already scaled by {row['scale']:.5f} for shrinkage: do not scale again."
    return (
        f"Not scaled. Scale once, by {row['scale_needed']:.5f}, for shrinkage from print to metal."
    )


def _print(row: Mapping[str, Any]) -> str:
    """Whose printer the print's shrinkage is of; empty where a shop measured its own."""
    least, most = fact("casting", "shrinkage.resin_print_uncalibrated_pct").numbers
    if any(s["stage"] == "print" and s["source"].startswith(COUPON) for s in row["stages"]):
        return ""
    return (
        f"The print's is that of a calibrated printer; others are said to lose {least:g} to {most:g} %: "
        "print and measure a coupon."
    )


def _finish(
    row: Mapping[str, Any], measured: Sequence[Critical], content: Mapping[str, Any]
) -> str:
    """What state comes back, and what was left on it to be taken off here."""
    take = row["allowance_mm"]
    left = [f"{take['outside']:g} mm a side outside"]
    if any(item.kind == "bore" for item in measured):
        left.append(f"{take['bore']:g} mm inside the ring")
    if any("textured" in item.faces for item in measured):
        left.append(f"{take['textured']:g} mm on textured faces")
    own = set(row["parts"])
    if any(part["prong"] and part["name"] in own for part in content["places"]["parts"]):
        left.append(f"prongs {take['prong']:g} mm long")
    return f"Raw casting, sprue cut off, not tumbled. Left on it to be finished here: {', '.join(left)}."


def _checks(checks: Mapping[str, Any]) -> dict[str, Any]:
    """What passed, what did not and why it was let out; notes are counted, the measures stand in check.json."""
    rows = [(file["file"], row) for file in checks["files"] for row in file["checks"]]
    failed = [(file, row) for file, row in rows if not row["passed"]]
    said = ("code", "check", "measured", "unit", "allowed", "where", "waived")
    doubts = [(file, row) for file, row in failed if row["severity"] != "note"]
    doubts.sort(key=lambda item: (not item[1]["waived"], item[1]["code"]))
    return {
        "pack": checks["pack"], "passed": len(rows) - len(failed), "of": len(rows),
        "notes": len(failed) - len(doubts),
        "open": [{"file": file, **{key: row[key] for key in said}} for file, row in doubts],
    }  # fmt: skip


def casting_pdf(
    row: Mapping[str, Any],
    sheet: Sheet,
    pictures: Mapping[str, bytes],
    molds: Mapping[str, bytes],
    paper: str,
) -> bytes:
    """The sheet; `pictures`: PNG by name, `preview.png` first in its head; `molds`: SVG by name."""
    data = {
        **row, "paper": PAPERS[paper], "drawing": [sheet.width, sheet.height],
        "pictures": sorted(pictures),
    }  # fmt: skip
    source = resources.files("jewelgen.paper").joinpath("data", "casting.typ").read_bytes()
    files = {"main.typ": source, "data.json": json.dumps(data, ensure_ascii=False).encode()}
    files |= {"drawing.svg": sheet.svg.encode()}
    files |= {f"{name}.svg": _framed(png) for name, png in pictures.items()}
    files |= dict(molds)
    made = typst.compile(
        cast("Any", files), format="pdf", font_paths=[str(font_folder())], ignore_system_fonts=True,
        timestamp=EPOCH,
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected")
    return made


def _framed(png: bytes) -> bytes:
    """A picture inside an SVG: the typesetter takes files of text alone. A PNG's sizes stand in bytes 16 to 24."""
    wide, high = struct.unpack(">II", png[16:24])
    data = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f'<image width="{wide}" height="{high}" xlink:href="data:image/png;base64,{data}"/></svg>'
    ).encode()
