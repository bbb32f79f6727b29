"""Booleans that are believed only when proved: valid, counted, and of the volume the mesh has.

A ladder of tries turns lathed tools by 0, 23 and 37 degrees, then loosens the tolerance: retrying with
proof is what works on bead bands (no single angle does).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jewelgen.findings import Finding, GeometryError, Where
from jewelgen.solid import occ_boolean, occ_solids
from jewelgen.solid.occ_curves import Shape

LADDER = (0.0, 23.0, 37.0)
TOLERANCE = 0.001  # B-rep of a body against its fine mesh
FINE = (0.002, 0.07)
FINEST = (0.0005, 0.035)

Make = Callable[[float], Shape]
Measure = Callable[[tuple[float, float]], float]


def taken(body: Shape, tools: Sequence[Shape]) -> Shape:
    """`body` less the tools."""
    return occ_boolean.cut(body, tools) if tools else body


def joined(body: Shape, others: Sequence[Shape]) -> Shape:
    """`body` and the others as one."""
    return occ_boolean.fuse([body, *others]) if others else body


def proved(make: Make, mesh_volume: Measure, what: str) -> Shape:
    """The first try of the ladder that holds; raises `GeometryError` JG310 when none does."""
    fault = ""
    for tilt in LADDER:
        shape = make(tilt)
        fault = fault_of(shape, mesh_volume)
        if not fault:
            return shape
    raise GeometryError(
        Finding("JG310", f"a cut or fuse of {what} could not be proved: {fault}", Where(key=what))
    )


def fault_of(shape: Shape, mesh_volume: Measure) -> str:
    """What is wrong with a boolean's result; empty when it is valid and agrees with the fine mesh."""
    if shape.IsNull() or not occ_solids.solids_of(shape):
        return "nothing is left"
    if not occ_solids.is_valid(shape):
        return "the kernel made an invalid solid"
    if agrees(shape, mesh_volume(FINE)) is not None:
        return ""
    expected = mesh_volume(FINEST)
    if agrees(shape, expected) is not None:
        return ""
    return f"{occ_solids.volume(shape):.4f} mm3 where the mesh has {expected:.4f}"


def agrees(shape: Shape, expected: float) -> float | None:
    """The exact volume that agrees with the mesh, by the plain or the adaptive integral, else None."""
    for tolerance in (0.0, 1e-5):
        found = occ_solids.volume(shape, tolerance)
        if abs(found - expected) <= TOLERANCE * abs(expected):
            return found
    return None
