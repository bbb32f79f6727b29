"""What `python -m benchmarks check` found last: cast designs pass their pack, checking takes less than building."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def rows(root: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(
        (root / "benchmarks" / "checking.json").read_text("utf-8")
    )
    return found


def test_the_record_is_of_the_shipped_designs(root: Path, rows: dict[str, dict[str, Any]]) -> None:
    shipped = {path.stem for path in (root / "designs").glob("*.toml")}
    assert set(rows) <= shipped
    assert len(rows) >= 0.8 * len(shipped), "run `python -m benchmarks check` for what is new"


def test_checking_takes_less_than_building_and_writing(rows: dict[str, dict[str, Any]]) -> None:
    assert statistics.median(row["ratio"] for row in rows.values()) < 1.0
    assert max(row["ratio"] for row in rows.values()) < 3.0


def test_every_cast_design_passes_the_pack_it_states(rows: dict[str, dict[str, Any]]) -> None:
    cast = {name: row for name, row in rows.items() if row["cast"]}
    assert len(cast) >= 8
    assert {name for name, row in rows.items() if not row["passed"]} == set()
    assert all(row["pack"] for row in rows.values())
