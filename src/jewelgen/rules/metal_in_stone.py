"""JG215: metal inside a stone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jewelgen.findings import Finding, Severity
from jewelgen.piece.bodies import to_world
from jewelgen.piece.bounds import meet
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.piece import Piece
from jewelgen.piece.quadrature import lattice
from jewelgen.piece.stone import Stone
from jewelgen.rules.places import Array, StoneCopy, here, metal_of, samples

POINTS = 8192
SLIGHT, PLAIN = (
    0.003,
    0.02,
)  # shares of the stone: a bearing surface's own error; a seat that is missing


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """A warning or, past 2 % of the stone, an error for each record whose stones share room with metal."""
    del pack  # two bodies in one place are wrong in every pack
    for stone in piece.stones:
        points = _inner(stone)
        share = max(_share(piece, copy, points) for copy in samples(piece, stone))
        if share > SLIGHT:
            yield Finding(
                "JG215",
                f"{stone.name}: {100 * share:.1f} % of the stone's room is filled with metal",
                here(stone.name),
                Severity.ERROR if share > PLAIN else Severity.WARNING,
                f"at most {100 * SLIGHT:g} %",
                "cut a seat for it in the parts that reach into it",
            )


def _inner(stone: Stone) -> Array:
    """Points evenly inside the stone, in its own frame."""
    vertices, faces = polyhedron(stone)
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    p = low + lattice(POINTS) * (high - low)
    corners = np.array([vertices[list(face[:3])] for face in faces])
    outward = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    level = np.einsum("ij,ij->i", corners[:, 0], outward)
    return np.asarray(p[(p @ outward.T <= level).all(axis=1)])


def _share(piece: Piece, copy: StoneCopy, points: Array) -> float:
    world = to_world(copy.frame, points)
    room = world.min(axis=0), world.max(axis=0)
    mask = np.zeros(len(world), dtype=bool)
    for solid in metal_of(piece):
        if meet(solid.body.box, room):
            mask |= solid.contains(world)
    return float(mask.mean()) if len(mask) else 0.0
