"""What a casting carries of a piece's cuts and marks, and what is left to the hand after casting.

In: a `Piece`.  Out: its `Cut`s and `Mark`s as cast; the rest. A seat left to the setter leaves its pilot hole,
which places the stone, and nothing of the beads that are raised round the stone once it lies in its seat.
"""

from __future__ import annotations

from dataclasses import replace

from jewelgen.flat.outline import Oval
from jewelgen.piece.cutter import Bearing, Cut, Pocket
from jewelgen.piece.mark import Beads, Mark
from jewelgen.piece.piece import Piece


def open_stones(piece: Piece) -> frozenset[str]:
    """Stones whose seats the setter cuts."""
    return frozenset(cut.stone for cut in piece.cuts if cut.stone and cut.when != "cast")


def cast_cuts(piece: Piece) -> tuple[Cut, ...]:
    """The cuts of the raw casting."""
    found = (cut if cut.when == "cast" else pilot(cut) for cut in piece.cuts)
    return tuple(cut for cut in found if cut is not None)


def pilot(cut: Cut) -> Cut | None:
    """The hole drilled for a seat, up through the metal over it; None for a seat without one."""
    form = cut.form
    if not isinstance(form, Bearing) or form.pilot <= 0 or form.through <= 0:
        return None
    hole = Pocket(Oval(form.pilot, form.pilot), form.through, form.girdle + form.open)
    return replace(cut, form=hole, when="cast")


def cast_marks(piece: Piece) -> tuple[Mark, ...]:
    """The marks of the raw casting."""
    by_hand = open_stones(piece)
    return tuple(mark for mark in piece.marks if mark.when == "cast" and not _raised(mark, by_hand))


def hand_marks(piece: Piece) -> tuple[Mark, ...]:
    """The marks put in after casting, and the beads raised round stones whose seats the setter cuts."""
    by_hand = open_stones(piece)
    return tuple(mark for mark in piece.marks if mark.when != "cast" or _raised(mark, by_hand))


def _raised(mark: Mark, by_hand: frozenset[str]) -> bool:
    return isinstance(mark.form, Beads) and mark.stone in by_hand
