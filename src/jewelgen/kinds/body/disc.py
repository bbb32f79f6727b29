"""A round tag of sheet, with or without a hole for a jump ring near its rim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Where
from jewelgen.flat.outline import Outline, Oval, Path
from jewelgen.flat.segments import Arc
from jewelgen.kinds.kind import Kind
from jewelgen.piece.form import Plate
from jewelgen.piece.frame import Frame
from jewelgen.piece.piece import Part
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Sizes of the finished disc."""

    size: Annotated[float, Mm(6, 80, "diameter")]
    thick: Annotated[float, Mm(0.4, 5, "thickness")] = 1.0
    hole: Annotated[
        float, Mm(0, 6, "diameter of the hole; 0 for none", formula="0 if hung else 1.6")
    ] = 1.6
    rim: Annotated[float, Mm(0.5, 10, "metal between the hole and the edge")] = 1.5


def make(params: Params, site: Site) -> Fragment:
    """One plate on z = 0 and its anchors; raises `DesignError` JG248 when the hole leaves no disc."""
    place = params.size / 2 - params.rim - params.hole / 2
    if params.hole and place < params.hole / 2:
        message = f"a hole of {params.hole:g}, {params.rim:g} from the edge, is past the middle"
        hint = "a smaller hole, or one nearer to the edge"
        raise DesignError(Finding("JG248", message, Where(key=f"{site.name}.hole"), hint=hint))
    holes = ((0.0, place, Oval(params.hole, params.hole)),) if params.hole else ()
    form = Plate(Oval(params.size, params.size), params.thick, holes)
    part = Part(site.name, form, site.frame, alloy=site.own_alloy, made=site.made, role="disc")
    anchors = _anchors(params, site, place)
    return Fragment(parts=(part,), anchors=tuple(anchors))


def _free(params: Params, place: float) -> Outline:
    """The face without the hole."""
    r = params.size / 2
    if not params.hole:
        return Oval(params.size, params.size)
    hole = Arc((0.0, place), params.hole / 2, 360.0, 0.0)
    return Path(((Arc((0.0, 0.0), r, 0.0, 360.0),), (hole,)))


def _anchors(params: Params, site: Site, place: float) -> list[Anchor]:
    """Faces read from their own side; `top` on the middle of the edge, z up; `hole` with z towards its rim."""
    frame, t, r, free = site.frame, params.thick, params.size / 2, _free(params, place)
    front = frame.then(Frame((0.0, 0.0, t)))
    back = frame.then(Frame(x=(-1.0, 0.0, 0.0), z=(0.0, 0.0, -1.0)))
    top = frame.then(Frame((0.0, r, t / 2), z=(0.0, 1.0, 0.0)))
    found = [
        Anchor("front", "face", front, site.name, outline=free, depth=t),
        Anchor("back", "face", back, site.name, outline=free, depth=t),
        Anchor("front.edge", "edge", front, site.name, outline=free, depth=t),
        Anchor("top", "point", top, site.name, width=t, depth=r),
    ]
    if params.hole:
        rim = frame.then(Frame((0.0, place, t / 2), z=(0.0, 1.0, 0.0)))
        hole = Anchor("hole", "point", rim, site.name, params.hole / 2, t, params.rim, hole=True)
        found.append(hole)
    return found


KIND = Kind(
    "body",
    "disc",
    Params,
    make,
    "a round tag of sheet, pierced for a jump ring",
    anchors=("front", "back", "front.edge", "top", "hole"),
)
