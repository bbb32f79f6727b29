"""Tools of a shop: the nearest that serves, how far it is off, and what the shop lacks."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from jewelgen.bench.layout import layout
from jewelgen.bench.plan import Plan, plan
from jewelgen.bench.practice import DEFAULT
from jewelgen.bench.shop import read_shop
from jewelgen.bench.tools import EVERY, KINDS, Tool, Tools
from jewelgen.design.reader import load
from jewelgen.findings import DesignError, Where
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare

ROOT = Path(__file__).resolve().parents[2]
REACH = 30.0


def own(**sizes: tuple[float, ...]) -> Tools:
    return Tools(tuple(sizes.items()))


@pytest.mark.parametrize(
    ("kind", "sizes", "wanted", "taken"),
    [
        ("setting_bur", (2.0, 2.5, 3.0), 2.5, 2.5),
        ("setting_bur", (2.0, 2.4, 2.6), 2.5, 2.4),  # a bur above the stone would lose it
        ("setting_bur", (1.0, 2.6), 2.5, None),  # too small by more than the reach
        ("disc_cutter", (12.0, 16.0, 19.0), 15.5, 16.0),  # a disc can be filed down, not up
        ("disc_cutter", (12.0, 15.0), 15.5, None),
        ("draw_plate", (0.9, 1.0, 1.2), 0.95, 1.0),
        ("doming_punch", (10.0, 12.0, 16.0), 15.0, 12.0),
        ("ring_mandrel", (13.0, 23.0), 17.35, 17.35),
        ("ring_mandrel", (13.0, 17.0), 17.35, None),
    ],
)
def test_the_nearest_that_serves_is_taken(
    kind: str, sizes: tuple[float, ...], wanted: float, taken: float | None
) -> None:
    assert own(**{kind: sizes}).nearest(Tool(kind, wanted), REACH) == taken
    assert EVERY.nearest(Tool(kind, wanted), REACH) == wanted, "what is not listed is at hand"


def test_a_range_is_served_by_all_of_it() -> None:
    tools = own(drill=(0.7, 0.75))
    drill = Tool("drill", 0.6, 0.8, " x 3")
    assert tools.text(drill, REACH) == "drill 0.6-0.8 x 3"
    assert (
        own(drill=(0.5,)).text(drill, REACH)
        == "drill 0.5 x 3 (-0.10: open the hole with a ball bur)"
    )
    assert own(drill=(0.9,)).text(drill, REACH) == "drill 0.6-0.8 x 3 (the shop has none)"
    (found,) = own(drill=(0.9,)).lacking([drill, "pusher"], REACH, "S1", Where(key="s"))
    assert (found.code, found.allowed, found.where.key) == ("JG516", "0.9", "s")


def made(tmp_path: Path, name: str, text: str) -> Plan:
    path = tmp_path / "shop.toml"
    path.write_text(text, encoding="utf-8")
    piece = prepare(load(ROOT / "designs" / f"{name}.toml"), None, Options(tmp_path)).piece
    return plan(piece, read_shop(path).practice)


def test_a_tube_set_ring_takes_the_burs_of_its_shop(tmp_path: Path) -> None:
    text = "[tools]\nsetting_bur = [2.5]\nring_mandrel = [13, 15]"
    done = made(tmp_path, "10_tube_set_ring", text)
    words = ", ".join(done.settings[0].tools)
    assert "setting bur 2.5 to depth (-0.50: lead it round until the stone drops in)" in words
    (lacking,) = [item for item in done.findings if item.code == "JG516"]
    assert "ring mandrel" in lacking.message
    assert "tools.setting_bur" in done.notes[0]


def test_a_domed_pendant_takes_cutter_and_punch_of_its_shop(tmp_path: Path) -> None:
    any_ = made(tmp_path, "28_domed_pendant", "")
    dome = next(line.blank for line in any_.cut_list if "cut the disc" in str(line.blank.forming))
    step = next(step.tool for step in any_.steps if "disc cutter" in step.tool)
    disc, punch = (float(size) for size in re.findall(r"\d+\.\d", step))
    assert disc == pytest.approx(dome.net[0], abs=0.05)
    text = f"[tools]\ndisc_cutter = [{disc + 1.0}]\ndoming_punch = [{punch - 2.0}]"
    step = next(s.tool for s in made(tmp_path, "28_domed_pendant", text).steps if "disc" in s.tool)
    assert "file the disc down to its circle" in step
    assert "work it over the whole dome" in step


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[tools]\nsetting_burr = [1]", "JG520"),
        ("[tools]\ndrill = 0.8", "JG521"),
        ("[tools]\ndrill = [0]", "JG521"),
        ("[tools]\nring_mandrel = [13, 15, 20]", "JG521"),
    ],
)
def test_wrong_tools_are_said_at_their_key(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DesignError) as caught:
        read_shop(path)
    (found,) = caught.value.findings
    assert found.code == code
    assert found.where.line == 2


def test_the_shop_file_of_the_guide_is_read(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "how-to" / "shop-file.md").read_text(encoding="utf-8")
    text = guide.partition("```toml file=shop.toml\n")[2].partition("```")[0]
    path = tmp_path / "shop.toml"
    path.write_text(text, encoding="utf-8")
    practice = read_shop(path).practice
    assert (
        set(tomllib.loads(text)["tools"])
        == set(KINDS)
        == {kind for kind, _ in practice.tools.sizes}
    )
    assert practice.least_offcut == 30


def test_ends_too_short_to_be_of_use_are_scrap(ring_plan: Plan) -> None:
    """With the least offcut above every bar and sheet nothing is kept; with none all that is left is."""

    def offcuts(least: float) -> tuple[str, ...]:
        practice = replace(DEFAULT, least_offcut=least, least_offcut_sheet=least)
        return layout([("", ring_plan.cut_list, 1)], practice).offcuts

    rows = layout([("", ring_plan.cut_list, 1)], DEFAULT).rows
    assert offcuts(5000.0) == ()
    # of a sheet two are left: the strip above its rows and the rest of the last row
    assert len(offcuts(0.0)) == sum(
        len(row.cutting.bars) if row.cutting else 2 * len(row.sheets) for row in rows
    )
