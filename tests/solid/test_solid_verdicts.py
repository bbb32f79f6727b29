"""The door's own doubts: meshes that are open, solids and meshes that differ, metal nobody predicted."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from manifold3d import Manifold

from jewelgen.findings import GeometryError
from jewelgen.piece.form import Ball
from jewelgen.piece.frame import IDENTITY
from jewelgen.piece.piece import Part, Piece
from jewelgen.solid import body as bodies
from jewelgen.solid import mesh as meshes
from jewelgen.solid import occ_boolean, occ_solids
from jewelgen.solid.model import CHORDS, Body, Mesh, Quality
from jewelgen.solid.prediction import with_prediction
from jewelgen.solid.realize import realize

PIECE = Piece("t", "pendant", "cast", "a", (Part("p", Ball(6.0), IDENTITY, alloy="a"),))
CHORD = CHORDS[Quality.STANDARD]


@pytest.fixture(scope="module")
def ball() -> Body:
    (found,) = realize(PIECE).bodies
    return found


def code(raised: pytest.ExceptionInfo[GeometryError]) -> str:
    return raised.value.findings[0].code


def test_an_open_or_inverted_mesh_is_refused(ball: Body) -> None:
    mesh = ball.mesh
    exact = meshes.manifold(mesh, "p").volume()
    assert meshes.closed_volume(mesh, "p") == pytest.approx(exact, rel=1e-12)
    assert (
        meshes.open_edges(mesh),
        meshes.open_edges(Mesh(mesh.vertices, mesh.triangles[1:])),
    ) == (0, 3)
    for triangles in (mesh.triangles[1:], mesh.triangles[:, ::-1]):
        for made in (meshes.manifold, meshes.closed_volume):
            with pytest.raises(GeometryError) as raised:
                made(Mesh(mesh.vertices, triangles), "p")
            assert code(raised) == "JG313"


@pytest.mark.parametrize("spoil", ["volume", "extent"])
def test_a_mesh_that_is_not_its_solid_is_refused(ball: Body, spoil: str) -> None:
    bodies._compare(ball.shape, ball.mesh, ball.volume_mm3, CHORD, "p")
    points = np.array(ball.mesh.vertices)
    if spoil == "extent":
        points[int(points[:, 0].argmax())] += (0.2, 0.0, 0.0)
    volume = ball.volume_mm3 * (1.02 if spoil == "volume" else 1.0)
    with pytest.raises(GeometryError) as raised:
        bodies._compare(ball.shape, Mesh(points, ball.mesh.triangles), volume, CHORD, "p")
    assert code(raised) == "JG312"


@pytest.mark.parametrize(("share", "said"), [(1.0, []), (1.0009, []), (1.002, ["JG321"])])
def test_metal_that_nobody_predicted_is_said(ball: Body, share: float, said: list[str]) -> None:
    heavier = replace(ball, volume_mm3=ball.volume_mm3 * share)
    judged, findings = with_prediction(heavier, ball.volume_mm3, 1.0)
    assert [finding.code for finding in findings] == said
    assert judged.proof.predicted == pytest.approx(ball.volume_mm3)


def test_mending_leaves_what_it_mends_as_it_was(ball: Body) -> None:
    """Tries share faces: one that was mended in place would spoil those after it (a ring of many wires was)."""
    mended = occ_boolean.mended(ball.shape)
    own = {face.TShape() for face in occ_solids.shell_faces(ball.shape)}
    assert own and own.isdisjoint(face.TShape() for face in occ_solids.shell_faces(mended))
    assert occ_solids.volume(mended) == pytest.approx(ball.volume_mm3)


def test_corners_that_fall_together_in_single_precision_are_one(ball: Body) -> None:
    """A side shorter than a file can hold is gone, with the two triangles beside it; the mesh stays closed."""
    mesh = ball.mesh
    a, b, _ = mesh.triangles[0]
    points = np.array(mesh.vertices)
    points[b] = points[a] + 1e-12
    short = meshes.single(Mesh(points, mesh.triangles))
    assert len(short.triangles) == len(mesh.triangles) - 2
    assert len(short.vertices) == len(mesh.vertices) - 1
    assert meshes.open_edges(short) == 0
    assert meshes.single(mesh) is mesh


def test_crumbs_of_booleans_are_swept_up(ball: Body) -> None:
    body = meshes.manifold(ball.mesh, "p")
    crumb = Manifold.cube((0.01, 0.01, 0.001)).translate((9.0, 0.0, 0.0))
    small = body.scale((0.1, 0.1, 0.1)).translate((-9.0, 0.0, 0.0))
    both = Manifold.compose([body, crumb, small])
    assert len(both.decompose()) == 3
    kept = meshes.undusted(both)
    assert sorted(part.volume() for part in kept.decompose()) == pytest.approx(
        [small.volume(), body.volume()]
    )
    assert meshes.undusted(body) is body
