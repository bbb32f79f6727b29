"""A V over the point of a stone: a bar of a roof's section, in which the stone's seat leaves two walls.

In: the angle of the point, the walls, how deep the point lies within.  Out: sections at girdle, foot and tip; mm.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from jewelgen.piece.section import Sec

BLUNT = 0.5  # mm: how thick the ends of a V's walls are: a slim prong, less what setting takes
SOFT = 0.12  # mm: radius of its edges, as soft as they are polished
FOOT_OVER = 0.66  # a V's foot over its size at the girdle
TIP_OVER = 0.85  # its width where it is bent over, over that at the girdle


@dataclass(frozen=True, slots=True)
class Vee:
    """A V over a point: `angle` in degrees between its walls, `wall` mm thick, the stone's point `deep` mm within."""

    angle: float
    wall: float
    deep: float

    def section(self, size: float = 1.0) -> Sec:
        """A roof whose flanks run beside the stone's, `size` times as large."""
        half = math.radians(self.angle / 2)
        w = 2 * (self.deep * math.tan(half) + BLUNT)
        # Flanks of that thickness meet so far out; a round ridge lies a little further in.
        h = self.deep + self.wall / math.sin(half) + SOFT * (1.0 / math.sin(half) - 1.0)
        rise = w / 2 / math.tan(half)
        return Sec(size * w, size * h, size * rise, 0.0, "knife", size * min(SOFT, h - rise))

    def cap(self, thick: float) -> Sec:
        """What is bent over the crown: nearly as wide, `thick` mm, its ridge flatter."""
        whole = self.section()
        thick = min(thick, whole.h)
        rise = thick / whole.h * whole.rise
        return Sec(TIP_OVER * whole.w, thick, rise, 0.0, "knife", min(SOFT, thick - rise))
