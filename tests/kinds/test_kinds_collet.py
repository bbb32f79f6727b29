"""Collets: faceted stones in a wall on a bearing, both ways of making, on rings and as pendants."""

from __future__ import annotations

import math
from typing import Any

import pytest

from jewelgen.bench.plan import plan
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.kinds.pavilion import seat_depth
from jewelgen.piece.form import Wall
from jewelgen.piece.girdles import girdle_outline
from jewelgen.piece.piece import Piece
from jewelgen.piece.stone import Stone
from jewelgen.rules.registry import check
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize

STONES = (
    "round garnet 6", "round diamond 3", "oval sapphire 8x6", "princess diamond 5.5", "emerald emerald 7x5",
    "cushion diamond 6", "pear diamond 8x5", "marquise diamond 10x5", "baguette diamond 5x3",
)  # fmt: skip
STRIPS = {"head.wall", "head.bearing"}
RING = {"name": "x", "piece": "ring", "alloy": "sterling", "size": "US 7"}
BAND = {"kind": "d", "width": 3, "thick": 1.5}


def ring(stone: str, made: str = "handmade", **more: Any) -> Piece:
    head = {"kind": "collet", "stone": stone, **more}
    return compose(brief_from({**RING, "made": made, "shank": BAND, "head": head}))


def walls(piece: Piece) -> tuple[Wall, Wall]:
    outer, inner = piece.part("head.wall").form, piece.part("head.bearing").form
    assert isinstance(outer, Wall)
    assert isinstance(inner, Wall)
    return outer, inner


@pytest.mark.parametrize("made", ["handmade", "cast"])
@pytest.mark.parametrize("stone", STONES)
def test_a_collet_holds_every_cut_and_breaks_no_rule(stone: str, made: str) -> None:
    piece = ring(stone, made)
    assert not check(piece, "cautious")
    outer, inner = walls(piece)
    assert math.isclose(inner.gap + inner.t, outer.gap)  # its outside is the inside of the wall
    gem = piece.stones[0]
    lies = gem.at.origin[2] - piece.part("head.bearing").at.origin[2]
    assert inner.height == pytest.approx(lies)  # the girdle lies on the bearing
    assert lies - gem.pavilion == pytest.approx(0.3)  # and the culet is clear of the floor


@pytest.mark.parametrize("stone", ["round garnet 6", "princess diamond 5.5"])
def test_the_kernel_builds_what_a_collet_weighs(stone: str) -> None:
    (body,) = realize(ring(stone), quality=Quality.PREVIEW).bodies
    assert body.solids == 1
    assert body.volume_mm3 == pytest.approx(body.proof.predicted, rel=0.001)


def test_the_plan_makes_wall_and_bearing_of_strip_and_says_where_the_girdle_lies() -> None:
    piece = ring("oval sapphire 8x6")
    made = plan(piece)
    strips = {line.part: line.blank.sort for line in made.cut_list if line.part in STRIPS}
    assert strips == dict.fromkeys(STRIPS, "strip")
    figures = {f.name: f.value for f in made.settings[0].figures}
    rim = figures["bearing below the rim"]
    assert rim == pytest.approx(piece.stones[0].girdle + figures["rim over the girdle"])
    assert figures["culet clear of the metal below"] == pytest.approx(0.3, abs=0.02)
    assert figures["rim shortening"] < 10.0


def test_a_step_cut_needs_a_deeper_seat_than_a_cone_to_its_culet() -> None:
    round_, step = (ring(s).stones[0] for s in ("round garnet 6", "emerald emerald 7x5"))
    assert over_cone(round_) == pytest.approx(1.0, abs=0.03)
    assert over_cone(step) > 1.1


def over_cone(stone: Stone) -> float:
    """How much deeper the seat's cone is than the pavilion."""
    outline = girdle_outline(stone.cut, stone.length, stone.width)
    return seat_depth(stone, outline, 0.0) / stone.pavilion


def test_a_bearing_that_shuts_the_light_out_is_refused_with_one_that_does_not() -> None:
    with pytest.raises(DesignError) as caught:
        ring("round diamond 2", bearing=1.0)
    (found,) = caught.value.findings
    assert found.code == "JG234"
    assert found.fix is not None
    assert not check(ring("round diamond 2", bearing=float(found.fix.value)), "cautious")


def test_a_bezel_says_which_kinds_hold_a_faceted_stone() -> None:
    for family, rest, word in (("head", {"shank": BAND}, "prong"), ("body", {}, "body.front")):
        tree = {
            **RING,
            **rest,
            "made": "cast",
            family: {"kind": "bezel", "stone": "round garnet 6"},
        }
        if family == "body":
            tree = {key: v for key, v in tree.items() if key != "size"} | {"piece": "pendant"}
        with pytest.raises(DesignError) as caught:
            brief_from(tree)
        (found,) = caught.value.findings
        assert found.code == "JG132"
        assert '"collet"' in found.hint
        assert word in found.hint


@pytest.mark.parametrize("kind", ["prong", "tube", "collet"])
def test_heads_stand_on_the_front_of_a_pendant(kind: str) -> None:
    head = {"kind": kind, "on": "body.front", "stone": "round diamond 5"}
    tree = {"name": "x", "piece": "pendant", "made": "cast", "alloy": "sterling", "head": head}
    piece = compose(brief_from({**tree, "body": {"kind": "disc", "size": 14}}))
    assert not [f for f in check(piece, "cautious") if f.code not in {"JG218", "JG222"}]
    assert any({j.a.partition(".")[0], j.b} == {"head", "body"} for j in piece.joints)
    assert math.isclose(piece.stones[0].at.z[2], 1.0)
