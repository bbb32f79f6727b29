"""Metal filed, sawn or drilled away at joints and cuts, by part: filings and offcuts of the plan.

In: a `Piece`.  Out: mm3 by part name, for all copies together. Predicted without a kernel.
"""

from __future__ import annotations

import numpy as np

from jewelgen.bench.surfaces import end_area, flat_of
from jewelgen.piece.form import Hoop
from jewelgen.piece.joint import Joint
from jewelgen.piece.piece import Piece


def filed(piece: Piece) -> dict[str, float]:
    """mm3 taken off each part for its joints: flats and notches."""
    gone: dict[str, float] = {}
    for joint in piece.joints:
        if joint.a != joint.b:
            gone[joint.b] = gone.get(joint.b, 0.0) + joint.n * _taken(piece, joint)
    return gone


def _taken(piece: Piece, joint: Joint) -> float:
    form, depth = piece.part(joint.b).form, joint.fit.depth
    if joint.fit.word == "flat" and isinstance(form, Hoop) and depth > 0:
        nodes, weights = np.polynomial.legendre.leggauss(8)
        slices = [flat_of(form, depth * (1 + node) / 2)[2] for node in nodes]
        return float(np.dot(weights, slices)) * depth / 2
    if joint.fit.word == "let-in":
        return depth * end_area(piece.part(joint.a).form)
    return 0.0
