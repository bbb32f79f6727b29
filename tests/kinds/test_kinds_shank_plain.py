"""Comfort, knife-edge and tapered shanks, ropes and stacks: closed forms, joints, limits, blanks."""

from __future__ import annotations

import math
import tomllib
from typing import Any

import numpy as np
import pytest

from jewelgen.bench.plan import plan
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError, Severity
from jewelgen.piece.form import Hoop, Twist
from jewelgen.piece.metal import metal, shared_pairs
from jewelgen.piece.piece import Piece, groups
from jewelgen.piece.section import Sec, area_and_centroid
from jewelgen.piece.strand import strand_length, strand_line, strand_radius, turns
from jewelgen.piece.volume import volume
from jewelgen.rules.registry import check

RING = {"name": "x", "piece": "ring", "made": "handmade", "alloy": "sterling", "size": "US 7"}


def ring(shank: dict[str, Any], **heading: Any) -> Piece:
    return compose(brief_from({**RING, **heading, "shank": shank}))


def hoop(piece: Piece, name: str = "shank") -> Hoop:
    form = piece.part(name).form
    assert isinstance(form, Hoop)
    return form


def code_of(shank: dict[str, Any], **heading: Any) -> list[str]:
    with pytest.raises(DesignError) as caught:
        ring(shank, **heading)
    return [item.code for item in caught.value.findings]


def test_a_sharp_knife_edge_is_a_turned_box_and_a_turned_triangle() -> None:
    """Pappus for each: the edge of 0.05 takes off less than a thousandth."""
    piece = ring({"kind": "knife-edge", "width": 4, "thick": 2, "rise": 1, "dip": 0, "edge": 0.05})
    r = piece.bore / 2
    box = 2 * math.pi * (r + 0.5) * 4.0
    triangle = 2 * math.pi * (r + 1 + 1 / 3) * 2.0
    exact = box + triangle
    assert 0.999 * exact < volume(hoop(piece)) < exact


def test_a_comfort_dome_takes_a_circular_segment_off_each_half_of_the_inside() -> None:
    flat, domed = (
        ring({"kind": "comfort", "width": 6, "thick": 2, "rise": 0, "edge": 0, "dip": dip})
        for dip in (0, 0.4)
    )
    areas = [area_and_centroid(hoop(p).stations[0][1])[0] for p in (flat, domed)]
    radius = (3.0**2 + 0.4**2) / 0.8
    half = math.asin(3.0 / radius)
    segment = radius**2 * (half - math.sin(half) * math.cos(half))
    assert areas[0] == pytest.approx(12.0)
    assert areas[1] == pytest.approx(12.0 - (6 * 0.4 - segment))


@pytest.mark.parametrize("kind", ["comfort", "knife-edge"])
@pytest.mark.parametrize("width", [2.0, 4.0, 8.0, 12.0])
@pytest.mark.parametrize("size", [{"bore": 8.0}, "US 13"])
def test_defaults_make_a_band_of_every_width_doll_to_giant(
    kind: str, width: float, size: Any
) -> None:
    piece = ring({"kind": kind, "width": width}, size=size)
    ((_, sec),) = hoop(piece).stations
    assert isinstance(sec, Sec)
    assert sec.w == width
    assert sec.h - sec.rise - sec.dip > 0.3


@pytest.mark.parametrize("edge", ["soft", "flat", "d"])
@pytest.mark.parametrize("width", [1.4, 5.0, 12.0])
def test_a_taper_defaults_to_a_slimmer_back_and_never_widens(edge: str, width: float) -> None:
    stations = hoop(ring({"kind": "tapered", "top": {"width": width}, "edge": edge})).stations
    (a, top), (b, back) = stations
    assert (a, b) == (0.0, 180.0)
    assert isinstance(top, Sec)
    assert isinstance(back, Sec)
    assert back.w <= top.w
    assert back.h <= top.h


def test_a_flat_taper_has_the_volume_of_its_integral() -> None:
    """Width and thickness ease as m + k cos a: the integral of w h (r + h/2) over a circle, by hand."""
    top, back = {"width": 5, "thick": 2.4}, {"width": 3, "thick": 1.5}
    piece = ring({"kind": "tapered", "top": top, "back": back, "edge": "flat"})
    r, w0, w1, h0, h1 = piece.bore / 2, 4.0, 1.0, 1.95, 0.45
    # means of cos^2 = 1/2 and of cos, cos^3 = 0
    wh = w0 * h0 + w1 * h1 / 2
    wh2 = w0 * (h0**2 + h1**2 / 2) + w1 * h0 * h1
    exact = 2 * math.pi * (r * wh + wh2 / 2)
    assert volume(hoop(piece)) == pytest.approx(exact, rel=1e-9)


def test_the_forged_blank_keeps_its_metal() -> None:
    """A bar 4.0 thick and 3.0 wide forged to 1.5 at the back: 4.0 square is what is sold; length = V / A of the stock."""
    piece = ring(
        {
            "kind": "tapered",
            "edge": "flat",
            "top": {"width": 3, "thick": 4},
            "back": {"width": 3, "thick": 1.5},
        }
    )
    (line,) = plan(piece).cut_list
    r, mean, ease = piece.bore / 2, 2.75, 1.25
    metal_of_it = 2 * math.pi * 3 * (r * mean + (mean**2 + ease**2 / 2) / 2)
    assert (line.blank.stock.form, line.blank.stock.item) == ("square wire", (4.0, 4.0))
    assert line.blank.net[0] == pytest.approx(metal_of_it / 16.0, rel=1e-6)
    assert "forge" in " ".join(line.blank.forming)


