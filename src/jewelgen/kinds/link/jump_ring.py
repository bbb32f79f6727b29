"""A jump ring through a hole: round wire wound, sawn and closed, hanging on the rim of the hole."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.kinds.kind import Kind
from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Wire
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Mm, OneOf

CLEAR = 0.05  # mm between the ring and what it runs through, all round


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Wire and inside diameter, as jump rings are sold."""

    wire: Annotated[float, Mm(0.4, 3, "diameter of the wire")] = 1.0
    id: Annotated[float, Mm(1.5, 20, "inside diameter")] = 4.0
    ends: Annotated[str, OneOf(("soldered", "closed"), "soldered, or only closed")] = "soldered"


def make(params: Params, site: Site) -> Fragment:
    """One ring through the anchor's hole; raises `DesignError` JG249 when it does not pass or go round."""
    anchor = _hole(site)
    lift = _lift(params, anchor, site)
    # The ring stands across the plate: its axis along x of the anchor, its 12 o'clock away from the hole.
    frame = anchor.frame.then(Frame((0.0, 0.0, lift), x=(0.0, -1.0, 0.0)))
    form = Hoop(params.id, ((0.0, Wire(params.wire)),))
    part = Part(site.name, form, frame, alloy=site.own_alloy, made=site.made, role="jump ring")
    area = math.pi * params.wire**2 / 4
    joints = [Joint(site.name, anchor.part, "link", Fit("through"))]
    if params.ends == "soldered":
        joints.append(Joint(site.name, site.name, "join", Fit("seam"), area=area))
    top = Anchor("top", "point", frame.moved(z=params.id / 2), site.name, width=params.wire)
    return Fragment(parts=(part,), joints=tuple(joints), anchors=(top,))


def _hole(site: Site) -> Anchor:
    anchor = site.anchor
    if anchor is None or anchor.sort != "point" or anchor.radius <= 0 or anchor.depth <= 0:
        raise _refused("a jump ring needs a hole to run through", f"{site.name}.on")
    return anchor


def _lift(params: Params, anchor: Anchor, site: Site) -> float:
    """Height of the ring's middle above the hole's; the fix is the thickest wire or least bore that goes."""
    key = f"{site.name}."
    if params.wire + 2 * CLEAR > 2 * anchor.radius:
        message = f"wire of {params.wire:.2f} does not pass a hole of {2 * anchor.radius:.2f}"
        most = int((2 * anchor.radius - 2 * CLEAR) * 100)
        thinner = [step / 100 for step in range(most, 39, -1)]
        goes = next((d for d in thinner if _hang(params.id, d, anchor) is not None), None)
        raise _refused(message, key + "wire", Fix(key + "wire", f"{goes:g}") if goes else None)
    lift = _hang(params.id, params.wire, anchor)
    if lift is not None:
        return lift
    metal = (
        f"{anchor.depth:g} x {anchor.width:.2f} of metal through a hole of {2 * anchor.radius:g}"
    )
    message = f"{params.id:g} inside does not go round {metal}"
    wider = [step / 2 for step in range(int(2 * params.id) + 1, 41)]
    least = next((d for d in wider if _hang(d, params.wire, anchor) is not None), None)
    raise _refused(message, key + "id", Fix(key + "id", f"{least:g}") if least else None)


def _hang(bore: float, wire: float, anchor: Anchor) -> float | None:
    """The height at which a ring hangs on the rim of its hole, or None when it cannot.

    The rim is a rectangle `width` thick from the top of the hole to `depth` above it. Its lower corners lie
    on the bore (less `CLEAR`), sqrt((bore/2)^2 - (t/2)^2) below the middle; its upper ones must be inside
    the bore, and the wire must stay above the bottom of the hole.
    """
    inner, half = bore / 2 - CLEAR, anchor.width / 2
    if inner <= half:
        return None
    rise = math.sqrt(inner * inner - half * half)
    low = anchor.radius + rise - bore / 2 - wire
    if anchor.depth > 2 * rise or low < -anchor.radius + CLEAR:
        return None
    return anchor.radius + rise


def _refused(message: str, key: str, fix: Fix | None = None) -> DesignError:
    hint = "a link runs through a hole that it passes and goes round: body.hole, or a larger one"
    return DesignError(Finding("JG249", message, Where(key=key), hint=hint, fix=fix))


KIND = Kind(
    "link",
    "jump-ring",
    Params,
    make,
    "a ring of round wire through a hole",
    on="body.hole",
    anchors=("top",),
)
