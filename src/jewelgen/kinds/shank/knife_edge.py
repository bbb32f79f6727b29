"""A knife-edge band: two flanks that meet in a soft ridge all round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.kinds import band
from jewelgen.kinds.kind import Kind
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import Mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Sizes of the finished section; `rise` is the height of the ridge over the sides."""

    width: Annotated[float, Mm(1.6, 12, "width along the finger")]
    thick: Annotated[
        float,
        Mm(1.0, 5, "thickness at the ridge", formula="max(1.7, min(3.2, 1.1 + 0.25 * width))"),
    ] = 2.0
    rise: Annotated[
        float, Mm(0.2, 4, "height of the ridge", formula="min(0.55 * thick, 0.45 * width)")
    ] = 1.0
    dip: Annotated[
        float, Mm(0, 1, "how much the inside is domed", formula="min(0.1 * thick, 0.05 * width)")
    ] = 0.15
    edge: Annotated[
        float,
        Mm(0.05, 1, "radius of the ridge and the sides", formula="min(0.25, 0.09 * thick)"),
    ] = 0.2


def make(params: Params, site: Site) -> Fragment:
    """One closed band; raises `DesignError` JG230 for sizes that make no section."""
    soft = (params.rise, params.dip, params.edge)
    return band.band(site, band.section(site, params.width, params.thick, soft, "knife"))


KIND = Kind(
    "shank", "knife-edge", Params, make, "a band with a ridge all round", anchors=band.ANCHORS
)
