"""Textures and beads to come in pictures: what they cover, and that only their own pixels change."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from jewelgen.flat.outline import Box, Oval
from jewelgen.piece.array import Polar
from jewelgen.piece.form import Hoop, Plate
from jewelgen.piece.frame import Frame
from jewelgen.piece.mark import Beads, Mark, Texture
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import Sec
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize
from jewelgen.view import shade
from jewelgen.view.camera import framed
from jewelgen.view.scene import Surface, scene_of
from jewelgen.view.worked import BOWL, dented, grained

FINGER = Frame(x=(1.0, 0.0, 0.0), z=(0.0, 1.0, 0.0))


def plate(*marks: Mark) -> Piece:
    hole = ((0.0, 6.0, Oval(2.0, 2.0)),)
    part = Part("body", Plate(Box(20.0, 10.0), 1.5, hole), Frame(), alloy="silver_925", made="cast")
    return Piece("tag", "pendant", "cast", "silver_925", (part,), marks=marks)


def band(*marks: Mark) -> Piece:
    part = Part("shank", Hoop(17.0, ((0.0, Sec(5.0, 2.0)),)), Frame(), alloy="silver_925")
    return Piece("band", "ring", "cast", "silver_925", (part,), marks=marks, bore=17.0)


def named(piece: Piece, name: str) -> Surface:
    scene = scene_of(piece, realize(piece, quality=Quality.PREVIEW))
    return next(surface for surface in scene.surfaces if surface.name == name)


def area(surface: Surface) -> float:
    a, b, c = (surface.mesh.vertices[surface.mesh.triangles[:, k]] for k in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def test_a_texture_covers_its_own_face_and_no_other() -> None:
    face = named(plate(Mark("texture", "body", Texture("sand"), Frame((0.0, 0.0, 1.5)))), "texture")
    assert face.material.look == "sand"
    assert area(face) == pytest.approx(20 * 10 - math.pi, rel=5e-3)


@pytest.mark.parametrize(("inner", "radius"), [(False, 10.5), (True, 8.5)])
def test_on_a_band_it_goes_round_outside_or_inside(inner: bool, radius: float) -> None:
    skin = named(band(Mark("texture", "shank", Texture("hammer", inner), FINGER)), "texture")
    assert area(skin) == pytest.approx(2 * math.pi * radius * 5.0, rel=0.01)


def test_beads_rolled_after_casting_stand_in_the_picture() -> None:
    beads = Mark(
        "milgrain", "body", Beads(0.5, 0.2, "milgrain"), Frame((0.0, 0.0, 1.5)),
        Polar(8, 3.0, 0.0, 45.0), when="after casting",
    )  # fmt: skip
    shown = named(plate(beads), "milgrain")
    assert area(shown) == pytest.approx(8 * math.pi * 0.25, rel=0.05)
    assert float(shown.mesh.vertices[:, 2].max()) == pytest.approx(1.8, abs=0.01)


def test_dents_lean_normals_no_further_than_a_bowl_and_grain_is_even_on_the_whole() -> None:
    grid = np.stack(np.meshgrid(np.linspace(-9, 9, 80), np.linspace(-9, 9, 80)), axis=-1)
    points = np.column_stack((grid.reshape(-1, 2), np.full(6400, 1.5)))
    up = np.tile((0.0, 0.0, 1.0), (6400, 1))
    found = dented(points, up)
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(6400))
    assert found[:, 2].min() > math.cos(math.atan(3 * BOWL))
    assert np.abs(found.mean(axis=0)[:2]).max() < 0.03
    assert np.array_equal(found, dented(points, up))
    for look in ("sand", "matte", "brushed"):
        assert grained(look, points).mean() == pytest.approx(1.0, abs=0.02)


def test_a_matted_face_is_darker_or_lighter_but_the_edge_stays_as_it_was() -> None:
    mark = Mark("texture", "body", Texture("matte"), Frame((0.0, 0.0, 1.5)))
    worked = plate(mark)
    model = realize(worked, quality=Quality.PREVIEW)
    with_it = scene_of(worked, model)
    without = scene_of(replace(worked, marks=()), model)
    camera = framed(with_it.points(), (0.5, 0.3, 1.0), (0.0, 1.0, 0.0), (160, 120))
    worlds = [shade.world_of(scene) for scene in (with_it, without)]
    seen = [shade.visible(world, camera, camera.rays()) for world in worlds]
    lights = [shade.shaded(world, camera)[0] for world in worlds]
    face = np.zeros(seen[0].shape, bool)
    hit = seen[0] >= 0
    face[hit] = worlds[0].looks[worlds[0].owner[seen[0][hit]]] == "matte"
    changed = np.abs(lights[0] - lights[1]).max(axis=-1) > 1e-9
    assert changed[face].mean() > 0.99
    assert not changed[~face].any()
