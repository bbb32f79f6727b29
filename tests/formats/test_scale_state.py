"""Scaled or not: every file and record says the same, and what was scaled twice is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jewelgen.cast.chain import chain
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.printers import printer
from jewelgen.checker.known import beside
from jewelgen.checker.reading import read_mesh
from jewelgen.checker.soundness import soundness
from jewelgen.checker.stated import stated
from jewelgen.findings import DesignError
from jewelgen.pipeline.patterns import Cast, casts, invested, read_stl
from jewelgen.pipeline.plates import plate_files
from jewelgen.solid.mesh import scaled_mesh

NAME = "01_court_band"
_RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])


@pytest.fixture
def sent(built: Callable[[str], Path], tmp_path: Path) -> Path:
    """A master and its manifest on their own, to be tampered with."""
    for name in (f"{NAME}.stl", "manifest.json"):
        shutil.copy(built(NAME) / name, tmp_path)
    return tmp_path


def record(folder: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    return said


def stretched(path: Path, *factors: float) -> None:
    data = path.read_bytes()
    rows = np.frombuffer(data, _RECORD, offset=84).copy()
    rows["corners"] *= np.array(factors, "<f4")
    path.write_bytes(data[:84] + rows.tobytes())


def test_every_file_says_what_the_manifest_and_the_sheet_say(built: Callable[[str], Path]) -> None:
    folder = built(NAME)
    (row,) = record(folder)["masters"]
    (sheet,) = json.loads((folder / "casting.json").read_text("utf-8"))["masters"]
    words = f"yes, by {row['scale']:.5f}"
    for suffix in ("stl", "3mf", "step"):
        found = stated(folder / f"{NAME}.{suffix}")
        assert found == row["scaled_words"], suffix
        assert found.startswith(words[:-1])
        assert found.endswith(f"for {row['route']}")
    assert (sheet["scaled"], sheet["scale"]) == (True, pytest.approx(row["scale"], abs=1e-5))
    assert f"{row['scale']:.5f}" in sheet["scale_words"]
    assert stated(folder / f"{NAME}.glb") == ""


@pytest.mark.parametrize(
    ("factors", "passes"),
    [((1.0, 1.0, 1.0), True), ((1.0333,) * 3, False), ((1 / 1.033,) * 3, False), ((1.02, 1.0, 1.0), True)],
)  # fmt: skip
def test_the_checker_knows_a_file_that_was_scaled_again(
    sent: Path, factors: tuple[float, ...], passes: bool
) -> None:
    path = sent / f"{NAME}.stl"
    stretched(path, *factors)
    checks = {c.code: c for c in soundness(read_mesh(path)[0], beside(path))}
    assert checks["JG733"].passed is passes
    assert checks["JG709"].passed is (factors == (1.0, 1.0, 1.0))  # the volume sees any stretch
    if not passes:
        assert checks["JG733"].measured == pytest.approx(factors[0], abs=1e-5)
        assert "once" in checks["JG733"].hint


@pytest.mark.parametrize(("factors", "says"), [((1.0333,) * 3, "scaled by 1.0333"), ((1.0, 1.01, 1.0), "changed")])  # fmt: skip
def test_trees_and_plates_take_no_master_that_was_touched(
    sent: Path, factors: tuple[float, ...], says: str
) -> None:
    assert casts(sent, record(sent))[0]
    stretched(sent / f"{NAME}.stl", *factors)
    with pytest.raises(DesignError, match=says) as caught:
        casts(sent, record(sent))
    assert [f.code for f in caught.value.findings] == ["JG446"]


def by_caster(cast: Cast) -> Cast:
    """The same master as it is written for a caster who scales."""
    k = float(cast.row["scale"])
    row = {**cast.row, "scaled": False, "scale": 1.0, "scaled_words": "no",
           "volume_mm3": cast.row["volume_mm3"] / k**3}  # fmt: skip
    return replace(cast, mesh=scaled_mesh(cast.mesh, 1 / k), row=row)


def test_a_caster_who_scales_gets_the_same_pattern_and_no_plate(sent: Path) -> None:
    ((cast,), _) = casts(sent, record(sent))
    (here,), (there,) = invested((cast,)), invested((by_caster(cast),))
    assert np.allclose(here.mesh.vertices, there.mesh.vertices)
    assert there.volume_mm3 == pytest.approx(here.volume_mm3, rel=1e-9)
    _, said, laid = plate_files((by_caster(cast),), printer("200x120x200"))
    assert ([f.code for f in said], laid) == (["JG447"], ())
    assert read_stl(sent / f"{NAME}.stl").triangles.shape == cast.mesh.triangles.shape


def test_who_scales_changes_the_file_and_not_what_is_needed() -> None:
    metal = alloy("gold_18k_yellow")
    here, there = chain("direct", metal), chain("direct", metal, by="caster")
    assert there.scale == 1.0
    assert there.needed == here.needed == here.scale
    assert there.words == f"no, the caster scales by {here.scale:.6f}, for direct"
    assert there.invested == here.invested
