"""Reading and resolving: places, ranges, formulas, names, blocks, extends."""

from __future__ import annotations

import math

import pytest

from jewelgen.design.reader import load
from jewelgen.design.resolve import brief_from, resolve
from jewelgen.findings import DesignError

BAND = '[shank]\nkind = "band"\nwidth = 4\n'


def codes(findings):
    return [item.code for item in findings]


def test_a_band_is_read_with_units_gone_and_defaults_worked_out(brief):
    found = brief('[shank]\nkind = "band"\nwidth = "1/4 in"\n')
    band = found.block("shank").params
    assert band.width == pytest.approx(6.35)
    assert band.thick == pytest.approx(0.35 * 6.35)
    assert (found.alloy, found.stem, found.sort) == ("silver_925", "design", "ring")
    assert found.bore == pytest.approx(17.3228, abs=0.02)
    assert hash(found.block("shank").params) == hash(band)


def test_every_mistake_is_said_at_once_with_its_place(said):
    text = '[shank]\nkind = "band"\nwidth = 40\nthik = 2\nedge = "soft"\n[heed]\nkind = "prong"\n'
    found = said(text)
    assert sorted(codes(found)) == ["JG107", "JG130", "JG132"]
    by = {item.code: item for item in found}
    assert (by["JG132"].where.line, by["JG132"].where.column) == (9, 9)
    assert by["JG132"].where.key == "shank.width"
    assert by["JG132"].allowed == "0.8 .. 14 mm"
    assert "did you mean 'thick'?" in by["JG130"].hint
    assert by["JG130"].where.line == 10
    assert "did you mean 'head'?" in by["JG107"].hint


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ('width = "4"', "JG134", "write 4 without quotes"),
        ("width = true", "JG132", "not a number"),
        ("width = nan", "JG132", "finite"),
        ("width = inf", "JG132", "finite"),
        ("width = 1e400", "JG132", "finite"),
        ("width = 1" + "0" * 400, "JG132", "too large"),
        ("width = [4]", "JG132", "not a number"),
        ('width = "4 kg"', "JG132", "not a length"),
        ('width = "= 4 +"', "JG153", "not a formula"),
        ('width = "= wobble"', "JG152", "no name 'wobble'"),
        ('width = "= 1 / 0"', "JG154", "no result"),
        ('width = "= 9 ** 9 ** 9"', "JG154", "exponent"),
        ('width = "= (-8) ** 0.5"', "JG154", "no result"),
        ('width = "= thick.__class__"', "JG152", "no name"),
        ('width = "= __import__(1)"', "JG150", "no function '__import__'"),
        ('width = "= (1).__class__"', "JG153", "no constant"),
        ("width = \"= 'a' * 9\"", "JG153", "no constant"),
        ('width = "= [1][0]"', "JG153", "no subscript"),
        ('width = "= (lambda: 1)()"', "JG150", "no function"),
        ('width = "= 1j"', "JG153", "no constant"),
        ('width = "= thick"\nthick = "= width"', "JG151", "circle"),
        ("width = 1979-05-27", "JG108", "is a date"),
        ("width = 4\nwidth = 5", "JG100", "not TOML"),
    ],
)
def test_bad_values_get_their_code(said, line, code, word):
    found = said(f'[shank]\nkind = "band"\n{line}\n')
    assert code in codes(found)
    assert any(word in item.message for item in found if item.code == code)


def test_a_circle_is_reported_as_a_path(said):
    found = said('[let]\nbig = "= small"\nsmall = "= big * 2"\n' + BAND)
    assert "let" in found[0].where.key
    assert any("big -> small -> big" in item.message for item in found)


def test_an_angle_needs_its_unit(said):
    found = said('[shank]\nkind = "arms"\ntop = { width = 3 }\nrise_at = 42\n')
    assert codes(found) == ["JG133"]
    assert '"42 deg"' in found[0].message


def test_nested_blocks_keep_defaults_and_read_formulas(brief):
    text = (
        '[let]\nw = 3\n[shank]\nkind = "arms"\ntop = { width = "= w", thick = "= back.thick + 1" }\n'
        'rise_at = "= 2 * 20"\n'
    )
    arms = brief(text).block("shank").params
    assert (arms.top.width, arms.top.thick, arms.back.width) == (3.0, 2.5, 2.0)
    assert arms.rise_at == pytest.approx(40.0)


def test_unknown_key_in_a_nested_block(said):
    found = said('[shank]\nkind = "arms"\ntop = { widht = 3 }\n')
    assert codes(found) == ["JG130"]
    assert (found[0].where.key, found[0].where.line) == ("shank.top.widht", 9)


