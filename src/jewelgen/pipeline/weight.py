"""What the metal of a piece weighs, predicted without a kernel.

In: a `Piece`.  Out: grams of the finished object, every group in its own alloy.
"""

from __future__ import annotations

from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.weights import grams
from jewelgen.piece.metal import metal
from jewelgen.piece.piece import Piece


def weighed(piece: Piece) -> float:
    """Grams of finished metal; what parts share is counted once."""
    return sum(grams(g.finished, alloy(g.group.alloy).density_g_cm3) for g in metal(piece))
