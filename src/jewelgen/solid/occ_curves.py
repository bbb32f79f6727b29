"""Kernel calls, curves and faces: points, edges, wires, planar faces. Raw OCP lives in `occ_*` alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from OCP.BRep import BRep_Tool
from OCP.BRepAdaptor import BRepAdaptor_Curve, BRepAdaptor_Surface
from OCP.BRepBuilderAPI import (
    BRepBuilderAPI_MakeEdge,
    BRepBuilderAPI_MakeFace,
    BRepBuilderAPI_MakeWire,
)
from OCP.BRepTools import BRepTools_WireExplorer
from OCP.Convert import Convert_QuasiAngular
from OCP.Geom import Geom_BezierCurve, Geom_BSplineCurve, Geom_TrimmedCurve
from OCP.GeomAbs import GeomAbs_Circle
from OCP.GeomAPI import GeomAPI_Interpolate
from OCP.GeomConvert import GeomConvert
from OCP.gp import gp_Ax2, gp_Circ, gp_Dir, gp_Elips, gp_Pln, gp_Pnt
from OCP.TColgp import TColgp_Array1OfPnt, TColgp_HArray1OfPnt
from OCP.TColStd import TColStd_Array1OfInteger, TColStd_Array1OfReal
from OCP.TopAbs import TopAbs_REVERSED
from OCP.TopoDS import TopoDS

from jewelgen.flat.segments import Arc, Line, Loop, Segment
from jewelgen.piece.frame import IDENTITY, Frame, Vec

Shape = Any  # TopoDS_Shape and its children: OCP carries no types


def pnt(p: Sequence[float]) -> Any:
    """A kernel point, mm."""
    return gp_Pnt(float(p[0]), float(p[1]), float(p[2]))


def direction(v: Sequence[float]) -> Any:
    """A kernel direction."""
    return gp_Dir(float(v[0]), float(v[1]), float(v[2]))


def ax2(frame: Frame) -> Any:
    """The coordinate system of an unmirrored frame."""
    return gp_Ax2(pnt(frame.origin), direction(frame.z), direction(frame.x))


def edge_of(segment: Segment, frame: Frame = IDENTITY) -> Shape:
    """A line, arc or cubic drawn in the xy plane of `frame`."""
    if isinstance(segment, Line):
        return line(_lift(frame, segment.p), _lift(frame, segment.q))
    if isinstance(segment, Arc):
        return arc(segment, frame)
    poles = TColgp_Array1OfPnt(1, 4)
    for i, p in enumerate((segment.p, segment.a, segment.b, segment.q), 1):
        poles.SetValue(i, pnt(_lift(frame, p)))
    return BRepBuilderAPI_MakeEdge(Geom_BezierCurve(poles)).Edge()


def _lift(frame: Frame, p: tuple[float, float]) -> Vec:
    return frame.point((p[0], p[1], 0.0))


def line(p: Sequence[float], q: Sequence[float]) -> Shape:
    """A straight edge."""
    return BRepBuilderAPI_MakeEdge(pnt(p), pnt(q)).Edge()


def arc(segment: Arc, frame: Frame) -> Shape:
    """A circular edge in the xy plane of `frame`; clockwise arcs are drawn about the reversed normal."""
    a0, a1 = segment.a0, segment.a1
    turned = frame.then(Frame((*segment.centre, 0.0))).turned(a0)
    if a1 < a0:
        turned = Frame(turned.origin, turned.x, (-turned.z[0], -turned.z[1], -turned.z[2]))
    circle = gp_Circ(ax2(turned), segment.radius)
    sweep = math.radians(abs(a1 - a0))
    if sweep >= 2 * math.pi - 1e-9:
        return BRepBuilderAPI_MakeEdge(circle).Edge()
    return BRepBuilderAPI_MakeEdge(circle, 0.0, sweep).Edge()


def ellipse(w: float, l: float, z: float = 0.0) -> Shape:
    """An ellipse `w` along x and `l` along y at height `z`; the kernel wants the greater radius first."""
    x = (1.0, 0.0, 0.0) if w >= l else (0.0, 1.0, 0.0)
    frame = Frame((0.0, 0.0, z), x=x)
    return BRepBuilderAPI_MakeEdge(gp_Elips(ax2(frame), max(w, l) / 2, min(w, l) / 2)).Edge()


def through(points: NDArray[np.float64], headings: NDArray[np.float64]) -> Shape:
    """An open edge through (n, 3) points with the unit directions (n, 3) there: a C1 cubic (Hermite) spline."""
    spans = np.linalg.norm(np.diff(points, axis=0), axis=1)
    reach = headings / 3.0
    poles = [points[0]]
    for i, h in enumerate(spans):
        poles += [points[i] + h * reach[i], points[i + 1] - h * reach[i + 1]]
    poles.append(points[-1])
    array = TColgp_Array1OfPnt(1, len(poles))
    for i, p in enumerate(poles, 1):
        array.SetValue(i, pnt(p))
    at = np.concatenate(([0.0], np.cumsum(spans)))
    knots, times = TColStd_Array1OfReal(1, len(at)), TColStd_Array1OfInteger(1, len(at))
    for i, s in enumerate(at, 1):
        knots.SetValue(i, float(s))
        times.SetValue(i, 4 if i in (1, len(at)) else 2)
    return BRepBuilderAPI_MakeEdge(Geom_BSplineCurve(array, knots, times, 3)).Edge()


def spline(points: NDArray[np.float64], closed: bool = False) -> Shape:
    """A C2 edge through (n, 3) points; periodic when `closed` (the first point is not repeated)."""
    array = TColgp_HArray1OfPnt(1, len(points))
    for i, p in enumerate(points, 1):
        array.SetValue(i, pnt(p))
    fit = GeomAPI_Interpolate(array, closed, 1e-9)
    fit.Perform()
    return BRepBuilderAPI_MakeEdge(fit.Curve()).Edge()


def polygon(points: Sequence[Sequence[float]]) -> Shape:
    """A closed wire of straight edges."""
    n = len(points)
    return wire([line(points[i], points[(i + 1) % n]) for i in range(n)])


def wire(edges: Sequence[Shape]) -> Shape:
    """Edges joined end to end."""
    maker = BRepBuilderAPI_MakeWire()
    for edge in edges:
        maker.Add(edge)
    return maker.Wire()


def loop_wire(loop: Loop, frame: Frame = IDENTITY) -> Shape:
    """The wire of a closed loop in the xy plane of `frame`; lone full turns are one edge."""
    return wire([edge_of(segment, frame) for segment in loop])


def face(outer: Shape, holes: Sequence[Shape] = ()) -> Shape:
    """The planar face inside `outer`, without `holes` (their sense is set here)."""
    maker = BRepBuilderAPI_MakeFace(TopoDS.Wire_s(outer), True)
    plain = maker.Face()
    if not holes:
        return plain
    return pierced(plain, holes)


def pierced(plain: Shape, holes: Sequence[Shape]) -> Shape:
    """A planar face with more holes than it has."""
    surface = BRepBuilderAPI_MakeFace(plain)
    for hole in holes:
        surface.Add(_against(plain, TopoDS.Wire_s(hole)))
    return surface.Face()


def _against(plain: Shape, hole: Shape) -> Shape:
    """The hole's wire turned so that it bounds `plain` from within."""
    alone = BRepBuilderAPI_MakeFace(hole, True).Face()
    normals = []
    for item in (plain, alone):
        n = BRepAdaptor_Surface(item).Plane().Axis().Direction()
        if item.Orientation() == TopAbs_REVERSED:
            n = n.Reversed()
        normals.append(n)
    same = normals[0].Dot(normals[1]) > 0
    return TopoDS.Wire_s(hole.Reversed()) if same else hole


