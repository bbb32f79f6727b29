"""Booleans that are believed only when proved: valid, counted, and of the volume the mesh has.

A ladder of tries turns lathed tools by 0, 23 and 37 degrees, then loosens the tolerance: retrying with
proof is what works on bead bands (no single angle does).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from jewelgen.findings import Finding, GeometryError, Where
from jewelgen.solid import occ_boolean, occ_solids
from jewelgen.solid.occ_curves import Shape

LADDER = (0.0, 23.0, 37.0)
TOLERANCE = 0.001  # B-rep of a body against its fine mesh
INVALID = "the kernel made an invalid solid"  # a letter over a loft's seam leaves a face unoriented
FINE = (0.002, 0.07)
FINEST = (0.0005, 0.035)

Try = Callable[[], Shape | None]


@dataclass(frozen=True, slots=True)
class Meshed:
    """What a fine mesh holds and what the chords of its forms are known to lose of it, mm3."""

    volume: float
    chords: float = 0.0

    @property
    def whole(self) -> float:
        """The mesh's volume free of its chords, mm3."""
        return self.volume + self.chords


Measure = Callable[[tuple[float, float]], Meshed]


def taken(body: Shape, tools: Sequence[Shape]) -> Shape:
    """`body` less the tools."""
    return occ_boolean.cut(body, tools) if tools else body


def joined(body: Shape, others: Sequence[Shape]) -> Shape:
    """`body` and the others as one."""
    return occ_boolean.fuse([body, *others]) if others else body


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a result (empty: nothing), the volume it is weighed by, the kernel's own integral and the
    mesh's in mm3, and how many tries failed before.
    """

    fault: str
    volume: float = 0.0
    brep: float = 0.0
    mesh: Meshed = Meshed(0.0)
    rung: int = 0


def proved(tries: Sequence[Try], mesh_volume: Measure, what: str) -> tuple[Shape, Verdict]:
    """The first try that holds, and its verdict; raises `GeometryError` JG310 when none does."""
    fault = ""
    for rung, made in enumerate(_made(tries)):
        shape, verdict = _judged_or_mended(made, mesh_volume)
        fault = verdict.fault
        if not fault:
            return shape, replace(verdict, rung=rung)
    raise GeometryError(
        Finding("JG310", f"a cut or fuse of {what} could not be proved: {fault}", Where(key=what))
    )


def _judged_or_mended(made: Shape | None, mesh_volume: Measure) -> tuple[Shape, Verdict]:
    """The result and its verdict; an invalid one is mended once and judged like any other."""
    if made is None:
        return made, Verdict("the kernel gave up")
    verdict = judged(made, mesh_volume)
    if verdict.fault != INVALID:
        return made, verdict
    mended = occ_boolean.mended(made)
    return mended, judged(mended, mesh_volume)


def _made(tries: Sequence[Try]) -> Iterator[Shape | None]:
    """Each try's result, or None where the kernel raised."""
    for attempt in tries:
        try:
            yield attempt()
        except occ_solids.FAILURES:
            yield None


def judged(shape: Shape, mesh_volume: Measure) -> Verdict:
    """Whether a boolean's result is there, valid, and agrees with the fine mesh."""
    if shape.IsNull() or not occ_solids.solids_of(shape):
        return Verdict("nothing is left")
    if not occ_solids.is_valid(shape):
        return Verdict(INVALID)
    plain, mesh = occ_solids.volume(shape), Meshed(0.0)
    for fine in (FINE, FINEST):
        mesh = mesh_volume(fine)
        found = _agreeing(shape, plain, mesh.whole)
        if found is not None:
            return Verdict("", found, found, mesh)
    return Verdict(f"{plain:.4f} mm3 where the mesh has {mesh.whole:.4f}", plain, plain, mesh)


def of_one_form(shape: Shape, exact: float, mesh: Meshed) -> Verdict:
    """The verdict on a form that was proved against its closed formula, `exact` mm3: weighed by that; the integral, of
    the kernel's two the one nearer to it, and the mesh are said beside it.
    """
    plain = occ_solids.volume(shape)
    found = _agreeing(shape, plain, exact)
    return Verdict("", exact, plain if found is None else found, mesh)


def _agreeing(shape: Shape, plain: float, expected: float) -> float | None:
    """The exact volume that agrees with the mesh, by the plain or the adaptive integral, else None."""
    if abs(plain - expected) <= TOLERANCE * abs(expected):
        return plain
    finer = occ_solids.volume(shape, 1e-5)
    return finer if abs(finer - expected) <= TOLERANCE * abs(expected) else None
