"""Stones: closed, outward polyhedra of the stated size, facets counted, carats near the trade's."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jewelgen.catalog.carats import weight_ct
from jewelgen.catalog.cuts import cut, cuts
from jewelgen.catalog.gems import species
from jewelgen.flat.outline import area
from jewelgen.piece import cabochon
from jewelgen.piece.convex import signed_volume
from jewelgen.piece.frame import Frame
from jewelgen.piece.gem import exact_carats, polyhedron, stone_volume
from jewelgen.piece.girdles import girdle_outline
from jewelgen.piece.stone import Stone


def stone(word: str, width: float = 6.5) -> Stone:
    item = cut(word)
    return Stone(
        "s",
        item.id,
        "diamond",
        width * item.length_over_width,
        width,
        width * item.depth_pct / 100,
        Frame(),
    )


@pytest.mark.parametrize("word", sorted(cuts()))
def test_closed_and_outward(word: str) -> None:
    points, faces = polyhedron(stone(word))
    edges = [(a, b) for face in faces for a, b in zip(face, (*face[1:], face[0]), strict=True)]
    assert len(set(edges)) == len(edges)
    assert {(b, a) for a, b in edges} == set(edges)
    assert len(points) - len(edges) // 2 + len(faces) == 2
    assert stone_volume(stone(word)) > 0


@pytest.mark.parametrize("word", sorted(cuts()))
def test_faces_are_planar(word: str) -> None:
    points, faces = polyhedron(stone(word))
    for face in faces:
        corners = points[list(face)]
        spread = np.linalg.svd(corners - corners.mean(axis=0))[1]
        assert len(face) == 3 or spread[2] < 1e-6


@pytest.mark.parametrize("word", sorted(cuts()))
def test_extents_are_the_stated_size(word: str) -> None:
    s = stone(word)
    points, _ = polyhedron(s)
    assert np.ptp(points, axis=0) == pytest.approx((s.width, s.length, s.depth), abs=0.01)


def test_round_brilliant_has_its_57_facets_and_a_girdle_of_32() -> None:
    _, faces = polyhedron(stone("round"))
    points, _ = polyhedron(stone("round"))
    upright = [
        f
        for f in faces
        if abs(np.cross(points[f[1]] - points[f[0]], points[f[2]] - points[f[0]])[2]) < 1e-9
    ]
    assert (len(faces) - len(upright), len(upright)) == (57, 32)
    assert max(len(face) for face in faces if face not in upright) == 8  # the table
    assert (
        sorted(len(face) for face in faces if face not in upright)[:8] == [3] * 8
    )  # stars at least


def test_a_princess_has_chevrons_that_fan_out_from_its_corners() -> None:
    """20 crown facets as counted, 20 of the pavilion's 24 (four slivers along the ribs are left out)."""
    s = stone("princess", 5.5)
    points, faces = polyhedron(s)
    normals = [np.cross(points[f[1]] - points[f[0]], points[f[2]] - points[f[0]]) for f in faces]
    tilt = np.array([n[2] / np.linalg.norm(n) for n in normals])
    assert [(tilt > 0.999).sum(), ((tilt > 1e-9) & (tilt < 0.999)).sum()] == [1, 20]
    assert [(abs(tilt) < 1e-9).sum(), (tilt < -1e-9).sum()] == [4, 20]
    below = [f for f, t in zip(faces, tilt, strict=True) if t < -1e-9]
    corners = {i for i, p in enumerate(points) if abs(p[2]) < 1e-9}
    assert len(corners) == 4
    assert all(len(f) == 3 and corners & set(f) for f in below)
    (culet,) = (i for i, p in enumerate(points) if p[2] == points[:, 2].min())
    assert sum(culet in f for f in below) == 8
    quarter = np.round(np.sort(points @ np.array(((0, 1, 0), (-1, 0, 0), (0, 0, 1))), axis=0), 9)
    assert np.allclose(quarter, np.sort(points, axis=0))
    angles = sorted({round(float(np.degrees(np.arccos(-t))), 1) for t in tilt if t < -1e-9})
    assert len(angles) == 3 and 40 < angles[0] < 44 and 55 < angles[2] < 65


def test_a_princess_holds_what_models_of_it_hold() -> None:
    """Volume over the pyramid of its size: within 8 % of a published model's factor, carats of its charts."""
    s = stone("princess", 5.5)
    pyramid = s.length * s.width * s.depth / 3
    assert stone_volume(s) / pyramid == pytest.approx(
        cut("princess").facts["cad_volume_factor"].number, rel=0.08
    )
    for width, carats in ((4.37, 0.5), (5.3, 0.89), (5.5, 1.0), (6.8, 1.88)):
        assert exact_carats(stone("princess", width)) == pytest.approx(carats, rel=0.06)


def test_round_brilliant_of_6_5_is_a_carat() -> None:
    assert exact_carats(stone("round")) == pytest.approx(1.0, abs=0.02)


FACETED = sorted(word for word, item in cuts().items() if item.family != "cabochon")


@pytest.mark.parametrize("word", FACETED)
def test_exact_weight_is_near_the_trade_formula(word: str) -> None:
    s = stone(word)
    trade = weight_ct(cut(word), species("diamond"), (s.length, s.width, s.depth))
    assert exact_carats(s) == pytest.approx(trade, rel=0.16)


CAB = Stone("c", "cab-oval", "turquoise", 10.0, 8.0, 4.0, Frame(), girdle=0.8, crown=3.2)


def test_bezel_height_of_the_published_plan() -> None:
    assert cabochon.height_for_lean(CAB, 0.30) == pytest.approx(2.016, abs=0.001)


@pytest.mark.parametrize("lean", [0.05, 0.3, 1.0, 3.9])
def test_lean_and_height_are_inverse(lean: float) -> None:
    assert cabochon.side_in(CAB, cabochon.height_for_lean(CAB, lean)) == pytest.approx(lean)


@pytest.mark.parametrize("cut", [word for word in cuts() if word not in FACETED])
def test_cabochon_polyhedron_fills_its_closed_form(cut: str) -> None:
    item = replace(CAB, cut=cut, length=8.0 if cut == "cab-round" else 10.0)
    points, faces = cabochon.rings(item, 256, 64)
    assert signed_volume(points, faces) == pytest.approx(stone_volume(item), rel=0.002)


def test_the_trade_factor_of_a_cabochon_follows_its_girdle() -> None:
    """k over the oval's k is the ratio of the girdles' areas in one box, to two figures."""
    for word in ("cab-pear", "cab-marquise", "cab-cushion", "cab-square"):
        size = (10.0 * cut(word).length_over_width, 10.0)
        share = area(girdle_outline(word, *size)) / area(girdle_outline("cab-oval", *size))
        assert cut(word).proportion("k") == pytest.approx(0.0026 * share, abs=0.00006)
