"""`Twist` as solids: each strand a wire lofted one turn, repeated along the rail and sewn."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Oval
from jewelgen.flat.segments import Arc
from jewelgen.piece.form import Twist
from jewelgen.piece.frame import Frame
from jewelgen.piece.rail import Circ, Loop, Rail, is_closed
from jewelgen.piece.strand import turns
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.strand_mesh import strand_frames

A_TURN = 12  # sections a turn; 8 lose half a percent

Array = NDArray[np.float64]


def twist_shape(twist: Twist) -> Shape:
    """All strands as one compound: they touch along a helix and cannot be fused as drawn."""
    round_rail = _as_circle(twist.rail)
    if round_rail is not None:
        return solids.compound(_ring_strand(twist, k) for k in range(twist.n))
    return solids.compound(_open_strand(twist, k) for k in range(twist.n))


def _as_circle(rail: Rail) -> Circ | None:
    if isinstance(rail, Circ) and is_closed(rail):
        return rail
    if (
        isinstance(rail, Loop)
        and isinstance(rail.outline, Oval)
        and rail.outline.l == rail.outline.w
    ):
        return Circ(rail.outline.l / 2)
    return None


def _circles(twist: Twist, strand: int, t: Array) -> list[Shape]:
    """The strand's round sections square to its own centre line."""
    line, inward, run = strand_frames(twist, strand, t)
    circle = Arc((0.0, 0.0), twist.d / 2, 0.0, 360.0)
    return [occ.wire([occ.arc(circle, _frame(line[i], inward[i], run[i]))]) for i in range(len(t))]


def _frame(origin: Array, x: Array, z: Array) -> Frame:
    a, b, c = ((float(v[0]), float(v[1]), float(v[2])) for v in (origin, x, z))
    return Frame(a, b, c)


def _ring_strand(twist: Twist, strand: int) -> Shape:
    """One turn lofted, turned round the ring as often as there are turns, sewn end to end."""
    n = int(turns(twist))
    t = np.linspace(0.0, 1.0 / n, A_TURN + 1)
    side = solids.shell_faces(solids.loft(_circles(twist, strand, t), solid=False))
    faces = []
    for k in range(n):
        frame = Frame().turned(360.0 * k / n)
        faces += [solids.placed(face, frame) for face in side]
    return solids.sewn(faces, 1e-4)[0]


def _open_strand(twist: Twist, strand: int) -> Shape:
    """Turn after turn, lofted and sewn, with flat ends."""
    whole = turns(twist)
    n = max(1, math.ceil(whole))
    faces: list[Shape] = []
    ends = []
    for k in range(n):
        t = np.linspace(k / n, (k + 1) / n, A_TURN + 1)
        circles = _circles(twist, strand, t)
        faces += solids.shell_faces(solids.loft(circles, solid=False))
        ends += [circles[0], circles[-1]]
    faces += [occ.face(ends[0]), occ.face(ends[-1])]
    return solids.sewn(faces, 1e-4)[0]
