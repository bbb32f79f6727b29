"""Crevices: where two members meet at a sharp angle, the chords of both move the bottom by more than a chord.

In: members and the chord asked for.  Out: the chord each is to be meshed with, mm and radians.

Two faces that open by an angle a and err by c each meet up to c / sin(a / 2) too deep, in the bisecting plane;
so what meets sharper than SHARP is meshed finer by as much.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manifold3d import Manifold
from numpy.typing import NDArray

from jewelgen.solid import mesh as meshes
from jewelgen.solid.members import Place, member_manifold
from jewelgen.solid.model import Mesh

Chord = tuple[float, float]
Floats = NDArray[np.float64]
SHARP = 0.4  # sine of half an opening: meshes keep well within their chord, so that wider ones err by no more than it
SHARPEST = 0.15  # a sharper crevice is too narrow to show
SHORT = 0.02  # mm: less of an edge is where a crevice runs out


def united(members: Sequence[Place], chord: Chord) -> Manifold:
    """The members' meshes as one, those that meet in crevices finer than the chord in mm and angle in rad."""
    if len(members) == 1:
        return meshes.moved(member_manifold(members[0].recipe, *chord), members[0].frame)
    body, sines = _united(members, [1.0] * len(members), chord)
    if min(sines) >= SHARP:
        return body
    return _united(members, [min(1.0, sine / SHARP) for sine in sines], chord)[0]


def _united(
    members: Sequence[Place], finer: Sequence[float], chord: Chord
) -> tuple[Manifold, list[float]]:
    """The union by shares of the chord, and the sharpest crevice of each: the sine of half its opening."""
    parts = [
        meshes.moved(
            member_manifold(place.recipe, chord[0] * share, chord[1] * share**0.5), place.frame
        ).as_original()
        for place, share in zip(members, finer, strict=True)
    ]
    body = meshes.union(parts)
    return body, _sharpest(body, [part.original_id() for part in parts])


def _sharpest(body: Manifold, ids: Sequence[int]) -> list[float]:
    """Of every original the least sine of half an opening towards another; 1 where it meets none."""
    raw, mesh = body.to_mesh64(), meshes.mesh_of(body)
    runs = np.diff(np.asarray(raw.run_index)) // 3
    owner = np.repeat(np.asarray(raw.run_original_id), runs)
    one, other = _pairs(mesh)
    apart = owner[one] != owner[other]
    one, other = one[apart], other[apart]
    sine = _openings(mesh, one, other)
    return [float(sine[(owner[one] == i) | (owner[other] == i)].min(initial=1.0)) for i in ids]


def _pairs(mesh: Mesh) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Triangles on both sides of every edge longer than SHORT; corners in one place are one."""
    t = meshes.distinct(mesh.vertices)[1][mesh.triangles]
    ends = np.concatenate((t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]))
    owner = np.tile(np.arange(len(t)), 3)
    corners = mesh.vertices[mesh.triangles]
    long = np.linalg.norm(corners - np.roll(corners, -1, axis=1), axis=2).T.reshape(-1) > SHORT
    n = int(t.max()) + 1
    forth, back = ends[:, 0] * n + ends[:, 1], ends[:, 1] * n + ends[:, 0]
    _, i, j = np.intersect1d(forth[long], back, return_indices=True)
    return owner[long][i], owner[j]


def _openings(mesh: Mesh, one: NDArray[np.int64], other: NDArray[np.int64]) -> Floats:
    """The sine of half the opening between neighbouring triangles; 1 where they do not face each other."""
    corners = mesh.vertices[mesh.triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.maximum(np.linalg.norm(normals, axis=1), 1e-300)[:, None]
    middle = corners.mean(axis=1)
    facing = np.einsum("ij,ij->i", normals[one], middle[other] - middle[one]) > 0
    level = np.einsum("ij,ij->i", normals[one], normals[other])
    return np.where(facing, np.sqrt(np.clip((1.0 + level) / 2.0, 0.0, 1.0)).clip(SHARPEST), 1.0)
