"""Cabochons: a flat back, a girdle wall and a dome of elliptic profile.

The dome's levels are its girdle drawn together about its crest, which stands over the middle, over the
bowl's centre in a pear, so that no side comes in by less than the narrow one. Its half width at height z is b sqrt(1 - ((z - g) / (H - g))^2), with b half the stone's width,
g its girdle wall and H its height; the bezel's height for a given lean is that formula turned round.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.cuts import cut
from jewelgen.flat.outline import area
from jewelgen.piece.frame import Frame, dot
from jewelgen.piece.girdles import girdle_outline, girdle_points
from jewelgen.piece.stone import Stone

Array = NDArray[np.float64]


def profile(stone: Stone, z: float) -> float:
    """Half the stone's width in mm at `z` above its back; 0 outside it."""
    if not 0.0 <= z <= stone.depth:
        return 0.0
    if z <= stone.girdle:
        return stone.width / 2
    up = (z - stone.girdle) / (stone.depth - stone.girdle)
    return stone.width / 2 * math.sqrt(max(1.0 - up * up, 0.0))


def side_in(stone: Stone, z: float) -> float:
    """How far in mm the side has come in at `z`, on the short axis."""
    return stone.width / 2 - profile(stone, z)


def height_for_lean(stone: Stone, lean: float) -> float:
    """The height in mm above the back where the side has come in by `lean` mm; the top beyond it."""
    b = stone.width / 2
    if lean <= 0:
        return stone.girdle
    share = max((b - lean) / b, 0.0)
    return stone.girdle + (stone.depth - stone.girdle) * math.sqrt(1.0 - share * share)


def cabochon_volume(stone: Stone) -> float:
    """mm3: the upright girdle and the dome, which holds two thirds of the prism round it on any girdle."""
    base = area(girdle_outline(stone.cut, stone.length, stone.width))
    return base * (stone.girdle + 2.0 / 3.0 * (stone.depth - stone.girdle))


def rings(
    stone: Stone, around: int = 64, tiers: int = 12
) -> tuple[Array, tuple[tuple[int, ...], ...]]:
    """The cabochon as a polyhedron of planar faces; its rings lie on the true surface."""
    girdle = girdle_points(stone.cut, stone.length, stone.width, around)
    crest = np.array((0.0, _crest(stone)))
    heights = [0.0] if stone.girdle > 0 else []
    up = np.sin(np.linspace(0.0, math.pi / 2, tiers + 1))[:-1]
    heights += [stone.girdle + float(s) * (stone.depth - stone.girdle) for s in up]
    rows = []
    for z in heights:
        level = crest + profile(stone, z) / (stone.width / 2) * (girdle - crest)
        rows.append(np.column_stack((level, np.full(len(girdle), z))))
    points = np.vstack([*rows, [(*crest, stone.depth)]])
    return points, _faces(len(girdle), len(heights))


def from_crest(stone: Stone, place: Frame) -> float:
    """How far in mm the girdle's tangent at a place on it (x outward) lies from the crest."""
    return dot(place.origin, place.x) - _crest(stone) * place.x[1]


def _crest(stone: Stone) -> float:
    """Where the dome is highest, in mm along the long axis."""
    return (stone.width - stone.length) / 2 if cut(stone.cut).outline == "pear" else 0.0


def _faces(around: int, count: int) -> tuple[tuple[int, ...], ...]:
    faces: list[tuple[int, ...]] = [tuple(reversed(range(around)))]
    for row in range(count - 1):
        for i in range(around):
            j = (i + 1) % around
            low, high = row * around, (row + 1) * around
            faces.append((low + i, low + j, high + j, high + i))
    last, tip = (count - 1) * around, count * around
    faces += [(last + i, last + (i + 1) % around, tip) for i in range(around)]
    return tuple(faces)
