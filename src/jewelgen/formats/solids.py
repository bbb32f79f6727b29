"""What every solid format takes: named, coloured meshes and shapes of one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Colour = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """One named body for a file: mesh in mm, colour 0..1 RGBA, and its exact shape when there is one.

    `metal`: whether it shines like metal (GLB) or is a stone.
    """

    name: str
    vertices: NDArray[np.float64]
    triangles: NDArray[np.int64]
    colour: Colour
    metal: bool = True
    shape: Any = None


@dataclass(frozen=True, slots=True)
class Notes:
    """Statements a file carries about itself, as (key, value) texts: scale, route, alloy, units."""

    title: str
    rows: tuple[tuple[str, str], ...] = ()

    def said(self, key: str) -> str:
        """What is stated under a key; empty for nothing."""
        return dict(self.rows).get(key, "")
