"""Which metal lies over stones, seen from one side.

In: `Body`s, the directions of the sheet and a picture of the stones' depths.  Out: areas in mm of the sheet.
No kernel.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from jewelgen.paper.inked import Depths
from jewelgen.paper.views import Body

Array = NDArray[np.float64]
LEAST = 1e-6  # mm2: a smaller quarter of a grid is seen edge on
CRACK = 0.004  # mm between neighbouring quarters that rounding leaves


def covers(bodies: Sequence[Body], axes: Array, stones: Depths, near: BaseGeometry) -> BaseGeometry:
    """The area on the sheet of what stands before the `stones` within the box of `near`."""
    found = [shape for body in bodies for shape in _over(body, axes, stones, near.bounds)]
    whole = shapely.union_all(found)
    return shapely.buffer(shapely.buffer(whole, CRACK), -CRACK)


def _over(
    body: Body, axes: Array, stones: Depths, box: tuple[float, float, float, float]
) -> list[BaseGeometry]:
    """The cells of one body before the stones; of a convex one their hull."""
    found = []
    for grid in body.patches:
        quads = _quads(grid @ axes.T)
        middle = quads.mean(axis=1)
        x, y = middle[:, 0], middle[:, 1]
        within = (x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])
        found.append(quads[within][stones.before(middle[within])][:, :, :2])
    cells = np.concatenate(found)
    if body.sort == "hull" and len(cells):
        return [shapely.convex_hull(shapely.multipoints(cells.reshape(-1, 2)))]
    flat = shapely.convex_hull(shapely.multipoints(cells)) if len(cells) else cells[:, 0, 0]
    return [shape for shape in flat if shapely.area(shape) > LEAST]


def _quads(grid: Array) -> Array:
    """The four corners of every cell of a grid, (n, 4, 3)."""
    a, b, c, d = grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]
    return np.stack((a, b, c, d), 2).reshape(-1, 4, 3)