def test_names_resolve_own_block_first_then_let_then_bore_then_families(brief):
    text = (
        "[let]\nlift = 9\nextra = 0.25\n"
        '[shank]\nkind = "band"\nwidth = "= head.stone.width + extra"\nthick = "= bore / 10"\n'
        '[head]\nkind = "prong"\nstone = "round diamond 4.0"\nlift = 2\nwire = "= lift / 2"\n'
    )
    found = brief(text)
    assert found.block("shank").params.width == pytest.approx(4.25)
    assert found.block("shank").params.thick == pytest.approx(found.bore / 10)
    assert found.block("head").params.wire == 1.0
    assert found.lets == (("lift", 9.0), ("extra", 0.25))


def test_named_blocks_like_and_own_names(brief):
    text = BAND + (
        '[head.centre]\nkind = "prong"\nstone = "round diamond 5"\nlift = 1.4\n'
        '[head.sides]\nlike = "head.centre"\nstone = { cut = "round", size = "= 1.5 * 2", of = "diamond" }\n'
        'wire = "= head.centre.wire"\nbeside = "head.centre"\ngap = 0.15\n'
    )
    found = brief(text)
    centre, sides = found.block("head.centre"), found.block("head.sides")
    assert sides.params.lift == 1.4
    assert sides.params.stone.width == pytest.approx(3.0)
    assert sides.params.wire == pytest.approx(0.16 * math.sqrt(5) + 0.45)
    assert centre.params.wire == sides.params.wire
    assert (sides.beside, sides.gap) == ("head.centre", 0.15)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[head]]\nkind = "prong"\n', "JG121"),
        ('[head]\nkind = "prong"\nstone = "round diamond 5"\n[head.b]\nlike = "head"\n', "JG121"),
        ('[head]\nkind = "prung"\nstone = "round diamond 5"\n', "JG120"),
        ('[head]\nkind = "prong"\n', "JG131"),
        ('[head]\nkind = "prong"\nstone = "round diamant 5"\n', "JG140"),
        ('[head]\nkind = "prong"\nstone = "round diamond"\n', "JG141"),
        ('[head.a]\nlike = "head.z"\n', "JG123"),
        ('[head.a]\nlike = "head.b"\n[head.b]\nlike = "head.a"\n', "JG123"),
        ("head = true\n", "JG108"),
        ('[engraving]\ntext = "a\\tb"\n', "JG132"),
        ('[head."../../etc"]\nkind = "prong"\nstone = "round diamond 5"\n', "JG109"),
    ],
)
def test_bad_blocks_get_their_code(said, text, code):
    head = text if text.startswith("head") else ""
    assert code in codes(said(head + BAND + ("" if head else text)))


def test_a_shank_without_kind_lists_the_words(said):
    found = said("[shank]\nwidth = 4\n")
    assert codes(found) == ["JG122"]
    assert found[0].allowed == "there are arms, band"


def test_customers_text_is_never_a_formula(brief):
    text = BAND + '[engraving]\ntext = "X"\n[ask]\nengraving.text = "up to 20 letters"\n'
    found = brief(text, {"engraving.text": "=bore**9"})
    assert found.block("engraving").params.text == "=bore**9"


def test_extends_merges_removes_and_remembers_places(tmp_path, kinds):
    parent = (
        'format = 1\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 7"\n'
        '[shank]\nkind = "band"\nwidth = 40\n[engraving]\ntext = "A"\n[ask]\nsize = "US 4 .. US 9"\n'
    )
    (tmp_path / "a.toml").write_text(parent)
    child = tmp_path / "b.toml"
    child.write_text('format = 1\nextends = "a.toml"\nengraving = false\n[shank]\nthick = 2\n')
    with pytest.raises(DesignError) as caught:
        resolve(load(child), kinds=kinds)
    where = caught.value.findings[0].where
    assert (where.file, where.line) == (str(tmp_path / "a.toml"), 8)
    (tmp_path / "a.toml").write_text(parent.replace("40", "4"))
    found = resolve(load(child), kinds=kinds)
    assert [block.name for block in found.blocks] == ["shank"]
    assert (found.block("shank").params.width, found.block("shank").params.thick) == (4, 2)
    assert [ask.key for ask in found.asks] == ["size"]


