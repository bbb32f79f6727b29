"""Published cases that are pieces, each a design file that is read as any other: the plan says what was published."""

from __future__ import annotations

import json
import math
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from jewelgen.bench.bezels import pallion_side
from jewelgen.bench.plan import Plan, plan
from jewelgen.bench.practice import DEFAULT, Practice
from jewelgen.catalog import sizes
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.units import bs_gauge_mm

ROWS = {
    row["id"]: row
    for row in json.loads(
        (Path(__file__).parents[1] / "facts" / "cases.json").read_text(encoding="utf-8")
    )
}
HEAD = 'format = 1\nname = "Case"\nmade = "handmade"\nalloy = "sterling"\n'
RING = HEAD + 'piece = "ring"\nsize = {size}\n[shank]\n'
FLAT = RING + 'kind = "flat"\nwidth = {width}\nthick = {thick}\n'
HALF_ROUND = 'kind = "d"\nwidth = 3.0\nthick = 1.5\n'
BEZEL = '[head]\nkind = "bezel"\nstone = "oval cab turquoise 10x8x4"\nturned = "90 deg"\nwall = 0.33\nfloor = "20 ga"\nflat = 0.5\n'


def planned(text: str, practice: Practice = DEFAULT) -> Plan:
    """The plan of a design as it lies in a folder: its file read with positions, resolved, composed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.toml"
        path.write_text(text, encoding="utf-8")
        return plan(compose(resolve(load(path))), practice)


def net(made: Plan, part: str) -> float:
    return next(line.blank.net[0] for line in made.cut_list if line.part == part)


def around(mm: float) -> str:
    """A size by its circumference, as a design writes it."""
    return f"{{ bore = {mm / math.pi:.6f} }}"


@cache
def expected(name: str) -> tuple[dict, float]:
    return ROWS[name]["expected"], ROWS[name]["tolerance"]


def close(name: str, key: str, value: float) -> None:
    wanted, off = expected(name)
    assert value == pytest.approx(wanted[key], abs=off), name


@pytest.mark.parametrize("name", [name for name in ROWS if name.startswith("size-")])
def test_the_bore_of_a_ring_of_a_published_size(name):
    made = planned(FLAT.format(size=json.dumps(ROWS[name]["input"]), width=3, thick=1.5))
    for key, value in (("inner_diameter_mm", made.bore), ("circumference_mm", math.pi * made.bore)):
        if key in expected(name)[0]:
            close(name, key, value)


@pytest.mark.parametrize(("name", "thick"), [("blank-us6-16ga", "16 ga"), ("blank-us6-10ga", "10 ga")])  # fmt: skip
def test_flat_blanks_by_gauge(name, thick):
    made = planned(FLAT.format(size=around(51.5), width=3, thick=f'"{thick}"'))
    close(name, "length_mm", net(made, "shank"))


@pytest.mark.parametrize("name", ["blank-knuth-39.0", "blank-knuth-39.6"])
@pytest.mark.parametrize("i", range(4))  # thinner than 0.8 is no shank of ours: see the functions
def test_rows_of_a_published_table(name, i):
    thick = (2.1, 1.6, 1.3, 1.0)[i]
    made = planned(FLAT.format(size=around(float(name[-4:])), width=3, thick=thick))
    wanted, off = expected(name)
    assert net(made, "shank") == pytest.approx(wanted["length_mm"][i], abs=off)


def test_the_half_round_blank():
    close(
        "blank-half-round",
        "length_mm",
        net(planned(RING.format(size='"US 7"') + HALF_ROUND), "shank"),
    )


def test_the_round_wire_blank():
    text = (
        RING.format(size='"17.2 mm"') + 'kind = "stack"\nshape = "round"\nbands = 2\nwire = 1.4\n'
    )
    made = planned(text)
    close("blank-us7-round-1.4", "length_mm", made.cut_list[0].blank.net[0])


def test_the_bezel_of_an_oval_without_its_clearance():
    made = planned(RING.format(size='"US 7"') + HALF_ROUND + BEZEL)
    wall = next(line.blank for line in made.cut_list if line.part == "head.wall")
    clearance = dict(wall.figure("net length").inputs)["c"]
    assert clearance == 0.05
    close("bezel-oval-10x8", "length_mm", wall.net[0] - 2 * math.pi * clearance)


def test_the_slit_shank_under_its_plate():
    """The case ends where its outer face reaches the plate's underside; our tips run on under the plate."""
    text = RING.format(size='"US 7"') + 'kind = "slit"\nwidth = 3.0\nthick = 1.5\nslit = 12\nspread = 2.25\n' + BEZEL  # fmt: skip
    blank = next(line.blank for line in planned(text).cut_list if line.part == "shank")
    given = dict(blank.figure("net length").inputs)
    meets = math.acos(9.66 / (sizes.bore_mm("US 7").inner_diameter_mm / 2 + 1.5))
    longer = 2 * given["Rm"] * (meets - math.radians(given["theta deg"]))
    assert longer == pytest.approx(2.0, abs=0.1)
    close("split-shank", "length_mm", blank.net[0] - longer)


