"""JG220, JG221: parts that share metal without a joint, or more than their joint means."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.findings import Finding, Severity
from jewelgen.piece.bounds import meet
from jewelgen.piece.joint import FUSED, Joint
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece
from jewelgen.piece.quadrature import common
from jewelgen.piece.volume import volume
from jewelgen.rules.places import here, metal_of

LEAST = 0.01  # mm3 a place: below this, the prediction's own error
MEETING = frozenset({"butt", "tee", "lap", "touch"})
BITE = 0.15  # share of the smaller part that a meeting joint may take before it is a part in a part


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """Errors: such metal is counted twice; the kernel measures the same again when the piece is built."""
    del pack  # two parts in one place are wrong in every pack
    joints = {frozenset((j.a, j.b)): j for j in piece.joints}
    for (a, b), mm3 in shared_pairs(piece).items():
        joint = joints.get(frozenset((a, b)))
        if joint is None or joint.method not in FUSED:
            if a != b and mm3 > LEAST and _beside(piece, a, b) > LEAST:
                yield Finding(
                    "JG220",
                    f"{a} and {b} share {mm3:.3f} mm3 and no joint says so",
                    here(b),
                    hint="move one of them, or make it smaller: only parts of kinds that join may share metal",
                )
        else:
            yield from _beyond(piece, joint, mm3)


def _beside(piece: Piece, a: str, b: str) -> float:
    """mm3 that two parts share outside all that both are joined to: inside it they meet as its metal."""
    fused = [{j.a, j.b} for j in piece.joints if j.method in FUSED]
    hosts = {p.name for p in piece.parts if {a, p.name} in fused and {b, p.name} in fused}
    copies = metal_of(piece)
    between = [item for item in copies if item.part in hosts]
    return sum(
        common(one.body, other.body, between)
        for one in copies
        for other in copies
        if (one.part, other.part) == (a, b) and meet(one.body.box, other.body.box)
    )


def _beyond(piece: Piece, joint: Joint, mm3: float) -> Iterator[Finding]:
    if joint.fit.word not in MEETING:
        return
    smaller = min(
        piece.part(name).array.n * volume(piece.part(name).form) for name in (joint.a, joint.b)
    )
    if mm3 > BITE * smaller:
        yield Finding(
            "JG221",
            f"{joint.a} and {joint.b} meet as a {joint.fit.word} but share {mm3:.2f} mm3, "
            f"{100 * mm3 / smaller:.0f} % of the smaller",
            here(joint.b),
            Severity.ERROR,
            f"at most {100 * BITE:g} %",
            "move one of them, or say let-in, flat or cope",
        )
