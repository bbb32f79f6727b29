"""A flat band: straight inside and out, its outer edges softened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.kinds import band
from jewelgen.kinds.kind import Kind
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import Mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Sizes of the finished section."""

    width: Annotated[float, Mm(0.8, 16, "width along the finger")]
    thick: Annotated[
        float, Mm(0.8, 5, "thickness", formula="max(1.3, min(2.2, 1.1 + 0.1 * width))")
    ] = 1.8
    edge: Annotated[
        float, Mm(0, 2, "radius of the outer edges", formula="min(0.2, 0.12 * thick, 0.2 * width)")
    ] = 0.2


def make(params: Params, site: Site) -> Fragment:
    """One closed band; raises `DesignError` JG230 for sizes that make no section."""
    return band.band(site, band.section(site, params.width, params.thick, (0.0, 0.0, params.edge)))


KIND = Kind("shank", "flat", Params, make, "a flat band with soft edges", anchors=band.ANCHORS)
