"""3MF masters as the consortium's own library reads them in strict mode."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lib3mf import get_wrapper

from jewelgen.catalog.alloys import alloy
from jewelgen.formats import threemf
from jewelgen.formats.solids import Notes, Solid

MILLIMETRE = 1  # lib3mf.ModelUnit


@pytest.mark.parametrize("name", ["01_court_band", "03_cathedral_six_prong", "07_pave_band"])
def test_a_strict_reader_has_nothing_to_say(
    name: str, built: Callable[[str], Path], tmp_path: Path
) -> None:
    import json

    folder = built(name)
    (master,) = json.loads((folder / "manifest.json").read_text("utf-8"))["masters"]
    model = get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(folder / f"{name}.3mf"))
    assert reader.GetWarningCount() == 0
    assert int(model.GetUnit()) == MILLIMETRE
    assert model.GetBuildItems().Count() == 1
    (thing,) = _all(model.GetMeshObjects(), "GetCurrentMeshObject")
    assert thing.GetName() == master["body"]
    assert thing.IsManifoldAndOriented()
    (group,) = _all(model.GetBaseMaterialGroups(), "GetCurrentBaseMaterialGroup")
    (colour,) = (group.GetDisplayColor(key) for key in group.GetAllPropertyIDs())
    assert (colour.Red, colour.Green, colour.Blue) == alloy(master["alloy"]).rgb
    assert colour.Alpha == 255
    rows = model.GetMetaDataGroup()
    notes = [rows.GetMetaData(i) for i in range(rows.GetMetaDataCount())]
    said = {note.GetName(): note.GetValue() for note in notes}
    assert said["role"] == "master"
    assert said["route"] == master["route"]
    assert said["scaled"] == master["scaled_words"]


def test_stl_and_3mf_of_a_master_hold_the_very_same_triangles(tmp_path: Path) -> None:
    """To the last bit, so that what is judged of one holds for the other."""
    from jewelgen.checker.reading import read_mesh
    from jewelgen.formats import stl

    sphere = np.random.default_rng(7).normal(size=(400, 3))
    corners = 9.0 * sphere / np.linalg.norm(sphere, axis=1)[:, None]
    order = np.random.default_rng(8).integers(0, 400, (3000, 3))
    solid = Solid("a", corners, order, (1, 1, 1, 1), True, None)
    for writer in (stl, threemf):
        data = writer.write((solid,), Notes("a", ()))
        (tmp_path / f"a.{writer.SUFFIX}").write_bytes(data)
    one, other = (read_mesh(tmp_path / f"a.{end}")[0] for end in ("stl", "3mf"))
    assert one.equals(other)
    moved = other.vertices.copy()
    moved[5, 1] = np.nextafter(np.float32(moved[5, 1]), np.float32(99))
    assert not one.equals(type(one)(moved, other.triangles))


def test_corners_that_a_mesh_tells_apart_stay_apart() -> None:
    """Single precision holds finer steps near zero than six decimals do."""
    corners = np.float32([[0, 0, 0], [1, 0, 0], [0, 1, 0], [4e-7, 0, 1], [8e-7, 0, 1]]).astype(
        float
    )
    solid = Solid(
        "a", corners, np.array([[0, 1, 2], [0, 1, 3], [0, 1, 4]]), (1, 1, 1, 1), True, None
    )
    with zipfile.ZipFile(io.BytesIO(threemf.write((solid,), Notes("a", ())))) as packed:
        text = packed.read("3D/3dmodel.model").decode()
    rows = re.findall(r'<vertex x="(.*?)" y="(.*?)" z="(.*?)"/>', text)
    assert np.float32(rows).tolist() == corners.tolist()


def _all(iterator: Any, current: str) -> list[Any]:
    found = []
    while iterator.MoveNext():
        found.append(getattr(iterator, current)())
    return found
