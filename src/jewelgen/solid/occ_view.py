"""Kernel calls, hidden lines: a shape drawn from one side as plane polylines. Raw OCP in `occ_*` alone."""

from __future__ import annotations

from OCP.BRepAdaptor import BRepAdaptor_Curve
from OCP.BRepLib import BRepLib
from OCP.GCPnts import GCPnts_QuasiUniformDeflection
from OCP.gp import gp_Ax2
from OCP.HLRAlgo import HLRAlgo_Projector
from OCP.HLRBRep import HLRBRep_Algo, HLRBRep_HLRToShape

from jewelgen.piece.frame import Vec, cross, unit
from jewelgen.solid.occ_boolean import edges_of
from jewelgen.solid.occ_curves import Shape, direction, pnt

Polyline = tuple[tuple[float, float], ...]


def hidden_lines(
    shape: Shape, towards: Vec, up: Vec, deviation: float
) -> tuple[tuple[Polyline, ...], tuple[Polyline, ...]]:
    """Visible and hidden polylines (x right, y up, mm) of `shape` seen by an eye that looks along -`towards`."""
    algo = HLRBRep_Algo()
    algo.Add(shape)
    right = unit(cross(up, towards))
    algo.Projector(
        HLRAlgo_Projector(gp_Ax2(pnt((0.0, 0.0, 0.0)), direction(towards), direction(right)))
    )
    algo.Update()
    algo.Hide()
    lines = HLRBRep_HLRToShape(algo)
    seen = (lines.VCompound(), lines.OutLineVCompound())
    hidden = (lines.HCompound(), lines.OutLineHCompound())
    return _polylines(seen, deviation), _polylines(hidden, deviation)


def _polylines(groups: tuple[Shape | None, ...], deviation: float) -> tuple[Polyline, ...]:
    out: list[Polyline] = []
    for group in groups:
        if group is None or group.IsNull():
            continue
        BRepLib.BuildCurves3d_s(group)
        out += [_points(edge, deviation) for edge in edges_of(group)]
    return tuple(sorted(line for line in out if len(line) > 1))


def _points(edge: Shape, deviation: float) -> Polyline:
    curve = BRepAdaptor_Curve(edge)
    walk = GCPnts_QuasiUniformDeflection(curve, deviation)
    if not walk.IsDone():
        return ()
    places = (walk.Value(i) for i in range(1, walk.NbPoints() + 1))
    return tuple((round(p.X(), 4) + 0.0, round(p.Y(), 4) + 0.0) for p in places)
