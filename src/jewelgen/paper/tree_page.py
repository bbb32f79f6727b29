"""The page of a tree: side view, rings, what to weigh, how to fire; set by Typst, the same bytes every time.

In: a `Tree`, its `Pour` and its drawings.  Out: the row for `tree.json`, and PDF bytes. No kernel.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from typing import Any, cast

import typst

from jewelgen.cast.pour import Pour
from jewelgen.cast.tree import Branch, Tree
from jewelgen.catalog.alloys import alloy
from jewelgen.paper.document import EPOCH, PAPERS, font_folder
from jewelgen.paper.tree_view import Svg, colours


def tree_row(number: int, tree: Tree, pour: Pour) -> dict[str, Any]:
    """Everything of one flask as plain data, mm, grams and Celsius."""
    keep = tree.keep
    return {
        "flask": number, "alloy": tree.alloy, "alloy_name": alloy(tree.alloy).name, "material": tree.material,
        "size": tree.flask.name, "inside_d_mm": tree.flask.d, "height_mm": tree.flask.h, "pieces": len(tree.branches),
        "clearance_mm": {"wall": keep.wall, "open_end": keep.top, "between": keep.gap},
        "trunk_mm": {"d": keep.trunk_d, "length": tree.trunk},
        "pattern_g": pour.pattern_g, "sprue_wax_g": pour.wax_g, "pieces_metal_g": pour.pieces_g,
        "feed_metal_g": pour.feed_g, "button_g": pour.button_g, "metal_g": pour.metal_g,
        "button_rules": [{"g": rule.grams, "rule": rule.words} for rule in pour.button],
        "investment": pour.investment, "fill_cm3": pour.fill_mm3 / 1000, "powder_g": pour.powder_g, "water_g": pour.water_g,
        "slurry_standing": pour.slurry_standing,
        "published_powder_g": pour.published_powder_g,
        "burnout": [{"hours": hold.hours, "at": hold.temperature} for hold in pour.burnout],
        "burnout_words": pour.burnout_words,
        "pour": {"text": pour.pour.text, "standing": pour.pour.standing, "words": pour.pour.words},
        "flask_at": {"text": pour.flask.text, "standing": pour.flask.standing, "words": pour.flask.words},
        "notes": list(pour.notes), "branches": [_branch(b) for b in tree.branches], "scales": _scales(tree), "colours": colours(tree),
    }  # fmt: skip


def _scales(tree: Tree) -> list[dict[str, Any]]:
    """What the masters' files say of their scale, with the ids of those that say it."""
    said: dict[str, list[str]] = {}
    for b in tree.branches:
        said.setdefault(b.pattern.scaled, []).append(b.pattern.id)
    said.pop("", None)
    return [{"scaled": words, "ids": sorted(ids)} for words, ids in sorted(said.items())]


def _branch(b: Branch) -> dict[str, Any]:
    return {
        "at": b.at, "ring": b.ring, "place": b.place, "id": b.pattern.id, "design": b.pattern.name,
        "z_mm": b.z, "turn_deg": b.turn, "slope_deg": b.pose.slope, "sprue_mm": b.pose.sprue.length,
        "gates": len(b.pattern.sprue.gates), "gate_d_mm": max(g.d for g in b.pattern.sprue.gates),
        "metal_g": b.pattern.metal_g, "master_scaled": b.pattern.scaled,
    }  # fmt: skip


def tree_pdf(row: dict[str, Any], side: Svg, rings: Sequence[Svg], paper: str) -> bytes:
    """One flask's pages."""
    data = {
        **row, "paper": PAPERS[paper], "side": [side.width, side.height],
        "rings": [[ring.width, ring.height] for ring in rings],
    }  # fmt: skip
    source = resources.files("jewelgen.paper").joinpath("data", "tree.typ").read_bytes()
    files = {"main.typ": source, "data.json": json.dumps(data, ensure_ascii=False).encode()}
    files["side.svg"] = side.text.encode()
    files |= {f"ring-{i}.svg": ring.text.encode() for i, ring in enumerate(rings)}
    made = typst.compile(
        cast("Any", files), format="pdf", font_paths=[str(font_folder())], ignore_system_fonts=True,
        timestamp=EPOCH,
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected")
    return made
