"""A barley twist: a square bar turned about itself, under a flat eye. No form of jewelgen turns so.

The sculpting function is CadQuery of the designer's own. Its volume is known without it: a section that only
turns keeps its area, so the twist holds side x side x length.
"""

import math
from dataclasses import dataclass
from typing import Annotated, Any

from jewelgen.kinds.kind import Kind
from jewelgen.kinds.sculpt import sculpted
from jewelgen.piece.frame import Frame
from jewelgen.piece.piece import Part
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Deg, Mm

RIM = 1.4  # mm of metal round the hole


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The twist and its hole; the tab follows the hole."""

    tall: Annotated[float, Mm(8, 60, "length of the twist")] = 26.0
    side: Annotated[float, Mm(2, 12, "side of the square")] = 4.0
    turns: Annotated[float, Deg(45, 720, "how far it turns")] = 270.0
    hole: Annotated[float, Mm(1, 4, "diameter of the hole")] = 1.8
    tab: Annotated[float, Mm(0.8, 4, "thickness of the tab")] = 1.6


def barley(tall: float, side: float, turns: float, hole: float, tab: float) -> Any:
    """The solid: the twist hangs down from y = 0, the tab stands on it, its face to +z."""
    import cadquery as cq

    wide = hole + 2 * RIM
    twist = cq.Workplane("XZ").rect(side, side).twistExtrude(tall, turns)
    face = cq.Workplane("XY").workplane(offset=-tab / 2)
    foot = face.center(0, wide / 4).rect(wide, wide / 2).extrude(tab)
    eye = face.center(0, wide / 2).circle(wide / 2).extrude(tab)
    bore = face.center(0, wide / 2).circle(hole / 2).extrude(tab)
    return twist.union(foot.union(eye)).cut(bore)


def make(params: Params, site: Site) -> Fragment:
    """One casting, and the hole a link runs through."""
    wide = params.hole + 2 * RIM
    reach = max(params.side / math.sqrt(2), wide / 2)
    args = {
        "tall": params.tall,
        "side": params.side,
        "turns": params.turns,
        "hole": params.hole,
        "tab": params.tab,
    }
    volume = (
        params.side**2 * params.tall
        + (wide**2 / 2 + math.pi / 8 * wide**2 - math.pi / 4 * params.hole**2) * params.tab
    )
    box = ((-reach, -params.tall, -reach), (reach, wide, reach))
    form = sculpted(barley, args, volume, box)
    part = Part(site.name, form, site.frame, alloy=site.own_alloy, made="cast", role="barley twist")
    middle = Frame((0.0, wide / 2, 0.0), z=(0.0, 1.0, 0.0))
    rim = Anchor(
        "hole", "point", site.frame.then(middle), site.name, params.hole / 2, params.tab, RIM
    )
    return Fragment((part,), anchors=(rim,))


KIND = Kind("body", "barley", Params, make, "a square bar twisted about itself", anchors=("hole",))
