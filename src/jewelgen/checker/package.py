"""Reading 3MF packages: the model that `_rels` names, objects of meshes and of components, in one part or several.

3MF Core Specification 1.3 (sections 2.1.1, 3.4, 4.2) and Production Extension 1.1 (`p:path`).

In: a path.  Out: one named `Surface` an item of the build list, in mm.  Raises `CheckError` JG700.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import numpy as np

from jewelgen.checker.surface import Array, Surface, merged
from jewelgen.checker.unreadable import refuse

MM = {
    "micron": 0.001, "millimeter": 1.0, "centimeter": 10.0, "inch": 25.4, "foot": 304.8, "meter": 1000.0,
}  # fmt: skip
MOST_BYTES = 2_000_000_000
MOST_DEEP = 32  # components within components
ROWS = {"vertices", "triangles"}
ROOT, MODEL = "_rels/.rels", "/3dmodel"
Element = ElementTree.Element


@dataclass(slots=True)
class _Package:
    """An open package and the model parts that were read of it."""

    path: Path
    archive: zipfile.ZipFile
    parts: dict[str, Element] = field(default_factory=dict)

    def part(self, name: str) -> Element:
        """The root element of a model part."""
        if name not in self.parts:
            self.parts[name] = ElementTree.fromstring(self.archive.read(name))  # noqa: S314  expat refuses bombs
        return self.parts[name]


def read_package(path: Path, size: int) -> tuple[Surface, ...]:
    """Every item of the build list, in mm whatever unit the model names."""
    del size
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > MOST_BYTES:
                refuse(path, "it holds more than is read", "export it coarser")
            package = _Package(path, archive)
            return tuple(_items(package, _start(package)))
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError) as error:
        refuse(path, f"this is not a 3MF file ({error})", "export it again")


def _start(package: _Package) -> str:
    """The part that the package's relationships name as its model; the only model there is where they are lost."""
    names = package.archive.namelist()
    if ROOT in names:
        rels = ElementTree.fromstring(package.archive.read(ROOT))  # noqa: S314  as above
        for item in rels.iter():
            if item.attrib.get("Type", "").endswith(MODEL):
                return _inside(item.attrib.get("Target", ""))
    models = [name for name in names if name.lower().endswith(".model")]
    if len(models) != 1:
        refuse(package.path, "it holds no model that its relationships name", "export it again")
    return models[0]


def _inside(target: str) -> str:
    """A part's name as the archive has it."""
    return posixpath.normpath(target.lstrip("/"))


def _items(package: _Package, start: str) -> Iterator[Surface]:
    root = package.part(start)
    unit = root.attrib.get("unit", "millimeter")
    if unit not in MM:
        refuse(package.path, f"its unit '{unit[:20]}' is unknown")
    items = list(_all(root, "item"))
    if not items:
        refuse(
            package.path,
            "its build list is empty: nothing of it would be printed",
            "export it again",
        )
    for item in items:
        name, corners = _object(package, _part_of(item, start), item, 0)
        yield merged(_moved(corners, item) * MM[unit], name)


def _object(package: _Package, part: str, asked: Element, deep: int) -> tuple[str, Array]:
    """The name and the triangles (m, 3, 3) of the object that an item or a component asks for."""
    number = asked.attrib.get("objectid", "")
    every = _all(package.part(part), "object")
    made = next((each for each in every if each.attrib.get("id", "") == number), None)
    if made is None:
        refuse(package.path, f"it asks for an object '{number[:20]}' that is not there")
    if deep > MOST_DEEP:
        refuse(package.path, "its components contain each other")
    found = [_mesh(package.path, each) for each in made if _tag(each) == "mesh"]
    for each in (c for group in made if _tag(group) == "components" for c in group):
        _, corners = _object(package, _part_of(each, part), each, deep + 1)
        found.append(_moved(corners, each))
    corners = np.concatenate(found) if found else np.zeros((0, 3, 3))
    return made.attrib.get("name", ""), corners


def _part_of(asked: Element, here: str) -> str:
    """The part in which the asked object stands."""
    paths = (value for key, value in asked.attrib.items() if key.endswith("}path"))
    return next((_inside(path) for path in paths), here)


def _mesh(path: Path, item: Element) -> Array:
    try:
        points = [v.attrib[k] for v in _rows(item, "vertices", "vertex") for k in "xyz"]
        named = ("v1", "v2", "v3")
        faces = [t.attrib[k] for t in _rows(item, "triangles", "triangle") for k in named]
        vertices = np.array(list(map(float, points)), dtype=np.float64).reshape(-1, 3)
        triangles = np.array(list(map(int, faces)), dtype=np.int64).reshape(-1, 3)
        if len(triangles) and triangles.min() < 0:
            raise IndexError("a corner below 0")
        return np.asarray(vertices[triangles])
    except (KeyError, ValueError, IndexError, OverflowError) as error:
        refuse(path, f"an object's mesh is broken ({error})", "export it again")


def _all(element: Element, word: str) -> Iterator[Element]:
    """Every element so called within another, however deep; none stands among the rows of a mesh, which are many."""
    waiting = [*reversed(element)]
    while waiting:
        each = waiting.pop()
        tag = _tag(each)
        if tag == word:
            yield each
        if tag not in ROWS:
            waiting.extend(reversed(each))


def _rows(mesh: Element, group: str, word: str) -> Iterator[Element]:
    """The elements called `word` in the groups of a mesh called `group`, of one namespace."""
    for each in mesh:
        if _tag(each) == group:
            yield from each.iterfind(f"{each.tag.removesuffix(group)}{word}")


def _tag(item: Element) -> str:
    return str(item.tag).rpartition("}")[2]


def _moved(corners: Array, asked: Element) -> Array:
    """Triangles under a transform: twelve numbers, rows of a 4 x 3 matrix that row vectors meet from the left."""
    words = asked.attrib.get("transform", "").split()
    if not words:
        return corners
    if len(words) != 12:
        raise ValueError(f"a transform of {len(words)} numbers")
    matrix = np.array([float(word) for word in words]).reshape(4, 3)
    moved = corners @ matrix[:3] + matrix[3]
    return np.asarray(moved[:, ::-1] if np.linalg.det(matrix[:3]) < 0 else moved)
