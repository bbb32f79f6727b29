"""How far a mesh strays from an exact surface: places on the mesh, and their distance from fine triangles.

In: `Surface`s.  Out: places with normals, distances in mm. Where a place seems too far the kernel has the
last word (`step_reader`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jewelgen.checker.nearest import distances
from jewelgen.checker.rays import Scene
from jewelgen.checker.surface import Array, Surface

SLIVER = 0.005  # mm: a triangle less tall than this is left out
ASKED = 4000
REACH = 0.5  # mm: how far off the exact surface is looked for


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Middles of triangles, (k, 3) in mm, and the unit normals there."""

    points: Array
    ways: Array


def spots(mesh: Surface, asked: int = ASKED) -> Spots:
    """The middles of some thousand triangles, spread over the mesh; the chord errs most there."""
    normal = mesh.crosses()
    size = np.linalg.norm(normal, axis=1)
    sides = np.linalg.norm(mesh.corners - np.roll(mesh.corners, 1, axis=1), axis=2).max(axis=1)
    broad = np.flatnonzero(size > SLIVER * sides)  # the normal of a sliver says nothing
    chosen = broad[:: max(1, len(broad) // asked)]
    return Spots(mesh.corners[chosen].mean(axis=1), normal[chosen] / size[chosen][:, None])


def offsets(places: Spots, rays: Scene, most: float) -> Array:
    """How far each place lies from the scene's surface in mm, exact where it is beyond `most`."""
    back = 10 * most
    starts = ((back, -1.0), (-back, 1.0), (0.0, 1.0), (0.0, -1.0))
    found = [
        rays.hits(places.points + lift * places.ways, sense * places.ways)[0] - abs(lift)
        for lift, sense in starts
    ]
    off = np.min(np.abs(found), axis=0)
    far = np.flatnonzero(off > most)  # beside an edge the normal leads past the surface
    exact = distances(places.points[far], rays.surface, np.minimum(off[far], REACH))
    off[far] = np.minimum(off[far], exact)
    return np.asarray(off)
