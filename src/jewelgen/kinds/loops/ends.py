"""End loops: a ring of wire on each end of a body, in its plane, where it hangs level."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.hung import Hold, above, ends
from jewelgen.flat.outline import Outline
from jewelgen.kinds.kind import Kind
from jewelgen.piece.array import Listed
from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Wire
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Count, Mm

BITE = 0.65  # of the wire: how deep a loop lies in the edge, its opening free
STRONG = 0.8  # of the wire's section: metal that must join a loop to the body
LEAST = 0.5  # mm: the thinnest wire a fix names


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Opening and wire of the finished loops."""

    count: Annotated[float, Count(1, 2, "two, one on each end, or one over the middle")] = 2
    id: Annotated[float, Mm(1, 8, "inside diameter, clear for the chain")] = 1.8
    wire: Annotated[float, Mm(LEAST, 3, "diameter of the wire")] = 0.9


def make(params: Params, site: Site) -> Fragment:
    """The loops on an edge; raises `DesignError` JG274 where there is none, or nowhere to hold."""
    anchor = site.anchor
    if anchor is None or anchor.sort != "edge" or anchor.outline is None:
        message = "end loops stand on the edge of a body"
        hint = "put them on body.front.edge"
        raise DesignError(Finding("JG274", message, Where(key=f"{site.name}.on"), hint=hint))
    t = anchor.depth
    found = _held(params, params.wire, anchor.outline, t)
    if not found:
        raise _loose(params, site, anchor.outline, t)
    form = Hoop(params.id, ((0.0, Wire(params.wire)),))
    middle = float(sum(hold.at[0] for hold in found) / len(found))
    places = tuple(_frame(hold, middle, t) for hold in found)
    part = Part(
        site.name, form, anchor.frame, Listed(places), site.own_alloy, site.made, role="loop"
    )
    return Fragment(
        (part,), _joints(params, site, found, t), anchors=_anchors(params, site, places)
    )


def _held(params: Params, wire: float, outline: Outline, t: float) -> tuple[Hold, ...]:
    """Where loops of a wire hold, or nothing."""
    radius = params.id / 2 + wire
    away, least = radius - BITE * wire, _least(wire, t)
    if params.count == 2:
        return ends(outline, away, radius, least) or ()
    one = above(outline, away, radius)
    return (one,) if one is not None and one.area >= least else ()


def _least(wire: float, t: float) -> float:
    """mm2 of a loop on the outline so that the metal between, as thick as both have, is `STRONG`."""
    return STRONG * math.pi / 4 * wire * wire * BITE * wire / min(wire, t)


def _loose(params: Params, site: Site, outline: Outline, t: float) -> DesignError:
    """No place holds a loop; the fix is the thickest wire that one holds."""
    key = f"{site.name}.wire"
    steps = (k / 20 for k in range(int(20 * params.wire - 1e-6), int(20 * LEAST) - 1, -1))
    fits = next((wire for wire in steps if _held(params, wire, outline, t)), None)
    message = f"no place on the outline holds loops of {params.wire:g} mm wire so that it hangs"
    hint = "thinner wire, bolder letters, or a bail"
    fix = Fix(key, f"{fits:g}") if fits else None
    return DesignError(Finding("JG274", message, Where(key=key), hint=hint, fix=fix))


def _frame(hold: Hold, middle: float, t: float) -> Frame:
    """A loop lying in the middle of the sheet, its seam towards the middle of the piece, in the joint."""
    x, y = hold.at
    side = 1.0 if x < middle else -1.0
    z = (side, 0.0, 0.0) if abs(x - middle) > 1e-6 else (0.0, -1.0, 0.0)
    return Frame((x, y, -t / 2), x=(-z[1], z[0], 0.0), z=z)


def _joints(params: Params, site: Site, found: tuple[Hold, ...], t: float) -> tuple[Joint, ...]:
    n, depth = len(found), BITE * params.wire
    long = min(hold.area for hold in found) / depth
    high = min(params.wire, t)
    seam = Joint(site.name, site.name, "join", Fit("seam"), n, area=math.pi * params.wire**2 / 4)
    let = Fit("let-in", depth)
    body = Joint(site.name, site.part, "join", let, n, area=long * high, run=2 * (long + high))
    return seam, body


def _anchors(params: Params, site: Site, places: tuple[Frame, ...]) -> tuple[Anchor, ...]:
    """Holes for jump rings, z towards the rim that carries: away from the body. One loop goes by both names."""
    found = []
    for name, place in (("left", places[0]), ("right", places[-1])):
        out = tuple(-v for v in place.z)
        frame = Frame(place.origin, x=(-out[1], out[0], 0.0), z=(out[0], out[1], 0.0))
        hole = site.frame.then(frame)
        found.append(
            Anchor(
                name, "point", hole, site.name, params.id / 2, params.wire, params.wire, hole=True
            )
        )
    return tuple(found)


KIND = Kind(
    "loops",
    "ends",
    Params,
    make,
    "a loop on each end, where the body hangs level",
    on="body.front.edge",
    anchors=("left", "right"),
)
