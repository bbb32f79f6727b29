"""JG261: parts that are to become one, but do not reach each other: solder spans no gap, a casting falls apart."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.findings import Finding
from jewelgen.piece.joint import FUSED, Joint
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece, lots
from jewelgen.rules.contact import touches_along_a_line
from jewelgen.rules.places import here

# Fits that take metal; others may only touch.
BITING = frozenset({"flat", "cope", "let-in", "slit"})
LEAST = 0.005  # mm3 of common metal that holds: a touch along a line, predicted, is as good as none


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """An error for each lot of parts that no joint of the piece reaches."""
    del pack  # a gap is wrong in every pack
    shared = {frozenset(pair): mm3 for pair, mm3 in shared_pairs(piece).items()}
    joints = [j for j in piece.joints if j.method in FUSED and j.a != j.b]
    missed = [j for j in joints if _is_meant_to_bite(piece, j) and shared.get(frozenset((j.a, j.b)), 0.0) < LEAST]  # fmt: skip
    names = [part.name for part in piece.parts]
    met = [(joint.a, joint.b) for joint in joints if joint not in missed]
    for joint in missed:
        lot = lots(names, met)
        if lot[joint.a] != lot[joint.b]:
            met.append((joint.a, joint.b))
            yield Finding(
                "JG261",
                f"{joint.a} is to stand on {joint.b} but does not reach it",
                here(joint.a),
                hint="make it wider, let it in deeper, or bring what carries it nearer",
            )


def _is_meant_to_bite(piece: Piece, joint: Joint) -> bool:
    """Whether the fit takes metal; what touches along a line has a finding of its own (`contact`)."""
    return joint.fit.word in BITING and not touches_along_a_line(piece, joint)
