"""A bar pendant: an oblong of sheet hanging upright or lying level, with or without a hole near its upper end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Where
from jewelgen.flat.outline import Box, Oval
from jewelgen.kinds.kind import Kind
from jewelgen.piece.form import Plate
from jewelgen.piece.frame import Frame
from jewelgen.piece.piece import Part
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Mm


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Sizes of the finished bar; `tall` runs up the neck, `wide` across it."""

    tall: Annotated[float, Mm(3, 80, "height as it hangs")] = 32.0
    wide: Annotated[float, Mm(3, 80, "width as it hangs")] = 6.0
    thick: Annotated[float, Mm(0.6, 5, "thickness")] = 1.2
    corner: Annotated[
        float, Mm(0, 10, "radius of the corners", formula="0.2 * min(tall, wide)")
    ] = 1.0
    hole: Annotated[
        float, Mm(0, 6, "diameter of the hole; 0 for none", formula="0 if hung else 1.6")
    ] = 1.6
    rim: Annotated[float, Mm(0.5, 10, "metal between the hole and the upper end")] = 1.5


def make(params: Params, site: Site) -> Fragment:
    """One plate on z = 0 and its anchors; raises `DesignError` JG248 for a hole or corners that leave no bar."""
    place = params.tall / 2 - params.rim - params.hole / 2
    narrow = params.wide - params.hole < 2 * min(params.rim, 0.8)
    if params.hole and (place < params.hole / 2 - params.tall / 2 + params.rim or narrow):
        message = f"a hole of {params.hole:g} leaves no metal round it in {params.wide:g} x {params.tall:g}"
        raise _refused(message, f"{site.name}.hole", "a smaller hole, none (0), or a larger bar")
    if 2 * params.corner > min(params.tall, params.wide):
        message = f"corners of {params.corner:g} do not fit {params.wide:g} x {params.tall:g}"
        raise _refused(message, f"{site.name}.corner", "leave them out and they follow the bar")
    outline = Box(params.tall, params.wide, params.corner)
    holes = ((0.0, place, Oval(params.hole, params.hole)),) if params.hole else ()
    form = Plate(outline, params.thick, holes)
    part = Part(site.name, form, site.frame, alloy=site.own_alloy, made=site.made, role="bar")
    return Fragment(parts=(part,), anchors=tuple(_anchors(params, site, place)))


def _refused(message: str, key: str, hint: str) -> DesignError:
    return DesignError(Finding("JG248", message, Where(key=key), hint=hint))


def _anchors(params: Params, site: Site, place: float) -> list[Anchor]:
    """Faces below the hole, `top` on the middle of the upper edge with z up, `hole` with z towards its rim."""
    frame, t = site.frame, params.thick
    free, low = _free(params)
    front = frame.then(Frame((0.0, low, t)))
    back = frame.then(Frame((0.0, low, 0.0), x=(-1.0, 0.0, 0.0), z=(0.0, 0.0, -1.0)))
    edge = Anchor(
        "front.edge", "edge", frame.then(Frame((0.0, 0.0, t))), site.name,
        outline=Box(params.tall, params.wide, params.corner), depth=t,
    )  # fmt: skip
    top = frame.then(Frame((0.0, params.tall / 2, t / 2), z=(0.0, 1.0, 0.0)))
    found = [
        Anchor("front", "face", front, site.name, outline=free, depth=t),
        Anchor("back", "face", back, site.name, outline=free, depth=t),
        edge,
        Anchor("top", "point", top, site.name, width=t, depth=params.tall / 2),
    ]
    if params.hole:
        rim = frame.then(Frame((0.0, place, t / 2), z=(0.0, 1.0, 0.0)))
        found.append(
            Anchor("hole", "point", rim, site.name, params.hole / 2, t, params.rim, hole=True)
        )
    return found


def _free(params: Params) -> tuple[Box, float]:
    """What of the face the hole leaves below itself, and how far its middle lies under the bar's."""
    taken = params.rim + params.hole + 0.5 if params.hole else 0.0
    tall = max(params.tall - taken, 0.5)
    corner = min(params.corner, tall / 2)
    return Box(tall, params.wide, corner), (tall - params.tall) / 2


KIND = Kind(
    "body",
    "bar",
    Params,
    make,
    "an oblong of sheet, pierced for a jump ring",
    anchors=("front", "back", "front.edge", "top", "hole"),
)
