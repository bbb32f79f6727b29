"""GLB as another program sees it: metres, Y up, metal and stones told apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trimesh


def test_the_piece_stands_upright_in_metres(piece_folder: Path, manifest: dict[str, Any]) -> None:
    scene = trimesh.load_scene(piece_folder / f"{piece_folder.name}.glb")
    low, high = scene.bounds
    metal = trimesh.Scene({k: g for k, g in scene.geometry.items() if _is_metal(g)})
    spans = np.array([body["extents_mm"] for body in manifest["bodies"]])
    if len(spans) == 1:  # x, height, depth: the piece's z stands up
        assert metal.extents * 1000 == pytest.approx(spans[0][[0, 2, 1]], abs=2e-3)
    if manifest["piece"] == "ring":
        across = (high - low)[0] * 1000
        assert manifest["bore_mm"] + 1.5 < across < manifest["bore_mm"] + 8
        assert 17 < across < 25, "a ring is about 20 mm wide"
        assert (high - low)[1] > (high - low)[2], "a ring stands; its axis is level"
    else:
        assert (high - low).max() * 1000 < 60


def test_metal_shines_and_stones_let_light_through(
    piece_folder: Path, manifest: dict[str, Any]
) -> None:
    scene = trimesh.load_scene(piece_folder / f"{piece_folder.name}.glb")
    metals = {name for name, geometry in scene.geometry.items() if _is_metal(geometry)}
    stones = {f"{s['name']} {i + 1}" for s in manifest["stones"] for i in range(s["n"])}
    assert metals == {body["name"] for body in manifest["bodies"]}
    assert set(scene.geometry) - metals == stones
    for name, geometry in scene.geometry.items():
        material = geometry.visual.material
        assert material.name == f"{name} {'metal' if name in metals else 'stone'}"
        assert geometry.is_watertight, name
    assert scene.metadata["units"] == "mm"


def _is_metal(geometry: trimesh.Trimesh) -> bool:
    return bool(geometry.visual.material.metallicFactor == 1.0)
