"""Stones as bodies: facet-true polyhedra, and cabochons as exact domes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from jewelgen.catalog.cuts import cut
from jewelgen.flat.segments import Arc, Line
from jewelgen.piece.array import ONE
from jewelgen.piece.frame import IDENTITY, Frame, Vec
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.piece import Piece
from jewelgen.piece.stone import Stone
from jewelgen.solid import mesh as meshes
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.model import Gem, Mesh
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.turned import turned

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
    if cut(stone.cut).family == "cabochon":
        return _cabochon(stone, float(points[:, 2].max())), mesh
    return _solid(points, faces), mesh


def _cabochon(stone: Stone, height: float) -> Shape:
    """Flat back, elliptic wall and half an ellipsoid: a unit dome stretched along x, y and z."""
    wall = girdle_of(stone)
    up = height - wall
    profile = (
        Line((0.0, -wall / up), (1.0, -wall / up)),
        Line((1.0, -wall / up), (1.0, 0.0)),
        Arc((0.0, 0.0), 1.0, 0.0, 90.0),
        Line((0.0, 1.0), (0.0, -wall / up)),
    )
    unit = turned(profile if wall > 0 else (profile[0], *profile[2:]))
    shape = solids.stretched(unit, (stone.width / 2, stone.length / 2, up))
    return solids.placed(shape, Frame((0.0, 0.0, wall)))


def girdle_of(stone: Stone) -> float:
    """Height of a cabochon's upright wall, mm: where its polyhedron begins to close in."""
    points, _ = polyhedron(stone)
    wide = np.abs(points[:, 0]) >= stone.width / 2 * (1 - 1e-9)
    return float(points[wide, 2].max())


def _fans(faces: Faces) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Convex faces as triangles about their first corner."""
    rows = [(f[0], f[i], f[i + 1]) for f in faces for i in range(1, len(f) - 1)]
    return np.array(rows, dtype=np.int64)


def _solid(points: np.ndarray[tuple[int, int], np.dtype[np.float64]], faces: Faces) -> Shape:
    """The polyhedron as planar faces, sewn."""
    corners: list[Vec] = [(float(p[0]), float(p[1]), float(p[2])) for p in points]
    made = [occ.face(occ.polygon([corners[i] for i in face])) for face in faces]
    return solids.sewn(made, 1e-4)[0]
