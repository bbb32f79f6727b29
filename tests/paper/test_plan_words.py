"""What stands beside the drawings: schema, own templates, signs without a glyph, what a finished piece is accepted by."""

import json
from dataclasses import replace

import pytest
from json_obeys import wrong

from jewelgen.bench.ticket import Ticket
from jewelgen.findings import MakeError
from jewelgen.paper.contents import Drawings
from jewelgen.paper.document import glyph_findings, plan_pdf, template
from jewelgen.paper.drawing import Sheet
from jewelgen.paper.plan_schema import plan_schema
from jewelgen.paper.templates import Templates


def test_the_published_schema_is_that_of_the_program(root):
    assert json.loads((root / "docs/plan.schema.json").read_text("utf-8")) == plan_schema()


def test_the_plan_obeys_its_schema(written):
    data = json.loads(written["plan.json"])
    assert wrong(data, plan_schema()) == []
    assert wrong(data | {"heats": "three"}, plan_schema()) == ["$.heats is str"]
    assert wrong(data | {"more": 1}, plan_schema()) == ["$.more is unknown"]


def test_a_shop_sets_the_plan_by_its_own_template(ring_plan):
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='1mm' height='1mm'/>"
    blank = Sheet("", svg, (0.0, 0.0, 1.0, 1.0))
    shown = Drawings(blank, blank, blank, Templates("", (), 1.0, 1.0, ()))
    own = '#set page(paper: json("data.json").paper)\n#json("data.json").title'
    assert plan_pdf(ring_plan, shown, style=own) != plan_pdf(ring_plan, shown, style=own + "!")
    assert 'json("data.json")' in template()
    with pytest.raises(MakeError, match="JG531"):
        plan_pdf(ring_plan, shown, style="#nothing-of-that-name")


@pytest.mark.parametrize(
    ("name", "lost"),
    [("Σοφία Παπαδάκη", ""), ("Анна Ёлкина", ""), ("Łukasz Żółć", ""), ("王芳 Wang", "王 芳")],
)
def test_signs_without_a_glyph_are_named(ring_plan, name, lost):
    found = list(glyph_findings(replace(ring_plan, ticket=Ticket("J-1", name))))
    assert [f.code for f in found] == (["JG530"] if lost else [])
    assert all(f"no glyph for {lost} in the customer" == f.message for f in found)


def test_every_size_has_its_band_and_every_weighing_its_weight(ring_plan):
    bands = {(row.id, row.what): (row.low, row.high) for row in ring_plan.bands}
    # 1/8 US size is 0.8128 / 8 mm of diameter
    assert bands["", "inside, at both edges (US 7)"] == pytest.approx(
        (17.3196, 17.3196 + 0.1016), abs=1e-4
    )
    # half-round 3.0 x 1.5: 0.05 filed outside and 0.03 inside, within 0.1
    assert bands["A", "shank, thickness"] == pytest.approx((1.32, 1.52))
    assert bands["A", "shank, width"] == pytest.approx((2.8, 3.0))
    w, visits = ring_plan.weights, [row.grams for row in ring_plan.weighings]
    assert visits == pytest.approx(
        [
            w.issued_g,
            w.drawn_g + w.stays_g + w.solder_g,
            w.expected_g,
            w.expected_g + 0.2 * w.stones_ct,
        ]
    )
    assert visits[0] + w.solder_g - w.scrap_g - w.filings_g - w.finish_g == pytest.approx(visits[2])


def test_a_tender_stone_is_spoken_of_on_the_card(ring_plan):
    assert ring_plan.stone_rules[0][:5] == ("Turquoise", "no torch", "no", "no", "no")
    assert (
        "Turquoise: wipe with a damp cloth, no bath; never ultrasonic or steam."
        in ring_plan.care_card
    )
