"""Outlines out of sheet: two-dimensional nesting, the same every time.

In: named outlines (Shapely polygons) and sheets, mm.  Out: `Nested` sheets with each outline where it is sawn.
The largest outline first, in either grain, at the corner of what lies already, slid down and left until it
touches; the lowest place wins, then the leftmost. A kerf is kept between neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely.affinity import rotate, translate
from shapely.geometry import Polygon

STEPS = (8.0, 4.0, 2.0, 1.0, 0.5, 0.25)  # mm an outline is slid by
QUARTERS = (0.0, 90.0)
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """`n` equal sheets on hand, `length` x `width` mm."""

    length: float
    width: float
    n: int


@dataclass(frozen=True, slots=True)
class Placed:
    """One outline on its sheet: its name and where its edge runs, mm from the sheet's lower left corner."""

    name: str
    ring: Ring

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
        top = max(y for placed in self.places for _, y in placed.ring)
        return (self.length, max(0.0, self.width - top))

    @property
    def share(self) -> float:
        """Share of the sheet below the offcut that is sawn out, 0 to 1."""
        used = self.length * (self.width - self.keep[1])
        return float(sum(placed.shape.area for placed in self.places) / used)


def nesting(
    pieces: Sequence[tuple[str, Polygon]], sheets: Sequence[Sheet], kerf: float
) -> tuple[tuple[Nested, ...], tuple[str, ...]]:
    """Sheets with their outlines, and the names of outlines for which no sheet was left."""
    fresh = sorted((s.length * s.width, s.length, s.width, s.n) for s in sheets)
    left = {i: row[3] for i, row in enumerate(fresh)}
    begun: list[tuple[float, float, list[Placed]]] = []
    over = []
    for name, shape in sorted(pieces, key=lambda piece: (-piece[1].area, piece[0])):
        if any(_put(sheet, name, shape, kerf) for sheet in begun):
            continue
        for i, (_, long, wide, _) in enumerate(fresh):
            sheet: tuple[float, float, list[Placed]] = (long, wide, [])
            if left[i] and _put(sheet, name, shape, kerf):
                left[i] -= 1
                begun.append(sheet)
                break
        else:
            over.append(name)
    return tuple(Nested(long, wide, tuple(rows)) for long, wide, rows in begun), tuple(over)


def _put(sheet: tuple[float, float, list[Placed]], name: str, shape: Polygon, kerf: float) -> bool:
    """Lay an outline on a sheet where it comes lowest, then leftmost; whether there was room."""
    long, wide, there = sheet
    taken = shapely.union_all([placed.shape.buffer(kerf) for placed in there])
    shapely.prepare(taken)
    best: tuple[tuple[float, float, float], Polygon] | None = None
    for turned in _turns(shape):
        box = turned.bounds
        if box[2] > long + 1e-9 or box[3] > wide + 1e-9:
            continue
        ends = (long - box[2], wide - box[3])
        for x, y in _corners(there, kerf, ends):
            if x + box[2] > long or y + box[3] > wide:
                continue
            lies = translate(turned, x, y)
            if taken.intersects(lies) and not taken.touches(lies):
                continue
            lies = _slid(lies, taken)
            rank = (round(lies.bounds[3], 6), round(lies.bounds[0], 6), turned.bounds[2])
            if best is None or rank < best[0]:
                best = (rank, lies)
    if best is None:
        return False
    there.append(Placed(name, tuple((x, y) for x, y in best[1].exterior.coords[:-1])))
    return True


def _turns(shape: Polygon) -> Iterator[Polygon]:
    """The outline and its quarter turn, each with its box at the origin."""
    for angle in QUARTERS:
        turned = rotate(shape, angle, origin=(0.0, 0.0))
        yield translate(turned, -turned.bounds[0], -turned.bounds[1])


def _corners(
    there: Sequence[Placed], kerf: float, ends: tuple[float, float]
) -> list[tuple[float, float]]:
    """Places worth trying: the sheet's corners (`ends`: far right and top), beside and above what lies there."""
    boxes = [placed.shape.bounds for placed in there]
    gap = kerf + 1e-6
    across = sorted({0.0, ends[0], *(box[2] + gap for box in boxes), *(box[0] for box in boxes)})
    up = sorted({0.0, ends[1], *(box[3] + gap for box in boxes), *(box[1] for box in boxes)})
    return [(x, y) for y in up for x in across]


def _slid(lies: Polygon, taken: shapely.Geometry) -> Polygon:
    """Down and left as far as nothing is in the way, by ever smaller steps."""
    moved = True
    while moved:
        moved = False
        for dx, dy in ((0.0, -1.0), (-1.0, 0.0)):
            for step in STEPS:
                there = translate(lies, dx * step, dy * step)
                while there.bounds[0] >= 0 and there.bounds[1] >= 0 and not taken.intersects(there):
                    lies, moved = there, True
                    there = translate(lies, dx * step, dy * step)
    return lies
