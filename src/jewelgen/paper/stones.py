"""Every stone of a piece as a row: id, cut, size, carats two ways, place and the way it faces.

In: a `Piece`.  Out: `Seated` stones, types of equal stones, `stones.csv`. No kernel.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass

from jewelgen.catalog.cuts import cut
from jewelgen.catalog.gems import species
from jewelgen.piece.frame import Frame, Vec
from jewelgen.piece.gem import exact_carats, formula_carats
from jewelgen.piece.piece import Piece
from jewelgen.piece.stone import Stone

HEAD = (
    "id", "type", "name", "cut", "species", "length_mm", "width_mm", "depth_mm", "carats_formula",
    "carats_exact", "x_mm", "y_mm", "z_mm", "faces_x", "faces_y", "faces_z", "clock_deg", "grip",
    "held_by",
)  # fmt: skip
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Type:
    """Equal stones: a letter, the stone they are like, how many; carats of one by formula and by volume."""

    letter: str
    stone: Stone
    n: int
    carats_formula: float
    carats_exact: float

    @property
    def words(self) -> str:
        """Cut, size and species in words."""
        s = self.stone
        round_ = math.isclose(s.length, s.width, abs_tol=0.005)
        size = f"{s.width:.2f}" if round_ else f"{s.length:.2f} x {s.width:.2f}"
        return f"{cut(s.cut).name} {size} x {s.depth:.2f} {species(s.species).name}"


@dataclass(frozen=True, slots=True)
class Seated:
    """One stone in its seat: `id` (the setting row's, numbered where there are more), its type and place."""

    id: str
    type: Type
    stone: Stone
    frame: Frame

    @property
    def clock_deg(self) -> float:
        """Degrees round the finger from 12 o'clock, clockwise as seen from the front (towards +x)."""
        x, _, z = self.frame.origin
        return math.degrees(math.atan2(x, z)) % 360.0


def types(piece: Piece) -> tuple[Type, ...]:
    """The kinds of stones to buy, in the order in which the piece first uses them: A, B, ..."""
    found: dict[tuple[object, ...], list[Stone]] = {}
    for stone in piece.stones:
        found.setdefault(_like(stone), []).append(stone)
    return tuple(
        Type(
            _letter(i), same[0], sum(s.array.n for s in same), formula_carats(same[0]),
            exact_carats(same[0]),
        )
        for i, same in enumerate(found.values())
    )  # fmt: skip


def _letter(i: int) -> str:
    return LETTERS[i] if i < len(LETTERS) else _letter(i // len(LETTERS) - 1) + LETTERS[i % 26]


def _like(stone: Stone) -> tuple[object, ...]:
    sizes = (stone.length, stone.width, stone.depth)
    return (stone.cut, stone.species, *(round(size, 4) for size in sizes))


def seated(piece: Piece) -> tuple[Seated, ...]:
    """Every stone, in the order of the setting table."""
    sorts = {_like(item.stone): item for item in types(piece)}
    found = []
    for row, stone in enumerate(piece.stones, 1):
        frames = stone.array.frames()
        for copy, frame in enumerate(frames, 1):
            name = f"S{row}" if len(frames) == 1 else f"S{row}.{copy}"
            found.append(Seated(name, sorts[_like(stone)], stone, stone.at.then(frame)))
    return tuple(found)


def stones_csv(piece: Piece) -> str:
    """One row a stone, UTF-8 text with a head line."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(_row(item, piece.sort == "ring") for item in seated(piece))
    return stream.getvalue()


def _row(item: Seated, ring: bool) -> tuple[str, ...]:
    s = item.stone
    return (
        item.id, item.type.letter, s.name, s.cut, s.species,
        *(f"{size:.3f}" for size in (s.length, s.width, s.depth)),
        f"{item.type.carats_formula:.4f}", f"{item.type.carats_exact:.4f}",
        *_numbers(item.frame.origin, 3), *_numbers(item.frame.z, 4),
        f"{item.clock_deg:.2f}" if ring else "", s.grip, " ".join(s.held_by),
    )  # fmt: skip


def _numbers(vector: Vec, places: int) -> tuple[str, ...]:
    return tuple(f"{round(value, places) + 0.0:.{places}f}" for value in vector)
