"""JG253: a part that should lie on a flat, where none is filed: on a round shank it touches along a line."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.findings import Finding, Fix
from jewelgen.piece.form import Bar, Hoop, Twist
from jewelgen.piece.joint import FUSED, Joint
from jewelgen.piece.piece import Piece
from jewelgen.rules.places import here

LEAST_FLAT = 0.05  # mm: a shallower flat is no wider than the file's own play


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """An error for each joint on a flat without depth: solder has nothing to hold, a casting is two bodies."""
    del pack
    for joint in piece.joints:
        if touches_along_a_line(piece, joint):
            block = joint.a.rpartition(".")[0] or joint.a
            yield Finding(
                "JG253",
                f"{joint.a} touches {joint.b} along a line: no flat is filed for it",
                here(joint.a),
                allowed=f"at least {LEAST_FLAT:g} mm",
                hint="a flat of a few tenths, as wide as the part needs",
                fix=Fix(f"{block}.flat", "0.3"),
            )


def touches_along_a_line(piece: Piece, joint: Joint) -> bool:
    """Whether a joint is on a flat without depth, filed in what is round."""
    if joint.method not in FUSED or joint.fit.word != "flat" or joint.fit.depth >= LEAST_FLAT:
        return False
    return isinstance(piece.part(joint.b).form, (Hoop, Bar, Twist))
