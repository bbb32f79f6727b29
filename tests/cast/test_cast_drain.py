"""Drains of closed hollows: where they are bored, how wide, when there is none, and what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jewelgen.cast.chain import Allowance
from jewelgen.cast.drain import drains
from jewelgen.cast.master import master_piece
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.flat.outline import Oval
from jewelgen.piece.form import Plate, Tube
from jewelgen.piece.frame import Frame
from jewelgen.piece.hollow import hollows
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.metal import metal
from jewelgen.piece.piece import Part, Piece
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import of_brief
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize

TOP = {"piece": "pendant", "made": "cast", "alloy": "sterling"}
BODY = {"kind": "dome", "size": 18, "dome": 4, "thick": 0.8, "back": 0.8}


def domed(**more: Any) -> Piece:
    return compose(brief_from({**TOP, "body": {**BODY, **more}}))


def capped(id_: float, **more: Any) -> Piece:
    """A tube with a lid at both ends, across a finger above it."""
    od = id_ + 2
    lid = Plate(Oval(od, od), 1.0)
    parts = (
        Part("tube", Tube(od, id_, 10.0), Frame((0.0, 0.0, 15.0)), alloy="silver_925"),
        Part("low", lid, Frame((0.0, 0.0, 14.0)), alloy="silver_925"),
        Part("high", lid, Frame((0.0, 0.0, 25.0)), alloy="silver_925"),
    )
    joints = tuple(Joint("tube", lid, "join", Fit("butt")) for lid in ("low", "high"))
    return Piece("t", "ring", "cast", "silver_925", parts, joints=joints, bore=17.0, **more)


def test_the_back_of_a_pendant_is_bored_through_and_the_plug_is_told() -> None:
    piece = domed()
    assert hollows(piece)
    ((made,), said) = drains(piece, None)
    assert not said
    assert (made.cut.on, made.d) == (("body.back",), 3.5)
    task = made.task(piece)
    assert (task.verb, task.place, task.text) == (
        "plug and solder", "back, middle", "disc 3.5 mm, 0.8 thick",
    )  # fmt: skip


def test_the_master_has_the_hole_and_the_kernel_agrees() -> None:
    piece = domed()
    (made,), _ = drains(piece, None)
    master = master_piece(replace(piece, cuts=(made.cut,)), Allowance(0.1, 0.1, 0.3))
    assert all(item.vented for item in hollows(master))
    (body,) = realize(master, quality=Quality.PREVIEW).bodies
    assert body.volume_mm3 == pytest.approx(metal(master)[0].finished, rel=1e-3)
    (hole,) = (x.mm3 for x in metal(master)[0].lines if x.what == "cut")
    assert hole == pytest.approx(3.14159 / 4 * 3.5**2 * 1.0, rel=0.02)  # 0.8 and 0.1 on either face


@pytest.mark.parametrize(("id_", "d"), [(12.0, 3.5), (6.0, 2.0)])
def test_on_a_ring_the_hole_looks_at_the_finger_and_fits(id_: float, d: float) -> None:
    (made,), _ = drains(capped(id_), None)
    assert (made.cut.on, made.d) == (("low",), d)
    assert made.cut.at.z == pytest.approx((0.0, 0.0, -1.0))
    assert made.wall == pytest.approx(1.0, abs=0.03)


@pytest.mark.parametrize(("id_", "chosen"), [(3.0, None), (6.0, 4.0), (12.0, 0.0)])
def test_a_hollow_without_room_or_with_none_wanted_is_a_finding(
    id_: float, chosen: float | None
) -> None:
    made, said = drains(capped(id_), chosen)
    assert not made
    assert [f.code for f in said] == ["JG431"]


def test_what_is_in_the_way_turns_the_drain_to_the_other_side() -> None:
    piece = capped(12.0)
    beam = Part("beam", Plate(Oval(30, 30), 1.0), Frame((0.0, 0.0, 10.0)))
    (made,), _ = drains(replace(piece, parts=(*piece.parts, beam)), None)
    assert made.cut.on == ("high",)


def test_nothing_is_bored_by_hand_or_where_a_hole_is_already() -> None:
    lid = Plate(Oval(18, 18), 0.8, ((0.0, 0.0, Oval(3, 3)),))
    piece = domed()
    pierced = replace(piece, parts=(piece.parts[0], replace(piece.parts[1], form=lid)))
    by_hand = replace(piece, parts=tuple(replace(p, made="handmade") for p in piece.parts))
    assert [drains(p, None) for p in (pierced, by_hand)] == [((), ()), ((), ())]


def test_a_design_without_drains_does_not_build_and_says_why() -> None:
    hung = {**TOP, "body": BODY, "bail": {"kind": "loop"}}
    said = of_brief(brief_from({**hung, "casting": {"drain": 0}}), Options()).findings
    assert [f.code for f in said] == ["JG431"]
    assert of_brief(brief_from(hung), Options()).findings == ()
