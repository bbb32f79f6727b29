"""The caster's order book: every piece counted once, by size and by metal, and readable."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jewelgen.pipeline.cast_orders import order_book


def sheet(
    job: str, size: str, bore: float, pieces: int, alloy: str = "Sterling silver"
) -> dict[str, Any]:
    master = {
        "body": "shank", "alloy_name": alloy, "route": "mold", "scale_words": "Already scaled by 1.03325.",
        "pieces": pieces, "metal_g": round(4.4 * pieces, 2), "weights_g": {"raw_casting": 4.0}, "files": ["band.stl"],
    }  # fmt: skip
    asked = {
        "size": size,
        "bore_mm": bore,
        "raw_bore_mm": [bore - 0.3, bore - 0.2, bore - 0.1],
        "tolerance_mm": 0.1,
        "pieces": pieces,
    }
    order = {"id": job, "customer": "customer 1", "due": "", "note": ""}
    return {"name": "Band", "mold": "", "order": order, "quantities": [asked], "masters": [master]}


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """Three silver orders in two sizes, one of gold, one handmade."""
    sheets = [
        sheet("A-1", "US 7", 17.35, 2), sheet("A-2", "US 6", 16.5, 1), sheet("A-3", "US 7", 17.35, 3),
        sheet("A-4", "US 7", 17.35, 1, "18K yellow"),
    ]  # fmt: skip
    for said in sheets:
        folder = tmp_path / said["order"]["id"]
        folder.mkdir()
        (folder / "casting.json").write_text(json.dumps(said))
    return [tmp_path / name for name in ("A-1", "A-2", "A-3", "A-4", "A-5")]


def test_quantities_are_summed_by_size_and_metal(
    folders: list[Path], tmp_path: Path, needs_program: Callable[[str], str]
) -> None:
    book = {file.path: file.data for file in order_book(folders)}
    said = json.loads(book["orders.json"])
    assert [(s["alloy_name"], s["size"], s["pieces"], s["jobs"]) for s in said["sizes"]] == [
        ("18K yellow", "US 7", 1, ["A-4: 1"]),
        ("Sterling silver", "US 6", 1, ["A-2: 1"]),
        ("Sterling silver", "US 7", 5, ["A-1: 2", "A-3: 3"]),
    ]
    assert [(m["alloy_name"], m["pieces"], m["raw_g"], m["metal_g"]) for m in said["metals"]] == [
        ("18K yellow", 1, 4.0, 4.4), ("Sterling silver", 6, 24.0, 26.4),
    ]  # fmt: skip
    for rows in ("sizes", "metals", "jobs"):
        assert sum(row["pieces"] for row in said[rows]) == 7
    assert {file.path: file.data for file in order_book(folders)} == book
    (tmp_path / "orders.pdf").write_bytes(book["orders.pdf"])
    words = subprocess.run(
        [needs_program("pdftotext"), "-layout", str(tmp_path / "orders.pdf"), "-"],
        capture_output=True, text=True, check=True, timeout=60,
    ).stdout  # fmt: skip
    for word in (
        "Casting orders: 7 pieces",
        "A-1: 2, A-3: 3",
        "26.4 g",
        "Already scaled by 1.03325.",
    ):
        assert word in words


def test_nothing_cast_makes_no_book(tmp_path: Path) -> None:
    assert order_book([tmp_path]) == ()
