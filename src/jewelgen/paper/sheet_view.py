"""A sheet drawn with what is sawn from it: the corner that is used as large as it may be, the rest broken off.

In: a `Nested` sheet.  Out: its height on paper, and its lines in a drawing. mm.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from ezdxf.layouts.layout import Modelspace

from jewelgen.flat.nesting import Nested, Placed
from jewelgen.paper.cut_marks import TEXT, WIDE, base, say, stroke, together, width
from jewelgen.paper.lanes import apart

GAP, LINE = 3.5, 2.7
STUB = 6.0  # mm on paper of what is broken off
TALLEST = 62.0
LARGEST = 2.0  # enlargement at most
SIDE = 46.0  # mm for labels beside the sheet
DOT = 0.25  # mm: where a leader ends
LEAST = 0.8  # of a sheet: where less is used the rest is broken off
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet on paper: `window` of it in mm at `scale`, names within outlines or beside the sheet, words below."""

    sheet: Nested
    title: str
    window: tuple[float, float]
    scale: float

    @property
    def height(self) -> float:
        """mm that it takes, with the gap to the next."""
        beside = LINE * len(self._outside())
        return max(self.window[1] * self.scale, beside) + LINE + GAP

    def draw(self, space: Modelspace, top: float) -> None:
        """The sheet from `top` downwards, its words below."""
        foot = top - self.height + GAP + LINE
        for placed in self.sheet.places:
            ring = [(x * self.scale, y * self.scale + foot) for x, y in placed.ring]
            space.add_lwpolyline(ring, close=True, dxfattribs={"layer": "saw"})
            at = _inside(placed, self.scale)
            if at is not None:
                say(space, placed.name, (at[0], at[1] + foot))
        self._edge(space, foot)
        self._keep(space, foot)
        self._labels(space, foot)
        say(space, self.title, (width(self.title) / 2, foot - LINE + TEXT / 2))

    def _edge(self, space: Modelspace, foot: float) -> None:
        """The sheet's edge, open and marked with a break where it goes on."""
        x, y = self.window[0] * self.scale, self.window[1] * self.scale + foot
        stroke(space, (x, foot), (0.0, foot), (0.0, y))
        for cut, line in (
            (self.window[0] < self.sheet.length, ((x, foot), (x, y))),
            (self.window[1] < self.sheet.width, ((0.0, y), (x, y))),
        ):
            stroke(space, *(_broken(*line) if cut else line))

    def _keep(self, space: Modelspace, foot: float) -> None:
        """Where the saw parts what is kept from what is used."""
        across, up = self.sheet.reach
        x, y = self.window[0] * self.scale, up * self.scale + foot
        stroke(space, (0.0, y), (x, y))
        if across < self.window[0] - 1e-6:
            stroke(space, (across * self.scale, foot), (across * self.scale, y))

    def _outside(self) -> list[list[Placed]]:
        """Outlines that are too small for their names, equal ones together, from the lowest up."""
        rows = [placed for placed in self.sheet.places if _inside(placed, self.scale) is None]
        rows.sort(key=lambda placed: (base(placed.name), _number(placed.name)))
        groups = [list(group) for _, group in itertools.groupby(rows, key=lambda p: base(p.name))]
        return sorted(groups, key=lambda group: (_middle(group)[1], _middle(group)[0]))

    def _labels(self, space: Modelspace, foot: float) -> None:
        """Beside the sheet what is too small for its name: by a number, or by leaders where none fits either."""
        groups = self._outside()
        high = [_middle(group)[1] * self.scale + foot for group in groups]
        room = (foot, foot + max(self.window[1] * self.scale, LINE * len(groups)))
        x = self.window[0] * self.scale + 9.0
        middles = apart(high, [TEXT] * len(groups), room)
        for i, (group, y) in enumerate(zip(groups, middles, strict=True)):
            n = len(groups) - i
            spots = [_inside(placed, self.scale, str(n)) for placed in group]
            text = _names(group) if None in spots else f"{n} = {_names(group)}"
            say(space, text, (x + width(text) / 2, y))
            for placed, spot in zip(group, spots, strict=True):
                if None in spots or spot is None:
                    self._leader(space, placed, foot, (x, y))
                else:
                    say(space, str(n), (spot[0], spot[1] + foot))

    def _leader(self, space: Modelspace, placed: Placed, foot: float, to: Point) -> None:
        spot = placed.shape.representative_point()
        at = (spot.x * self.scale, spot.y * self.scale + foot)
        stroke(space, at, to)
        space.add_circle(at, DOT, dxfattribs={"layer": "note"})


def sheet_view(sheet: Nested, title: str, scale: float) -> SheetView:
    """The sheet at a scale, without the part of it that nothing is sawn from."""
    return SheetView(sheet, title, window(sheet, scale), scale)


def scale_of(sheets: Sequence[Nested]) -> float:
    """One scale for all sheets of a picture, so that the used part of each has room."""
    rooms = []
    for sheet in sheets:
        across, up = sheet.reach
        rooms += [(WIDE - SIDE - STUB) / across, (TALLEST - STUB) / up]
    return min(LARGEST, *rooms)


def window(sheet: Nested, scale: float) -> tuple[float, float]:
    """How much of a sheet is shown across and up, mm of the sheet."""
    across, up = sheet.reach
    shown = []
    for used, whole, most in ((across, sheet.length, WIDE - SIDE), (up, sheet.width, TALLEST)):
        fits = whole * scale <= most and used >= LEAST * whole
        shown.append(whole if fits else min(whole, used + STUB / scale))
    return shown[0], shown[1]


def _broken(start: Point, end: Point) -> tuple[Point, ...]:
    """A line with a break in its middle: two strokes out of line."""
    (x0, y0), (x1, y1) = start, end
    upright = abs(y1 - y0) > abs(x1 - x0)
    found = [start]
    for share, out in ((0.46, 0.0), (0.485, 1.2), (0.515, -1.2), (0.54, 0.0)):
        x, y = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
        found.append((x + out, y) if upright else (x, y + out))
    return (*found, end)


def _inside(placed: Placed, scale: float, text: str = "") -> Point | None:
    """Where in an outline its name (or `text`) stands clear of the edge, on paper; None where it does not fit."""
    half, tall = width(text or placed.name) / 2, TEXT / 2 + 0.4
    shape = shapely.affinity.scale(placed.shape, scale, scale, origin=(0.0, 0.0))
    pole = shapely.maximum_inscribed_circle(shape, 0.1).coords[0]
    spot = shape.centroid
    for x, y in ((spot.x, spot.y), (pole[0], pole[1])):
        if shape.contains(shapely.box(x - half, y - tall, x + half, y + tall)):
            return (x, y)
    return None


def _number(name: str) -> int:
    last = name.rpartition("/")[2]
    return int(last) if last.isdigit() else 0


def _names(group: Sequence[Placed]) -> str:
    """`A/1 to 5` where the numbers follow each other, else all of them."""
    names = [placed.name for placed in group]
    numbers = [_number(name) for name in names]
    if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return together(names)
    return f"{names[0]} {' '.join(str(n) for n in numbers[1:])}"


def _middle(group: Sequence[Placed]) -> Point:
    spots = [placed.shape.centroid for placed in group]
    return (sum(p.x for p in spots) / len(spots), sum(p.y for p in spots) / len(spots))