@pytest.mark.parametrize(
    "parent", ["../a.toml", "/etc/passwd.toml", "b.toml", "none.toml", "x\\u0000.toml"]
)
def test_bad_parents(tmp_path, parent):
    sub = tmp_path / "sub"
    sub.mkdir()
    (tmp_path / "a.toml").write_text("format = 1\n")
    (sub / "b.toml").write_text(f'format = 1\nextends = "{parent}"\n')
    with pytest.raises(DesignError) as caught:
        load(sub / "b.toml")
    assert codes(caught.value.findings) == ["JG105"]


def test_five_parents_are_too_many(tmp_path):
    for index in range(6):
        (tmp_path / f"{index}.toml").write_text(f'format = 1\nextends = "{index + 1}.toml"\n')
    (tmp_path / "6.toml").write_text("format = 1\n")
    with pytest.raises(DesignError, match="more than 4 parents"):
        load(tmp_path / "0.toml")
    assert load(tmp_path / "2.toml").tree["format"] == 1


def test_code_is_refused_without_trust_and_used_with_it(tmp_path, kinds):
    folder = tmp_path / "kinds" / "head"
    folder.mkdir(parents=True)
    (folder / "tulip.py").write_text(
        "from dataclasses import dataclass\nfrom typing import Annotated\n"
        "from jewelgen.kinds.kind import Kind\nfrom jewelgen.piece.site import Fragment\n"
        "from jewelgen.spec import Mm\n"
        "@dataclass(frozen=True, slots=True, kw_only=True)\nclass Params:\n"
        "    tall: Annotated[float, Mm(1, 9, 'height')] = 3.0\n"
        "def make(params, site):\n    return Fragment()\n"
        "KIND = Kind('head', 'tulip', Params, make, 'a tulip', 'shank.top')\n"
    )
    path = tmp_path / "d.toml"
    path.write_text(
        'format = 1\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 7"\n'
        'use = ["./kinds"]\n' + BAND + '[head]\nkind = "tulip"\n'
    )
    with pytest.raises(DesignError, match="JG106"):
        load(path)
    found = resolve(load(path, trust=True), kinds=kinds)
    assert found.block("head").params.tall == 3.0


def test_a_brief_from_a_mapping_is_the_brief_of_the_text(brief, kinds):
    mapping = {
        "name": "Test", "piece": "ring", "made": "cast", "alloy": "sterling", "size": "US 7",
        "shank": {"kind": "band", "width": 4},
    }  # fmt: skip
    made, read = brief_from(mapping, kinds=kinds), brief(BAND)
    assert made.blocks[0].params == read.blocks[0].params
    assert (made.bore, made.alloy, made.name) == (read.bore, read.alloy, read.name)


def test_the_order_of_keys_does_not_matter(brief):
    a, b = (
        '[shank]\nkind = "band"\nwidth = 4\n',
        '[head]\nkind = "prong"\nstone = "round diamond 5"\n',
    )
    one, two = brief(a + b), brief(b + a)
    assert [(x.name, x.params) for x in one.blocks] == [(x.name, x.params) for x in two.blocks]


def test_stones_sizes_and_alloys_are_echoed(brief):
    found = brief(BAND + '[head]\nkind = "prong"\nstone = "round diamond 1.00 ct"\n')
    echoed = {echo.key: echo for echo in found.echoes}
    assert "6.4" in echoed["head.stone"].understood
    assert "17.3" in echoed["size"].understood
    assert echoed["alloy"].understood.startswith("silver_925")


HEAD = '[let]\nturn = 30\n[head.a]\nkind = "prong"\nstone = "round diamond 5"\n[head.b]\nkind = "prong"\nstone = "round diamond 4"\nlift = 1.5\n'


def test_where_a_block_stands_may_be_a_formula(brief):
    """Of its own values, of others, of [let]: degrees for `at`, mm for `gap`."""
    found = brief(BAND + HEAD + 'at = "= turn + 2 * lift"\nbeside = "head.a"\ngap = "= 0.1 * head.a.stone.width"\n')  # fmt: skip
    block = found.block("head.b")
    assert (block.at, block.gap) == pytest.approx((33.0, 0.5))
    assert found.block("head.a").at is None


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ('at = "= wobble"', "JG152", "no name 'wobble'"),
        ('at = "= 12 * turn + lift"', "JG132", "361.5 is too far"),
        ('gap = "= 1 / 0"', "JG154", "no result"),
        ('gap = "= lift ** "', "JG153", "not a formula"),
    ],
)
def test_a_place_that_cannot_be_worked_out_gets_its_code(said, line, code, word):
    (found,) = said(BAND + HEAD + f'beside = "head.a"\n{line}\n')
    assert (found.code, found.where.line) == (code, 20)
    assert word in found.message
    assert found.where.key.startswith("head.b.")
