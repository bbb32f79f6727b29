"""The rings that tie prongs: lines beside a girdle, their corners bent as wire bends.

In: a `StoneSpec` and how far outside its girdle a ring runs (inside when negative).  Out: outlines and rails; mm.
"""

from __future__ import annotations

import math

import numpy as np

from jewelgen.catalog.stones import StoneSpec
from jewelgen.flat.outline import Box, Outline, Oval, Path, extents, grown, points
from jewelgen.flat.segments import Line
from jewelgen.flat.soft import softened
from jewelgen.kinds.prong_places import across, boxed, inset_room
from jewelgen.kinds.stone_field import outline_of
from jewelgen.piece.frame import Frame
from jewelgen.piece.girdles import girdle_points
from jewelgen.piece.rail import Circ, Loop, Rail

SOFT = 0.22  # of the stone: corner radius of the rings under square stones
TIP = 0.12  # of the stone: corner radius of the rings under points
LEFT = 0.7  # of the room that is left inside a ring, at most, goes into that radius
HALVINGS = 16  # to a hundredth of a per cent of the stone
MOST = 0.7  # of the room inside a girdle: how far in a ring is sought
FINE = 0.001  # mm between a ring and the chords it is measured by


def ring_outline(spec: StoneSpec, s: float) -> Outline:
    """A closed line `s` mm outside the girdle; `ValueError` when there is none."""
    shape = boxed(spec)
    if isinstance(shape, Box):
        return _soft_box(shape, s)
    if shape is not None:
        return grown(shape, s)
    found = outline_of(spec)
    if not isinstance(found, Path):
        raise ValueError(f"a {spec.outline} girdle has no ring")
    return softened(found.loops[0], s, _tip_radius(spec, s))


def seat_outline(spec: StoneSpec) -> Outline:
    """What a seat follows: the girdle, of a pointed faceted stone its polygon of facets (flat faces cut clean)."""
    if boxed(spec) is not None or spec.family == "cabochon":
        return outline_of(spec)
    ring = [(float(x), float(y)) for x, y in girdle_points(spec.cut, spec.length, spec.width)]
    return Path((tuple(Line(p, q) for p, q in zip(ring, [*ring[1:], ring[0]], strict=True)),))


def ring_rail(outline: Outline) -> Rail:
    """The rail of a ring's wire; a round one is a circle."""
    if isinstance(outline, Oval) and outline.l == outline.w:
        return Circ(outline.w / 2)
    return Loop(outline)


def half_across(spec: StoneSpec, s: float) -> float:
    """Half the width, in the girdle's middle line, of a ring `s` mm outside the girdle; `ValueError` when there is none."""
    shape = boxed(spec)
    if isinstance(shape, Oval):
        return shape.w / 2 + s
    found = ring_outline(spec, s)
    return across(found) if isinstance(found, (Box, Path)) else extents(found)[1] / 2


def at_side(spec: StoneSpec, s: float) -> float:
    """How far outside the long sides of a stone with corners a ring runs that passes the corners by `s` mm."""
    shape = boxed(spec)
    return (_soft_box(shape, s).w - shape.w) / 2 if isinstance(shape, Box) else s


def at_point(spec: StoneSpec, s: float, place: Frame) -> float:
    """How far outside a point of the girdle the bend of a ring passes that is `s` outside its sides."""
    if boxed(spec) is not None:
        return s
    ring = np.array(points(ring_outline(spec, s), deviation=FINE))
    out = np.array(place.x[:2])
    return float((ring @ out).max() - np.array(place.origin[:2]) @ out)


def beside(spec: StoneSpec, point: float, place: Frame) -> float:
    """How far outside the sides a ring runs whose bends pass the points by `point` mm."""
    if boxed(spec) is not None:
        return point
    low, high = -MOST * inset_room(spec), spec.width / 2
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if at_point(spec, middle, place) < point else (low, middle)
    return high


def _tip_radius(spec: StoneSpec, s: float) -> float:
    return max(0.0, min(TIP * spec.width, LEFT * (inset_room(spec) + s)))


def _soft_box(girdle: Box, s: float) -> Box:
    """A rounded rectangle whose corners pass `s` mm outside the girdle's corners along their bisectors.

    A corner of radius r lies r (1 - sqrt 1/2) inside the square one on each side.
    """
    r = SOFT * min(girdle.l, girdle.w)
    out = s * math.sqrt(0.5) + (r - girdle.r) * (1.0 - math.sqrt(0.5))
    length, wide = girdle.l + 2 * out, girdle.w + 2 * out
    return Box(length, wide, min(r, 0.45 * length, 0.45 * wide))
