"""The way back from finished metal to the printed master: stages, scale, allowances; each exactly once."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from jewelgen.cast.chain import ROUTES, Allowance, Chain, Stage, chain
from jewelgen.cast.weights import cast_weights
from jewelgen.catalog.alloys import alloy, alloys, pattern_density
from jewelgen.catalog.facts import fact

CASES = {
    row["id"]: row
    for row in json.loads(
        (Path(__file__).parents[1] / "facts" / "cases.json").read_text(encoding="utf-8")
    )
}


def by_hand(*percent: float) -> float:
    """What a master must be larger by, worked out by undoing the stages one after the other, last first."""
    size = 1.0
    for shrink in reversed(percent):
        size = size / (1.0 - shrink / 100.0)
    return size


@pytest.mark.parametrize(
    ("route", "metal", "stages", "scale"),
    [
        ("direct", "silver_925", (0.5, 1.25), 1.01775),
        ("direct", "platinum_950_ru", (0.5, 1.5), 1.02033),
        ("mold", "silver_925", (0.5, 0.0, 1.5, 1.25), 1.03325),
    ],
)
def test_scales_of_the_three_usual_chains(route, metal, stages, scale):
    made = chain(route, alloy(metal))
    assert tuple(stage.shrink_pct for stage in made.stages) == stages
    assert made.scale == pytest.approx(by_hand(*stages), rel=1e-12)
    assert made.scale == pytest.approx(scale, abs=5e-6)


def test_published_chain_of_wax_and_metal():
    """cases.json shrink-chain: 2.5 % wax and 1.0 % metal compound to 3.475 %, a master 1.036 times as large."""
    case = CASES["shrink-chain"]
    made = Chain("mold", (Stage("wax", 2.5, ""), Stage("metal", 1.0, "")), Allowance(0, 0, 0))
    assert made.total_pct == pytest.approx(case["expected"]["linear_pct"], abs=case["tolerance"])
    assert made.scale == pytest.approx(case["expected"]["scale"], abs=case["tolerance"])


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("metal", sorted(alloys()))
def test_every_chain_comes_back_to_the_finished_size(route, metal):
    made = chain(route, alloy(metal))
    size = 17.323 * made.scale
    for stage in made.stages:
        assert 0 <= stage.shrink_pct < 6, stage
        assert stage.source, stage
        size *= 1 - stage.shrink_pct / 100
    assert size == pytest.approx(17.323, rel=1e-12)
    assert made.total_pct == pytest.approx(100 * (1 - 1 / made.scale))
    assert [stage.name for stage in made.stages][-1] == "metal"


@pytest.mark.parametrize("metal", sorted(alloys()))
def test_a_mold_shrinks_more_than_a_print_alone(metal):
    assert chain("mold", alloy(metal)).scale > chain("direct", alloy(metal)).scale > 1


def test_allowances_are_those_of_the_catalog():
    made = chain("direct", alloy("silver_925")).allowance
    assert made.outside == fact("casting", "finishing.allowance_per_side").v
    assert made.inside == fact("casting", "finishing.inside_ring_loss").v
    assert made.prong == fact("bench_rules", "prong.cad_extra_above_table").v
    assert 0 < made.outside < 0.3
    assert 0 < made.inside < 0.3
    assert 0 < made.prong < 1


def test_weights_are_volume_by_density_and_the_shrink_is_undone_cubed():
    """A cube of 10 mm in sterling, its master 1.02 times as large each way."""
    metal, k = alloy("silver_925"), 1.02
    made = cast_weights(metal, 1000 * k**3, k, 990.0)
    assert made.raw_g == pytest.approx(metal.density_g_cm3)
    assert made.finished_g == pytest.approx(0.99 * metal.density_g_cm3)
    assert made.resin_g == pytest.approx(k**3 * pattern_density("resin").number)
    assert made.wax_g == pytest.approx(k**3 * pattern_density("wax").number)
    button = fact("casting", "tree.button_extra_pct").v
    assert made.order_g == pytest.approx(made.raw_g * (1 + button / 100))
    assert made.order_g > made.raw_g > made.finished_g


def test_the_wax_in_the_flask_has_shrunk_by_all_but_the_metal():
    """The wax is larger than the raw casting by the metal's shrinkage alone, whatever mold and wax did."""
    metal = alloy("silver_925")
    steps = chain("mold", metal)
    assert steps.invested < 1.0
    made = cast_weights(metal, 1000.0, steps.scale, 900.0, steps.invested)
    pct = next(stage.shrink_pct for stage in steps.stages if stage.name == "metal")
    raw_mm3 = 1000 * made.raw_g / metal.density_g_cm3
    assert made.wax_g == pytest.approx(
        raw_mm3 / (1 - pct / 100) ** 3 * pattern_density("wax").number / 1000
    )


def test_published_resin_to_sterling():
    """cases.json resin-to-sterling: 0.56 g of resin of 1.09 in sterling of 10.36, and a tenth for the button."""
    case = CASES["resin-to-sterling"]
    volume = 0.56 / 1.09 * 1000
    metal = alloy("silver_925")
    made = cast_weights(metal, volume, 1.0, volume)
    known = made.raw_g * 10.36 / metal.density_g_cm3
    assert known == pytest.approx(case["expected"]["grams"][0], abs=case["tolerance"])
    assert known * 1.1 == pytest.approx(case["expected"]["grams"][1], abs=case["tolerance"])


def test_published_wax_in_gold():
    """cases.json wax-14k-13.5: 5 g of wax, a tenth more, times 13.5."""
    case = CASES["wax-14k-13.5"]
    assert pytest.approx(case["expected"]["grams"], abs=case["tolerance"]) == 5 * 1.1 * 13.5
    metal = alloy("14k yellow")
    wax = pattern_density("wax").number
    made = cast_weights(metal, 5 / wax * 1000, 1.0, 1.0)
    assert made.raw_g == pytest.approx(5 * metal.density_g_cm3 / wax)
    assert made.wax_g == pytest.approx(5)


def test_weight_grows_with_density_alone():
    rows = {name: cast_weights(alloy(name), 100.0, 1.0, 100.0) for name in alloys()}
    for name, row in rows.items():
        assert math.isclose(row.raw_g, alloy(name).density_g_cm3 / 10), name
        assert row.resin_g == rows["silver_925"].resin_g
