"""Where prongs stand round a girdle: Vs over its points, round ones evenly between, one or two on cut and round corners,
of six round a cushion two on its long sides.

In: a `StoneSpec` and how many prongs.  Out: `Places`, frames on the girdle's edge with x outward; mm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np

from jewelgen.catalog.stones import StoneSpec
from jewelgen.flat import runs
from jewelgen.flat.outline import Box, Oval, Path, loops, points
from jewelgen.flat.segments import Arc, Loop
from jewelgen.kinds.stone_field import outline_of
from jewelgen.piece.array import Array, Listed, Polar
from jewelgen.piece.frame import Frame

CORNERS = ((1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0))
MOST = 8
WITH_SIDES = 6  # prongs round a cushion: on its corners, and on the middles of its long sides
SPREAD = 0.62  # of a cut corner's length: how far apart its two prongs stand
FLANK = 27.0  # degrees from the middle of a round corner to its two prongs
CLEFT = 0.35  # of a step: how far short of a heart's cleft the last prong stays


@dataclass(frozen=True, slots=True)
class Places:
    """Frames of round prongs, of round ones on the long sides of a cushion that has some on its corners, and of Vs (None
    where there are none); `angle` of the points, in degrees.
    """

    rounds: Array | None
    points: Array | None
    angle: float = 0.0
    sides: Array | None = None


def boxed(spec: StoneSpec) -> Oval | Box | None:
    """The girdle as an oval or a box, a cut corner as the bend that passes its middle; None for pointed ones."""
    found = outline_of(spec)
    if spec.outline == "octagon":
        # A corner of radius r lies r (1 - sqrt 1/2) inside the square one on each side, a cut one half its cut.
        return Box(spec.length, spec.width, _cut_corner(found) / (2.0 - math.sqrt(2.0)))
    return found if isinstance(found, (Oval, Box)) else None


def _cut_corner(octagon: object) -> float:
    """How much of each side a cut corner takes, mm."""
    if not isinstance(octagon, Path):
        raise ValueError("an octagon is a path of lines")
    return min(math.dist(line.at(0.0), line.at(1.0)) for line in octagon.loops[0]) / math.sqrt(2.0)


def counts(spec: StoneSpec, vees: bool) -> tuple[int, ...]:
    """How many prongs such a stone can have: as many on every side between its points."""
    shape = boxed(spec)
    if isinstance(shape, Box):
        if spec.outline == "octagon":
            return (4, 2 * len(CORNERS))
        return (4, WITH_SIDES, 2 * len(CORNERS)) if shape.r > 0 else (4,)
    if shape is not None:
        return tuple(range(3, MOST + 1))
    tips, sides = len(_tips(_loop(spec))), len(runs.runs(_loop(spec)))
    return tuple(n for n in range(max(3, tips), MOST + 1) if vees and (n - tips) % sides == 0)


@lru_cache(maxsize=64)
def places(spec: StoneSpec, n: int, vees: bool) -> Places:
    """Frames of `n` prongs, one of `counts`; with `vees` the sharp corners of squares are points too."""
    shape = boxed(spec)
    if isinstance(shape, Box):
        if n == 2 * len(CORNERS):
            cut = spec.outline == "octagon"
            return Places(
                Listed(_doubled(spec, _cut_corner(outline_of(spec))) if cut else _flanking(shape)),
                None,
            )
        corners = Listed(tuple(_on_corner(shape, sx, sy) for sx, sy in CORNERS))
        if n == WITH_SIDES:
            return Places(corners, None, sides=Polar(2, shape.w / 2, 0.0, 180.0))
        pointed = vees and shape.r == 0
        return Places(None, corners, 90.0) if pointed else Places(corners, None)
    if shape is not None:
        return Places(_round(shape, n), None)
    return _pointed(_loop(spec), n)


def _loop(spec: StoneSpec) -> Loop:
    found = outline_of(spec)
    if not isinstance(found, Path):
        raise ValueError(f"a {spec.outline} girdle has no points")
    return found.loops[0]


def _tips(loop: Loop) -> list[runs.Corner]:
    return [corner for corner in runs.corners(loop) if corner.turn > 0]


def _pointed(loop: Loop, n: int) -> Places:
    """Vs on the points, the others evenly along every side; a cleft is kept clear."""
    tips, sides = _tips(loop), runs.runs(loop)
    corners = runs.corners(loop)  # the corner at the end of every run
    each, found = (n - len(tips)) // len(sides), list[Frame]()
    for i, side in enumerate(sides):
        for k in range(1, each + 1):
            share = k / (each + 1)
            if corners[i].turn < 0:
                share = k / (each + CLEFT)
            elif corners[i - 1].turn < 0:
                share = 1.0 - (each + 1 - k) / (each + CLEFT)
            u, v = side.heading(share * side.length)
            found.append(_facing(side.at(share * side.length, 0.0), (v, -u)))
    points = Listed(tuple(_facing(tip.at, _between(tip.before, tip.after)) for tip in tips))
    return Places(Listed(tuple(found)) if found else None, points, 180.0 - tips[0].turn)


def _between(p: tuple[float, float], q: tuple[float, float]) -> tuple[float, float]:
    x, y = p[0] + q[0], p[1] + q[1]
    return x / math.hypot(x, y), y / math.hypot(x, y)


def _facing(at: tuple[float, float], out: tuple[float, float]) -> Frame:
    return Frame((*at, 0.0), x=(*out, 0.0))


def _doubled(spec: StoneSpec, cut: float) -> tuple[Frame, ...]:
    """Two frames on every cut corner, both square to it."""
    off, found = SPREAD * cut * math.sqrt(2.0) / 2, list[Frame]()
    for sx, sy in CORNERS:
        out = (sx * math.sqrt(0.5), sy * math.sqrt(0.5))
        x, y = sx * (spec.width - cut) / 2, sy * (spec.length - cut) / 2
        found += [_facing((x - k * off * out[1], y + k * off * out[0]), out) for k in (-1.0, 1.0)]
    return tuple(found)


def _flanking(box: Box) -> tuple[Frame, ...]:
    """Two frames on every round corner, square to its bend on either side of the middle."""
    found = list[Frame]()
    for sx, sy in CORNERS:
        for degrees in (45.0 - FLANK, 45.0 + FLANK):
            out = (sx * math.cos(math.radians(degrees)), sy * math.sin(math.radians(degrees)))
            x, y = sx * (box.w / 2 - box.r), sy * (box.l / 2 - box.r)
            found.append(_facing((x + box.r * out[0], y + box.r * out[1]), out))
    return tuple(found)


def first_angle(n: int) -> float:
    """Degrees from x (across the finger) of the first prong: pairs flank the finger's axis, six point across."""
    return 0.0 if n == 6 else 90.0 if n % 2 else 180.0 / n


