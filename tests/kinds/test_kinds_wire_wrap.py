"""Wire-wrapped cabochons: nothing in the stone, nothing floating, wires cut as the books say, cold steps in order."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pypdf import PdfReader

from jewelgen.bench.lengths import wrap_turn
from jewelgen.bench.plan import Plan, plan
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError, Severity
from jewelgen.flat.outline import Box, Oval, grown, perimeter, rounded
from jewelgen.paper import write_plan
from jewelgen.piece.bounds import bounds
from jewelgen.piece.form import Bar
from jewelgen.piece.inside import inside
from jewelgen.piece.metal import shared_pairs
from jewelgen.piece.piece import Piece, groups
from jewelgen.piece.quadrature import lattice
from jewelgen.piece.rail import Circ, Wound, length, straight
from jewelgen.piece.section import Sec, area_and_centroid
from jewelgen.piece.volume import volume
from jewelgen.rules.metal_in_stone import findings as metal_in_stone
from jewelgen.rules.registry import check
from jewelgen.solid import mesh, occ_solids
from jewelgen.solid.bar import bar_shapes
from jewelgen.solid.swept_mesh import bar_mesh
from jewelgen.units import bs_gauge_mm

AGATE = "oval cab agate 25x18x6"
STONES = (
    AGATE,
    "oval cab agate 18x13x5",
    "oval cab agate 40x30x9",
    "oval cab turquoise 40x30",
    "round cab onyx 20",
)


def wrapped(stone: str = AGATE, **body: Any) -> Piece:
    tree = {"name": "w", "piece": "pendant", "made": "handmade", "alloy": "sterling"}
    return compose(brief_from({**tree, "body": {"kind": "wire-wrap", "stone": stone, **body}}))


def refused(stone: str = AGATE, **body: Any) -> Any:
    with pytest.raises(DesignError) as error:
        wrapped(stone, **body)
    (finding,) = error.value.findings
    assert finding.code == "JG260"
    assert finding.allowed
    return finding


@pytest.fixture(scope="module")
def agate() -> Piece:
    return wrapped()


@pytest.fixture(scope="module")
def bench(agate: Piece) -> Plan:
    return plan(agate)


@pytest.mark.parametrize("stone", STONES)
def test_no_wire_enters_the_stone_or_another_wire(stone: str) -> None:
    piece = wrapped(stone)
    assert not list(metal_in_stone(piece, "cautious"))
    loose = replace(piece, joints=())  # with no wrap that says so
    assert max(shared_pairs(loose).values(), default=0.0) < 0.01
    assert not shared_pairs(piece)
    assert {f.code for f in check(piece) if f.severity is not Severity.NOTE} == set()


def test_claws_reach_over_the_girdle_on_both_faces_and_nowhere_else(agate: Piece) -> None:
    for name, reach in (("body.front", 4), ("body.back", 4), ("body.core", 0)):
        form = agate.part(name).form
        low, high = bounds(form)
        p = low + lattice(120_000) * (high - low)
        p = p[inside(form, p)]
        over = p[(2 * p[:, 0] / 18) ** 2 + (2 * p[:, 1] / 25) ** 2 < 1.0]
        quarters = {(bool(x > 0), bool(y > 0)) for x, y, _ in over}
        assert len(quarters) == reach, name
        if reach:
            deepest = max(_inset(x, y) for x, y, _ in over)
            assert deepest == pytest.approx(1.35, abs=0.12), name


def _inset(x: float, y: float) -> float:
    """How far a point lies inside the 25 x 18 ellipse, along its own normal (dense search)."""
    t = np.linspace(0, 2 * math.pi, 4001)
    return float(np.hypot(9 * np.sin(t) - x, 12.5 * np.cos(t) - y).min())


def test_a_winding_is_as_long_as_its_turns_say(agate: Piece) -> None:
    """Offset of the bundle's outline by the binding's centroid, against the trade's 2 (n w + w) + pi h."""
    w, h = bs_gauge_mm(21), bs_gauge_mm(21) / 2
    rail = agate.part("body.bind2").form.rail
    assert length(rail) / 7 == pytest.approx(wrap_turn(5, w, h), rel=0.03)
    lift = area_and_centroid(Sec(w, h, h))[1]
    tall = 5 * w + 4 * 0.02
    around = perimeter(rounded(Box(tall, w), 0.03 + lift))
    neck = agate.part("body.neck").form.rail
    wide = perimeter(rounded(Box(tall, 2 * w + 0.02), 0.03 + lift))
    assert length(neck) == pytest.approx(4 * math.hypot(wide, w + 0.02), rel=1e-3)
    assert length(rail) == pytest.approx(7 * around, rel=0.01)


@pytest.mark.parametrize("about", [Circ(6.9, -21.0, 21.0), straight((0, 0, 0), (0, 0, 2.9))])
@pytest.mark.kernel
def test_windings_are_solid_with_the_volume_of_their_line(about: Any) -> None:
    section = Sec(0.72, 0.36, 0.36)
    bar = Bar(Wound(about, rounded(Box(3.7, 0.72), 0.183), 4.0), ((0.0, section),))
    exact = area_and_centroid(section)[0] * length(bar.rail)
    assert volume(bar) == pytest.approx(exact, rel=1e-12)
    shape = next(iter(bar_shapes(bar)))
    assert occ_solids.is_valid(shape)
    assert occ_solids.volume(shape) == pytest.approx(exact, rel=1e-3)
    assert mesh.volume(bar_mesh(bar, 0.002, 0.05)) == pytest.approx(exact, rel=2e-3)


