"""Where the two halves of a mold part: along the master's outline as the pull sees it, half way up its edge.

In: a `Rubber`, the master's shadows seen along the pull and from its side.  Out: a `Parting`. No kernel.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy import ndimage
from shapely.geometry import MultiPolygon

from jewelgen.cast.cells import Array, Cells
from jewelgen.cast.rubber import Rubber
from jewelgen.piece.frame import Vec

SPACING = 0.3  # mm between points of the line
SPECK = 0.3  # mm2: a hole of the shadow so small is no place for a blade
SMOOTH = 7  # points averaged: the height of an edge is known to a cell
Line2 = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Parting:
    """`lines`: closed runs of points in mm, the outermost first; `along`, `beside`: the master's outlines as seen
    along the pull and from the side, `line_along`, `line_beside`: the parting line on them, `spots_*`: undercuts.
    """

    pull: str
    lines: tuple[tuple[Vec, ...], ...]
    along: tuple[Line2, ...]
    beside: tuple[Line2, ...]
    line_along: tuple[Line2, ...]
    line_beside: tuple[Line2, ...]
    spots_along: tuple[tuple[float, float, bool], ...]
    spots_beside: tuple[tuple[float, float, bool], ...]

    @property
    def length(self) -> float:
        """All of the line, mm."""
        return sum(
            float(np.linalg.norm(np.diff(np.array((*line, line[0])), axis=0), axis=1).sum())
            for line in self.lines
        )


def turns(axis: int) -> tuple[Array, Array]:
    """Matrices (3 x 4) that lay what is seen along an axis, and from its side, into the xy plane.

    Both have the same axis upwards; the side view has the pull to the right.
    """
    right, up = (k for k in range(3) if k != axis)
    eye = np.eye(3)
    found = []
    for level in (right, axis):
        rows = np.array((eye[level], eye[up], np.cross(eye[level], eye[up])))
        found.append(np.hstack((rows, np.zeros((3, 1)))))
    return found[0], found[1]


def parting(made: Rubber, along: MultiPolygon, beside: MultiPolygon) -> Parting:
    """The line of the best pull; `along` and `beside`: shadows by the matrices of `turns`, mm."""
    axis = made.best.axis
    right, up = (k for k in range(3) if k != axis)
    middle = _edge_heights(made.metal, axis)
    lines = []
    for ring in _rings(along):
        flat = _even(ring)
        line = np.empty((len(flat), 3))
        line[:, [right, up]] = flat
        line[:, axis] = _heights(flat, middle, made.metal, (right, up))
        lines.append(line)
    spots = [(np.array(item.at), item.passes) for item in made.best.undercuts]
    return Parting(
        made.best.name,
        tuple(tuple(_vec(p) for p in line) for line in lines),
        tuple(_flat(np.array(ring.coords)) for ring in _all_rings(along)),
        tuple(_flat(np.array(ring.coords)) for ring in _all_rings(beside)),
        tuple(_flat(_closed(line[:, [right, up]])) for line in lines),
        tuple(_flat(_closed(line[:, [axis, up]])) for line in lines),
        tuple((float(p[right]), float(p[up]), good) for p, good in spots),
        tuple((float(p[axis]), float(p[up]), good) for p, good in spots),
    )


def _all_rings(area: MultiPolygon) -> list[shapely.LinearRing]:
    found = [ring for part in area.geoms for ring in (part.exterior, *part.interiors)]
    return sorted(found, key=lambda ring: (-shapely.Polygon(ring).area, ring.bounds))


def _rings(area: MultiPolygon) -> list[shapely.LinearRing]:
    """Loops that a blade follows, the largest first."""
    return [ring for ring in _all_rings(area) if shapely.Polygon(ring).area > SPECK]


def _even(ring: shapely.LinearRing) -> Array:
    """Points (n, 2) evenly round a loop."""
    n = max(24, round(ring.length / SPACING))
    points = shapely.line_interpolate_point(ring, np.arange(n) / n * ring.length)
    return np.asarray(shapely.get_coordinates(points))


def _edge_heights(metal: Cells, axis: int) -> Array:
    """Half way up the metal of every column along an axis, mm; of columns without metal that of the nearest with it."""
    full = np.moveaxis(metal.full, axis, 2)
    some = full.any(axis=2)
    first = full.argmax(axis=2)
    last = full.shape[2] - 1 - full[:, :, ::-1].argmax(axis=2)
    middle = metal.low[axis] + ((first + last) / 2 + 0.5) * metal.step
    near = ndimage.distance_transform_edt(~some, return_distances=False, return_indices=True)
    return np.asarray(middle[tuple(near)])


def _heights(flat: Array, middle: Array, metal: Cells, axes: tuple[int, int]) -> Array:
    """The heights at points of an outline, smoothed along it."""
    index = np.floor((flat - metal.low[list(axes)]) / metal.step).astype(np.int64)
    index = np.clip(index, 0, np.array(middle.shape) - 1)
    raw = middle[tuple(index.T)]
    return np.asarray(ndimage.uniform_filter1d(raw, SMOOTH, mode="wrap"))


def _closed(points: Array) -> Array:
    return np.vstack((points, points[:1]))


def _flat(points: Array) -> Line2:
    return tuple((float(x), float(y)) for x, y in points)


def _vec(point: Array) -> Vec:
    x, y, z = (float(v) for v in point)
    return (x, y, z)
