"""Every STL is judged by admesh, weighed against the exact solid, and measured through the finger hole."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

Reader = Callable[[Path], np.ndarray]
BORE_MM = 0.02
BIAS = 0.005
# What admesh counts before and after its repairs: nothing may be left to repair.
FAULTS = (
    "Facets with 1 disconnected edge", "Facets with 2 disconnected edges",
    "Facets with 3 disconnected edges", "Total disconnected facets", "Degenerate facets",
    "Edges fixed", "Facets removed", "Facets added", "Facets reversed", "Backwards edges",
    "Normals fixed",
)  # fmt: skip


def test_admesh_finds_nothing_to_mend(
    piece_folder: Path, manifest: dict[str, Any], needs_program: Callable[[str], str]
) -> None:
    stls = sorted(piece_folder.glob("*.stl"))
    assert stls
    for path in stls:
        run = [needs_program("admesh"), str(path)]
        said = subprocess.run(
            run, capture_output=True, text=True, check=True, errors="replace"
        ).stdout
        for fault in FAULTS:
            found = re.search(rf"{re.escape(fault)}\s*:\s*(\d+)(?:\s+(\d+))?", said)
            assert found is not None, f"admesh no longer says '{fault}'"
            assert set(found.groups("0")) == {"0"}, found.group(0)
        parts = re.search(r"Number of parts\s*:\s*(\d+)", said)
        assert parts is not None
        assert int(parts[1]) == sum(body["solids"] for body in manifest["bodies"])


def test_the_stl_weighs_what_the_exact_solid_weighs(
    piece_folder: Path, manifest: dict[str, Any], corners_of: Reader
) -> None:
    (path,) = piece_folder.glob("*.stl")
    found = _volume(corners_of(path))
    exact = sum(row["volume_mm3"] for row in manifest["masters"] or manifest["bodies"])
    assert found == pytest.approx(exact, rel=BIAS)


@pytest.mark.parametrize(
    "name", ["01_court_band", "03_cathedral_six_prong", "07_pave_band", "09_bezel_cab_ring"]
)
def test_the_finger_hole_is_the_ordered_one(
    name: str, built: Callable[[str], Path], corners_of: Reader
) -> None:
    from json import loads

    folder = built(name)
    manifest = loads((folder / "manifest.json").read_text("utf-8"))
    scale, inside = 1.0, 0.0
    for master in manifest["masters"]:
        scale, inside = master["scale"], master["allowance_mm"]["inside"]
    (path,) = folder.glob("*.stl")
    points = np.unique(corners_of(path).reshape(-1, 3), axis=0)
    centre, radius = _narrowest(points)
    assert 2 * (radius / scale + inside) == pytest.approx(manifest["bore_mm"], abs=BORE_MM)
    assert np.abs(centre).max() < BORE_MM / 2


def _volume(corners: np.ndarray) -> float:
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)


def _narrowest(points: np.ndarray) -> tuple[np.ndarray, float]:
    """Centre and radius of the circle through the vertices nearest the axis, by least squares."""
    reach = np.hypot(points[:, 0], points[:, 2])
    x, z = points[reach < reach.min() + 0.01][:, [0, 2]].T
    angles = np.sort(np.arctan2(z, x))
    gaps = np.diff(np.append(angles, angles[0] + 2 * np.pi))
    assert np.degrees(gaps.max()) < 30, "a finger hole is round about"
    rows = np.column_stack([2 * x, 2 * z, np.ones_like(x)])
    (u, v, w), *_ = np.linalg.lstsq(rows, x**2 + z**2, rcond=None)
    return np.array([u, v]), float(np.sqrt(w + u * u + v * v))
