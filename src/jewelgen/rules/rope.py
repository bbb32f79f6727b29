"""JG223: a rope that is to be cast, though its wires only touch along a helix."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.findings import Finding, Fix
from jewelgen.piece.form import Twist
from jewelgen.piece.piece import Piece
from jewelgen.rules.places import here


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """Errors: the print would be loose wires, and the gap between them holds investment."""
    del pack  # no house casts loose wires as one
    for part in piece.parts:
        if part.made == "cast" and isinstance(part.form, Twist) and part.form.n > 1:
            yield Finding(
                "JG223",
                f"{part.name}: {part.form.n} wires that only touch cannot be cast as one",
                here(part.name),
                hint="twist it of drawn wire; a rope to be cast is molded from a made one",
                fix=Fix(f"{part.name.split('.')[0]}.made", '"handmade"'),
            )
