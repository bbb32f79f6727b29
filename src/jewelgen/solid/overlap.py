"""Overlaps nobody declared: two parts in one place without a joint between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from jewelgen.findings import Finding, Severity, Where
from jewelgen.piece.joint import FUSED
from jewelgen.piece.piece import Piece
from jewelgen.solid import mesh as meshes
from jewelgen.solid.members import Place, member_manifold
from jewelgen.solid.placing import box_moved, boxes_meet
from jewelgen.solid.tools import source_box

CHORD = (0.01, 0.2)
LEAST = 0.002  # mm3: below this, coarse meshes of touching curves overlap by themselves


def undeclared(piece: Piece, members: Sequence[Place]) -> Iterator[Finding]:
    """JG320 for every pair of parts that share metal without a joint that fuses them."""
    allowed = {frozenset((j.a, j.b)) for j in piece.joints if j.method in FUSED}
    shared: dict[tuple[str, str], float] = defaultdict(float)
    boxes = [box_moved(source_box(m.part.form), m.frame) for m in members]
    for (a, box_a), (b, box_b) in combinations(zip(members, boxes, strict=True), 2):
        pair = (a.part.name, b.part.name)
        if pair[0] != pair[1] and frozenset(pair) not in allowed and boxes_meet(box_a, box_b):
            shared[pair] += _shared(a, b)
    for (a_name, b_name), volume in shared.items():
        if volume > LEAST:
            yield Finding(
                "JG320",
                f"{a_name} and {b_name} share {volume:.3f} mm3 of metal and no joint says so",
                Where(key=b_name),
                Severity.WARNING,
                hint="add a joint between them, or move one of them",
            )


def _shared(a: Place, b: Place) -> float:
    one = meshes.moved(member_manifold(a.recipe, *CHORD), a.frame)
    two = meshes.moved(member_manifold(b.recipe, *CHORD), b.frame)
    return float((one ^ two).volume())
