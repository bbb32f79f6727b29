"""How deep a claw's surface lies in its stone: points on the bend and its end against the stone's faces.

In: a `Claw`, a stone, the places where it stands.  Out: mm, negative where it clears the stone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.cuts import cut
from jewelgen.kinds.claw_line import Claw, Sizes, is_wire
from jewelgen.piece.cabochon import rings
from jewelgen.piece.easing import bar_section_at
from jewelgen.piece.frame import Frame
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.rail import axes
from jewelgen.piece.section import area_and_centroid, polygon
from jewelgen.piece.stone import Stone

Array = NDArray[np.float64]
DOME = (128, 24)  # places round a cabochon, and levels of its dome, as faces
STEPS = 28  # places along the claw, and round it, where it is tried against the stone


def faces(stone: Stone) -> tuple[tuple[Array, Array], ...]:
    """Outward normals and distances of the stone's faces, in its own frame; of a cleft stone by its two halves."""
    domed = cut(stone.cut).family == "cabochon"
    vertices, faces = rings(stone, *DOME) if domed else polyhedron(stone)
    corners = np.array([[vertices[i] for i in face[:3]] for face in faces])
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.linalg.norm(normals, axis=1)[:, None]
    away = np.einsum("ij,ij->i", normals, corners[:, 0])
    if cut(stone.cut).outline != "heart":
        return ((normals, away),)
    middle = np.array([np.mean([vertices[i][0] for i in face]) for face in faces])
    halves = []
    for side in (1.0, -1.0):
        own = side * middle > -1e-9
        inner = np.array([(-side, 0.0, 0.0)])
        halves.append((np.vstack((normals[own], inner)), np.append(away[own], 0.0)))
    return tuple(halves)


def depth(
    prong: Claw,
    bodies: tuple[tuple[Array, Array], ...],
    places: Sequence[Frame],
    sizes: Sizes,
    stone: Stone,
) -> float:
    """How deep in mm the claw's surface lies in the stone above what its seat clears."""
    skin = _skin(prong)
    skin = skin[skin[:, 2] > sizes.girdle_z + stone.girdle + prong.open]
    if not len(skin):  # straight wire that leans away from its stone: nothing is bent over it
        return 0.0
    worst = -math.inf
    for place in places:
        rows = np.array(place.rows())
        local = skin @ rows[:, :3].T + rows[:, 3] - np.array((0.0, 0.0, sizes.girdle_z))
        for normals, away in bodies:
            worst = max(worst, float(-(local @ normals.T - away).max(axis=1).min()))
    return worst


def _skin(prong: Claw) -> Array:
    """Points on the surface of the bend, the claw and its domed end."""
    t = np.linspace(prong.girdle, 1.0, STEPS)
    if not is_wire(prong):
        return _roof(prong, t)
    centre, tangent, u, v = axes(prong.rail, t)
    radius = np.interp(
        t, [s[0] for s in prong.stations], [area_and_centroid(s[1])[1] for s in prong.stations]
    )
    a = 2 * np.pi * np.arange(STEPS) / STEPS
    ring = np.cos(a)[:, None] * u[:, None] + np.sin(a)[:, None] * v[:, None]
    tube = centre[:, None] + radius[:, None, None] * ring
    b = np.linspace(0.0, np.pi / 2, 8)
    round_end = np.cos(b)[:, None, None] * ring[-1] + np.sin(b)[:, None, None] * tangent[-1]
    dome = centre[-1] + radius[-1] * round_end
    return np.vstack((tube.reshape(-1, 3), dome.reshape(-1, 3)))


def _roof(prong: Claw, t: Array) -> Array:
    """Points on the inner face of a V at `t`, and on its end."""
    centre, _, u, v = axes(prong.rail, t)
    rows = []
    for i, place in enumerate(t):
        section = bar_section_at(prong.stations, float(place))
        ring = polygon(section) - (0.0, area_and_centroid(section)[1])
        low = ring[:, 1].min()
        side = np.abs(ring[:, 0]).max() * np.linspace(-1.0, 1.0, STEPS)
        rows.append(centre[i] + side[:, None] * u[i] + low * v[i])
    return np.vstack(rows)
