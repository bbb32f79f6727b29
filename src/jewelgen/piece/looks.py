"""How shapes look from one another: places that look alike, as they are or in a mirror, have one key.

In: `Placed` shapes.  Out: keys that compare equal where what lies about a host lies alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from jewelgen.flat.outline import Box, Offset, Outline, Oval
from jewelgen.piece.bodies import Placed
from jewelgen.piece.bounds import Shape
from jewelgen.piece.cutter import Bearing, Bore, Groove, Pocket
from jewelgen.piece.form import Ball, Bar, Dome, Hoop, Plate, Sculpted, Tube, Twist, Wall
from jewelgen.piece.frame import Frame, Vec, cross, dot
from jewelgen.piece.mark import Beads, Glyphs
from jewelgen.piece.rail import Bez, Circ, Loop, Rail, is_closed

_DIGITS = 6  # frames are compared to a nanometre when equal places are sought
Group = tuple[str, Sequence[Placed]]


Key = tuple[object, ...]


def seen_from(host: Frame, other: Placed, side: float = 1.0) -> Key:
    """Shape and place of `other` in `host`'s coordinates, alike for places that look alike from there.

    `side` -1: as in a mirror on the host's plane y = 0, for shapes that their own such mirror leaves alone.
    """
    frame = other.frame
    origin = _rounded(host.local(frame.origin), side)
    x, y, z = (_seen(host, axis) for axis in (frame.x, frame.y, frame.z))
    handed = dot(cross(x, y), z) > 0
    sort = symmetry(other.shape)
    if sort == "ball":
        return (other.shape, origin)
    if sort == "z":
        return (other.shape, origin, _rounded(z, side))
    if sort == "y":
        either = (_rounded(y, side), _rounded((-y[0], -y[1], -y[2]), side))
        return (other.shape, origin, max(either))
    if _two_sided(other.shape):
        either = (_rounded(x, side), _rounded((-x[0], -x[1], -x[2]), side))
        return (other.shape, origin, max(either), _rounded(z, side))
    return (other.shape, origin, _rounded(x, side), _rounded(z, side), handed)


def around(host: Placed, groups: Sequence[Group]) -> Key:
    """What lies about a host, group by group: one key for places alike, and for the mirror's of those that have one."""
    plain = _from_side(host, groups, 1.0)
    if not (mirrors(host.shape) and all(mirrors(i.shape) for _, items in groups for i in items)):
        return (host.shape, plain)
    flipped = _from_side(host, groups, -1.0)
    return (host.shape, min((plain, flipped), key=_numbers))


def _from_side(host: Placed, groups: Sequence[Group], side: float) -> frozenset[Key]:
    return frozenset(
        (word, *seen_from(host.frame, item, side)) for word, items in groups for item in items
    )


def _numbers(keys: frozenset[Key]) -> list[tuple[object, ...]]:
    """The words and numbers of keys in order, without the shapes."""
    return sorted((key[0], *key[2:]) for key in keys)


def _seen(host: Frame, v: Vec) -> Vec:
    return (dot(v, host.x), dot(v, host.y), dot(v, host.z))


def _rounded(v: Vec, side: float) -> Vec:
    return (
        round(v[0], _DIGITS) + 0.0,
        round(side * v[1], _DIGITS) + 0.0,
        round(v[2], _DIGITS) + 0.0,
    )


@cache
def mirrors(shape: Shape) -> bool:
    """Whether a mirror on its own plane y = 0 leaves the shape alone."""
    match shape:
        case Hoop() | Dome() | Tube() | Ball() | Beads() | Groove() | Bore():
            return True
        case Bar():
            return _flat_rail(shape.rail, len(shape.stations))
        case Wall() | Bearing() | Pocket():
            return _even(shape.outline)
        case Plate():
            return _even(shape.outline) and not shape.holes
        case Twist() | Sculpted() | Glyphs():
            return False


@cache
def _two_sided(shape: Shape) -> bool:
    """Whether mirrors on its own planes x = 0 and y = 0 both leave the shape alone."""
    if isinstance(shape, Hoop):  # stations are given for one side and hold for both
        return shape.a1 - shape.a0 >= 360.0 - 1e-9
    return isinstance(shape, (Wall, Plate, Bearing, Pocket)) and mirrors(shape)


def _flat_rail(rail: Rail, stations: int) -> bool:
    """Whether a rail lies in y = 0 with its sections square to it, or is a whole uniform round."""
    if isinstance(rail, Bez):
        return all(abs(p[1]) < 1e-9 for p in rail.points) and (not rail.up or rail.up[1] == 0.0)
    return stations == 1 and _whole_circle(rail)


def _even(outline: Outline) -> bool:
    return isinstance(outline.of if isinstance(outline, Offset) else outline, (Oval, Box))


@cache
def symmetry(shape: Shape) -> str:
    """`ball`, `z` or `y` for shapes that turn into themselves about a point or that axis; else empty."""
    match shape:
        case Hoop():
            whole = shape.a1 - shape.a0 >= 360.0 - 1e-9
            return "y" if whole and len(shape.stations) == 1 else ""
        case Wall() | Plate():
            plain = isinstance(shape, Wall) or not shape.holes
            return "z" if plain and _circular(shape.outline) else ""
        case Bar():
            return "z" if len(shape.stations) == 1 and _whole_circle(shape.rail) else ""
        case Tube() | Dome() | Beads():
            return "z"
        case Ball():
            return "ball"
        case Bearing() | Pocket():
            return "z" if _circular(shape.outline) else ""
        case Twist() | Sculpted() | Groove() | Bore() | Glyphs():
            return ""


def _whole_circle(rail: Rail) -> bool:
    if isinstance(rail, Loop):
        return _circular(rail.outline)
    return isinstance(rail, Circ) and is_closed(rail)


def _circular(outline: object) -> bool:
    return isinstance(outline, Oval) and outline.l == outline.w
