"""Members united as meshes, and the volume of that, free of what the chords of each form lose."""

from __future__ import annotations

from collections.abc import Sequence

from manifold3d import Manifold

from jewelgen.solid import mesh as meshes
from jewelgen.solid.boolean import Meshed
from jewelgen.solid.members import Place, chord_loss, member_manifold, member_volume


def union(members: Sequence[Place], chord: tuple[float, float]) -> Manifold:
    """The members' meshes as one, by chord in mm and angle in rad."""
    return meshes.union(
        [meshes.moved(member_manifold(place.recipe, *chord), place.frame) for place in members]
    )


def mesh_volume(members: Sequence[Place], chord: tuple[float, float]) -> Meshed:
    """The united meshes in mm3, and what the chords of each form's mesh lose.

    Every form is proved against its closed form, so its own mesh's loss is known exactly; the union,
    the cuts and the overlaps are the mesh's alone. One member is measured where it lies: a field by its period.
    """
    if len(members) == 1:
        return member_volume(members[0].recipe, chord)
    lost = sum(chord_loss(place.recipe, *chord) for place in members)
    return Meshed(float(union(members, chord).volume()), lost)
