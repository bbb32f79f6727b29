"""JG210, JG211: stones that stand too close, or in one another."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import numpy as np

from jewelgen.catalog.facts import fact
from jewelgen.findings import Finding, Severity
from jewelgen.piece.bodies import to_local
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.piece import Piece
from jewelgen.piece.stone import Stone
from jewelgen.rules.places import Array, StoneCopy, here, stone_copies

TOUCH = 0.005  # mm: girdles nearer than this touch


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """The closest pair of every two stone records: an error when they meet, a warning under the least gap."""
    del pack  # gaps between stones are bench practice, not a caster's limit
    copies = list(stone_copies(piece))
    if len(copies) < 2:
        return
    least = fact("casting", "stones.stone_gap_least").number
    worst: dict[tuple[str, str], float] = {}
    for a, b in _neighbours(copies, least):
        pair = (a.stone.name, b.stone.name)
        gap = _gap(a, b)
        worst[pair] = min(gap, worst.get(pair, gap))
    for (first, second), gap in worst.items():
        if gap < least - 1e-6:
            yield _finding(first, second, gap, least)


def _finding(first: str, second: str, gap: float, least: float) -> Finding:
    who = f"stones of {first}" if first == second else f"{first} and {second}"
    meets = gap <= TOUCH
    return Finding(
        "JG211" if meets else "JG210",
        f"{who} {'stand in one another' if meets else f'are {gap:.3f} mm apart'}",
        here(second),
        Severity.ERROR if meets else Severity.WARNING,
        f"at least {least:g} mm between girdles",
        "widen the gap, or take smaller or fewer stones",
    )


def _neighbours(copies: Sequence[StoneCopy], least: float) -> Iterator[tuple[StoneCopy, StoneCopy]]:
    """Pairs whose centres are near enough to matter."""
    centres = np.array([c.frame.origin for c in copies])
    radii = np.array([np.hypot(c.stone.length, c.stone.width) / 2 for c in copies])
    for i, copy in enumerate(copies[:-1]):
        away = np.linalg.norm(centres[i + 1 :] - centres[i], axis=1)
        for j in np.flatnonzero(away < radii[i + 1 :] + radii[i] + least):
            yield copy, copies[i + 1 + int(j)]


def _gap(a: StoneCopy, b: StoneCopy) -> float:
    """Least distance between the girdles in mm; 0 when one stone reaches into the other."""
    ra, rb = a.rim, b.rim
    if _within(b, ra) or _within(a, rb):
        return 0.0
    return float(np.linalg.norm(_dense(ra)[:, None, :] - _dense(rb)[None, :, :], axis=2).min())


def _dense(ring: Array) -> Array:
    """At least 64 points round the ring."""
    n = max(1, round(64 / len(ring)))
    ahead = np.roll(ring, -1, axis=0)
    return np.vstack([ring + k / n * (ahead - ring) for k in range(n)])


def _within(stone: StoneCopy, world: Array) -> bool:
    """Whether a point lies inside the stone's polyhedron (behind all its faces; hearts by their hull)."""
    normals, offsets = _planes(stone.stone)
    behind = to_local(stone.frame, world) @ normals.T < offsets - TOUCH
    return bool(behind.all(axis=1).any())


@functools.cache
def _planes(stone: Stone) -> tuple[Array, Array]:
    """Outward unit normals (f, 3) of a stone's faces, and how far along them the faces lie, mm."""
    points, faces = polyhedron(stone)
    corners = np.array([[points[face[i]] for i in range(3)] for face in faces])
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    size = np.linalg.norm(normals, axis=1)
    flat = size > 1e-12
    normals = normals[flat] / size[flat, None]
    return normals, (normals * corners[flat, 0]).sum(axis=1)
