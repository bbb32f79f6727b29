"""Samples spread evenly over a surface, the same ones for the same file.

In: a `Surface` and a number.  Out: `Field`: points, their normals, their triangles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jewelgen.checker.surface import Array, Index, Surface

SPACING = 0.12  # mm between samples
FEWEST, MOST = 4_000, 120_000
PLASTIC = 1.3247179572447460  # R2 sequence (Roberts 2018): even in two dimensions without chance


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """`area` in mm2 is what one sample stands for; `asked` how many samples the spacing would have wanted."""

    points: Array
    normals: Array
    triangles: Index
    area: float
    asked: int

    @property
    def sparse(self) -> bool:
        """Whether fewer samples were taken than the spacing wants."""
        return len(self.points) < self.asked


def field(surface: Surface, normals: Array) -> Field:
    """Samples in proportion to area, `normals` being the unit normals of the triangles."""
    areas = np.linalg.norm(surface.crosses(), axis=1) / 2
    total = float(areas.sum())
    asked = int(total / SPACING**2)
    count = max(FEWEST, min(MOST, asked))
    steps = np.arange(count)
    levels = (steps + 0.5) / count * total
    chosen = np.minimum(np.searchsorted(np.cumsum(areas), levels), len(areas) - 1)
    u, v = ((0.5 + steps / PLASTIC) % 1.0, (0.5 + steps / PLASTIC**2) % 1.0)
    over = u + v > 1.0
    u, v = np.where(over, 1.0 - u, u), np.where(over, 1.0 - v, v)
    a, b, c = (surface.vertices[surface.triangles[chosen, i]] for i in range(3))
    points = a + u[:, None] * (b - a) + v[:, None] * (c - a)
    return Field(points, normals[chosen], chosen.astype(np.int64), total / count, asked)
