"""Where the ids of stones stand on a gem map: in the stones where they fit, else beside them with a leader.

In: `Sized` panels (mm on the sheet).  Out: `Word`s that are clear of each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from jewelgen.paper.stones import Seated

TALLEST, ID_LEAST, NUMBER_LEAST = (
    2.8,
    1.7,
    1.45,
)  # mm: letters of an id; numbers alone are between the latter
SPARE = 0.25  # mm round a word
EVERY = 5  # of a row the first, the last and every fifth stone must be found by its number
OUT = tuple(
    0.9 + 0.6 * step for step in range(24)
)  # mm from a stone's edge at which a word is tried
WAYS = (
    180,
    90,
    270,
    0,
    135,
    225,
    45,
    315,
    112,
    68,
    248,
    292,
)  # degrees, the nearest free one is taken
CAPITAL = 0.73  # height of figures over the size of the type
Array = NDArray[np.float64]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A stone on the sheet: who it is, its middle, what is seen of it."""

    item: Seated
    middle: Point
    open: BaseGeometry


@dataclass(frozen=True, slots=True)
class Word:
    """A text of `tall` mm with its middle at `at`; `foot`: where its leader ends, if it has one."""

    text: str
    at: Point
    tall: float
    foot: Point | None = None

    @property
    def box(self) -> BaseGeometry:
        """What it covers, mm."""
        half, tall = width(self.text, self.tall) / 2, CAPITAL * self.tall / 2
        x, y = self.at
        return shapely.box(x - half - SPARE, y - tall - SPARE, x + half + SPARE, y + tall + SPARE)


def width(text: str, tall: float) -> float:
    """mm that figures and letters of the drawing face take."""
    return sum(0.34 if letter == "." else 0.66 for letter in text) * tall


def row_of(item: Seated) -> str:
    """The id of the setting row that a stone belongs to."""
    return item.id.partition(".")[0]


def due(item: Seated) -> bool:
    """Whether a stone must bear its name somewhere: alone, first, last or every fifth of its row."""
    number = int(item.id.partition(".")[2] or 1)
    return number in {1, item.stone.array.n} or number % EVERY == 0


def labels(panels: Sequence[Sequence[Spot]], sheet: Sequence[BaseGeometry]) -> list[list[Word]]:
    """The words of each panel; what is due and fits in no panel stands beside its stone in the one that shows most.

    `sheet`: the room of each panel with its margin.
    """
    found = [_inside(spots) for spots in panels]
    said = {word for words in found for word, _ in words}
    for name in dict.fromkeys(spot.item.id for spots in panels for spot in spots):
        if name in said:
            continue
        k, spot = max(
            ((k, spot) for k, spots in enumerate(panels) for spot in spots if spot.item.id == name),
            key=lambda row: (round(row[1].open.area, 3), -row[0]),
        )
        if due(spot.item):
            found[k].append((name, _beside(name, spot, panels[k], found[k], sheet[k])))
    for k, spots in enumerate(panels):
        found[k] += [("", word) for word in _rows(spots, found[k], sheet[k])]
    return [[word for _, word in words] for words in found]


def _inside(spots: Sequence[Spot]) -> list[tuple[str, Word]]:
    """Words in the stones that have room for them: the id, else the number in its row."""
    found = []
    for spot in spots:
        word = _fitted(spot)
        if word:
            found.append((spot.item.id, word))
    return found


def _fitted(spot: Spot) -> Word | None:
    row, _, number = spot.item.id.partition(".")
    x0, y0, x1, y1 = spot.open.bounds if not spot.open.is_empty else (0.0, 0.0, 0.0, 0.0)
    if min(x1 - x0, y1 - y0) < NUMBER_LEAST:
        return None
    pole = shapely.maximum_inscribed_circle(spot.open, 0.05).coords[0]
    sizes = ((spot.item.id, TALLEST, ID_LEAST), (number or row, ID_LEAST, NUMBER_LEAST))
    for text, most, least in sizes:
        for tall in np.arange(most, least - 1e-6, -0.05):
            for at in (spot.middle, (pole[0], pole[1])):
                word = Word(text, at, round(float(tall), 2))
                if spot.open.contains(word.box):
                    return word
    return None


def _beside(
    text: str,
    spot: Spot,
    spots: Sequence[Spot],
    words: Iterable[tuple[str, Word]],
    room: BaseGeometry,
) -> Word:
    """The nearest place round a stone where a word covers neither stones nor words."""
    taken = shapely.union_all([*(s.open for s in spots), *(word.box for _, word in words)])
    shapely.prepare(taken)
    foot = spot.open.representative_point()
    tried = list(_places(text, spot))
    free = (w for w in tried if not taken.intersects(w.box) and room.contains(w.box))
    word = next(free, tried[-1])
    return Word(word.text, word.at, word.tall, (foot.x, foot.y))


def _places(text: str, spot: Spot) -> Iterator[Word]:
    x0, y0, x1, y1 = spot.open.bounds
    for out in OUT:
        for way in WAYS:
            turn = math.radians(way)
            half = width(text, ID_LEAST) / 2
            x = spot.middle[0] + math.cos(turn) * ((x1 - x0) / 2 + out + half)
            y = spot.middle[1] - math.sin(turn) * ((y1 - y0) / 2 + out + ID_LEAST / 2)
            yield Word(text, (x, y), ID_LEAST)


def _rows(
    spots: Sequence[Spot], words: Sequence[tuple[str, Word]], room: BaseGeometry
) -> Iterator[Word]:
    """The row's id beside the first of its stones in a panel, where its stones bear numbers alone."""
    by_id = {spot.item.id: spot for spot in spots}
    done = list(words)
    named = {word.text.partition(".")[0] for _, word in words}
    bare = [by_id[name] for name, word in words if word.text != name]
    for row in dict.fromkeys(row_of(spot.item) for spot in bare):
        if row in named:
            continue
        first = min(
            (spot for spot in bare if row_of(spot.item) == row),
            key=lambda spot: (round(spot.middle[0], 2), round(spot.middle[1], 2)),
        )
        word = _beside(row, first, spots, done, room)
        done.append((row, word))
        yield word
