"""Trees: sixty mixed patterns without a collision, whatever order they come in; the figures of a flask."""

from __future__ import annotations

import io
import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from manifold3d import Manifold, Mesh64
from PIL import Image
from shapes_to_cast import patterns

from jewelgen.cast.branch import clearances, feeder_points
from jewelgen.cast.pour import flask_heat, pour_heat, poured
from jewelgen.cast.tree import Tree, flasks, trees
from jewelgen.catalog.alloys import alloy
from jewelgen.findings import CatalogError, MakeError
from jewelgen.pipeline.trees import flask_of
from jewelgen.view.tree_picture import tree_picture

WAX = clearances("wax")


@pytest.fixture(scope="module")
def packed() -> tuple[Tree, ...]:
    made, lost = trees(patterns(60), WAX, [flask_of("3.5x4in")])
    assert lost == ()
    return made


def placed(tree: Tree) -> list[Manifold]:
    found = []
    for b in tree.branches:
        raw = Mesh64(b.pattern.mesh.vertices.copy(), b.pattern.mesh.triangles.astype(np.uint64))
        found.append(Manifold(raw).transform(np.array(b.rows)))
    return found


def test_sixty_mixed_patterns_keep_their_distance(packed: tuple[Tree, ...]) -> None:
    assert sorted(b.pattern.id for t in packed for b in t.branches) == [
        f"P{i:02d}" for i in range(60)
    ]
    for tree in packed:
        bodies = placed(tree)
        trunk = Manifold.cylinder(tree.trunk, WAX.trunk_d / 2, circular_segments=96)
        trunk = trunk.translate((0.0, 0.0, WAX.foot))
        for a, b in itertools.combinations(bodies, 2):
            assert a.min_gap(b, WAX.gap + 1.0) >= WAX.gap
        assert min(body.min_gap(trunk, WAX.gap + 1.0) for body in bodies) >= WAX.gap - 0.01
        for branch, body in zip(tree.branches, bodies, strict=True):
            ends = np.array(body.to_mesh().vert_properties)[:, :3]
            assert np.hypot(ends[:, 0], ends[:, 1]).max() <= tree.flask.d / 2 - WAX.wall
            assert ends[:, 2].max() <= tree.flask.h - WAX.top
            assert ends[:, 2].min() >= WAX.foot + WAX.gap
            rows = branch.rows
            root = rows[:, :3] @ branch.pose.sprue.root + rows[:, 3]
            assert math.hypot(root[0], root[1]) == pytest.approx(WAX.trunk_d / 2)
            assert np.linalg.det(rows[:, :3]) == pytest.approx(1.0)  # turned, never mirrored


def test_no_sprue_runs_through_another_pattern(packed: tuple[Tree, ...]) -> None:
    for tree in packed:
        feeders = []
        for b in tree.branches:
            points = feeder_points(b.pose.sprue) @ b.rows[:, :3].T + b.rows[:, 3]
            feeders.append(Manifold.hull_points(points))
        for (i, feeder), (k, body) in itertools.product(
            enumerate(feeders), enumerate(placed(tree))
        ):
            assert i == k or feeder.min_gap(body, 1.0) > 0.5


def test_heavy_pieces_hang_by_the_button_and_light_ones_high(packed: tuple[Tree, ...]) -> None:
    weights = [b.pattern.metal_g for t in packed for b in t.branches]
    assert weights == sorted(weights, reverse=True)
    for tree in packed:
        roots = [ring[0].z for ring in tree.rings]
        assert roots == sorted(roots)
        assert all(len({b.z for b in ring}) == 1 for ring in tree.rings)


def test_trees_do_not_depend_on_the_order_of_orders(packed: tuple[Tree, ...]) -> None:
    def told(made: tuple[Tree, ...]) -> list[tuple[str, str, float, float]]:
        return [(b.pattern.id, b.at, b.z, b.turn) for t in made for b in t.branches]

    again = sorted(patterns(60), key=lambda p: p.id[::-1])
    assert [p.id for p in again] != [p.id for p in patterns(60)]
    assert told(trees(again, WAX, [flask_of("3.5x4in")])[0]) == told(packed)


def test_few_patterns_get_the_smallest_flask_and_what_fits_in_none_is_named() -> None:
    few = [p for p in patterns(16) if p.name == "sort 4"]
    (tree,), lost = trees(few, WAX, flasks())
    smaller = [f for f in flasks() if f.volume_mm3 < tree.flask.volume_mm3]
    assert smaller
    assert all(len(trees(few, WAX, [f])[0]) != 1 for f in smaller)
    assert lost == ()
    made, lost = trees(patterns(8), WAX, [flask_of("63.5x63.5")])
    assert {p.name for p in lost} >= {"sort 7"}  # 30 mm long
    assert len(lost) + sum(len(t.branches) for t in made) == 8


