"""`jewelgen check` and `plan`: everything said at once, nothing written that is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WRONG = """\
format = 1
piece  = "ring"
made   = "cast"
alloy  = "sterlin"
size   = "US 40"
[shank]
kind  = "court"
widht = 4
"""


def test_every_mistake_is_said_at_once_with_its_place(say: Callable[..., Any], shop: Path) -> None:
    (shop / "designs" / "wrong.toml").write_text(WRONG)
    ran = say("check", "designs/wrong.toml")
    assert ran.code == 1
    for said in ("wrong.toml:4:", "sterling", "wrong.toml:5:", "US 40", "wrong.toml:8:", "'width'"):
        assert said in ran.err
    both = say("check", "--json")
    assert both.code == 3
    rows = {row["design"]: row for row in both.document["designs"]}
    assert both.document["schema"] == "jewelgen/check/1"
    assert rows["designs/band.toml"]["ok"]
    lines = [finding["line"] for finding in rows["designs/wrong.toml"]["findings"]]
    assert {4, 5, 8} <= set(lines)
    assert not (shop / "output").exists()


@pytest.mark.parametrize(
    ("setting", "code", "word"),
    [
        ("size=banana", "JG171", "US 4 .. US 13"),
        ("size=US 40", "JG171", "US 4 .. US 13"),
        ("shank.width=9", "JG171", "3 .. 6"),
        ("shank.thick=2", "JG170", "not asked"),
        ("siez=US 8", "JG170", "did you mean 'size'"),
        ("shank.width=nan", "JG171", "3 .. 6"),
        ("shank.width=__import__('os')", "JG171", "3 .. 6"),
        ("shank.width==3+1", "JG171", "3 .. 6"),
    ],
)
def test_only_what_is_asked_may_vary_and_in_range(
    say: Callable[..., Any], setting: str, code: str, word: str
) -> None:
    ran = say("check", "designs/band.toml", "--set", setting)
    assert ran.code == 1
    assert code in ran.err
    assert word in ran.err


def test_a_setting_in_range_is_sound(say: Callable[..., Any]) -> None:
    ran = say("check", "designs/band.toml", "--set", "size=US 9 1/4", "--set", "shank.width=5")
    assert ran.code == 0
    assert "19.15 mm across" in ran.out  # 11.63 + 0.8128 x 9.25


@pytest.mark.parametrize("words", [["--set", "size"], ["--set", "=3"], ["--made", "printed"]])
def test_words_that_make_no_sense_are_usage_errors(
    say: Callable[..., Any], words: list[str]
) -> None:
    assert say("check", "designs/band.toml", *words).code == 2


def test_casting_limits_hold_for_what_is_to_be_cast(say: Callable[..., Any], root: Path) -> None:
    design = str(root / "designs" / "09_bezel_cab_ring.toml")
    assert say("check", design).code == 0
    cast = say("check", design, "--made", "cast")
    assert cast.code == 1
    assert "JG200" in cast.err


def test_a_plan_is_written_whole_and_explained(
    say: Callable[..., Any], shop: Path, root: Path
) -> None:
    design = str(root / "designs" / "14_disc_tag.toml")
    ran = say("plan", design, "--out", "out", "--paper", "letter")
    assert ran.code == 0
    pdf = Path(ran.out.strip())
    assert pdf.read_bytes().startswith(b"%PDF")
    names = {path.name for path in pdf.parent.iterdir()}
    assert {
        "plan.pdf", "plan.json", "plan.md", "cut-list.csv", "joints.csv", "settings.csv", "templates.dxf",
    } <= names  # fmt: skip
    part = json.loads((pdf.parent / "plan.json").read_text())["cut_list"][0]["id"]
    assert "mm" in say("plan", design, "--explain", part).out
    lost = say("plan", design, "--explain", "nothing")
    assert lost.code == 1
    assert "JG513" in lost.err
    assert say("plan", "designs/nothere.toml").code == 1


def test_an_order_book_is_judged_whole(say: Callable[..., Any], shop: Path) -> None:
    rows = [f"A-{i},US {5 + i % 7},4" for i in range(24)]
    rows[7] = "A-7,US 99,4"
    rows[9] = "A-9,US 7,4,too,many"
    (shop / "orders.csv").write_text("order,size,shank.width\n" + "\n".join(rows) + "\n")
    ran = say("check", "designs/band.toml", "--order", "orders.csv")
    assert ran.code == 3
    assert ran.out == "designs/band.toml A-7: fails\n22 of 24 sound\n"
    assert "orders.csv:9:" in ran.err
    assert "orders.csv:11:" in ran.err
    told = say("check", "designs/band.toml", "--order", "orders.csv", "--json").document
    assert [row["order"] for row in told["designs"] if not row["ok"]] == ["A-7"]
    assert [row["line"] for row in told["refused"]] == [11]


def test_plans_of_orders_are_written_each_with_its_ticket(
    say: Callable[..., Any], shop: Path
) -> None:
    (shop / "orders.csv").write_text(
        "order,design,customer,due,size\n"
        "A-1,designs/band,Σοφία,2026-12-24,US 6\n"
        "A-2,designs/band,王芳,2026-12-24,US 6\n"
        "A-3,designs/band,Ann,2026-12-24,US 60\n",
        encoding="utf-8",
    )
    ran = say("plan", "--order", "orders.csv", "--out", "out")
    assert ran.code == 3
    assert "JG171" in ran.err
    assert "JG530" in ran.err
    assert "no glyph for 王 芳 in the customer" in ran.err
    written = [Path(line) for line in ran.out.split()]
    assert [path.parent.name for path in written] == ["A-1-plan", "A-2-plan"]
    said = json.loads((written[0].parent / "plan.json").read_text("utf-8"))
    assert (said["job"]["customer"], said["job"]["due"], said["size"]) == (
        "Σοφία",
        "2026-12-24",
        "US 6",
    )
    assert say("plan").code == 2
    assert say("plan", "designs/band.toml", "--style", "nothere.typ").code == 1
    assert "data.json" in say("plan", "--print-style").out
    assert say("build", "designs/band.toml", "--style", "nothere.typ").code == 1
    assert say("build", "designs/band.toml", "--fonts", "nowhere").code == 2


def test_check_loads_nothing_that_only_plans_and_files_need(shop: Path) -> None:
    """It answers while one types: no kernel, no drawing, no typesetting, no solver."""
    code = (
        "import sys\nfrom jewelgen.cli import main\ntry:\n    main(['check', 'designs/band.toml'])\n"
        "except SystemExit:\n    pass\n"
        "print([m for m in sys.argv[1:] if m in sys.modules])"
    )
    heavy = "OCP cadquery manifold3d ezdxf typst scipy.optimize scipy.spatial trimesh rich jinja2"
    run = [sys.executable, "-c", code, *heavy.split()]
    said = subprocess.run(run, check=True, capture_output=True, text=True, cwd=shop)
    assert said.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = Mistakes\npiece = "ring"\n', 'text goes in quotes: name = "Mistakes"'),
        ('piece = "ring"\n[shank]\nkind = "cuort"\nwidht = 4\n', "did you mean 'width'"),
        ('[ask]\nsize = "US 4 ... US 9"\n', "a range has two"),
    ],
)
def test_near_misses_are_told_how_they_are_written(
    say: Callable[..., Any], shop: Path, text: str, said: str
) -> None:
    head = 'format = 1\nmade = "cast"\nalloy = "sterling"\nsize = "US 7"\n'
    (shop / "designs" / "wrong.toml").write_text(head + text)
    assert said in say("check", "designs/wrong.toml").err


def test_a_message_that_names_the_range_does_not_say_it_twice(
    say: Callable[..., Any], shop: Path
) -> None:
    path = shop / "designs" / "band.toml"
    path.write_text(path.read_text().replace("width = 4", "width = -1"))
    said = say("check", "designs/band.toml").err
    assert said.count("1.2 .. 14 mm") == 1


def test_two_designs_of_one_name_are_not_written_over_each_other(
    say: Callable[..., Any], shop: Path
) -> None:
    (shop / "more").mkdir()
    (shop / "more" / "band.toml").write_text((shop / "designs" / "band.toml").read_text())
    ran = say("check", "designs/band.toml", "more/band.toml")
    assert ran.code == 3
    assert "JG802" in ran.err and "more/band.toml" in ran.err
    assert "1 of 2 sound" in ran.out


def test_a_row_that_was_cut_off_is_no_order(say: Callable[..., Any], shop: Path) -> None:
    (shop / "orders.csv").write_text("order,size,shank.width\nA,US 6,4\nB,US 7\n")
    ran = say("check", "designs/band.toml", "--order", "orders.csv")
    assert ran.code == 3
    assert "orders.csv:3" in ran.err and "cut off" in ran.err
    assert "1 of 2 sound" in ran.out


def test_plan_explain_and_new_speak_json_too(say: Callable[..., Any], shop: Path) -> None:
    ran = say("plan", "designs/band.toml", "--json", "--out", "out")
    (row,) = ran.document["plans"]
    assert ran.document["schema"] == "jewelgen/plans/1"
    assert row["ok"] and (Path(row["folder"]) / "plan.pdf").exists()
    assert {"plan.pdf", "plan.json", "cut-list.csv"} <= set(row["files"])
    (shop / "designs" / "wrong.toml").write_text(WRONG)
    ran = say("plan", "designs/wrong.toml", "--json", "--out", "out")
    (row,) = ran.document["plans"]
    assert (ran.code, row["ok"], row["folder"]) == (1, False, None)
    assert {finding["code"] for finding in row["findings"]} >= {"JG130"}
    assert say("explain", "JG130", "--json").document["page"].startswith("# JG130")
    made = Path(say("new", "ring", "Ünïque", "--json").document["file"])
    assert made == Path("designs/unique.toml") and made.exists()
    (text,) = say("plan", str(made), "--explain", "A", "--json").document["explained"]
    assert "A" in text
