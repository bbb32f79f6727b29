"""Composing, orders, molds, corners and the schema, on the small kinds of conftest."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from jewelgen.design.compose import compose
from jewelgen.design.corners import corners
from jewelgen.design.mold import judge, unlike
from jewelgen.design.orders import Order, read_orders
from jewelgen.design.reader import load, load_text
from jewelgen.design.resolve import resolve
from jewelgen.design.schema import schema
from jewelgen.findings import DesignError, Severity, Where
from jewelgen.piece.digest import digest

DESIGNS = Path(__file__).parents[2] / "designs"
BAND = '[shank]\nkind = "band"\nwidth = 4\n'
HEAD = '[head]\nkind = "prong"\nstone = "round diamond 5"\nlift = 1.5\n'
ASKS = """\
[mold]
id = "M-1"
size = "US 7"
sizes = "US 6 .. US 8"
[ask]
size = "US 4 .. US 9 by 1/4"
alloy = ["sterling", "18k yellow"]
shank.width = "3 .. 8 by 0.5"
engraving.text = "1 .. 8 letters"
"""
MOLDED = BAND + '[engraving]\ntext = "AB"\nwhen = "after casting"\n' + ASKS


def test_footprints_go_up_and_parts_come_down(brief):
    found = brief(BAND + HEAD)
    piece = compose(found)
    assert [part.name for part in piece.parts] == ["shank", "head"]
    assert piece.part("head").at.origin[2] == pytest.approx(found.bore / 2 + 1.5)
    assert (piece.bore, piece.size, piece.alloy) == (found.bore, "US 7", "silver_925")


def test_a_family_name_is_its_first_anchor_and_on_may_say_it(brief):
    piece = compose(
        brief(BAND + HEAD + '[halo]\non = "head"\nstone = "round diamond 1.3"\nlift = 0\n')
    )
    own = piece.part("halo").at.origin[2]
    assert own == pytest.approx(piece.part("head").at.origin[2] + 1.5)


def test_at_turns_the_anchor_round_the_ring_clockwise(brief):
    piece = compose(brief(BAND + HEAD + 'at = "90 deg"\n'))
    x, y, z = piece.part("head").at.origin
    assert (x, y, z) == pytest.approx((piece.bore / 2 + 1.5, 0.0, 0.0))
    assert piece.part("head").at.z == pytest.approx((1.0, 0.0, 0.0))


def test_beside_lays_a_mirrored_pair_with_girdles_clear(brief):
    text = BAND + (
        '[head.centre]\nkind = "prong"\nstone = "round diamond 5"\nlift = 1.0\n'
        '[head.sides]\nlike = "head.centre"\nbeside = "head.centre"\ngap = 0.2\n'
    )
    piece = compose(brief(text))
    right, left = piece.part("head.sides.right").at, piece.part("head.sides.left").at
    assert right.origin == pytest.approx((-left.origin[0], left.origin[1], left.origin[2]))
    assert left.flip and not right.flip
    assert left.vector((0.0, 1.0, 0.0)) == pytest.approx(right.vector((0.0, 1.0, 0.0)))
    angle = math.degrees(math.atan2(right.origin[0], right.origin[2]))
    r = math.hypot(right.origin[0], right.origin[2]) + 1.0
    edge = math.hypot(2.5, r)  # both girdles' edges lie this far from the finger's axis
    between = 2 * math.asin(0.2 / (2 * edge))
    assert angle == pytest.approx(math.degrees(2 * math.atan(2.5 / r) + between), rel=1e-6)


def test_made_and_alloy_of_a_block_reach_its_parts(brief):
    piece = compose(brief(BAND + HEAD + 'made = "handmade"\nalloy = "18k yellow"\n'))
    assert (piece.part("shank").made, piece.part("head").made) == ("cast", "handmade")
    assert piece.part("head").alloy == "gold_18k_yellow"
    assert piece.part("shank").alloy == "silver_925"


def test_made_for_the_whole_piece(kinds):
    document = load_text(
        'format = 1\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 7"\n' + BAND
    )
    piece = compose(resolve(document, made="handmade", kinds=kinds))
    assert (piece.made, piece.part("shank").made) == ("handmade", "handmade")


def test_items_and_when_are_carried(brief):
    text = BAND + '[chain]\nbuy = "cable"\n[engraving]\ntext = "AB"\nwhen = "after casting"\n'
    piece = compose(brief(text))
    assert [item.text for item in piece.items] == ["cable"]
    assert [mark.when for mark in piece.marks] == ["after casting"]


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        (
            BAND + '[engraving]\non = "shank.insde"\ntext = "A"\n',
            "JG160",
            "shank.inside, shank.top",
        ),
        (BAND + '[engraving]\non = "body.front"\ntext = "A"\n', "JG160", "shank.inside"),
        (BAND + HEAD + 'on = "halo"\n[halo]\nstone = "round diamond 1.3"\n', "JG161", ""),
        (BAND + HEAD + 'on = "head.girdle"\n', "JG161", ""),
    ],
)
def test_wrong_places(brief, text, code, word):
    with pytest.raises(DesignError) as caught:
        compose(brief(text))
    assert caught.value.findings[0].code == code
    assert word in str(caught.value)


def test_composing_needs_no_kernel():
    code = (
        "import sys; import jewelgen.design.compose; "
        "assert not {'OCP', 'cadquery', 'manifold3d'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_orders_change_only_what_is_asked(brief, said):
    found = brief(MOLDED, {"size": "US 8 1/4", "shank.width": "5.5", "alloy": "gold_18k_yellow"})
    assert found.block("shank").params.width == 5.5
    assert {(c.key, c.base, c.now) for c in found.changes} == {
        ("size", "US 7", "US 8 1/4"), ("shank.width", "4", "5.5"), ("alloy", "sterling", "18k yellow"),
    }  # fmt: skip
    bad = said(
        MOLDED,
        {"size": "US 14", "shank.thick": 2, "shank.width": "4.2", "engraving.text": "123456789"},
    )
    assert [(item.code, item.where.key) for item in bad] == [
        ("JG171", "size"), ("JG170", "shank.thick"), ("JG171", "shank.width"), ("JG171", "engraving.text"),
    ]  # fmt: skip
    assert bad[0].message == "'US 14' is not US 4 .. US 9 by 1/4"


def test_sets_and_long_asks(brief):
    text = BAND + (
        "[ask.shank.width]\nfrom = 3\nto = 6\nstep = 1\nlabel = 'Width'\n[sets.petite]\nshank.width = 3\n"
    )
    found = brief(text, Order("A", chosen_set="petite"))
    assert found.block("shank").params.width == 3.0
    assert found.asks[0].label == "Width"
    assert brief(text, {"set": "petite"}).block("shank").params.width == 3.0
    assert brief(text, {"set": "petite", "shank.width": 5}).block("shank").params.width == 5.0
    with pytest.raises(DesignError, match="JG176") as caught:
        brief(text, Order("A", chosen_set="petit", where=Where("orders.csv", 7)))
    (said,) = caught.value.findings
    assert (str(said.where), said.hint) == ("orders.csv:7: set", "did you mean 'petite'?")


def test_sets_are_judged_before_anybody_orders_one(said):
    text = BAND + (
        '[ask]\nshank.width = "3 .. 6 by 1"\n[sets]\nodd = 3\n'
        "[sets.petite]\nshank.width = 9\nshank.thick = 2\n"
    )
    assert [(item.code, item.where.key) for item in said(text)] == [
        ("JG108", "sets.odd"), ("JG171", "sets.petite.shank.width"), ("JG170", "sets.petite.shank.thick"),
    ]  # fmt: skip


def test_a_mold_is_asked_about_what_a_set_changes(kinds):
    document = load_text(
        f'format = 1\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 7"\n{MOLDED}'
        '[sets.wide]\nshank.width = 5.5\n[sets.small]\nsize = "US 6"\n'
    )
    assert (
        judge(document, {"set": "small"}, kinds=kinds).words == "same mold M-1, then size to US 6"
    )
    assert judge(document, {"set": "wide"}, kinds=kinds).words.startswith("new master")


def test_an_order_says_its_line(tmp_path, kinds, brief):
    path = tmp_path / "orders.csv"
    path.write_text("order;qty;size\nA-1;2;US 5\nA-2;1;US 14\n")
    found = read_orders(path)
    assert (found.orders[0].id, found.orders[0].qty, found.findings) == ("A-1", 2, ())
    assert brief(MOLDED, found.orders[0]).size == "US 5"
    with pytest.raises(DesignError) as caught:
        brief(MOLDED, found.orders[1])
    assert str(caught.value).startswith(f"{path}:3: size: error JG171: 'US 14' is not")


def test_an_order_of_one_customer(tmp_path):
    path = tmp_path / "A-201.toml"
    path.write_text('design = "03.toml"\nsize = "US 5 3/4"\nhead.stone = "round diamond 0.75 ct"\n')
    order = read_orders(path).orders[0]
    assert (order.id, order.design) == ("A-201", "03.toml")
    assert dict(order.values) == {"size": "US 5 3/4", "head.stone": "round diamond 0.75 ct"}


@pytest.mark.parametrize(
    ("order", "same", "word"),
    [
        (
            {"size": "US 6 1/4", "alloy": "18k yellow", "engraving.text": "Forever"},
            True,
            "then size to US 6 1/4",
        ),
        ({"shank.width": 4}, True, "same mold M-1"),
        ({"shank.width": 5}, False, "'shank.width' changes part shank"),
        ({"size": "US 9"}, False, "outside US 6 .. US 8"),
    ],
)
def test_molds_are_proved_by_composing(tmp_path, kinds, order, same, word):
    head = 'format = 1\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 7"\n'
    document = load_text(head + MOLDED)
    verdict = judge(document, order, kinds=kinds)
    assert verdict is not None
    assert (verdict.same, word in verdict.words) == (same, True)
    if not same:
        assert (verdict.finding.code, verdict.finding.severity) == ("JG420", Severity.WARNING)
        kept = judge(document, order, keep=True, kinds=kinds)
        assert (kept.finding.code, kept.finding.severity) == ("JG421", Severity.ERROR)


def test_a_mold_knows_the_piece_it_was_cut_from(kinds):
    head = 'format = 1\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 6"\n'
    base = load_text((head + MOLDED).replace('size = "US 6"', 'size = "US 7"', 1))
    mark = digest(compose(resolve(base, kinds=kinds)), frozen=True)
    molded = MOLDED.replace('id = "M-1"', f'id = "M-1"\ndigest = "{mark[:16]}"')
    assert unlike(load_text(head + molded), kinds=kinds) is None
    changed = load_text(head + molded.replace("width = 4", "width = 5"))
    found = unlike(changed, kinds=kinds)
    assert (found.code, found.severity, found.where.line) == ("JG422", Severity.WARNING, 14)
    assert unlike(changed, keep=True, kinds=kinds).severity is Severity.ERROR
    mended = molded.replace("width = 4", "width = 5").replace(f'"{mark[:16]}"', found.fix.value)
    assert unlike(load_text(head + mended), kinds=kinds) is None


@pytest.mark.parametrize("digest", ['"xyz"', '"abc"', "12"])
def test_what_is_no_digest_is_refused(kinds, digest):
    head = 'format = 1\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 6"\n'
    text = head + MOLDED.replace('id = "M-1"', f'id = "M-1"\ndigest = {digest}')
    with pytest.raises(DesignError) as raised:
        resolve(load_text(text), kinds=kinds)
    assert [finding.code for finding in raised.value.findings] == ["JG108"]


def test_every_corner_resolves_and_pairs_are_covered(brief):
    base = brief(MOLDED)
    found = list(corners(base))
    # Four keys of two corners each: the base, each alone, every pair, and all together.
    assert found[0] == {} and len(found) == 1 + 8 + 6 * 4 + 2**4
    assert {"size": "US 9", "shank.width": 8} in found
    for values in found:
        assert compose(brief(MOLDED, values)).parts


def test_the_schema_is_json_closed_and_versioned(kinds):
    found = schema(kinds)
    assert json.loads(json.dumps(found)) == found
    assert found["$id"].endswith("design-1.json")
    assert found["additionalProperties"] is False
    band = found["properties"]["shank"]["anyOf"][0]["anyOf"][1]
    assert band["required"] == ["kind", "width"]
    assert band["properties"]["width"]["anyOf"][0] == {
        "type": "number",
        "minimum": 0.8,
        "maximum": 14,
    }
    arms = found["properties"]["shank"]["anyOf"][0]["anyOf"][0]["properties"]
    assert arms["top"]["required"] == ["width"]


def test_the_shipped_designs_and_orders_are_read():
    names = sorted(path.stem for path in DESIGNS.glob("[0-9]*.toml"))
    assert {name[:2] for name in names} >= {"01", "03", "07", "09", "14", "15"}
    for name in names:
        document = load(DESIGNS / f"{name}.toml")
        assert document.where("name").line == 2
    orders = read_orders(DESIGNS / "orders.csv")
    assert [(order.id, order.qty) for order in orders.orders] == [
        ("A-101", 1),
        ("A-102", 1),
        ("A-103", 2),
    ]
    assert orders.findings == ()
