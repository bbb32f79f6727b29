"""Halos round walls: bezels, collets and tubes; they clear the lip, take the wall in, and are soldered on when it is sawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from jewelgen.bench.plan import plan
from jewelgen.catalog.packs import limit
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError, errors
from jewelgen.flat.outline import Box, area, extents
from jewelgen.kinds.ring_of_stones import ring_of
from jewelgen.piece.bodies import to_world
from jewelgen.piece.cutter import Bearing
from jewelgen.piece.form import Plate, Tube, Wall
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece, groups
from jewelgen.rules import check

HEADS: dict[str, dict[str, Any]] = {
    "an oval cabochon": {"kind": "bezel", "stone": "oval cab turquoise 10x8x4"},
    "a round cabochon": {"kind": "bezel", "stone": "round cab onyx 8"},
    "a faceted stone": {"kind": "collet", "stone": "round garnet 6"},
    "a pear": {"kind": "collet", "stone": "pear sapphire 8x5"},
    "a tube": {"kind": "tube", "stone": "round garnet 5"},
}


def ring(head: dict[str, Any], made: str = "cast", **halo: Any) -> Piece:
    shank = {"kind": "court", "width": 2.8, "thick": 2.0}
    tree = {"name": "x", "piece": "ring", "made": made, "alloy": "18k white", "size": "US 7"}
    return compose(
        brief_from({**tree, "shank": shank, "head": head, "halo": {"stone": "round diamond 1.3", **halo}})
    )  # fmt: skip


@pytest.mark.parametrize("made", ["cast", "handmade"])
@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_a_halo_goes_round_a_wall(head: dict[str, Any], made: str) -> None:
    piece = ring(head, made)
    assert errors(check(piece)) == ()
    assert len(groups(piece)) == 1
    wall = next(p for p in piece.parts if p.name.startswith("head.") and isinstance(p.form, (Wall, Tube)))  # fmt: skip
    dish = piece.part("halo.dish")
    assert isinstance(dish.form, Plate)
    hole = dish.form.holes[0][2]
    # sawn, it fits; cast, it reaches into the wall all round, and no further than a third of it
    if made == "handmade":
        assert shared_pairs(piece).get((wall.name, dish.name), 0.0) == pytest.approx(0.0, abs=0.02)
    else:
        assert 0.0 < shared_pairs(piece)[wall.name, dish.name] < 0.2 * area(hole)
    top = to_world(dish.at, np.zeros((1, 3)))[0, 2]
    high = wall.form.length if isinstance(wall.form, Tube) else wall.form.height
    assert wall.at.origin[2] + high >= top + 0.2 - 1e-6


def test_a_pavers_stones_stand_clear_of_the_lip() -> None:
    piece = ring(HEADS["an oval cabochon"])
    wall = piece.part("head.wall").form
    assert isinstance(wall, Wall)
    long, wide = (size / 2 + wall.gap + wall.t for size in extents(wall.outline))
    row = np.array([frame.origin[:2] for frame in piece.stones[-1].array.frames()])
    # the nearest of the offset ellipse lies outside the ellipse that is as much smaller as a stone and its room
    out = 0.65 + 0.15
    grown = np.hypot(row[:, 0] / (wide + out - 0.01), row[:, 1] / (long + out - 0.01))
    swapped = np.hypot(row[:, 1] / (wide + out - 0.01), row[:, 0] / (long + out - 0.01))
    assert min(grown.min(), swapped.min()) < 1.1
    assert max(grown.min(), swapped.min()) >= 1.0


def test_a_dish_that_hides_the_lip_is_refused_with_a_drop_that_does_not() -> None:
    with pytest.raises(DesignError) as raised:
        ring(HEADS["a faceted stone"], drop=-0.4)
    (finding,) = raised.value.findings
    assert finding.code == "JG235"
    assert finding.fix is not None
    assert finding.fix.key == "halo.drop"
    assert errors(check(ring(HEADS["a faceted stone"], drop=float(finding.fix.value)))) == ()


def test_the_floor_is_sawn_flush_before_the_dish_is_in_the_saws_way() -> None:
    made = plan(ring(HEADS["an oval cabochon"], "handmade"))
    place = {step.key: step.n for step in made.steps}
    dish = [step.n for step in made.steps if step.key.startswith("joint") and made.letters["halo.dish"] in step.ids]  # fmt: skip
    assert dish
    assert all(place["flush:head.floor"] < n for n in dish)
    assert place["set:halo.row"] > max(dish)


ROUND_WALLS = {
    "round": "round cab onyx 6",
    "oval": "oval cab turquoise 10x8x4",
    "narrow oval": "oval cab turquoise 14x8x4",
    "marquise": "marquise cab turquoise 10x5x3",
    "square": "square cab onyx 6",
    "cushion": "cushion cab onyx 7",
    "pear": "pear cab turquoise 10x7x4",
}


@pytest.mark.parametrize("clear", [0.15, 0.4, 0.75, 1.3])
@pytest.mark.parametrize("stone", ROUND_WALLS.values(), ids=ROUND_WALLS)
def test_a_row_round_a_wall_is_alike_on_both_sides(stone: str, clear: float) -> None:
    row = ring({"kind": "bezel", "stone": stone}, clear=clear).stones[-1].array
    places = np.array([frame.origin[:2] for frame in row.frames()])
    mirrors = [(-1.0, 1.0)] if "pear" in stone else [(-1.0, 1.0), (1.0, -1.0)]
    for mirror in mirrors:
        apart = np.linalg.norm(places[:, None] - places[None] * mirror, axis=2)
        assert apart.min(axis=1).max() < 0.01


def test_a_row_round_a_square_does_not_move_out_for_a_slightly_narrower_gap() -> None:
    found = ring_of(Box(5.0, 5.0), (), 1.3, 0.15, 0.15)
    assert found
    assert (found.away, len(found.places)) == (pytest.approx(0.8), 16)


@pytest.mark.parametrize("sink", [0.7, 1.0])
def test_beads_beside_stones_that_lie_too_deep_are_refused_with_a_depth_that_holds(
    sink: float,
) -> None:
    head = HEADS["an oval cabochon"]
    with pytest.raises(DesignError) as raised:
        ring(head, sink=sink, bead=1.2)
    (finding,) = raised.value.findings
    assert (finding.code, finding.fix and finding.fix.key) == ("JG235", "halo.sink")
    assert finding.fix is not None
    fit = float(finding.fix.value)
    assert ring(head, sink=fit, bead=1.2).marks
    with pytest.raises(DesignError):
        ring(head, sink=fit + 0.02, bead=1.2)


@pytest.mark.parametrize("small", [1.0, 1.1, 1.3, 1.5, 1.8])
def test_the_rim_is_as_thick_square_to_its_side_as_thin_metal_may_be(small: float) -> None:
    piece = ring(HEADS["an oval cabochon"], stone=f"round diamond {small}")
    dish, seat, row = piece.part("halo.dish"), piece.cuts[-1].form, piece.stones[-1]
    assert isinstance(dish.form, Plate)
    assert isinstance(seat, Bearing)
    lean = np.radians(dish.form.draft)
    deep = dish.at.origin[2] - row.at.then(row.array.frames()[0]).origin[2]
    side = extents(dish.form.outline)[0] / 2 - deep * np.tan(lean)
    stones = max(frame.origin[1] for frame in row.array.frames()) + small / 2 + seat.gap
    assert (side - stones) * np.cos(lean) >= limit("element_min", "cautious").value
