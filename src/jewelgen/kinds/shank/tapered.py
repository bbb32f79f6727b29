"""A tapered shank, forged from one bar: wide and thick at the top, slim at the back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.kinds import band
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.taper import Back, Top, soft
from jewelgen.piece.section import Sec
from jewelgen.piece.site import Fragment, Site
from jewelgen.spec import OneOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Both ends of the taper and the shape of its outside."""

    top: Top
    back: Back
    edge: Annotated[
        str,
        OneOf(
            ("soft", "flat", "d"), "outside: domed by a sixth, flat with sharp edges, or half-round"
        ),
    ] = "soft"


def make(params: Params, site: Site) -> Fragment:
    """One ring eased from top to back; raises `DesignError` JG230 for sizes that make no section."""
    ends = (
        (0.0, params.top.width, params.top.thick),
        (180.0, params.back.width, params.back.thick),
    )
    return band.hoop(site, tuple((at, _section(params.edge, site, w, h)) for at, w, h in ends))


def _section(edge: str, site: Site, width: float, thick: float) -> Sec:
    if edge == "soft":
        return soft(site, width, thick)
    # A D is domed over its whole thickness, as far as that is an arc.
    rise = min(thick, width / 2) if edge == "d" else 0.0
    return band.section(site, width, thick, (rise, 0.0, 0.0))


KIND = Kind(
    "shank",
    "tapered",
    Params,
    make,
    "a ring forged wide at the top and slim at the back",
    anchors=("top", "back", "inside"),
)
