"""Where seams go, what a flat is filed for, which joints share a heat, and what a plan says of ropes, pins and stacks."""

from __future__ import annotations

import math
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from jewelgen.bench.heats import heats
from jewelgen.bench.joints import JointLine
from jewelgen.bench.plan import Plan, plan
from jewelgen.bench.steps import Step
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import brief_from, resolve
from jewelgen.paper.markdown import plan_md
from jewelgen.piece.section import area_and_centroid
from jewelgen.units import bs_gauge_mm


@cache
def made(number: str) -> Plan:
    (path,) = Path("designs").glob(f"{number}_*.toml")
    return plan(compose(resolve(load(path))))


def step(of: Plan, key: str) -> Step:
    return next(row for row in of.steps if row.key == key)


def joint(of: Plan, *parts: str) -> JointLine:
    return next(row for row in of.joints if row.parts == parts)


@pytest.mark.parametrize(
    ("number", "part", "place"),
    [
        ("09", "shank", "at 12 o'clock, under head.floor"),
        ("09", "head.wall", "in the middle of a long side, where it bends least"),
        ("02", "shank", "at 12 o'clock, in the thick end"),
        ("12", "shank", "at 12 o'clock, each strand on its own end"),
        ("15", "bail", "at the foot, behind, where both legs meet"),
        ("27", "head.gallery", "where a notch for head.prong comes over it"),
        ("28", "bail", "at the flat on body, which hides it"),
        ("28", "link", "at 3 o'clock, off the place it hangs by"),
    ],
)
def test_every_seam_has_its_place(number, part, place):
    assert joint(made(number), part).place == place


def test_the_place_of_a_seam_stands_in_its_step_by_its_letter():
    text = next(row for row in made("09").steps if row.ids[:1] == ("J1",)).text
    assert "seam at 12 o'clock, under C" in text


def test_a_flat_is_no_longer_than_what_stands_on_it():
    """A foot 3.7 square under a tube: the flat across the whole ring would be 6.9 long."""
    line = joint(made("10"), "head.foot", "shank")
    assert line.area_mm2 <= 3.7 * 3.7
    assert line.area_mm2 == pytest.approx(8.50, abs=0.05)
    assert line.text.startswith("flat 3.7 long")
    assert line.chips == 4


def test_a_seam_has_one_area_wherever_it_is_said():
    for number in ("02", "20", "10", "27"):
        for line in made(number).joints:
            if len(line.parts) == 1 and "mm²" in line.text:
                assert line.text == f"{line.area_mm2:.2f} mm²"
    assert joint(made("02"), "shank").area_mm2 == pytest.approx(11.32, abs=0.01)


def test_one_heat_is_one_step():
    row = next(row for row in made("27").steps if "J6" in row.ids)
    assert row.ids[:2] == ("J6", "J7")
    assert row.text.count("; pickle") == 1
    assert "all in one heat" in row.text
    assert "1 chip of 0.5 each at 4 places and 1 chip of 0.5" in row.text


def test_a_ring_that_closes_in_a_soldered_one_takes_an_easier_solder():
    link = joint(made("28"), "link")
    assert link.grade == "easy"
    assert "J1 J2" in link.torch.protect
    rows = heats(
        [(0, "bail", "bail"), (1, "body", "bail"), (2, "ring", "ring")], [("ring", "bail")]
    )
    assert [row.grade for row in rows] == ["hard", "medium", "easy"]
    assert rows[2].body == ("ring",)
    assert rows[1].reheats == 0


def test_one_pin_is_one_step_with_its_heads():
    of = made("19")
    pin = next(row for row in of.steps if "J10" in row.ids)
    assert pin.ids[:2] == ("J10", "J11")
    assert pin.target == "pin 1.29 thick, 12.0 over all knuckles, 13.3 before riveting"
    blank = next(line.blank for line in of.cut_list if line.part == "body.pin")
    assert blank.long == pytest.approx(12.0 + bs_gauge_mm(16) + 0.3)
    solder = next(row for row in of.steps if row.ids[:1] == ("J6",))
    assert "across the rim at 9 o'clock, pin 12.8 from the middle" in solder.text
    assert "oiled steel pin" in solder.text


def test_a_spring_is_bent_cold_and_hardened_after_its_heat():
    of = made("19")
    assert "anneal" not in step(of, "form:body.catch").text
    order = [row.key for row in of.steps]
    assert order.index("last_heat") < order.index("harden:body.catch") < order.index("finish")


def test_stock_a_hair_too_thick_is_sanded_not_rolled():
    locket = tomllib.loads(Path("designs/19_locket.toml").read_text("utf-8"))
    locket["body"]["frame"]["wide"] = 1.14  # sheet is sold in 1.20
    of = plan(compose(brief_from(locket)))
    frame = next(line.blank for line in of.cut_list if line.part == "body.back-frame")
    assert frame.work == ("sand down from 1.20 to 1.14 thick",)
    assert frame.cut[0] == pytest.approx(frame.net[0] + 1.3)


def test_a_rope_is_told_by_length_turns_and_way():
    of = made("12")
    blank = of.cut_list[0].blank
    assert blank.figure("twisted length").value == pytest.approx(59.5, abs=0.05)
    assert blank.figure("turns").value == 18
    pitch = blank.figure("pitch").value
    assert blank.net[0] == pytest.approx(
        59.52 * math.hypot(1, math.pi * bs_gauge_mm(20) / pitch), abs=0.01
    )
    forming = step(of, "form:shank")
    assert "twist 18 whole turns, right-hand, like a screw thread" in forming.text
    assert forming.target == "59.5 long, 18 whole turns, 3.3 a turn; strands 75.2 before"
    assert "no file" in step(of, "finish").text
    assert step(of, "fit:shank").target == "inside 17.32"


