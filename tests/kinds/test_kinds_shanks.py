"""Shanks: sections, anchors, tapers and arms, composed without a kernel."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.kinds.kind import registry
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece
from jewelgen.piece.rail import at
from jewelgen.piece.section import area_and_centroid, thickness
from jewelgen.piece.site import Site
from jewelgen.piece.volume import volume

RING = {"name": "x", "piece": "ring", "made": "cast", "alloy": "18k yellow", "size": "US 7"}
CATHEDRAL = {
    "kind": "cathedral",
    "top": {"width": 2.4, "thick": 1.8},
    "back": {"width": 2.0, "thick": 1.6},
}
SOLITAIRE = {"kind": "prong", "stone": "round diamond 1.00 ct"}


def ring(shank: dict[str, Any], **blocks: Any) -> Piece:
    return compose(brief_from({**RING, "shank": shank, **blocks}))


def test_court_band_has_the_volume_of_its_turned_section() -> None:
    piece = ring({"kind": "court", "width": 5, "thick": 1.8, "rise": 0, "dip": 0, "edge": 0})
    r = piece.bore / 2
    exact = math.pi * ((r + 1.8) ** 2 - r**2) * 5
    assert volume(piece.part("shank").form) == pytest.approx(exact, rel=1e-9)


def test_a_default_court_is_lighter_than_its_box_and_heavier_than_its_d() -> None:
    court, box = (ring({"kind": k, "width": 5, "thick": 1.8}) for k in ("court", "flat"))
    half_round = ring({"kind": "d", "width": 5, "thick": 1.8})
    weights = [volume(p.part("shank").form) for p in (half_round, court, box)]
    assert weights == sorted(weights)
    assert weights[0] < 0.9 * weights[2]


@pytest.mark.parametrize("kind", ["court", "flat", "d"])
@pytest.mark.parametrize("width", [1.6, 3.0, 8.0, 13.0])
def test_defaults_make_a_section_at_every_width(kind: str, width: float) -> None:
    piece = ring({"kind": kind, "width": width})
    form = piece.part("shank").form
    assert isinstance(form, Hoop)
    assert form.bore == piece.bore
    ((_, sec),) = form.stations
    assert sec.w == width  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["court", "flat", "d"])
def test_volume_scales_with_the_cube(kind: str) -> None:
    word = registry()["shank", kind]
    values = {
        "court": {"width": 4.0, "thick": 1.8, "rise": 0.4, "dip": 0.2, "edge": 0.15},
        "flat": {"width": 4.0, "thick": 1.8, "edge": 0.15},
        "d": {"width": 4.0, "thick": 1.8},
    }[kind]

    def of(k: float) -> float:
        site = Site("shank", 17.0 * k, "cast", "gold_18k_yellow", "gold_18k_yellow")
        made = word.make(word.params(**{key: v * k for key, v in values.items()}), site)
        return volume(made.parts[0].form)

    assert of(1.5) == pytest.approx(1.5**3 * of(1.0), rel=1e-9)


@pytest.mark.parametrize("thick", [0.9, 1.2, 1.7, 3.0])
def test_a_d_thicker_than_half_round_stands_on_straight_sides(thick: float) -> None:
    piece = ring({"kind": "d", "width": 2.4, "thick": thick})
    straight = max(0.0, thick - 1.2)
    form = piece.part("shank").form
    assert isinstance(form, Hoop)
    area = area_and_centroid(form.stations[0][1])[0]
    if straight or thick == 1.2:
        assert area == pytest.approx(2.4 * straight + math.pi * 1.2**2 / 2, rel=1e-9)
    else:
        assert area < math.pi * 1.2**2 / 2


def test_a_section_that_cannot_be_is_said() -> None:
    with pytest.raises(DesignError) as caught:
        ring({"kind": "court", "width": 4, "thick": 1.2, "rise": 1.0, "dip": 0.6})
    assert [item.code for item in caught.value.findings] == ["JG230"]


def test_every_shank_closes_with_one_seam_over_its_whole_section() -> None:
    piece = ring({"kind": "flat", "width": 4, "thick": 1.5, "edge": 0})
    (seam,) = piece.joints
    assert (seam.a, seam.b, seam.fit.word) == ("shank", "shank", "seam")
    assert seam.area == pytest.approx(6.0)


def test_top_anchor_stands_on_the_outside_of_the_metal() -> None:
    word = registry()["shank", "court"]
    params = word.params(width=4.0, thick=1.8)
    site = Site("shank", 17.0, "cast", "silver_925", "silver_925")
    anchors = {item.name: item for item in word.make(params, site).anchors}
    assert set(anchors) == set(word.anchors)
    assert anchors["top"].frame.origin == (0.0, 0.0, 8.5 + 1.8)
    assert anchors["top"].frame.z == (0.0, 0.0, 1.0)
    assert anchors["back"].frame.origin[2] == pytest.approx(-10.3)
    assert anchors["inside"].inner
    assert anchors["inside"].radius == 8.5


def test_cathedral_without_a_head_says_so() -> None:
    with pytest.raises(DesignError) as caught:
        ring(CATHEDRAL)
    assert [item.code for item in caught.value.findings] == ["JG231"]


def test_cathedral_arms_without_room_to_sweep_up_are_refused_with_a_start_that_has_it() -> None:
    wide = {"kind": "bezel", "stone": "oval cab turquoise 10x8x4"}
    with pytest.raises(DesignError) as caught:
        ring({**CATHEDRAL, "rise_at": "28 deg"}, head=wide)
    (finding,) = caught.value.findings
    assert (finding.code, finding.fix and finding.fix.key) == ("JG231", "shank.rise_at")
    assert finding.fix is not None
    arm = (
        ring({**CATHEDRAL, "rise_at": finding.fix.value.strip('"')}, head=wide)
        .part("shank.arm")
        .form
    )
    assert isinstance(arm, Bar)
    # no place of the rail bends tighter than the section is thick inside the bend: by circles through neighbours
    rail = at(arm.rail, np.linspace(0.0, 1.0, 201))[0][:, [0, 2]]
    a, b, c = rail[:-2], rail[1:-1], rail[2:]
    (u, v), w = (b - a, c - b), c - a
    lengths = [np.linalg.norm(side, axis=1) for side in (u, v, w)]
    radii = np.prod(lengths, axis=0) / (2 * np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]))
    least = min(thickness(arm.stations[0][1]), thickness(arm.stations[-1][1])) / 2
    assert radii.min() > least


@pytest.mark.parametrize("size", ["US 4", "US 9", "US 13"])
@pytest.mark.parametrize("prongs", [4, 5, 6])
def test_arms_leave_the_shank_and_reach_the_gallery(size: str, prongs: int) -> None:
    piece = ring(CATHEDRAL, size=size, head={**SOLITAIRE, "prongs": prongs})
    arm = piece.part("shank.arm")
    assert isinstance(arm.form, Bar)
    assert arm.array.n == 2
    ends, speed = at(arm.form.rail, np.array([0.0, 1.0]))
    r = math.hypot(ends[0][0], ends[0][2])
    assert piece.bore / 2 + 0.5 < r < piece.bore / 2 + 1.3
    assert abs(float(ends[0] @ speed[0])) < 1e-9 * r * float(np.linalg.norm(speed[0]))  # tangential
    shared = shared_pairs(piece)
    assert shared["shank", "shank.arm"] > 0.5
    assert shared["shank.arm", "head.gallery"] > 0.01
    joined = {frozenset((j.a, j.b)) for j in piece.joints}
    assert {
        frozenset(pair) for pair, mm3 in shared.items() if mm3 > 0.005 and pair[0] != pair[1]
    } <= joined


def test_the_arm_never_enters_the_finger() -> None:
    piece = ring(CATHEDRAL, head=SOLITAIRE)
    form = piece.part("shank.arm").form
    assert isinstance(form, Bar)
    points, _ = at(form.rail, np.linspace(0, 1, 50))
    first = form.stations[0][1].h  # type: ignore[union-attr]
    assert np.hypot(points[:, 0], points[:, 2]).min() - first / 2 > piece.bore / 2
