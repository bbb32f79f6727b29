"""`jewelgen tree` from the shell: what stands is taken, what fits nowhere is named, the page can be read."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def ring(shop: Path, say: Callable[..., Any]) -> Path:
    """The band of the shop, built without what a tree does not need."""
    ran = say("build", "designs/band.toml", "--to", "stl", "--no-pictures", "--quality", "preview")
    assert ran.code == 0, ran.err
    return shop / "output" / "band"


def test_a_tree_of_what_stands(
    ring: Path, say: Callable[..., Any], needs_program: Callable[[str], str]
) -> None:
    (master,) = json.loads((ring / "manifest.json").read_text("utf-8"))["masters"]
    before = ring.stat().st_mtime_ns
    ran = say("tree", "designs/band.toml", str(ring), "--copies", "3", "--json")
    assert ran.code == 0, ran.err
    assert "kept band\nkept band\n" in ran.err
    assert ring.stat().st_mtime_ns == before
    (flask,) = ran.document["flasks"]
    assert flask["pieces"] == 6
    assert flask["pieces_metal_g"] == pytest.approx(
        6 * master["weights_g"]["raw_casting"], abs=1e-3
    )
    assert {branch["id"] for branch in flask["branches"]} == {f"band/{i}" for i in range(1, 7)}
    (state,) = flask["scales"]
    assert state["scaled"] == master["scaled_words"]
    assert len(state["ids"]) == 6
    assert flask["branches"][0]["master_scaled"] == state["scaled"]
    folder = Path(ran.document["folder"])
    page = subprocess.run(
        [needs_program("pdftotext"), "-layout", str(folder / "tree-1.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "Flask 1: Sterling silver" in page
    assert f"metal to melt {flask['metal_g']:.1f} g" in " ".join(page.split())
    assert f"Files of all masters, scaled: {state['scaled']}." in " ".join(page.split())
    assert (folder / "tree-1-side.svg").read_text("utf-8").count(">ring ") == len(
        {branch["ring"] for branch in flask["branches"]}
    )
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    say("tree", "designs/band.toml", str(ring), "--copies", "3")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    small = say("tree", str(ring), "--flask", "2x2.5in")
    assert small.code == 1
    for words in (("--name", "../x"), ("--name", "band")):  # out of the folder, onto a built piece
        assert say("tree", str(ring), *words).code == 2
    assert "JG440: band (" in small.err
    manifest = ring / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    content["masters"][0]["sprue"]["heavy_places_unfed"] = 1
    manifest.write_text(json.dumps(content), encoding="utf-8")
    starved = say("tree", str(ring))
    assert starved.code == 0
    assert "warning JG430: band: 1 heavy places" in starved.err
    manifest.write_text(json.dumps(content | {"masters": []}), encoding="utf-8")
    nothing = say("tree", str(ring))
    assert nothing.code == 1 and "note JG442" in nothing.err
    del content["masters"][0]["sprue"]
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert "JG443" in say("tree", str(ring)).err
    manifest.write_text("{", encoding="utf-8")
    assert "JG443" in say("tree", str(ring)).err


def test_a_master_with_its_sprue_on(shop: Path, say: Callable[..., Any]) -> None:
    asked = ("--to", "stl,step", "--no-pictures", "--quality", "preview", "--sprue")
    ran = say("build", "designs/band.toml", *asked)
    assert ran.code == 0, ran.err
    ring = shop / "output" / "band"
    (master,) = json.loads((ring / "manifest.json").read_text("utf-8"))["masters"]
    sprue = master["sprue"]
    rows = json.loads((ring / "check.json").read_text("utf-8"))["files"]
    read = {row["file"]: row for row in rows}
    assert all(row["ok"] for row in rows) and len(rows) == 4
    plain, both = (read[f"band.step{more}"]["volume_mm3"] for more in ("", " with sprue"))
    assert both == pytest.approx(plain + sprue["volume_mm3"], rel=1e-5)
    assert both == pytest.approx(master["volume_mm3"], rel=1e-5)
    step = (ring / "band.step").read_text("ascii")
    assert step.count("MANIFOLD_SOLID_BREP") == 2 and "'sprue 1'" in step
    for name in ("band.step", "band.stl"):
        judged = say("inspect", str(ring / name), "--json")
        assert judged.code == 0, judged.err
        (file,) = judged.document["files"]
        (body,) = file["bodies"]
        assert body["bore_mm"] == pytest.approx(read["band.stl"]["bore_mm"], abs=0.05), name
    (flask,) = say("tree", str(ring), "--json").document["flasks"]
    assert sprue["in_file"]
    raw = master["weights_g"]["raw_casting"]  # of the piece, whatever hangs on it
    assert flask["pieces_metal_g"] == pytest.approx(raw, abs=1e-3)
    wax = (both - sprue["volume_mm3"]) * (1 - 0.005) ** 3 * 1.12 / 1000
    assert flask["pattern_g"] == pytest.approx(wax, rel=1e-3)
