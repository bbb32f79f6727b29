"""A cast body as it will be worn, by mesh alone: shown and weighed, never sent anywhere as an exact solid.

Its master is the solid that leaves the house, and is built and proved by both kernels. The finished body is
held against the metal that forms, cuts and fits predict.
In: members.  Out: a `Body` without shapes, or None where only the exact solid can tell how many bodies there are.
"""

from __future__ import annotations

from collections.abc import Sequence

from jewelgen.piece.form import Twist
from jewelgen.piece.piece import Group, Piece
from jewelgen.solid import mesh as meshes
from jewelgen.solid.boolean import FINE
from jewelgen.solid.members import Place, is_bare
from jewelgen.solid.model import Body, Mesh, Proof
from jewelgen.solid.united import mesh_volume, union

Chord = tuple[float, float]


def draft_of(
    piece: Piece, group: Group, members: Sequence[Place], chord: Chord, scale: float
) -> Body | None:
    """The body of a cast group without blends that is one piece of metal; None for every other, and for a single
    form, whose exact solid costs nothing.
    """
    single = len(members) == 1 and is_bare(members[0].recipe)
    if group.made != "cast" or single or not _plain(piece, group, members):
        return None
    united = meshes.cleaned(union(members, chord))
    parts, voids = meshes.bodies(united)
    if len(parts) != 1 or voids:
        return None
    fine, k3 = mesh_volume(members, FINE), scale**3
    mesh: Mesh = meshes.scaled_mesh(meshes.mesh_of(united), scale)
    names = tuple(dict.fromkeys(place.part.name for place in members))
    proof = Proof(None, None, fine.volume * k3, fine.chords * k3)
    weight = fine.whole * k3
    return Body(group.name, names, group.alloy, group.made, None, mesh, weight, 1, proof, ())


def _plain(piece: Piece, group: Group, members: Sequence[Place]) -> bool:
    """Whether neither strands nor fillets, which only the exact solid has, belong to the group."""
    strands = any(isinstance(place.part.form, Twist) for place in members)
    soft = any(joint.blend > 0 and {joint.a, joint.b} <= set(group.parts) for joint in piece.joints)
    return not strands and not soft
