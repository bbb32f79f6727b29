"""Kernel calls, triangles of lofted faces: meshed by the kernel, then split where they stray.

The kernel's mesher leaves triangles on spline faces that stray by up to twice what it is asked for, at some
requests and knots whatever the tolerance; no parameter of it (interior deflection, forced or controlled
deflection, least size) mends that, halving its angle alone makes four times the triangles and keeps the gap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from OCP.BRep import BRep_Tool
from OCP.BRepAdaptor import BRepAdaptor_Surface
from OCP.BRepMesh import BRepMesh_IncrementalMesh
from OCP.BRepTools import BRepTools
from OCP.GeomAbs import GeomAbs_BSplineSurface, GeomAbs_SurfaceOfExtrusion
from OCP.gp import gp_Pnt
from OCP.TopAbs import TopAbs_REVERSED
from OCP.TopLoc import TopLoc_Location

from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.occ_solids import shell_faces

Points = NDArray[np.float64]
Rows = NDArray[np.int64]

ASKED = 0.6  # of the chord: what the kernel's mesher is asked for
KEPT = 0.9  # of the chord: middles of sides see nearly all of what a triangle strays, and masters are enlarged
PASSES = 8  # each halves the sides that stray, and with them quarters the distance
_CURVED = (GeomAbs_BSplineSurface, GeomAbs_SurfaceOfExtrusion)
_FLAT = 1e-9  # mm2: a triangle of less area has no plane
_SIDES = np.array([[0, 1], [1, 2], [2, 0]])
_WIDE = np.int64(1 << 32)


@dataclass(frozen=True, slots=True, eq=False)
class _Patch:
    """A face's mesh: points (n, 3) in mm, their places (n, 2) on the surface, triangles (t, 3) as the surface turns."""

    surface: BRepAdaptor_Surface
    points: Points
    own: Points
    rows: Rows

    def real(self, own: Points) -> Points:
        """Points of the surface, (k, 3)."""
        return np.array([_xyz(self.surface.Value(u, v)) for u, v in own]).reshape(-1, 3)


def triangulate_lofts(shape: Shape, chord: float, angle: float) -> Points:
    """Triangles (n, 3, 3) of `shape` within `chord` mm and `angle` rad, outward, lofted faces among them.

    Corners are in single precision, as `occ_mesh.triangulate` has them.
    """
    BRepTools.Clean_s(shape, True)
    BRepMesh_IncrementalMesh(shape, ASKED * chord, False, angle, False)
    made = [_corners(face, KEPT * chord) for face in shell_faces(shape)]
    BRepTools.Clean_s(shape, True)
    return np.concatenate(made).astype(np.float32).astype(np.float64)


def _corners(face: Shape, most: float) -> Points:
    """The triangles of one face, none of a spline face more than `most` mm off it."""
    patch = _patch(face)
    if patch is None:
        return np.zeros((0, 3, 3))
    if patch.surface.GetType() in _CURVED:
        patch = refined(patch, most)
    rows = patch.rows[:, ::-1] if face.Orientation() == TopAbs_REVERSED else patch.rows
    return patch.points[rows]


def _patch(face: Shape) -> _Patch | None:
    place = TopLoc_Location()
    mesh = BRep_Tool.Triangulation_s(face, place)
    if mesh is None:
        return None
    move, nodes = place.Transformation(), range(1, mesh.NbNodes() + 1)
    return _Patch(
        BRepAdaptor_Surface(face),
        np.array([_xyz(mesh.Node(i).Transformed(move)) for i in nodes]),
        np.array([(mesh.UVNode(i).X(), mesh.UVNode(i).Y()) for i in nodes]),
        np.array([mesh.Triangle(k).Get() for k in range(1, mesh.NbTriangles() + 1)]) - 1,
    )


def _xyz(point: gp_Pnt) -> tuple[float, float, float]:
    return point.X(), point.Y(), point.Z()


def refined(patch: _Patch, most: float) -> _Patch:
    """The patch with every inner side halved whose middle lies more than `most` mm under the surface.

    Sides on the face's border stay: the next face has them too.
    """
    fresh = np.ones(len(patch.rows), bool)
    for _ in range(PASSES):
        keys, side, count = _sides(patch.rows)
        seen = np.unique(side[fresh])
        middle = patch.own[np.stack(np.divmod(keys[seen], _WIDE), axis=1)].mean(axis=1)
        real = np.full((len(keys), 3), np.nan)
        real[seen] = patch.real(middle)
        high = np.zeros(len(keys))
        np.maximum.at(high, side[fresh], _heights(patch, patch.rows[fresh], real[side[fresh]]))
        halved = np.flatnonzero((high > most) & (count == 2))
        if not len(halved):
            break
        node = np.full(len(keys), -1)
        node[halved] = len(patch.points) + np.arange(len(halved))
        ends = np.stack(np.divmod(keys[halved], _WIDE), axis=1)
        rows, fresh = _split(patch.rows, node[side])
        patch = _Patch(
            patch.surface,
            np.concatenate((patch.points, real[halved])),
            np.concatenate((patch.own, patch.own[ends].mean(axis=1))),
            rows,
        )
    return patch


def _sides(rows: Rows) -> tuple[Rows, Rows, Rows]:
    """Every side once as a number, each triangle's three among them (t, 3), and how many triangles have it."""
    ends = np.sort(rows[:, _SIDES], axis=2)
    keys, side, count = np.unique(
        ends[..., 0] * _WIDE + ends[..., 1], return_inverse=True, return_counts=True
    )
    return keys, side.reshape(-1, 3), count


def _heights(patch: _Patch, rows: Rows, real: Points) -> Points:
    """How far three points (t, 3, 3) lie off each triangle's plane, (t, 3)."""
    a, b, c = (patch.points[rows[:, i]] for i in range(3))
    normals = np.cross(b - a, c - a)
    areas = np.linalg.norm(normals, axis=1)[:, None]
    off = np.abs(np.einsum("tsx,tx->ts", real - a[:, None], normals))
    return np.where(areas > _FLAT, off / np.maximum(areas, _FLAT), 0.0)


def _split(rows: Rows, node: Rows) -> tuple[Rows, NDArray[np.bool_]]:
    """Triangles with the nodes (t, 3; -1: none) in the middles of their sides, and which of them are new."""
    whole = (node < 0).all(axis=1)
    parts = [
        part
        for corners, middles in zip(rows[~whole].tolist(), node[~whole].tolist(), strict=True)
        for part in _parts(corners, middles)
    ]
    out = np.concatenate((rows[whole], np.array(parts, rows.dtype).reshape(-1, 3)))
    return out, np.arange(len(out)) >= whole.sum()


def _parts(corners: list[int], middles: list[int]) -> list[tuple[int, int, int]]:
    """One triangle cut at the middles of one, two or three of its sides."""
    found = sum(node >= 0 for node in middles)
    first = next(i for i in range(3) if middles[i] >= 0 and (found != 2 or middles[i - 1] < 0))
    a, b, c = corners[first:] + corners[:first]
    ab, bc, ca = middles[first:] + middles[:first]
    if found == 1:
        return [(a, ab, c), (ab, b, c)]
    if found == 2:
        return [(ab, b, bc), (a, ab, bc), (a, bc, c)]
    return [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
