"""Every shipped design and example is made whole and passes the gate: each file judged, by the pack that it states.

The folders are those that the readers of files look into too: nothing that ships is made twice in a run.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = [
    path.stem for folder in ("designs", "docs/examples") for path in sorted((ROOT / folder).glob("*.toml"))
]  # fmt: skip
JUDGED = {".stl", ".step", ".3mf"}


@pytest.mark.kernel
@pytest.mark.parametrize("name", SHIPPED)
def test_what_ships_is_made_and_passes_the_pack_that_it_states(
    name: str, built: Callable[[str], Path]
) -> None:
    folder = built(name)
    said = json.loads((folder / "check.json").read_text("utf-8"))
    assert said["pack"]
    assert said["accepted"] == [], "nothing of what is shipped needs a waiver"
    there = {path.name for path in folder.iterdir() if path.suffix in JUDGED}
    metal = {file for file in there if not file.endswith("-stones.step")}
    assert metal
    assert {file["file"] for file in said["files"]} == metal
    for file in said["files"]:
        failed = {
            row["code"] for row in file["checks"] if not row["passed"] and row["severity"] != "note"
        }
        assert failed == set(), file["file"]
        assert file["ok"], file["file"]
