"""JG224, JG225: wires held together by wrapping alone: never cast, kept as a named compound."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.findings import Finding, Fix, Severity
from jewelgen.piece.piece import Piece
from jewelgen.rules.places import here


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """A note for each wrapped block that is made by hand, an error where it is to be cast."""
    del pack  # no house casts loose wires as one
    told = set()
    for joint in piece.joints:
        block = joint.a.partition(".")[0]
        if joint.method != "wrap" or block in told:
            continue
        told.add(block)
        if piece.part(joint.a).made == "cast":
            yield Finding(
                "JG224",
                f"{block}: wires that only touch cannot be cast as one",
                here(joint.a),
                hint="it is cold work in drawn wire",
                fix=Fix(f"{block}.made", '"handmade"'),
            )
        else:
            yield Finding(
                "JG225",
                f"{block}: wires that only touch, held by their bindings: a compound, not one body",
                here(joint.a),
                Severity.NOTE,
            )
