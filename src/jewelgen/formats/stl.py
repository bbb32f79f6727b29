"""Binary STL, millimetres: an 80-byte header that says so, then float32 triangles with their normals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.formats.solids import Notes, Solid

SUFFIX = "stl"
_RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])


def write(solids: tuple[Solid, ...], notes: Notes) -> bytes:
    """All solids in one binary STL; the header says unit, scale state and title in ASCII."""
    corners = np.concatenate([solid.vertices[solid.triangles] for solid in solids])
    records = np.zeros(len(corners), dtype=_RECORD)
    records["corners"] = corners
    records["normal"] = _normals(records["corners"].astype(np.float64))
    header = _header(notes).encode("ascii", "replace")[:80].ljust(80)
    return header + np.uint32(len(records)).tobytes() + records.tobytes()


def _header(notes: Notes) -> str:
    """Unit, scale state and title; the state first, as a long title is cut off."""
    said = (f"{key} {notes.said(key)}" for key in ("role", "scaled") if notes.said(key))
    return "; ".join(("jewelgen mm", *said, notes.title))


def _normals(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(normals, axis=1)
    return np.asarray(normals / np.where(lengths > 0, lengths, 1.0)[:, None])
