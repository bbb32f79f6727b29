"""Outlines out of sheet, or on a plate: two-dimensional nesting, the same every time.

In: named outlines (Shapely polygons) and sheets, mm.  Out: `Nested` sheets with each outline where it lies.
The largest outline first, in either grain, at the corner of what lies already, slid down and left until it
touches; the lowest place wins, then the leftmost. A kerf is kept between neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon

STEPS = (8.0, 4.0, 2.0, 1.0, 0.5, 0.25)  # mm an outline is slid by
DIGITS = 6  # of mm: places nearer than that are one
Corners = NDArray[np.float64]
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`n` equal sheets on hand, `length` x `width` mm."""

    length: float
    width: float
    n: int


@dataclass(frozen=True, slots=True)
class Placed:
    """One outline on its sheet: its name and where its edge runs, mm from the sheet's lower left corner.

    It was turned by `quarter` turns about its origin and then moved by `shift`.
    """

    name: str
    ring: Ring
    quarter: int = 0
    shift: tuple[float, float] = (0.0, 0.0)

    @property
    def shape(self) -> Polygon:
        """The outline as a polygon."""
        return Polygon(self.ring)


@dataclass(frozen=True, slots=True)
class Nested:
    """One sheet, `length` across and `width` up, and what is sawn from it; `keep`: the whole strip above, mm."""

    length: float
    width: float
    places: tuple[Placed, ...]

    @property
    def keep(self) -> tuple[float, float]:
        """Length and width of the offcut above everything that is sawn, mm."""
        return (self.length, max(0.0, self.width - self.reach[1]))

    @property
    def reach(self) -> tuple[float, float]:
        """How far what is sawn reaches across and up, mm."""
        xs, ys = zip(*(point for placed in self.places for point in placed.ring), strict=True)
        return (max(xs), max(ys))

    @property
    def share(self) -> float:
        """Share of the sheet below the offcut that is sawn out, 0 to 1."""
        used = self.length * (self.width - self.keep[1])
        return float(sum(placed.shape.area for placed in self.places) / used)


def nesting(
    pieces: Sequence[tuple[str, Polygon]], sheets: Sequence[Sheet], kerf: float, most: int = 0
) -> tuple[tuple[Nested, ...], tuple[str, ...]]:
    """Sheets with their outlines, and the names of outlines for which no sheet was left.

    `most`: so many free corners, the lowest, are slid from each way round; 0: all (closer, and slower with many).
    """
    fresh = sorted((s.length * s.width, s.length, s.width, s.n) for s in sheets)
    left = {i: row[3] for i, row in enumerate(fresh)}
    begun: list[_Begun] = []
    over = []
    tried: _Tried = {}
    for name, shape in sorted(pieces, key=lambda piece: (-piece[1].area, piece[0])):
        piece = (name, shape, shape.wkb)
        if any(_lay(sheet, piece, (kerf, most), tried) for sheet in begun):
            continue
        for i, (_, long, wide, _) in enumerate(fresh):
            sheet = _Begun((long, wide), [], (i,))
            if left[i] and _lay(sheet, piece, (kerf, most), tried):
                left[i] -= 1
                begun.append(sheet)
                break
        else:
            over.append(name)
    return tuple(Nested(*sheet.size, tuple(sheet.there)) for sheet in begun), tuple(over)


@dataclass(slots=True)
class _Begun:
    """A sheet with what lies `there`; `state` is the same for sheets on which the same lies in the same places."""

    size: tuple[float, float]
    there: list[Placed]
    state: tuple[int, ...]


_Tried = dict[tuple[tuple[int, ...], bytes], tuple[Placed, tuple[int, ...]] | None]


def _lay(
    sheet: _Begun, piece: tuple[str, Polygon, bytes], rules: tuple[float, int], tried: _Tried
) -> bool:
    """Lay an outline on a sheet; whether there was room.

    Where it comes depends on what lies there alone. A batch of orders cuts the same outlines from sheet after
    sheet: each place is looked for once.
    """
    name, shape, outline = piece
    key = (sheet.state, outline)
    if key not in tried:
        place = _place((*sheet.size, sheet.there), (name, shape), *rules)
        tried[key] = None if place is None else (place, (sheet.state[0], len(tried) + 1))
    found = tried[key]
    if found is None:
        return False
    sheet.there.append(replace(found[0], name=name))
    sheet.state = found[1]
    return True


