"""JG237, JG238: points of stones that nothing covers, and walls of Vs too thin to cast."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from jewelgen.catalog.packs import limit
from jewelgen.findings import Finding, Severity
from jewelgen.flat.outline import Box, Path
from jewelgen.flat.runs import Corner, corners
from jewelgen.piece.bodies import Solid, to_world
from jewelgen.piece.girdles import girdle_outline
from jewelgen.piece.piece import Piece
from jewelgen.piece.stone import Stone
from jewelgen.rules.places import StoneCopy, here, metal_of, samples

SHARP = 60.0  # degrees of turn from which a corner of a girdle is a point that chips
NEAR, FAR, STEP = (
    0.3,
    3.0,
    0.01,
)  # mm outside a point: where metal must begin, how far it is followed
HELD = frozenset({"lip", "prongs", "claws"})


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """A warning for the first bare point and the thinnest wall over a point of every stone record."""
    least = limit("element_min", pack)
    for stone in piece.stones:
        tips = _tips(stone) if stone.grip in HELD else ()
        if not tips:
            continue
        copies = samples(piece, stone)
        walls = [(name, t) for copy in copies for name, t in _walls(piece, copy, tips)]
        bare = sum(1 for name, _ in walls if not name)
        if bare:
            yield Finding(
                "JG237",
                f"{stone.name}: {bare} of its points with no metal over them",
                here(stone.name),
                Severity.WARNING,
                hint='a V over every point (head.kind = "prong"), or a wall round the stone',
            )
        cast = [(t, name) for name, t in walls if name and piece.part(name).made == "cast"]
        thin, name = min(cast, default=(math.inf, ""))
        if thin < least.value - STEP:
            yield Finding(
                "JG238",
                f"{name}: {thin:.2f} mm of metal beside a point of {stone.name}",
                here(name),
                Severity.WARNING,
                f"at least {least.value:g} mm ({least.pack})",
                "a thicker wall or wire",
            )


def _tips(stone: Stone) -> tuple[Corner, ...]:
    outline = girdle_outline(stone.cut, stone.length, stone.width)
    if isinstance(outline, Box) and outline.r == 0:
        x, y, d = outline.w / 2, outline.l / 2, math.sqrt(0.5)
        signs = ((1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0))
        return tuple(Corner((a * x, b * y), 90.0, (a * d, b * d), (a * d, b * d)) for a, b in signs)
    if not isinstance(outline, Path):
        return ()
    return tuple(corner for corner in corners(outline.loops[0]) if corner.turn >= SHARP)


def _walls(piece: Piece, copy: StoneCopy, tips: tuple[Corner, ...]) -> Iterator[tuple[str, float]]:
    """Part over each point and how thick its walls are there, mm; no name where there is no metal."""
    away = np.arange(0.0, FAR, STEP)
    holders = [solid for solid in metal_of(piece) if solid.part in copy.stone.held_by]
    for tip in tips:
        out = np.add(tip.before, tip.after)
        out = out / np.linalg.norm(out)
        line = np.asarray(tip.at) + away[:, None] * out
        height = np.full((len(away), 1), copy.stone.girdle / 2)
        world = to_world(copy.frame, np.hstack((line, height)))
        found = max((_run(solid, world) for solid in holders), default=("", 0.0), key=_thick)
        yield found[0], found[1] * math.cos(math.radians(tip.turn / 2))


def _thick(found: tuple[str, float]) -> float:
    return found[1]


def _run(solid: Solid, world: np.ndarray) -> tuple[str, float]:
    """The part's name and how far its metal goes on from where it begins, within reach of the point."""
    hit = solid.contains(world)
    if not hit[: round(NEAR / STEP)].any():
        return "", 0.0
    first = int(hit.argmax())
    gone = np.flatnonzero(~hit[first:])
    return solid.part, STEP * float(gone[0] if len(gone) else len(hit) - first)
