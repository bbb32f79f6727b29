"""The bezel cabochon ring: the numbers of a published bench plan come out of the program."""

import pytest

from jewelgen.bench.explain import explain
from jewelgen.bench.figure import Figure
from jewelgen.bench.surfaces import flat_of
from jewelgen.findings import MakeError


def row(plan, part):
    return next(line for line in plan.cut_list if line.part == part)


def test_bezel_strip(ring_plan):
    blank = row(ring_plan, "head.wall").blank
    assert blank.net[0] == pytest.approx(29.7, abs=0.05)
    assert blank.cut == pytest.approx((31.0, 2.5), abs=0.05)  # 2.2 wanted, sold 2.5 high
    assert blank.stock.wanted[0] == pytest.approx(2.2)
    assert "trim the strip from 2.50 to 2.20 high" in blank.forming
    assert blank.stock.gauge == "28"
    issued = row(ring_plan, "head.wall").issued_g
    assert issued == pytest.approx(0.229 * 2.5 / 2.2, abs=0.002)


def test_wall_height_is_half_the_stone(ring_plan):
    advised = next(f for f in ring_plan.settings[0].figures if f.name == "advised height")
    assert advised.value == pytest.approx(2.0, abs=0.05)


def test_shank(ring_plan):
    line = row(ring_plan, "shank")
    assert line.blank.net[0] == pytest.approx(58.4, abs=0.05)
    assert line.blank.cut[0] == pytest.approx(60.0, abs=0.05)
    assert line.blank.figure("trade length").value == pytest.approx(59.1, abs=0.05)
    assert line.issued_g == pytest.approx(2.197, abs=0.002)
    assert line.blank.stock.as_sold
    middle = line.blank.cut[0] / 2
    stamp = next(at for at, word in line.blank.ticks if word == "mark")
    assert middle - stamp == pytest.approx(14.6, abs=0.05)


def test_plate(ring_plan):
    blank = row(ring_plan, "head.floor").blank
    assert blank.net == pytest.approx((10.74, 8.74), abs=0.005)
    assert blank.cut == (13.0, 11.0)
    assert blank.figure("area").value == pytest.approx(73.7, abs=0.1)
    assert blank.stock.gauge == "20"


def test_flat_on_the_shank(ring):
    chord, wide, area = flat_of(ring.part("shank").form, 0.5)
    assert chord == pytest.approx(6.3, abs=0.05)
    assert wide == pytest.approx(2.2, abs=0.05)
    assert area == pytest.approx(11.3, abs=0.1)


def test_joints_grades_chips_and_reheats(ring_plan):
    lines = {line.parts: line for line in ring_plan.joints}
    assert len(lines) == 4
    assert ring_plan.heats == 3
    bezel, shank = lines[("head.wall",)], lines[("shank",)]
    plate, head = lines[("head.wall", "head.floor")], lines[("head.floor", "shank")]
    assert [j.grade for j in (bezel, shank, plate, head)] == ["hard", "hard", "medium", "easy"]
    assert [j.reheats for j in (bezel, shank, plate, head)] == [2, 1, 1, 0]
    assert [j.chip_words for j in (bezel, shank, plate, head)] == [
        "1 of 0.5",
        "1 of 1.1",
        "6 of 1.0",
        "5 of 1.0",
    ]
    made = [j.order_mm3 for j in (bezel, shank, plate, head)]
    assert made == pytest.approx([0.053, 0.265, 1.28, 1.19], abs=0.02)
    assert shank.area_mm2 == pytest.approx(3.53, abs=0.01)
    assert shank.margin_c == pytest.approx(14)


def test_joint_order(ring_plan):
    ids = {line.parts: n for n, line in enumerate(ring_plan.joints)}
    assert ids[("head.wall",)] < ids[("head.wall", "head.floor")] < ids[("head.floor", "shank")]
    assert ids[("shank",)] < ids[("head.floor", "shank")]


def test_steps_run_in_the_order_of_the_bench(ring_plan):
    place = {step.key: step.n for step in ring_plan.steps}
    assert place["measure"] == 1
    assert (
        place["stamp:hallmark"]
        < place["form:shank"]
        < place["joint:0"]
        < place["fit:shank"]
        < place["file:3"]
    )
    assert place["fit:head.wall"] < place["joint:2"] < place["flush:head.floor"] < place["joint:3"]
    assert (
        place["joint:3"]
        < place["last_heat"]
        < place["tumble"]
        < place["set:head.stone"]
        < place["polish"]
    )
    assert [step.n for step in ring_plan.steps] == list(range(1, len(ring_plan.steps) + 1))


def test_weights_balance(ring_plan):
    w = ring_plan.weights
    assert w.issued_g == pytest.approx(3.63 + 0.03, abs=0.03)
    assert w.scrap_g == pytest.approx(0.67, abs=0.015)
    assert w.expected_g == pytest.approx(2.72, abs=0.03)
    assert w.issued_g == pytest.approx(w.scrap_g + w.filings_g + w.stays_g + w.drawn_g, rel=1e-3)
    assert w.filings_g == pytest.approx(0.03 + 0.02, abs=0.005)  # the flat; base and rim trued
    assert w.stones_ct == pytest.approx(2.5, abs=0.05)
    assert w.yield_pct == pytest.approx(74, abs=1.5)
    assert w.solder_g == pytest.approx(0.026, abs=0.001)


def test_turquoise_is_kept_from_heat_and_water(ring_plan):
    care = dict(ring_plan.settings[0].care)
    assert care["heat"] == "no_torch"
    polish = next(step for step in ring_plan.steps if step.key == "polish")
    assert "no steam, no ultrasonic" in polish.text


def test_rim_shortening_stays_under_a_tenth(ring_plan):
    share = next(f for f in ring_plan.settings[0].figures if f.name == "rim shortening")
    assert 8.0 < share.value < 10.0
    assert not [f for f in ring_plan.findings if f.code == "JG506"]


def test_minutes(ring_plan):
    assert ring_plan.minutes == pytest.approx(190, abs=15)


def test_every_number_explains_itself(ring_plan):
    text = explain(ring_plan, "head.wall")
    assert "P + 2 pi (c + t/2)" in text
    assert "29.68" in text
    assert explain(ring_plan, "J3").count("A gap") == 1
    assert "lean" in explain(ring_plan, "S1")
    figures = [f for line in ring_plan.cut_list for f in line.blank.figures]
    assert all(isinstance(f, Figure) and f.formula for f in figures)
    with pytest.raises(MakeError, match="JG513"):
        explain(ring_plan, "Q9")


def test_ids_are_letters_and_each_part_has_one(ring, ring_plan):
    assert (
        list(ring_plan.letters)
        == [line.part for line in ring_plan.cut_list]
        == [p.name for p in ring.parts]
    )
    assert list(ring_plan.letters.values()) == ["A", "B", "C"]
