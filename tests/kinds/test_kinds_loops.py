"""End loops: where they stand, that the piece hangs level, that they are held, what is refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import shapely

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError, Finding
from jewelgen.flat.hung import CHAIN, ends, pull_x, shape_of
from jewelgen.flat.outline import Box, Oval
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece
from jewelgen.rules.registry import check

PENDANT = {"name": "x", "piece": "pendant", "made": "cast", "alloy": "sterling"}
BODIES: dict[str, dict[str, Any]] = {
    "bar": {"kind": "bar", "tall": 6, "wide": 30, "hole": 0},
    "disc": {"kind": "disc", "size": 20, "thick": 1.2, "hole": 0},
    "name": {"kind": "name", "text": "Ty"},
}


def looped(body: dict[str, Any], **loops: Any) -> Piece:
    block = {"kind": "ends", **loops}
    return compose(brief_from({**PENDANT, "body": body, "loops": block}))


def refused(body: dict[str, Any], **loops: Any) -> Finding:
    with pytest.raises(DesignError) as raised:
        looped(body, **loops)
    (finding,) = raised.value.findings
    return finding


@pytest.mark.parametrize("lift", [-4.0, 0.0, 6.0])
def test_a_chain_pulls_where_its_forces_balance(lift: float) -> None:
    """Torque about the point found, of two equal pulls up and outwards and of the weight they carry."""
    left, right = (-9.0, 2.0), (12.0, 2.0 + lift)
    a = math.radians(CHAIN)
    pulls = {left: (-math.cos(a), math.sin(a)), right: (math.cos(a), math.sin(a))}
    x = pull_x(left, right)
    torque = sum((px - x) * fy - (py - 2.0) * fx for (px, py), (fx, fy) in pulls.items())
    assert torque == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("word", BODIES)
def test_loops_hold_the_body_level_and_keep_their_opening(word: str) -> None:
    piece = looped(BODIES[word])
    plate, loops = piece.part("body").form, piece.part("loops")
    shape = shape_of(plate.outline)
    left, right = (frame.origin for frame in loops.array.frames())
    wide = shape.bounds[2] - shape.bounds[0]
    assert pull_x(left[:2], right[:2]) == pytest.approx(shape.centroid.x, abs=0.015 * wide)
    assert min(left[1], right[1]) > shape.centroid.y
    assert right[0] - left[0] > 0.7 * wide
    for x, y, z in (left, right):
        away = shape.distance(shapely.Point(x, y))
        assert loops.form.bore / 2 < away < loops.form.bore / 2 + 0.9
        assert loops.at.then(loops.array.frames()[0]).y == pytest.approx((0.0, 0.0, 1.0))
        assert z + plate.t == pytest.approx(plate.t / 2)
    assert not [f for f in check(piece) if f.code in {"JG218", "JG220", "JG221"}]


def test_round_bodies_hang_by_two_loops_alike() -> None:
    one, two = ends(Oval(20.0, 20.0), 1.2, 1.8, 0.3) or ()
    assert (-one.at[0], one.at[1]) == pytest.approx(two.at)
    assert math.hypot(*one.at) == pytest.approx(10.0 + 1.2, abs=0.01)


def test_the_disc_of_a_loop_shares_a_lens_with_a_straight_edge() -> None:
    one, _ = ends(Box(8.0, 30.0), 1.2, 1.8, 0.3) or ()
    turn = 2 * math.acos(1.2 / 1.8)
    assert one.area == pytest.approx(1.8**2 / 2 * (turn - math.sin(turn)), rel=2e-3)


def test_one_loop_stands_over_the_middle() -> None:
    (place,) = looped(BODIES["disc"], count=1).part("loops").array.frames()
    x, y, _ = place.origin
    assert (x, y) == pytest.approx((0.0, 10.0 + 0.9 + 0.9 * 0.35), abs=0.01)


def test_both_joints_are_said_for_both_loops() -> None:
    piece = looped(BODIES["bar"])
    seam, let = piece.joints
    assert [(j.fit.word, j.n) for j in (seam, let)] == [("seam", 2), ("let-in", 2)]
    (shared,) = shared_pairs(piece).values()
    assert 0.4 < shared / (2 * let.area * let.fit.depth) < 1.0


def test_no_stroke_sticks_out_beside_the_loop_it_ends_in() -> None:
    """The S of a script begins in its loop: beside it the loop's circle meets that one stroke, once."""
    piece = looped({"kind": "name", "text": "Sophia"})
    shape, (left, _) = shape_of(piece.part("body").form.outline), piece.part("loops").array.frames()
    circle = shapely.Point(left.origin[:2]).buffer(0.9 + 0.9 + 0.05, quad_segs=64).exterior
    met = shapely.get_parts(shapely.line_merge(circle.intersection(shape)))
    assert [item.length < 1.2 for item in met] == [True]


@pytest.mark.parametrize("on", ["loops.left", "loops.right", "loops"])
@pytest.mark.parametrize(
    ("family", "block"),
    [
        ("engraving", {"kind": "text", "text": "A", "tall": 1.0}),
        ("head", {"kind": "tube", "stone": "round garnet 2.0"}),
        ("bail", {"kind": "loop"}),
    ],
)
def test_an_end_loop_is_a_hole_and_carries_nothing_but_links(
    family: str, block: dict[str, Any], on: str
) -> None:
    blocks = {"body": BODIES["bar"], "loops": {"kind": "ends"}, family: {**block, "on": on}}
    with pytest.raises(DesignError) as raised:
        compose(brief_from({**PENDANT, **blocks}))
    (finding,) = raised.value.findings
    assert finding.code == "JG160"
    assert "is a hole" in finding.message
    assert "body.front" in finding.allowed
    assert "loops." not in finding.allowed


def test_jump_rings_run_through_loops() -> None:
    blocks = {"body": BODIES["bar"], "loops": {"kind": "ends"}}
    link = {"kind": "jump-ring", "on": "loops.left", "id": 3.0, "wire": 0.8}
    ring = compose(brief_from({**PENDANT, **blocks, "link": link})).part("link")
    loop = looped(BODIES["bar"]).part("loops").array.frames()[0]
    away = np.linalg.norm(np.array(ring.at.origin[:2]) - loop.origin[:2])
    assert ring.at.origin[0] < loop.origin[0]
    assert 0.9 < away < 3.0


def test_what_holds_no_loop_is_refused_and_the_fix_holds() -> None:
    assert refused(BODIES["disc"], on="body.front").code == "JG274"
    small = {"kind": "disc", "size": 6, "thick": 0.6, "hole": 0, "rim": 0.5}
    finding = refused(small, wire=3.0, id=8.0)
    assert (finding.code, finding.where.key) == ("JG274", "loops.wire")
    assert finding.fix is None or looped(small, id=8.0, wire=float(finding.fix.value)).parts
    thin = {"kind": "name", "text": "Li", "tall": 6, "stroke": 0.3}
    finding = refused(thin, wire=2.4)
    assert finding.fix is not None
    assert looped(thin, wire=float(finding.fix.value)).part("loops").array.n == 2
