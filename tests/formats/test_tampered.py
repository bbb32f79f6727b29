"""A master that somebody changed beside its manifest: caught by its digest, the place named against its STEP."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from jewelgen.checker.inspect import inspect
from jewelgen.checker.known import beside
from jewelgen.checker.report import Check

pytestmark = pytest.mark.kernel
FAR = 0.1  # mm
_RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])


def move_a_facet(path: Path) -> None:
    """The middle facet of a binary STL moved outward, all that meets its corners with it: the surface stays closed."""
    data = path.read_bytes()
    records = np.frombuffer(data, _RECORD, offset=84).copy()
    corners = np.ascontiguousarray(records["corners"])
    for corner in corners[len(corners) // 2].copy():
        way = corner / np.linalg.norm(corner)
        corners[(corners == corner).all(axis=2)] += (FAR * way).astype(np.float32)
    records["corners"] = corners
    path.write_bytes(data[:84] + records.tobytes())


def judged(path: Path) -> dict[str, Check]:
    (report,) = inspect(path, beside(path))
    return {check.code: check for check in report.checks}


def test_a_facet_that_was_moved_with_its_neighbours_is_caught(
    tmp_path: Path, built: Callable[[str], Path]
) -> None:
    folder = tmp_path / "piece"
    shutil.copytree(built("01_court_band"), folder)
    (path,) = folder.glob("*.stl")
    sound = judged(path)
    assert (sound["JG735"].passed, sound["JG701"].passed) == (True, True)
    assert "JG718" not in sound, "what the build wrote was held against its STEP then"
    move_a_facet(path)
    found = judged(path)
    assert found["JG701"].passed, "no edge is open"
    assert not found["JG735"].passed
    assert not found["JG718"].passed
    assert 0.03 < (found["JG718"].measured or 0.0) <= FAR
    assert "shank" in found["JG718"].where
