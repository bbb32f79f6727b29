"""Lockets: halves, frames that lie on the domes, a hinge that turns, a catch that closes, the order of work."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from jewelgen.bench.plan import plan
from jewelgen.cast.chain import chain
from jewelgen.cast.master import master_piece
from jewelgen.catalog.alloys import alloy
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError, Finding
from jewelgen.piece.bodies import to_local
from jewelgen.piece.cutter import Bore
from jewelgen.piece.form import Dome
from jewelgen.piece.inside import inside
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece, groups
from jewelgen.piece.volume import volume

PENDANT = {"name": "x", "piece": "pendant", "made": "handmade", "alloy": "sterling"}
HINGE = {"od": 2.0, "id": 1.4, "knuckles": 3, "long": 12}
BAIL = {"kind": "loop", "on": "body.back", "id": 4.0, "wire": "16 ga"}


def locket(bail: bool = True, **body: Any) -> Piece:
    blocks = {"bail": BAIL} if bail else {}
    return compose(brief_from({**PENDANT, "body": {"kind": "locket", **body}, **blocks}))


def refused(**body: Any) -> Finding:
    with pytest.raises(DesignError) as raised:
        locket(**body)
    (finding,) = raised.value.findings
    return finding


def test_a_closed_locket_is_three_bodies() -> None:
    made = [set(group.parts) for group in groups(locket())]
    assert made == [
        {"body.front", "body.front-frame", "body.knuckle-front", "body.catch"},
        {"body.back", "body.back-frame", "body.knuckle-back", "bail"},
        {"body.pin"},
    ]


def test_parts_share_only_what_their_joints_mean() -> None:
    piece = locket()
    joined = {frozenset((j.a, j.b)) for j in piece.joints if j.a != j.b}
    shared = shared_pairs(piece)
    assert {frozenset(pair) for pair in shared} <= joined
    for (dome, frame), mm3 in shared.items():
        if frame.endswith("-frame"):
            assert 0 < mm3 < 0.08 * volume(piece.part(frame).form), (dome, frame)


@pytest.mark.parametrize(
    "change", [{}, {"size": 40, "dome": 9}, {"size": 20, "dome": 5, "hinge": {**HINGE, "long": 8}}]
)
def test_frames_stand_clear_of_the_hinge_and_touch_their_domes(change: dict[str, Any]) -> None:
    piece = locket(**change)
    shared = shared_pairs(piece)
    for half in ("front", "back"):
        assert shared[f"body.{half}", f"body.{half}-frame"] > 0
        assert shared[f"body.{half}", f"body.knuckle-{half}"] > 0
    assert ("body.front", "body.knuckle-back") not in shared
    assert ("body.back", "body.knuckle-front") not in shared


def test_knuckles_turn_past_the_other_half() -> None:
    """No metal of a half within the tube's circle wherever the other half's knuckles are."""
    piece = locket()
    pin = piece.part("body.pin").at.origin
    a = np.linspace(0, 2 * math.pi, 180)
    front, back = piece.part("body.knuckle-front"), piece.part("body.knuckle-back")
    for half, knuckles in (("front", back), ("back", front)):
        cuts = [cut for cut in piece.cuts if cut.on == (f"body.{half}",)]
        dome = piece.part(f"body.{half}")
        for place in knuckles.array.frames():
            y = knuckles.at.then(place).origin[1] + knuckles.form.length / 2
            ring = np.column_stack((pin[0] + 1.06 * np.cos(a), np.full(180, y), 1.06 * np.sin(a)))
            metal = inside(dome.form, to_local(dome.at, ring))
            for cut in cuts:
                for spot in cut.array.frames():
                    metal &= ~inside(cut.form, to_local(cut.at.then(spot), ring))
            assert not metal.any()


def test_the_catch_is_held_by_the_front_and_slips_into_the_back() -> None:
    shared = shared_pairs(locket())
    assert ("body.front-frame", "body.catch") in shared
    assert not [pair for pair in shared if "body.catch" in pair and "back" in pair[0] + pair[1]]


def test_frames_and_pin_are_of_stock_as_it_is_sold() -> None:
    """Both frames of one strip, the pin of the thickest wire that slips in; no part of design 19 is drawn or sanded."""
    made = plan(locket())
    assert not [f for f in made.findings if f.code in {"JG501", "JG508"}]
    assert {line.part: line.blank.stock.taken for line in made.cut_list}["body.pin"] == "1.29"


@pytest.mark.parametrize(
    ("inside", "pin"), [(1.4, 1.29), (1.05, 1.01), (1.0, 0.96), (1.9, 1.63), (2.2, 2.05)]
)
def test_a_pin_that_would_rattle_is_drawn_to_fit(inside: float, pin: float) -> None:
    hinge = {"od": inside + 0.6, "id": inside}
    body = locket(hinge=hinge, size=40, dome=9).part("body.pin").form
    assert body.stations[0][1].d == pytest.approx(pin, abs=0.005)


def test_pin_and_catch_stay_as_thick_as_they_are_sold() -> None:
    """A pin that is filed rattles in its knuckles, a spring that is filed has no spring left."""
    of = plan(locket())
    letters = {line.role: line.id for line in of.cut_list}
    middle = {row.id: (row.low + row.high) / 2 for row in of.bands if "thickness" in row.what}
    assert middle[letters["pin"]] == pytest.approx(1.29, abs=0.01)
    assert middle[letters["catch"]] == pytest.approx(0.30, abs=0.01)


def test_solder_first_then_the_pin() -> None:
    lines = plan(locket()).joints
    words = [line.method for line in lines]
    assert words == ["join"] * 9 + ["hinge"] * 2


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"dome": 14.0, "size": 27}, "dome"),
        ({"catch": "3 x 15 spring strip"}, "catch"),
        ({"hinge": {**HINGE, "knuckles": 4}}, "hinge.knuckles"),
        ({"hinge": {**HINGE, "id": 2.0}}, "hinge.id"),
        ({"hinge": {**HINGE, "pin": 1.4}}, "hinge.pin"),
        ({"hinge": {**HINGE, "pin": 1.0}}, "hinge.pin"),
        ({"hinge": {**HINGE, "long": 20}}, "hinge.long"),
        ({"dome": 13.5, "hinge": {**HINGE, "long": 16}}, "hinge.long"),
        ({"frame": {"wide": 5.0, "tall": 3.5}}, "frame.tall"),
    ],
)
def test_what_has_no_room_is_said_and_the_fix_fits(change: dict[str, Any], key: str) -> None:
    finding = refused(**change)
    assert (finding.code, finding.where.key) == ("JG275", f"body.{key}")
    if finding.fix is not None and "." not in key:
        value = finding.fix.value
        fixed = value.strip('"') if value.startswith('"') else float(value)
        assert locket(**{**change, key: fixed}).parts


def test_a_catch_is_a_strip_of_two_sizes() -> None:
    finding = refused(catch="a hook")
    assert "spring strip" in finding.message


def test_the_master_of_a_half_is_one_piece_beside_its_hinge() -> None:
    """Bigger by what finishing takes, its rim still ends inside the seats of the other half's knuckles."""
    piece = locket(made="cast", bail=False)
    steps = chain("mold", alloy(piece.alloy))
    master = master_piece(piece, steps.allowance)
    knuckle = master.part("body.knuckle-front")
    assert knuckle.form == piece.part("body.knuckle-front").form
    half = master.part("body.back").form
    seat = next(cut for cut in master.cuts if cut.name == "body.knuckle-front-seat-back")
    assert isinstance(half, Dome)
    assert isinstance(seat.form, Bore)
    assert -seat.at.origin[0] + seat.form.d / 2 > half.d / 2 + 0.02
