"""What the judges of written files share: a folder's manifest, and an STL as a reader of its own sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

Reader = Callable[[Path], np.ndarray]
_RECORD = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])


@pytest.fixture
def manifest(piece_folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((piece_folder / "manifest.json").read_text("utf-8"))
    return document


@pytest.fixture(scope="session")
def corners_of() -> Reader:
    """Reads a binary STL to triangles x corners x coordinates, in mm."""

    def read(path: Path) -> np.ndarray:
        data = path.read_bytes()
        count = int.from_bytes(data[80:84], "little")
        assert len(data) == 84 + 50 * count, (
            "a binary STL is a header, a count and that many records"
        )
        return np.frombuffer(data, _RECORD, count, 84)["corners"].astype(np.float64)

    return read
