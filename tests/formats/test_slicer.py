"""prusa-slicer slices every master for a resin printer, and its layers hold the master's metal."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

PROFILE = Path(__file__).with_name("resin.ini")
LAYER_MM = 0.05  # resin.ini


@pytest.mark.parametrize("name", ["01_court_band", "03_cathedral_six_prong", "07_pave_band"])
def test_a_slicer_slices_the_masters(
    name: str, built: Callable[[str], Path], tmp_path: Path, needs_program: Callable[[str], str]
) -> None:
    folder = built(name)
    (master,) = json.loads((folder / "manifest.json").read_text("utf-8"))["masters"]
    (path,) = folder.glob("*.stl")
    sliced = tmp_path / "sliced.sl1"
    run = [needs_program("prusa-slicer"), "--export-sla", "--load", str(PROFILE), "--datadir"]
    run += [str(tmp_path), "-o", str(sliced), str(path)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(io.BytesIO(sliced.read_bytes())) as archive:
        rows = archive.read("config.ini").decode().splitlines()
        layers = sum(member.endswith(".png") for member in archive.namelist())
    said = dict(row.split(" = ", 1) for row in rows if " = " in row)
    assert float(said["usedMaterial"]) * 1000 == pytest.approx(master["volume_mm3"], rel=0.01)
    height = master["extents_mm"][2] / LAYER_MM
    assert layers >= height - 2
    assert int(said["numFast"]) + int(said["numFade"]) >= height - 2
