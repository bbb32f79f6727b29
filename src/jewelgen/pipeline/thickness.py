"""`thickness.png`: what the checker measured on a body, as colour, failing places ringed and named.

In: a `Report` with what it saw.  Out: PNG bytes.
"""

from __future__ import annotations

import math

import numpy as np

from jewelgen.checker import limits
from jewelgen.checker.known import Known, where
from jewelgen.checker.report import Check, Report
from jewelgen.findings import Severity
from jewelgen.view.heat import Heat, Spot, heat_picture

MOST_RINGS = 9
LONGEST = 120  # letters of a line
APART = 1.0  # mm between places that are ringed each
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def thickness_picture(report: Report, known: Known, pack: str) -> bytes | None:
    """The picture; None of files on which no metal was measured."""
    if report.seen is None:
        return None
    seen = report.seen
    surface = seen.scene.surface
    return heat_picture(
        Heat(
            known.sort, surface.vertices, surface.triangles, seen.samples.points, seen.wall,
            limits.thinnest("wire", False, pack, known.alloy).value,
            limits.thinnest("wall", False, pack, known.alloy).value,
            _spots(report, known),
        )
    )  # fmt: skip


def _spots(report: Report, known: Known) -> tuple[Spot, ...]:
    """A ring for every failing place, the worst of each check first; of notes the worst place alone. A place that an
    earlier ring holds gets no second one.
    """
    failed = sorted((c for c in report.checks if not c.passed), key=lambda c: _RANK[c.weight])
    most = max((len(check.places) for check in failed), default=0)
    found: list[Spot] = []
    for i in range(most):
        for check in failed:
            ringed = check.places[:1] if check.weight is Severity.NOTE else check.places
            if i < len(ringed) and not _held(ringed[i], found):
                found.append(Spot(ringed[i], _words(check, i, known)))
    return tuple(found[:MOST_RINGS])


def _held(place: tuple[float, float, float], found: list[Spot]) -> bool:
    return any(math.dist(place, spot.at) < APART for spot in found)


def _words(check: Check, i: int, known: Known) -> str:
    """What a ring says: the worst place of a check its measure, the others where they are."""
    said = f"{check.code} {check.name}"
    if i == 0 and check.measured is not None:
        said += f" {check.measured:.2f} {check.unit}, {check.allowed.partition(' (')[0]}"
    said += f": {where(known, np.array(check.places[i]))}"
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}..."