def test_a_wire_that_starts_straight_keeps_its_start_in_the_mesh() -> None:
    """The straight run has no turning to place its points by: it was left out once."""
    rail = wrapped().part("body.core").form.rail
    bar = Bar(rail, ((0.0, Sec(0.7, 0.7)),))
    assert mesh.volume(bar_mesh(bar, 0.005, 0.1)) == pytest.approx(volume(bar), rel=2e-3)


def test_all_frame_wires_are_cut_to_the_girdle_and_the_spare(bench: Plan) -> None:
    whole = perimeter(Oval(25.0, 18.0)) + 120.0
    cuts = {line.part: line.blank for line in bench.cut_list}
    for name in ("body.front", "body.frame", "body.back", "body.core"):
        assert cuts[name].cut[0] == pytest.approx(whole, abs=0.5), name
    # The bail is the core's own ends: metal of its own, but no cut.
    core, bail = cuts["body.core"], cuts["body.bail"]
    assert bail.sort == "slit"
    area = bail.cut_mm3 / bail.cut[0]
    assert core.cut_mm3 + bail.n * bail.cut_mm3 == pytest.approx(area * core.cut[0])
    assert cuts["body.frame"].n == 2
    notes = {line.part: line.one_with for line in bench.cut_list}
    assert f"{whole + 0.3:.1f} in all" in notes["body.core"]
    assert all(line.blank.stock.as_sold for line in bench.cut_list)


def test_the_plan_is_cold_and_binds_before_it_bends(bench: Plan) -> None:
    assert bench.heats == 0
    assert not [step for step in bench.steps if step.last_heat or "solder" in step.text]
    verbs = [step.key.partition(":")[0] for step in bench.steps]
    wanted = ["lay", "joint", "joint", "joint", "shape", "joint", "set", "bail", "trim", "polish"]
    assert [verb for verb in verbs if verb in wanted] == wanted
    first, last = (bench.joints[i].parts[1] for i in (0, -1))
    assert (first, last) == ("body.bind2", "body.neck")
    assert any("no torch" in note for note in bench.notes)


def test_marks_lie_where_the_girdle_says(bench: Plan) -> None:
    """A quarter of the line the wires lie on, from 6 to 3 o'clock, both ways."""
    core = next(line.blank for line in bench.cut_list if line.part == "body.core")
    quarter = perimeter(grown(Oval(25.0, 18.0), 0.36 + 0.06 + 0.36)) / 4
    places = sorted(at - core.cut[0] / 2 for at, _ in core.ticks)
    assert places[1:4] == pytest.approx([-quarter, 0.0, quarter], abs=0.15)


def test_parts_that_only_touch_stay_bodies_of_their_own(agate: Piece) -> None:
    names = {group.parts for group in groups(agate)}
    assert ("body.core", "body.bail") in names
    assert len(names) == len(agate.parts) - 1
    assert {f.code for f in check(agate)} == {"JG225"}


def test_what_cannot_be_bent_is_refused_with_a_way_out() -> None:
    assert refused(claws=6).fix.value == "8"
    assert "no room" in refused("oval cab agate 18x13x5", bind={"turns": [12, 12, 12]}).message
    assert "too thick" in refused("oval cab turquoise 6x4x2.5", frame={"wire": 0.8}).message
    assert "too far" in refused(grip=4.0, stone="oval cab agate 12x9x4").message
    short = refused(spare=60)
    assert wrapped(spare=float(short.fix.value))


def test_eight_claws_and_round_wires_are_wrapped_too() -> None:
    piece = wrapped(claws=8, frame={"shape": "round", "wire": 0.6}, bind={"turns": [3, 3, 3]})
    assert not list(metal_in_stone(piece, "cautious"))
    plain = wrapped(ends="trimmed")
    assert volume(plain.part("body.front").form) < volume(wrapped().part("body.front").form)


def test_a_ring_runs_through_the_bail() -> None:
    piece = wrapped()
    tree = {"name": "w", "piece": "pendant", "made": "handmade", "alloy": "sterling"}
    body = {"kind": "wire-wrap", "stone": AGATE}
    hung = compose(brief_from({**tree, "body": body, "link": {"wire": 1.2, "id": 6.0}}))
    assert len(hung.parts) == len(piece.parts) + 1
    assert max(shared_pairs(hung).values(), default=0.0) < 0.01
    low, high = bounds(hung.part("link").form)
    assert high[0] - low[0] > 6.0


def test_the_sheet_of_cold_work_speaks_of_no_heat(agate: Piece, bench: Plan) -> None:
    pdf = PdfReader(io.BytesIO(write_plan(bench, agate, "a4")["plan.pdf"]))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "Joints, in order: no heat" in text
    assert "Chips are" not in text
