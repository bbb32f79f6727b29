"""The published cases as a fixture: `case("size-us-7")` gives (expected, tolerance)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).with_name("cases.json")
Case = Callable[[str], tuple[dict[str, Any], float]]


@pytest.fixture(scope="session")
def case() -> Case:
    """Look a published case up by its id."""
    rows = {row["id"]: row for row in json.loads(CASES.read_text(encoding="utf-8"))}
    return lambda name: (rows[name]["expected"], rows[name]["tolerance"])
