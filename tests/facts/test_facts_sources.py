"""Every value has a source that exists, or says why it has none; ranges hold their values."""

from __future__ import annotations

import pytest

from jewelgen.catalog import compare, packs
from jewelgen.catalog.facts import STANDINGS, Fact, as_fact, fact, keys, source, table, tables, walk
from jewelgen.findings import CatalogError

EVERY = [(name, key) for name in tables() for key in keys(name)]


def test_there_are_the_promised_tables() -> None:
    wanted = {"sizes", "alloys", "solders", "stock", "gems", "bench_rules", "casting"}
    assert wanted <= set(tables())
    assert len(EVERY) > 1200


@pytest.mark.parametrize("name", tables())
def test_every_value_of_a_table_stands(name: str) -> None:
    known = table(name)["sources"]
    assert table(name)["units"]
    for path, raw in walk(table(name)):
        found = as_fact(raw)
        assert set(raw) <= {"v", "src", "st", "range", "note"}, path
        assert found.st in STANDINGS, path
        assert set(found.src) <= set(known), path
        if found.st == "U":
            assert found.note and not found.src, path
        elif found.st != "D":
            assert found.src, path
        if found.st == "D":
            assert found.src or found.note, path
        if found.st == "S2" and len(found.src) == 1:  # one entry may name several sources
            assert any(sign in known[found.src[0]] for sign in "+,"), path


def test_every_published_variant_of_a_size_system_stands() -> None:
    known = table("sizes")["sources"]
    rows = [row for group in table("sizes").values() if isinstance(group, dict)
            for row in group.get("variant", ())]  # fmt: skip
    assert len(rows) == 11
    for row in rows:
        assert row["st"] in STANDINGS and row["note"] and set(row["src"]) <= set(known)
        assert ("table" in row) != ("slope" in row)


@pytest.mark.parametrize("name", tables())
def test_every_source_is_used(name: str) -> None:
    used = {key for _, raw in walk(table(name)) for key in raw.get("src", ())}
    used |= {
        key
        for group in table(name).values()
        if isinstance(group, dict)
        for row in group.get("variant", ())
        for key in row["src"]
    }
    assert used == set(table(name)["sources"])


@pytest.mark.parametrize(("name", "key"), [pair for pair in EVERY if fact(*pair).range])
def test_ranges_hold_their_value(name: str, key: str) -> None:
    found = fact(name, key)
    assert found.range is not None
    least, greatest = found.range
    assert least <= greatest
    assert all(least <= number <= greatest for number in found.numbers)


def test_no_value_is_a_sentence() -> None:
    for name, key in EVERY:
        value = fact(name, key).v
        if isinstance(value, str):
            assert len(value) < 80 and ". " not in value, (name, key)


def test_facts_hash_and_are_equal_by_value() -> None:
    found = fact("bench_rules", "bezel_height_cabochon.rub_over")
    assert found == Fact(0.8, ("jcal", "kwant"), "S2", (0.5, 1.0), found.note)
    assert len({fact(*pair) for pair in EVERY}) > 500


@pytest.mark.parametrize(
    ("name", "key", "hint"),
    [
        ("bench_rule", "x", "bench_rules"),
        ("bench_rules", "flush.max_ston", "flush.max_stone"),
        ("bench_rules", "flush", "flush"),
    ],
)
def test_unknown_facts_name_the_nearest(name: str, key: str, hint: str) -> None:
    with pytest.raises(CatalogError, match="JG185") as caught:
        fact(name, key)
    assert hint in caught.value.findings[0].hint


def test_text_and_table_facts_refuse_to_be_one_number() -> None:
    with pytest.raises(CatalogError, match="JG185"):
        _ = fact("bench_rules", "bezel_wall.table").number
    assert fact("bench_rules", "bezel_wall.table").pairs[2] == (10.0, 0.32)
    with pytest.raises(CatalogError, match="JG185"):
        source("sizes", "nobody")


def test_a_pack_answers_its_own_limits_and_cautious_the_rest() -> None:
    assert packs.limit("wall_min", "morris-watson").value == 0.4
    assert packs.limit("wall_min").value == 0.8
    borrowed = packs.limit("culet_to_finger_min", "morris-watson")
    assert (borrowed.value, borrowed.pack) == (0.5, "cautious")
    assert "Stuller" in borrowed.source
    assert packs.limit("shank_width_min").source
    for name in packs.packs():
        assert packs.title(name)
        assert [limit.key for limit in packs.limits(name)] == sorted(
            table("packs/cautious")["limit"]
        )


def test_no_pack_names_a_limit_that_cautious_lacks() -> None:
    whole = set(table("packs/cautious")["limit"])
    for name in packs.packs():
        assert set(table(f"packs/{name}")["limit"]) <= whole


@pytest.mark.parametrize(("key", "pack"), [("wall_mim", "cautious"), ("wall_min", "stullr")])
def test_unknown_packs_and_limits(key: str, pack: str) -> None:
    with pytest.raises(CatalogError, match="JG187") as caught:
        packs.limit(key, pack)
    assert "did you mean" in caught.value.findings[0].hint


def test_packs_side_by_side_show_what_each_house_says_itself() -> None:
    names = ("stuller", "morris-watson", "gemwares")
    rows = {row.key: row for row in compare.compare(names)}
    wall = rows["wall_min"]
    assert wall.values == (0.5, 0.4, 0.8)
    assert (wall.conflict, wall.strictest) == (True, 0.8)
    assert rows["depth_over_width_max"].strictest == 1.0, "the least of greatest values"
    assert rows["culet_to_finger_min"].own[1:] == (None, None), (
        "what a house is silent on is not lent"
    )
    assert not rows["culet_to_finger_min"].conflict
    assert "moving_clearance_min" not in rows, "nobody of these publishes it"


def test_packs_are_chosen_by_process_and_limits_by_metal() -> None:
    assert compare.chosen()[0] == "cautious"
    assert set(compare.chosen()) == set(packs.packs())
    assert "formlabs" in compare.chosen("direct")
    assert "formlabs" not in compare.chosen("mold")
    keys = {row.key for row in compare.compare(("cautious",), "gold")}
    assert "gold_wall_min" in keys
    assert "silver_wall_min" not in keys
    with pytest.raises(CatalogError, match="JG187"):
        compare.compare(("stullr",))
