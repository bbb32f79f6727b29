"""Lofted faces: the mesh keeps to its chord where the kernel's own mesher does not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from OCP.BRepMesh import BRepMesh_IncrementalMesh
from OCP.gp import gp_Pnt

from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.solid import mesh as meshes
from jewelgen.solid import occ_lofts
from jewelgen.solid.forms import form_shape
from jewelgen.solid.occ_solids import shell_faces, volume

CHORD, ANGLE = 0.05, 0.4


class Bowl:
    """A surface with a known bend: z = u u / 4."""

    def Value(self, u: float, v: float) -> gp_Pnt:  # noqa: N802  the kernel's name
        return gp_Pnt(u, v, u * u / 4)


def strays(patch: occ_lofts._Patch) -> float:
    """How far the middles of inner sides lie off the triangles, mm."""
    middle = patch.own[patch.rows[:, occ_lofts._SIDES]].mean(axis=2)
    real = patch.real(middle.reshape(-1, 2)).reshape(-1, 3, 3)
    _, side, count = occ_lofts._sides(patch.rows)
    return float(occ_lofts._heights(patch, patch.rows, real)[count[side] == 2].max())


def area(patch: occ_lofts._Patch) -> float:
    a, b, c = (patch.own[patch.rows[:, i]] for i in range(3))
    turned = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]
    assert (turned > 0).all(), "no triangle is turned over"
    return float(turned.sum()) / 2


@pytest.mark.parametrize("most", [0.03, 0.01, 0.002])
def test_sides_that_stray_are_halved_and_the_border_stays(most: float) -> None:
    grid = np.array([(u, v) for u in np.linspace(0, 2, 9) for v in np.linspace(0, 2, 3)])
    coarse = np.delete(grid, [10, 13, 16], axis=0)  # the middles of three lines are left out
    rows = _triangles(coarse)
    points = np.array([(u, v, u * u / 4) for u, v in coarse])
    before = occ_lofts._Patch(Bowl(), points, coarse, rows)  # type: ignore[arg-type]
    after = occ_lofts.refined(before, most)
    assert strays(before) > 0.01
    assert area(after) == pytest.approx(area(before))
    border = {tuple(p) for p in after.own if p.min() == 0.0 or p.max() == 2.0}
    assert border == {tuple(p) for p in coarse if p.min() == 0.0 or p.max() == 2.0}
    assert strays(after) <= most


def _triangles(points: np.ndarray) -> np.ndarray:
    from scipy.spatial import Delaunay

    rows = Delaunay(points).simplices
    a, b, c = (points[rows[:, i]] for i in range(3))
    turn = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]
    rows[turn < 0] = rows[turn < 0][:, ::-1]
    return rows


def test_a_signet_shank_keeps_to_its_chord(root: Path) -> None:
    piece = compose(resolve(load(root / "designs" / "11_signet.toml"), {"shank.scoop": 2.0}))
    shape = form_shape(piece.part("shank").form)
    BRepMesh_IncrementalMesh(shape, 4 * CHORD, False, 2 * ANGLE, False)
    loose = [p for face in shell_faces(shape) if (p := occ_lofts._patch(face)) is not None]
    assert max(strays(patch) for patch in loose) > 2 * CHORD
    assert max(strays(occ_lofts.refined(patch, CHORD)) for patch in loose) <= CHORD
    made = meshes.welded(occ_lofts.triangulate_lofts(shape, CHORD, ANGLE))
    assert meshes.open_edges(made) == 0
    assert meshes.volume(made) == pytest.approx(volume(shape), rel=0.01)
