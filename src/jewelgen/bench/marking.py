"""Marking strips: paper that is wrapped once round a finished band to prick where its stones are drilled.

In: a `Piece` and its setting table.  Out: a strip for every band that holds stones. Lengths mm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jewelgen.bench.settings import Setting
from jewelgen.piece.cutter import Bearing
from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import Frame, add
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import thickness, width
from jewelgen.piece.stone import Stone

UPRIGHT = 0.7  # cosine to the band's surface below which a stone is not drilled from outside


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a stone's middle lies on the strip: `along` it, `across` it, the drill (0: none is named)."""

    stone: str
    number: int
    along: float
    across: float
    drill: float


@dataclass(frozen=True, slots=True)
class MarkingStrip:
    """A strip of `long` x `tall` mm for a part: its length is the way once round the outside of the band.

    12 o'clock is in the middle of its length. `along` is an angle times the outer radius, so that holes
    pricked through it lie on the radii of the stones whatever their depth.
    """

    part: str
    long: float
    tall: float
    spots: tuple[Spot, ...]

    @property
    def stones(self) -> tuple[str, ...]:
        """Ids of the settings on it, in order."""
        return tuple(dict.fromkeys(spot.stone for spot in self.spots))


def marking_strips(piece: Piece, rows: Sequence[Setting]) -> tuple[MarkingStrip, ...]:
    """A strip for each band made by hand that holds stones over its outside."""
    found = []
    for part in piece.parts:
        form = part.form
        if isinstance(form, Hoop) and part.made == "handmade":
            tall, wide = _outside(form)
            spots = tuple(_spots(piece, part, rows, tall, wide))
            if spots:
                found.append(MarkingStrip(part.name, 2 * math.pi * tall, wide, spots))
    return tuple(found)


def _outside(form: Hoop) -> tuple[float, float]:
    """Radius of the outside at 12 o'clock, and the band's width there."""
    section = form.stations[0][1]
    return form.bore / 2 + thickness(section), width(section)


def _spots(
    piece: Piece, part: Part, rows: Sequence[Setting], radius: float, wide: float
) -> Iterator[Spot]:
    """The stones of every row that stand on the band, numbered as they are placed."""
    stones = {stone.name: stone for stone in piece.stones}
    for row in rows:
        stone = stones[row.stone]
        if not _sits_in(piece, stone, part):
            continue
        drill = _drill(piece, row, stone)
        for number, copy in enumerate(stone.array.frames(), 1):
            x, y, z = part.at.local(stone.at.then(copy).origin)
            if not _from_outside(part, stone.at.then(copy), (x, z)):
                continue
            turn = (math.atan2(x, z) + math.pi) % (2 * math.pi)
            yield Spot(row.id, number, radius * turn, wide / 2 + y, drill)


def _sits_in(piece: Piece, stone: Stone, part: Part) -> bool:
    return any(cut.stone == stone.name and part.name in cut.on for cut in piece.cuts)


def _from_outside(part: Part, at: Frame, middle: tuple[float, float]) -> bool:
    """Whether a stone's table looks away from the finger."""
    length = math.hypot(*middle)
    if length < 1e-9:
        return False
    tip = part.at.local(add(at.origin, at.z))
    out = (tip[0] - middle[0], tip[2] - middle[1])
    return (out[0] * middle[0] + out[1] * middle[1]) / length > UPRIGHT


def _drill(piece: Piece, row: Setting, stone: Stone) -> float:
    """The drill of the setting table, else the pilot hole as drawn."""
    named = [figure.value for figure in row.figures if figure.name == "drill"]
    drawn = [
        cut.form.pilot
        for cut in piece.cuts
        if cut.stone == stone.name and isinstance(cut.form, Bearing)
    ]
    return (named or drawn or [0.0])[0]
