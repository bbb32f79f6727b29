"""Inside tests, vectorised: which points lie in a form, a cutter or a mark, each in its own frame.

In: a shape and points (n, 3) in mm.  Out: a mask. The metal prediction integrates these; no kernel.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Outline, Oval, extents, source
from jewelgen.flat.region import within
from jewelgen.piece.bounds import CLEAR, Shape, glyph_reach
from jewelgen.piece.contains import in_grown, in_section
from jewelgen.piece.cutter import Bearing, Bore, Groove, Pocket
from jewelgen.piece.easing import sizes_at
from jewelgen.piece.form import Ball, Bar, Dome, Hoop, Plate, Sculpted, Tube, Twist, Wall
from jewelgen.piece.mark import Beads, Glyphs
from jewelgen.piece.swept import in_bar, in_twist
from jewelgen.piece.tiers import plate_tiers, wall_tiers

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
POINT = 0.02  # mm: width of the tip of a bearing that is not round and has no pilot


def inside(shape: Shape, p: Array) -> Mask:
    """Which points (n, 3), given in the shape's own frame, lie in it. A sculpted body is not known: none."""
    match shape:
        case Hoop():
            return _hoop(shape, p)
        case Bar():
            return in_bar(shape, p)
        case Twist():
            return in_twist(shape, p)
        case Wall():
            return _wall(shape, p)
        case Plate():
            return _plate(shape, p)
        case Dome() | Tube() | Ball() | Beads() | Sculpted():
            return _turned(shape, p)
        case Bearing():
            return _bearing(shape, p)
        case Pocket():
            return _between(p[:, 2], -shape.depth, shape.above) & _in(shape.outline, 0.0, p)
        case Groove():
            return _groove(shape, p)
        case Bore():
            return _between(p[:, 1], -shape.length / 2, shape.length / 2) & (
                np.hypot(p[:, 0], p[:, 2]) <= shape.d / 2
            )
        case Glyphs():
            return _glyphs(shape, p)


def _between(z: Array, low: float, high: float) -> Mask:
    return np.asarray((z >= low) & (z <= high))


def _in(outline: Outline, d: Array | float, p: Array) -> Mask:
    return in_grown(outline, d, p[:, 0], p[:, 1])


def clock(p: Array) -> Array:
    """Degrees from 12 o'clock towards +x, 0..360."""
    return np.degrees(np.arctan2(p[:, 0], p[:, 2])) % 360.0


def _arc(p: Array, a0: float, a1: float) -> Mask:
    if a1 - a0 >= 360.0 - 1e-9:
        return np.ones(len(p), dtype=bool)
    return np.asarray((clock(p) - a0) % 360.0 <= a1 - a0)


def _hoop(hoop: Hoop, p: Array) -> Mask:
    degrees = clock(p)
    sizes = sizes_at(hoop.stations, np.minimum(degrees, 360.0 - degrees), cosine=True)
    v = np.hypot(p[:, 0], p[:, 2]) - hoop.bore / 2
    return in_section(sizes, p[:, 1], v) & _arc(p, hoop.a0, hoop.a1)


def _wall(wall: Wall, p: Array) -> Mask:
    z, steps = zip(*wall_tiers(wall), strict=True)
    d = wall.gap - np.interp(p[:, 2], z, steps)
    ring = _in(wall.outline, d + wall.t, p) & ~_in(wall.outline, d, p)
    return _between(p[:, 2], 0.0, wall.height) & ring


def _plate(plate: Plate, p: Array) -> Mask:
    z, steps = zip(*plate_tiers(plate), strict=True)
    d = -np.interp(p[:, 2], z, steps) if plate.draft else 0.0
    mask = _between(p[:, 2], 0.0, plate.t) & _in(plate.outline, d, p)
    for x, y, outline in plate.holes:
        mask &= ~in_grown(outline, 0.0, p[:, 0] - x, p[:, 1] - y)
    return mask


def _turned(shape: Dome | Tube | Ball | Beads | Sculpted, p: Array) -> Mask:
    r, z = np.hypot(p[:, 0], p[:, 1]), p[:, 2]
    match shape:
        case Dome():
            big = (shape.d**2 / 4 + shape.rise**2) / (2 * shape.rise)
            away = np.hypot(r, z - (shape.rise - big))
            return np.asarray((z >= 0) & (away <= big) & (away >= big - shape.t))
        case Tube():
            return _between(z, 0.0, shape.length) & (r <= shape.od / 2) & (r >= shape.id / 2)
        case Ball():
            return np.asarray(np.hypot(r, z) <= shape.d / 2)
        case Beads():
            return np.asarray(np.hypot(r, z - shape.d / 2 + shape.bite) <= shape.d / 2)
        case Sculpted():
            return np.zeros(len(p), dtype=bool)


def _bearing(bearing: Bearing, p: Array) -> Mask:
    """Girdle room above z = 0, the cone below, the pilot hole."""
    z = p[:, 2]
    gap = bearing.gap
    upper = _between(z, 0.0, bearing.girdle + bearing.open) & _in(bearing.outline, gap, p)
    mask = upper | (_between(z, -bearing.depth, 0.0) & _cone(bearing, gap, p))
    if bearing.pilot > 0 and bearing.through > bearing.depth:
        pilot = _between(z, -bearing.through, -bearing.depth / 2)
        mask |= pilot & (np.hypot(p[:, 0], p[:, 1]) <= bearing.pilot / 2)
    return mask


def _cone(bearing: Bearing, gap: float, p: Array) -> Mask:
    """Ruled from the seat's outline to the tip: each level is the outline shrunk towards the axis."""
    share = np.clip(-p[:, 2] / max(bearing.depth, 1e-9), 0.0, 1.0)
    sx, sy = _tip_shares(bearing, gap)
    x, y = p[:, 0] / (1 - share * (1 - sx)), p[:, 1] / (1 - share * (1 - sy))
    return in_grown(bearing.outline, gap, x, y)


def _tip_shares(bearing: Bearing, gap: float) -> tuple[float, float]:
    """Tip size over seat size along x and y; a round tip under ovals, a small copy of the rest."""
    length, width = (size + 2 * gap for size in extents(bearing.outline))
    if isinstance(bearing.outline, Oval) and length == width:
        return (max(bearing.pilot, 1e-6) / width,) * 2
    tip = max(bearing.pilot, POINT)
    if isinstance(source(bearing.outline), Oval):
        return tip / width, tip / length
    share = tip / min(length, width)
    return share, share


def _groove(groove: Groove, p: Array) -> Mask:
    r = np.hypot(p[:, 0], p[:, 2])
    low = groove.r - (CLEAR if groove.inner else groove.depth)
    high = groove.r + (groove.depth if groove.inner else CLEAR)
    slot = _between(r, low, high) & (np.abs(p[:, 1]) <= groove.w / 2)
    return slot & _arc(p, groove.a0, groove.a1)


def _glyphs(glyphs: Glyphs, p: Array) -> Mask:
    """On the plane, or unrolled from the cylinder (axis along y, at z = -bend)."""
    low, high = glyph_reach(glyphs)
    x, height = p[:, 0], p[:, 2]
    if glyphs.bend:
        radius, side = abs(glyphs.bend), 1.0 if glyphs.bend > 0 else -1.0
        out = radius + side * p[:, 2]
        x, height = radius * np.arctan2(p[:, 0], out), side * (np.hypot(p[:, 0], out) - radius)
    mask = _between(height, low, high)
    mask[mask] = within(glyphs.path, x[mask], p[mask, 1])
    return mask
