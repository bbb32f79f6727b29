"""Ropes with what stands on them: strands touch along a helix, where no fuse holds, so what is soldered to a rope
is united first and let into each strand.

In: shapes of the strands and of the other members.  Out: one compound whose solids share faces but no metal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jewelgen.findings import Finding, GeometryError, Where
from jewelgen.solid import occ_boolean
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.occ_curves import Shape

BITE = 1e-3  # mm3: a strand that gives less to the rest only touches it

Fuse = Callable[[Sequence[Shape]], Shape]


def let_in(strands: Sequence[Shape], others: Sequence[Shape], fuse: Fuse, what: str) -> Shape:
    """The others as `fuse` unites them, and each strand less their metal; raises `GeometryError` JG311 when no
    strand gives any.
    """
    rest = fuse(others)
    left = [occ_boolean.cut(strand, [rest]) for strand in strands]
    pairs = zip(strands, left, strict=True)
    if all(solids.volume(whole) - solids.volume(cut) < BITE for whole, cut in pairs):
        raise GeometryError(
            Finding(
                "JG311",
                f"what stands on the rope of {what} does not meet its wires",
                Where(key=what),
                hint="parts that are joined must overlap or share a face",
            )
        )
    return solids.compound([rest, *left])
