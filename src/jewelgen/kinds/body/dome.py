"""A domed disc: sheet dapped to a cap, worn with its hollow to the skin or closed by a back, hung from its rim."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Oval
from jewelgen.kinds.kind import Kind
from jewelgen.piece.form import Dome, Plate
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Mm

RIM = 0.1  # mm that a back stands out all round, so that the seam lies on it
CLEAR = 0.1  # mm between a back and the bail before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Sizes of the finished dome, outside."""

    size: Annotated[float, Mm(6, 80, "diameter")] = 20.0
    dome: Annotated[float, Mm(0.8, 40, "how high it rises", formula="0.15 * size")] = 3.0
    thick: Annotated[float, Mm(0.4, 3, "thickness of the sheet")] = 0.8
    back: Annotated[float, Mm(0, 2, "sheet that closes it behind; 0: open")] = 0.0
    vent: Annotated[
        float, Mm(0, 3, "hole in the middle of the back, out of which steam can go")
    ] = 0.0


def make(params: Params, site: Site) -> Fragment:
    """One dome on z = 0; raises `DesignError` JG276 for more than half a ball, or none."""
    if not params.thick < params.dome <= params.size / 2:
        key = f"{site.name}.dome"
        message = f"a dome {params.dome:g} high cannot be dapped of a disc of {params.size:g} mm"
        allowed = f"more than {params.thick:g}, up to {params.size / 2:g} mm"
        value = min(max(0.15 * params.size, 2 * params.thick), params.size / 2)
        fix = Fix(key, f"{value:.2f}")
        raise DesignError(Finding("JG276", message, Where(key=key), allowed=allowed, fix=fix))
    form = Dome(params.size, params.dome, params.thick)
    part = Part(site.name, form, site.frame, alloy=site.own_alloy, made=site.made, role="dome")
    # A loop lies in the plane of the rim: across it, it would stick out of the slope in front.
    z = params.thick / 2
    if params.back:  # before the back, which is not filed for it
        z = max(z, *(load.footprint.rx + CLEAR for load in site.loads), 0.0)
    big = (params.size**2 / 4 + params.dome**2) / (2 * params.dome)
    y = math.sqrt(big**2 - (z + big - params.dome) ** 2)
    at = site.frame.then(Frame((0.0, y, z), x=(0.0, 0.0, 1.0), z=(0.0, 1.0, 0.0)))
    top = Anchor("top", "point", at, site.name, width=params.size / 2, depth=params.size / 2)
    return replace(_backed(params, site, part), anchors=(top,))


def _backed(params: Params, site: Site, dome: Part) -> Fragment:
    """The dome alone, or on its back: a disc that stands out a little under the rim, joined all round."""
    if not params.back:
        return Fragment(parts=(dome,))
    over = params.size + 2 * RIM
    hole = ((0.0, 0.0, Oval(params.vent, params.vent)),) if params.vent else ()
    sheet = Plate(Oval(over, over), params.back, hole)
    back = replace(
        dome, name=f"{site.name}.back", form=sheet, at=site.frame.moved(z=-params.back), role="back"
    )
    run = math.pi * (params.size - params.thick)
    joint = Joint(dome.name, back.name, "join", Fit("tee"), area=run * params.thick, run=run)
    return Fragment((dome, back), (joint,))


KIND = Kind("body", "dome", Params, make, "a disc dapped to a dome", anchors=("top",))
