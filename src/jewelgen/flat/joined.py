"""Names in one piece: letters pulled together until they overlap, dots tied down, hairlines widened.

Each letter is moved left until it shares `overlap` mm with the one before it (never right of where the font
puts it); what floats within a letter hangs on it by a post. Inner corners get a fillet, slits close.

In: a `Spelling`.  Out: a centred `Path` of one outer loop and its holes.
Findings: JG240, JG241, JG242 of the font, JG270 letters that do not meet, JG271 characters without metal.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from jewelgen.findings import DesignError, Finding, Fix
from jewelgen.flat.fitted import fitted
from jewelgen.flat.font import font_named
from jewelgen.flat.outline import Path
from jewelgen.flat.polygons import islands, path_of
from jewelgen.flat.region import region
from jewelgen.flat.segments import Point, loop_points
from jewelgen.flat.strokes import thickened
from jewelgen.flat.text import drawn, placed, readable

EDGE = 0.1  # mm: radius a polisher leaves on outer corners
BLUNT = 0.42  # of the least stroke: radius of the ends of strokes that would run out in a point
LEAST_POST = (
    0.75  # of the width asked for: a post may be that slim, so that it does not pass for a stem
)
LEAST_HOLE = 0.42  # mm: narrower ones fill in the flask (opening_min of the casting packs)
SURE = 1e-3  # mm: how exactly the widest ball in a hole is found
STEPS = 64  # moves towards the first touch of two letters
TOUCH = 1e-4  # mm
ROUND = 16  # chords a quarter turn
GRAIN = 2e-4  # mm: detail of widened strokes that no fit follows, and that makes parallels six times slower
DOT = 2.0  # times its post: what a dot is wide at least, or the two read as one stroke
GAP = 0.6  # mm of air between a stem and its dot beside the post: less fills in the flask
UPRIGHT = 1.6  # times the shortest way a post may be long to stand upright


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name, its font and, in mm: height of capitals, how far letters overlap, width of posts, least stroke, least
    opening: narrower notches close, inner corners are as round.
    """

    text: str
    font: str
    tall: float
    overlap: float
    dots: float
    stroke: float
    opening: float = 0.42


@lru_cache(maxsize=64)
def name_path(name: Spelling) -> Path:
    """The outline of a name in one piece, centred on its box; raises `DesignError`."""
    face = font_named(name.font)
    text = readable(name.text, face)
    scale = name.tall / face.cap
    glyphs = placed(text, face)
    letters = [_letter(ch, glyph, name) for ch, (glyph, _) in zip(text, glyphs, strict=True)]
    steps = [scale * (b[1] - a[1]) for a, b in pairwise(glyphs)]
    x, whole = 0.0, letters[0]
    for i, (a, b) in enumerate(pairwise(letters)):
        met = _touch(a, b)
        if met is None:  # it passes below an apostrophe, and leans on what stands before that
            met = _touch(affinity.translate(whole, -x), b)
        if met is None:
            raise _parted(text[i], text[i + 1])
        x += min(steps[i], met - name.overlap)
        whole = whole.union(affinity.translate(b, x))
    return _curved(_centred(_sturdy(_softened(whole, name.opening), name)))


def _sturdy(shape: BaseGeometry, name: Spelling) -> BaseGeometry:
    """No stroke thinner than asked, nor a neck where two meet; found best on smooth outlines."""
    if not name.stroke:
        return shape
    return _softened(thickened(shape, name.stroke), name.opening, BLUNT * name.stroke)


def _curved(shape: BaseGeometry) -> Path:
    """The outline in curves; as a polygon should curves cross themselves or each other."""
    path = fitted(shape)
    outer, *holes = (loop_points(loop) for loop in path.loops)
    return path if shapely.Polygon(outer, holes).is_valid else path_of(shape)


def _letter(ch: str, glyph: str, name: Spelling) -> BaseGeometry:
    """One letter in one piece about its own origin; raises `DesignError` JG271 for a blank."""
    shape = _cut_out(glyph, replace(name, text=""))
    if shape is None:
        raise _bare(ch, name)
    return shape


@lru_cache(maxsize=256)
def _cut_out(glyph: str, name: Spelling) -> BaseGeometry | None:
    """A glyph with its dots tied down and its strokes as wide as asked; None when it has no ink."""
    face = font_named(name.font)
    loops = drawn(glyph, face, name.tall / face.cap, (0.0, 0.0))
    if not loops:
        return None
    shape = region(islands(loops))
    wide = max(name.stroke, LEAST_POST * name.dots)
    return _tied(thickened(shape, name.stroke) if name.stroke else shape, min(name.dots, wide))


def _bare(ch: str, name: Spelling) -> DesignError:
    """Two words are two pendants, or one with a hyphen between them."""
    words = "-".join(name.text.split())
    fix = Fix("text", f'"{words}"') if ch.isspace() and words and '"' not in words else None
    message = f"'{ch}' has no metal to hold the letters beside it"
    hint = "join the words by a hyphen, or make two pendants"
    return DesignError(Finding("JG271", message, hint=hint, fix=fix))


