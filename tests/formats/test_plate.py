"""Plates: forty pieces side by side without a collision, and a slicer for resin that takes the file."""

from __future__ import annotations

import itertools
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import trimesh
from manifold3d import Manifold, Mesh64
from shapes_to_cast import MIXED, mesh

from jewelgen.cast.heft import samples
from jewelgen.cast.plate import Plate, plates
from jewelgen.cast.poise import directions, held, poised
from jewelgen.cast.sprue import Sprue
from jewelgen.catalog.facts import fact
from jewelgen.catalog.printers import printer
from jewelgen.findings import CatalogError
from jewelgen.formats.artifact import Artifact
from jewelgen.pipeline.patterns import Cast
from jewelgen.pipeline.plates import plate_files

MARS = printer("elegoo mars 3")
NONE = np.zeros((0, 4))
# As resin.ini beside this file, coarse: the test asks whether the plate slices, not how it looks.
PROFILE = """printer_technology = SLA
bed_shape = 0x0,143x0,143x89,0x89
max_print_height = 150
display_width = 143
display_height = 89
display_pixels_x = 715
display_pixels_y = 445
layer_height = 0.1
initial_layer_height = 0.1
supports_enable = 0
pad_enable = 0
"""


def forty() -> list[Cast]:
    state = {"scaled": True, "scaled_words": "yes, by 1.017812, for direct"}
    root = Sprue((), (0.0, 0.0, 0.0), (0.0, 0.0, -1.0), 6.0, 2.0)
    return [
        Cast(f"W-{k}", f"sort {k}", 5, mesh(shape), state, root, (), (0.0, 0.0, 1.0))
        for k, (shape, _) in enumerate(MIXED)
    ]


@pytest.fixture(scope="module")
def laid() -> tuple[tuple[Artifact, ...], tuple[Plate, ...]]:
    files, findings, made = plate_files(forty(), MARS)
    assert findings == ()
    return files, made


def test_forty_pieces_keep_their_distance(
    laid: tuple[tuple[Artifact, ...], tuple[Plate, ...]],
) -> None:
    _, made = laid
    assert len({item.standing.id for plate in made for item in plate.laid}) == 40
    assert 2 <= len(made) <= 4
    gap, margin = (fact("printers", f"plate.{key}").number for key in ("gap", "margin"))
    for plate in made:
        bodies = []
        for item in plate.laid:
            there = item.mesh()
            assert there.vertices[:, 2].min() == pytest.approx(0.0, abs=1e-9)
            low, high = there.vertices.min(axis=0), there.vertices.max(axis=0)
            assert (low[:2] >= margin).all()
            assert (high <= (MARS.x - margin, MARS.y - margin, MARS.z)).all()
            assert np.linalg.det(item.rows[:, :3]) == pytest.approx(1.0)
            bodies.append(Manifold(Mesh64(there.vertices, there.triangles.astype(np.uint64))))
        for a, b in itertools.combinations(bodies, 2):
            assert a.min_gap(b, gap + 1.0) >= gap


def test_plates_are_the_same_whatever_order_masters_come_in(
    laid: tuple[tuple[Artifact, ...], tuple[Plate, ...]],
) -> None:
    def told(made: tuple[Plate, ...]) -> list[tuple[str, str]]:
        return [(item.standing.id, item.rows.tobytes().hex()) for p in made for item in p.laid]

    same = [item.standing for plate in reversed(laid[1]) for item in reversed(plate.laid)]
    assert told(plates(same, MARS)[0]) == told(laid[1])


