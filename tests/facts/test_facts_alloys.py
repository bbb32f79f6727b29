"""Alloys, solders and weights: trade words, order of temperatures, published arithmetic."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jewelgen.catalog import solders, weights
from jewelgen.catalog.alloys import alias_note, alloy, alloys, pattern_density
from jewelgen.catalog.facts import fact, table
from jewelgen.findings import CatalogError

EVERY = tuple(alloys().values())


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("sterling", "silver_925"), ("fine silver", "silver_fine"), ("Argentium", "silver_argentium_935"),
        ("18k yellow", "gold_18k_yellow"), ("18k white", "gold_18k_white_ni"),
        ("18k white palladium", "gold_18k_white_pd"), ("18k palladium white", "gold_18k_white_pd"),
        ("14k rose gold", "gold_14k_rose"), ("14k gold", "gold_14k_yellow"),
        ("9ct yellow", "gold_9k_yellow"), ("9 carat white gold", "gold_9k_white"),
        ("18kt white", "gold_18k_white_ni"), ("22K", "gold_22k_yellow"),
        ("platinum 950", "platinum_950_ru"), ("platinum", "platinum_950_ru"),
        ("platinum-950-cobalt", "platinum_950_co"), ("palladium", "palladium_950"),
        ("gold_14k_green", "gold_14k_green"), ("nugold", "brass_red"), ("fine gold", "gold_24k"),
    ],
)  # fmt: skip
def test_trade_words(word: str, id_: str) -> None:
    assert alloy(word).id == id_


def test_silent_choices_are_said() -> None:
    assert "nickel" in alias_note("18k white")
    assert "nickel" in alias_note("18K White Gold")
    assert "ruthenium" in alias_note("platinum 950")
    assert alias_note("sterling") == "" == alias_note("18k white palladium")
    for word in table("alloys")["said"]:
        assert alloy(word)


def test_no_alias_means_two_alloys() -> None:
    words = [word for item in EVERY for word in item.aliases]
    assert len(words) == len(set(words))
    for item in EVERY:
        assert all(alloy(word) is item for word in (item.id, *item.aliases))


@pytest.mark.parametrize("word", ["sterlin", "19k yellow", "", "unobtainium"])
def test_unknown_alloys(word: str) -> None:
    with pytest.raises(CatalogError, match="JG182") as caught:
        alloy(word)
    if word == "sterlin":
        assert caught.value.findings[0].hint == "did you mean 'sterling'?"


def test_there_are_thirty_alloys_and_more() -> None:
    assert len(EVERY) >= 30
    assert {item.family for item in EVERY} == {"silver", "gold", "platinum", "palladium", "base"}


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.id)
def test_figures_of_an_alloy_agree_with_each_other(item) -> None:
    assert 4 < item.density_g_cm3 < 22
    assert item.solidus_c is not None and item.liquidus_c is not None
    assert item.solidus_c <= item.liquidus_c
    if item.pour_c and item.family != "palladium":  # its source prints a pour under the liquidus
        assert item.liquidus_c < item.pour_c[1] and item.pour_c[0] <= item.pour_c[1]
    if item.flask_c:
        assert item.flask_c[1] < item.liquidus_c
    if item.anneal_c:
        assert item.anneal_c[1] < item.solidus_c
    assert item.facts["density_g_cm3"].number == item.density_g_cm3
    assert all(0 <= part <= 255 for part in item.rgb)
    assert (item.fineness == 0) == (item.family == "base")


@pytest.mark.parametrize(
    ("id_", "parts"),
    [
        ("silver_925", {"Ag": 92.5, "Cu": 7.5}),
        ("gold_18k_white_ni", {"Au": 75.15, "Cu": 8.75, "Ni": 12, "Zn": 4.1}),
        ("gold_14k_white_ni", {"Au": 58.4, "Cu": 21, "Ni": 12.7, "Zn": 7.8}),
        ("platinum_950_ru", {"Pt": 95, "Ru": 5}), ("platinum_950_ir", {"Pt": 95, "Ir": 5}),
        ("platinum_900_ir", {"Pt": 90, "Ir": 10}), ("gold_9k_yellow", {"Au": 37.5, "Ag": 10, "Cu": 45, "Zn": 7.5}),
    ],
)  # fmt: skip
def test_densities_follow_the_mixing_rule(id_: str, parts: dict[str, float]) -> None:
    mixed = weights.mixed_density(
        tuple((share, fact("alloys", f"elements.{name}.density_g_cm3").number)
              for name, share in parts.items())
    )  # fmt: skip
    assert alloy(id_).density_g_cm3 == pytest.approx(mixed, rel=0.012)


def test_the_published_mixing_example() -> None:
    parts = ((583.0, 19.32), (104.0, 10.49), (313.0, 8.96))
    wanted = fact("alloys", "mixing.gold_583_silver_104_copper_313_g_cm3").number
    assert weights.mixed_density(parts) == pytest.approx(wanted, abs=0.02)


def test_hallmarks_match_the_alloys() -> None:
    for item in EVERY:
        carat = re.match(r"gold_(\d+k)_", item.id)
        if carat:
            mark = fact("alloys", f"hallmark.{carat[1].upper()}").number
            assert item.fineness == mark


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item.id)
def test_solders_run_in_order_below_the_metal(item) -> None:
    found = solders.grades(item.id)
    assert [row.flow_c for row in found] == sorted((row.flow_c for row in found), reverse=True)
    for row in found:
        assert row.melt_c is None or row.melt_c < row.flow_c
        assert row.facts["flow_c"].number == row.flow_c
    assert item.solidus_c is not None
    safe = [row for row in found if row.flow_c <= item.solidus_c - 20]
    assert list(solders.usable(item.id)) == safe
    assert bool(safe) == bool(found) == (item.id != "titanium_gr5")


def test_grades_of_silver() -> None:
    found = {row.grade: row for row in solders.grades("sterling")}
    assert list(found) == ["it", "hard", "medium", "easy", "extra_easy"]
    assert (found["hard"].melt_c, found["hard"].flow_c, found["hard"].fineness) == (741, 788, 750)
    assert solders.grades("silver") == solders.grades("sterling")
    assert [row.grade for row in solders.grades("14k white")] == ["hard", "medium", "easy"]
    assert solders.grades("platinum 950")[0].flow_c == 1700
    with pytest.raises(CatalogError, match="JG184"):
        solders.grades("gold_14k_whit")


def test_volume_to_grams(case) -> None:
    expected, tolerance = case("volume-cube")
    found = [weights.grams(60.0, density) for density in (15.53, 10.36)]
    assert found == pytest.approx(expected["grams"], abs=tolerance)
    assert weights.alloy_grams(1000.0, "sterling") == pytest.approx(10.36)
    assert weights.pattern_grams(1000.0) == pattern_density("wax").number == 0.95
    with pytest.raises(CatalogError, match="JG182"):
        pattern_density("waxx")


def test_resin_to_sterling(case) -> None:
    expected, tolerance = case("resin-to-sterling")
    found = [weights.metal_from_pattern(0.56, 1.09, 10.36, button) for button in (0.0, 0.10)]
    assert found == pytest.approx(expected["grams"], abs=tolerance)


def test_wax_factor(case) -> None:
    expected, tolerance = case("wax-14k-13.5")
    factor = fact("casting", "metal_from_wax.padded.gold_14k").number
    assert factor == 13.5
    found = weights.metal_by_factor(5.0, factor, 0.10)
    assert found == pytest.approx(expected["grams"], abs=tolerance)


def test_shrink_chain(case) -> None:
    expected, tolerance = case("shrink-chain")
    scale = weights.shrink_scale(0.025, 0.01)
    assert scale == pytest.approx(expected["scale"], abs=tolerance)
    assert 100 * (1 - 1 / scale) == pytest.approx(expected["linear_pct"], abs=tolerance)


def test_units(case) -> None:
    expected, tolerance = case("units")
    per = [1 / weights.pennyweights(1.0), 1 / weights.troy_ounces(1.0), 1 / weights.carats(1.0)]
    assert per == pytest.approx(expected["grams"], abs=tolerance)


@given(st.floats(0.01, 50), st.sampled_from(EVERY))
def test_a_wax_of_the_same_volume_weighs_out_to_the_metal(volume: float, item) -> None:
    wax = pattern_density("wax").number
    metal = weights.metal_from_pattern(weights.pattern_grams(volume), wax, item.density_g_cm3)
    assert metal == pytest.approx(weights.alloy_grams(volume, item.id))


@given(st.lists(st.floats(0, 0.2), max_size=4))
def test_shrinking_undoes_the_scale(stages: list[float]) -> None:
    size = 17.0 * weights.shrink_scale(*stages)
    for stage in stages:
        size *= 1 - stage
    assert size == pytest.approx(17.0)
