"""What `python -m benchmarks check` found last: checking takes less than building.

The record holds times alone. That each design passes is seen where it is built, in tests/pipeline.
"""

from __future__ import annotations

import json
import statistics
from pathlib import Path

import pytest


@pytest.fixture
def ratios(root: Path) -> dict[str, float]:
    text = (root / "benchmarks" / "checking.json").read_text("utf-8")
    found: dict[str, float] = json.loads(text)
    return found


def test_the_record_is_of_the_shipped_designs(
    designs: tuple[Path, ...], ratios: dict[str, float]
) -> None:
    shipped = {path.stem for path in designs}
    assert set(ratios) == shipped, "run `python -m benchmarks check` with the names of what is new"


def test_checking_takes_less_than_building_and_writing(ratios: dict[str, float]) -> None:
    assert statistics.median(ratios.values()) < 1.0
    assert max(ratios.values()) < 3.0
