"""Which planes of a piece it is the same on both sides of: measured by inside tests, no kernel.

A ring's finger runs along y with the head at +z: x = 0 parts left from right, y = 0 the two sides of the hand. A
pendant hangs with its front to +z: x = 0 parts left from right.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.cuts import cut
from jewelgen.piece.bodies import Solid, solids
from jewelgen.piece.piece import Piece
from jewelgen.piece.quadrature import lattice

POINTS = 6000  # in the box round all metal, beside as many round each of a few parts
SAME = 0.004  # share of the metal's points that may lie otherwise: surfaces are met by facets


# Kinds that claim no symmetry; every other is alike on both sides of its planes.
LOPSIDED = {
    ("body", "locket"): "a hinge on one side, a catch on the other",
    ("body", "name"): "letters",
    ("body", "wire-wrap"): "wire wound one way round",
    ("shank", "twist"): "a helix",
}


# Outlines of stones with a point at one end alone.
POINTED = {"heart", "pear", "trillion"}


def planes(piece: Piece) -> str:
    """The axes across which the sort of piece can be alike: not along a stone that is pointed at one end, and not
    along the finger where prongs are odd in number.
    """
    pointed = {
        "xyz"[int(np.argmax(np.abs(stone.at.y)))]
        for stone in piece.stones if cut(stone.cut).outline in POINTED
    }  # fmt: skip
    odd = {"y" for part in piece.parts if part.role == "prong" and part.array.n % 2}
    wanted = "xy" if piece.sort == "ring" else "x"
    return "".join(axis for axis in wanted if axis not in pointed | odd)


def unlike(piece: Piece, axis: str) -> float:
    """Share of metal whose mirror image is none, 0 .. 1."""
    everything = solids(piece)
    world = _points(everything)
    metal = world[_inside(everything, world)]
    mirrored = metal.copy()
    mirrored[:, "xyz".index(axis)] *= -1.0
    return float(np.mean(~_inside(everything, mirrored)))


def _points(everything: tuple[Solid, ...]) -> NDArray[np.float64]:
    low = np.min([solid.body.box[0] for solid in everything], axis=0)
    high = np.max([solid.body.box[1] for solid in everything], axis=0)
    boxes = [
        (low, high),
        *(solid.body.box for solid in everything[:: max(1, len(everything) // 8)]),
    ]
    unit = lattice(POINTS)
    return np.concatenate([a + unit * (b - a) for a, b in boxes])


def _inside(everything: tuple[Solid, ...], world: NDArray[np.float64]) -> NDArray[np.bool_]:
    mask = np.zeros(len(world), dtype=bool)
    for solid in everything:
        mask[~mask] = solid.contains(world[~mask])
    return mask