@pytest.mark.parametrize(("number", "bands", "wide"), [("25", 2.5, 6.9), ("13", bs_gauge_mm(16), 5.8)])  # fmt: skip
def test_bands_joined_to_a_wide_ring_are_longer(number, bands, wide):
    for line in made(number).cut_list:
        net = line.blank.figure("net length")
        given = dict(net.inputs)
        assert given["over all"] == pytest.approx(wide, abs=0.05)
        assert net.value == pytest.approx(
            math.pi * (17.32 + 2 * given["K"] * given["t"]) + 0.5, abs=0.02
        )
        assert line.blank.net[0] == net.value
    of = made(number)
    facing = next(line for line in of.joints if line.word == "facet")
    assert "bound with iron wire" in facing.hold and "staggered" in facing.hold


def test_lengths_of_a_prong_count_from_one_place():
    of = made("27")
    (row,) = of.settings
    said = {f.name: f.rounded for f in row.figures}
    forming, setting = step(of, "form:head.prong").target, step(of, "set:head.stone").target
    assert f"notch at {said['notch from the foot']}" in forming
    assert f"trim to here before setting at {said['length before trimming']}" in forming
    assert f"notch from the foot {said['notch from the foot']}" in setting
    blank = next(line.blank for line in of.cut_list if line.part == "head.prong")
    assert f"{blank.net[0]:.1f}" == said["length after trimming"]


def test_a_forged_bar_is_told_section_by_section():
    of = made("02")
    blank = of.cut_list[0].blank
    rows = [f for f in blank.figures if f.name.startswith("section at")]
    assert [dict(f.inputs)["o'clock"] for f in rows] == [6, 5, 4, 3, 2, 1, 12]
    assert (rows[0].value, rows[-1].value) == (0.0, pytest.approx(60.2 / 2, abs=0.1))
    target = step(of, "form:shank").target
    assert "0.0: 3.0 x 1.5" in target and "5.0 x 2.4" in target


def test_minutes_count_the_pieces():
    three = made("25")
    assert (
        step(three, "form:shank.silver_925-a").minutes
        == 2 * step(three, "form:shank.silver_925-b").minutes
    )
    notches = next(row for row in made("27").steps if "file 4 notches" in row.text)
    assert notches.minutes == 4 * 8


def test_the_head_of_a_plan_says_what_the_reference_says():
    facts = dict(made("09").facts)
    assert facts["section of shank"] == "3.00 x 1.50"
    assert facts["flat at J4"] == "6.3 long, 2.2 wide, leaves 1.0"
    assert facts["section of head.wall"] == "wall 2.0 high, 0.32 thick"
    assert facts["height off the finger"].startswith("5.8")
    assert facts["girdle of S1"] == "upright side 0.8; measure it on the stone"
    assert facts["push-out hole of S1"].startswith("2.0 in the middle of head.floor")
    assert float(facts["rim of S1"].split()[1]) == pytest.approx(8.5, abs=0.3)
    text = plan_md(made("09"))
    assert ", 1 pc, " in text and "- engrave: -" in text and "inside at 3 o'clock" in text
    assert "Article fineness with solder about" in text
    assert "Article fineness about 925." in plan_md(made("18"))
    assert "fineness" not in plan_md(made("01"))


@pytest.mark.parametrize("number", ["12", "15", "18", "19", "25", "28"])
def test_no_plan_speaks_of_what_it_has_not(number):
    of = made(number)
    text = plan_md(of)
    steps = " ".join(row.text + row.check for row in of.steps)
    if not of.size:
        assert "size again" not in steps and "finger" not in steps and "inside too" not in steps
    if not of.settings:
        assert "with stones" not in text and "no stone" not in text.replace(
            "metal, no stone", ""
        ).replace("finished metal, no stone", "")
    assert "-0.0" not in steps
    plates = [line for line in of.joints if "heat the plate" in line.hold]
    flat = {line.part for line in of.cut_list if line.blank.sort == "sheet"}
    assert all(set(line.parts) & flat for line in plates)


def test_seats_and_notches_are_cut_before_the_stone_is_set():
    tube, prongs, cup = (step(made(n), "set:head.stone") for n in ("10", "27", "09"))
    assert tube.text.startswith("cut the seat, then set the stone: ")
    assert "girdle under the rim 0.36" in tube.target
    assert prongs.text.startswith("notch the prongs, then set the stone: ")
    assert cup.text.startswith("set the stone: ")


def test_one_length_is_rounded_in_one_way():
    """Grams to 0.01, lengths to 0.1; no table of the plan says more."""
    for number in ("09", "10", "27"):
        text = plan_md(made(number))
        assert not re.search(r"\d\.\d{3,} g\b", text)
        sizes = re.findall(
            r"(?:notch from the foot|wall height|length before trimming) (\d+\.\d+)", text
        )
        assert all(len(size.partition(".")[2]) == 1 for size in sizes)


def test_the_seam_of_a_taper_is_as_thick_as_the_end_it_joins():
    (line,) = made("02").cut_list
    section = (
        compose(resolve(load(Path("designs/02_forged_band.toml"))))
        .part("shank")
        .form.stations[0][1]
    )
    assert joint(made("02"), line.part).area_mm2 == pytest.approx(area_and_centroid(section)[0])


def test_a_disc_is_told_by_its_diameter():
    tag, dome = made("14"), made("28")
    assert step(tag, "form:body").target == "outline 25.4 across"
    assert "cut the disc 23.2 across" in step(dome, "form:body").text
    assert [
        len(line.blank.net) for of in (tag, dome) for line in of.cut_list if line.part == "body"
    ] == [1, 1]
