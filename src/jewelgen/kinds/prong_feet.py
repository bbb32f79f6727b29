"""Where the feet of prongs stand along the finger, how deep their base ring sits, and the joints of what is filed to the
metal below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from jewelgen.flat.outline import extents
from jewelgen.kinds import prong_rings as rings
from jewelgen.kinds.prong_lines import REST, Basket, foot, girdle_z
from jewelgen.piece.array import Array
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.site import Site

BITE = 0.15  # of the base wire: how deep it lies in the shank where it crosses it, at least
Place = tuple[float, float]  # the middle along the finger and half the width, mm


def feet(array: Array, s: float, wide: float) -> list[Place]:
    """Places of equal prongs `s` mm outside the girdle, `wide` mm thick."""
    return [(place.point((s, 0.0, 0.0))[1], wide / 2) for place in array.frames()]


def filed(site: Site, deep: float, standing: Mapping[str, Sequence[Place]]) -> Iterator[Joint]:
    """The end of each part filed to every part that it stands on, `deep` mm into it."""
    for part, places in standing.items():
        for below, n in site.under(deep, *places).items():
            yield Joint(part, below, "join", Fit("cope"), n)


def saddled(params: Basket, site: Site) -> tuple[Basket, Site]:
    """The head let down until its base ring meets a round shank where it crosses it; stone and gallery stay where they
    were, so that the ring sits astride the shank and the prongs are that much longer.
    """
    down = _astride(params, site)
    if down <= 0 or site.anchor is None:
        return params, site
    rise = girdle_z(params) - foot(params)[1]
    share = (params.gallery * rise + down) / (rise + down)
    lower = replace(site.anchor, frame=site.anchor.frame.moved(z=-down))
    found = replace(params, lift=params.lift + down, gallery=share)
    return found, replace(site, anchor=lower)


def _astride(params: Basket, site: Site) -> float:
    """How far a ring must be let down whose sides cross the shank where it has fallen away; mm."""
    anchor, s = site.anchor, foot(params)[0]
    if anchor is None or anchor.radius <= 0 or anchor.ribs:
        return 0.0
    out = rings.half_across(params.stone, s)
    along = extents(rings.ring_outline(params.stone, s))[0] / 2
    if out >= anchor.radius or along - params.wire / 2 < anchor.width / 2:
        return 0.0
    falls = anchor.radius - math.sqrt(anchor.radius**2 - out**2)
    return falls + (BITE - 0.5 + REST) * params.wire
