"""Ring sizes: published checkpoints, round trips in all systems, words and traps."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jewelgen.catalog import scales, sizes
from jewelgen.catalog.facts import as_fact, table
from jewelgen.catalog.weights import shrink_scale
from jewelgen.findings import CatalogError

SYSTEMS = [scale.id for scale in scales.scales()]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("US 7", "size-us-7"), ("US 3", "size-us-3"), ("US 4", "size-us-4"),
        ("US 4.5", "size-us-4.5"), ("ISO 54", "size-iso-54"), ("CH 14", "size-ch-14"),
        ("UK N1/2", "size-uk-n-half"), ("JP 13", "size-jp-13"),
    ],
)  # fmt: skip
def test_published_cases(text: str, name: str, case) -> None:
    expected, tolerance = case(name)
    found = sizes.bore_mm(text)
    for key, value in expected.items():
        assert getattr(found, key) == pytest.approx(value, abs=tolerance)


def _checkpoints() -> list[tuple[str, str, float | None, float | None]]:
    found = []
    for scale in scales.scales():
        raw = table("sizes")[scale.id]
        for key in raw:
            if key.startswith(("checkpoint", "table")):
                found += [_point(scale, key, row) for row in as_fact(raw[key]).v]
    return found


def _point(scale, key, row):
    size = row[0] if isinstance(row[0], str) else f"{row[0]:g}"
    around = scale.line.around
    if key == "checkpoint_c_id_mm":
        return scale.code, size, row[2], row[1]
    if key == "checkpoint_id_c_mm":
        return scale.code, size, None, row[1]
    if key == "table_mm":
        return (scale.code, size, None, row[1]) if around else (scale.code, size, row[1], None)
    return scale.code, size, row[1], None


@pytest.mark.parametrize(("code", "size", "diameter", "around"), _checkpoints())
def test_every_checkpoint_of_the_data(code, size, diameter, around) -> None:
    found = sizes.bore_mm(f"{code} {size}")
    if diameter is not None:
        assert found.inner_diameter_mm == pytest.approx(diameter, abs=0.0051)
    if around is not None:
        assert found.circumference_mm == pytest.approx(around, abs=0.0051)


def test_there_are_ten_systems() -> None:
    assert len(SYSTEMS) == 10
    assert [found.system for found in sizes.systems(17.3)] == SYSTEMS


@given(st.sampled_from(SYSTEMS), st.floats(0, 1))
def test_labels_round_trip_in_every_system(system: str, share: float) -> None:
    scale = scales.scale(system)
    least, greatest = scale.size_range
    number = scale.nearest(least + share * (greatest - least))
    size = sizes.at(system, number)
    assert sizes.bore_mm(size.label) == size
    assert sizes.size_index(system, size.label) == pytest.approx(number, abs=1e-9)
    mine = next(row for row in sizes.systems(size.inner_diameter_mm) if row.system == system)
    assert mine.label == size.label
    assert mine.difference_mm == pytest.approx(0, abs=1e-9)
    assert mine.inside
    assert size.circumference_mm == pytest.approx(math.pi * size.inner_diameter_mm)


@given(st.floats(14.0, 21.5), st.sampled_from(SYSTEMS))
def test_the_nearest_size_is_within_half_a_step(bore: float, system: str) -> None:
    scale = scales.scale(system)
    row = next(row for row in sizes.systems(bore) if row.system == system)
    index = sizes.size_index(system, row.label)
    assert abs(index - row.exact) <= scale.step / 2 + 1e-9
    assert scale.diameter(row.exact) == pytest.approx(bore, abs=1e-9)
    assert row.difference_mm == pytest.approx(row.inner_diameter_mm - bore, abs=1e-12)


@given(st.sampled_from(SYSTEMS), st.floats(0, 1), st.floats(0, 1))
def test_larger_sizes_are_larger(system: str, one: float, other: float) -> None:
    scale = scales.scale(system)
    least, greatest = scale.size_range
    first, second = sorted(least + share * (greatest - least) for share in (one, other))
    if second - first > 1e-6:
        assert scale.diameter(first) < scale.diameter(second)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("us 6.5", "US 6 1/2"), ("US 6½", "US 6 1/2"), ("US7", "US 7"), ("UK N½", "UK N1/2"),
        ("UK N 1/2", "UK N1/2"), ("uk n.5", "UK N1/2"), ("UK Z+3.5", "UK Z+3 1/2"),
        ("AU N", "UK N"), ("FR 54", "EU 54"), ("IT 14", "CH 14"), ("ES 14", "CH 14"),
        ("FR40 14", "CH 14"), ("NL 14", "CH 14"), ("DE 17.25", "DE 17 1/4"),
        ("IN 14", "54.4 mm"), ("54.4 mm", "54.4 mm circumference"), ("HK 15", "17.2 mm"),
        ("17.3 mm", "17.3 mm diameter"),
    ],
)  # fmt: skip
def test_ways_of_writing_one_size(text: str, same: str) -> None:
    one, other = sizes.bore_mm(text), sizes.bore_mm(same)
    assert one.inner_diameter_mm == pytest.approx(other.inner_diameter_mm, abs=1e-12)


def test_labels_keep_the_country_that_was_written() -> None:
    assert sizes.bore_mm("IT 14").label == "IT 14"
    assert sizes.bore_mm("DE 17 1/4").label == "DE 17.25"
    assert sizes.bore_mm("uk z+3").label == "UK Z+3"


def test_a_bore_is_a_size() -> None:
    found = sizes.bore_mm({"bore": 17.3})
    assert found == sizes.bore_mm("17.3 mm diameter")
    assert (found.system, found.inner_diameter_mm) == ("mm", 17.3)
    assert sizes.spread(found) == () == sizes.traps("mm")
    assert sizes.size_index("mm", found.label) == 17.3


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("US 7.1", "nearest is US 7"), ("XS 7", "there are US, UK"), ("US 99", "US 0 to US 16"),
        ("35 mm", "35 mm circumference"), ("54 mm wide", "diameter"), ("hello", "US"),
        ("UK 7", "sizes look like"), ("EU 54.5", "nearest is EU"), ("", "US"), (7, "US 7"),
        ({"bore": 3}, "8 to 40"), ({"bore": True}, "bore"), ({"bore": 17, "x": 1}, "bore"),
        ({"bore": float("nan")}, "bore"), ("US " + "9" * 400, "US"), ("UK M+2", "UK"),
        ("US 6 9/4", "sizes look like"), ("US 6 1/0", "sizes look like"), (None, "US 7"),
        ("UKK T", "UK T"),
    ],
)  # fmt: skip
def test_wrong_sizes_say_what_is_right(value: object, says: str) -> None:
    with pytest.raises(CatalogError, match="JG180") as caught:
        sizes.bore_mm(value)
    assert says in str(caught.value)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        found = sizes.bore_mm(text)
    except CatalogError as refused:
        assert refused.findings[0].code == "JG180"
    else:
        assert sizes.LEAST_BORE <= found.inner_diameter_mm <= sizes.GREATEST_BORE


def test_steps() -> None:
    quarter = sizes.parse_size_steps("US 4 .. US 9 by 1/4")
    assert [size.label for size in quarter[:3]] == ["US 4", "US 4 1/4", "US 4 1/2"]
    assert len(quarter) == 21 and quarter[-1].label == "US 9"
    assert len(sizes.parse_size_steps("UK L .. UK Z by 1/2")) == 29
    assert [size.label for size in sizes.parse_size_steps("IT 10 .. IT 12")] == [
        "IT 10", "IT 11", "IT 12",
    ]  # fmt: skip
    assert len(sizes.parse_size_steps("US 5 .. US 10 by 1/2")) == 11


@pytest.mark.parametrize(
    "text",
    ["US 9 .. US 4", "US 4 .. UK N", "US 4 .. US 9 by 1/3", "US 4", "US 4 .. US 9 by 0",
     "14 mm .. 18 mm", "US 4 .. US 9 by -1", "x" * 200],
)  # fmt: skip
def test_wrong_steps(text: str) -> None:
    with pytest.raises(CatalogError, match="JG181"):
        sizes.parse_size_steps(text)


def test_wrong_ends_of_steps_are_wrong_sizes() -> None:
    with pytest.raises(CatalogError, match="JG180"):
        sizes.parse_size_steps("US 4 .. US 99")


def test_the_spread_of_print_is_shown() -> None:
    rio = {row.id: row for row in sizes.spread(sizes.bore_mm("US 12"))}
    assert rio["rio"].inner_diameter_mm == 21.41
    assert rio["rowlett"].inner_diameter_mm == pytest.approx((36.3 + 2.6 * 12) / math.pi)
    letters = {row.id: row for row in sizes.spread(sizes.bore_mm("UK Z"))}
    assert letters["wiki-old"].difference_mm * math.pi == pytest.approx(0.99, abs=0.01)
    assert len(letters) == 4 and all(row.source and row.note for row in letters.values())
    assert "rio" not in {row.id for row in sizes.spread(sizes.bore_mm("US 13"))}
    assert sizes.spread(sizes.bore_mm("IT 14")) == ()
    assert any("FR40" in trap for trap in sizes.traps("eu"))


def test_uk_letters_meet_us_numbers_where_print_says_so() -> None:
    for letter, number in (("L1/2", "6"), ("N1/2", "7")):
        uk, us = sizes.bore_mm(f"UK {letter}"), sizes.bore_mm(f"US {number}")
        assert uk.inner_diameter_mm == pytest.approx(us.inner_diameter_mm, abs=0.02)


def test_an_uncompensated_mold_loses_three_quarters_of_a_size(case) -> None:
    expected, tolerance = case("shrink-size")
    finished = sizes.bore_mm("US 7").inner_diameter_mm / shrink_scale(0.025, 0.01)
    row = next(row for row in sizes.systems(finished) if row.system == "us")
    assert row.exact == pytest.approx(expected["finished_us_size"], abs=tolerance)


def test_unknown_systems() -> None:
    with pytest.raises(CatalogError, match="JG180"):
        scales.scale("mars")


def test_a_size_as_plain_data() -> None:
    size = sizes.bore_mm("US 7")
    row = sizes.as_row(size, sizes.systems(size.inner_diameter_mm), sizes.spread(size))
    assert json.loads(json.dumps(row)) == row
    assert (row["inner_diameter_mm"], row["circumference_mm"]) == (17.3228, 54.4212)
    assert row["systems"]["uk"]["label"] == "UK N1/2"
    assert row["spread"][0]["id"] == "rio" and "17.35 mm" in str(sizes.spread(size)[0])
    assert row["traps"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7", "'US 7'"),
        ("54", "'EU 54'"),
        ("Q1/2", "'UK Q1/2'"),
        ("6,5", "'US 6.5'"),
        ("54,4 mm", "'54.4 mm'"),
        ("blah", "there are US"),
    ],
)
def test_a_size_without_its_system_is_guessed(written: str, meant: str) -> None:
    with pytest.raises(CatalogError, match="JG180") as caught:
        sizes.bore_mm(written)
    assert meant in caught.value.findings[0].hint
