"""A closed mesh as cells: which points of an even grid lie in metal.

In: triangles in mm.  Out: a `Cells`. Signed crossings of every column are summed, so overlapping shells count once.
No kernel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.solid.model import Mesh

Array = NDArray[np.float64]
Index = NDArray[np.int64]
Full = NDArray[np.bool_]
RIM = 2  # empty cells round the metal
SHIFT = (0.5017, 0.4986)  # of a cell: where columns stand, off the round numbers that edges lie on
AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """`full` (i, j, k): the middle of the cell lies in metal; `low`: the corner of cell 0, 0, 0; `step` in mm."""

    full: Full
    low: Array
    step: float

    def middle(self, cell: Array | Index) -> Array:
        """The middle of cells (..., 3) in mm."""
        return np.asarray(self.low + (np.asarray(cell) + 0.5) * self.step)


def cells(mesh: Mesh, step: float) -> Cells:
    """The metal of a closed mesh on a grid of `step` mm."""
    points = mesh.vertices
    low = points.min(axis=0) - RIM * step
    shape = np.ceil((points.max(axis=0) - low) / step).astype(np.int64) + RIM
    column, level, sign = _crossings((points - low) / step, mesh.triangles, shape)
    turns = np.zeros((int(shape[0] * shape[1]), int(shape[2]) + 1), dtype=np.int32)
    np.add.at(turns, (column, np.clip(np.ceil(level - 0.5), 0, shape[2]).astype(np.int64)), sign)
    # From above, a column enters metal through a face that looks up: counted from below the signs turn round.
    full = np.cumsum(-turns[:, :-1], axis=1) > 0
    return Cells(full.reshape(tuple(shape)), low, step)


def _crossings(points: Array, triangles: Index, shape: Index) -> tuple[Index, Array, Index]:
    """Where columns pass through triangles: the column, the height in cells, and +1 where the face looks up."""
    found: list[tuple[Index, Array, Index]] = []
    corners = points[triangles]
    flat = corners[:, :, :2]
    u, v = flat[:, 1] - flat[:, 0], flat[:, 2] - flat[:, 0]
    double = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    first = np.ceil(flat.min(axis=1) - SHIFT).astype(np.int64)
    last = np.floor(flat.max(axis=1) - SHIFT).astype(np.int64)
    wide = np.maximum(last - first + 1, 0)
    wide[np.abs(double) < 1e-12] = 0
    many = wide[:, 0] * wide[:, 1]
    ends = np.cumsum(many)
    start = 0
    while start < len(many):
        done = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + AT_ONCE)))
        some = np.repeat(np.arange(start, stop), many[start:stop])
        place = np.arange(len(some)) - (ends[some] - many[some] - done)
        i = first[some, 0] + place // np.maximum(wide[some, 1], 1)
        j = first[some, 1] + place % np.maximum(wide[some, 1], 1)
        gap = np.stack((i + SHIFT[0], j + SHIFT[1]), axis=1) - flat[some, 0]
        a = (gap[:, 0] * v[some, 1] - gap[:, 1] * v[some, 0]) / double[some]
        b = (u[some, 0] * gap[:, 1] - u[some, 1] * gap[:, 0]) / double[some]
        hit = (a >= 0) & (b >= 0) & (a + b <= 1)
        s, a, b = some[hit], a[hit], b[hit]
        z = corners[s, :, 2]
        level = z[:, 0] + a * (z[:, 1] - z[:, 0]) + b * (z[:, 2] - z[:, 0])
        found.append((i[hit] * shape[1] + j[hit], level, np.sign(double[s]).astype(np.int64)))
        start = stop
    columns, levels, signs = (np.concatenate(rows) for rows in zip(*found, strict=True))
    return columns, levels, signs
