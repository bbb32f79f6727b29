"""A loop bail: a closed ring of round wire soldered on the top edge, across the piece, so that a chain runs through."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Where
from jewelgen.kinds.kind import Kind
from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Wire
from jewelgen.piece.site import Anchor, Footprint, Fragment, Site
from jewelgen.spec import Mm

FLAT = 0.25  # of the wire: how deep its flat for the solder is filed


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Opening and wire of the finished loop."""

    id: Annotated[float, Mm(1.5, 16, "inside diameter, clear for the chain")] = 3.5
    wire: Annotated[float, Mm(0.6, 3, "diameter of the wire: 16 ga as it is sold")] = 1.29


def take(params: Params) -> Footprint:
    """Half the wire across, half the ring front to back, and how high it stands."""
    return Footprint(params.wire / 2, params.id / 2 + params.wire, params.id + 2 * params.wire)


def make(params: Params, site: Site) -> Fragment:
    """One ring on a `top` anchor; raises `DesignError` JG250 without one."""
    anchor = site.anchor
    if anchor is None or anchor.sort != "point" or anchor.width <= 0:
        raise DesignError(
            Finding(
                "JG250",
                "a bail stands on the top of a body",
                Where(key=f"{site.name}.on"),
                hint="put it on a top that has a width",
            )
        )
    flat, r = FLAT * params.wire, params.id / 2 + params.wire
    # Its axis lies along x of the anchor, its 12 o'clock away from the body, where the seam is hidden least.
    frame = anchor.frame.then(Frame((0.0, 0.0, r - flat), x=(0.0, -1.0, 0.0)))
    form = Hoop(params.id, ((0.0, Wire(params.wire)),))
    part = Part(site.name, form, frame, alloy=site.own_alloy, made=site.made, role="bail")
    area, run = _patch(r, params.wire, flat, anchor.width)
    seam = math.pi * params.wire**2 / 4
    joints = [
        Joint(site.name, site.name, "join", Fit("seam"), area=seam),
        Joint(anchor.part, site.name, "join", Fit("flat", flat), area=area, run=run),
    ]
    over = (_chord(r, flat) - anchor.width) / 2
    if anchor.above and over > 0:
        side = over * _chord(params.wire / 2, flat)
        joints.append(
            Joint(anchor.above, site.name, "join", Fit("flat", flat), area=side, run=2 * over)
        )
    return Fragment(parts=(part,), joints=tuple(joints), anchors=_anchors(params, site, frame))


def _anchors(params: Params, site: Site, frame: Frame) -> tuple[Anchor, ...]:
    """Its top, and its opening: a ring hung in it stands across it, its axis along x of the loop's own frame."""
    wire = params.wire
    top = Anchor("top", "point", frame.moved(z=params.id / 2), site.name, width=wire)
    hole = Anchor("hole", "point", frame, site.name, params.id / 2, wire, wire, hole=True)
    return top, hole


def _patch(r: float, wire: float, flat: float, wide: float) -> tuple[float, float]:
    """Area in mm2 and outline in mm of the flat: chord of the ring, or the edge it stands on, by chord of the wire."""
    long, across = min(_chord(r, flat), wide), _chord(wire / 2, flat)
    return long * across, 2 * (long + across)


def _chord(radius: float, flat: float) -> float:
    """Length in mm of a flat `flat` deep on a circle."""
    return 2 * math.sqrt(radius * radius - (radius - flat) ** 2)


KIND = Kind(
    "bail",
    "loop",
    Params,
    make,
    "a closed ring of wire soldered on the top edge",
    on="body.top",
    anchors=("top", "hole"),
    take=take,
)
