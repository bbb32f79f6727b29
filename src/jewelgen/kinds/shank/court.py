"""A court band: domed outside and inside, so that it slips over the knuckle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.kinds import band
from jewelgen.kinds.kind import Kind
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import Mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Sizes of the finished section; casters ask 1.2 to 1.7 mm of thickness before finishing."""

    width: Annotated[float, Mm(1.2, 14, "width along the finger")]
    thick: Annotated[
        float,
        Mm(0.8, 5, "thickness in the middle", formula="max(1.4, min(2.4, 1.1 + 0.14 * width))"),
    ] = 1.8
    rise: Annotated[
        float,
        Mm(0, 3, "how much of it the outside is domed", formula="min(0.28 * thick, 0.3 * width)"),
    ] = 0.5
    dip: Annotated[
        float,
        Mm(0, 2, "how much of it the inside is domed", formula="min(0.16 * thick, 0.2 * width)"),
    ] = 0.3
    edge: Annotated[
        float, Mm(0, 2, "radius of the outer edges", formula="min(0.2, 0.12 * thick, 0.12 * width)")
    ] = 0.2


def make(params: Params, site: Site) -> Fragment:
    """One closed band; raises `DesignError` JG230 for sizes that make no section."""
    sec = band.section(site, params.width, params.thick, (params.rise, params.dip, params.edge))
    return band.band(site, sec)


KIND = Kind(
    "shank",
    "court",
    Params,
    make,
    "a band domed outside and in (comfort fit)",
    anchors=band.ANCHORS,
)
