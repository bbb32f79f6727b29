"""What cut letters take from metal: their area times their depth, where the metal is.

Letters are prisms over the plane, or wedges over a cylinder: at height h over radius R an area grows by
1 + h / R, so that letters of area A and depth d bent by R hold A d (1 - d / 2R) (bores: R negative).
The share of them that lies in metal is sampled; letters wholly in metal are exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Path, area, points
from jewelgen.flat.outline import inside as within
from jewelgen.piece.bodies import Placed, to_world
from jewelgen.piece.bounds import glyph_reach
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.quadrature import lattice

Array = NDArray[np.float64]
SPOTS = 8192  # places tried in the box round the letters


def letters_volume(glyphs: Glyphs) -> float:
    """The closed form in mm3 of letters cut `deep` mm into the surface they are bent to."""
    curve = 1.0 - glyphs.deep / (2.0 * glyphs.bend) if glyphs.bend else 1.0
    return area(glyphs.path) * glyphs.deep * curve


def taken_by_letters(tool: Placed, body: Placed, before: Sequence[Placed]) -> float | None:
    """mm3 that letters take from a body, less what earlier tools took; None when metal stands over the surface."""
    glyphs = tool.shape
    if not isinstance(glyphs, Glyphs):
        return None
    spots = _spots(glyphs.path, lattice(SPOTS))
    if not len(spots):
        return None
    low, high = glyph_reach(glyphs)
    if body.contains(to_world(tool.frame, _bent(glyphs, spots, 0.02 * high, high))).any():
        return None
    world = to_world(tool.frame, _bent(glyphs, spots, low, 0.0))
    metal = body.contains(world)
    for item in before:
        metal &= ~item.contains(world)
    weight = 1.0 + (low + spots[:, 2] * -low) / glyphs.bend if glyphs.bend else np.ones(len(spots))
    return letters_volume(glyphs) * float(weight[metal].sum() / weight.sum())


def _spots(path: Path, lattice: Array) -> Array:
    """Places in the letters, (x, y, share of the height)."""
    corners = np.array(points(path))
    low, high = corners.min(axis=0), corners.max(axis=0)
    flat = low + lattice[:, :2] * (high - low)
    kept = within(path, flat[:, 0], flat[:, 1])
    return np.column_stack((flat[kept], lattice[kept, 2]))


def _bent(glyphs: Glyphs, spots: Array, low: float, high: float) -> Array:
    """Places between two heights over the surface, in the mark's own frame."""
    height = low + spots[:, 2] * (high - low)
    if not glyphs.bend:
        return np.column_stack((spots[:, :2], height))
    r, side = abs(glyphs.bend), math.copysign(1.0, glyphs.bend)
    turn, out = spots[:, 0] / r, r + side * height
    return np.column_stack((out * np.sin(turn), spots[:, 1], side * (out * np.cos(turn) - r)))
