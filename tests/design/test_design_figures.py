"""Figures of the catalog in formulas: by name, at a size, of the pack that the design names."""

from __future__ import annotations

import pytest

from jewelgen.catalog.facts import fact
from jewelgen.catalog.packs import limit
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.units import bs_gauge_mm

BAND = {"name": "x", "piece": "ring", "made": "cast", "alloy": "sterling", "size": "US 7"}


def width(formula: str, **more: object) -> float:
    shank = {"kind": "flat", "width": f"= {formula}", "thick": 2, **more}
    return float(brief_from({**BAND, "shank": shank}).block("shank").params.width)


def test_a_figure_goes_by_its_place_in_the_catalog() -> None:
    assert width("bench.flush.max_stone") == fact("bench_rules", "flush.max_stone").number
    low, high = fact("stock", "tube.od_over_stone_mm").numbers
    names = "stock.tube.od_over_stone_mm.least", "stock.tube.od_over_stone_mm.most"
    assert [width(f"2 + {name}") for name in names] == [2 + low, 2 + high]


@pytest.mark.parametrize(
    ("size", "wall"), [(2, 0.3), (6, 0.3), (6.1, 0.32), (25, 0.51), (99, 0.51)]
)
def test_a_table_of_steps_is_asked_at_a_size(size: float, wall: float) -> None:
    assert width(f"2 + bench.bezel_wall.table({size})") == pytest.approx(2 + wall)


@pytest.mark.parametrize(
    ("size", "gauge"), [(1.36, 16), (1.29, 18), (1.2909, 16), (0.2, 30), (99, 8)]
)
def test_wire_that_is_sold_up_to_a_size(size: float, gauge: int) -> None:
    sold = width(f"2 + stock.round_wire.within({size})")
    assert sold == pytest.approx(2 + bs_gauge_mm(gauge))


def test_limits_are_those_of_the_pack_of_the_design() -> None:
    shank = {"kind": "flat", "width": "= 2 + pack.wall_min", "thick": 2}
    for pack in ("cautious", "stuller", "formlabs"):
        brief = brief_from({**BAND, "pack": pack, "shank": shank})
        assert brief.block("shank").params.width == 2 + limit("wall_min", pack).value


def test_a_formula_knows_whether_its_block_is_cast() -> None:
    assert width("2 + cast") == 3.0
    assert width("2 + cast", made="handmade") == 2.0


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("pack.wal_min", "JG152"), ("bench.flush", "JG152"), ("bench.flush.drill_fraction", "JG152"),
        ("bench.flush.max_stone.least", "JG152"), ("bench.bezel_wall.tabel(3)", "JG150"),
        ("bench.flush.max_stone(3)", "JG150"),
    ],
)  # fmt: skip
def test_what_the_catalog_does_not_hold_is_no_name(formula: str, code: str) -> None:
    with pytest.raises(DesignError) as caught:
        width(formula)
    assert [item.code for item in caught.value.findings] == [code]
