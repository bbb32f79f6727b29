"""A prong over a cabochon: upright along its side, closing over the dome as the dome closes in.

Plane coordinates as in `claw_line`. In the plane through a place on the girdle the dome is a quarter of an ellipse:
half as wide as the girdle's tangent lies from the crest, as high as the dome over the upright band. The claw leaves
the upright where the dome has come in by the little that its side is let into the prong, and its tip lies on the
dome, along it. A V over a point is let over it as far as its walls are long, and closes in over the dome's ridge.
"""

from __future__ import annotations

import math

from jewelgen.catalog.cuts import cut
from jewelgen.kinds.claw_line import (
    FLARE,
    GAP,
    Claw,
    Cubic,
    Point,
    Sizes,
    between,
    meet,
    plus,
    split,
    unit,
)
from jewelgen.piece.cabochon import from_crest
from jewelgen.piece.frame import Frame
from jewelgen.piece.rail import Bez, length
from jewelgen.piece.section import area_and_centroid
from jewelgen.piece.stone import Stone

LET = 0.1  # share of the prong that the stone's side is let into, with its gap: enough to stand in, little to cut
NOTCH = 0.15  # share of the prong that the dome has come in by where its notch ends
CLEAR = 0.05  # mm that the dome has come in beyond a V's depth by where its cut ends
LOWER = 0.4  # of the way up to that place, where the prong begins to close in
BEND = 0.25  # mm inside radius of bends, at least
SHORT = 0.1  # mm of upright prong beside a stone, at least
ROUNDS = 8  # until the elbow of a straight wire lies where its lean puts it
RIDGE = -10.0  # degrees over level that a V's ridge looks outward: stems under flat backs lean far out, tips point up
UP = (0.0, 1.0)
MOST = 8  # spans of a prong, about


def is_domed(stone: Stone) -> bool:
    """Whether a stone is a cabochon."""
    return cut(stone.cut).family == "cabochon"


def over_dome(stone: Stone, sizes: Sizes, place: Frame, lift: float) -> Claw:
    """The prong with its tip `lift` mm off the dome, where `sizes.reach` of `sizes.run` in it has come so far in."""
    half, bite = from_crest(stone, place), LET * sizes.wire - GAP
    opens = NOTCH * sizes.wire
    if sizes.vee:
        bite, opens = sizes.vee.deep, sizes.vee.deep + CLEAR
    _, low, high = (area_and_centroid(section)[1] for section in sizes.sections)
    leaves = _up(1.0 - bite / half) * stone.crown
    across, touch, normal = _touch(stone, sizes, half)
    tip, s = plus(touch, normal, high + lift), low - bite
    corner = meet((s, 0.0), UP, tip, across)
    least = (low + BEND) * math.tan(math.acos(across[1]) / 2)
    tip = plus(corner, across, max(math.dist(corner, tip), least))
    back, upper = sizes.girdle_z, sizes.girdle_z + stone.girdle + LOWER * leaves
    start = (s, max(min(upper, corner[1] - least), back + SHORT))
    stem = _stem(sizes, (s, back), start)
    line, bend = _chained(stem, _arc(start, corner, tip))
    rail = Bez(tuple((s, 0.0, z) for s, z in line), sizes.up(RIDGE))
    stations = tuple(zip((0.0, bend, 1.0), sizes.sections, strict=True))
    top = _up(1.0 - min(opens / half, 0.5)) * stone.crown
    return Claw(rail, stations, top)


def _up(share: float) -> float:
    """How high a quarter of a circle is where it is `share` wide, of its radius."""
    return math.sqrt(max(0.0, 1.0 - share * share))


def _touch(stone: Stone, sizes: Sizes, half: float) -> tuple[Point, Point, Point]:
    """The way along the dome going up, the point where the tip touches it, and the way out of it there."""
    wide = 1.0 - sizes.reach / sizes.run
    high = _up(wide)
    normal = unit((wide / half, high / stone.crown))
    touch = (half * (wide - 1.0), sizes.girdle_z + stone.girdle + high * stone.crown)
    return (-normal[1], normal[0]), touch, normal


def _stem(sizes: Sizes, back: Point, start: Point) -> list[Cubic]:
    """From the foot to the stone's back, and upright along its side."""
    foot, beside = sizes.foot, _straight(back, start)
    if sizes.straight:
        elbow = _elbow(sizes, back)
        bent = plus(elbow, unit(_from(foot, elbow)), -math.dist(elbow, back))
        return [_straight(foot, bent), _arc(bent, elbow, back), beside]
    chord, flare = math.dist(foot, back), math.radians(FLARE)
    out = plus(foot, (math.sin(flare), math.cos(flare)), 0.32 * chord)
    return [(foot, out, plus(back, UP, -0.36 * chord), back), beside]


def _straight(p: Point, q: Point) -> Cubic:
    return p, between(p, q, 1 / 3), between(p, q, 2 / 3), q


def _chained(stem: list[Cubic], claw: Cubic) -> tuple[list[Point], float]:
    """One chain of spans of like length, which loft without swelling; and the parameter where the claw begins."""
    pieces = [*stem, claw]
    lengths = [length(Bez(tuple((s, 0.0, z) for s, z in piece))) for piece in pieces]
    each = max(min(lengths), sum(lengths) / MOST)
    counts = [max(1, round(long / each)) for long in lengths]
    line = [pieces[0][0]]
    for piece, n in zip(pieces, counts, strict=True):
        line += split(piece, n)[1:]
    return line, 1.0 - counts[-1] / sum(counts)


def _elbow(sizes: Sizes, back: Point) -> Point:
    """Where straight wire from the foot would meet its upright: so far under the back that it is bent up by there."""
    run = 0.0
    for _ in range(ROUNDS):
        lean = math.atan2(back[0] - sizes.foot[0], back[1] - run - sizes.foot[1])
        run = (sizes.wire / 2 + BEND) * math.tan(lean / 2)
    return (back[0], back[1] - run)


def _arc(start: Point, corner: Point, tip: Point) -> Cubic:
    """From a tangent to another as an arc of an ellipse goes: its cubic's handles are as a circle's."""
    ahead, on = unit(_from(start, corner)), unit(_from(corner, tip))
    turn = max(math.acos(max(-1.0, min(1.0, ahead[0] * on[0] + ahead[1] * on[1]))), 1e-6)
    share = 4.0 / 3.0 * math.tan(turn / 4) / math.tan(turn / 2)
    return start, between(start, corner, share), between(tip, corner, share), tip


def _from(p: Point, q: Point) -> Point:
    return (q[0] - p[0], q[1] - p[1])
