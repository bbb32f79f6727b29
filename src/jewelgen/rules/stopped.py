"""What the file check is certain to hold back: a limit that its house publishes, missed by more than any doubt.

Files of castings are judged as they are cast, thicker than the finished piece by what finishing takes. A measure of the
finished piece that misses the limit even then is an error before any metal is made.
"""

from __future__ import annotations

from jewelgen.catalog.facts import fact
from jewelgen.catalog.packs import Limit
from jewelgen.findings import Severity

PUBLISHED = frozenset({"S1", "S2"})  # standings of figures that somebody publishes
DOUBT = 0.07  # mm: what the check of a file lets pass for rays, samples and chords


def grown() -> float:
    """What finishing takes off a thickness at the most, mm: by so much a casting may be thicker."""
    loss = fact("casting", "finishing.loss_total")
    return float(max(loss.range)) if loss.range else loss.number


def weight(value: float, least: Limit, pack: str, *, more: float = 0.0) -> Severity:
    """An error where a file with `more` mm than `value` misses the limit beyond doubt, else a warning."""
    firm = least.pack == pack and least.fact.st in PUBLISHED
    return Severity.ERROR if firm and value + more < least.value - DOUBT else Severity.WARNING
