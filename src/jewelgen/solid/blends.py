"""Blends: a fillet where a joint of a casting asks for one, kept only when it is proved."""

from __future__ import annotations

from collections.abc import Sequence

from jewelgen.findings import Finding, Severity, Where
from jewelgen.piece.piece import Group, Piece
from jewelgen.solid import occ_boolean
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.members import Place, member_shape
from jewelgen.solid.occ_curves import Shape

MOST = 0.05  # share of the body a fillet may add


def blended(
    piece: Piece, group: Group, members: Sequence[Place], shape: Shape
) -> tuple[Shape, bool, list[Finding]]:
    """The body with its blends, whether it got any, and a note (JG315) for each joint left sharp."""
    changed = False
    notes = []
    for joint in piece.joints:
        if joint.blend <= 0 or not {joint.a, joint.b} <= set(group.parts) or group.made != "cast":
            continue
        rounded = _rounded(members, joint.a, joint.b, shape, joint.blend)
        if rounded is None:
            notes.append(
                Finding(
                    "JG315",
                    f"no fillet of {joint.blend:g} mm could be proved between {joint.a} and {joint.b}",
                    Where(key=joint.b),
                    Severity.NOTE,
                    hint="the joint stays sharp; a smaller blend may hold",
                )
            )
        else:
            shape, changed = rounded, True
    return shape, changed, notes


def _rounded(members: Sequence[Place], a: str, b: str, shape: Shape, radius: float) -> Shape | None:
    """All seams between the two parts rounded at once, or None where the kernel or the proof fails."""
    first, second = (
        [solids.placed(member_shape(m.recipe), m.frame) for m in members if m.part.name == name]
        for name in (a, b)
    )
    edges = occ_boolean.seams(shape, first, second)
    if not edges:
        return None
    before = solids.volume(shape)
    try:
        made = occ_boolean.filleted(shape, edges, radius)
    except solids.FAILURES:
        return None
    if made is None or not solids.is_valid(made):
        return None
    after = solids.volume(made)
    same = len(solids.solids_of(made)) == len(solids.solids_of(shape))
    return made if same and before < after < before * (1 + MOST) else None
