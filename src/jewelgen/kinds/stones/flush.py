"""Flush stones: round brilliants sunk to their tables, on a face or round a band, the rim burnished over."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Outline, points
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.stone_field import ROUND, piloted, placed_stone
from jewelgen.piece.array import Array, Listed
from jewelgen.piece.cutter import Cut
from jewelgen.piece.frame import Frame, on_ring
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Count, Mm, Parsed

DRILL = 0.6  # pilot hole over stone; within bench_rules flush.drill_fraction
UNDER = 0.2  # mm the drill goes on below the culet
OVER = 0.3  # mm the seat is open above the metal
REACH = 400.0  # mm: no piece is larger
MOST = 60  # points that may be named
Places = tuple[tuple[float, float], ...]


def _points(value: object) -> Places:
    if not isinstance(value, (list, tuple)) or not 1 <= len(value) <= MOST:
        raise ValueError(f"{value!r} is not a list of 1 to {MOST} points")
    return tuple(_point(item) for item in value)


def _point(item: object) -> tuple[float, float]:
    if not isinstance(item, (list, tuple)) or len(item) != 2:
        raise ValueError(f"{item!r} is not a point: write [x, y]")
    numbers = [v for v in item if isinstance(v, (int, float)) and not isinstance(v, bool)]
    if len(numbers) != 2 or not all(math.isfinite(v) and abs(v) <= REACH for v in numbers):
        raise ValueError(f"{item!r} is not a point in mm")
    return float(numbers[0]), float(numbers[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The stone, and the points: places of the stones, or the line they follow when `count` says how many."""

    stone: Annotated[StoneSpec, ROUND]
    along: Annotated[
        Places,
        Parsed(
            _points,
            "points x, y in mm; on a band x runs round from the top, y along the finger",
            "[[0, -6], [0, 0], [0, 6]]",
        ),
    ] = ((0.0, 0.0),)
    count: Annotated[
        int,
        Count(0, 200, "how many along the curve through the points, or all round from one; 0: one a point"),
    ] = 0  # fmt: skip
    sink: Annotated[
        float,
        Mm(0, 4, "girdle below the metal: the table comes level", formula="stone.girdle + stone.crown"),
    ] = 0.4  # fmt: skip
    margin: Annotated[
        float, Mm(0.2, 5, "least metal beside a stone", formula="max(0.3, min(0.8, 0.4 * stone.width))")
    ] = 0.7  # fmt: skip


def make(params: Params, site: Site) -> Fragment:
    """Seats and stones; raises `DesignError` JG232 when they do not fit the metal."""
    anchor = site.anchor
    if anchor is None or anchor.sort not in {"face", "round"} or anchor.inner:
        message = "flush stones lie on a face or round a band"
        raise _refused(message, f"{site.name}.on")
    places = _places(params, anchor, site)
    _check_depth(params, anchor, site)
    _check_edges(params, anchor, places, site)
    array = _array(params, anchor, places)
    name = f"{site.name}.row"
    held = placed_stone(name, params.stone, anchor.frame, ("flush", anchor.part), array)
    return Fragment(stones=(held,), cuts=(_seat(params, anchor, name, array),))


def _places(params: Params, anchor: Anchor, site: Site) -> Places:
    """Where the stones lie: at the points, along the curve through them, or from one point all round a band."""
    n, (x, y) = params.count, params.along[0]
    if n == 0:
        return params.along
    if n == 1 or len(set(params.along)) > 1:
        return _spread(params.along, n)
    if anchor.sort == "face":
        raise _refused(f"{n} stones along a single point", f"{site.name}.along")
    step = 2 * math.pi * anchor.radius / n
    need = params.stone.width + params.margin
    if step < need:
        message = f"{n} stones round the band leave {step - params.stone.width:.2f} mm between them"
        most = int(2 * math.pi * anchor.radius / need)
        raise _refused(message, f"{site.name}.count", Fix(f"{site.name}.count", f"{most}"))
    return tuple((x + i * step, y) for i in range(n))


def _refused(message: str, key: str, fix: Fix | None = None) -> DesignError:
    hint = "" if fix else "move the points, or take smaller stones"
    return DesignError(Finding("JG232", message, Where(key=key), hint=hint, fix=fix))


def _check_depth(params: Params, anchor: Anchor, site: Site) -> None:
    deep = params.sink + params.stone.pavilion
    if deep > anchor.depth:
        message = f"culets lie {deep:.2f} mm deep in metal of {anchor.depth:g} mm"
        fix = Fix(f"{anchor.part}.thick", f"{math.ceil(deep * 10 + 2) / 10:g}")
        raise _refused(message, f"{site.name}.stone", fix)


