"""A D band: flat inside, domed outside; half-round when half as thick as wide, on straight sides when thicker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.kinds import band
from jewelgen.kinds.kind import Kind
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import Mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Sizes of the finished section; full half-round wire is half as thick as wide."""

    width: Annotated[float, Mm(1.6, 14, "width along the finger")]
    thick: Annotated[
        float, Mm(0.8, 5, "thickness in the middle", formula="max(0.8, min(2.4, 0.5 * width))")
    ] = 1.5


def make(params: Params, site: Site) -> Fragment:
    """One closed band; what is thicker than a half circle stands under it as straight sides."""
    dome = min(params.thick, params.width / 2)
    sec = band.section(site, params.width, params.thick, (dome, 0.0, 0.0))
    return band.band(site, sec)


KIND = Kind("shank", "d", Params, make, "a half-round band", anchors=band.ANCHORS)
