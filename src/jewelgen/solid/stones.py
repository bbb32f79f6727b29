"""Stones as bodies: facet-true polyhedra, and cabochons as exact domes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from jewelgen.piece.array import ONE
from jewelgen.piece.frame import IDENTITY, Vec
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.piece import Piece
from jewelgen.piece.stone import Stone
from jewelgen.solid import mesh as meshes
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.model import Gem, Mesh
from jewelgen.solid.occ_curves import Shape

Faces = Sequence[Sequence[int]]


def gems_of(piece: Piece, scale: float) -> Iterator[Gem]:
    """Every stone of the piece at its place, equal ones made once."""
    for stone in piece.stones:
        shape, mesh = _gem(replace(stone, name="", at=IDENTITY, array=ONE, held_by=()))
        for index, inner in enumerate(stone.array.frames()):
            frame = stone.at.then(inner)
            yield Gem(
                stone=stone.name,
                index=index,
                species=stone.species,
                cut=stone.cut,
                frame=frame,
                shape=solids.scaled(solids.placed(shape, frame), scale),
                mesh=meshes.scaled_mesh(meshes.moved_mesh(mesh, frame), scale),
            )


@lru_cache(maxsize=128)
def _gem(stone: Stone) -> tuple[Shape, Mesh]:
    """Shape and mesh of a stone in its own frame."""
    vertices, faces = polyhedron(stone)
    points = np.asarray(vertices, dtype=np.float64)
    mesh = Mesh(points, _fans(faces))
    meshes.manifold(mesh, stone.cut)
    return _solid(points, faces), mesh


def _fans(faces: Faces) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Convex faces as triangles about their first corner."""
    rows = [(f[0], f[i], f[i + 1]) for f in faces for i in range(1, len(f) - 1)]
    return np.array(rows, dtype=np.int64)


def _solid(points: np.ndarray[tuple[int, int], np.dtype[np.float64]], faces: Faces) -> Shape:
    """The polyhedron as planar faces, sewn."""
    corners: list[Vec] = [(float(p[0]), float(p[1]), float(p[2])) for p in points]
    made = [occ.face(occ.polygon([corners[i] for i in face])) for face in faces]
    return solids.sewn(made, 1e-4)[0]