def plane_face(frame: Frame, half: float) -> Shape:
    """A square face of side 2 `half` in the xy plane of `frame`."""
    plane = gp_Pln(pnt(frame.origin), direction(frame.z))
    return BRepBuilderAPI_MakeFace(plane, -half, half, -half, half).Face()


def splined(wire: Shape) -> Shape:
    """The wire with its arcs as rational splines, which are as exact.

    A loft would put polynomials of a degree up to 14 in the place of arcs: booleans with those take a third longer.
    """
    walk, maker = BRepTools_WireExplorer(TopoDS.Wire_s(wire)), BRepBuilderAPI_MakeWire()
    while walk.More():
        maker.Add(_splined(TopoDS.Edge_s(walk.Current())))
        walk.Next()
    return maker.Wire()


def _splined(edge: Shape) -> Shape:
    curve = BRepAdaptor_Curve(edge)
    if curve.GetType() != GeomAbs_Circle:
        return edge
    first, last = curve.FirstParameter(), curve.LastParameter()
    arc_ = Geom_TrimmedCurve(BRep_Tool.Curve_s(edge, first, last), first, last)
    if edge.Orientation() == TopAbs_REVERSED:
        arc_.Reverse()
    spline_ = GeomConvert.CurveToBSplineCurve_s(arc_, Convert_QuasiAngular)
    return BRepBuilderAPI_MakeEdge(spline_).Edge()
