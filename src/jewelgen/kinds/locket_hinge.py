"""The hinge of a locket: knuckles of tube in seats filed across the seam, in turn on either half, and their pin."""

from __future__ import annotations

import math
from dataclasses import dataclass

from jewelgen.piece.array import ONE, Array, Listed
from jewelgen.piece.cutter import Bore, Cut
from jewelgen.piece.form import Bar, Tube
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import straight
from jewelgen.piece.section import Wire
from jewelgen.piece.site import Fragment, Site

PLAY = 0.1  # mm between knuckles, and between a knuckle and the half it passes
BITE = 0.05  # mm a knuckle lies in the seat of its own half, for the solder
SNUG = 0.04  # mm the pin is thinner than the tube's inside, at the least
UP = Frame(z=(0.0, 1.0, 0.0))  # a tube's own axis along the seam


@dataclass(frozen=True, slots=True)
class Axis:
    """Tube, pin, number of knuckles, length over all and distance of the pin from the locket's middle, mm."""

    od: float
    id: float
    pin: float
    knuckles: int
    long: float
    out: float

    @property
    def each(self) -> float:
        """Length of a knuckle, the same for all."""
        return (self.long - (self.knuckles - 1) * PLAY) / self.knuckles

    def places(self, first: int) -> tuple[float, ...]:
        """Where along the seam every second knuckle begins."""
        step = self.each + PLAY
        return tuple(k * step - self.long / 2 for k in range(first, self.knuckles, 2))


def pin_out(radius: float, od: float, long: float) -> float:
    """How far from the middle of a round locket the pin lies: the ends of the tube a sixth of it inside the rim."""
    return math.sqrt(radius * radius - long * long / 4) + od / 3


def hinged(axis: Axis, site: Site) -> Fragment:
    """Knuckles (an odd number: the back half has one more), their seats, and the pin through all."""
    parts, joints, cuts = [], [], []
    for half, other, first in (("back", "front", 0), ("front", "back", 1)):
        name, dome, places = (
            f"{site.name}.knuckle-{half}",
            f"{site.name}.{half}",
            axis.places(first),
        )
        tube = Tube(axis.od, axis.id, axis.each)
        parts.append(
            Part(
                name,
                tube,
                _at(axis, site),
                _along(places),
                site.own_alloy,
                site.made,
                "knuckle",
                finished=False,
            )
        )
        area = axis.each * axis.od / 2
        joints.append(
            Joint(dome, name, "join", Fit("cope"), len(places), area=area, run=2 * axis.each)
        )
        for on, d, room in (
            (half, axis.od - 2 * BITE, 0.5 * PLAY),
            (other, axis.od + 2 * PLAY, 0.8 * PLAY),
        ):
            cuts.append(
                _seat(axis, site, f"{name}-seat-{on}", on, (d, axis.each + 2 * room, places))
            )
        joints.append(Joint(f"{site.name}.pin", name, "hinge", Fit("sleeve"), len(places)))
    end = axis.long / 2
    wire = Bar(straight((0.0, -end, 0.0), (0.0, end, 0.0)), ((0.0, Wire(axis.pin)),))
    at = site.frame.moved(x=-axis.out)
    name, alloy = f"{site.name}.pin", site.own_alloy
    parts.append(Part(name, wire, at, alloy=alloy, made=site.made, role="pin", finished=False))
    return Fragment(tuple(parts), tuple(joints), cuts=tuple(cuts))


def _at(axis: Axis, site: Site) -> Frame:
    return site.frame.moved(x=-axis.out).then(UP)


def _along(places: tuple[float, ...]) -> Array:
    return Listed(tuple(Frame((0.0, 0.0, y)) for y in places))


def _seat(
    axis: Axis, site: Site, name: str, on: str, bore: tuple[float, float, tuple[float, ...]]
) -> Cut:
    """The trough filed for knuckles: diameter, length and where they begin."""
    d, long, places = bore
    middles = tuple(Frame((0.0, y + axis.each / 2, 0.0)) for y in places)
    at = site.frame.moved(x=-axis.out)
    why = "seat of the hinge, triangular then round file"
    array = Listed(middles) if len(middles) > 1 else ONE
    at = at if len(middles) > 1 else at.then(middles[0])
    return Cut(name, (f"{site.name}.{on}",), Bore(d, long), at, array, why=why)