def _tied(shape: BaseGeometry, wide: float) -> BaseGeometry:
    """Dots and accents hung on the largest piece of a letter, the nearest first."""
    pieces = sorted(shapely.get_parts(shape), key=lambda item: -item.area)
    whole, loose = pieces[0], pieces[1:]
    while loose:
        loose.sort(key=lambda item: item.distance(whole))
        dot = _clear(whole, _stout(loose.pop(0), wide))
        whole = shapely.union_all([whole, dot, _post(whole, dot, wide)])
    return whole


def _stout(dot: BaseGeometry, wide: float) -> BaseGeometry:
    """A dot `DOT` times as wide as its post, grown all round where the font has it smaller."""
    x0, y0, x1, y1 = dot.bounds
    return dot.buffer(max(DOT * wide - min(x1 - x0, y1 - y0), 0.0) / 2, quad_segs=ROUND)


def _clear(stem: BaseGeometry, dot: BaseGeometry) -> BaseGeometry:
    """The dot moved up until `GAP` is left between it and the stem; down below a letter that it hangs from."""
    up = math.copysign(1.0, dot.centroid.y - stem.centroid.y)
    for _ in range(STEPS):
        short = GAP - dot.distance(stem)
        if short < TOUCH:
            break
        dot = affinity.translate(dot, 0.0, up * short)
    return dot


def _post(stem: BaseGeometry, dot: BaseGeometry, wide: float) -> BaseGeometry:
    """The metal between a stem and its dot, ending inside both."""
    (ax, ay), (bx, by) = _way(stem, dot)
    far = max(math.dist((ax, ay), (bx, by)), 1e-9)
    ux, uy = (bx - ax) / far * wide / 2, (by - ay) / far * wide / 2
    line = shapely.LineString(((ax - ux, ay - uy), (bx + ux, by + uy)))
    between = shapely.get_parts(line.buffer(wide / 2, cap_style="flat").difference(stem.union(dot)))
    kept = [p for p in between if p.distance(stem) < TOUCH and p.distance(dot) < TOUCH]
    return shapely.union_all(kept).buffer(2 * TOUCH)


def _way(stem: BaseGeometry, dot: BaseGeometry) -> list[Point]:
    """Where a post starts on the stem and ends on the dot: upright where that is hardly longer than the shortest."""
    short = shapely.shortest_line(stem, dot)
    x = dot.centroid.x
    low, high = min(stem.bounds[1], dot.bounds[1]), max(stem.bounds[3], dot.bounds[3])
    upright = shapely.LineString(((x, low), (x, high)))
    foot, head = shapely.intersection(upright, stem), shapely.intersection(upright, dot)
    if not (foot.is_empty or head.is_empty) and foot.distance(head) < UPRIGHT * short.length:
        short = shapely.shortest_line(foot, head)
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(short)]


def _touch(left: BaseGeometry, right: BaseGeometry) -> float | None:
    """How far right of the left origin the right one lies when, moved left, it first touches; None if never."""
    x = float(left.bounds[2] - right.bounds[0]) + TOUCH
    last = left.bounds[0] - right.bounds[0]
    shapely.prepare(left)
    for _ in range(STEPS):
        away = float(shapely.distance(left, affinity.translate(right, x)))
        if away < TOUCH:
            return x
        x -= away
        if x < last:
            break
    return None


def _parted(left: str, right: str) -> DesignError:
    message = f"'{left}' and '{right}' pass each other without touching"
    hint = "another font, or a letter between them"
    return DesignError(Finding("JG270", message, hint=hint))


def _softened(shape: BaseGeometry, opening: float, edge: float = EDGE) -> BaseGeometry:
    """Corners rounded; notches and holes that would fill in the flask filled.

    No file goes into holes: those may be narrower than notches, whose sides are cast thicker.
    """
    shape = shape.simplify(GRAIN)
    whole = _closed(shapely.Polygon(shape.exterior), opening / 2)
    inner = [shapely.Polygon(ring) for ring in _closed(shape, LEAST_HOLE / 2).interiors]
    within = [hole for hole in inner if _encloses(shape, hole)]
    whole = whole.difference(shapely.union_all(within))
    soft = whole.buffer(-edge, quad_segs=ROUND).buffer(edge, quad_segs=ROUND)
    if soft.geom_type != "Polygon" or soft.is_empty:  # a hairline parts: inner corners alone
        soft = whole
    return shapely.Polygon(soft.exterior, [ring for ring in soft.interiors if _stays_open(ring)])


def _stays_open(hole: BaseGeometry) -> bool:
    """Whether a ball of the least hole's width goes into it: far quicker asked than by shrinking the hole."""
    radius = shapely.maximum_inscribed_circle(shapely.Polygon(hole), SURE).length
    return bool(radius > LEAST_HOLE / 2)


def _encloses(shape: BaseGeometry, hole: BaseGeometry) -> bool:
    """Whether a hole was one before notches closed."""
    return bool(shapely.Polygon(shape.exterior).contains(hole.representative_point()))


def _closed(shape: BaseGeometry, r: float) -> BaseGeometry:
    """What no ball of radius `r` reaches from outside is filled."""
    return shape.buffer(r, quad_segs=ROUND).buffer(-r, quad_segs=ROUND)


def _centred(shape: BaseGeometry) -> BaseGeometry:
    x0, y0, x1, y1 = shape.bounds
    return affinity.translate(shape, -(x0 + x1) / 2, -(y0 + y1) / 2)
