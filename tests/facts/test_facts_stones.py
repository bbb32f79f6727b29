"""Stones: phrases in any order, published carats, heights, and what is refused."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jewelgen.catalog import carats, cuts, gems
from jewelgen.catalog.facts import fact, keys
from jewelgen.catalog.stone_ranges import parse_stone_range
from jewelgen.catalog.stones import StoneSpec, describe, parse_outline, parse_stone, stone_notes
from jewelgen.findings import CatalogError

CHARTS = [key for key in keys("diamond_sizes") if key.startswith("chart.")]
RETAIL = {"ivoryebony", "gottrocks", "brainwritings_shirleen"}  # print 10 to 30 % over the formula


def size(text: str) -> tuple[float, float, float]:
    spec = parse_stone(text)
    return spec.length, spec.width, spec.depth


def test_a_one_carat_round_diamond_is_six_and_a_half_mm() -> None:
    spec = parse_stone("round diamond 1.00 ct")
    assert spec.width == pytest.approx(6.5, abs=0.06)
    assert spec.carats == pytest.approx(1.0, abs=1e-9)
    assert spec.depth == pytest.approx(0.609 * spec.width)
    assert describe(spec) == "round brilliant diamond 6.46 x 6.46 x 3.93, 1.00 ct"


@pytest.mark.parametrize("key", CHARTS)
def test_published_diamond_sizes(key: str) -> None:
    _, shape, chart = key.split(".")
    for length, width, published in fact("diamond_sizes", key).v:
        spec = parse_stone(f"{shape} diamond {length}x{width}")
        if shape == "round" and length < 1.5:  # the charts only round there
            assert spec.carats == pytest.approx(published, abs=0.004)
        elif chart in RETAIL:
            assert 0.45 < spec.carats / published < 1.28, (length, width)
        else:
            assert spec.carats == pytest.approx(published, rel=0.23), (length, width)


@pytest.mark.parametrize(
    ("shape", "mm", "ct"),
    [("round", 6.5, 1.0), ("round", 5.0, 0.5), ("round", 9.3, 3.0), ("princess", 5.5, 1.0),
     ("cushion", 5.6, 1.0), ("radiant", 5.7, 1.0), ("heart", 6.4, 1.0)],
)  # fmt: skip
def test_carats_to_millimetres(shape: str, mm: float, ct: float) -> None:
    spec = parse_stone(f"{shape} diamond {ct} ct")
    assert math.sqrt(spec.length * spec.width) == pytest.approx(mm, rel=0.06)


def test_the_gemgate_round(case) -> None:
    expected, tolerance = case("ct-round-0.82")
    weight = carats.weight_ct(cuts.cut("round"), gems.species("diamond"), (6.11, 6.05, 3.63))
    assert weight == pytest.approx(expected["carats"], abs=tolerance)
    assert parse_stone("round diamond 6.05x6.11x3.63").carats == weight


def test_the_gemgate_oval(case) -> None:
    expected, tolerance = case("ct-oval-1.32")
    oval, diamond = cuts.cut("oval"), gems.species("diamond")
    weight = carats.weight_ct(oval, diamond, (8.06, 5.89, 3.98), 1.07 * 1.03)
    assert weight == pytest.approx(expected["carats"], abs=tolerance)


def test_the_ruby(case) -> None:
    expected, tolerance = case("ct-ruby-5")
    spec = parse_stone("round ruby 5.0x5.0x3.03")
    assert spec.carats == pytest.approx(expected["carats"], abs=tolerance)


def test_the_reference_brilliant(case) -> None:
    expected, tolerance = case("gia-reference")
    crown = 50 * (1 - 0.57) * math.tan(math.radians(34.0))
    pavilion = 50 * math.tan(math.radians(40.7))
    assert crown == pytest.approx(expected["crown_pct"], abs=tolerance)
    assert pavilion == pytest.approx(expected["pavilion_pct"], abs=tolerance)
    assert crown + pavilion + 2.5 == pytest.approx(expected["depth_pct"], abs=tolerance)


def test_the_catalog_round_follows_its_angles() -> None:
    figures = cuts.cut("round")
    table, crown = figures.proportion("table_pct"), figures.proportion("crown_angle_deg")
    pavilion = figures.proportion("pavilion_angle_deg")
    assert (100 - table) / 2 * math.tan(math.radians(crown)) == pytest.approx(
        figures.crown_pct, abs=0.05
    )
    assert 50 * math.tan(math.radians(pavilion)) == pytest.approx(figures.pavilion_pct, abs=0.05)


def test_simulants_are_weighed_by_their_own_density() -> None:
    diamond, zirconia = parse_stone("round diamond 6"), parse_stone("round cz 6")
    assert zirconia.carats / diamond.carats == pytest.approx(5.8 / 3.52)
    assert parse_stone("round moissanite 6").carats < diamond.carats


@pytest.mark.parametrize(
    ("text", "cut", "species", "mm"),
    [
        ("oval cab turquoise 10x8x4", "cab-oval", "turquoise", (10, 8, 4)),
        ("oval cab labradorite 18x13x5", "cab-oval", "labradorite", (18, 13, 5)),
        ("oval cab agate 25x18x6", "cab-oval", "onyx_chalcedony", (25, 18, 6)),
        ("round cab onyx 8", "cab-round", "onyx_chalcedony", (8, 8, 3.6)),
        ("princess diamond 2.0", "princess", "diamond", (2, 2, 1.44)),
        ("round garnet 3.0x3.0x1.8", "round", "garnet_almandine", (3, 3, 1.8)),
        ("round diamond 1.3", "round", "diamond", (1.3, 1.3, 0.7917)),
        ("emerald emerald 7x5x3", "emerald", "emerald", (7, 5, 3)),
        ("emerald diamond 7x5x3", "emerald", "diamond", (7, 5, 3)),
        ("oval emerald 8x6x4", "oval", "emerald", (8, 6, 4)),
        ("pear rose quartz 10x7x4", "pear", "rose_quartz", (10, 7, 4)),
        ("Rose cut diamond 5x5x1.5", "rose", "diamond", (5, 5, 1.5)),
        ("oval lapis lazuli cabochon 8 x 10 mm", "cab-oval", "lapis", (10, 8, 3.6)),
        ("round brilliant sapphire 6 × 6 × 3.6 mm", "round", "sapphire", (6, 6, 3.6)),
    ],
)  # fmt: skip
def test_phrases(text: str, cut: str, species: str, mm: tuple[float, float, float]) -> None:
    spec = parse_stone(text)
    assert (spec.cut, spec.species) == (cut, species)
    assert size(text) == pytest.approx(mm)


@pytest.mark.parametrize("words", [("oval cab", "turquoise", "10x8x4"), ("round", "diamond", "1.00 ct"),
                                   ("princess cut", "smoky quartz", "5")])  # fmt: skip
def test_words_come_in_any_order(words: tuple[str, ...]) -> None:
    found = {parse_stone(" ".join(order)) for order in permutations(words)}
    assert len(found) == 1


@given(st.sampled_from(sorted(cuts.words())), st.sampled_from(sorted(gems.words())),
       st.floats(0.5, 30).map(lambda mm: round(mm, 2)), st.permutations(["cut", "of", "size"]))  # fmt: skip
def test_every_cut_and_species_can_be_said(cut: str, species: str, mm: float, order) -> None:
    shape = cuts.cut(cut)
    parts = {"cut": cut, "of": species, "size": f"{mm}" if shape.square else f"{mm * 1.4:.2f}x{mm}"}
    if "emerald" in (cut, species) or "rose" in (cut, species):
        order = ["cut", "of", "size"]
    # "rose quartz" is a stone, not a quartz rose cut
    assume(f"{cut.rpartition(' ')[2]} {species}" not in gems.words())
    spec = parse_stone(" ".join(parts[word] for word in order))
    assert spec.cut in {shape.id, "cab-oval"}
    assert spec.species == gems.species(species).id
    assert spec.carats > 0


def test_rose_quartz_is_a_stone_and_a_rose_cut_of_quartz_says_so() -> None:
    with pytest.raises(CatalogError, match="no cut in 'rose quartz"):
        parse_stone("rose quartz 6.0")
    assert parse_stone("rose cut quartz 6.0").cut == "rose"
    assert parse_stone("oval rose quartz 8x6").species == "rose_quartz"
    plain = parse_stone("round rose quartz 6")
    assert (plain.cut, plain.species) == ("round", "rose_quartz")
    assert parse_stone("round rose cut quartz 6").cut == "rose"


@given(st.sampled_from(sorted(cuts.cuts())), st.sampled_from(sorted(gems.all_species())),
       st.floats(0.05, 50))  # fmt: skip
def test_carats_come_back(cut: str, species: str, weight: float) -> None:
    shape, stone = cuts.cut(cut), gems.species(species)
    length, width, depth = carats.size_mm(shape, stone, weight)
    assert carats.weight_ct(shape, stone, (length, width, depth)) == pytest.approx(weight)
    assert length / width == pytest.approx(shape.length_over_width)


@given(st.sampled_from(sorted(cuts.cuts())), st.floats(1, 30), st.floats(0.2, 1.2))
def test_heights_add_up_to_the_depth(cut: str, width: float, deep: float) -> None:
    spec = StoneSpec(cut, "diamond", width * 1.2, width, width * deep)
    assert spec.crown + spec.girdle + spec.pavilion == pytest.approx(spec.depth)
    assert spec.girdle > 0 and spec.crown > 0 and spec.pavilion >= 0
    assert (spec.pavilion == 0) == (spec.family in {"cabochon", "rose"})
    assert 0 <= spec.table < width


def test_usual_proportions_are_kept_exactly() -> None:
    spec = parse_stone("round diamond 10")
    assert (spec.crown, spec.pavilion, spec.table) == pytest.approx((1.48, 4.31, 5.7))
    assert spec.girdle == pytest.approx(0.30)
    cab = parse_stone("oval cab turquoise 10x8x4")
    assert (cab.crown, cab.girdle, cab.outline) == (3.0, 1.0, "oval")


def test_the_long_form() -> None:
    short = parse_stone("round sapphire 6.0")
    assert parse_stone({"cut": "round", "size": 6.0, "of": "sapphire"}) == short
    cab = {"cut": "oval cab", "size": "10x8", "of": "turquoise", "depth": 4}
    assert parse_stone(cab) == parse_stone("oval cab turquoise 10x8x4")
    assert parse_stone({**cab, "depth": "4 mm"}) == parse_stone(cab)
    tiny = parse_stone({"cut": "round", "size": 6.123456789, "of": "ruby"})
    assert tiny.width == pytest.approx(6.123456789, abs=1e-9)


@pytest.mark.parametrize(
    ("value", "code", "says"),
    [
        ("round turqoise 4", "JG140", "did you mean 'turquoise'?"),
        ("roud diamond 4", "JG140", "did you mean 'round'?"),
        ("diamond 5", "JG140", "no cut"), ("round 5", "JG140", "no species"),
        ("emerald 7x5", "JG140", "no species"), ("round oval diamond 5x4", "JG140", "two cut"),
        ("round ruby sapphire 5", "JG140", "two species"), ("heart cab opal 10x8", "JG140", "heart cab"),
        ("round diamond", "JG141", "no size"), ("round diamond 5 6", "JG141", "two sizes"),
        ("round diamond 5 mm 1 ct", "JG141", "two sizes"), ("oval diamond 8", "JG141", "8x5.7"),
        ("round diamond 6.5x4", "JG141", "6.5x6.5x4"), ("round diamond 0", "JG141", "0.3"),
        ("round diamond 9999", "JG141", "120"), ("round diamond 0 ct", "JG141", "ct"),
        ("round diamond 99999 ct", "JG141", "ct"), ("round diamond 5x5x40", "JG141", "deep"),
        ("round diamond 5x5 ct", "JG141", "mixes"), ("round diamond -5", "JG140", "'5'"),
        ("round diamond nan", "JG140", "nan"), ("x" * 500, "JG140", "too long"), ("", "JG140", "no cut"),
        ({"cut": "round", "of": "ruby"}, "JG140", "size"), ({"kut": 1}, "JG140", "not a stone"),
        ({"cut": "round", "size": True, "of": "ruby"}, "JG141", "True"),
        ({"cut": "round", "size": [1], "of": "ruby"}, "JG141", "[1]"),
        ({"cut": "round", "size": 5, "of": "ruby", "depth": "x"}, "JG141", "depth"), (5, "JG140", "stone"),
        ({"cut": "round", "size": float("nan"), "of": "ruby"}, "JG141", "no size"),
        ({"cut": "round", "size": float("inf"), "of": "ruby"}, "JG141", "no size"),
    ],
)  # fmt: skip
def test_refusals(value: object, code: str, says: str) -> None:
    with pytest.raises(CatalogError) as caught:
        parse_stone(value)
    assert caught.value.findings[0].code == code
    assert says in str(caught.value)


@given(st.text(max_size=150) | st.dictionaries(
    st.sampled_from(["cut", "size", "of", "depth", "x"]), st.text(max_size=9) | st.floats() | st.none()))  # fmt: skip
def test_nothing_breaks_the_reader(value: object) -> None:
    try:
        spec = parse_stone(value)
    except CatalogError as refused:
        assert refused.findings[0].code in {"JG140", "JG141"}
    else:
        assert spec.carats > 0


def test_silent_choices_of_species_are_said() -> None:
    assert stone_notes("round garnet 3") == ("garnet: almandine",)
    assert "quartz" in stone_notes("oval cab agate 25x18x6")[0]
    assert stone_notes("round diamond 3") == ()


def test_small_stones_show_three_places() -> None:
    assert describe(parse_stone("round diamond 1.3")).endswith("0.79, 0.008 ct")
    assert describe(parse_stone("round garnet 3")).startswith("round brilliant almandine garnet")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("oval 14x12", ("oval", 14, 12)), ("cushion 12x12", ("cushion", 12, 12)), ("round 8", ("round", 8, 8)),
     ("Square 9 mm", ("box", 9, 9)), ("rectangle 12 × 8.5", ("box", 12, 8.5))],
)  # fmt: skip
def test_outlines(text: str, wanted: tuple[str, float, float]) -> None:
    assert parse_outline(text) == wanted


@pytest.mark.parametrize(
    "text", ["ovl 14x12", "oval 14", "oval", "14x12", "", "oval 1x2x3", "x" * 99]
)
def test_wrong_outlines(text: str) -> None:
    with pytest.raises(CatalogError, match="JG183") as caught:
        parse_outline(text)
    if text == "ovl 14x12":
        assert "'oval'" in caught.value.findings[0].hint


def test_species_and_cuts_are_many_and_clear() -> None:
    assert len(gems.all_species()) >= 35 and len(cuts.cuts()) == 19
    both = set(gems.words()) & set(cuts.words())
    assert both == {"emerald"}
    for item in gems.all_species().values():
        least, greatest = item.mohs
        assert 1 <= least <= greatest <= 10 and item.ri[0] <= item.ri[1]
        assert item.facts["sg_g_cm3"].number == item.sg
        assert item.heat in {"torch_ok_with_care", "risky", "no_torch"} and item.heat_note
        assert {item.ultrasonic, item.steam, item.pickle} <= {"yes", "with_care", "no"}
        assert all(0 <= part <= 255 for part in item.rgba[:3]) and 0 < item.rgba[3] <= 1
    with pytest.raises(CatalogError, match="JG140"):
        gems.species("unobtainium")
    with pytest.raises(CatalogError, match="JG140"):
        cuts.cut("ovall")
    with pytest.raises(CatalogError, match="JG185"):
        cuts.cut("rose").proportion("table_pct")


@pytest.mark.parametrize("id_", sorted(cuts.cuts()))
def test_diamond_and_coloured_factors_are_near(id_: str) -> None:
    item = cuts.cut(id_)
    ratio = item.diamond_factor(item.length_over_width) / cuts.DIAMOND_SG / item.proportion("k")
    assert 0.75 < ratio < 1.3


def test_factors_between_published_ratios_are_joined() -> None:
    pear = cuts.cut("pear")
    assert pear.diamond_factor(1.0) == 0.00615
    assert pear.diamond_factor(1.375) == pytest.approx((0.00615 + 0.006) / 2)
    assert pear.diamond_factor(9.0) == 0.00575


def test_a_stepped_range_of_stones() -> None:
    found = parse_stone_range("round diamond 5.0 .. 7.0 by 0.5")
    assert [step.width for step in found.steps] == [5.0, 5.5, 6.0, 6.5, 7.0]
    assert found.holds(parse_stone("round diamond 5.5"))
    for other in ("round diamond 5.6", "round ruby 5.5", "round diamond 7.5", "oval diamond 7x5.5"):
        assert not found.holds(parse_stone(other))
    assert found.allowed == "round brilliant, diamond, 5 x 5 to 7 x 7 mm, 5 sizes"


def test_an_open_range_of_stones() -> None:
    found = parse_stone_range("oval cab any 8x6 .. 18x13")
    assert found.any_species and found.steps == ()
    for inside in ("oval cab turquoise 8x6x3", "oval cab agate 18x13", "oval cab opal 11.3x9"):
        assert found.holds(parse_stone(inside))
    for outside in (
        "oval cab opal 7x6",
        "oval cab opal 18x13.5",
        "oval opal 10x8",
        "round cab opal 10",
    ):
        assert not found.holds(parse_stone(outside))
    assert found.allowed == "oval cabochon, any gem, 8 x 6 to 18 x 13 mm"


def test_a_range_in_carats() -> None:
    found = parse_stone_range("round diamond 0.5 ct .. 1.0 ct by 0.25")
    assert [round(step.carats, 6) for step in found.steps] == [0.5, 0.75, 1.0]
    assert parse_stone_range("round diamond 0.5 ct .. 1 ct").holds(parse_stone("round diamond 6"))


@pytest.mark.parametrize(
    "text",
    ["round diamond 5", "round diamond 7 .. 5", "round diamond 5 .. 7 by 0", "oval ruby 7x5 .. 9x7 by 1",
     "round diamond 1 .. 100 by 0.001", "round diamond 5 .. 1 ct by 0.5", "round diamond .. 7", "round diamond 0.5 .. 1.0 ct",
     "x" * 200],
)  # fmt: skip
def test_wrong_ranges(text: str) -> None:
    with pytest.raises(CatalogError, match="JG141"):
        parse_stone_range(text)


@given(st.text(max_size=60).map(lambda text: f"round any {text} .. {text}") | st.text(max_size=80))
def test_no_text_breaks_the_range_reader(text: str) -> None:
    try:
        found = parse_stone_range(text)
    except CatalogError as refused:
        assert refused.findings[0].code in {"JG140", "JG141"}
    else:
        assert found.holds(found.least) and found.holds(found.greatest)
