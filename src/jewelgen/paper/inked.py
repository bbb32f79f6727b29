"""Line drawings of bodies from any side: edges and outlines, with what stands in front hiding what lies behind.

In: `Body`s (surface grids in mm) and the directions of the sheet.  Out: lines by body, mm. No kernel: hidden
lines are found on a picture of depths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from jewelgen.paper.views import Body, Line2

Array = NDArray[np.float64]
PIXELS = 420  # of the picture of depths, along the longer side
SMALL = 240  # the same, of small pictures
CREASE = 0.82  # cosine: neighbouring faces that turn more show their edge
FINE = 0.012  # mm: what a line may be off when its points are thinned
MOST = 160  # points into which one step of a grid is divided at most
THRONG = 3_000_000  # numbers that a dense grid holds at most


@dataclass(frozen=True, slots=True)
class Inked:
    """The lines of one body and its outline's middle: `layer`, `lines` in mm of the sheet, one `spot` that is seen."""

    name: str
    layer: str
    lines: tuple[Line2, ...]
    spot: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Depths:
    """How near the foremost surface is in every pixel of `step` mm, from the corner (x, y)."""

    near: Array
    corner: tuple[float, float]
    step: float

    def cells(self, points: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and column of points (n, 3)."""
        at = np.floor((points[:, :2] - self.corner) / self.step).astype(np.int64)
        tall, wide = self.near.shape
        return np.clip(at[:, 1], 1, tall - 2), np.clip(at[:, 0], 1, wide - 2)

    def seen(self, points: Array, sunk: float) -> NDArray[np.bool_]:
        """Whether nothing deeper than `sunk` mm stands before each point, or before one just beside it."""
        row, column = self.cells(points)
        around = np.stack([self.near[row + i, column + j] for i in (-1, 0, 1) for j in (-1, 0, 1)])
        # Outlines lie on their own edge: the pixel beside it must do.
        return np.asarray(points[:, 2] + sunk > around.min(axis=0) - 1.5 * self.step)

    def before(self, points: Array) -> NDArray[np.bool_]:
        """Whether each point stands before all that lies there and just beside it, and something does."""
        row, column = self.cells(points)
        around = np.stack([self.near[row + i, column + j] for i in (-1, 0, 1) for j in (-1, 0, 1)])
        most = around.max(axis=0)
        return np.asarray((points[:, 2] > most) & np.isfinite(most))


def axes_of(towards: Sequence[float], up: Sequence[float]) -> Array:
    """Rows right, up and towards the eye of a sheet seen from the side `towards`."""
    look = np.asarray(towards, dtype=np.float64)
    look = look / np.linalg.norm(look)
    right = np.cross(np.asarray(up, dtype=np.float64), look)
    right /= np.linalg.norm(right)
    return np.stack((right, np.cross(look, right), look))


def depths_of(bodies: Sequence[Body], axes: Array, pixels: int = PIXELS) -> Depths:
    """The picture of depths of bodies on the sheet of `axes`, `pixels` along its longer side."""
    flat = [[grid @ axes.T for grid in body.patches] for body in bodies]
    fills = [_fill(body, axes) for body in bodies]
    return _depths([[*grids, *fill] for grids, fill in zip(flat, fills, strict=True)], pixels)


def inked(bodies: Sequence[Body], axes: Array, pixels: int = PIXELS) -> tuple[Inked, ...]:
    """Every body's visible lines on the sheet of `axes` (rows right, up, towards), bodies in the order given.

    `pixels`: how finely it is found out what hides what.
    """
    depths = depths_of(bodies, axes, pixels)
    flat = [[grid @ axes.T for grid in body.patches] for body in bodies]
    found = []
    for body, grids in zip(bodies, flat, strict=True):
        rims = [np.vstack((ring, ring[:1])) @ axes.T for ring in body.holes]
        edges = np.concatenate([*map(_edges, grids), *(_pairs(rim) for rim in rims)])
        lines = _visible(edges, depths, body.sunk)
        found.append(Inked(body.name, body.layer, lines, _spot(grids, depths)))
    return tuple(found)


def _fill(body: Body, axes: Array) -> list[Array]:
    """The flat ends of a plate, as rows of points between its outline and its holes."""
    if body.sort != "faces" or len(body.patches) != 1:
        return []
    ends = body.patches[0]
    found = []
    for k, ring in ((0, ends[0]), (1, ends[-1])):
        holes = [hole @ axes.T for hole in body.holes[k::2]]
        found += _face(ring @ axes.T, holes)
    return found


def _face(ring: Array, holes: list[Array]) -> list[Array]:
    """Points of a flat face, one grid of a row each; nothing when it is seen edge on."""
    face: BaseGeometry = shapely.make_valid(shapely.Polygon(ring[:, :2]))
    if face.area < 1e-3 or not len(ring):
        return []
    for hole in holes:
        face = shapely.difference(face, shapely.make_valid(shapely.Polygon(hole[:, :2])))
    x0, y0, x1, y1 = face.bounds
    step = max(x1 - x0, y1 - y0) / PIXELS
    x, y = np.meshgrid(np.arange(x0, x1, step), np.arange(y0, y1, step))
    inside = shapely.contains_xy(face, x, y)
    a, b, c = ring[0], ring[len(ring) // 3], ring[2 * len(ring) // 3]
    normal = np.cross(b - a, c - a)
    if abs(normal[2]) < 1e-9:
        return []
    x, y = x[inside], y[inside]
    z = a[2] - (normal[0] * (x - a[0]) + normal[1] * (y - a[1])) / normal[2]
    return [np.stack((x, y, z), 1)[None]]


def _depths(grids: list[list[Array]], pixels: int) -> Depths:
    """The picture of depths of all grids together."""
    points = np.concatenate([grid.reshape(-1, 3) for group in grids for grid in group])
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    step = float(max(high - low)) / pixels
    corner = (float(low[0]) - 3 * step, float(low[1]) - 3 * step)
    wide, tall = (int(np.ceil(v / step)) + 7 for v in high - low)
    made = Depths(np.full((tall, wide), -np.inf), corner, step)
    for group in grids:
        for grid in group:
            dense = _dense(grid, step * 0.6).reshape(-1, 3)
            row, column = made.cells(dense)
            np.maximum.at(made.near.reshape(-1), row * wide + column, dense[:, 2])
    return made


def _dense(grid: Array, step: float) -> Array:
    """The grid with so many points between its own that no step on the sheet is longer than `step` mm."""
    for axis in (0, 1):
        if grid.shape[axis] < 2:
            continue
        long = np.linalg.norm(np.diff(grid[..., :2], axis=axis), axis=2).max(axis=1 - axis)
        n = np.clip(np.ceil(long / step), 1, MOST)
        most = THRONG / grid.size * grid.shape[axis]
        grid = _finer(grid, np.ceil(n * min(1.0, most / n.sum())).astype(np.int64), axis)
    return grid


def _finer(grid: Array, n: NDArray[np.int64], axis: int) -> Array:
    """`n` straight steps for the steps between the rows (axis 0) or columns (axis 1) of a grid."""
    at = np.repeat(np.arange(len(n)), n)
    share = (np.arange(len(at)) - np.repeat(np.cumsum(n) - n, n)) / n[at]
    low, high = grid.take(at, axis), grid.take(at + 1, axis)
    between = low + (high - low) * (share[None, :, None] if axis else share[:, None, None])
    return np.concatenate((between, grid.take([-1], axis)), axis)


def _pairs(line: Array) -> Array:
    """A polyline (n, 3) as segments (n - 1, 2, 3)."""
    return np.stack((line[:-1], line[1:]), 1)


def _edges(grid: Array) -> Array:
    """Segments (n, 2, 3) of a projected grid: its borders, its creases, and where it turns from the eye."""
    normal = np.cross(grid[1:, 1:] - grid[:-1, :-1], grid[:-1, 1:] - grid[1:, :-1])
    size = np.linalg.norm(normal, axis=2, keepdims=True)
    unit = np.divide(normal, size, out=np.zeros_like(normal), where=size > 1e-9)
    along = _across(grid, unit)
    turned = _across(grid.transpose(1, 0, 2), unit.transpose(1, 0, 2))
    return np.concatenate((along, turned))


def _across(grid: Array, unit: Array) -> Array:
    """The segments that run along the rows of a grid and show an edge."""
    closed = bool(np.abs(grid[0] - grid[-1]).max() < 1e-6)
    before = np.concatenate((unit[-1:] if closed else unit[:1] * 0, unit))
    after = np.concatenate((unit, unit[:1] if closed else unit[:1] * 0))
    both = (np.abs(before).sum(2) > 0) & (np.abs(after).sum(2) > 0)
    turn = (before * after).sum(2)
    shown = both & ((turn < CREASE) | (before[..., 2] * after[..., 2] < 0))
    if not closed:
        shown[0], shown[-1] = True, True
    ends = np.stack((grid[:, :-1], grid[:, 1:]), 2)
    return np.asarray(ends[shown])


def _visible(edges: Array, depths: Depths, sunk: float) -> tuple[Line2, ...]:
    """What is seen of segments (n, 2, 3), joined to lines."""
    long = np.linalg.norm(edges[:, 1, :2] - edges[:, 0, :2], axis=1)
    edges, long = edges[long > 1e-4], long[long > 1e-4]
    if not len(edges):
        return ()
    n = np.maximum(1, np.ceil(long / (3 * depths.step)).astype(np.int64))
    which = np.repeat(np.arange(len(edges)), n)
    place = np.arange(len(which)) - np.repeat(np.cumsum(n) - n, n)
    a, d = edges[which, 0], (edges[:, 1] - edges[:, 0])[which]
    share = 1.0 / n[which]
    first, last = a + d * (place * share)[:, None], a + d * ((place + 1) * share)[:, None]
    keep = depths.seen((first + last) / 2, sunk)
    ends = np.stack((first[keep, :2], last[keep, :2]), 1).round(4)
    ends = np.unique(np.sort(ends.view([("x", float), ("y", float)]), axis=1).view(float), axis=0)
    merged = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(ends)))
    thin = shapely.simplify(merged, FINE)
    parts = getattr(thin, "geoms", [thin])
    return tuple(
        tuple((float(x), float(y)) for x, y in part.coords)
        for part in parts
        if part.length > 2 * depths.step
    )


def _spot(grids: Sequence[Array], depths: Depths) -> tuple[float, float] | None:
    """A point of the body that is seen, as near as may be to the middle of all that is seen of it."""
    points = np.concatenate([_dense(grid, depths.step * 3).reshape(-1, 3) for grid in grids])
    row, column = depths.cells(points)
    open_ = points[points[:, 2] > depths.near[row, column] - 1.5 * depths.step]
    if not len(open_):
        return None
    off = np.linalg.norm(open_[:, :2] - open_[:, :2].mean(axis=0), axis=1)
    best = open_[int(np.argmin(off))]
    return (float(best[0]), float(best[1]))
