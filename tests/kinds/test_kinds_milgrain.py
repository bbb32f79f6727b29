"""Milgrain: even rows that stand on metal, what they add, what the bench is told, what is refused."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest

from jewelgen.bench.plan import plan
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.flat.along import inset_ring, spaced
from jewelgen.flat.outline import Box, Oval
from jewelgen.piece.beads import cap
from jewelgen.piece.inside import inside
from jewelgen.piece.mark import Beads, Mark
from jewelgen.piece.metal import metal, removed_by_part
from jewelgen.piece.piece import Piece
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize

PENDANT = {"name": "x", "piece": "pendant", "made": "cast", "alloy": "sterling"}
RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "sterling", "size": "US 7"}
BODIES = {
    "disc": {"kind": "disc", "size": 18, "hole": 0},
    "bar": {"kind": "bar", "tall": 16, "wide": 8, "hole": 0},
    "outline": {"kind": "outline", "file": "leaf", "tall": 20},
    "heart": {"kind": "outline", "file": "heart", "tall": 16},
}


def pendant(body: str, made: str = "cast", **keys: Any) -> Piece:
    row = {"bead": 0.6, "inset": 0.6, **keys}
    return compose(brief_from({**PENDANT, "made": made, "body": BODIES[body], "milgrain": row}))


def ring(shank: dict[str, Any], **keys: Any) -> Piece:
    return compose(brief_from({**RING, "shank": shank, "milgrain": {"on": "shank.round", **keys}}))


def beads(mark: Mark) -> Beads:
    assert isinstance(mark.form, Beads)
    return mark.form


def spots(mark: Mark) -> np.ndarray:
    return np.array([mark.at.then(f).origin for f in mark.array.frames()])


@pytest.mark.parametrize("body", BODIES)
def test_beads_stand_apart_on_the_face_in_a_close_row(body: str) -> None:
    piece = pendant(body)
    (mark,) = piece.marks
    d, places = beads(mark).d, spots(mark)
    gaps = np.linalg.norm(places - np.roll(places, -1, axis=0), axis=1)
    assert gaps.min() >= 1.03 * d  # grooves between them
    assert np.median(gaps) < 1.15 * d  # and no more than grooves
    assert min(math.dist(p, q) for p, q in itertools.combinations(places.tolist(), 2)) >= 1.03 * d
    form, t = piece.part("body").form, piece.part("body").form.t
    a = np.linspace(0, 2 * math.pi, 24)
    foot = 0.49 * d * np.column_stack((np.cos(a), np.sin(a), np.zeros(24)))
    under = (places[:, None, :] + foot[None] - (0, 0, 0.01)).reshape(-1, 3)
    assert inside(form, under).all()
    assert places[:, 2] == pytest.approx(t)


@pytest.mark.parametrize("body", ["disc", "outline"])
def test_what_beads_add_is_their_caps_and_the_bench_only_moves_it(body: str) -> None:
    piece = pendant(body)
    (mark,) = piece.marks
    assert metal(piece)[0].raised == pytest.approx(mark.array.n * cap(beads(mark)), rel=1e-9)
    assert removed_by_part(piece) == {}


def test_a_cap_is_what_turning_its_profile_gives() -> None:
    form = Beads(0.8, 0.3)
    z = np.linspace(0.0, 0.5, 200001)
    assert cap(form) == pytest.approx(np.trapezoid(np.pi * (0.16 - (z - 0.1) ** 2), z), rel=1e-9)


def test_the_kernel_finds_the_predicted_metal() -> None:
    piece = pendant("outline", bead=1.0, inset=0.8)
    (body,) = realize(piece, quality=Quality.PREVIEW).bodies
    assert body.solids == 1
    assert body.volume_mm3 == pytest.approx(metal(piece)[0].finished, rel=1e-4)


@pytest.mark.parametrize("shank", [{"kind": "flat", "width": 5}, {"kind": "court", "width": 5}])
def test_rows_follow_both_edges_of_a_band(shank: dict[str, Any]) -> None:
    piece = ring(shank, bead=0.5, inset=0.5)
    left, right = piece.marks
    form = piece.part("shank").form
    for mark, side in ((left, -1.0), (right, 1.0)):
        at = mark.at.then(mark.array.frames()[0])
        assert at.origin[1] == pytest.approx(side * 2.0)
        for lift, metal_there in ((-0.02, True), (0.02, False)):
            assert inside(form, np.array([at.point((0.0, 0.0, lift))]))[0] == metal_there
        normal = np.array(at.z)
        # The surface leans outwards evenly about the foot: as deep on one side as on the other.
        step = np.array(at.y) * 0.1
        depth = [
            next(h for h in np.arange(0.05, -0.2, -0.001)
                 if inside(form, np.array([np.array(at.origin) + s * step + h * normal]))[0])
            for s in (-1, 1)
        ]  # fmt: skip
        assert depth[0] == pytest.approx(depth[1], abs=0.004)


def test_beads_stay_off_the_master_when_the_wheel_comes_later() -> None:
    early, late = pendant("disc"), pendant("disc", when="after casting")
    assert metal(early)[0].raised > 0
    assert metal(late)[0].raised == 0
    assert not [s for s in plan(early).steps if s.key.startswith("milgrain")]
    assert [s for s in plan(late).steps if s.key.startswith("milgrain")]


def test_the_bench_is_told_the_length_of_the_row() -> None:
    piece = pendant("disc", made="handmade")
    (step,) = [s for s in plan(piece).steps if s.key.startswith("milgrain")]
    n = piece.marks[0].array.n
    assert n == math.floor(math.pi * (18 - 1.2) / (1.08 * 0.6))
    assert f"{2 * math.pi * 8.4:.0f} mm" in step.text
    assert f"{n} beads of 0.60" in step.target
    order = [s.key for s in plan(piece).steps]
    assert order.index("polish") < order.index(step.key)


@pytest.mark.parametrize(
    ("body", "keys", "fix"),
    [
        ("disc", {"bead": 1.2, "inset": 0.3}, "0.66"),
        ("disc", {"inset": 8.9}, None),
        ("outline", {"inset": 9.0}, None),
        ("bar", {"on": "body.top"}, None),
    ],
)
def test_rows_without_room_are_refused(body: str, keys: dict[str, Any], fix: str | None) -> None:
    with pytest.raises(DesignError) as raised:
        pendant(body, **keys)
    (finding,) = raised.value.findings
    assert finding.code == "JG256"
    assert (finding.fix.value if finding.fix else None) == fix


def test_too_many_beads_name_a_size_that_goes_round() -> None:
    with pytest.raises(DesignError) as raised:
        compose(brief_from({**PENDANT, "body": {"kind": "disc", "size": 80, "hole": 0},
                            "milgrain": {"bead": 0.2}}))  # fmt: skip
    fix = raised.value.findings[0].fix
    row = {"bead": float(fix.value)}
    body = {"kind": "disc", "size": 80, "hole": 0}
    assert compose(brief_from({**PENDANT, "body": body, "milgrain": row})).marks[0].array.n <= 600


def test_corners_keep_a_bead_and_runs_between_are_even() -> None:
    ring_ = inset_ring(Box(20, 10, 0.0), 1.0)
    assert sorted(ring_) == [(-4.0, -9.0), (-4.0, 9.0), (4.0, -9.0), (4.0, 9.0)]
    places = spaced(ring_, 0.9)
    assert set(ring_) <= set(places)
    steps = {round(math.dist(p, q), 6) for p, q in itertools.pairwise([*places, places[0]])}
    assert steps == {1.0, round(18 / 20, 6)}
    assert inset_ring(Oval(4, 4), 2.5) == []
