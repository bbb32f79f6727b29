"""JG259: textures that no master carries."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.findings import Finding, Severity
from jewelgen.piece.mark import Texture
from jewelgen.piece.piece import Piece
from jewelgen.rules.places import here


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """A note for every texture of a cast part that is not said to be put on afterwards."""
    del pack  # a surface is the bench's work in every pack
    for mark in piece.marks:
        if not isinstance(mark.form, Texture) or mark.when != "cast":
            continue
        if piece.part(mark.on).made == "cast":
            yield Finding(
                "JG259",
                f"{mark.name}: the master of {mark.on} is smooth, '{mark.form.word}' is not in its form",
                here(mark.name),
                Severity.NOTE,
                hint='put it on the casting by hand: when = "after casting" plans the step',
            )
