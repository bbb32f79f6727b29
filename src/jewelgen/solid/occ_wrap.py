"""Kernel calls, wrapping: plane outlines laid on a cylinder and thickened radially. Raw OCP in `occ_*` alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from OCP.BRepBuilderAPI import BRepBuilderAPI_MakeEdge, BRepBuilderAPI_MakeFace
from OCP.BRepFill import BRepFill
from OCP.BRepLib import BRepLib
from OCP.Geom import Geom_CylindricalSurface
from OCP.Geom2d import Geom2d_BezierCurve
from OCP.gp import gp_Ax3, gp_Pnt2d
from OCP.TColgp import TColgp_Array1OfPnt2d
from OCP.TopoDS import TopoDS

from jewelgen.flat.segments import (
    Arc,
    Cubic,
    Line,
    Loop,
    Point,
    Segment,
    loop_moments,
    reversed_segment,
)
from jewelgen.solid.occ_curves import Shape, direction, pnt, wire
from jewelgen.solid.occ_solids import sewn


def wrapped(outer: Loop, holes: Sequence[Loop], bend: float, reach: tuple[float, float]) -> Shape:
    """The outline wrapped at radius |bend| (inside a bore when negative), from reach[0] to reach[1] mm out.

    Lengths along x are true on the cylinder of radius |bend|. The surface's seam lies opposite.
    """
    left = bend > 0  # which way round is counter-clockwise in the surface's own parameters
    loops = [_turned(outer, left), *(_turned(hole, not left) for hole in holes)]
    faces: list[Shape] = []
    skins = []
    for height in reach:
        surface = _cylinder(bend, height)
        rings = [[_edge(segment, surface, bend) for segment in loop] for loop in loops]
        maker = BRepBuilderAPI_MakeFace(surface, wire(rings[0]), True)
        for ring in rings[1:]:
            maker.Add(wire(ring))
        face = maker.Face()
        BRepLib.BuildCurves3d_s(face)
        faces.append(face)
        skins.append(rings)
    for low, high in zip(skins[0], skins[1], strict=True):
        for a, b in zip(low, high, strict=True):
            faces.append(BRepFill.Face_s(TopoDS.Edge_s(a), TopoDS.Edge_s(b)))
    return sewn(faces, 1e-4)[0]


def _turned(loop: Loop, anticlockwise: bool) -> Loop:
    """The loop walked the asked way round, its arcs in quarters."""
    if (loop_moments(loop).area > 0) != anticlockwise:
        loop = tuple(reversed_segment(segment) for segment in reversed(loop))
    return tuple(piece for segment in loop for piece in _quarters(segment))


def _quarters(segment: Segment) -> list[Segment]:
    if not isinstance(segment, Arc):
        return [segment]
    n = math.ceil(abs(segment.a1 - segment.a0) / 90.0 - 1e-9)
    step = (segment.a1 - segment.a0) / n
    return [
        Arc(segment.centre, segment.radius, segment.a0 + i * step, segment.a0 + (i + 1) * step)
        for i in range(n)
    ]


def _cylinder(bend: float, height: float) -> Geom_CylindricalSurface:
    """The cylinder at `height` out of the metal; its parameter pi is the middle of the artwork."""
    r = abs(bend) + (height if bend > 0 else -height)
    side = 1.0 if bend > 0 else -1.0
    # u = pi faces the artwork and grows along +x there, outside and inside alike; v is y, or -y inside.
    axes = gp_Ax3(pnt((0.0, 0.0, -bend)), direction((0.0, side, 0.0)), direction((0.0, 0.0, -side)))
    return Geom_CylindricalSurface(axes, r)


def _edge(segment: Segment, surface: Geom_CylindricalSurface, bend: float) -> Shape:
    poles = _poles(segment)
    array = TColgp_Array1OfPnt2d(1, len(poles))
    for i, (x, y) in enumerate(poles, 1):
        array.SetValue(i, gp_Pnt2d(*_parameters((x, y), bend)))
    edge = BRepBuilderAPI_MakeEdge(Geom2d_BezierCurve(array), surface).Edge()
    BRepLib.BuildCurve3d_s(edge, 1e-6)
    return edge


def _parameters(p: Point, bend: float) -> Point:
    return (math.pi + p[0] / abs(bend), p[1] if bend > 0 else -p[1])


def _poles(segment: Segment) -> list[Point]:
    """Bezier poles in the plane; arcs of at most a quarter are drawn within 3e-4 of their radius."""
    if isinstance(segment, Line):
        return [segment.p, segment.q]
    if isinstance(segment, Cubic):
        return [segment.p, segment.a, segment.b, segment.q]
    return _arc_poles(segment)


def _arc_poles(arc: Arc) -> list[Point]:
    handle = 4 / 3 * math.tan(math.radians(arc.a1 - arc.a0) / 4) * arc.radius
    p, q = np.array(arc.p), np.array(arc.q)
    a0, a1 = math.radians(arc.a0), math.radians(arc.a1)
    a = p + handle * np.array((-math.sin(a0), math.cos(a0)))
    b = q - handle * np.array((-math.sin(a1), math.cos(a1)))
    return [(float(v[0]), float(v[1])) for v in (p, a, b, q)]
