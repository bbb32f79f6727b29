"""JG204: a culet too near the finger, or in it."""

from __future__ import annotations

import math
from collections.abc import Iterator

from jewelgen.catalog.packs import limit
from jewelgen.findings import Finding, Severity
from jewelgen.piece.piece import Piece
from jewelgen.rules.places import here, stone_copies
from jewelgen.rules.stopped import grown, weight


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """For rings: the nearest culet of each stone record; an error when it enters the bore, or its file cannot pass."""
    if piece.bore <= 0:
        return
    least = limit("culet_to_finger_min", pack)
    nearest: dict[str, float] = {}
    made = {part.name for part in piece.parts if part.made == "cast"}
    cast = {stone.name for stone in piece.stones if made & set(stone.held_by)}
    for copy in stone_copies(piece):
        x, _, z = copy.frame.point((0.0, 0.0, -copy.stone.pavilion))
        room = math.hypot(x, z) - piece.bore / 2
        nearest[copy.stone.name] = min(room, nearest.get(copy.stone.name, room))
    for name, room in nearest.items():
        if room < least.value - 1e-6:
            enters = room < 0
            sure = weight(room, least, pack, more=grown() / 2) if name in cast else Severity.WARNING
            yield Finding(
                "JG204",
                f"{name}: its lowest point is {abs(room):.2f} mm {'inside' if enters else 'above'} the finger hole",
                here(name),
                Severity.ERROR if enters else sure,
                f"at least {least.value:g} mm above it ({least.pack})",
                "lift the stone, or make the shank thicker under it",
            )
