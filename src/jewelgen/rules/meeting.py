"""JG261: parts that are to become one, but do not reach each other: solder spans no gap, a casting falls apart."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.findings import Finding
from jewelgen.piece.joint import FUSED, Joint
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece
from jewelgen.rules.contact import touches_along_a_line
from jewelgen.rules.places import here

BITING = frozenset(
    {"flat", "cope", "let-in", "slit"}
)  # fits that take metal; others may only touch
LEAST = 0.005  # mm3 of common metal that holds: a touch along a line, predicted, is as good as none


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """An error for each lot of parts that no joint of the piece reaches."""
    del pack  # a gap is wrong in every pack
    shared = {frozenset(pair): mm3 for pair, mm3 in shared_pairs(piece).items()}
    joints = [j for j in piece.joints if j.method in FUSED and j.a != j.b]
    lots = {part.name: part.name for part in piece.parts}
    missed = []
    for joint in joints:
        bites = joint.fit.word in BITING and not touches_along_a_line(piece, joint)
        if bites and shared.get(frozenset((joint.a, joint.b)), 0.0) < LEAST:
            missed.append(joint)
        else:
            lots = _united(lots, joint)
    for joint in missed:
        if lots[joint.a] != lots[joint.b]:
            lots = _united(lots, joint)
            yield Finding(
                "JG261",
                f"{joint.a} is to stand on {joint.b} but does not reach it",
                here(joint.a),
                hint="make it wider, let it in deeper, or bring what carries it nearer",
            )


def _united(lots: dict[str, str], joint: Joint) -> dict[str, str]:
    """The lot of every part, by the name of one of its parts, after the two of a joint have become one."""
    gone, kept = lots[joint.a], lots[joint.b]
    return {name: kept if lot == gone else lot for name, lot in lots.items()}
