"""JG214: every stone is held: by parts that exist, from all sides."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jewelgen.findings import Finding
from jewelgen.piece.bodies import Placed, Solid, raised, to_world
from jewelgen.piece.bounds import meet
from jewelgen.piece.girdles import girdle_points
from jewelgen.piece.piece import Piece
from jewelgen.piece.stone import Stone
from jewelgen.rules.places import Array, StoneCopy, here, is_cabochon, metal_of, samples

REACH = (0.03, 0.1, 0.2, 0.35, 0.5)  # mm outside the girdle where metal must be found
OPEN = 180.0  # degrees of girdle without metal through which a stone slides out


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """An error for every stone record without holders, or with half its girdle free."""
    del pack  # holding is no matter of a casting pack
    names = {part.name for part in piece.parts}
    for stone in piece.stones:
        missing = [name for name in stone.held_by if name not in names]
        if missing or not stone.held_by:
            text = (
                f"is held by {', '.join(missing)}, which is not there"
                if missing
                else "is held by nothing"
            )
            yield Finding("JG214", f"{stone.name}: {text}", here(stone.name))
            continue
        free = max(_free(piece, copy) for copy in samples(piece, stone))
        if free >= OPEN:
            yield Finding(
                "JG214",
                f"{stone.name}: {free:.0f} degrees of its girdle have no metal beside them",
                here(stone.name),
                allowed=f"less than {OPEN:g} degrees",
                hint="more prongs or beads, or a wall that closes",
            )


def _free(piece: Piece, copy: StoneCopy) -> float:
    """The widest run of the girdle, in degrees, with no metal of its holders beside it."""
    probes, azimuth = _probes(copy.stone)
    world = to_world(copy.frame, probes)
    room = world.min(axis=0), world.max(axis=0)
    mask = np.zeros(len(world), dtype=bool)
    for item in _holders(piece, copy.stone):
        box = item.body.box if isinstance(item, Solid) else item.box
        if meet(box, room):
            mask |= item.contains(world)
    if not mask.any():
        return 360.0
    found = np.unique(np.round(azimuth[mask], 6))
    return float(np.diff([*found, found[0] + 360.0]).max())


def _holders(piece: Piece, stone: Stone) -> Iterator[Solid | Placed]:
    for solid in metal_of(piece):
        if solid.part in stone.held_by:
            yield solid
    for part, bead in raised(piece):
        if part in stone.held_by:
            yield bead


def _probes(stone: Stone) -> tuple[Array, Array]:
    """Points just outside the girdle, from under it to the crown, and their azimuths in degrees."""
    ring = girdle_points(stone.cut, stone.length, stone.width, 72)
    if len(ring) < 32:
        ahead = np.roll(ring, -1, axis=0)
        ring = np.vstack([ring + k / 9 * (ahead - ring) for k in range(9)])
    radius = np.linalg.norm(ring, axis=1)
    low, high = (0.2 * stone.depth, 0.6 * stone.depth) if is_cabochon(stone) else (
        -0.3 * stone.pavilion, stone.girdle + 0.7 * stone.crown
    )  # fmt: skip
    rows = [
        np.column_stack((ring * (1 + d / radius)[:, None], np.full(len(ring), z)))
        for d in REACH
        for z in np.linspace(low, high, 5)
    ]
    azimuth = np.degrees(np.arctan2(ring[:, 1], ring[:, 0])) % 360.0
    return np.vstack(rows), np.tile(azimuth, len(rows))
