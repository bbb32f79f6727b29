"""Kernel calls, booleans: n-ary cut, fuse and common, fillets on joints. Raw OCP lives in `occ_*` alone."""

from __future__ import annotations

from collections.abc import Sequence

from OCP.BOPAlgo import (
    BOPAlgo_BOP,
    BOPAlgo_COMMON,
    BOPAlgo_CUT,
    BOPAlgo_FUSE,
    BOPAlgo_Operation,
    BOPAlgo_Section,
)
from OCP.BRepAdaptor import BRepAdaptor_Curve
from OCP.BRepBuilderAPI import BRepBuilderAPI_Copy
from OCP.BRepFilletAPI import BRepFilletAPI_MakeFillet
from OCP.ShapeFix import ShapeFix_Shape
from OCP.ShapeUpgrade import ShapeUpgrade_ShapeDivideClosed, ShapeUpgrade_UnifySameDomain
from OCP.TopAbs import TopAbs_EDGE
from OCP.TopExp import TopExp
from OCP.TopoDS import TopoDS
from OCP.TopTools import TopTools_IndexedMapOfShape

from jewelgen.cores import threads
from jewelgen.solid.occ_curves import Shape


def cut(body: Shape, tools: Sequence[Shape], fuzzy: float = 0.0) -> Shape:
    """`body` less all `tools` at once."""
    return _operate(BOPAlgo_CUT, [body], tools, fuzzy)


def fuse(bodies: Sequence[Shape], fuzzy: float = 0.0) -> Shape:
    """All `bodies` united at once; one comes back as it is."""
    if len(bodies) == 1:
        return bodies[0]
    return _operate(BOPAlgo_FUSE, bodies[:1], bodies[1:], fuzzy)


def common(a: Shape, b: Shape) -> Shape:
    """What `a` and `b` share."""
    return _operate(BOPAlgo_COMMON, [a], [b], 0.0)


def _operate(
    kind: BOPAlgo_Operation, bodies: Sequence[Shape], tools: Sequence[Shape], fuzzy: float
) -> Shape:
    maker = BOPAlgo_BOP()
    maker.SetOperation(kind)
    for item in bodies:
        maker.AddArgument(item)
    for item in tools:
        maker.AddTool(item)
    maker.SetRunParallel(threads() > 1)
    maker.SetNonDestructive(True)
    maker.SetUseOBB(True)
    if fuzzy:
        maker.SetFuzzyValue(fuzzy)
    maker.Perform()
    return maker.Shape()


def mended(shape: Shape) -> Shape:
    """The shape with faces turned and wires closed as the kernel would have them; proof is the caller's.

    A copy is mended: faces are shared with what went into the boolean, and other tries start from that.
    """
    fix = ShapeFix_Shape(BRepBuilderAPI_Copy(shape).Shape())
    fix.Perform()
    return fix.Shape()


def unclosed(shape: Shape) -> Shape:
    """The shape with closed faces cut in two each way: once trimmed, a face that closes on itself both ways is
    read back from STEP as another (a ring of wire on a trillion grew by a quarter of the piece).
    """
    upgrade = ShapeUpgrade_ShapeDivideClosed(shape)
    upgrade.Perform()
    return upgrade.Result()


def edges_of(shape: Shape) -> list[Shape]:
    """The distinct edges of a shape."""
    found = TopTools_IndexedMapOfShape()
    TopExp.MapShapes_s(shape, TopAbs_EDGE, found)
    return [TopoDS.Edge_s(found.FindKey(i)) for i in range(1, found.Extent() + 1)]


def _middle(edge: Shape) -> Shape:
    curve = BRepAdaptor_Curve(edge)
    return curve.Value((curve.FirstParameter() + curve.LastParameter()) / 2)


def filleted(shape: Shape, edges: Sequence[Shape], radius: float) -> Shape | None:
    """The shape with `edges` rounded, or None when the kernel gives up."""
    maker = BRepFilletAPI_MakeFillet(shape)
    for edge in edges:
        maker.Add(radius, edge)
    maker.Build()
    return maker.Shape() if maker.IsDone() else None


def unified(shape: Shape) -> Shape:
    """Faces and edges of one surface or curve merged."""
    upgrade = ShapeUpgrade_UnifySameDomain(shape, True, True, False)
    upgrade.Build()
    return upgrade.Shape()


def seams(shape: Shape, first: Sequence[Shape], second: Sequence[Shape]) -> list[Shape]:
    """The edges of `shape` along which the surfaces of `first` and `second` meet."""
    cutter = BOPAlgo_Section()
    for item in (*first, *second):
        cutter.AddArgument(item)
    cutter.SetRunParallel(threads() > 1)
    cutter.Perform()
    middles = [_middle(edge) for edge in edges_of(cutter.Shape())]
    return [
        edge
        for edge in edges_of(shape)
        if any(_middle(edge).Distance(other) < 1e-4 for other in middles)
    ]
