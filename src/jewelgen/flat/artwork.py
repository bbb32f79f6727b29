"""Artwork: a drawing's filled outlines at a height, about the middle of their box.

In: a `Drawing`, mm.  Out: a `Path` of islands and holes; how far its outlines stand open at that height.
"""

from __future__ import annotations

from jewelgen.flat.crown import box
from jewelgen.flat.drawing import Drawing, scaled
from jewelgen.flat.outline import Path
from jewelgen.flat.polygons import islands
from jewelgen.flat.segments import Point


def artwork(drawn: Drawing, tall: float) -> Path:
    """All filled areas of the drawing, `tall` mm high."""
    path = islands(drawn.loops)
    low, high = _box(path)
    middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
    k = tall / (high[1] - low[1])
    return Path(tuple(scaled(loop, k, middle) for loop in path.loops))


def widest_gap(drawn: Drawing, tall: float) -> float:
    """How far apart in mm the ends of its worst outline lie at that height."""
    low, high = _box(Path(drawn.loops))
    return tall / (high[1] - low[1]) * max(drawn.gaps)


def _box(path: Path) -> tuple[Point, Point]:
    boxes = [box(loop) for loop in path.loops]
    low, high = zip(*boxes, strict=True)
    return (min(p[0] for p in low), min(p[1] for p in low)), (
        max(p[0] for p in high),
        max(p[1] for p in high),
    )
