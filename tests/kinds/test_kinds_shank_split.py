"""Split shanks: arms part where asked, begin hidden in the ring, clear the finger and carry a head."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.piece.bodies import solids
from jewelgen.piece.easing import bar_section_at, section_at
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.inside import inside
from jewelgen.piece.piece import Piece, groups
from jewelgen.piece.rail import at
from jewelgen.piece.section import Sec, width
from jewelgen.solid.tools import source_mesh

RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "18k white", "size": "US 6"}
SPLIT = {"kind": "split", "top": {"width": 2.0, "thick": 1.7}, "split_at": "55 deg"}


def ring(shank: dict[str, Any], **more: Any) -> Piece:
    return compose(brief_from({**RING, **more, "shank": {**SPLIT, **shank}}))


def metal_at(piece: Piece, points: Any) -> Any:
    mask = np.zeros(len(points), dtype=bool)
    for solid in solids(piece):
        mask |= solid.contains(np.array(points))
    return mask


def middles(piece: Piece) -> Any:
    form = piece.part("shank.arm").form
    assert isinstance(form, Bar)
    return at(form.rail, np.linspace(0, 1, 337))[0]


def halves(piece: Piece) -> Any:
    """Half the width of the arm along its course."""
    form = piece.part("shank.arm").form
    assert isinstance(form, Bar)
    return [width(bar_section_at(form.stations, t)) / 2 for t in np.linspace(0, 1, 337)]


@pytest.mark.parametrize("split", [36, 45, 55, 60])
@pytest.mark.parametrize("size", [{"bore": 10.0}, "US 6", "US 13"])
def test_the_arms_part_where_asked_and_clear_the_finger(split: float, size: Any) -> None:
    piece = ring({"split_at": f"{split} deg"}, size=size)
    p = middles(piece)
    degrees = np.degrees(np.arctan2(p[:, 0], p[:, 2]))
    air = 2 * np.interp((split + 2, split, split / 2), degrees, p[:, 1] - halves(piece))
    assert air == pytest.approx((0.8, 0.8, 0.85), abs=0.03)
    assert np.hypot(p[:, 0], p[:, 2]).min() > piece.bore / 2 + 0.5
    assert p[168, 1] == pytest.approx(2.9 / 2)


def test_there_is_air_between_the_arms_and_none_behind_the_split() -> None:
    piece = ring({})
    r = piece.bore / 2
    open_at = [
        ((r + 0.8) * np.sin(a), 0.0, (r + 0.8) * np.cos(a)) for a in np.radians((10, 25, 40))
    ]
    closed = [
        ((r + 0.8) * np.sin(a), 0.0, (r + 0.8) * np.cos(a))
        for a in np.radians((60, 70, 85, 120, 180))
    ]
    assert not metal_at(piece, open_at).any()
    assert metal_at(piece, closed).all()


@pytest.mark.parametrize("top", [1.2, 1.7, 3.0])
@pytest.mark.parametrize("split", [36, 60])
def test_the_ring_runs_on_into_the_arms(top: float, split: float) -> None:
    """At the split the arms have the ring's width, height and bore to a few hundredths; behind it they lie inside."""
    piece = ring({"top": {"width": top, "thick": 1.6}, "split_at": f"{split} deg"})
    arm, back = piece.part("shank.arm").form, piece.part("shank").form
    assert isinstance(arm, Bar)
    assert isinstance(back, Hoop)
    mesh = source_mesh(arm, 0.002, 0.05).vertices
    at = np.degrees(np.arctan2(mesh[:, 0], mesh[:, 2]))
    end = section_at(back.stations, split)
    assert isinstance(end, Sec)
    near = mesh[np.abs(at - split) < 0.7]
    r = np.hypot(near[:, 0], near[:, 2]) - back.bore / 2
    assert near[:, 1].max() == pytest.approx(end.w / 2, abs=0.06)
    assert r.min() == pytest.approx(0.0, abs=0.06)
    assert r.max() == pytest.approx(end.h, abs=0.12)
    hidden = mesh[(at > split + 0.1) & (at < split + 5)]
    assert inside(back, hidden).all()


def test_left_and_right_and_front_and_back_are_alike() -> None:
    piece = ring({})
    points = np.random.default_rng(3).uniform((-11, -3, -11), (11, 3, 11), (4000, 3))
    plain = metal_at(piece, points)
    assert 0.02 < plain.mean() < 0.5
    for axis in (0, 1):
        other = points.copy()
        other[:, axis] *= -1
        assert (metal_at(piece, other) == plain).mean() > 0.999


def test_a_head_stands_on_the_arms_as_one_body() -> None:
    piece = ring({}, head={"kind": "prong", "prongs": 4, "stone": "round diamond 6.0"})
    assert len(groups(piece)) == 1
    assert {j.b for j in piece.joints if j.a == "head.prong"} >= {"shank.arm"}


def test_arms_that_do_not_part_are_refused_with_a_spread_that_does() -> None:
    with pytest.raises(DesignError) as caught:
        ring({"spread": 2.0})
    (finding,) = caught.value.findings
    assert finding.code == "JG255"
    assert finding.fix is not None
    ring({"spread": float(finding.fix.value)})


def test_rows_of_stones_are_sent_to_the_shanks_that_carry_them() -> None:
    """Nobody wrote `on`: what is said names the shanks that would do, not a place on this one."""
    tree = {
        "name": "s", "piece": "ring", "made": "cast", "alloy": "18k white", "size": "US 6",
        "shank": {"kind": "split", "top": {"width": 4.0, "thick": 1.8}},
        "stones": {"kind": "pave", "stone": "round diamond 1.3"},
    }  # fmt: skip
    with pytest.raises(DesignError) as caught:
        compose(brief_from(tree))
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == (
        "JG160", "shank has no 'round' for stones to go on",
    )  # fmt: skip
    assert "court" in finding.hint
    assert "split" not in finding.hint


def test_a_table_that_must_be_given_is_shown_as_it_is_written() -> None:
    tree = {"name": "s", "piece": "ring", "made": "cast", "alloy": "18k white", "size": "US 6"}
    with pytest.raises(DesignError) as caught:
        brief_from({**tree, "shank": {"kind": "split"}})
    (finding,) = caught.value.findings
    assert finding.code == "JG131"
    assert finding.allowed.startswith("{ width = ")


@pytest.mark.parametrize("width", [1.4, 2.0, 3.0])
def test_no_arm_reaches_into_the_finger(width: float) -> None:
    """The arms run askew, yet their inner faces lie square on the finger all the way."""
    piece = ring({"top": {"width": width, "thick": 1.7}})
    arm, back = piece.part("shank.arm").form, piece.part("shank").form
    assert isinstance(back, Hoop)
    mesh = source_mesh(arm, 0.005, 0.1)
    assert 2 * np.hypot(mesh.vertices[:, 0], mesh.vertices[:, 2]).min() > back.bore
