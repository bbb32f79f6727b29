"""A twisted ring: round wires twisted a whole number of turns about each other and closed to a ring."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.kinds.kind import Kind
from jewelgen.piece.form import Twist
from jewelgen.piece.frame import FINGER, on_ring
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Circ
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Count, Mm

# The steepest a wire runs at: tan of its angle to the rope. Beyond it soft wire kinks between anneals.
STEEP = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The wires. About four diameters a turn make two wires look like rope; more wires lie longer."""

    wires: Annotated[int, Count(2, 4, "how many wires")] = 2
    wire: Annotated[float, Mm(0.4, 2.5, "diameter of each wire")] = 0.81
    pitch: Annotated[
        float,
        Mm(
            1,
            30,
            "length of a turn: made a whole number a ring",
            formula="(2 + 0.95 * wires) * wire",
        ),
    ] = 3.2


def make(params: Params, site: Site) -> Fragment:
    """The rope and its seam, `wires` places; raises `DesignError` JG252 when the wires kink."""
    reach = _reach(params)
    rail = Circ(site.bore / 2 + reach)
    turns = max(1, round(2 * math.pi * rail.r / params.pitch))
    _check_slope(params, site, 2 * math.pi * rail.r / turns)
    form = Twist(rail, params.wires, params.wire, params.pitch)
    part = Part(
        site.name,
        form,
        FINGER,
        alloy=site.own_alloy,
        made=site.made,
        role="rope",
        temper=site.temper,
    )
    area = math.pi / 4 * params.wire**2
    seam = Joint(site.name, site.name, "join", Fit("seam"), area=area * params.wires)
    radius = rail.r + reach
    anchors = tuple(
        Anchor(
            name,
            "point",
            on_ring(radius, at),
            site.name,
            radius,
            2 * reach,
            2 * reach,
            sunk=_sunk(params),
        )
        for name, at in (("top", 0.0), ("back", 180.0))
    )
    return Fragment((part,), (seam,), anchors=anchors)


def _reach(params: Params) -> float:
    """Half the thickness of the rope: strands touch about its middle."""
    return params.wire / 2 * (1 + 1 / math.sin(math.pi / params.wires))


def _sunk(params: Params) -> float:
    """Half of the way from the crests of the wires down to where two lie side by side: what is narrower than a turn
    meets metal there.
    """
    out = _reach(params) - params.wire / 2
    return out * (1 - math.cos(math.pi / params.wires)) / 2


def _check_slope(params: Params, site: Site, pitch: float) -> None:
    """A wire `r` from the rope's middle climbs at 2 pi r / pitch."""
    around = 2 * math.pi * (_reach(params) - params.wire / 2)
    if around / pitch > STEEP:
        least = math.ceil(10 * around / STEEP + 0.5) / 10
        message = f"{params.wires} wires of {params.wire:.2f} kink at {pitch:.2f} mm a turn"
        key = f"{site.name}.pitch"
        fix = Fix(key, f"{least:g}")
        raise DesignError(
            Finding("JG252", message, Where(key=key), allowed=f"{least:g} mm or more", fix=fix)
        )


KIND = Kind(
    "shank", "twist", Params, make, "round wires twisted to a rope", anchors=("top", "back")
)
