"""What stands at the head of a plan beside metal and size: sections, the flat, stones as assumed, height off the finger.

In: a piece, its joints and settings.  Out: (word, value) rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from jewelgen.bench.joints import JointLine
from jewelgen.bench.practice import Practice
from jewelgen.bench.settings import Setting
from jewelgen.bench.stock import size_words
from jewelgen.piece.form import Hoop, Plate, Wall
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.piece import Piece
from jewelgen.piece.section import thickness, width

Fact = tuple[str, str]
NEAR_BORE = 0.5  # mm within which a ring is the one round the finger


def head_facts(
    piece: Piece, joints: Sequence[JointLine], rows: Sequence[Setting], practice: Practice
) -> tuple[Fact, ...]:
    """The rows in the order in which they are read."""
    return (
        *_shank(piece), *_flats(joints), *_cups(piece), *_stones(piece, rows, practice), *_height(piece), *_letters(piece),
    )  # fmt: skip


def _shank(piece: Piece) -> Iterator[Fact]:
    """The section of what goes round the finger, at 12 and 6 o'clock where it changes."""
    for part in piece.parts:
        form = part.form
        if not isinstance(form, Hoop) or not piece.bore or abs(form.bore - piece.bore) > NEAR_BORE:
            continue
        sizes = [size_words((width(s), thickness(s))) for _, s in form.stations]
        ends = sizes[0] if len(sizes) == 1 else f"{sizes[0]} at 12, {sizes[-1]} at 6 o'clock"
        yield f"section of {part.name}", ends


def _flats(joints: Sequence[JointLine]) -> Iterator[Fact]:
    for line in joints:
        if line.text.startswith("flat "):
            yield f"flat at {line.id}", line.text.removeprefix("flat ")


def _cups(piece: Piece) -> Iterator[Fact]:
    """Walls that hold a stone: their height and thickness."""
    for part in piece.parts:
        if isinstance(part.form, Wall) and any(
            part.name in stone.held_by for stone in piece.stones
        ):
            yield (
                f"section of {part.name}",
                f"wall {part.form.height:.1f} high, {part.form.t:.2f} thick",
            )


def _stones(piece: Piece, rows: Sequence[Setting], practice: Practice) -> Iterator[Fact]:
    """What is assumed of a stone until it is measured, and the hole it is pushed out by."""
    for row in rows:
        stone = next(stone for stone in piece.stones if stone.name == row.stone)
        if stone.cut.startswith("cab"):
            yield f"girdle of {row.id}", f"upright side {stone.girdle:.1f}; measure it on the stone"
        shortening = next((f.value for f in row.figures if f.name == "rim shortening"), None)
        if shortening is not None:
            yield f"rim of {row.id}", f"shortens {shortening:.1f} % when it is pushed over"
        floor = _floor(piece, row.held)
        if floor:
            hole = f"{practice.push_out_hole:.1f} in the middle of {floor}, if wanted, before the stone is tried"
            yield f"push-out hole of {row.id}", hole


def _floor(piece: Piece, held: Sequence[str]) -> str:
    """A whole plate under a wall that holds a stone."""
    for joint in piece.joints:
        for wall, plate in ((joint.a, joint.b), (joint.b, joint.a)):
            form = piece.part(plate).form
            if wall in held and wall != plate and isinstance(form, Plate) and not form.holes:
                return plate
    return ""


def _height(piece: Piece) -> Iterator[Fact]:
    """How far the highest stone stands off the finger."""
    tops = [
        math.hypot(*(stone.at.then(copy).point((0.0, 0.0, stone.girdle + stone.crown))[k] for k in (0, 2)))
        for stone in piece.stones for copy in stone.array.frames()
    ]  # fmt: skip
    if piece.bore and tops:
        yield "height off the finger", f"{max(tops) - piece.bore / 2:.1f} to the top of the stone"


def _letters(piece: Piece) -> Iterator[Fact]:
    """Whether anything is engraved: an empty field is said as well."""
    cut = [
        m.form.text for m in piece.marks if isinstance(m.form, Glyphs) and m.form.how == "engrave"
    ]
    yield "engrave", "; ".join(cut) or "-"