def _place(
    sheet: tuple[float, float, list[Placed]], piece: tuple[str, Polygon], kerf: float, most: int
) -> Placed | None:
    """Where an outline comes lowest on a sheet, then leftmost; None when there is no room."""
    (long, wide, there), (name, shape) = sheet, piece
    taken = shapely.union_all([placed.shape.buffer(kerf) for placed in there])
    shapely.prepare(taken)
    best: tuple[tuple[float, float, float], Placed] | None = None
    for quarter, turned in enumerate(_turns(shape)):
        box = turned.max(axis=0)
        ends = (long - box[0], wide - box[1])
        if min(ends) < -1e-9:
            continue
        starts = [(x, y) for x, y in _corners(there, kerf, ends) if x <= ends[0] and y <= ends[1]]
        for start in _free(turned, starts, taken)[: most or None]:
            x, y = _slid(turned, start, taken)
            rank = (round(y + box[1], 6), round(x, 6), float(box[0]))
            if best is None or rank < best[0]:
                best = (rank, _placed(name, shape, quarter, turned + np.array((x, y))))
    return best and best[1]


def _turns(shape: Polygon) -> tuple[Corners, Corners]:
    """The outline's corners and those of its quarter turn, each with its box at the origin."""
    plain = np.array(shape.exterior.coords)
    quarter = np.stack((-plain[:, 1], plain[:, 0]), axis=1)
    return plain - plain.min(axis=0), quarter - quarter.min(axis=0)


def _placed(name: str, shape: Polygon, quarter: int, lies: Corners) -> Placed:
    first, here = shape.exterior.coords[0], lies[0]
    turned = (-first[1], first[0]) if quarter else (first[0], first[1])
    shift = (float(here[0] - turned[0]), float(here[1] - turned[1]))
    return Placed(name, tuple((float(x), float(y)) for x, y in lies[:-1]), quarter, shift)


def _free(
    turned: Corners, starts: list[tuple[float, float]], taken: shapely.Geometry
) -> list[tuple[float, float]]:
    """Those places at which an outline meets nothing, or touches it."""
    if not starts:
        return []
    lies = shapely.polygons(turned[None] + np.array(starts)[:, None])
    met = shapely.intersects(taken, lies)
    met[met] &= ~shapely.touches(taken, lies[met])
    return [start for start, bad in zip(starts, met, strict=True) if not bad]


def _corners(
    there: Sequence[Placed], kerf: float, ends: tuple[float, float]
) -> list[tuple[float, float]]:
    """Places worth trying: the sheet's corners (`ends`: far right and top), beside and above what lies there."""
    boxes = [placed.shape.bounds for placed in there]
    gap = kerf + 1e-6
    right = {round(x, DIGITS) for box in boxes for x in (box[2] + gap, box[0])}
    above = {round(y, DIGITS) for box in boxes for y in (box[3] + gap, box[1])}
    across, up = sorted({0.0, ends[0], *right}), sorted({0.0, ends[1], *above})
    return [(x, y) for y in up for x in across]


def _slid(
    turned: Corners, start: tuple[float, float], taken: shapely.Geometry
) -> tuple[float, float]:
    """Down and left as far as nothing is in the way, by ever smaller steps."""
    x, y = start
    moved = True
    while moved:
        moved = False
        for dx, dy in ((0.0, -1.0), (-1.0, 0.0)):
            for step in STEPS:
                u, v = x + dx * step, y + dy * step
                while min(u, v) >= 0 and not taken.intersects(
                    shapely.polygons(turned + np.array((u, v)))
                ):
                    (x, y), moved = (u, v), True
                    u, v = x + dx * step, y + dy * step
    return x, y
