"""Broad thin walls, and walls of hollows: metal that is thin over much, metal with air enclosed behind it.

In: what was `Seen`, samples on walls.  Out: one `Check` JG710; a mask.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from jewelgen.catalog.facts import fact
from jewelgen.checker import limits
from jewelgen.checker.known import Known, nearest_part, where
from jewelgen.checker.report import Check, Seen, sampling
from jewelgen.checker.surface import Array, Index

LINK = 3.0  # spacings between samples of one wall
WAYS = 48  # rays over the half sphere before a face
ENCLOSED = (
    0.9  # of them end on metal: from a hollow's wall nearly all do, from the inside of a ring few
)
FAR = 10.0  # mm: metal further off encloses nothing; the other side of a ring is
LEAST_HOLLOW = 2.0  # mm2: less wall than this is a corner of a basket


def broad(seen: Seen, walls: Index, step: int, given: tuple[Known, str]) -> Iterator[Check]:
    """The broadest thin wall: as thick as what the least broad area of it stays under; where the house asks more of it."""
    known, pack = given
    if limits.of("broad_wall_min", pack).value <= limits.wall(pack, known.alloy).value:
        return
    least, area = limits.of("broad_wall_min", pack), fact("casting", "pattern.broad_area").number
    found = _broadest(seen, walls, step, area)
    if found is None:
        return
    value, at = found
    point = seen.samples.points[at]
    passed = value >= least.value - known.chord
    part = nearest_part(known, point)
    yield Check(
        "JG710", f"thinnest wall of {area:g} mm2 and more", value, "mm", str(least), passed,
        least.weight(value, known.chord), where=where(known, point),
        shortfall=max(0.0, least.value - value), places=() if passed else (_place(point),),
        hint="" if passed else "make it thicker, rib it, or break it up: broad thin walls freeze before they are full",
        note=sampling(seen.samples), part=part.name if part else "", least=least.value,
    )  # fmt: skip


def _broadest(seen: Seen, walls: Index, step: int, area: float) -> tuple[float, int] | None:
    """Of walls that hang together the least thickness that `area` mm2 (of one face) stays under, and a sample of it."""
    each = seen.samples.area * step
    need = int(np.ceil(2 * area / each))  # a wall has two faces
    if len(walls) < need:
        return None
    reach = LINK * np.sqrt(each)
    pairs = cKDTree(seen.samples.points[walls]).query_pairs(reach, output_type="ndarray")
    links = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(walls),) * 2)
    _, label = connected_components(links, directed=False)
    best: tuple[float, int] | None = None
    for k in np.flatnonzero(np.bincount(label) >= need):
        mine = walls[label == k]
        mine = mine[np.argsort(seen.wall[mine], kind="stable")]
        found = float(seen.wall[mine[need - 1]]), int(mine[0])
        best = min(best, found) if best else found
    return best


def enclosed(seen: Seen, here: Index) -> NDArray[np.bool_]:
    """Whether one of the two faces of the metal at samples looks into a hollow."""
    normals, metal = seen.samples.normals[here], seen.wall[here]
    points = seen.samples.points[here]
    finite = np.isfinite(metal)
    behind = points - np.where(finite, metal, 0.0)[:, None] * normals
    shut = finite & (_closed_in(seen, points, normals) | _closed_in(seen, behind, -normals))
    return np.asarray(shut & (shut.sum() * seen.samples.area > LEAST_HOLLOW))


def _closed_in(seen: Seen, points: Array, normals: Array) -> NDArray[np.bool_]:
    """Whether nearly all ways from a face into the open end on metal; four ways first, as most faces see the open."""
    ways = _half_sphere()
    inside = np.ones(len(points), bool)
    hits = np.zeros(len(points))
    for i, way in enumerate(ways):
        some = np.flatnonzero(inside)
        if not len(some):
            break
        far, _ = seen.scene.hits(points[some] + 1e-3 * normals[some], _turned(way, normals[some]))
        hits[some] += far < FAR
        inside &= hits >= i + 1 - (1 - ENCLOSED) * WAYS
    return inside


def _half_sphere() -> Array:
    """Directions spread evenly over the half sphere about z, the steepest last (Fibonacci lattice)."""
    z = (np.arange(WAYS) + 0.5) / WAYS
    turn = np.pi * (3 - np.sqrt(5)) * np.arange(WAYS)
    flat = np.sqrt(1 - z * z)
    return np.column_stack((flat * np.cos(turn), flat * np.sin(turn), z))[::-1]


def _turned(way: Array, normals: Array) -> Array:
    """One direction about each normal."""
    side = np.cross(normals, np.where(np.abs(normals[:, :1]) < 0.9, (1.0, 0, 0), (0, 1.0, 0)))
    size = np.linalg.norm(side, axis=1)
    side /= np.where(size > 0, size, 1.0)[:, None]
    return np.asarray(way[0] * side + way[1] * np.cross(normals, side) + way[2] * normals)


def _place(point: Array) -> tuple[float, float, float]:
    return (float(point[0]), float(point[1]), float(point[2]))
