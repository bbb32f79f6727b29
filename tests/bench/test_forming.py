"""Forming: forging stages between anneals, arcs that are no rings, rods for rings, a size more or less, sheet laid on."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest

from jewelgen.bench.bezels import fold_places, strip_length
from jewelgen.bench.development import blank_of
from jewelgen.bench.forming_words import inside_of
from jewelgen.bench.hoops import forging_stages
from jewelgen.bench.plan import Plan, plan
from jewelgen.bench.practice import Practice
from jewelgen.bench.stock import for_forging, stock_area
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.stones import parse_stone
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.flat.outline import Box, Oval, area
from jewelgen.kinds.stone_field import outline_of
from jewelgen.piece.form import Bar, Hoop, Wall
from jewelgen.piece.frame import IDENTITY
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Circ, Loop
from jewelgen.piece.section import Sec, Wire

HEAD = {"name": "x", "made": "handmade", "alloy": "sterling"}
TAG = {"piece": "pendant", "body": {"kind": "disc", "size": 24, "thick": 1.0, "hole": 1.6}}


def made(**more: Any) -> Plan:
    return plan(compose(brief_from({**HEAD, **more})))


def part(form: Any) -> Part:
    return Part("p", form, IDENTITY, alloy="silver_925", made="handmade")


@pytest.mark.parametrize(
    ("bar", "end", "n"),
    [((4, 3), (4, 3), 1), ((4, 3), (3, 2.001), 1), ((4, 3), (3, 1.5), 2), ((6, 6), (2.5, 2.5), 3)],
)
def test_no_stage_of_forging_takes_more_than_half_the_section(
    bar: tuple[float, float], end: tuple[float, float], n: int
) -> None:
    stages = forging_stages(bar, end, 50.0)
    assert len(stages) == n
    assert stages[-1] == pytest.approx(end)
    areas = [math.prod(size) for size in (bar, *stages)]
    assert all(b >= 0.5 * a - 1e-9 for a, b in pairwise(areas))


def test_a_forged_shank_says_each_stage_with_its_anneal() -> None:
    shank = {
        "kind": "tapered",
        "top": {"width": 5, "thick": 2.4},
        "back": {"width": 3, "thick": 1.5},
    }
    blank = made(piece="ring", size="US 7", shank=shank).cut_list[0].blank
    forged = [step for step in blank.forming if step.startswith("anneal, forge to")]
    assert len(forged) == 2
    assert forged[-1].endswith("3.0 x 1.5 at the thinnest")


def test_an_arc_is_bent_to_its_radius_and_not_sized_on_the_mandrel() -> None:
    arc = blank_of(part(Hoop(19.0, ((0.0, Sec(2.4, 0.5)),), 90.0, 180.0)))
    assert arc is not None
    assert "bend to an inside radius of 9.5" in arc.forming
    assert not {"trim on the mandrel"} & {extra.name for extra in arc.allowances}
    assert arc.net[0] == pytest.approx(math.pi / 2 * (9.5 + 0.25))


@pytest.mark.parametrize(
    ("form", "inside"),
    [
        (Hoop(4.0, ((0.0, Wire(1.0)),)), "4.00"),
        (Bar(Circ(2.5), ((0.0, Wire(0.8)),)), "4.20"),
        (Bar(Loop(Box(6.0, 4.0, 1.0)), ((0.0, Wire(0.8)),)), "5.20 x 3.20"),
        (Bar(Circ(2.5, 0.0, 90.0), ((0.0, Wire(0.8)),)), ""),
    ],
)
def test_closed_rings_are_measured_inside(form: Any, inside: str) -> None:
    assert inside_of(form) == inside


def test_rings_of_wire_are_wrapped_on_a_rod_smaller_by_the_spring_back() -> None:
    blank = blank_of(part(Bar(Circ(2.5), ((0.0, Wire(0.8)),))))
    assert blank is not None
    assert "wrap on a 4.0 rod" in blank.forming  # 4.2 inside, 4 % of spring-back


def test_a_size_up_or_down_is_said_with_the_blank() -> None:
    ring = made(piece="ring", size="US 7", shank={"kind": "flat", "width": 5, "thick": 1.6})
    step = ring.cut_list[0].blank.figure("a US size up or down").value
    assert step == pytest.approx(math.pi * 0.8128)  # 2.55 a size, published
    assert "along the grain" in ring.cut_list[0].blank.edge


def test_letters_sawn_from_sheet_are_a_row_of_the_cut_list() -> None:
    mark = {
        "on": "body.front",
        "text": "AB",
        "font": "sans",
        "tall": 5,
        "deep": 0.5,
        "how": "raise",
    }
    tree = {**HEAD, **TAG, "engraving": mark}
    piece = compose(brief_from(tree))
    form = piece.marks[0].form
    assert isinstance(form, Glyphs)
    done = plan(piece)
    row = done.cut_list[-1]
    assert (row.part, row.role, row.id) == ("engraving", "sheet laid on", "B")
    assert row.blank.net_mm3 == pytest.approx(area(form.path) * 0.5)
    rho = alloy("silver_925").density_g_cm3 / 1000
    assert row.issued_g == pytest.approx(math.prod(row.blank.cut) * 0.5 * rho)
    assert sum(line.issued_g for line in done.cut_list) == pytest.approx(done.weights.issued_g)
    assert "saw B 'AB' from sheet" in " ".join(step.text for step in done.steps)


@pytest.mark.parametrize(
    ("bar", "form", "item"),
    [
        ((3.0, 1.5), "flat wire", (3.0, 1.5)),  # as sold
        ((2.0, 2.0), "square wire", (2.0, 2.0)),
        (
            (5.0, 2.4),
            "sheet strip",
            (5.0, 3.0),
        ),  # heavier than any wire but 4.0 square, which is more metal
        ((3.0, 4.0), "square wire", (4.0, 4.0)),
    ],
)
def test_forging_starts_from_the_smallest_bar_that_is_sold(
    bar: tuple[float, float], form: str, item: tuple[float, float]
) -> None:
    pick = for_forging(*bar, Practice())
    assert pick is not None
    assert (pick.form, pick.item) == (form, item)
    assert stock_area(form, item) >= math.prod(bar) - 1e-9
    assert for_forging(12.0, 9.0, Practice()) is None


def test_tolerances_stand_where_there_is_a_size_to_hit() -> None:
    ring = made(piece="ring", size="US 7", shank={"kind": "d", "width": 3, "thick": 1.5})
    rows = {step.key: step for step in ring.steps}
    assert rows["tumble"].tolerance == "by eye"
    assert rows["form:shank"].tolerance == "±0.10 mm"


def test_what_is_true_of_many_joints_is_said_once() -> None:
    head = {"kind": "bezel", "stone": "oval cab onyx 10x8x4"}
    ring = made(piece="ring", size="US 7", shank={"kind": "d", "width": 3, "thick": 1.5}, head=head)
    late = [item.message for item in ring.findings if item.code == "JG503"]
    assert len(late) == 1
    assert late[0].startswith("J1 J2: hard solder flows 14 C")


def test_frames_heavier_than_bezel_strip_are_sawn_from_sheet() -> None:
    frame = blank_of(part(Wall(Oval(20, 20), 1.0, 1.2)))
    assert frame is not None
    assert (frame.stock.form, frame.stock.item[1], frame.stock.work) == (
        "sheet strip",
        1.2,
        "as sold",
    )


@pytest.mark.parametrize("d", [0.0, 0.21, 0.5])
def test_strips_are_folded_at_the_corners_of_a_square(d: float) -> None:
    folds = fold_places(Box(8.0, 8.0), d)
    assert [turn for _, turn in folds] == pytest.approx([90.0] * 4)
    assert [place for place, _ in folds] == pytest.approx([(8 + 2 * d) * k for k in (1, 2, 3, 4)])


def test_folds_of_a_pear_add_up_to_its_strip_and_its_ends_are_mitred() -> None:
    head = {"kind": "bezel", "stone": "pear cab onyx 12x8x4"}
    ring = made(piece="ring", size="US 7", shank={"kind": "d", "width": 3, "thick": 1.5}, head=head)
    blank = next(line.blank for line in ring.cut_list if line.role == "bezel")
    assert "the seam is the corner" in " ".join(blank.forming)
    assert "score" not in " ".join(blank.forming)  # its one corner is the seam
    assert fold_places(Oval(10.0, 8.0), 0.2) == ()


@pytest.mark.parametrize(
    "cut", ["pear cab onyx 12x8x4", "marquise cab onyx 14x7x4", "square cab onyx 8x8x4"]
)
def test_the_last_fold_is_the_length_of_the_strip(cut: str) -> None:
    outline = outline_of(parse_stone(cut))
    folds = fold_places(outline, 0.21)
    assert folds
    assert folds[-1][0] == pytest.approx(strip_length(outline, 0.32, 0.05), rel=1e-4)
