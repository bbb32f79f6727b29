"""`jewelgen tree` from the shell: what stands is taken, what fits nowhere is named, the page can be read."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ORDERS = "order,design,qty\nT-1,designs/band,5\n"


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
    folder = Path(ran.document["folder"])
    page = subprocess.run(
        [needs_program("pdftotext"), "-layout", str(folder / "tree-1.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "Flask 1: Sterling silver" in page
    assert f"metal to melt {flask['metal_g']:.1f} g" in " ".join(page.split())
    assert (folder / "tree-1-side.svg").read_text("utf-8").count(">ring ") == len(
        {branch["ring"] for branch in flask["branches"]}
    )
    plate = say("plate", str(ring), "--printer", "sonic mini 8k", "--copies", "4", "--json")
    assert [row["pieces"] for row in plate.document["plates"]] == [4]
    laid = Path(plate.document["folder"])
    assert sorted(path.name for path in (laid / "plate-1").iterdir()) == [
        f"band-{i}.stl" for i in range(1, 5)
    ]
    assert (laid / "plate-1.svg").read_text("utf-8").count(">band/") == 4
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    say("tree", "designs/band.toml", str(ring), "--copies", "3")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_a_master_with_its_sprue_on(ring: Path, say: Callable[..., Any]) -> None:
    (plain,) = json.loads((ring / "manifest.json").read_text("utf-8"))["masters"]
    tree = say("tree", str(ring), "--copies", "3", "--json").document["flasks"][0]
    ran = say(
        "build", "designs/band.toml", "--to", "stl,step", "--no-pictures", "--quality", "preview", "--sprue"
    )  # fmt: skip
    assert ran.code == 0, ran.err
    manifest = json.loads((ring / "manifest.json").read_text("utf-8"))
    (master,) = manifest["masters"]
    sprue = master["sprue"]
    assert sprue["in_file"] and not plain["sprue"]["in_file"]
    assert sprue["gates"] == plain["sprue"]["gates"]
    assert master["volume_mm3"] == pytest.approx(
        plain["volume_mm3"] + sprue["volume_mm3"], abs=1e-3
    )
    assert master["weights_g"] == plain["weights_g"]  # of the piece, whatever hangs on it
    step = (ring / "band.step").read_text("ascii")
    assert step.count("MANIFOLD_SOLID_BREP") == 2 and "'sprue 1'" in step
    read = {
        row["file"]: row for row in json.loads((ring / "check.json").read_text("utf-8"))["files"]
    }
    both = read["band.step with sprue"]
    assert both["ok"] and both["volume_mm3"] == pytest.approx(master["volume_mm3"], rel=1e-4)
    assert read["band.stl with sprue"]["ok"]
    again = say("tree", str(ring), "--copies", "3", "--json").document["flasks"][0]
    assert (again["pieces"], again["size"]) == (tree["pieces"], tree["size"])
    for key in ("pieces_metal_g", "pattern_g"):
        assert again[key] == pytest.approx(tree[key], rel=1e-4)


def test_what_fits_in_no_flask_is_named_and_what_is_not_cast(
    ring: Path, say: Callable[..., Any]
) -> None:
    small = say("tree", str(ring), "--flask", "2x2.5in")
    assert small.code == 3
    assert "JG440: band (" in small.err
    manifest = ring / "manifest.json"
    content = json.loads(manifest.read_text("utf-8"))
    content["masters"][0]["sprue"]["heavy_places_unfed"] = 1
    manifest.write_text(json.dumps(content), encoding="utf-8")
    starved = say("tree", str(ring))
    assert starved.code == 0
    assert "warning JG430: band: 1 heavy places" in starved.err
    manifest.write_text(json.dumps(content | {"masters": []}), encoding="utf-8")
    assert "note JG442" in say("tree", str(ring)).err
    del content["masters"][0]["sprue"]
    manifest.write_text(json.dumps(content), encoding="utf-8")
    assert "JG443" in say("tree", str(ring)).err
    manifest.write_text("{", encoding="utf-8")
    assert "JG443" in say("tree", str(ring)).err
