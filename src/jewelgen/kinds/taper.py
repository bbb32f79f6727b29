"""Rings that are wider or thicker at the top than at the back: the two ends of a taper as parameters.

A back of two thirds of the top's width and thickness is what a forged shank comes to by itself
(bench_rules forged shank: 4.0 x 3.0 stock to 1.5 at the back), and not less than wears well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.kinds import band
from jewelgen.piece.section import Sec
from jewelgen.piece.site import Site
from jewelgen.spec import Mm

# A casting wears as well when it is as thick behind its stones, before it is filed, as the house asks for.
WEARS = "max(1.4, cast * (pack.shank_loaded_thickness_min - casting.finishing.loss_total))"
BACK = f"max(min({WEARS}, top.thick), 0.64 * top.thick)"
DOME = 1 / 6  # of the thickness: how much a soft shank is domed outside
EDGE = 0.12  # of the lesser of width and thickness: the radius of its edges


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """The ring at 12 o'clock."""

    width: Annotated[float, Mm(1.2, 16, "width along the finger")]
    thick: Annotated[
        float, Mm(1.0, 6, "thickness", formula="max(1.5, min(2.6, 1.2 + 0.2 * width))")
    ] = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """The ring at 6 o'clock."""

    width: Annotated[
        float,
        Mm(1.2, 16, "width along the finger", formula="max(min(2, top.width), 0.62 * top.width)"),
    ] = 3.0
    thick: Annotated[float, Mm(0.9, 5, "thickness", formula=BACK)] = 1.5


def soft(site: Site, width: float, thick: float) -> Sec:
    """A section domed outside by `DOME` of its thickness, its edges rounded; `DesignError` JG230."""
    rise, edge = min(DOME * thick, 0.3 * width), min(0.3, EDGE * min(width, thick))
    return band.section(site, width, thick, (rise, 0.0, edge))
