"""What comes out of the drawer: the stock that is there, its own weight, and every way that metal leaves it."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from jewelgen.bench.blank import Blank
from jewelgen.bench.development import blank_of
from jewelgen.bench.explain import explain
from jewelgen.bench.layout import outline
from jewelgen.bench.plan import Plan, plan
from jewelgen.bench.practice import DEFAULT
from jewelgen.bench.shelf import Held, Shelf
from jewelgen.catalog.stock import StockItem
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.flat.outline import Oval, area, extents
from jewelgen.piece.form import Bar, Form, Hoop, Plate, Wall
from jewelgen.piece.frame import IDENTITY
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Bez, straight
from jewelgen.piece.section import Sec, Wire
from jewelgen.piece.volume import volume
from jewelgen.units import bs_gauge_mm

ROD = straight((0.0, 0.0, 0.0), (0.0, 0.0, 12.0))


def blank(form: Form, practice=DEFAULT) -> Blank:
    found = blank_of(Part("p", form, IDENTITY, alloy="silver_925", made="handmade"), practice)
    assert found is not None
    return found


def made(stem: str) -> Plan:
    return plan(compose(resolve(load(Path("designs") / f"{stem}.toml"))))


def row(of: Plan, part: str) -> Blank:
    return next(line.blank for line in of.cut_list if line.part == part)


def test_wire_that_is_drawn_down_is_cut_shorter_with_a_point_to_grip():
    """A pin of 1.36 from 14 ga: 13.3 mm by the areas, and 20 for the tongs."""
    got = blank(Bar(ROD, ((0.0, Wire(1.36)),)))
    stock = bs_gauge_mm(14)
    assert (got.stock.form, got.stock.gauge) == ("round wire", "14")
    assert got.worked == pytest.approx(13.3)
    assert got.cut[0] == pytest.approx(13.3 * (1.36 / stock) ** 2 + 20.0)
    assert got.cut_mm3 == pytest.approx(math.pi / 4 * stock**2 * got.cut[0])
    assert got.work == ("draw down from 1.63 to 1.36", "anneal", "saw off 13.3")
    assert got.net_mm3 == pytest.approx(volume(Bar(ROD, ((0.0, Wire(1.36)),))))


def test_half_round_that_is_not_sold_is_weighed_as_what_it_comes_from():
    got = blank(Hoop(17.32, ((0.0, Sec(3.2, 1.5, rise=1.5)),)))
    assert got.stock.item == (4.0, 2.0)
    assert got.stock.taken == "4.00 x 2.00"
    assert got.cut_mm3 == pytest.approx(math.pi * 2.0**2 / 2 * got.cut[0])
    assert got.cut[0] < got.long
    assert got.figure("stock length").value == got.cut[0]


def test_stock_a_shade_over_the_drawing_stays_on():
    got = blank(Bar(ROD, ((0.0, Wire(1.0)),)))
    (stays,) = (loss for loss in got.losses if loss.sort == "stays")
    assert got.stock.as_sold
    assert stays.mm3 == pytest.approx(math.pi / 4 * (bs_gauge_mm(18) ** 2 - 1.0) * 12.0)


def test_sheet_that_is_rolled_down_is_cut_shorter():
    got = blank(Plate(Oval(20, 10), 1.06))
    assert got.stock.item[1] == 1.2
    assert got.cut[0] == pytest.approx(22.5 * 1.06 / 1.2)
    assert got.long == 22.5  # its template lies on the rolled sheet, the drawer gives a rectangle
    assert outline(got).area == pytest.approx(got.cut[0] * got.cut[1])
    assert got.net_mm3 == pytest.approx(volume(Plate(Oval(20, 10), 1.06)))


def test_what_no_stock_is_thick_enough_for_is_ordered_at_its_size():
    got = blank(Bar(ROD, ((0.0, Sec(7.0, 4.5)),)))
    assert got.stock.ordered and not got.stock.as_sold
    assert got.stock.item == got.stock.wanted == (7.0, 4.5)
    assert got.cut_mm3 == pytest.approx(31.5 * got.cut[0])


def test_flat_bars_thicker_than_flat_wire_are_sawn_from_sheet():
    got = blank(Bar(ROD, ((0.0, Sec(5.0, 1.9)),)))
    assert (got.stock.form, got.stock.item) == ("sheet strip", (5.0, 2.0))


@pytest.mark.parametrize(("mm", "gauge"), [(1.6, "14"), (0.85, "18"), (1.14, "16")])
def test_a_gauge_is_the_items_own(mm, gauge):
    assert blank(Bar(ROD, ((0.0, Wire(mm)),))).stock.gauge == gauge
    sheet = blank(Plate(Oval(9, 9), 1.14)).stock
    assert (sheet.item[1], sheet.gauge) == (1.2, "-")


@pytest.mark.parametrize(("high", "sold"), [(1.9, 2.0), (2.2, 2.5), (2.29, 2.5), (2.8, 3.0), (3.3, 4.0)])  # fmt: skip
def test_bezel_strip_is_the_next_that_is_sold(high, sold):
    got = blank(Wall(Oval(10, 8), high - 0.2, 0.32, 0.05))
    assert got.stock.item == (sold, 0.32)
    assert got.cut == pytest.approx((30.98, sold), abs=0.01)
    assert got.cut_mm3 == pytest.approx(sold * 0.32 * got.cut[0])
    assert got.stock.trimmed in got.forming
    assert f"to {high:.2f} high" in got.stock.trimmed


def test_a_shop_trims_its_own_strip_and_saws_what_is_higher_from_sheet():
    held = [Held(StockItem("bezel strip", mm, 0.32, standing="shop"), 300.0) for mm in (2.0, 4.0)]
    practice = replace(DEFAULT, shelf=Shelf(tuple(held)))
    assert blank(Wall(Oval(10, 8), 2.0, 0.32), practice).stock.item == (4.0, 0.32)
    high = blank(Wall(Oval(10, 8), 5.0, 0.32), practice).stock
    assert (high.form, high.item[0]) == ("sheet strip", pytest.approx(5.2))
    assert "no strip high enough" in high.work


def test_a_tapered_bail_is_sawn_from_sheet_by_a_template():
    bail = row(made("15_bezel_pendant"), "bail")
    assert (bail.stock.form, bail.stock.gauge) == ("sheet", "20")
    assert bail.pattern is not None
    assert extents(bail.pattern) == pytest.approx((bail.net[0], 5.0), abs=1e-6)
    assert area(bail.pattern) * bs_gauge_mm(20) == pytest.approx(bail.net_mm3)
    assert bail.figure("crown width").value == 5.0
    assert bail.figure("foot width").value == 2.6
    assert bail.figure("opening").value == pytest.approx(5.0, abs=0.3)
    assert bail.figure("bending rod").value == pytest.approx(2.9, abs=0.05)
    assert "fold over a 2.9 rod at the crown" in bail.forming
    bands = {b.what: (b.low, b.high) for b in made("15_bezel_pendant").bands}
    assert bands["bail, thickness"][1] == pytest.approx(bs_gauge_mm(20))
    assert bands["bail, width, widest"][1] == 5.0


def test_the_width_of_a_strap_stands_where_its_stations_come_to_lie():
    """A rail of a short and a long span: the station in the middle lies near the start of the strap."""
    rail = Bez(((0.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 0.0, 2.0), (0.0, 0.0, 3.0), (0.0, 0.0, 9.0), (0.0, 0.0, 15.0), (0.0, 0.0, 21.0)), (1.0, 0.0, 0.0))  # fmt: skip
    wide = Bar(rail, ((0.0, Sec(3.0, 0.8)), (0.5, Sec(6.0, 0.8)), (1.0, Sec(3.0, 0.8))))
    crown = dict(blank(wide).figure("crown width").inputs)["from the tongue's end"]
    assert crown == pytest.approx(3.0, abs=1e-3)


def test_explain_prints_the_disc_of_a_dome():
    text = explain(made("28_domed_pendant"), "body")
    assert "disc = 4 Rm sin(theta/2), cos theta = (R - h) / R, Rm = R - t/2 = 23.15" in text
    assert "truing the rim" in text


def test_the_metal_of_a_hybrid_holds_its_casting_and_a_wrap_its_stone():
    hybrid = made("20_cast_head_forged_shank")
    ready = hybrid.components[0].grams
    assert hybrid.weights.ready_g == pytest.approx(ready)
    weight = next(b for b in hybrid.bands if b.unit == "g")
    seen = [w.grams for w in hybrid.weighings]
    assert (weight.low + weight.high) / 2 == pytest.approx(seen[2])
    last = hybrid.steps[[step.key for step in hybrid.steps].index("weigh")]
    assert last.target.startswith(f"{seen[3]:.2f} g with stones")
    wrap = made("18_wire_wrap")
    seen = [w.grams for w in wrap.weighings]
    assert seen[1] == seen[2] == pytest.approx(seen[3])
    assert [("with its stone" in w.when) for w in wrap.weighings[1:3]] == [True, True]
    assert not [line for line in wrap.qc if "move as they should" in line]
    assert [line for line in wrap.qc if "no binding moves" in line]
