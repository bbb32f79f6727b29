"""Commands that tell and convert: what they say, on which stream, with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trimesh

COMMANDS = (
    "chain",
    "build", "check", "plan", "render", "new", "list", "size", "schema", "explain", "doctor",
    "watch", "completion", "rules",
)  # fmt: skip
KERNELS = ("OCP", "cadquery", "manifold3d", "vtkmodules")


@pytest.mark.parametrize("words", [(), *((command,) for command in COMMANDS)])
def test_help_is_there_and_imports_no_kernel(words: tuple[str, ...]) -> None:
    text = (
        "import sys\nfrom jewelgen.cli import main\n"
        f"try: main({[*words, '--help']!r})\n"
        "except SystemExit as left: assert left.code == 0\n"
        f"assert not set(sys.modules) & {set(KERNELS)!r}\n"
        "assert 'numpy' not in sys.modules\n"
    )
    run = [sys.executable, "-c", text]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Usage: jewelgen" in done.stdout
    assert done.stderr == ""
    if not words:
        assert all(f"  {command}  " in done.stdout for command in COMMANDS)


def test_check_needs_no_kernel(shop: Path) -> None:
    text = (
        "import sys\nfrom jewelgen.cli import main\n"
        "try: main(['check'])\n"
        "except SystemExit as left: assert left.code == 0\n"
        f"assert not set(sys.modules) & {set(KERNELS)!r}\n"
    )
    subprocess.run([sys.executable, "-c", text], check=True, capture_output=True, cwd=shop)


@pytest.mark.parametrize(
    ("words", "across", "label"),
    [
        (["US 7"], 17.32, "UK N1/2"),
        (["UK N1/2"], 17.31, "US 7"),
        (["54.4 mm"], 17.32, "ISO 54"),
        (["JP", "13"], 17.0, "JP 13"),
        (["ISO", "52"], 16.55, "EU 52"),
    ],
)
def test_a_size_is_shown_in_every_system(
    say: Callable[..., Any], words: list[str], across: float, label: str
) -> None:
    ran = say("size", "--json", *words)
    assert (ran.code, ran.err) == (0, "")
    row = ran.document
    assert row["schema"] == "jewelgen/size/1"
    assert row["inner_diameter_mm"] == pytest.approx(across, abs=0.01)
    assert row["circumference_mm"] == pytest.approx(row["inner_diameter_mm"] * 3.14159265, abs=0.02)
    assert len(row["systems"]) == 10
    assert row["spread"] is not None
    shown = say("size", *words)
    assert label in shown.out
    assert f"{across:.2f} mm across" in shown.out


@pytest.mark.parametrize("word", ["banana", "US 99", "nan", "7", "UK ?", "1e9 mm", ""])
def test_what_is_no_size_says_what_would_be(say: Callable[..., Any], word: str) -> None:
    ran = say("size", word)
    assert (ran.code, ran.out) == (1, "")
    assert "JG180" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("topic", "name", "word"),
    [
        ("alloys", "sterling", "density"),
        ("gems", "ruby", "mohs"),
        ("solders", None, "hard"),
        ("cuts", "round", "table"),
        ("stock", None, "wire"),
        ("sizes", None, "US"),
        ("kinds", "court", "width"),
        ("designs", None, "band.toml"),
    ],
)
def test_tables_are_listed(
    say: Callable[..., Any], topic: str, name: str | None, word: str
) -> None:
    words = [topic] if name is None else [topic, name]
    ran = say("list", *words)
    assert ran.code == 0
    assert word.lower() in ran.out.lower()
    document = say("list", "--json", *words).document
    assert document["schema"] == "jewelgen/list/1"
    assert document["rows"]
    if topic not in {"kinds", "designs"}:
        assert document["sources"], "figures come with their sources"


def test_the_limits_of_casting_houses_are_set_side_by_side(say: Callable[..., Any]) -> None:
    shown = say(
        "rules", "compare", "stuller", "morris-watson", "--alloy", "sterling", "--conflicts"
    )
    assert shown.code == 0
    wall = next(line for line in shown.out.splitlines() if line.startswith("wall_min"))
    assert wall.split() == ["wall_min", "0.5", "S1", "0.4", "S1", "0.5", "differ"]
    assert "[stuller] fdocuments.net" in shown.out
    assert "gold_wall_min" not in shown.out
    document = say("rules", "compare", "--process", "mold", "--json").document
    assert "formlabs" not in document["packs"]
    limits = say("rules", "list", "--pack", "stuller", "--json").document["limits"]
    assert {"standing", "source", "value", "pack"} <= set(limits[0])
    left = {row["key"]: row["not_judged"] for row in limits if row["not_judged"]}
    assert set(left) == {"filigree_min", "part_overlap_min", "post_min"}
    assert "not judged: post_min: earring posts" in say("rules", "list").out
    refused = say("rules", "compare", "stullr")
    assert (refused.code, "JG187" in refused.err) == (1, True)


@pytest.mark.parametrize("topic", ["alloys", "gems", "cuts", "kinds"])
def test_a_name_nobody_knows_says_where_to_look(say: Callable[..., Any], topic: str) -> None:
    ran = say("list", topic, "xyzzy")
    assert ran.code in {1, 2}
    assert "xyzzy" in ran.err
    assert "there are" in ran.err or f"jewelgen list {topic}" in ran.err


def test_findings_are_explained(say: Callable[..., Any], root: Path) -> None:
    for word in ("JG171", "jg171", "171"):
        assert say("explain", word).out.startswith("# JG171: ")
    for wrong in ("JG999", "foo", ""):
        ran = say("explain", wrong)
        assert ran.code == 2
        assert "JG100" in ran.err, "it says which codes there are"


def test_the_schema_is_the_one_that_editors_complete_from(say: Callable[..., Any]) -> None:
    document = say("schema").document
    assert document["$schema"].startswith("https://json-schema.org/")
    assert {"piece", "alloy", "size", "shank"} <= set(document["properties"])


def test_doctor_finds_this_installation_sound(say: Callable[..., Any]) -> None:
    ran = say("doctor", "--json")
    assert ran.code == 0
    assert ran.document["schema"] == "jewelgen/doctor/1"
    rows = {row["what"]: row for row in ran.document["rows"]}
    assert {"python", "cadquery", "kernel smoke test", "fonts", "OCP packages"} <= set(rows)
    assert {row["state"] for row in rows.values()} == {"ok"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_can_complete(say: Callable[..., Any], shell: str) -> None:
    ran = say("completion", shell)
    assert ran.code == 0
    assert "_JEWELGEN_COMPLETE" in ran.out


def test_no_such_command_names_the_nearest(say: Callable[..., Any]) -> None:
    ran = say("biuld")
    assert ran.code == 2
    assert "did you mean 'build'" in ran.err


def test_the_module_is_the_program(program: Callable[..., Any]) -> None:
    ran = program("size", "US", "7", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.document["inner_diameter_mm"] == pytest.approx(17.32, abs=0.01)
    assert program("--version").out.startswith("jewelgen, version ")
    assert program("size", "US 99").code == 1
    assert program("nonsense").code == 2


def test_chain_follows_a_measure_and_holds_it_against_the_sheet(say, shop: Path) -> None:
    told = say("chain", "raw", "bore=19.63", "weight=5.877", "--alloy", "14k yellow", "--route", "mold", "--json")  # fmt: skip
    assert told.code == 0
    bore, weight = told.document["measures"]
    assert [row["stage"] for row in bore["stages"]] == [
        "master", "print", "mold", "wax", "metal", "finished",
    ]  # fmt: skip
    last = bore["stages"][-1]
    assert last["least_mm"] < 19.82 < last["most_mm"]
    assert weight["stages"][0]["stage"] == "print"
    row = {"body": "band", "route": "direct", "alloy": "silver_925", "weights_g": {"finished": 3.0},
           "critical": [{"kind": "bore", "finished_mm": 17.35}]}  # fmt: skip
    (shop / "casting.json").write_text(json.dumps({"masters": [row]}))
    near, far = (say("chain", "metal", f"bore={mm}", "--of", ".") for mm in (17.15, 16.0))
    assert "17.35 mm, within reach" in near.out
    assert "out of reach" in far.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("chain", "wax", "bore=3", "--alloy", "14k"), "no stage 'wax'"),
        (("chain", "metal", "boar=3", "--alloy", "14k"), "did you mean 'bore'"),
        (("chain", "metal", "bore=wide", "--alloy", "14k"), "takes a number"),
        (("chain", "metal", "bore=nan", "--alloy", "14k"), "above 0"),
        (("chain", "file", "weight=3", "--alloy", "14k"), "nothing is weighed"),
        (("chain", "metal", "bore=3"), "--alloy"),
        (("chain", "metal", "bore=3", "--of", "nowhere"), "no caster's sheet"),
    ],
)
def test_chain_says_what_it_cannot_follow(say, words: tuple[str, ...], says: str) -> None:
    ran = say(*words)
    assert ran.code == 2
    assert says in ran.err


def test_size_prints_the_traps_of_its_system(say: Callable[..., Any]) -> None:
    traps = say("size", "FR 54", "--json").document["traps"]
    assert traps
    said = say("size", "FR 54").out
    assert all(f"trap: {trap}" in said for trap in traps)


def test_a_kind_says_what_must_be_given_what_else_holds_and_where_it_stands(
    say: Callable[..., Any],
) -> None:
    rows = {row["key"]: row for row in say("list", "kinds", "split", "--json").document["rows"]}
    assert rows["top.width"]["given or else"] == "must be given"
    assert rows["back.width"]["given or else"].startswith("= ")
    assert rows["split_at"]["given or else"] == "55 deg"
    assert "stands on shank.round" in say("list", "kinds", "pave").out


def test_render_draws_each_order_and_says_what_it_cannot_draw(
    say: Callable[..., Any], shop: Path
) -> None:
    (shop / "orders.csv").write_text("order,size\nA,US 6\nB,US 40\n", encoding="utf-8")
    ran = say("render", "designs/band.toml", "--order", "orders.csv", "--json", "--out", "pics")
    assert ran.code == 3
    drawn, lost = ran.document["pieces"]
    assert [Path(file).name for file in drawn["files"]] == [
        "band-A-preview.png",
        "band-A-views.png",
    ]
    assert all((shop / file).stat().st_size > 1000 for file in drawn["files"])
    assert lost["files"] == []
    assert [finding["code"] for finding in lost["findings"]] == ["JG171"]


def test_several_files_are_judged_at_once_and_told_in_order(
    program: Callable[..., Any], shop: Path
) -> None:
    for name, side in (("small", 6.0), ("thin", 0.3)):
        made = trimesh.creation.box((8.0, 8.0, side))
        made.export(shop / f"{name}.stl")
    ran = program("inspect", "small.stl", "missing.stl", "thin.stl")
    assert ran.code == 1
    heads = [line.partition(";")[0] for line in ran.out.splitlines() if line.endswith("triangles")]
    assert heads == ["small.stl: sound", "thin.stl: failed"]
    assert "missing.stl: error JG700: there is no such file" in ran.err
    after = ran.out.partition("thin.stl: failed")[2].splitlines()
    assert after[1].startswith("  error JG710"), "what failed comes first"
    ranks = [line.split()[0] for line in after[1:] if not line.startswith("     ")]
    order = ["error", "warning", "note", "ok"]
    assert ranks == sorted(ranks, key=order.index)
