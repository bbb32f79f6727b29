"""Overlaps nobody declared: two parts in one place without a joint between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from manifold3d import Manifold

from jewelgen.findings import Finding, Where
from jewelgen.piece.joint import FUSED
from jewelgen.piece.piece import Piece
from jewelgen.solid import mesh as meshes
from jewelgen.solid.boolean import FINE
from jewelgen.solid.members import Place, member_manifold
from jewelgen.solid.placing import Box3, box_moved, boxes_meet
from jewelgen.solid.tools import source_box

CHORD = (0.01, 0.2)
LEAST = 0.002  # mm3 a place: below this, meshes of touching curves overlap by themselves
Boxed = tuple[Place, Box3]


def undeclared(piece: Piece, members: Sequence[Place]) -> Iterator[Finding]:
    """JG320 for every pair of parts that share metal without a joint that fuses them.

    Inside a part that both are joined to they meet as its metal: that is no accident.
    """
    fused = {frozenset((j.a, j.b)) for j in piece.joints if j.method in FUSED}
    boxed = [(place, box_moved(source_box(place.part.form), place.frame)) for place in members]
    shared: dict[tuple[str, str], float] = defaultdict(float)
    for one, other in combinations(boxed, 2):
        pair = (one[0].part.name, other[0].part.name)
        if pair[0] != pair[1] and frozenset(pair) not in fused and boxes_meet(one[1], other[1]):
            hosts = [b for b in boxed if {frozenset((b[0].part.name, n)) for n in pair} <= fused]
            shared[pair] += _looked_at(one[0], other[0], _near(hosts, one[1]))
    for (a, b), mm3 in shared.items():
        if mm3 > LEAST:
            yield Finding(
                "JG320",
                f"{a} and {b} share {mm3:.3f} mm3 of metal and no joint says so",
                Where(key=b),
                hint="move one of them, or make it smaller: only parts of kinds that join may share metal",
            )


def _near(hosts: Sequence[Boxed], box: Box3) -> list[Place]:
    return [place for place, own in hosts if boxes_meet(own, box)]


def _looked_at(a: Place, b: Place, hosts: Sequence[Place]) -> float:
    """mm3 that both hold; where coarse meshes overlap, fine ones must too."""
    found = _shared(a, b, hosts, CHORD)
    found = _shared(a, b, hosts, FINE) if found > LEAST else 0.0
    return found if found > LEAST else 0.0


def _shared(a: Place, b: Place, hosts: Sequence[Place], chord: tuple[float, float]) -> float:
    def meshed(place: Place) -> Manifold:
        return meshes.moved(member_manifold(place.recipe, *chord), place.frame)

    both = meshed(a) ^ meshed(b)
    return float(meshes.difference(both, [meshed(host) for host in hosts]).volume())
