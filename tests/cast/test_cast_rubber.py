"""Molds in two halves against closed forms: what is undercut and how deep, what is a core, where the halves part."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import trimesh
from shapes_to_cast import band, mesh
from trimesh.creation import annulus, box, icosphere, torus

from jewelgen.cast.cells import cells
from jewelgen.cast.parting import Parting, parting, turns
from jewelgen.cast.rubber import Rubber, rubber
from jewelgen.catalog.coupons import TRADE
from jewelgen.paper.mold_view import mold_view
from jewelgen.pipeline.made import Made
from jewelgen.pipeline.molded import with_molds
from jewelgen.pipeline.options import Options
from jewelgen.solid.silhouette import silhouettes


def block(*size, at=(0, 0, 0)):
    return box(size).apply_translation(at)


def joined(*items):
    return trimesh.boolean.union(list(items), engine="manifold")


def ring(r=9.0, wire=1.5):
    made = torus(r, wire, 64, 32)
    made.apply_transform(trimesh.transformations.rotation_matrix(math.pi / 2, (1, 0, 0)))
    return made


def closed_reel(u, gap):
    """A square block with a lip of `u` mm round its top, its bottom and both its sides, `gap` mm apart."""
    wide, high = 6 + 2 * u, gap + 2
    whole = block(wide, wide, high)
    return whole.difference(block(u, gap, gap, at=(wide / 2 - u / 2, 0, 0)), engine="manifold")


def way(made: Rubber, axis: int):
    return next(pull for pull in made.tried if pull.axis == axis)


def line_of(shape, made: Rubber, axis: int) -> Parting:
    made = replace(made, best=way(made, axis))
    return parting(made, *silhouettes(mesh(shape), turns(axis), "shape"))


def test_cells_hold_the_volume_of_the_mesh_and_count_overlaps_once():
    ball = icosphere(4, 5.0)
    assert cells(mesh(ball), 0.15).full.sum() * 0.15**3 == pytest.approx(ball.volume, rel=2e-3)
    twice = trimesh.util.concatenate([block(4, 4, 4), block(4, 4, 4, at=(1.03, 0, 0))])
    assert cells(mesh(twice), 0.1).full.sum() * 1e-3 == pytest.approx(5.03 * 16, rel=0.03)


def test_a_ball_leaves_its_mold_in_every_way_and_parts_at_its_greatest_circle():
    ball = icosphere(4, 5.0)
    made = rubber(mesh(ball), "pendant")
    assert [pull.undercuts for pull in made.tried] == [()] * 3
    for axis in range(3):
        line = line_of(ball, made, axis)
        assert len(line.lines) == 1
        points = np.array(line.lines[0])
        assert np.abs(points[:, axis]).max() < 0.05
        assert np.linalg.norm(points, axis=1) == pytest.approx(np.full(len(points), 5.0), abs=0.06)
        assert line.length == pytest.approx(10 * math.pi, rel=0.01)


def test_a_torus_parts_at_its_greatest_circles_both_ways():
    made = rubber(mesh(ring()), "ring")
    assert made.best.name == "along the finger"
    assert made.best.undercuts == ()
    outer, inner = line_of(ring(), made, 1).lines
    for found, r in ((outer, 10.5), (inner, 7.5)):
        points = np.array(found)
        assert np.abs(points[:, 1]).max() < 0.05
        assert np.hypot(points[:, 0], points[:, 2]) == pytest.approx(np.full(len(points), r), abs=0.08)  # fmt: skip
    across = line_of(
        ring(), made, 2
    )  # its shadow is a slot with round ends, in the plane of both axes
    assert len(across.lines) == 1
    assert np.abs(np.array(across.lines[0])[:, 2]).max() < 0.15
    assert across.length == pytest.approx(4 * 9 + 2 * math.pi * 1.5, rel=0.01)
    (core,) = way(made, 2).undercuts
    assert (core.held, core.passes) == ("core", True)
    assert core.depth == pytest.approx(1.5, abs=made.metal.step)


def test_the_bore_of_a_band_is_a_core_half_as_deep_as_the_band_is_wide():
    made = rubber(mesh(band(17.0, 4.0, 1.8)), "ring")
    assert made.best.name == "along the finger"
    (core,) = way(made, 2).undercuts
    assert core.held == "core"
    assert core.depth == pytest.approx(2.0, abs=made.metal.step)
    assert np.linalg.norm(core.at) < 0.3


@pytest.mark.parametrize("u", [0.5, 1.0, 2.0])
def test_a_lip_is_undercut_by_its_depth(u):
    lip = [block(8 + 2 * u, 8 + 2 * u, 1.0, at=(0, 0, z)) for z in (-2.0, 2.0)]
    made = rubber(mesh(joined(block(8, 8, 4), *lip)), "pendant")
    (held,) = way(made, 2).undercuts
    assert held.held == "undercut"
    assert held.depth == pytest.approx(u, abs=made.metal.step)
    assert held.gap == pytest.approx(3.0, abs=2 * made.metal.step)
    assert max(abs(held.at[0]), abs(held.at[1])) == pytest.approx(4.0, abs=2 * made.metal.step)
    assert made.best.undercuts == ()  # from the side the groove is open


def test_a_pocket_in_a_side_frees_that_way_alone_and_the_deeper_the_less():
    for u, passes in ((1.0, True), (3.0, False)):
        made = rubber(mesh(closed_reel(u, 2.0)), "pendant")
        assert way(made, 0).undercuts == ()
        (held,) = way(made, 2).undercuts
        assert (held.passes, held.depth) == (passes, pytest.approx(u, abs=made.metal.step))
    shop = replace(TRADE, undercut=2.0)
    assert way(rubber(mesh(closed_reel(3.0, 2.0)), "pendant", shop), 2).undercuts[0].passes


def test_a_tube_traps_a_core_unless_it_is_pulled_along():
    made = rubber(mesh(annulus(3, 4, 10)), "pendant")
    assert made.best.axis == 2
    assert [pull.cost[1] for pull in made.tried] == [0, 1, 1]
    assert way(made, 0).undercuts[0].depth == pytest.approx(5.0, abs=made.metal.step)


def test_a_closed_hollow_is_told_with_its_volume():
    made = rubber(mesh(icosphere(4, 5).difference(icosphere(4, 3), engine="manifold")), "pendant")
    ((at, volume),) = made.hollows
    assert volume == pytest.approx(4 / 3 * math.pi * 27, rel=0.01)
    assert np.linalg.norm(at) < 0.05


def test_a_hook_is_held_behind_its_point():
    hook = joined(block(2, 2, 10), block(6, 2, 2, at=(2, 0, 4)), block(2, 2, 3, at=(4, 0, 2)))
    made = rubber(mesh(hook), "pendant")
    assert made.best.name == "from front to back"
    (behind,) = way(made, 0).undercuts
    assert behind.depth == pytest.approx(1.0, abs=made.metal.step)
    assert (behind.at[0], behind.at[2]) == pytest.approx((2.0, 2.25), abs=0.3)


def said_of(shape, own=TRADE, solids=1):
    """What the build says and draws of one master that is molded."""
    body = SimpleNamespace(name="b", mesh=mesh(shape), solids=solids)
    master = SimpleNamespace(body=body, chain=SimpleNamespace(route="mold"), files=())
    row = {"body": "b", "alloy": "silver_925", "scale": 1.0, "allowance_mm": {"bore": 0.0}}
    content = {
        "piece": "ring", "alloy": "silver_925", "bore_mm": None, "chord_mm": 0.01, "bodies": [], "findings": [],
        "masters": [row | {"parts": ["shell"], "volume_mm3": 1.0}],
        "places": {"stones": [], "parts": [
            {"name": "shell", "prong": False, "finger": False, "points": [[0, 0, 9]]},
        ]},
    }  # fmt: skip
    options = replace(Options(), shop=SimpleNamespace(casting=own))
    before = repr(content)
    made = with_molds(Made((), content), (master,), options)
    assert repr(content) == before  # what is handed on is not written to
    assert [row["code"] for row in made.content["findings"]] == [f.code for f in made.judged]
    return made.files, made.judged, made.content["masters"][0]["mold"]


def test_the_build_names_place_depth_and_way_out_and_draws_it():
    u, gap = 3.0, 1.0
    wide = 6 + 2 * u
    slots = [block(u, 1.6, gap, at=(s * (wide / 2 - u / 2), 0, 0)) for s in (1, -1)]
    slots += [block(1.6, u, gap, at=(0, s * (wide / 2 - u / 2), 0)) for s in (1, -1)]
    slots += [block(1.6, gap, u, at=(0, 0, s * (wide / 2 - u / 2))) for s in (1, -1)]
    shape = block(wide, wide, wide).difference(slots, engine="manifold")
    files, findings, row = said_of(shape)
    assert {f.code for f in findings} == {"JG423"}
    assert all("3.0 mm deep in a gap of" in f.message and "shell, " in f.message for f in findings)
    assert [f.path for f in files] == ["b-mold.dxf", "b-mold.svg"]
    assert row["pull"] == "along the finger"
    assert not any(item["passes"] for item in row["undercuts"])
    assert said_of(shape, replace(TRADE, undercut=5.0))[1] == ()


def test_the_build_names_hollows_and_cores():
    shell = icosphere(4, 5).difference(icosphere(4, 3), engine="manifold")
    (hollow,) = said_of(shell)[1]
    assert (hollow.code, hollow.where.key) == ("JG425", "shell")
    assert "a closed hollow of 11" in hollow.message
    rods = [
        block(20, 0.9, 0.9),
        block(0.9, 20, 0.9, at=(3, 0, 3)),
        block(0.9, 0.9, 20, at=(-3, 3, 0)),
    ]
    pierced = block(12, 12, 12).difference(rods, engine="manifold")
    assert {f.code for f in said_of(pierced)[1]} == {"JG424"}


def test_loose_bodies_in_one_file_are_told():
    pair = trimesh.util.concatenate([block(2, 2, 2), block(2, 2, 2, at=(5, 0, 0))])
    (several,) = said_of(pair, solids=2)[1]
    assert (several.code, "2 loose bodies" in several.message) == ("JG426", True)


def test_the_drawing_shows_both_views_at_full_size():
    made = rubber(mesh(band(17.0, 4.0, 1.8)), "ring")
    line = line_of(band(17.0, 4.0, 1.8), made, 1)
    sheet = mold_view(line)
    assert sheet.height == pytest.approx(20.6 + 8, abs=0.1)
    assert len(line.line_beside) == 2
    assert np.abs(np.array(line.line_beside[0])[:, 0]).max() < 0.05  # half way across the band
    assert mold_view(line).dxf == sheet.dxf


def test_a_solitaire_is_pulled_along_the_finger_with_one_core_under_its_stone(built):
    """Between base and rail of its head rubber passes through; a cutter cuts it and both halves come out."""
    shape = trimesh.load(built("03_cathedral_six_prong") / "03_cathedral_six_prong.stl")
    made = rubber(mesh(shape), "ring")
    assert made.best.name == "along the finger"
    (core,) = made.best.undercuts
    assert (core.held, core.passes) == ("core", True)
    assert 10 < core.at[2] < 13
    assert abs(core.at[0]) < 3