def _check_edges(params: Params, anchor: Anchor, places: Places, site: Site) -> None:
    """Every stone needs its margin to the rim of the metal."""
    need = params.stone.width / 2 + params.margin
    for x, y in places:
        room = _room(anchor, x, y)
        if room < need - 1e-6:
            message = f"the stone at {x:g}, {y:g} has {room:.2f} mm to the rim, it needs {need:.2f}"
            raise _refused(message, f"{site.name}.along")


def _room(anchor: Anchor, x: float, y: float) -> float:
    """Distance in mm from a point to the rim of the metal, negative outside."""
    if anchor.sort == "round":
        return anchor.width / 2 - abs(y)
    if anchor.outline is None:
        return REACH
    return _inside_by(anchor.outline, x, y)


def _inside_by(outline: Outline, x: float, y: float) -> float:
    """Signed distance to the outer boundary by its chords."""
    ring = points(outline, 360, 0.002)
    inside, near = False, math.inf
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        dx, dy = x1 - x0, y1 - y0
        size = dx * dx + dy * dy
        t = max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / size)) if size else 0.0
        near = min(near, math.hypot(x - x0 - t * dx, y - y0 - t * dy))
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * dx:
            inside = not inside
    return near if inside else -near


def _spread(along: Places, count: int) -> Places:
    """`count` points evenly by length along a smooth curve through the given ones, ends included."""
    line = _curve(along)
    sums = [0.0]
    for p, q in itertools.pairwise(line):
        sums.append(sums[-1] + math.dist(p, q))
    if count == 1 or sums[-1] == 0.0:
        return (line[len(line) // 2],)
    return tuple(_at_length(line, sums, sums[-1] * i / (count - 1)) for i in range(count))


def _at_length(line: Places, sums: list[float], s: float) -> tuple[float, float]:
    k = next((i for i in range(1, len(sums)) if sums[i] >= s - 1e-12), len(sums) - 1)
    t = (s - sums[k - 1]) / (sums[k] - sums[k - 1]) if sums[k] > sums[k - 1] else 0.0
    (x0, y0), (x1, y1) = line[k - 1], line[k]
    return x0 + t * (x1 - x0), y0 + t * (y1 - y0)


def _curve(along: Places, steps: int = 48) -> Places:
    """Catmull-Rom's curve through the points, as a fine polygon."""
    if len(along) < 3:
        return along
    ends = (_beyond(along[1], along[0]), *along, _beyond(along[-2], along[-1]))
    found = [along[0]]
    for k in range(len(along) - 1):
        found += [_between(ends[k : k + 4], i / steps) for i in range(1, steps + 1)]
    return tuple(found)


def _beyond(p: tuple[float, float], q: tuple[float, float]) -> tuple[float, float]:
    return 2 * q[0] - p[0], 2 * q[1] - p[1]


def _between(four: Places, t: float) -> tuple[float, float]:
    a = (-t * (1 - t) ** 2, 2 - 5 * t * t + 3 * t**3, t + 4 * t * t - 3 * t**3, -t * t * (1 - t))
    weights = (a[0] / 2, a[1] / 2, a[2] / 2, a[3] / 2)
    return (
        sum(w * p[0] for w, p in zip(weights, four, strict=True)),
        sum(w * p[1] for w, p in zip(weights, four, strict=True)),
    )


def _array(params: Params, anchor: Anchor, places: Places) -> Array:
    """Frames with the girdle `sink` under the metal, z out of it."""
    if anchor.sort == "face":
        return Listed(tuple(Frame((x, y, -params.sink)) for x, y in places))
    radius = anchor.radius - params.sink
    home = Frame(x=(0.0, 1.0, 0.0), z=(1.0, 0.0, 0.0))
    return Listed(
        tuple(home.then(on_ring(radius, math.degrees(x / anchor.radius), y)) for x, y in places)
    )


def _seat(params: Params, anchor: Anchor, name: str, array: Array) -> Cut:
    """Bur to the stone, drill through the culet's place, the mouth open to the stone."""
    stone = params.stone
    room = params.sink - stone.girdle + OVER
    form = piloted(stone, DRILL * stone.width, room, stone.pavilion + UNDER)
    return Cut(f"{name}.seat", (anchor.part,), form, anchor.frame, array, name, "flush seat")


KIND = Kind(
    "stones",
    "flush",
    Params,
    make,
    "round stones level with the metal, at points or along a curve",
    on="shank.round",
)