def test_the_seam_of_a_flat_ring_takes_the_published_chip():
    practice = replace(DEFAULT, solder_gap=0.1, solder_surplus=1.5, solder_sheet=0.25)
    (seam,) = planned(FLAT.format(size='"US 7"', width=2, thick=1.5), practice).joints
    close("pallion-butt", "pallion_side_mm", pallion_side(seam.solder_mm3))


def test_a_loop_of_wire_as_a_jump_ring():
    text = HEAD + 'piece = "pendant"\n[body]\nkind = "disc"\nsize = 20\nthick = 1\n[link]\nkind = "jump-ring"\nid = 3.0\nwire = "20 ga"\n'  # fmt: skip
    close("loop-20ga", "length_mm", net(planned(text), "link"))


def test_the_disc_of_a_hemisphere():
    text = HEAD + 'piece = "pendant"\n[body]\nkind = "dome"\nsize = 9.525\ndome = 4.7624\nthick = "24 ga"\n[bail]\nkind = "loop"\n'  # fmt: skip
    close("dome-9.5", "disc_mm", net(planned(text), "body"))


def test_a_stone_in_its_tube():
    text = RING.format(size='"US 7"') + 'kind = "d"\nwidth = 3.2\nthick = 1.5\n[head]\nkind = "tube"\nstone = "round garnet 3.0x3.0x1.8"\ntube = { od = 3.5, id = 2.5 }\ntall = 2.2\n'  # fmt: skip
    (row,) = planned(text).settings
    said = {figure.name: figure.value for figure in row.figures}
    close("tube-set-3", "lip_mm", said["lip"])
    close("tube-set-3", "seat_land_mm", said["seat land"])
    close("tube-set-3", "bur_mm", said["setting bur"])


PENDANT = HEAD + 'piece = "pendant"\n[body]\n'
CUP = (
    PENDANT
    + 'kind = "bezel"\nstone = "oval cab onyx {size}"\nwall = {wall}\nfloor = "22 ga"\n[bail]\nkind = "loop"\n'
)


def strip(made: Plan) -> tuple[float, float, float]:
    """Net length of a bezel, its clearance and its thickness, mm."""
    blank = next(line.blank for line in made.cut_list if line.part == "body.wall")
    given = dict(blank.figure("net length").inputs)
    return blank.net[0], given["c"], given["t"]


def test_the_bezel_of_a_slim_oval_without_its_clearance():
    long, clear, t = strip(planned(CUP.format(size="30x15x6", wall=0.33)))
    assert t == 0.33
    close("bezel-oval-30x15", "length_mm", long - 2 * math.pi * clear)


@pytest.mark.parametrize("size", ["8x6", "14x10"])
def test_the_perimeter_a_strip_is_wrapped_round(size):
    long, clear, t = strip(planned(CUP.format(size=f"{size}x4", wall=0.32)))
    close(f"perimeter-{size}", "perimeter_mm", long - 2 * math.pi * (clear + t / 2))


def test_a_jump_ring_of_a_gauge_has_the_published_ratio():
    """The published ratio is of 1.295 mm, a gauge of wire rounded up; ours is 1.291."""
    text = (
        PENDANT
        + 'kind = "disc"\nsize = 20\nthick = 1\n[link]\nkind = "jump-ring"\nid = 5.0\nwire = "16 ga"\n'
    )
    blank = next(line.blank for line in planned(text).cut_list if line.part == "link")
    given = dict(blank.figure("net length").inputs)
    wanted, off = expected("aspect-16ga")
    assert given["ID"] / given["t"] == pytest.approx(wanted["aspect_ratio"], abs=off + 0.005)
    assert blank.stock.gauge == "16"


@pytest.mark.parametrize("i", [2, 3, 4, 5, 6])
def test_a_disc_by_gauge_is_as_thick_as_published(i):
    row, off = expected("gauge-bs")
    gauge = (10, 12, 14, 16, 18, 20, 22)[i]
    text = PENDANT + f'kind = "disc"\nsize = 20\nthick = "{gauge} ga"\n[bail]\nkind = "loop"\n'
    pick = next(line.blank.stock for line in planned(text).cut_list if line.part == "body")
    assert (pick.gauge, pick.work) == (str(gauge), "as sold")
    assert pick.item[1] == pytest.approx(row["mm"][i], abs=off)
    assert pick.item[1] == bs_gauge_mm(gauge)


def test_a_stone_set_flush_by_its_drill_list():
    text = (
        RING.format(size='"US 7"')
        + 'kind = "flat"\nwidth = 6\nthick = 2.4\n[stones]\nkind = "flush"\non = "shank.round"\nstone = "round diamond 2.5"\n'
    )
    (row,) = planned(text).settings
    wanted, _ = expected("flush-2.5")
    words = " ".join(row.tools)
    low, high = wanted["drill_mm"]
    assert f"drill {low:.1f}-{high:.1f}" in words
    for ball in wanted["ball_burs_mm"]:
        assert f"ball bur {ball:.1f}" in words
    assert f"hart bur {wanted['hart_bur_mm']:.1f}" in words
