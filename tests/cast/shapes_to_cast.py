"""Quick closed meshes of known measures, and patterns made of them."""

from __future__ import annotations

from functools import cache

import numpy as np
import trimesh
from trimesh.creation import annulus, box, cylinder, icosphere

from jewelgen.cast.branch import Pattern
from jewelgen.cast.sprue import Detail, Sprue, sprue
from jewelgen.catalog.alloys import alloy
from jewelgen.solid.model import Mesh

RING, PENDANT = (0.0, 0.0, -1.0), (0.0, -1.0, -0.5)


def mesh(made: trimesh.Trimesh) -> Mesh:
    return Mesh(np.array(made.vertices, dtype=float), np.array(made.faces, dtype=np.int64))


def band(bore: float, width: float, thick: float) -> trimesh.Trimesh:
    """A flat band round the y axis, 12 o'clock at +z."""
    made = annulus(bore / 2, bore / 2 + thick, width, sections=64)
    made.apply_transform(trimesh.transformations.rotation_matrix(np.pi / 2, (1, 0, 0)))
    return made


def dumbbell(d: float, neck: float, long: float) -> trimesh.Trimesh:
    """Two balls `long` mm apart along x with a thin rod between."""
    rod = cylinder(neck / 2, segment=((-long / 2, 0, 0), (long / 2, 0, 0)), sections=24)
    balls = [icosphere(2, d / 2) for _ in range(2)]
    for ball, sign in zip(balls, (-1, 1), strict=True):
        ball.apply_translation((sign * long / 2, 0, 0))
    return trimesh.boolean.union([rod, *balls], engine="manifold")


MIXED = (
    (band(17.0, 4.0, 1.8), RING), (band(18.2, 2.2, 1.6), RING), (band(20.0, 6.5, 2.2), RING),
    (band(16.0, 3.0, 1.7), RING), (band(15.4, 2.0, 1.5), RING), (box((14.0, 22.0, 1.2)), PENDANT),
    (box((12.0, 12.0, 1.4)), PENDANT), (box((5.0, 30.0, 1.5)), PENDANT),
)  # fmt: skip


@cache
def gated(k: int, alloy_id: str) -> tuple[Mesh, Sprue]:
    """The `k`-th sort with its sprue."""
    shape, rest = MIXED[k]
    made = mesh(shape)
    return made, sprue(made, Detail((), rest), alloy_id, grams(k, alloy_id))


def grams(k: int, alloy_id: str) -> float:
    return float(MIXED[k][0].volume) * alloy(alloy_id).density_g_cm3 / 1000


def patterns(n: int, alloy_id: str = "gold_14k_yellow", material: str = "wax") -> list[Pattern]:
    """`n` patterns of eight sorts, as many of each."""
    found = []
    for k, (shape, _) in enumerate(MIXED[:n]):
        body, feeder = gated(k, alloy_id)
        face, weights = (0.0, 0.0, 1.0), (float(shape.volume), grams(k, alloy_id))
        found += [
            Pattern(f"P{i:02d}", f"sort {k}", alloy_id, material, body, feeder, face, *weights)
            for i in range(k, n, len(MIXED))
        ]
    return found
