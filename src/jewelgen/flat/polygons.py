"""Free outlines as polygons (shapely): sorting loops into islands and holes, unions, offsets.

In: loops or a `Path`.  Out: a `Path`. Loops that cross nothing keep their curves; those that do become
polygons within `DEVIATION` mm of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from jewelgen.flat.outline import Path
from jewelgen.flat.region import region
from jewelgen.flat.segments import Line, Loop, loop_moments, loop_points, reversed_segment

DEVIATION = 0.002  # mm between a curve and its polygon
LEAST_AREA = 1e-4  # mm2: crumbs of a union below this are rounding


def islands(loops: Sequence[Loop]) -> Path:
    """The filled area of loops as TrueType and PostScript mean it, outers counter-clockwise, holes clockwise.

    A loop inside an odd number of others is a hole. Loops whose outlines cross are united (or, when they
    run against each other, taken out) as polygons.
    """
    rings = [shapely.Polygon(loop_points(loop, DEVIATION)) for loop in loops]
    crossing = _crossing(rings)
    kept = [i for i in range(len(loops)) if not crossing[i]]
    # A loop that holds or lies in a crossing cluster is settled together with it.
    for i in list(kept):
        if any(rings[i].intersects(rings[j]) for j in range(len(loops)) if crossing[j]):
            crossing[i] = True
    kept = [i for i in kept if not crossing[i]]
    found = []
    for i in kept:
        depth = sum(rings[j].contains(rings[i]) for j in kept if j != i)
        found.append(_wound(loops[i], depth % 2 == 0))
    mixed = [i for i in range(len(loops)) if crossing[i]]
    if mixed:
        found += _united([loops[i] for i in mixed], [rings[i] for i in mixed])
    return Path(tuple(found))


def _crossing(rings: Sequence[shapely.Polygon]) -> list[bool]:
    """Which rings cross another's outline or their own."""
    tree = shapely.STRtree([ring.exterior for ring in rings])
    pairs = tree.query([ring.exterior for ring in rings], predicate="intersects")
    crossed = [not ring.is_valid for ring in rings]
    for a, b in zip(*pairs, strict=True):
        if a != b:
            crossed[a] = crossed[b] = True
    return crossed


def _wound(loop: Loop, outer: bool) -> Loop:
    if (loop_moments(loop).area > 0) == outer:
        return loop
    return tuple(reversed_segment(segment) for segment in reversed(loop))


def _united(loops: Sequence[Loop], rings: Sequence[shapely.Polygon]) -> list[Loop]:
    """Nonzero winding: loops that run as the largest one does add, the others take away."""
    areas = [loop_moments(loop).area for loop in loops]
    sense = max(areas, key=abs) > 0
    solid = shapely.union_all(
        [r.buffer(0) for r, a in zip(rings, areas, strict=True) if (a > 0) == sense]
    )
    empty = [r.buffer(0) for r, a in zip(rings, areas, strict=True) if (a > 0) != sense]
    return list(path_of(solid.difference(shapely.union_all(empty))).loops)


def path_of(shape: BaseGeometry) -> Path:
    """A polygon or several as straight-edged loops; crumbs are dropped."""
    loops: list[Loop] = []
    for part in sorted(shapely.get_parts(shape), key=lambda item: item.bounds):
        if part.geom_type != "Polygon" or part.area < LEAST_AREA:
            continue
        tidy = shapely.orient_polygons(part)
        loops.append(_ring(tidy.exterior))
        loops += [
            _ring(hole) for hole in tidy.interiors if shapely.Polygon(hole).area >= LEAST_AREA
        ]
    return Path(tuple(loops))


def _ring(ring: BaseGeometry) -> Loop:
    points = [(float(x), float(y)) for x, y in shapely.get_coordinates(ring)[:-1]]
    return tuple(
        Line(p, q) for p, q in zip(points, [*points[1:], points[0]], strict=True) if p != q
    )


def grown_path(path: Path, d: float) -> Path:
    """The area within `d` mm of the path (further in than -d when negative), as a polygon; may be empty."""
    return path_of(region(path).buffer(d, quad_segs=24))


def united(paths: Sequence[Path]) -> Path:
    """The area covered by any of the paths, as a polygon."""
    return path_of(shapely.union_all([region(path) for path in paths]))
