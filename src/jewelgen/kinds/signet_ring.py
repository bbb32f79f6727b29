"""The ring of a signet where it carries the table: its sections from 12 o'clock to just behind the table's end.

Its back is a plane just below the table, its sides follow the table's outline and lean in to the finger. Where
the outline has come in to the width of the shoulders they leave it, with a hollow as of a fillet between.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from jewelgen.flat.outline import Box, Outline, Oval, extents
from jewelgen.piece.section import Sec

RIM = 0.5  # mm: the ring's back lies this far below the table
LOW = 0.45  # mm: and this much lower at an oval's end, where the shoulders have begun to fall
ARCH = 0.3  # mm: how much that back is domed under the table, twice that behind it
EDGE = (
    0.12,
    0.10,
)  # mm: the radius of the ring's edges under the table, and what they gain behind it
HUG = 0.16  # mm by which the ring's sides stand out from the table's edge above them
FILL = 0.45  # mm more where the shoulders leave the outline
ALONG = (0.0, 0.55, 0.82, 1.0)  # places from the middle to where the shoulders leave the outline
LEAVE = 0.88  # of the way to the table's end: where a square one is left at the latest
MOST = 0.94  # of the table's length: shoulders as wide as the table would not part from it
PAST = 14.0  # degrees behind the table's end at which the shoulders have their own width
FALL, NARROW = 0.86, 0.94  # of thickness and width that is left there


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a finger of radius `r` mm, `tall` above it; `lean`: how much sides come in a mm down.

    `shoulders`: their width in mm at the table's ends.
    """

    outline: Outline
    r: float
    tall: float
    lean: float
    shoulders: float

    @property
    def top(self) -> float:
        """Radius at which the table lies, mm."""
        return self.r + self.tall

    @property
    def across(self) -> float:
        """Half of the table's size across the finger, mm."""
        return extents(self.outline)[1] / 2

    @property
    def long(self) -> float:
        """The table's size along the finger, mm."""
        return extents(self.outline)[0]

    @property
    def end(self) -> float:
        """Degrees from 12 o'clock to the table's end, at the height of the ring's back."""
        return math.degrees(math.atan2(self.across, self.top - RIM))

    def width(self, x: float) -> float:
        """The ring's width in mm under the table, at `x` mm across the finger."""
        return 2 * (half_length(self.outline, x) + HUG)

    @property
    def leaves(self) -> float:
        """How far from the middle the shoulders leave the outline, mm across the finger."""
        wanted = min(self.shoulders, MOST * self.long)
        low, high = 0.0, LEAVE * self.across
        if self.width(high) > wanted:
            return high
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if self.width(middle) > wanted else (low, middle)
        return low


def half_length(table: Outline, x: float) -> float:
    """Half the length of an oval or box along y at `x` from its middle, mm; `TypeError` for others."""
    if isinstance(table, Oval):
        return table.l / 2 * math.sqrt(max(1 - (2 * x / table.w) ** 2, 0.0))
    if not isinstance(table, Box):
        raise TypeError("a table is an oval or a box")
    past = max(x - (table.w / 2 - table.r), 0.0)
    return table.l / 2 - table.r + math.sqrt(max(table.r**2 - past**2, 0.0))


def sections(table: Table) -> tuple[tuple[float, Sec], ...]:
    """The ring's stations from 12 o'clock through the table's end to `PAST` degrees behind it."""
    found = []
    for share in ALONG:
        x = share * table.leaves
        at = math.degrees(math.atan2(x, table.top - RIM - ARCH))
        found.append((at, _section(table, at, table.width(x) + 2 * FILL * share**4)))
    first, end = found[-1], table.end
    behind = (end + PAST, NARROW * min(table.shoulders, first[1].w))
    there = first[1].w + (behind[1] - first[1].w) * (end - first[0]) / (behind[0] - first[0])
    return (*found, *((at, _section(table, at, w)) for at, w in ((end, there), behind)))


def _section(table: Table, degrees: float, w: float) -> Sec:
    """`w` wide at the upper end of its sides; a plane on top as far as the shoulders, then falling."""
    leave = math.degrees(math.atan2(table.leaves, table.top - RIM - ARCH))
    past = max(degrees - table.end, 0.0) / PAST
    sink = LOW * (1 - 2 * half_length(table.outline, table.across) / table.long)
    low = RIM + sink * min(max((degrees - leave) / (table.end - leave), 0.0), 1.0)
    high = (table.top - low) / math.cos(math.radians(min(degrees, table.end))) - table.r
    high *= 1 - (1 - FALL) * past
    arch = min(ARCH * (1 + past), w / 4, high / 3)
    flare = min(table.lean * (high - arch), w / 6) * (1 - past / 2)
    return Sec(w, high, arch, edge=min(EDGE[0] + EDGE[1] * past, arch), flare=flare)
