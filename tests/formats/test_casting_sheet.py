"""The caster's sheet against the files it speaks of."""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

NAME = "01_court_band"


def test_the_casters_sheet_says_what_was_sent(
    built: Callable[[str], Path], needs_program: Callable[[str], str]
) -> None:
    folder = built(NAME)
    sheet, record, checks = (
        json.loads((folder / name).read_text("utf-8"))
        for name in ("casting.json", "manifest.json", "check.json")
    )
    (master,), (row,) = sheet["masters"], record["masters"]
    assert master["scale"] == pytest.approx(row["scale"], abs=1e-5)
    assert all((folder / name).is_file() for name in master["files"])
    assert {f["file"] for f in checks["files"]} >= set(master["files"])
    # What the checker measured on the written mesh is the bore that the stages ask of the file.
    (bore,) = [c["stages"][0] for c in master["critical"] if c["what"] == "inside diameter"]
    measured = next(f["bore_mm"] for f in checks["files"] if f["file"].endswith(".stl"))
    assert bore["likely_mm"] == pytest.approx(measured, abs=0.02)
    # What comes back from the caster: the ordered bore without what finishing opens it by, either way as much.
    (size,) = sheet["quantities"]
    least, likely, most = size["raw_bore_mm"]
    assert likely == pytest.approx(size["bore_mm"] - 2 * master["allowance_mm"]["bore"], abs=0.01)
    assert (most - least) / 2 >= size["tolerance_mm"]
    assert master["finish_words"].endswith("0.1 mm a side outside, 0.1 mm inside the ring.")
    assert [task["text"] for task in master["after_casting"]] == ["Always"]
    assert (master["bodies"], master["castings"]) == (1, sheet["quantities"][0]["pieces"])
    low, high = master["weight_ranges_g"]["finished"]
    assert low < record["bodies"][0]["weight_g"] < high
    said = sheet["checks"]
    assert said["passed"] + said["notes"] + len(said["open"]) == said["of"]
    assert bore["least_mm"] == bore["likely_mm"] == bore["most_mm"], "what the file measures"
    assert "2 to 8 %" in master["print_words"]

    mold = master["mold"]  # a plain band on the mold route
    assert (mold["pull"], mold["undercuts"], mold["closed_hollows"]) == ("along the finger", [], [])
    both = math.pi * (row["extents_mm"][0] + bore["likely_mm"])  # its greatest circle and its bore
    assert mold["parting_mm"] == pytest.approx(both, rel=0.01)
    assert (folder / mold["drawing"]).is_file()

    said = subprocess.run(
        [needs_program("pdftotext"), "-layout", str(folder / "casting.pdf"), "-"],
        capture_output=True, text=True, check=True, timeout=60,
    ).stdout  # fmt: skip
    for word in (
        "do not scale again",
        f"{master['scale']:.5f}",
        "18.95",
        "inside diameter",
        "Two halves, pulled along the finger",
        "raw casting",
        "done after casting",
        f"{sheet['checks']['passed']} of {sheet['checks']['of']}",
    ):
        assert word in said
