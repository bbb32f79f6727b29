"""What several rules look at: copies of stones in the piece's coordinates, sizes of forms, blocks of parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.cuts import cut
from jewelgen.findings import Where
from jewelgen.piece.bodies import Solid, solids, to_world
from jewelgen.piece.form import Ball, Bar, Dome, Form, Hoop, Plate, Sculpted, Tube, Twist, Wall
from jewelgen.piece.frame import Frame
from jewelgen.piece.girdles import girdle_points
from jewelgen.piece.piece import Piece
from jewelgen.piece.section import thickness
from jewelgen.piece.stone import Stone

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class StoneCopy:
    """One stone at its place."""

    stone: Stone
    index: int
    frame: Frame

    @property
    def rim(self) -> Array:
        """Points (n, 3) round the girdle's lower edge, in the piece's coordinates."""
        flat = girdle_points(self.stone.cut, self.stone.length, self.stone.width, 64)
        return to_world(
            self.frame, np.column_stack((flat, np.full(len(flat), self.stone.girdle / 2)))
        )


def stone_copies(piece: Piece) -> Iterator[StoneCopy]:
    """Every copy of every stone."""
    for stone in piece.stones:
        for index, inner in enumerate(stone.array.frames()):
            yield StoneCopy(stone, index, stone.at.then(inner))


def samples(piece: Piece, stone: Stone) -> list[StoneCopy]:
    """Copies that stand for all of a record: every one of a few, first, middle and last of many."""
    copies = [c for c in stone_copies(piece) if c.stone is stone]
    if len(copies) <= 8:
        return copies
    return [copies[0], copies[len(copies) // 2], copies[-1]]


@lru_cache(maxsize=16)
def metal_of(piece: Piece) -> tuple[Solid, ...]:
    """All copies of all parts as inside tests."""
    return solids(piece)


def least_metal(form: Form) -> float:
    """The least thickness of a form in mm; 0 where it is not one number."""
    match form:
        case Hoop() | Bar():
            return min(thickness(section) for _, section in form.stations)
        case Wall() | Plate() | Dome():
            return form.t
        case Tube():
            return (form.od - form.id) / 2
        case Ball():
            return form.d
        case Twist() | Sculpted():
            return 0.0


def is_cabochon(stone: Stone) -> bool:
    """Whether the stone is domed with a flat back."""
    return cut(stone.cut).family == "cabochon"


def here(key: str) -> Where:
    """The place of a finding: the part, stone or mark it concerns (the file is added by the reader)."""
    return Where(key=key)
