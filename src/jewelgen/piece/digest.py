"""Digests of a piece: of all it says, or of what a mold freezes.

In: a `Piece`.  Out: sha256 in hex of its canonical text (numbers to a nanometre).
"""

from __future__ import annotations

import hashlib

from jewelgen.piece.dump import dump, words
from jewelgen.piece.late import cast_cuts, cast_marks
from jewelgen.piece.piece import Piece

DIGITS = 6


def digest(piece: Piece, frozen: bool = False) -> str:
    """The digest of the whole piece, or with `frozen` of what its masters hold."""
    text = "\n".join(frozen_lines(piece)) if frozen else dump(piece, DIGITS)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def frozen_lines(piece: Piece) -> tuple[str, ...]:
    """What a rubber mold fixes: forms and places of parts, cuts and seats, marks that are cast.

    Alloy, finish, plating, size's name, the way joints are made, marks put in after casting, and parts that are
    made by hand or bought are free.
    """
    cast = {part.name for part in piece.parts if part.made == "cast"}
    parts = [
        f"part {p.name} {words((p.form, p.at, p.array, p.made), DIGITS)}"
        for p in piece.parts
        if p.name in cast
    ]
    cuts = [
        f"cut {c.name} {words((tuple(n for n in c.on if n in cast), c.form, c.at, c.array), DIGITS)}"
        for c in cast_cuts(piece)
        if cast & set(c.on)
    ]
    marks = [
        f"mark {m.name} {words((m.on, m.form, m.at, m.array), DIGITS)}"
        for m in cast_marks(piece)
        if m.on in cast
    ]
    blends = [
        f"blend {j.a} {j.b} {words(j.blend, DIGITS)}"
        for j in piece.joints
        if j.blend and {j.a, j.b} <= cast
    ]
    return (*parts, *cuts, *marks, *blends)


def first_difference(piece: Piece, other: Piece) -> str:
    """The name of the first frozen thing (`part shank`) in which two pieces differ; empty when in none."""
    mine, theirs = frozen_lines(piece), frozen_lines(other)
    for a, b in zip(mine, theirs, strict=False):
        if a != b:
            return " ".join(a.split(" ", 2)[:2])
    if len(mine) == len(theirs):
        return ""
    longer = max((mine, theirs), key=len)
    return " ".join(longer[min(len(mine), len(theirs))].split(" ", 2)[:2])
