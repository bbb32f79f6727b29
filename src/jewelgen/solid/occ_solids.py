"""Kernel calls, solids: extrude, revolve, loft, sew, place, measure. Raw OCP lives in `occ_*` alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from OCP import Standard, StdFail
from OCP.Bnd import Bnd_Box
from OCP.BRep import BRep_Builder
from OCP.BRepAdaptor import BRepAdaptor_Surface
from OCP.BRepBndLib import BRepBndLib
from OCP.BRepBuilderAPI import (
    BRepBuilderAPI_GTransform,
    BRepBuilderAPI_MakeSolid,
    BRepBuilderAPI_Sewing,
    BRepBuilderAPI_Transform,
)
from OCP.BRepCheck import BRepCheck_Analyzer
from OCP.BRepClass import BRepClass_FaceClassifier
from OCP.BRepGProp import BRepGProp
from OCP.BRepLib import BRepLib
from OCP.BRepOffsetAPI import BRepOffsetAPI_ThruSections
from OCP.BRepPrimAPI import BRepPrimAPI_MakePrism, BRepPrimAPI_MakeRevol, BRepPrimAPI_MakeSphere
from OCP.GeomAbs import GeomAbs_C1, GeomAbs_Plane
from OCP.gp import gp_Ax1, gp_GTrsf, gp_Mat, gp_Trsf, gp_Vec, gp_XYZ
from OCP.GProp import GProp_GProps
from OCP.TopAbs import TopAbs_FACE, TopAbs_IN, TopAbs_REVERSED, TopAbs_SHELL, TopAbs_SOLID
from OCP.TopExp import TopExp, TopExp_Explorer
from OCP.TopLoc import TopLoc_Location
from OCP.TopoDS import TopoDS, TopoDS_Compound
from OCP.TopTools import TopTools_IndexedMapOfShape

from jewelgen.piece.frame import IDENTITY, Frame, Vec
from jewelgen.solid.occ_curves import Shape, ax2, direction, pnt, splined

# What building a shape raises when it cannot be done: the kernel's exceptions have no common root in
# Python, and plane geometry refuses impossible sizes with ValueError.
FAILURES: tuple[type[Exception], ...] = (
    RuntimeError,
    ValueError,
    *(
        item
        for module in (Standard, StdFail)
        for item in vars(module).values()
        if isinstance(item, type) and issubclass(item, Exception)
    ),
)


def prism(base: Shape, along: Vec) -> Shape:
    """`base` (face or wire) extruded by the vector `along`, mm."""
    return BRepPrimAPI_MakePrism(base, gp_Vec(*along)).Shape()


def revolved(
    base: Shape, axis: Vec, degrees: float = 360.0, origin: Vec = (0.0, 0.0, 0.0)
) -> Shape:
    """`base` turned about an axis; a whole turn closes."""
    line = gp_Ax1(pnt(origin), direction(axis))
    if degrees >= 360.0 - 1e-9:
        return BRepPrimAPI_MakeRevol(base, line).Shape()
    return BRepPrimAPI_MakeRevol(base, line, math.radians(degrees)).Shape()


def sphere(d: float, frame: Frame = IDENTITY) -> Shape:
    """A whole ball of diameter `d`."""
    return BRepPrimAPI_MakeSphere(ax2(frame), d / 2).Solid()


def loft(wires: Sequence[Shape], ruled: bool = False, solid: bool = True) -> Shape:
    """Through-sections, C1, closed when the first wire is given again at the end."""
    maker = BRepOffsetAPI_ThruSections(solid, ruled, 1e-6)
    maker.CheckCompatibility(False)
    maker.SetContinuity(GeomAbs_C1)
    # Straight from wire to wire arcs make cones and cylinders, which are better than any spline.
    drawn = list(wires) if ruled else [splined(item) for item in wires]
    if wires[0] is wires[-1]:
        drawn[-1] = drawn[0]
    for item in drawn:
        maker.AddWire(item)
    maker.Build()
    return maker.Shape()


def shell_faces(shape: Shape) -> list[Shape]:
    """The faces of a shape, in the kernel's order, each with its orientation."""
    found, explorer = [], TopExp_Explorer(shape, TopAbs_FACE)
    while explorer.More():
        found.append(TopoDS.Face_s(explorer.Current()))
        explorer.Next()
    return found


def sewn(faces: Iterable[Shape], tolerance: float = 1e-5) -> tuple[Shape, int]:
    """A solid of faces that meet within `tolerance` mm, and how many edges stayed free."""
    sewing = BRepBuilderAPI_Sewing(tolerance)
    for item in faces:
        sewing.Add(item)
    sewing.Perform()
    return outward(solid_of(sewing.SewedShape())), sewing.NbFreeEdges()


def solid_of(shape: Shape) -> Shape:
    """The solids bounded by the shells of `shape`; several become a compound."""
    solids = []
    explorer = TopExp_Explorer(shape, TopAbs_SHELL)
    while explorer.More():
        solids.append(BRepBuilderAPI_MakeSolid(TopoDS.Shell_s(explorer.Current())).Solid())
        explorer.Next()
    return solids[0] if len(solids) == 1 else compound(solids)


def outward(shape: Shape) -> Shape:
    """Every solid turned so that its matter is inside."""
    parts = solids_of(shape)
    for part in parts:
        BRepLib.OrientClosedSolid_s(part)
    return parts[0] if len(parts) == 1 else compound(parts)


def compound(shapes: Iterable[Shape]) -> Shape:
    """Shapes held together without touching their topology."""
    builder, out = BRep_Builder(), TopoDS_Compound()
    builder.MakeCompound(out)
    for shape in shapes:
        builder.Add(out, shape)
    return out


