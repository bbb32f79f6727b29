"""Meshes: welding, booleans by manifold3d, counting bodies, and the numbers read from them.

In: triangles.  Out: `Mesh` and `Manifold`, each with its status and volume looked at: an errored
manifold empties a result in silence, an inverted one is accepted.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manifold3d import Error, Manifold, Mesh64, OpType
from numpy.typing import NDArray

from jewelgen.findings import Finding, GeometryError, Where
from jewelgen.piece.frame import Frame
from jewelgen.solid.model import Mesh

SIMPLIFY = 1e-3  # mm: removes slivers, moves volume by parts per million
LEAST_BODY = 1e-6  # mm3: crumbs below this are rounding, not bodies


def welded(triangles: NDArray[np.float64]) -> Mesh:
    """Triangles (n, 3, 3) with equal corners made one vertex (exactly equal: never on a rounding grid)."""
    corners = np.ascontiguousarray(triangles.reshape(-1, 3)) + 0.0
    return _proper(*_numbered(corners, _firsts(corners)))


def distinct(points: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Each place (m, 3) once, by x, then y, then z, and the number (n,) of the one that every point is at."""
    return _numbered(points, _firsts(points[:, ::-1]))


def collapsed(vertices: NDArray[np.float64], triangles: NDArray[np.int64]) -> Mesh:
    """The mesh with equal corners made one, without the triangles of no area that leaves."""
    unique, index = distinct(vertices)
    return _proper(unique, index[triangles])


def _firsts(points: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """An order in which equal points (n, 3) follow each other, and which of them, so ordered, are new."""
    order = np.lexsort(points.T)
    fresh = np.ones(len(points), dtype=bool)
    fresh[1:] = np.any(points[order[1:]] != points[order[:-1]], axis=1)
    return order, fresh


def _numbered(
    points: NDArray[np.float64], firsts: tuple[NDArray[np.int64], NDArray[np.bool_]]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The places in that order, and the number of each point's place."""
    order, fresh = firsts
    index = np.empty(len(points), dtype=np.int64)
    index[order] = np.cumsum(fresh) - 1
    return points[order[fresh]], index


def _proper(vertices: NDArray[np.float64], corners: NDArray[np.int64]) -> Mesh:
    """The triangles with three corners."""
    a, b, c = (faces := corners.reshape(-1, 3)).T
    return Mesh(vertices, faces[(a != b) & (b != c) & (c != a)])


def manifold(mesh: Mesh, what: str) -> Manifold:
    """The mesh as a checked manifold; raises `GeometryError` JG313 when it is open or inside out."""
    raw = Mesh64(np.array(mesh.vertices, order="C"), mesh.triangles.astype(np.uint64))
    made = Manifold(raw)
    if made.status() != Error.NoError:
        raw.merge()
        made = Manifold(raw)
    if made.status() != Error.NoError or made.volume() <= 0:
        raise _not_closed(f"{made.status().name}, {made.volume():.4f} mm3", what)
    return made


def closed_volume(mesh: Mesh, what: str) -> float:
    """mm3 that the mesh encloses; raises `GeometryError` JG313 when it is open or inside out."""
    found, free = volume(mesh), open_edges(mesh)
    if free or found <= 0:
        raise _not_closed(f"{free} open edges, {found:.4f} mm3", what)
    return found


def _not_closed(why: str, what: str) -> GeometryError:
    return GeometryError(Finding("JG313", f"the mesh is not closed ({why})", Where(key=what)))


def mesh_of(item: Manifold) -> Mesh:
    """The manifold's triangles as arrays."""
    raw = item.to_mesh64()
    vertices = np.asarray(raw.vert_properties, dtype=np.float64)[:, :3]
    return Mesh(vertices.copy(), np.asarray(raw.tri_verts).astype(np.int64))


def union(items: Sequence[Manifold]) -> Manifold:
    """All united at once."""
    return items[0] if len(items) == 1 else Manifold.batch_boolean(list(items), OpType.Add)


def difference(body: Manifold, tools: Sequence[Manifold]) -> Manifold:
    """`body` less all tools."""
    return Manifold.batch_boolean([body, *tools], OpType.Subtract) if tools else body


def moved(item: Manifold, frame: Frame) -> Manifold:
    """The manifold carried from `frame` to the outer one (mirrored frames turn its triangles by themselves)."""
    return item.transform(np.array(frame.rows(), dtype=np.float64))


def moved_mesh(mesh: Mesh, frame: Frame) -> Mesh:
    """A mesh carried from `frame` to the outer one."""
    rows = np.array(frame.rows())
    vertices = mesh.vertices @ rows[:, :3].T + rows[:, 3]
    triangles = mesh.triangles[:, ::-1] if frame.flip else mesh.triangles
    return Mesh(vertices, np.ascontiguousarray(triangles))


def scaled_mesh(mesh: Mesh, factor: float) -> Mesh:
    """A mesh scaled about the origin."""
    return mesh if factor == 1.0 else Mesh(mesh.vertices * factor, mesh.triangles)


def single(mesh: Mesh) -> Mesh:
    """The mesh without what files of single precision cannot hold: corners that fall together there are one."""
    vertices = mesh.vertices.astype(np.float32).astype(np.float64)
    if _firsts(vertices)[1].all():
        return mesh
    return welded(vertices[mesh.triangles])


def cleaned(item: Manifold) -> Manifold:
    """Without slivers; the volume moves by parts per million."""
    return item.as_original().simplify(SIMPLIFY)


def coarse(mesh: Mesh, near: float, what: str) -> Mesh:
    """A mesh of fewer triangles within `near` mm of it; `GeometryError` JG313 when it is not closed."""
    return mesh_of(manifold(mesh, what).as_original().simplify(near))


def hull(points: NDArray[np.float64]) -> Mesh:
    """The convex body round points (n, 3)."""
    return mesh_of(Manifold.hull_points(np.array(points, order="C")))


def bodies(item: Manifold) -> tuple[list[Manifold], list[Manifold]]:
    """Separate bodies, and trapped voids (closed shells that bound no metal)."""
    solid: list[Manifold] = []
    void: list[Manifold] = []
    for part in item.decompose():
        if abs(part.volume()) > LEAST_BODY:
            (solid if part.volume() > 0 else void).append(part)
    return solid, void


def undusted(item: Manifold) -> Manifold:
    """Without shells of no volume to speak of, which booleans leave where faces nearly lie on each other."""
    shells = item.decompose()
    kept = [part for part in shells if abs(part.volume()) > LEAST_BODY]
    return item if len(kept) == len(shells) else Manifold.compose(kept)


def volume(mesh: Mesh) -> float:
    """Enclosed volume in mm3 by the divergence theorem (positive when outward)."""
    a, b, c = (mesh.vertices[mesh.triangles[:, i]] for i in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6.0)


def extents(mesh: Mesh) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Least and greatest corner."""
    return mesh.vertices.min(axis=0), mesh.vertices.max(axis=0)


def open_edges(mesh: Mesh) -> int:
    """How many directed edges have no partner; 0 for a closed, oriented mesh."""
    t = mesh.triangles
    n = int(t.max()) + 1
    edges = np.concatenate((t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]))
    forth, back = edges[:, 0] * n + edges[:, 1], edges[:, 1] * n + edges[:, 0]
    if np.array_equal(np.sort(forth), np.sort(back)):  # far quicker than to tell which have none
        return 0
    return int(np.setdiff1d(forth, back).size)
