"""What the hand still does to a casting: letters to engrave, seats to cut, beads to raise, with where and how deep.

In: a finished `Piece`, the parts of one casting.  Out: `Task` rows; mm, degrees, mm3 of metal.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jewelgen.piece.cutter import Cut
from jewelgen.piece.frame import Frame
from jewelgen.piece.late import cast_marks, hand_marks
from jewelgen.piece.mark import Beads, Glyphs, Mark, Texture
from jewelgen.piece.metal import lines
from jewelgen.piece.piece import Piece
from jewelgen.piece.stone import Stone

TAKES = frozenset({"engrave", "pierce"})  # a stamp pushes metal aside
VERBS = {"engrave": "engrave", "stamp": "stamp", "pierce": "saw out", "raise": "solder on"}
MIDDLE = 0.05  # mm
APART = 90.0  # degrees without a place: what stands closer goes all round


@dataclass(frozen=True, slots=True)
class Task:
    """One thing done after casting. `text`: what is written; `deep` and `tall` in mm, 0 where it says nothing.

    `mm3`: metal of the model that the piece does not have in the end: cut out by hand, or moved where beads rise.
    """

    name: str
    verb: str
    on: str
    place: str
    n: int
    text: str = ""
    font: str = ""
    tall: float = 0.0
    deep: float = 0.0
    mm3: float = 0.0

    def row(self) -> dict[str, Any]:
        """Plain data, mm to 0.001."""
        return {
            "name": self.name, "verb": self.verb, "on": self.on, "place": self.place, "n": self.n,
            "text": self.text, "font": self.font, "tall_mm": round(self.tall, 3), "deep_mm": round(self.deep, 3),
            "mm3": round(self.mm3, 4),
        }  # fmt: skip


def afterwards(piece: Piece, parts: Collection[str]) -> tuple[Task, ...]:
    """Everything that is left to the hand on the casting of some parts, rows of the same work as one."""
    stones = {stone.name: stone for stone in piece.stones}
    tasks = [
        _cut(cut, stones.get(cut.stone), piece)
        for cut in piece.cuts
        if cut.when != "cast" and set(cut.on) & set(parts)
    ]
    tasks += [_mark(mark, piece) for mark in hand_marks(piece) if mark.on in parts]
    alike: dict[tuple[str, ...], list[Task]] = {}
    for task in tasks:
        many = (task.verb, task.on, task.text, task.place)
        alike.setdefault(many if task.n > 1 else (task.name,), []).append(task)
    return tuple(_together(rows) for rows in alike.values())


def _together(rows: Sequence[Task]) -> Task:
    name = rows[0].name if len(rows) == 1 else f"{rows[0].name} .. {rows[-1].name}"
    n, gone = sum(task.n for task in rows), sum(task.mm3 for task in rows)
    return replace(rows[0], name=name, n=n, mm3=gone)


def _cut(cut: Cut, stone: Stone | None, piece: Piece) -> Task:
    size = f"{stone.cut} {stone.length:.4g} x {stone.width:.4g}" if stone else ""
    holder: Cut | Stone = stone or cut
    at = [holder.at.then(copy) for copy in holder.array.frames()]
    verb = f"cut {cut.why or 'seat'}"
    return Task(cut.name, verb, ", ".join(cut.on), spot(piece, at), len(at), size)


def _mark(mark: Mark, piece: Piece) -> Task:
    form = mark.form
    at = [mark.at.then(copy) for copy in mark.array.frames()]
    match form:
        case Glyphs():
            on = spot(piece, at, form.bend)
            gone = taken(piece, mark) if form.how in TAKES else 0.0
            said = (form.text, form.font, form.tall, form.deep)
            return Task(mark.name, VERBS[form.how], mark.on, on, len(at), *said, gone)
        case Beads():
            shown = (x.mm3 for x in lines(piece) if x.what == "raised" and x.name == mark.name)
            verb = "raise beads" if form.word == "bead" else "run milgrain"
            size = f"{form.d:.4g} mm"
            return Task(mark.name, verb, mark.on, spot(piece, at), len(at), size, mm3=sum(shown))
        case Texture():
            return Task(mark.name, form.word, mark.on, "inside" if form.inner else "outside", 1)


def taken(piece: Piece, mark: Mark) -> float:
    """mm3 that letters cut after casting take, as predicted for letters that are cast."""
    alone = replace(
        piece,
        parts=(piece.part(mark.on),),
        joints=(),
        stones=(),
        cuts=tuple(replace(cut, on=(mark.on,)) for cut in piece.cuts if mark.on in cut.on),
        marks=(*(m for m in cast_marks(piece) if m.on == mark.on), replace(mark, when="cast")),
    )
    return sum(x.mm3 for x in lines(alone) if x.name == mark.name and x.what == "engraved")


def off_mm3(tasks: Collection[Task]) -> float:
    """Metal in mm3 that the model of the finished piece has and the piece has not."""
    return sum(task.mm3 for task in tasks)


def spot(piece: Piece, at: Sequence[Frame], bend: float = 0.0) -> str:
    """Places in words: the clock round a finger, the face of a pendant."""
    if piece.sort == "ring":
        side = "inside, " if bend < 0 else "outside, " if bend > 0 else ""
        return side + _clock([math.degrees(math.atan2(f.origin[0], f.origin[2])) for f in at])
    face = "front" if at[0].z[2] > 0.5 else "back" if at[0].z[2] < -0.5 else "edge"
    x, y, _ = at[0].origin
    if len(at) > 1:
        return face
    return face + (f", x {x:.1f}, y {y:.1f}" if math.hypot(x, y) > MIDDLE else ", middle")


def _clock(turns: Sequence[float]) -> str:
    """Degrees from 12 o'clock as hours; a run of places by its ends."""
    turned = sorted(turn % 360.0 for turn in turns)
    gaps = [b - a for a, b in itertools.pairwise((*turned, turned[0] + 360.0))]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    if len(turned) > 1 and gaps[widest] < APART:
        return "all round"
    first, last = turned[(widest + 1) % len(turned)], turned[widest]
    if (last - first) % 360.0 < 1.0:
        return f"at {_hour(first)} o'clock"
    return f"from {_hour(first)} to {_hour(last)} o'clock"


def _hour(degrees: float) -> str:
    hour = f"{degrees / 30.0 % 12.0:.1f}".removesuffix(".0")
    return "12" if hour in {"0", "12"} else hour
