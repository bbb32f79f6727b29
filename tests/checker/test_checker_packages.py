"""3MF packages as the specification allows them, and what is said of files that are none; STL by many hands."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
import shapes

from jewelgen.checker.inspect import inspect
from jewelgen.checker.known import Known
from jewelgen.checker.reading import read_mesh
from jewelgen.checker.unreadable import CheckError

CORE = "http://schemas.microsoft.com/3dmanufacturing/core/2015/02"
PRODUCTION = "http://schemas.microsoft.com/3dmanufacturing/production/2015/06"
TYPE = "http://schemas.microsoft.com/3dmanufacturing/2013/01/3dmodel"
BOX = shapes.surface(shapes.box(6, 4, 5))


def mesh(number: int, name: str = "box") -> str:
    points = "".join(f'<vertex x="{x}" y="{y}" z="{z}"/>' for x, y, z in BOX.vertices)
    faces = "".join(f'<triangle v1="{a}" v2="{b}" v3="{c}"/>' for a, b, c in BOX.triangles)
    return f'<object id="{number}" name="{name}" type="model"><mesh><vertices>{points}</vertices><triangles>{faces}</triangles></mesh></object>'


def parts(*made: str) -> str:
    return f'<object id="9" name="whole" type="model"><components>{"".join(made)}</components></object>'


def model(resources: str, items: str) -> str:
    return f'<model unit="millimeter" xmlns="{CORE}" xmlns:p="{PRODUCTION}"><resources>{resources}</resources><build>{items}</build></model>'


def package(path: Path, files: dict[str, str], start: str = "/3D/3dmodel.model") -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        if start:
            rel = f'<Relationships><Relationship Target="{start}" Id="r1" Type="{TYPE}"/></Relationships>'
            archive.writestr("_rels/.rels", rel)
    return path


WHOLE = '<item objectid="9"/>'
HERE = '<component objectid="1"/>'
MOVED = '<component objectid="1" transform="1 0 0 0 1 0 0 0 1 20 0 0"/>'
OTHER = (
    '<component objectid="1" p:path="/3D/parts/box.model" transform="0 1 0 -1 0 0 0 0 1 0 0 0"/>'
)


def test_components_are_put_together_where_they_stand(tmp_path: Path) -> None:
    path = package(
        tmp_path / "a.3mf", {"3D/3dmodel.model": model(mesh(1) + parts(HERE, MOVED), WHOLE)}
    )
    (made,) = read_mesh(path)
    assert (made.name, len(made.triangles)) == ("whole", 24)
    assert made.extents == pytest.approx((26, 4, 5))
    assert made.volume() == pytest.approx(240)


def test_parts_of_the_package_are_followed(tmp_path: Path) -> None:
    files = {"3D/parts/box.model": model(mesh(1), ""), "A/root.model": model(parts(OTHER), WHOLE)}
    (made,) = read_mesh(package(tmp_path / "a.3mf", files, "/A/root.model"))
    assert made.extents == pytest.approx((4, 6, 5))
    assert made.volume() == pytest.approx(120)


def test_a_mirrored_item_still_looks_outward(tmp_path: Path) -> None:
    item = '<item objectid="1" transform="-1 0 0 0 1 0 0 0 1 0 0 0"/>'
    (made,) = read_mesh(package(tmp_path / "a.3mf", {"3D/3dmodel.model": model(mesh(1), item)}))
    assert made.volume() == pytest.approx(120)


@pytest.mark.parametrize(
    ("resources", "items", "said"),
    [
        (mesh(1), "", "build list is empty"),
        (mesh(1), '<item objectid="7"/>', "object '7' that is not there"),
        (parts('<component objectid="9"/>'), WHOLE, "contain each other"),
        (mesh(1), '<item objectid="1" transform="1 0 0"/>', "a transform of 3 numbers"),
        (parts(), WHOLE, "no triangles"),
    ],
)
def test_what_is_wrong_with_a_package_is_said(
    tmp_path: Path, resources: str, items: str, said: str
) -> None:
    path = package(tmp_path / "a.3mf", {"3D/3dmodel.model": model(resources, items)})
    with pytest.raises(CheckError, match=said):
        inspect(path, Known())


def test_without_relationships_the_only_model_is_read(tmp_path: Path) -> None:
    one = {"3D/3dmodel.model": model(mesh(1), '<item objectid="1"/>')}
    assert len(read_mesh(package(tmp_path / "a.3mf", one, ""))) == 1
    two = {**one, "3D/other.model": model(mesh(1), "")}
    with pytest.raises(CheckError, match="relationships"):
        read_mesh(package(tmp_path / "b.3mf", two, ""))


def binary(path: Path, spare: bytes = b"", head: bytes = b"made by hand") -> Path:
    rows = np.zeros(len(BOX.triangles), [("n", "<f4", 3), ("c", "<f4", (3, 3)), ("a", "<u2")])
    rows["c"] = BOX.corners
    path.write_bytes(head.ljust(80) + struct.pack("<I", len(rows)) + rows.tobytes() + spare)
    return path


def text(path: Path) -> Path:
    facets = "".join(
        "facet normal 0 0 0\nouter loop\n" + "".join(f"vertex {x} {y} {z}\n" for x, y, z in corner) + "endloop\nendfacet\n"
        for corner in BOX.corners
    )  # fmt: skip
    path.write_text(f"solid box\n{facets}endsolid box\n", encoding="ascii")
    return path


def test_an_stl_with_bytes_after_its_triangles_is_read(tmp_path: Path) -> None:
    assert len(read_mesh(binary(tmp_path / "a.stl", b"\0" * 10))[0].triangles) == 12
    assert (
        len(read_mesh(binary(tmp_path / "b.stl", b"", b"solid in name alone"))[0].triangles) == 12
    )


def test_a_text_stl_in_capitals_is_read(tmp_path: Path) -> None:
    path = text(tmp_path / "a.stl")
    path.write_text(path.read_text("ascii").upper(), encoding="ascii")
    assert read_mesh(path)[0].volume() == pytest.approx(120)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"solid nothing at all, only words that go on for more than eighty-four bytes so that it is long", "holds no vertex"),
        (bytes(range(7, 247)) * 20, "no STL file"),
    ],
    ids=["words", "bytes"],
)  # fmt: skip
def test_what_is_no_stl_is_called_none(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.stl"
    path.write_bytes(data)
    with pytest.raises(CheckError, match=said):
        read_mesh(path)
