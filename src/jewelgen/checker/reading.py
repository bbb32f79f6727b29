"""Reading meshes: STL, binary and ASCII; 3MF by `package`. What is broken is said, never guessed at.

In: a path.  Out: named `Surface`s in mm.  Raises `CheckError` JG700.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jewelgen.checker.package import read_package
from jewelgen.checker.surface import Surface, blocks, merged
from jewelgen.checker.unreadable import refuse

SUFFIXES = ("stl", "3mf")
HEADER, RECORD = 84, 50  # bytes of a binary STL
MOST_BYTES = 2_000_000_000
MOST_SPARE = 512  # bytes after the last triangle that some programs leave
LIKELY = 1000  # times as many triangles announced as there are: no file was cut off, it is none
_RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])


def read_mesh(path: Path) -> tuple[Surface, ...]:
    """The bodies of an STL (one surface) or 3MF file (one an object)."""
    if not path.is_file():
        refuse(path, "there is no such file")
    size = path.stat().st_size
    if size == 0:
        refuse(path, "the file is empty")
    if size > MOST_BYTES:
        refuse(path, f"{size / 1e9:.1f} GB is more than is read", "export it coarser")
    read = read_package if path.suffix.lower() == ".3mf" else _read_stl
    surfaces = read(path, size)
    if not surfaces:
        refuse(path, "it holds no body", "export it again")
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
    text = head.lstrip()[:5].lower() == b"solid"
    spare = size - HEADER - count * RECORD
    if count >= 0 and 0 <= spare <= (0 if text else MOST_SPARE):
        return (merged(_records(path, count), path.stem),)
    if text:
        return (_read_ascii(path),)
    if count < 0:
        refuse(path, f"{size} bytes are too few for an STL")
    whole = (size - HEADER) // RECORD
    if count > whole and count < LIKELY * max(whole, 1):
        said = f"it was cut off: {count} triangles are announced, {whole} are there"
        refuse(path, said, "export it again")
    refuse(
        path,
        "this is no STL file: its size is not that of the triangles it announces",
        "export it again",
    )


def _records(path: Path, count: int) -> NDArray[np.float32]:
    """The triangles (count, 3, 3) of a binary STL."""
    corners = np.empty((count, 3, 3), np.float32)
    with path.open("rb") as file:
        file.seek(HEADER)
        for some in blocks(count):
            rows = np.fromfile(file, dtype=_RECORD, count=some.stop - some.start)
            corners[some] = rows["corners"]
    return corners


def _read_ascii(path: Path) -> Surface:
    text = path.read_bytes().lower()
    words = [line.split()[1:4] for line in text.splitlines() if line.split()[:1] == [b"vertex"]]
    if b"vertex" not in text:
        refuse(path, "it begins like a text STL and holds no vertex", "export it again")
    if b"endsolid" not in text or len(words) % 3:
        refuse(path, "it was cut off: the last facet is not whole", "export it again")
    try:
        corners = np.array(words, dtype=np.float64).reshape(-1, 3, 3)
    except ValueError:
        refuse(
            path,
            "a vertex is not three numbers",
            "decimals are written with a point: export it again",
        )
    return merged(corners, path.stem)
