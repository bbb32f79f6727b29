"""A shop's own file: read whole or refused with every mistake at its line; what it says rules the plan."""

import json
from pathlib import Path

import pytest

from jewelgen.bench import shop_casting
from jewelgen.bench.plan import plan
from jewelgen.bench.practice import DEFAULT, unsourced
from jewelgen.bench.shop import read_shop
from jewelgen.bench.shop_schema import shop_schema
from jewelgen.cast.chain import ROUTES, STAGES, chain
from jewelgen.cast.stages import forward, process
from jewelgen.catalog.alloys import alloy
from jewelgen.findings import DesignError

OURS = """name = "River Bench"
pack = "stuller"
[practice]
solder_gap = 0.04
chip_spare = 3
[rates]
joint = 8
[tolerance]
cut = 0.2
[stock]
sheet = [[0.9, 100, 50], [1.2, 100, 50, 2]]
bezel-strip = [[4.0, 0.4, 300]]
half-round-wire = [[3.0, 1.5, 500, 2], [4.0, 2.0, 300]]
[[solder]]
family = "silver"
grade = "easy"
name = "our easy"
flow_c = 705
fineness = 560
"""


@pytest.fixture
def ours(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_text(OURS)
    return read_shop(path)


def wrong(tmp_path, text):
    path = tmp_path / "shop.toml"
    path.write_text(text)
    with pytest.raises(DesignError) as caught:
        read_shop(path)
    return caught.value.findings


def test_a_shop_is_read(ours):
    assert (ours.name, ours.pack, len(ours.digest)) == ("River Bench", "stuller", 12)
    assert ours.practice.solder_gap == 0.04
    assert ours.practice.chip_spare == 3
    assert ours.practice.rates.joint == 8
    assert ours.practice.rates.stamp == DEFAULT.rates.stamp
    assert ours.practice.tolerances.cut == 0.2
    assert [held.n for held in ours.practice.shelf.held] == [1, 2, 1, 2, 1]


def test_a_shop_rules_its_plan(ours, ring, ring_plan):
    made = plan(ring, ours.practice)
    picks = {line.part: line.blank.stock for line in made.cut_list}
    plate = next(pick for pick in picks.values() if pick.form == "sheet")
    assert plate.item[1] == 0.9
    assert {pick.standing for pick in picks.values()} == {"shop"}
    assert plate.work == "sand down from 0.90 to 0.81 thick"
    assert next(pick for pick in picks.values() if pick.form == "bezel strip").item[1] == 0.4
    easy = next(line.solder for line in made.joints if line.grade == "easy")
    assert (easy.name, easy.flow_c) == ("our easy", 705)
    assert {f.code for f in made.findings} - {f.code for f in ring_plan.findings} == {
        "JG505",
        "JG508",
    }
    joined = sum(1 for line in made.joints if line.grade)
    assert made.minutes == pytest.approx(ring_plan.minutes - 2 * joined)
    ratio = {line.id: line.solder_mm3 for line in made.joints}["J1"]
    assert ratio == pytest.approx(0.8 * {j.id: j.solder_mm3 for j in ring_plan.joints}["J1"])


def test_the_sheet_says_whose_figures_they_are(ours, ring):
    notes = " ".join(plan(ring, ours.practice).notes)
    assert "From the shop's file: solder_gap, chip_spare, rates.joint, tolerance.cut" in notes
    assert "solder gap" not in " ".join(unsourced(ours.practice))
    assert "kerf 0.3" in unsourced(DEFAULT)
    assert "wide add 0.5" not in unsourced(DEFAULT)  # sourced


def test_an_empty_file_changes_nothing(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_text("")
    assert read_shop(path).practice == DEFAULT


@pytest.mark.parametrize(
    ("text", "code", "key", "line", "says"),
    [
        ("\n[practise]\nkerf = 1\n", "JG520", "practise", 2, "practice"),
        ("[practice]\nkurf = 1\n", "JG520", "practice.kurf", 2, "kerf"),
        ("[rates]\njoint = -1\n", "JG521", "rates.joint", 2, "0 .. 10000"),
        ("[rates]\njoint = true\n", "JG521", "rates.joint", 2, "0 .. 10000"),
        ("[rates]\njoint = nan\n", "JG521", "rates.joint", 2, "0 .. 10000"),
        ("rates = 3\n", "JG521", "rates", 1, "[rates]"),
        ('pack = "stullr"\n', "JG521", "pack", 1, "stuller"),
        ("[stock]\nsheets = [[1,2,3]]\n", "JG520", "stock.sheets", 2, "sheet"),
        ("[stock]\nsheet = [[1,2]]\n", "JG521", "stock.sheet.0", 2, "thickness, length, width"),
        ("[stock]\nsheet = 4\n", "JG521", "stock.sheet", 2, "thickness, length, width"),
        ("[stock]\nround-wire = [[1, 0]]\n", "JG521", "stock.round-wire.0", 2, "diameter"),
        ("[casting]\noutsde = 1\n", "JG520", "casting.outsde", 2, "outside"),
        ("[casting]\nseats = 'opn'\n", "JG521", "casting.seats", 2, "open"),
        ("[casting]\ndrain = 1.0\n", "JG521", "casting.drain", 2, "2 .. 6"),
        ("coupon = 3\n", "JG521", "coupon", 1, "[[coupon]]"),
        ("[[coupon]]\nstage='mtal'\nbefore=20\nafter=19.8\n", "JG521", "coupon.0.stage", 2, "metal"),
        ("[[coupon]]\nstage='metal'\nbefore=20\nafter=9\n", "JG521", "coupon.0.after", 4, "0.9 .. 1.05"),
        ("[[coupon]]\nstage='metal'\nbefore=20\nafter=19.8\nalloy='sterlin'\n", "JG521", "coupon.0.alloy", 5, "sterling"),
        ("[[solder]]\nfamily = 'silvr'\ngrade='hard'\nflow_c=1\n", "JG521", "solder.0.family", 2, "silver"),
    ],
)  # fmt: skip
def test_mistakes_are_said_at_their_place(tmp_path, text, code, key, line, says):
    (found,) = wrong(tmp_path, text)
    assert (found.code, found.where.key, found.where.line) == (code, key, line)
    assert says in f"{found.allowed} {found.hint}"


COUPONS = """
[casting]
inside = 0.12
[[coupon]]
stage = "metal"
before = 20.0
after = 19.7
[[coupon]]
stage = "metal"
before = 20.0
after = 19.6
alloy = "sterling"
[[coupon]]
stage = "print"
before = 20.0
after = 20.0
route = "direct"
"""


def test_measured_coupons_take_the_place_of_the_trades_figures(tmp_path):
    path = tmp_path / "shop.toml"
    path.write_text(COUPONS)
    own = read_shop(path).casting
    silver, gold = alloy("sterling"), alloy("18k yellow")
    made = chain("direct", silver, own)
    assert made.scale == pytest.approx(20.0 / 19.6)
    assert [stage.source for stage in made.stages] == [
        "measured coupon 20.00 -> 20.00 mm",
        "measured coupon 20.00 -> 19.60 mm",
    ]
    assert chain("direct", gold, own).scale == pytest.approx(20.0 / 19.7)
    usual, mold = chain("mold", gold), chain("mold", gold, own)
    assert mold.stages[:-1] == usual.stages[:-1]  # measured for the other route alone
    assert (made.allowance.inside, made.allowance.outside) == (0.12, usual.allowance.outside)
    bore = dict(forward(made.scale * 17.0, "bore", process("direct", silver, own)))["finished"]
    assert bore.likely == pytest.approx(17.0 + 2 * 0.12)
    assert bore.high - bore.low < forward_width("direct", silver)


def test_stages_of_coupons_are_those_of_the_chain():
    assert {name for rows in STAGES.values() for name, _ in rows} == set(shop_casting.STAGES)
    assert shop_casting.ROUTES == ROUTES


def forward_width(route, metal):
    """How wide the range of a bore is by the trade's figures, mm."""
    span = dict(forward(17.0, "bore", process(route, metal)))["finished"]
    return span.high - span.low


def test_all_mistakes_at_once(tmp_path):
    assert len(wrong(tmp_path, "nam = 1\n[rates]\nx = 1\njoint = 'a'\n")) == 3


def test_the_schema_is_published():
    published = json.loads(Path("docs/shop.schema.json").read_text("utf-8"))
    assert published == shop_schema()
    assert published["properties"]["practice"]["properties"]["kerf"]["default"] == 0.3