def _round(oval: Oval, n: int) -> Array:
    start = first_angle(n)
    if oval.l == oval.w:
        return Polar(n, oval.w / 2, start, 360.0 / n)
    return Listed(tuple(_on_oval(oval, (start / 360.0 + i / n) % 1.0) for i in range(n)))


def _on_corner(box: Box, sx: float, sy: float) -> Frame:
    """The frame on a corner of the girdle, x outward along its bisector."""
    inset = box.r * (1.0 - math.sqrt(0.5))
    x = (sx * math.sqrt(0.5), sy * math.sqrt(0.5), 0.0)
    return Frame((sx * (box.w / 2 - inset), sy * (box.l / 2 - inset), 0.0), x=x)


def _on_oval(oval: Oval, share: float) -> Frame:
    """The frame at that share of the perimeter, counted from the middle of the long side."""
    a, b, steps = oval.w / 2, oval.l / 2, 720
    ring = [
        (a * math.cos(2 * math.pi * k / steps), b * math.sin(2 * math.pi * k / steps))
        for k in range(steps + 1)
    ]
    sums = [0.0]
    for p, q in pairwise(ring):
        sums.append(sums[-1] + math.dist(p, q))
    t = 2 * math.pi * float(np.interp(share * sums[-1], sums, range(steps + 1))) / steps
    normal = (b * math.cos(t), a * math.sin(t))
    size = math.hypot(*normal)
    x = (normal[0] / size, normal[1] / size, 0.0)
    return Frame((a * math.cos(t), b * math.sin(t), 0.0), x=x)


@cache
def inset_room(spec: StoneSpec) -> float:
    """How far inward a girdle's parallel can go, mm: its inner circle, or its least bend where that is less."""
    shape = boxed(spec)
    if shape is not None:
        return spec.width / 2
    loop = _loop(spec)
    ring = np.array(points(outline_of(spec), deviation=0.002))
    axis = np.column_stack((np.zeros(201), np.linspace(-spec.length / 2, spec.length / 2, 201)))
    inner = np.linalg.norm(ring[None] - axis[:, None], axis=2).min(axis=1).max()
    bends = [item.radius for item in loop if isinstance(item, Arc)]
    return float(min([inner, *bends]))


def across(outline: Oval | Box | Path) -> float:
    """Half the width of an outline in the line y = 0, mm."""
    if isinstance(outline, (Oval, Box)):
        return outline.w / 2
    ring = np.array([item.at(k / 64) for item in loops(outline)[0] for k in range(64)])
    ring = ring[ring[:, 0] > 0]
    order = np.argsort(ring[:, 1])
    return float(np.interp(0.0, ring[order, 1], ring[order, 0]))
