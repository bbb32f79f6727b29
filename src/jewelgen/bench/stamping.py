"""Marks that are struck with punches: on a ring's strip before it is bent, on a plate when it is sawn."""

from __future__ import annotations

from jewelgen.piece.mark import Glyphs, Mark
from jewelgen.piece.piece import Piece


def stamped_flat(mark: Mark) -> bool:
    """Whether a mark is struck before its part is joined to others."""
    return isinstance(mark.form, Glyphs) and mark.form.how == "stamp"


def stamped(piece: Piece, name: str) -> list[str]:
    """The marks that are struck on a part, in their order."""
    return [mark.name for mark in piece.marks if mark.on == name and stamped_flat(mark)]
