"""Sides of sheet that closes in going up: ruled faces between one outline at several heights.

In: an outline and its tiers (height, how far it has closed in), mm.  Out: faces, and the wires at foot and lip.
"""

from __future__ import annotations

from itertools import pairwise

from jewelgen.flat.outline import Box, Outline, Oval, Path, source
from jewelgen.flat.parallel import Row, rows
from jewelgen.piece.tiers import Tier, broken, inset
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.faces import OFFSET_POINTS, outline_wire, row_edge, run_of, run_wire
from jewelgen.solid.occ_curves import Shape

CLOSED = 1e-9  # mm: a mitre's straight end shorter than this is none


def sides(outline: Outline, tiers: tuple[Tier, ...]) -> tuple[list[Shape], Shape, Shape]:
    """The side faces, and the wires they begin and end with."""
    faces: list[Shape] = []
    levels = broken(outline, tiers)
    for (z0, s0), (z1, s1) in pairwise(levels):
        low, high = inset(outline, s0), inset(outline, s1)
        if isinstance(source(outline), Path):
            faces += _folded(low, z0, high, z1)
        else:
            band = solids.loft([_lifted(low, z0), _lifted(high, z1)], ruled=True, solid=False)
            faces += solids.shell_faces(band)
    ends = [_lifted(inset(outline, s), z) for z, s in (levels[0], levels[-1])]
    return faces, ends[0], ends[1]


def _lifted(outline: Outline, z: float) -> Shape:
    """The outline as a wire; ovals and free loops as splines, so that ruled runs pair by parameter."""
    if isinstance(outline, Box) or (isinstance(outline, Oval) and outline.l == outline.w):
        return outline_wire(outline, z)
    return run_wire(outline, z)


def _folded(low: Outline, z0: float, high: Outline, z1: float) -> list[Shape]:
    """A face for each row of two parallel curves of one free loop, on the same side of it."""
    (loop, first), (_, second) = run_of(low), run_of(high)
    below, above = (rows(loop, d, OFFSET_POINTS, first + second) for d in (first, second))
    return [_face(a, z0, b, z1) for a, b in zip(below, above, strict=True)]


def _face(low: Row, z0: float, high: Row, z1: float) -> Shape:
    """Ruled between two rows; flat, and a triangle where one of two straight ends has closed."""
    if len(low.points) == 2 and len(high.points) == 2:
        ring = [(*p, z0) for p in low.points] + [(*p, z1) for p in reversed(high.points)]
        corners = [p for i, p in enumerate(ring) if _apart(p, ring[i - 1])]
        return occ.face(occ.polygon(corners))
    edges = [occ.wire([row_edge(row, z)]) for row, z in ((low, z0), (high, z1))]
    (found,) = solids.shell_faces(solids.loft(edges, ruled=True, solid=False))
    return found


def _apart(p: tuple[float, float, float], q: tuple[float, float, float]) -> bool:
    return max(abs(a - b) for a, b in zip(p, q, strict=True)) > CLOSED