def test_the_figures_of_a_flask(packed: tuple[Tree, ...]) -> None:
    tree = packed[0]
    pour = poured(tree)
    gold = alloy("gold_14k_yellow").density_g_cm3
    pieces = sum(b.pattern.volume_mm3 for b in tree.branches)
    assert pour.pieces_g == pytest.approx(pieces * gold / 1000)
    assert pour.pattern_g == pytest.approx(pour.pieces_g * 0.95 / gold)
    assert pour.wax_g == pytest.approx(pour.feed_g * 0.95 / gold)
    assert pour.feed_g > math.pi / 4 * WAX.trunk_d**2 * tree.trunk * gold / 1000
    assert pour.button_g + pour.feed_g >= pour.pieces_g
    assert pour.metal_g >= 1.1 * (pour.pieces_g + pour.feed_g)
    # powder and water fill what patterns, sprues, trunk and foot leave of the flask
    assert pour.water_g / pour.powder_g == pytest.approx(0.39)
    assert pour.powder_g / 2.6 + pour.water_g == pytest.approx(pour.fill_mm3 / 1000)
    assert 0.9 * tree.flask.volume_mm3 < pour.fill_mm3 < 0.99 * tree.flask.volume_mm3
    assert [(h.hours, h.temperature) for h in pour.burnout[:3]] == [
        (2, "149 C"),
        (2, "371 C"),
        (3, "732 C"),
    ]
    assert (pour.pour.standing, pour.flask.text) == ("S2", "480 .. 620 C")


def test_resin_burns_out_for_twelve_hours_and_stands_wider() -> None:
    (tree,), _ = trees(patterns(6, material="resin"), clearances("resin"), [flask_of("4x6in")])
    assert sum(hold.hours for hold in poured(tree).burnout) >= 12
    assert clearances("resin").wall > WAX.wall


def test_gypsum_is_refused_above_its_pour_limit() -> None:
    (tree,), _ = trees(patterns(4, "platinum_950_ru"), WAX, flasks())
    pour = poured(tree)
    assert pour.investment == "phosphate"
    assert pour.slurry_standing == "U"
    assert pour.water_g / pour.powder_g == pytest.approx(0.28)
    assert pour.powder_g / 2.5 + pour.water_g == pytest.approx(pour.fill_mm3 / 1000)
    assert [(h.hours, h.temperature) for h in pour.burnout[:3]] == [
        (2, "150 C"),
        (2, "370 C"),
        (4, "870 C"),
    ]
    assert pour.burnout_words.startswith("U; ")
    assert pour.published_powder_g is None
    assert "No gypsum" in pour.notes[0]
    assert "rough (U)" in pour.notes[0]
    with pytest.raises(MakeError, match=r"JG441.*\n.*1150 C"):
        poured(tree, "gypsum")


def test_flasks_are_named_in_inches_or_millimetres() -> None:
    assert flask_of("3.5 x 4 in") == flask_of("88.9x101.6") == flask_of("3.5X4IN")
    with pytest.raises(CatalogError, match=r"JG444.*\n.*3\.5x4in"):
        flask_of("3.5x4.1in")


def test_a_metal_without_a_melting_point_is_not_poured() -> None:
    unknown = replace(alloy("silver_argentium_960"), liquidus_c=None, solidus_c=None)
    assert "pour_c" not in unknown.facts
    for asked in (pour_heat, flask_heat):
        with pytest.raises(MakeError, match="JG445"):
            asked(unknown)
    guessed = pour_heat(alloy("silver_argentium_960"))
    assert (guessed.low, guessed.high, guessed.standing) == (922 + 50, 922 + 100, "D")


def test_a_tree_is_pictured_in_the_colours_of_its_plan() -> None:
    (tree,), _ = trees(patterns(3), WAX, flasks())
    paint = {f"sort {k}": colour for k, colour in enumerate(("#ff0000", "#00ff00", "#0000ff"))}
    data = tree_picture(tree, paint, (90, 110))
    seen = np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)
    for channel in range(3):  # each of the three is there, and nowhere near grey
        others = np.delete(seen, channel, axis=2).max(axis=2)
        assert (seen[..., channel] > others + 60).sum() > 10
