"""Checks of a casting master against a house's limits: metal, gaps, marks, stones, sprues, the ring round the finger.

In: what was `Seen`, what is known, a pack.  Out: `Check`s.
"""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.checker.edges import edges
from jewelgen.checker.feeding import feeding
from jewelgen.checker.hang import hanging
from jewelgen.checker.held import held
from jewelgen.checker.known import Known
from jewelgen.checker.marks import marks
from jewelgen.checker.openings import openings
from jewelgen.checker.pits import pits
from jewelgen.checker.report import Check, Seen
from jewelgen.checker.ring import ring_checks
from jewelgen.checker.seats import seated
from jewelgen.checker.thin import thin


def castable(seen: Seen, known: Known, pack: str) -> Iterator[Check]:
    """Every check of a pack on one body."""
    near = seated(seen.samples.points, known)
    yield from thin(seen, near, known, pack)
    yield from openings(seen, near, known, pack)
    yield from marks(seen.scene, known, pack)
    yield from held(seen.scene, known, pack)
    yield from pits(seen.scene, known, pack)
    yield from feeding(seen, known)
    yield from hanging(seen, known)
    yield edges(seen, known, pack)
    yield from ring_checks(seen, known, pack)
