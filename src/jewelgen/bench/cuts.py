"""A row of the cut list.

In: a blank and its part.  Out: `CutLine`, frozen.
"""

from __future__ import annotations

from dataclasses import dataclass

from jewelgen.bench.blank import Blank


@dataclass(frozen=True, slots=True)
class CutLine:
    """One row of the cut list: the id, the part and its blank, grams issued for all copies."""

    id: str
    part: str
    role: str
    alloy: str
    blank: Blank
    issued_g: float
    one_with: str = ""