@pytest.mark.parametrize("wires", [2, 3, 4])
@pytest.mark.parametrize("size", [{"bore": 8.0}, "US 7", "US 15"])
def test_a_rope_clears_the_finger_and_turns_a_whole_number(wires: int, size: Any) -> None:
    piece = ring({"kind": "twist", "wires": wires, "wire": "20 ga"}, size=size)
    form = piece.part("shank").form
    assert isinstance(form, Twist)
    assert turns(form) == round(turns(form)) >= 4
    line = np.vstack([strand_line(form, k, np.linspace(0, 1, 4000)) for k in range(wires)])
    inner = np.hypot(line[:, 0], line[:, 1]).min() - form.d / 2
    assert inner == pytest.approx(piece.bore / 2, abs=1e-4)
    # neighbours touch: their middles are a diameter apart square to the rope
    assert 2 * strand_radius(form) * math.sin(math.pi / wires) == pytest.approx(form.d)


def test_a_long_pitch_has_the_length_of_a_helix() -> None:
    piece = ring({"kind": "twist", "wire": "20 ga", "pitch": 6}, size={"bore": 24})
    form = piece.part("shank").form
    assert isinstance(form, Twist)
    around = 2 * math.pi * strand_radius(form) * turns(form)
    rail = 2 * math.pi * (12.0 + form.d)
    assert strand_length(form) == pytest.approx(math.hypot(rail, around), rel=2e-3)


def test_a_tight_pitch_kinks_and_the_fix_does_not() -> None:
    tight = {"kind": "twist", "wires": 2, "wire": 1.0, "pitch": 1.5}
    with pytest.raises(DesignError) as caught:
        ring(tight)
    (finding,) = caught.value.findings
    assert finding.code == "JG252"
    assert finding.fix is not None
    ring({**tight, "pitch": float(finding.fix.value)})


@pytest.mark.parametrize("bands", range(2, 10))
def test_a_stack_joins_each_band_to_the_next(bands: int) -> None:
    piece = ring({"kind": "stack", "bands": bands, "wire": 1.4, "flat": 0.08})
    touches = [j for j in piece.joints if j.fit.word == "touch"]
    assert sum(j.n for j in touches) == bands - 1
    assert sum(part.array.n for part in piece.parts) == bands
    assert len(groups(piece)) == 1
    middles = sorted(f.origin[1] for part in piece.parts for f in part.array.frames())
    assert np.diff(middles) == pytest.approx(np.full(bands - 1, 1.4 - 0.16))
    assert sum(middles) == pytest.approx(0.0, abs=1e-12)


def test_neighbours_of_one_alloy_share_a_turned_lens() -> None:
    piece = ring({"kind": "stack", "bands": 3, "wire": 1.4, "flat": 0.08})
    r, d = 0.7, 1.24
    lens = 2 * r * r * math.acos(d / 2 / r) - d / 2 * math.sqrt(4 * r * r - d * d)
    exact = 2 * lens * math.pi * (piece.bore + 1.4)
    assert sum(shared_pairs(piece).values()) == pytest.approx(exact, rel=0.01)


def test_neighbours_of_two_alloys_are_cut_apart_and_counted_once() -> None:
    alloys = ["sterling", "14k yellow"]
    piece = ring({"kind": "stack", "bands": 5, "wire": 1.4, "flat": 0.08, "alloys": alloys})
    assert sum(shared_pairs(piece).values()) == 0.0
    r, plane = 0.7, 0.7 - 0.08 - 0.01
    segment = r * r * math.acos(plane / r) - plane * math.sqrt(r * r - plane * plane)
    gone = 8 * segment * math.pi * (piece.bore + 1.4)
    assert sum(item.cuts for item in metal(piece)) == pytest.approx(gone, rel=0.01)
    assert {group.alloy for group in groups(piece)} == {"silver_925", "gold_14k_yellow"}


def test_limits_of_a_stack_are_said() -> None:
    assert code_of({"kind": "stack", "wire": 1.0, "flat": 0.3}) == ["JG251"]
    assert code_of({"kind": "stack", "alloys": ["sterling", "mithril"]}) == ["JG182"]
    assert code_of({"kind": "stack", "alloys": 3}) == ["JG132"]


def test_a_rope_is_twisted_never_cast() -> None:
    rope = {"kind": "twist", "wires": 2}
    assert "JG223" not in {item.code for item in check(ring(rope))}
    found = [item for item in check(ring(rope, made="cast")) if item.code == "JG223"]
    assert [item.severity for item in found] == [Severity.ERROR]
    assert found[0].fix is not None
    assert found[0].fix.key == "shank.made"
    value = tomllib.loads(f"v = {found[0].fix.value}")["v"]
    mended = {**rope, found[0].fix.key.rsplit(".", 1)[1]: value}
    assert "JG223" not in {item.code for item in check(ring(mended, made="cast"))}
