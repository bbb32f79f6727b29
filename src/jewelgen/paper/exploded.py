"""The exploded view: parts and stones drawn apart along one axis, each with its id in a balloon.

In: a `Piece`, ids of parts and stones.  Out: `Sheet` (DXF, SVG, size in mm).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from ezdxf.layouts.layout import Modelspace
from numpy.typing import NDArray

from jewelgen.paper.drawing import Sheet
from jewelgen.paper.dxf import dxf_text, new_drawing, svg_text, thin, words
from jewelgen.paper.inked import Inked, axes_of, inked
from jewelgen.paper.views import Body, bodies_of
from jewelgen.piece.form import Hoop
from jewelgen.piece.piece import Piece

Array = NDArray[np.float64]
Balloon = tuple[str, tuple[float, float]]
GAP = 1.6  # mm between parts on the sheet, piece at 1:1
STEP = 0.8  # mm: how finely places are tried
FARTHEST = 400  # places tried
WIDE, TALL = 150.0, 76.0  # mm on paper
LARGEST = 2.5  # enlargement at most
TEXT = 2.2  # mm on paper


@dataclass(frozen=True, slots=True)
class Axis:
    """The way apart: `along` in the piece's frame, the sheet's `axes`, and whether balloons stand below."""

    along: Array
    axes: Array
    below: bool


def axis_of(piece: Piece) -> Axis:
    """Rings come apart upwards, bands side by side sideways, pendants from back to front."""
    across = {
        round(float(part.at.then(copy).origin[1]), 1)
        for part in piece.parts
        if isinstance(part.form, Hoop)
        for copy in part.array.frames()
    }
    if piece.sort != "ring":
        return Axis(np.array((0.0, 0.0, 1.0)), axes_of((-1.0, 0.45, 0.9), (0.0, 1.0, 0.0)), True)
    if len(across) > 1:
        return Axis(np.array((0.0, 1.0, 0.0)), axes_of((-1.0, -0.75, 0.5), (0.0, 0.0, 1.0)), True)
    return Axis(np.array((0.0, 0.0, 1.0)), axes_of((0.62, -1.0, 0.62), (0.0, 0.0, 1.0)), False)


def exploded(piece: Piece, ids: Mapping[str, str]) -> Sheet:
    """The piece taken apart; `ids` names parts and stones. Enlarged to fit the page."""
    axis = axis_of(piece)
    lines = inked(_apart(bodies_of(piece), axis, ids), axis.axes)
    x0, y0, x1, y1 = _box(lines)
    room = (WIDE - 12.0, TALL - 6.0) if not axis.below else (WIDE, TALL - 10.0)
    scale = min(LARGEST, room[0] / (x1 - x0), room[1] / (y1 - y0))
    doc = new_drawing(("metal", "stone", "note"), TEXT)
    thin(doc)
    space = doc.modelspace()
    for item in lines:
        for line in item.lines:
            points = [((x - x0) * scale, (y - y0) * scale) for x, y in line]
            space.add_lwpolyline(points, dxfattribs={"layer": item.layer})
    spots = [(word, ((x - x0) * scale, (y - y0) * scale)) for word, (x, y) in _spots(lines, ids)]
    wide, tall = (x1 - x0) * scale, (y1 - y0) * scale
    last = _balloons(space, spots, axis.below) + 3.0
    if axis.below:
        box = (-4.0, -10.0, max(wide, last) + 1.0, tall + 1.0)
    else:
        box = (-12.0, -4.0, wide + 1.0, max(tall, last) + 1.0)
    return Sheet(dxf_text(doc), svg_text(doc, box), box)


def _apart(bodies: Sequence[Body], axis: Axis, ids: Mapping[str, str]) -> list[Body]:
    """The bodies moved along the axis, in its order, until each stands clear of all before it.

    What has one id, as a casting of many parts, stays together.
    """
    groups: dict[str, list[Body]] = {}
    for body in bodies:
        groups.setdefault(ids.get(body.name, body.name), []).append(body)
    order = sorted(groups, key=lambda name: (_middle(groups[name], axis.along), name))
    way = (axis.axes @ axis.along)[:2]
    placed, moved, far = shapely.Polygon(), [], 0
    for name in order:
        hull = _hull(groups[name], axis.axes)
        room = shapely.buffer(placed, GAP)
        while far < FARTHEST and shapely.intersects(_shifted(hull, way * far * STEP), room):
            far += 1
        placed = shapely.union(placed, _shifted(hull, way * far * STEP))
        moved += [_moved(body, axis.along * far * STEP) for body in groups[name]]
    return moved


def _middle(group: Sequence[Body], along: Array) -> float:
    reach = np.concatenate([(grid @ along).ravel() for body in group for grid in body.patches])
    return round(float(reach.min() + reach.max()), 3)


def _hull(group: Sequence[Body], axes: Array) -> shapely.Geometry:
    points = np.concatenate([grid.reshape(-1, 3) for body in group for grid in body.patches])
    return shapely.convex_hull(shapely.multipoints((points @ axes.T)[:, :2]))


def _shifted(shape: shapely.Geometry, by: Array) -> shapely.Geometry:
    return shapely.transform(shape, lambda points: points + by)


def _moved(body: Body, by: Array) -> Body:
    return replace(
        body,
        patches=tuple(grid + by for grid in body.patches),
        holes=tuple(ring + by for ring in body.holes),
        sunk=0.0,
    )


def _box(lines: Sequence[Inked]) -> tuple[float, float, float, float]:
    points = np.array([point for item in lines for line in item.lines for point in line])
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def _spots(lines: Sequence[Inked], ids: Mapping[str, str]) -> list[Balloon]:
    """One place for each id: on the first copy of it that is seen."""
    found: dict[str, tuple[float, float]] = {}
    for item in lines:
        if item.name in ids and item.spot is not None:
            found.setdefault(ids[item.name], item.spot)
    return sorted(found.items())


def _balloons(space: Modelspace, spots: Sequence[Balloon], below: bool) -> float:
    """Ids in circles, left of the parts or below them, with leaders; returns where the last one stands."""
    level, size = -99.0, TEXT * 0.95
    along = 0 if below else 1
    for word, spot in sorted(spots, key=lambda row: (row[1][along], row[0])):
        level = max(spot[along], level + 2.9 * size)
        at = (level, -6.0) if below else (-8.0, level)
        _balloon(space, word, at, spot)
    return level


def _balloon(
    space: Modelspace, word: str, at: tuple[float, float], spot: tuple[float, float]
) -> None:
    note = {"layer": "note"}
    size = TEXT * (0.95 if len(word) < 3 else 1.2)
    away = np.subtract(spot, at)
    start = np.add(at, away / max(float(np.linalg.norm(away)), 1e-9) * size)
    space.add_circle(at, size, dxfattribs=note)
    space.add_line((float(start[0]), float(start[1])), spot, dxfattribs=note)
    space.add_circle(spot, 0.25, dxfattribs=note)
    half = 0.34 * TEXT * len(word)
    words(space, word, (at[0] - half, at[1] - TEXT * 0.4), TEXT * 0.9)
