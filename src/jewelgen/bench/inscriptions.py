"""What is written or drawn on finished metal, as flat outlines: for the drawing and the templates.

In: a `Piece`.  Out: an `Inscription` for every mark of letters or art. Lengths mm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from jewelgen.flat.outline import Path
from jewelgen.flat.segments import loop_points
from jewelgen.piece.form import Plate
from jewelgen.piece.frame import dot
from jewelgen.piece.mark import Glyphs, Mark
from jewelgen.piece.piece import Part, Piece

Ring = tuple[tuple[float, float], ...]
CHORD = 0.005  # mm that chords may leave a curve


@dataclass(frozen=True, slots=True)
class Inscription:
    """`text` on part `on`: capitals (art: its height) `tall`, `deep` cut or raised, `place` in words.

    `rings`: the outlines as they are read, about their own middle. `laid`: where they lie on a plate's flat
    outline seen from its front; empty on anything that is not a plate.
    """

    name: str
    on: str
    text: str
    how: str
    tall: float
    deep: float
    place: str
    rings: tuple[Ring, ...]
    laid: tuple[Ring, ...] = ()

    @property
    def size(self) -> tuple[float, float]:
        """Length and height over all, mm."""
        xs, ys = zip(*(point for ring in self.rings for point in ring), strict=True)
        return (max(xs) - min(xs), max(ys) - min(ys))

    @property
    def height(self) -> str:
        """`4.0 tall, 0.25 deep`; what goes through has no depth."""
        deep = "" if self.how == "pierce" else f", {self.deep:.2f} {_DEEP.get(self.how, 'deep')}"
        return f"{self.tall:.1f} tall{deep}"

    @property
    def words(self) -> str:
        """Height, depth and place."""
        return f"{self.height}, {self.place}"


_DEEP = {"raise": "high"}


def inscriptions(piece: Piece) -> tuple[Inscription, ...]:
    """Every mark of letters or art, in the order of the piece."""
    parts = {part.name: part for part in piece.parts}
    return tuple(
        _inscription(parts[mark.on], mark, mark.form)
        for mark in piece.marks
        if isinstance(mark.form, Glyphs) and mark.on in parts
    )


def _inscription(part: Part, mark: Mark, form: Glyphs) -> Inscription:
    rings = tuple(_rings(form.path))
    laid = tuple(_on_plate(part, mark, rings)) if isinstance(part.form, Plate) else ()
    return Inscription(
        mark.name, part.name, form.text, form.how, form.tall, form.deep, place_of(part, mark, form), rings, laid
    )  # fmt: skip


def _rings(path: Path) -> Iterator[Ring]:
    for loop in path.loops:
        yield tuple((float(x), float(y)) for x, y in loop_points(loop, CHORD))


def _on_plate(part: Part, mark: Mark, rings: tuple[Ring, ...]) -> Iterator[Ring]:
    """The outlines of every copy in the plane of the plate's outline."""
    for copy in mark.array.frames():
        frame = mark.at.then(copy)
        for ring in rings:
            spots = [part.at.local(frame.point((x, y, 0.0))) for x, y in ring]
            yield tuple((x, y) for x, y, _ in spots)


def place_of(part: Part, mark: Mark, form: Glyphs) -> str:
    """`on the front`, `on the back`, `inside at 6 o'clock`: where it is looked for."""
    if not form.bend:
        back = isinstance(part.form, Plate) and dot(part.at.z, mark.at.z) < 0
        return "on the back" if back else "on the front"
    x, _, z = part.at.local(mark.at.origin)
    side = "inside" if form.bend < 0 else "outside"
    return f"{side} at {_clock(math.degrees(math.atan2(x, z)) % 360.0)}"


def _clock(turn: float) -> str:
    """An angle from 12 o'clock, clockwise, as the time of a clock."""
    minutes = round(turn * 2) % 720
    hour = minutes // 60 or 12
    return f"{hour} o'clock" if minutes % 60 == 0 else f"{hour}:{minutes % 60:02d}"