def solids_of(shape: Shape) -> list[Shape]:
    """The distinct solids in a shape, in the kernel's order."""
    found = TopTools_IndexedMapOfShape()
    TopExp.MapShapes_s(shape, TopAbs_SOLID, found)
    return [TopoDS.Solid_s(found.FindKey(i)) for i in range(1, found.Extent() + 1)]


def placed(shape: Shape, frame: Frame) -> Shape:
    """The shape moved from `frame` to the outer one; mirrored frames copy it, others share it."""
    if frame == IDENTITY:
        return shape
    trsf = transform_of(frame)
    if frame.flip:
        return BRepBuilderAPI_Transform(shape, trsf, True).Shape()
    return shape.Moved(TopLoc_Location(trsf))


def transform_of(frame: Frame) -> gp_Trsf:
    """The kernel's transform of a frame."""
    trsf, r = gp_Trsf(), frame.rows()
    trsf.SetValues(*r[0], *r[1], *r[2])
    return trsf


def scaled(shape: Shape, factor: float) -> Shape:
    """The shape scaled about the origin; the same shape for 1."""
    if factor == 1.0:
        return shape
    trsf = gp_Trsf()
    trsf.SetScale(pnt((0.0, 0.0, 0.0)), factor)
    return BRepBuilderAPI_Transform(shape, trsf, True).Shape()


def is_radial(face: Shape) -> bool:
    """Whether a face is planar and its plane holds the y axis (the cut sides of a sector)."""
    surface = BRepAdaptor_Surface(face)
    if surface.GetType() != GeomAbs_Plane:
        return False
    plane = surface.Plane()
    normal = plane.Axis().Direction()
    return bool(abs(normal.Y()) < 1e-9 and plane.Distance(pnt((0.0, 0.0, 0.0))) < 1e-7)


def height_over(face: Shape, frame: Frame) -> float | None:
    """How high in mm a planar face lies over the xy plane of `frame` along its z, which it looks along."""
    surface = BRepAdaptor_Surface(face)
    if surface.GetType() != GeomAbs_Plane:
        return None
    normal = surface.Plane().Axis().Direction()
    if face.Orientation() == TopAbs_REVERSED:
        normal.Reverse()
    if normal.Dot(direction(frame.z)) < 1 - 1e-9:
        return None
    return float(gp_Vec(pnt(frame.origin), surface.Plane().Location()).Dot(gp_Vec(normal)))


def holds(face: Shape, points: Sequence[Vec]) -> bool:
    """Whether all points of its plane lie inside a planar face."""
    inside = BRepClass_FaceClassifier()
    for point in points:
        inside.Perform(face, pnt(point), 1e-6)
        if inside.State() != TopAbs_IN:
            return False
    return True


def stretched(shape: Shape, by: Vec) -> Shape:
    """The shape stretched along x, y and z by different factors (its surfaces become splines)."""
    matrix = gp_GTrsf(
        gp_Mat(by[0], 0.0, 0.0, 0.0, by[1], 0.0, 0.0, 0.0, by[2]), gp_XYZ(0.0, 0.0, 0.0)
    )
    return outward(BRepBuilderAPI_GTransform(shape, matrix, True).Shape())


def is_valid(shape: Shape) -> bool:
    """What the kernel believes; never a proof alone."""
    return not shape.IsNull() and bool(BRepCheck_Analyzer(shape).IsValid())


def volume(shape: Shape, tolerance: float = 0.0) -> float:
    """Volume in mm3 by surface integrals; adaptive to a relative `tolerance` when one is given.

    Neither way is right alone (the first errs on pave, the second on court bands): see `proof`.
    """
    props = GProp_GProps()
    if tolerance:
        BRepGProp.VolumeProperties_s(shape, props, tolerance, False, False)
    else:
        BRepGProp.VolumeProperties_s(shape, props)
    return float(props.Mass())


def bounds(shape: Shape) -> tuple[Vec, Vec]:
    """Least and greatest corner in mm, by the exact geometry (not the mesh), without tolerance gap.

    On each side only faces are asked whose loose boxes reach beyond the exact ones so far: those are slow.
    """
    faces = shell_faces(shape) or [shape]
    loose = np.array([_outwards(quick_bounds(face)) for face in faces])
    exact = np.full((len(faces), 6), -math.inf)
    most = np.full(6, -math.inf)
    for side in range(6):
        for i in np.argsort(-loose[:, side], kind="stable"):
            if loose[i, side] <= most[side]:
                break
            if exact[i, 0] == -math.inf:
                exact[i] = _outwards(_exact_bounds(faces[i]))
            most[side] = max(most[side], exact[i, side])
    x0, y0, z0, x1, y1, z1 = map(float, most)
    return (-x0, -y0, -z0), (x1, y1, z1)


def _outwards(box: tuple[Vec, Vec]) -> tuple[float, ...]:
    """How far a box reaches towards -x, -y, -z, x, y and z."""
    return (*(-v for v in box[0]), *box[1])


def _exact_bounds(shape: Shape) -> tuple[Vec, Vec]:
    box = Bnd_Box()
    BRepBndLib.AddOptimal_s(shape, box, False, False)
    return _corners(box)


def quick_bounds(shape: Shape) -> tuple[Vec, Vec]:
    """A box that surely holds the shape, from its poles: fast, maybe larger than need be."""
    box = Bnd_Box()
    BRepBndLib.Add_s(shape, box, False)
    return _corners(box)


def _corners(box: Bnd_Box) -> tuple[Vec, Vec]:
    low, high = box.CornerMin(), box.CornerMax()
    return (low.X(), low.Y(), low.Z()), (high.X(), high.Y(), high.Z())
