"""`Dome`, `Tube` and `Ball`: what a lathe or a dapping block makes."""

from __future__ import annotations

import math

from jewelgen.flat.segments import Arc, Line, Loop
from jewelgen.piece.form import Ball, Dome, Tube
from jewelgen.piece.frame import Frame
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.occ_curves import Shape

MERIDIAN = Frame(x=(1.0, 0.0, 0.0), z=(0.0, -1.0, 0.0))  # plane coordinates: x outward, y up


def turned(profile: Loop, degrees: float = 360.0) -> Shape:
    """A closed (radius, height) profile turned about z."""
    base = occ.face(occ.loop_wire(profile, MERIDIAN))
    return solids.outward(solids.revolved(base, (0.0, 0.0, 1.0), degrees))


def tube_shape(tube: Tube) -> Shape:
    """The exact pipe."""
    a, b, h = tube.id / 2, tube.od / 2, tube.length
    corners = ((a, 0.0), (b, 0.0), (b, h), (a, h))
    return turned(tuple(Line(corners[i], corners[(i + 1) % 4]) for i in range(4)))


def ball_shape(ball: Ball) -> Shape:
    """The exact ball."""
    return solids.sphere(ball.d)


def dome_shape(dome: Dome) -> Shape:
    """The exact cap: outer and inner spheres share a centre, the rim is cut square at z = 0."""
    big = (dome.d**2 / 4 + dome.rise**2) / (2 * dome.rise)
    z, small = dome.rise - big, big - dome.t
    foot = math.sqrt(max(small**2 - z**2, 0.0))
    centre = (0.0, z)
    outer = math.degrees(math.atan2(-z, dome.d / 2))
    inner = math.degrees(math.atan2(-z, foot))
    return turned(
        (
            Line((foot, 0.0), (dome.d / 2, 0.0)),
            Arc(centre, big, outer, 90.0),
            Line((0.0, dome.rise), (0.0, dome.rise - dome.t)),
            Arc(centre, small, 90.0, inner),
        )
    )
