"""Reading meshes: STL, binary and ASCII, and 3MF. What is broken is said, never guessed at.

In: a path.  Out: named `Surface`s in mm.  Raises `CheckError` JG700.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree

import numpy as np

from jewelgen.checker.surface import Array, Surface, merged
from jewelgen.findings import Finding, JewelgenError, Where

SUFFIXES = ("stl", "3mf")
HEADER, RECORD = 84, 50  # bytes of a binary STL
MOST_BYTES = 2_000_000_000
MM = {
    "micron": 0.001, "millimeter": 1.0, "centimeter": 10.0, "inch": 25.4, "foot": 304.8, "meter": 1000.0,
}  # fmt: skip
_RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])


class CheckError(JewelgenError):
    """A file cannot be read as what its name says."""


def refuse(path: Path, message: str, hint: str = "") -> NoReturn:
    """Raise `CheckError` JG700 about a file."""
    raise CheckError(Finding("JG700", message, Where(str(path)), hint=hint))


def read_mesh(path: Path) -> tuple[Surface, ...]:
    """The bodies of an STL (one surface) or 3MF file (one an object)."""
    if not path.is_file():
        refuse(path, "there is no such file")
    size = path.stat().st_size
    if size == 0:
        refuse(path, "the file is empty")
    if size > MOST_BYTES:
        refuse(path, f"{size / 1e9:.1f} GB is more than is read", "export it coarser")
    read = _read_3mf if path.suffix.lower() == ".3mf" else _read_stl
    surfaces = read(path, size)
    for surface in surfaces:
        if not len(surface.triangles):
            refuse(path, "it holds no triangles")
        if not np.isfinite(surface.vertices).all():
            refuse(path, "a coordinate is not a number", "export it again")
    return surfaces


def _read_stl(path: Path, size: int) -> tuple[Surface, ...]:
    with path.open("rb") as file:
        head = file.read(HEADER)
    count = int.from_bytes(head[80:84], "little") if len(head) == HEADER else -1
    if size == HEADER + count * RECORD:
        records = np.fromfile(path, dtype=_RECORD, count=count, offset=HEADER)
        return (merged(records["corners"], path.stem),)
    if head.lstrip().startswith(b"solid"):
        return (_read_ascii(path),)
    if count < 0:
        refuse(path, f"{size} bytes are too few for an STL")
    whole = (size - HEADER) // RECORD
    said = f"it was cut off: {count} triangles are announced, {whole} are there"
    refuse(path, said if whole < count else "this is not an STL file", "export it again")


def _read_ascii(path: Path) -> Surface:
    text = path.read_bytes()
    words = [line.split()[1:4] for line in text.splitlines() if line.split()[:1] == [b"vertex"]]
    if b"endsolid" not in text or len(words) % 3:
        refuse(path, "it was cut off: the last facet is not whole", "export it again")
    try:
        corners = np.array(words, dtype=np.float64).reshape(-1, 3, 3)
    except ValueError:
        refuse(path, "a vertex is not three numbers", "export it again")
    return merged(corners, path.stem)


def _read_3mf(path: Path, size: int) -> tuple[Surface, ...]:
    """Every mesh object, in mm whatever unit the model names; build transforms are applied."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [
                item for item in archive.infolist() if item.filename.lower().endswith(".model")
            ]
            if not names or sum(item.file_size for item in names) > MOST_BYTES:
                refuse(path, "it holds no model of a size that is read")
            root = ElementTree.fromstring(archive.read(names[0]))  # noqa: S314  expat refuses bombs
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError) as error:
        refuse(path, f"this is not a 3MF file ({error})", "export it again")
    return tuple(_objects(path, root))


def _objects(path: Path, root: ElementTree.Element) -> list[Surface]:
    unit = root.attrib.get("unit", "millimeter")
    if unit not in MM:
        refuse(path, f"its unit '{unit[:20]}' is unknown")
    meshes = {item.attrib.get("id", ""): item for item in root.iter() if _tag(item) == "object"}
    found = []
    for item in (each for each in root.iter() if _tag(each) == "item"):
        made = meshes.get(item.attrib.get("objectid", ""))
        if made is None:
            refuse(path, "its build list names an object that is not there")
        surface = _mesh(path, made)
        points = _moved(surface.vertices, item.attrib.get("transform", "")) * MM[unit]
        found.append(Surface(points, surface.triangles, made.attrib.get("name", "")))
    return found


def _tag(item: ElementTree.Element) -> str:
    return str(item.tag).rpartition("}")[2]


def _mesh(path: Path, item: ElementTree.Element) -> Surface:
    try:
        points = [[float(v.attrib[k]) for k in "xyz"] for v in item.iter() if _tag(v) == "vertex"]
        faces = [
            [int(t.attrib[k]) for k in ("v1", "v2", "v3")]
            for t in item.iter()
            if _tag(t) == "triangle"
        ]
        vertices = np.array(points, dtype=np.float64).reshape(-1, 3)
        triangles = np.array(faces, dtype=np.int64).reshape(-1, 3)
        return merged(vertices[triangles], item.attrib.get("name", ""))
    except (KeyError, ValueError, IndexError) as error:
        refuse(path, f"an object's mesh is broken ({error})", "export it again")


def _moved(points: Array, transform: str) -> Array:
    """Points under a 3MF transform: twelve numbers, rows of a 4 x 3 matrix that row vectors meet from the left."""
    numbers = [float(word) for word in transform.split()]
    if len(numbers) != 12:
        return points
    matrix = np.array(numbers).reshape(4, 3)
    return np.asarray(points @ matrix[:3] + matrix[3])
