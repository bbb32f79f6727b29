"""The surface under a mark as heights on a grid: how deep or high its strokes are, and how wide.

Rays fall square on the mark's plane, or on the cylinder it is laid on. What is cut is told from the ground by
closing the heights, what is raised by opening them (Serra 1982); widths are twice the distance from a stroke's
middle to its edge.

In: a `Scene` and a `Marked`.  Out: `Strokes` in mm of the file.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from jewelgen.checker.known import Marked
from jewelgen.checker.rays import Scene
from jewelgen.checker.surface import Array

PITCH, MOST = 0.02, 160_000  # mm between rays; how many fall at most
MARGIN = 0.3  # mm of ground round the artwork
ABOVE = 0.6  # mm over the deepest that is looked for: rays start there
FAINT = 0.03  # mm: less than this is the mesh and no mark
SHARE = 0.25  # of the deepest: what a curved ground falls away under a raised mark is less
FLAT = 0.6  # slope of the distance from the edge: less is a stroke's middle, more the way into a corner
FINE = 10.0  # per cent of the strokes' length that may be finer: serifs, ends


@dataclass(frozen=True, slots=True)
class Strokes:
    """Along the middles of the strokes: the `shallow` tenth and the median depth (or height), all but the finest
    `width`, the median depth over width; `point` is a finest place.
    """

    shallow: float
    deep: float
    width: float
    ratio: float
    point: tuple[float, float, float]


def strokes(scene: Scene, mark: Marked) -> Strokes | None:
    """What is cut or raised within the mark's box; None where the surface is plain."""
    x, y, pitch = _grid(mark)
    heights, spots = _heights(scene, mark, x, y)
    if not np.isfinite(heights).any():
        return None
    met = np.isfinite(heights)
    i, j = ndimage.distance_transform_edt(~met, return_distances=False, return_indices=True)
    heights = heights[i, j]
    size = [n if n % 2 else n - 1 for n in heights.shape]
    raised = mark.how == "raise"
    ground = (ndimage.grey_opening if raised else ndimage.grey_closing)(heights, size=size)
    relief = np.where(met, np.abs(ground - heights), 0.0)
    cut = relief > FAINT
    if not cut.any():
        return None
    cut &= relief > SHARE * np.percentile(relief[cut], 90)
    return _measured(relief, cut, spots, pitch)


def _measured(relief: Array, cut: np.ndarray, spots: Array, pitch: float) -> Strokes | None:
    """Depth and width along the middles of the strokes."""
    reach = ndimage.distance_transform_edt(np.pad(cut, 1))[1:-1, 1:-1]
    slope = np.hypot(*np.gradient(reach))
    middle = cut & (slope < FLAT) & (reach >= ndimage.maximum_filter(reach, 3) - 0.5)
    if not middle.any():
        return None
    widths = (2 * reach[middle] - 0.5) * pitch
    width = float(np.percentile(widths, FINE))
    finest = spots[middle][int(np.argmin(np.abs(widths - width)))]
    shallow, deep = (float(v) for v in np.percentile(relief[middle], (10.0, 50.0)))
    ratio = float(np.median(relief[middle] / np.maximum(widths, pitch)))
    place = (float(finest[0]), float(finest[1]), float(finest[2]))
    return Strokes(shallow, deep, width, ratio, place)


def _grid(mark: Marked) -> tuple[Array, Array, float]:
    """Places along and across the mark, and their pitch in mm."""
    x0, y0, x1, y1 = mark.box
    wide, tall = x1 - x0 + 2 * MARGIN, y1 - y0 + 2 * MARGIN
    pitch = max(PITCH, float(np.sqrt(wide * tall / MOST)))
    return (
        np.arange(x0 - MARGIN, x1 + MARGIN, pitch),
        np.arange(y0 - MARGIN, y1 + MARGIN, pitch),
        pitch,
    )


def _heights(scene: Scene, mark: Marked, x: Array, y: Array) -> tuple[Array, Array]:
    """Height of the surface over the mark's ground at each place, infinite where there is none; points there."""
    start = 2 * mark.deep + ABOVE
    flat_x, flat_y = (grid.ravel() for grid in np.meshgrid(x, y, indexing="ij"))
    radius, side = abs(mark.bend), 1.0 if mark.bend >= 0 else -1.0
    if radius:
        start = min(start, 0.8 * radius) if side < 0 else start
        a, r = flat_x / radius, radius + side * start
        local = np.column_stack((r * np.sin(a), flat_y, side * (r * np.cos(a) - radius)))
        ups = np.column_stack((side * np.sin(a), np.zeros(len(a)), np.cos(a)))
    else:
        local = np.column_stack((flat_x, flat_y, np.full(len(flat_x), start)))
        ups = np.tile((0.0, 0.0, 1.0), (len(local), 1))
    rows = np.array(mark.rows)
    points, ups = local @ rows[:, :3].T + rows[:, 3], ups @ rows[:, :3].T
    far, _ = scene.hits(points, -ups)
    near = np.where(far < 2 * start + ABOVE, far, np.inf)
    spots = points - np.where(np.isfinite(near), near, 0.0)[:, None] * ups
    shape = (len(x), len(y))
    return (start - near).reshape(shape), spots.reshape(*shape, 3)
