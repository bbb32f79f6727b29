"""A comfort-fit band: nearly flat outside, domed inside so that only its middle touches the finger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.kinds import band
from jewelgen.kinds.kind import Kind
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import Mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Sizes of the finished section; the size is measured where the inside dome touches the finger."""

    width: Annotated[float, Mm(2, 14, "width along the finger")]
    thick: Annotated[
        float,
        Mm(1.2, 5, "thickness in the middle", formula="max(1.7, min(2.6, 1.4 + 0.12 * width))"),
    ] = 2.0
    dip: Annotated[
        float,
        Mm(0, 2, "how much the inside is domed", formula="min(0.3 * thick, 0.07 * width)"),
    ] = 0.35
    rise: Annotated[
        float,
        Mm(0, 2, "how much the outside is domed", formula="min(0.08 * thick, 0.05 * width)"),
    ] = 0.15
    edge: Annotated[
        float, Mm(0, 2, "radius of the outer edges", formula="min(0.3, 0.15 * thick, 0.12 * width)")
    ] = 0.3


def make(params: Params, site: Site) -> Fragment:
    """One closed band; raises `DesignError` JG230 for sizes that make no section."""
    soft = (params.rise, params.dip, params.edge)
    return band.band(site, band.section(site, params.width, params.thick, soft))


KIND = Kind(
    "shank",
    "comfort",
    Params,
    make,
    "a band flat outside and domed inside (comfort fit)",
    anchors=band.ANCHORS,
)
