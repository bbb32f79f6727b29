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
