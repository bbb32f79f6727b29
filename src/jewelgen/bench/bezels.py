"""Bezels, tubes and burs: strip length round any outline, wall height, rim shortening, seats.

In: outlines and mm.  Out: mm or percent.  The strip formula is Steiner's for offsets, with mitre terms [D].
"""

from __future__ import annotations

import itertools
import math

from jewelgen.flat.outline import (
    Offset,
    Outline,
    Oval,
    corner_turns,
    extents,
    loops,
    perimeter,
)
from jewelgen.flat.parallel import opening
from jewelgen.flat.runs import Run, corners, runs


def strip_length(outline: Outline, t: float, clearance: float = 0.0, k: float = 0.5) -> float:
    """Bezel strip round `outline`: P + 2 pi (c + K t); a mitred corner of turn phi takes
    2 (c + K t) tan(phi/2) in place of (c + K t) phi.
    """
    return perimeter(outline) + (clearance + k * t) * opening(corner_turns(outline))


def fold_places(outline: Outline, d: float) -> tuple[tuple[float, float], ...]:
    """Where a strip whose middle lies `d` outside the outline is folded: (mm from its end, turn in degrees).

    The strip begins and ends at the last corner, whose turn its two ends share; empty for smooth outlines.
    Each run grows by its own turning, and by tan(turn/2) at either corner.
    """
    if not corner_turns(outline):
        return ()
    loop = loops(outline)[0]
    turns = [corner.turn for corner in corners(loop)]
    found, place = [], 0.0
    for i, run in enumerate(runs(loop)):
        mitres = sum(math.tan(math.radians(turn) / 2) for turn in (turns[i - 1], turns[i]))
        place += run.length + d * (_turning(run) + mitres)
        found.append((place, turns[i]))
    return tuple(found)


def _turning(run: Run) -> float:
    """How far a run turns between its corners, radians."""
    steps = 720
    headings = [run.heading(run.length * k / steps) for k in range(steps + 1)]
    pairs = itertools.pairwise(headings)
    return sum(math.atan2(a * v - b * u, a * u + b * v) for (a, b), (u, v) in pairs)


def trade_strip_length(length: float, width: float, t: float) -> float:
    """The trade's mean-diameter form, pi ((L + W)/2 + t): short on slim ovals, printed for comparison."""
    return math.pi * ((length + width) / 2 + t)


def wall_height(stone: float, girdle: float, half_width: float, lean: float = 0.30) -> float:
    """Wall height of a cabochon: where its elliptic side has come in by `lean`, bound to 1/3-2/3 of the stone.

    h = g + (SH - g) sqrt(1 - ((b - lean)/b)^2) on the short axis; g the upright band of the stone.
    """
    inward = (half_width - lean) / half_width
    height = girdle + (stone - girdle) * math.sqrt(1.0 - inward * inward)
    return min(max(height, stone / 3.0), 2.0 * stone / 3.0)


def lean_at(height: float, stone: float, girdle: float, half_width: float) -> float:
    """How far the side of a cabochon has come in at `height`; the inverse of `wall_height`."""
    if height <= girdle:
        return 0.0
    rise = min((height - girdle) / (stone - girdle), 1.0)
    return half_width * (1.0 - math.sqrt(1.0 - rise * rise))


def rim_shortening(outline: Outline, clearance: float, lean: float) -> tuple[float, float, float]:
    """Rim length before and after pushing over, in mm, and the shortening in percent.

    Before: the strip's inner face P + 2 pi c. After: an oval leans by `lean` on its short axis and, at the
    same height, by lean * long/short on the long one; other outlines lean evenly.
    """
    before = perimeter(outline) + opening(corner_turns(outline)) * clearance
    if isinstance(outline, Offset) and isinstance(outline.of, Oval):
        outline = Oval(outline.of.l + 2 * outline.d, outline.of.w + 2 * outline.d)
    if isinstance(outline, Oval):
        long, short = max(outline.l, outline.w), min(outline.l, outline.w)
        after = perimeter(Oval(long - 2 * lean * long / short, short - 2 * lean))
    else:
        after = before - opening(corner_turns(outline)) * (lean + clearance)
    return before, after, 100.0 * (before - after) / before


def tube_seat(stone: float, outside: float, inside: float) -> tuple[float, float, float]:
    """Lip, seat land and bur of a stone set in a tube: ((OD - s)/2, (s - ID)/2, s)."""
    return (outside - stone) / 2, (stone - inside) / 2, stone


def flush_drills(stone: float) -> tuple[tuple[float, float], tuple[float, ...], float]:
    """Drills (least, most), ball burs in order and the last bur for a stone set flush.

    Drill 0.4 to 0.48 of the stone, balls 0.6, 0.8 and 0.92, to 0.1 mm; the last bur is the stone's size.
    """
    drills = (round(0.4 * stone, 1), round(0.48 * stone, 1))
    return drills, tuple(round(share * stone, 1) for share in (0.6, 0.8, 0.92)), stone


def cone_sector(bottom: float, top: float, height: float) -> tuple[float, float, float]:
    """Developed collet of mean diameters `bottom` and `top`: inner radius, outer radius, angle in degrees.

    Slant s = hypot(height, (top - bottom)/2); R = s * D / (D - d). Raises `ValueError` for a straight collet.
    """
    if math.isclose(bottom, top):
        raise ValueError("a straight collet is a strip, not a sector")
    small, large = sorted((bottom, top))
    slant = math.hypot(height, (large - small) / 2)
    outer = slant * large / (large - small)
    return outer - slant, outer, 180.0 * large / outer


def easing(outline: Outline) -> float:
    """Half the short extent of an outline in mm: the lean is counted on this axis."""
    return min(extents(outline)) / 2


def solder_volume(area: float, gap: float, fillet: float = 0.0, run: float = 0.0) -> float:
    """Solder in a joint: A gap + (1 - pi/4) r^2 L for an inner fillet of radius r along L."""
    return area * gap + (1.0 - math.pi / 4.0) * fillet * fillet * run


def pallion_side(volume: float, sheet: float = 0.25, surplus: float = 1.5) -> float:
    """Side of one square chip that holds a joint's solder: sqrt(surplus V / sheet)."""
    return math.sqrt(surplus * volume / sheet)
