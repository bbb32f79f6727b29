"""How sheet forms change going up: heights, how far the outline has closed in, and areas between."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise

from jewelgen.flat.outline import Box, Offset, Outline, Path, area, corner_turns, grown, source
from jewelgen.flat.region import united_area
from jewelgen.flat.segments import Line
from jewelgen.piece.form import Plate, Wall

LEAST_CORNER = 1e-3  # mm: radius kept by a soft corner that leans in, so that all tiers have one
Tier = tuple[float, float]


def wall_tiers(wall: Wall) -> tuple[Tier, ...]:
    """(height, how far the wall has closed in) at the foot, below the rim and at the lip, in mm."""
    slope = math.tan(math.radians(wall.draft))
    below = wall.height - wall.rim
    foot, lip = (0.0, 0.0), (wall.height, wall.height * slope + wall.lean)
    if wall.rim > 0 and wall.lean != 0 and below > 0:
        return (foot, (below, below * slope), lip)
    return (foot, lip)


def plate_tiers(plate: Plate) -> tuple[Tier, ...]:
    """(height, how far the edge has leaned in) at both faces."""
    return ((0.0, 0.0), (plate.t, plate.t * math.tan(math.radians(plate.draft))))


def inset(outline: Outline, d: float) -> Outline:
    """The outline `d` mm further in (out when negative); a soft corner never gets sharp on the way."""
    if isinstance(outline, Box) and d > 0:
        r = max(outline.r - d, min(outline.r, LEAST_CORNER))
        return Box(outline.l - 2 * d, outline.w - 2 * d, r)
    return grown(outline, -d)


def broken(outline: Outline, tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    """The tiers, with more where a free loop closes in: ruled faces between them then follow its corners.

    One where an offset comes back to the loop itself, since a folded corner turns from mitred to trimmed
    there; and one half way, since a corner trimmed on curved sides does not move along a straight line.
    """
    free = source(outline)
    if not isinstance(free, Path) or not corner_turns(outline):
        return tiers
    straight = all(isinstance(segment, Line) for segment in free.loops[0])
    d = outline.d if isinstance(outline, Offset) else 0.0
    out = [tiers[0]]
    for (z0, s0), (z1, s1) in pairwise(tiers):
        stops = [s0, d, s1] if min(s0, s1) < d < max(s0, s1) else [s0, s1]
        shares = [(s - s0) / (s1 - s0) for s in stops] if s0 != s1 else [0.0, 1.0]
        for low, high in pairwise(shares):
            steps = (high,) if straight or s0 == s1 else ((low + high) / 2, high)
            out += [(z0 + (z1 - z0) * share, s0 + (s1 - s0) * share) for share in steps]
    return tuple(out)


def stack_volume(outline: Outline, tiers: tuple[Tier, ...]) -> float:
    """Volume inside the outline over its tiers: Simpson, exact since areas are quadratic in the inset."""
    total = 0.0
    for (z0, s0), (z1, s1) in pairwise(broken(outline, tiers)):
        if s0 == s1:
            total += (z1 - z0) * area(inset(outline, s0))
            continue
        low, high = inset(outline, s0), inset(outline, s1)
        total += (
            (z1 - z0)
            / 6
            * (area(low) + 4 * _middle_area(outline, low, high, (s0 + s1) / 2) + area(high))
        )
    return total


def _middle_area(outline: Outline, low: Outline, high: Outline, d: float) -> float:
    if isinstance(low, Box) and isinstance(high, Box):
        return area(Box((low.l + high.l) / 2, (low.w + high.w) / 2, (low.r + high.r) / 2))
    return area(inset(outline, d))


@cache
def wall_volume(wall: Wall) -> float:
    """Volume of a wrapped strip, leaning or upright, folded at corners."""
    tiers = wall_tiers(wall)
    outer, inner = grown(wall.outline, wall.gap + wall.t), grown(wall.outline, wall.gap)
    return stack_volume(outer, tiers) - stack_volume(inner, tiers)


@cache
def plate_volume(plate: Plate) -> float:
    """Volume of sheet, its edge drafted, less its straight holes."""
    holes = sum(area(outline) for _, _, outline in plate.holes) * plate.t
    if plate.draft:
        return stack_volume(plate.outline, plate_tiers(plate)) - holes
    net = united_area(plate.outline) if isinstance(plate.outline, Path) else area(plate.outline)
    return plate.t * net - holes
