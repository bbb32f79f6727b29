"""Gauges, stock and the printed tables."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jewelgen.catalog import stock
from jewelgen.catalog.facts import fact, table
from jewelgen.catalog.solders import families, grades
from jewelgen.catalog.tables import BORNE, WEAKEST, listing, topics
from jewelgen.findings import CatalogError
from jewelgen.units import bs_gauge_mm


def test_published_gauges(case) -> None:
    expected, tolerance = case("gauge-bs")
    found = [stock.gauge(number).mm for number in (10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30)]
    assert found == pytest.approx(expected["mm"], abs=tolerance)


def test_nearest_gauge() -> None:
    found = stock.nearest_gauge(0.32)
    assert (found.number, round(found.mm, 3)) == (28, 0.321)
    assert found.difference_mm == pytest.approx(found.mm - 0.32)
    assert "bezels" in found.use
    assert stock.nearest_gauge(50.0).number == 0 and stock.nearest_gauge(0.01).number == 36
    assert stock.gauge(9).use == ""
    for wrong in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(CatalogError, match="JG186"):
            stock.nearest_gauge(wrong)


@given(st.floats(0.13, 8.0))
def test_no_gauge_is_nearer(mm: float) -> None:
    best = min(range(37), key=lambda number: abs(bs_gauge_mm(number) - mm))
    assert abs(stock.nearest_gauge(mm).mm - mm) == pytest.approx(abs(bs_gauge_mm(best) - mm))


def test_imperial_gauges_are_heavier_than_ours() -> None:
    for number, raw in table("stock")["gauge"]["swg_mm"].items():
        assert raw["v"] > bs_gauge_mm(int(number))


def test_sheet_and_wire() -> None:
    sheet = stock.sheet_thicknesses()
    assert [item.thickness for item in sheet] == sorted(item.thickness for item in sheet)
    assert {item.gauge for item in sheet} >= {14, 20, 28, 30, None}
    assert next(item for item in sheet if item.gauge == 20).label == "sheet 0.81 (20 ga)"
    half = stock.nearest_item(stock.wires("half-round"), 3.0, 1.5)
    assert (half.width, half.thickness, half.label) == (3.0, 1.5, "half-round wire 3.00 x 1.50")
    assert stock.wires("round")[0].gauge == 30
    assert all(item.width == item.thickness for item in stock.wires("square"))
    assert len(stock.wires("flat")) == 10 and len(stock.wires("triangle")) == 4
    with pytest.raises(CatalogError, match="JG186") as caught:
        stock.wires("halfround")
    assert "half-round" in caught.value.findings[0].hint


def test_tube_bezel_and_rings() -> None:
    tube = stock.nearest_tube(25.6, 23.2)
    assert (tube.width, tube.inside, tube.label) == (8.0, 6.8, "tube 8.00/6.80")
    assert all(
        item.inside + 2 * item.thickness == pytest.approx(item.width) for item in stock.tubes()
    )
    strips = {(item.width, item.thickness) for item in stock.bezel_strips()}
    assert (3.0, 0.3) in strips and (3.2, 0.32) in strips
    rings = stock.jump_rings()
    assert len(rings) == 50
    assert rings[0].label == "jump ring 2.00 of 1.02 wire"
    assert all(ring.width == pytest.approx(ring.inside + 2 * ring.thickness) for ring in rings)


def test_aspect_ratio(case) -> None:
    expected, tolerance = case("aspect-16ga")
    ratio = 5.0 / stock.nearest_gauge(1.3).mm
    assert ratio == pytest.approx(expected["aspect_ratio"], abs=tolerance + 0.005)


def test_the_strip_rule_has_a_fact() -> None:
    assert fact("stock", "wire.strip_ratio").number == 3.0


@pytest.mark.parametrize("topic", topics())
def test_every_topic_lists(topic: str) -> None:
    found = listing(topic)
    assert found.title and len(found.rows) >= 8
    assert all(len(row) == len(found.columns) for row in found.rows)
    assert all(isinstance(cell, str) for row in found.rows for cell in row)
    if "sources" in found.columns:
        column = found.columns.index("sources")
        used = {key for row in found.rows for key in row[column].split()}
        assert used <= {key for key, _ in found.sources}
        assert all(row[column - 1] in WEAKEST for row in found.rows)


@pytest.mark.parametrize("topic", ["alloys", "solders", "gems", "cuts"])
def test_tables_say_how_sure_each_row_is_and_who_said_so(topic: str) -> None:
    found = listing(topic)
    assert found.columns[-2:] == BORNE
    assert any(row[-1] for row in found.rows)


def test_a_grade_of_solder_is_listed_in_every_family_that_has_it() -> None:
    rows = listing("solders", "hard").rows
    assert {row[0].split(".")[0] for row in rows} == {
        family for family in families() if any(item.grade == "hard" for item in grades(family))
    }


@pytest.mark.parametrize(
    ("topic", "name", "cell"),
    [
        ("alloys", "sterling", "10.36"), ("solders", "18k white", "820"), ("gems", "garnet", "4.05"),
        ("cuts", "round brilliant", "34.5"), ("stock", "tube", "tube 2.00/1.40"),
        ("sizes", "UK", "UK N1/2"), ("packs", "stuller", "0.125"),
        ("printers", "sonic mini 8k", "165 71.28 180"), ("flasks", "3.5x4in", "631"),
    ],
)  # fmt: skip
def test_one_entry_with_its_sources(topic: str, name: str, cell: str) -> None:
    found = listing(topic, name)
    assert any(cell in row for row in found.rows)
    assert all(len(row) == len(found.columns) for row in found.rows)
    named = {key for key, _ in found.sources}
    if "sources" in found.columns:
        column = found.columns.index("sources")
        used = {key for row in found.rows for key in re.split(r",\s*", row[column]) if key}
        assert used == named


def test_what_cannot_be_listed() -> None:
    assert listing("solders", "titanium").rows == ()
    with pytest.raises(CatalogError, match="JG185") as caught:
        listing("alloy")
    assert "alloys" in caught.value.findings[0].hint
    with pytest.raises(CatalogError, match="JG186"):
        listing("stock", "tubee")
