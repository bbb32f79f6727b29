"""One body: the members of a group fused, by B-rep and by mesh, and the two compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial, reduce

import numpy as np

from jewelgen.findings import Finding, GeometryError, Severity, Where
from jewelgen.piece.form import Hoop, Twist
from jewelgen.piece.piece import Group, Piece
from jewelgen.solid import boolean, crevices, occ_boolean, occ_mesh
from jewelgen.solid import mesh as meshes
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.blends import blended
from jewelgen.solid.boolean import Meshed, Verdict
from jewelgen.solid.inlaid import inlaid
from jewelgen.solid.members import (
    Place,
    member_manifold,
    member_shape,
    member_verdict,
    silent_marks,
    without_letters,
)
from jewelgen.solid.model import Body, Member, Mesh, Proof
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.occ_lofts import triangulate_lofts
from jewelgen.solid.ropes import Fuse, let_in
from jewelgen.solid.sectors import in_sectors
from jewelgen.solid.united import mesh_volume

Chord = tuple[float, float]
MANY_FACES = 600  # above this an exact box takes longer than the model
PRINT_TOLERANCE = 0.005  # print mesh against B-rep: the bias of its chords


def body_of(
    piece: Piece, group: Group, members: Sequence[Place], chord: Chord, scale: float
) -> tuple[Body, list[Finding]]:
    """The proved body of a group and what there is to say about it."""
    shape, sharp = _exact(members, group)
    notes = silent(members, chord)
    shape, soft, more = blended(piece, group, members, shape)
    verdict = _whole(shape, group.name) if soft else sharp
    volume = verdict.volume
    mesh, count = _print_mesh([] if soft or _lofted(members) else members, shape, chord, group.name)
    _compare(shape, mesh, volume, chord, group.name)
    if count > 1:
        notes.append(_several(members, group, count))
    k3 = scale**3
    return (
        Body(
            name=group.name,
            parts=tuple(dict.fromkeys(place.part.name for place in members)),
            alloy=group.alloy,
            made=group.made,
            shape=solids.scaled(shape, scale),
            mesh=meshes.single(meshes.scaled_mesh(mesh, scale)),
            volume_mm3=volume * k3,
            solids=count,
            proof=_proof(verdict, volume - sharp.volume, k3),
            members=tuple(_member(place, chord, scale) for place in members),
        ),
        [*notes, *more],
    )


def _proof(verdict: Verdict, fillets: float, k3: float) -> Proof:
    fine = verdict.mesh
    return Proof(
        None, verdict.brep * k3, fine.volume * k3, fine.chords * k3, fillets * k3, verdict.rung
    )


def _lofted(members: Sequence[Place]) -> bool:
    """Whether a ring is lofted through stations that lie near: its exact solid strays from the eased sections
    by up to a chord, so that a mesh of those sections would stray by two.
    """
    hoops = (place.part.form for place in members if isinstance(place.part.form, Hoop))
    return any(len(hoop.stations) > 2 for hoop in hoops)


def silent(members: Sequence[Place], chord: Chord) -> list[Finding]:
    """A note JG316 for every part on which a mark does nearly nothing."""
    return [_silent(place) for place in members if silent_marks(place.recipe, *chord)]


def _silent(place: Place) -> Finding:
    return Finding(
        "JG316",
        f"a mark on {place.part.name} moved less than a third of the metal it should",
        Where(key=place.part.name),
        hint="the letters miss the surface: look at their place, side and bend",
    )


def _member(place: Place, chord: Chord, scale: float) -> Member:
    shape = solids.scaled(solids.placed(member_shape(place.recipe), place.frame), scale)
    local = meshes.mesh_of(member_manifold(place.recipe, *chord))
    mesh = meshes.scaled_mesh(meshes.moved_mesh(local, place.frame), scale)
    return Member(place.part.name, place.index, shape, mesh)


def _exact(members: Sequence[Place], group: Group) -> tuple[Shape, Verdict]:
    """All members united by the kernel, and the verdict on it."""
    if len(members) == 1:
        (place,) = members
        return solids.placed(_worked(place), place.frame), member_verdict(place.recipe)
    plain = (replace(place, part=replace(place.part, alloy="")) for place in members)
    return _proved(tuple(plain), group.name)


@lru_cache(maxsize=16)
def _proved(members: tuple[Place, ...], name: str) -> tuple[Shape, Verdict]:
    """The union of several members and the verdict on it; that of the last pieces is kept, whatever their alloy."""
    shapes = [solids.placed(_worked(place), place.frame) for place in members]
    ways = _ways_on_rope(members, shapes, name) if _on_rope(members) else _ways(members, shapes)
    return boolean.proved(ways, lambda fine: mesh_volume(members, fine), name)


def _is_rope(place: Place) -> bool:
    return isinstance(place.part.form, Twist)


def _ways(members: Sequence[Place], shapes: Sequence[Shape]) -> list[boolean.Try]:
    fused = (partial(fuse, shapes) for fuse in _FUSES)
    return [*_letters_last(members), *in_sectors(members), *fused]


def _ways_on_rope(
    members: Sequence[Place], shapes: Sequence[Shape], name: str
) -> list[boolean.Try]:
    pairs = list(zip(members, shapes, strict=True))
    strands = [s for place, shape in pairs if _is_rope(place) for s in solids.solids_of(shape)]
    rest = [shape for place, shape in pairs if not _is_rope(place)]
    return [partial(let_in, strands, rest, fuse, name) for fuse in _FUSES]


def _on_rope(members: Sequence[Place]) -> bool:
    """Whether a rope and something that stands on it are among the members."""
    return len({_is_rope(place) for place in members}) == 2


def _letters_last(members: Sequence[Place]) -> list[boolean.Try]:
    """The way that unites parts before their flat letters are cut, where there are some: their many small sides
    make a fuse ten times slower.
    """
    plain, inlays = [], []
    for place in members:
        early, late = without_letters(place.recipe)
        plain.append((early, place.frame))
        inlays += [(glyphs, place.frame.then(frame)) for glyphs, frame in late]
    if not inlays:
        return []
    return [
        lambda: inlaid(
            occ_boolean.fuse([solids.placed(member_shape(r), frame) for r, frame in plain]), inlays
        )
    ]


def _worked(place: Place) -> Shape:
    """The member's shape; what cannot be proved is said of the part, not of its form."""
    try:
        return member_shape(place.recipe)
    except GeometryError as wrong:
        key, found = place.part.name, wrong.findings
        named = (replace(f, message=f"{key}: {f.message}", where=Where(key=key)) for f in found)
        raise GeometryError(named) from wrong


