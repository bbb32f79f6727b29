"""Where words go on metal: the frame and bend of lettering on an anchor, and how large it may be.

In: an `Anchor` and the outlines of a text.  Out: `Ground`, the largest scale that fits. Rings are read from
within on the bore and from outside on the band; plates are read looking at the face.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from jewelgen.flat.outline import Outline, Path, inside
from jewelgen.flat.segments import loop_points
from jewelgen.piece.frame import Frame
from jewelgen.piece.site import Anchor

MARGIN = 0.3  # mm kept free between letters and the end of the metal
TURN = 0.95  # share of a full turn that letters may run round
_STEPS = 24  # halvings in the search for the largest size


@dataclass(frozen=True, slots=True)
class Ground:
    """`frame`: x along the line of letters, y up, z out of the metal. `bend` as in `Glyphs`."""

    frame: Frame
    bend: float = 0.0


def ground(anchor: Anchor) -> Ground:
    """The ground of lettering centred on the anchor; raises `ValueError` on an edge, and where no metal is said to be."""
    if anchor.sort == "edge":
        raise ValueError("letters need a face or a band, not an edge")
    if anchor.sort == "point" and (anchor.depth <= 0 or anchor.name == "hole"):  # things hang there
        raise ValueError(f"letters need a face or a band; '{anchor.name}' of {anchor.part} is none")
    if anchor.sort == "round":
        r, side = anchor.radius, -1.0 if anchor.inner else 1.0
        local = Frame((r, 0.0, 0.0), x=(0.0, side, 0.0), z=(side, 0.0, 0.0))
        return Ground(anchor.frame.then(local), side * r)
    return Ground(anchor.frame, anchor.radius if anchor.sort == "point" else 0.0)


def largest_scale(anchor: Anchor, path: Path, margin: float = MARGIN) -> float:
    """The greatest factor by which the outlines may be scaled about their origin and still lie on the metal.

    Plates: every point `margin` mm inside the outline. Bands: the line within `TURN` of a turn (half a turn at
    a point), its height within the width. Infinite where the anchor sets no bound.
    """
    spots = np.array([p for loop in path.loops for p in loop_points(loop, 0.02)])
    if anchor.outline is not None:
        return _within(anchor.outline, spots, margin)
    reach = np.abs(spots).max(axis=0)
    bounds = [math.inf]
    if anchor.radius > 0:
        turn = TURN if anchor.sort == "round" else 0.5
        bounds.append(turn * math.pi * anchor.radius / float(reach[0]))
    if anchor.width > 0:
        bounds.append(max(anchor.width / 2 - margin, 0.0) / float(reach[1]))
    return min(bounds)


def _within(
    outline: Outline, spots: np.ndarray[tuple[int, ...], np.dtype[np.float64]], margin: float
) -> float:
    """By halving; the outline is one that its middle sees whole (convex, or with holes off the line)."""

    def lies(scale: float) -> bool:
        p = spots * scale
        out = p * (1 + margin / np.maximum(np.hypot(p[:, 0], p[:, 1]), 1e-9))[:, None]
        return bool(inside(outline, out[:, 0], out[:, 1]).all())

    low, high = 0.0, 1.0
    while lies(high) and high < 64.0:
        low, high = high, 2 * high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if lies(middle) else (low, middle)
    return low
