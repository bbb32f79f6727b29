"""Where prongs pass a girdle's plane: what small stones round it have to stand clear of."""

from __future__ import annotations

import math

from jewelgen.kinds.claw_line import Claw
from jewelgen.piece.array import Array
from jewelgen.piece.section import Sec, area_and_centroid, width

SHARES = (0.1, 0.4, 0.7, 1.0)  # places along a V's wall, from its ridge

Post = tuple[float, float, float]


def posts_of(claw: Claw, array: Array, s: float, wall: float) -> list[Post]:
    """x, y and diameter in mm of every prong, `s` outside the girdle; a V with its `wall` is several posts a prong."""
    roof = claw.stations[1][1]
    spots = [(s, 0.0, max(width(section) for _, section in claw.stations))]
    if isinstance(roof, Sec):
        spots = [(s + x, y, wall) for x, y in _walls(roof, wall)]
    return [(*place.point((x, y, 0.0))[:2], d) for place in array.frames() for x, y, d in spots]


def _walls(roof: Sec, wall: float) -> list[tuple[float, float]]:
    """Places along the middles of both walls: outward from the V's centroid, and along the girdle."""
    middle, slope = area_and_centroid(roof)[1], math.hypot(roof.rise, roof.w / 2)
    inward, aside = wall / 2 * roof.w / 2 / slope, wall / 2 * roof.rise / slope
    found = []
    for share in SHARES:
        out = roof.h - share * roof.rise - inward - middle
        along = max(share * roof.w / 2 - aside, 0.0)
        found += [(out, along), (out, -along)]
    return found