def _small_first(shapes: Sequence[Shape]) -> Shape:
    """All but the largest united, and then with it: holds for heads on ridged bands, where all at once is lost."""
    *small, large = sorted(shapes, key=solids.volume)
    return occ_boolean.fuse([large, occ_boolean.fuse(small)])


def _one_by_one(shapes: Sequence[Shape]) -> Shape:
    """One after the other: holds for many wires that cross near one place, where all at once tears a face."""
    return reduce(lambda body, other: occ_boolean.fuse([body, other]), shapes)


_FUSES: tuple[Fuse, ...] = (
    occ_boolean.fuse,
    _small_first,
    _one_by_one,
    *(partial(occ_boolean.fuse, fuzzy=fuzzy) for fuzzy in (1e-5, 1e-4)),
)


def _whole(shape: Shape, name: str) -> Verdict:
    """The verdict on a blended body, which only its own mesh can judge."""
    verdict = boolean.judged(
        shape, lambda fine: Meshed(meshes.volume(meshes.welded(occ_mesh.triangulate(shape, *fine))))
    )
    if verdict.fault:
        raise GeometryError(Finding("JG312", verdict.fault, Where(key=name)))
    return verdict


def _print_mesh(
    members: Sequence[Place], shape: Shape, chord: Chord, name: str
) -> tuple[Mesh, int]:
    """The mesh to print and how many bodies it is to hold; from the B-rep where parts only touch. What is let into
    a rope shares faces with its strands, which a mesh unites.
    """
    wanted = len(solids.solids_of(shape))
    united = meshes.cleaned(crevices.united(members, chord)) if members else None
    parts, voids = meshes.bodies(united) if united else ([], [])
    if united and _on_rope(members) and len(parts) <= wanted:
        return meshes.mesh_of(meshes.undusted(united)), wanted
    if united is None or len(parts) != wanted or voids:
        raw = meshes.welded(triangulate_lofts(shape, *chord))
        united = meshes.manifold(raw, name)
        parts, voids = meshes.bodies(united)
    if len(parts) != wanted:
        raise GeometryError(
            Finding(
                "JG311",
                f"the exact solid is {wanted} bodies, its mesh {len(parts)}",
                Where(key=name),
            )
        )
    return meshes.mesh_of(meshes.undusted(united)), wanted


def _several(members: Sequence[Place], group: Group, count: int) -> Finding:
    """Strands and loose copies may be several bodies; anything else has fallen apart."""
    strands = any(map(_is_rope, members))
    copies = len({place.part.name for place in members}) == 1 and count == len(members)
    if strands or copies:
        apart = "only touch" if strands else "no metal of their own joins"
        return Finding(
            "JG314",
            f"{count} bodies that {apart} are kept together as one compound",
            Where(key=group.name),
            Severity.NOTE,
        )
    raise GeometryError(
        Finding(
            "JG311",
            f"{' + '.join(group.parts)} do not meet: {count} bodies instead of 1",
            Where(key=group.name),
            hint="parts that are joined must overlap or share a face",
        )
    )


def _compare(shape: Shape, mesh: Mesh, volume: float, chord: Chord, name: str) -> None:
    """The print mesh against the exact shape: volume within the bias of chords, equal extents."""
    found = meshes.volume(mesh)
    off = _extent_error(shape, mesh)
    coarse = chord[0] / 0.01
    if abs(found - volume) > PRINT_TOLERANCE * max(1.0, 2 * coarse) * volume:
        text = f"the print mesh has {found:.4f} mm3, the exact solid {volume:.4f}"
    elif off > 3 * chord[0]:
        text = f"the print mesh is {off:.4f} mm off the exact solid's extents"
    else:
        return
    raise GeometryError(Finding("JG312", text, Where(key=name)))


def _extent_error(shape: Shape, mesh: Mesh) -> float:
    """How far the mesh's box is off the shape's, mm; of a field only how far it sticks out of a loose box."""
    low, high = meshes.extents(mesh)
    if len(solids.shell_faces(shape)) > MANY_FACES:
        loose = solids.quick_bounds(shape)
        return float(max((np.array(loose[0]) - low).max(), (high - np.array(loose[1])).max(), 0.0))
    exact = solids.bounds(shape)
    return float(max(np.abs(low - exact[0]).max(), np.abs(high - exact[1]).max()))