def test_a_slicer_takes_the_plate(
    laid: tuple[tuple[Artifact, ...], tuple[Plate, ...]],
    tmp_path: Path,
    needs_program: Callable[[str], str],
) -> None:
    files, made = laid
    data = {file.path: file.data for file in files}
    path = tmp_path / "plate.3mf"
    path.write_bytes(data["plate-1.3mf"])
    (tmp_path / "resin.ini").write_text(PROFILE, encoding="utf-8")
    with zipfile.ZipFile(path) as package:
        model = ElementTree.fromstring(package.read("3D/3dmodel.model"))  # noqa: S314  our own file
    named = [node.get("name") for node in model.iter() if node.tag.endswith("}object")]
    ids = [item.standing.id for item in made[0].laid]
    assert named == ids
    assert {f"plate-1/{name.replace('/', '+')}.stl" for name in ids} <= set(data)
    run = [
        needs_program("prusa-slicer"),
        "--export-sla",
        "--dont-arrange",
        "--load",
        str(tmp_path / "resin.ini"),
    ]
    run += ["--datadir", str(tmp_path), "-o", str(tmp_path / "sliced.sl1"), str(path)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(tmp_path / "sliced.sl1") as archive:
        rows = archive.read("config.ini").decode().splitlines()
        layers = sum(member.endswith(".png") for member in archive.namelist())
    used = next(float(row.split(" = ")[1]) for row in rows if row.startswith("usedMaterial"))
    metal = sum(MIXED[int(name[2])][0].volume for name in ids)
    assert used * 1000 == pytest.approx(metal, rel=0.03)
    lift = fact("printers", "plate.lift").number
    assert layers == pytest.approx((made[0].height - lift) / 0.1, abs=2)


def test_detail_looks_away_from_the_supports() -> None:
    ring = mesh(MIXED[0][0])
    for side in (1.0, -1.0):
        detail = np.array(((0.0, 0.0, side * 10.8, 1.5),))  # the outside alone
        made = poised(ring, detail, np.array((0.0, 0.0, -side)))
        assert made.detail_down < 0.5
        assert made.turn[2] @ (0.0, 0.0, side) > 0.4
    assert len(directions()) == 98


def test_hollows_hold_what_they_hold() -> None:
    cup = trimesh.creation.cylinder(8.0, 10.0, sections=64)
    hole = trimesh.creation.cylinder(6.0, 8.0, sections=64)
    hole.apply_translation((0.0, 0.0, 1.0))
    hollow = mesh(trimesh.boolean.difference([cup, hole], engine="manifold"))  # a cup, 8 deep
    points, _, _ = samples(hollow, 6000)
    assert 0.75 * np.pi * 36 * 8 < held(points) < np.pi * 36 * 8  # cells on the rim count as metal
    assert held(points * (1, 1, -1)) == pytest.approx(0.0, abs=20.0)
    made = poised(hollow, NONE, np.array((0.0, 0.0, -1.0)))
    assert made.pooled_mm3 < 0.25 * np.pi * 36 * 8
    ring, _, _ = samples(mesh(MIXED[0][0]), 6000)
    assert held(ring[:, (0, 2, 1)]) < 1.0  # an open bore holds nothing


def test_what_no_plate_takes_is_named_and_so_is_an_unknown_printer() -> None:
    files, findings, made = plate_files(forty()[:3], printer("20 x 20 x 60 mm"))
    assert {f.code for f in findings} == {"JG450"}
    assert "does not fit on 20 x 20 x 60 mm" in findings[0].message
    assert made == () and [file.path for file in files] == ["plate.json"]
    with pytest.raises(CatalogError, match=r"JG451.*\n.*elegoo-mars-3"):
        printer("elegoo mars 33")
    with pytest.raises(CatalogError, match=r"JG451"):
        printer("1x1x1")


def test_a_mold_has_one_master_however_many_castings() -> None:
    """Of direct prints all copies; of a mold the first master; of a mold that stands none."""
    direct, first, second, stands, *_ = forty()
    first = replace(first, mold="abc ring")
    second = replace(second, mold="abc ring")
    stands = replace(stands, mold="def ring", stands=True)
    files, findings, made = plate_files([direct, first, second, stands], MARS)
    assert {item.standing.id for plate in made for item in plate.laid} == {
        *(f"W-0/{k}" for k in range(1, 6)), "W-1",
    }  # fmt: skip
    assert [f.code for f in findings] == ["JG452", "JG452"]
    assert (
        findings[0].message
        == "W-3: 5 castings come from the mold that stands: nothing of it is printed"
    )
    assert (
        findings[1].message
        == "W-1: one master is printed, 10 castings come from its mold (with W-2)"
    )
    assert files
