"""`jewelgen build`: exit codes, orders, what stands on which stream, folders whole or not there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FAST = ("--quality", "preview", "--no-pictures", "--to", "stl")
HEAD = 'format = 1\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 7"\n'
CODE = """\
import os
from dataclasses import dataclass
from jewelgen.kinds.kind import Kind
from jewelgen.piece.site import Fragment

@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    pass

def make(params, site):
    os._exit(9)

KIND = Kind("head", "fatal", Params, make, "ends its process", "shank.top")
"""


def test_one_piece_is_built_and_then_kept(say: Callable[..., Any], shop: Path) -> None:
    ran = say("build", "designs/band.toml", *FAST, "--json")
    assert ran.code == 0
    assert ran.document["schema"] == "jewelgen/build/1"
    (piece,) = ran.document["pieces"]
    assert piece["ok"]
    assert "built band" in ran.err, "progress is said beside the document, never in it"
    assert "US 7 = 17.32 mm across" in ran.err, "sizes are echoed as they were understood"
    folder = shop / "output" / "band"
    assert set(piece["files"]) == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    assert (folder / "band.stl").exists()
    assert not list(folder.glob("*.step"))
    again = say("build", "designs/band.toml", *FAST, "--json")
    assert again.document["pieces"][0]["kept"]
    assert "kept band" in again.err


def test_a_variation_has_a_folder_of_its_own(say: Callable[..., Any], shop: Path) -> None:
    ran = say("build", "designs/band.toml", *FAST, "--set", "size=US 9", "--json")
    assert ran.code == 0
    folder = Path(ran.document["pieces"][0]["folder"])
    assert folder == Path("output/band/size-us-9")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["changes"] == [{"key": "size", "base": "US 7", "now": "US 9"}]
    assert manifest["bore_mm"] == pytest.approx(18.95, abs=0.01)


def test_an_order_of_one_customer(say: Callable[..., Any], shop: Path) -> None:
    (shop / "anna.toml").write_text('order = "A-7"\ncustomer = "Anna"\nsize = "US 8"\n')
    ran = say("build", "designs/band.toml", *FAST, "--order", "anna.toml", "--json")
    assert ran.code == 0
    manifest = json.loads((shop / "output" / "band" / "A-7" / "manifest.json").read_text())
    assert manifest["order"]["customer"] == "Anna"
    book = json.loads((shop / "output" / "casting-orders" / "orders.json").read_text("utf-8"))
    assert [(job["id"], job["size"], job["pieces"]) for job in book["jobs"]] == [("A-7", "US 8", 1)]
    assert manifest["size"] == "US 8"


def test_a_refused_row_costs_that_row_alone(
    program: Callable[..., Any], shop: Path, root: Path
) -> None:
    shutil.copy(root / "designs" / "orders.csv", shop / "orders.csv")
    design = str(root / "designs" / "01_court_band.toml")
    ran = program("build", design, "--order", "orders.csv", *FAST, "--json", "--jobs", "2")
    assert ran.code == 3
    rows = {row["order"]: row for row in ran.document["pieces"]}
    assert {order: row["ok"] for order, row in rows.items()} == {
        "A-101": True, "A-102": True, "A-103": False,
    }  # fmt: skip
    assert "JG171" in [finding["code"] for finding in rows["A-103"]["findings"]]
    assert "orders.csv:4" in ran.err
    assert "US 4 .. US 13 by 1/4" in ran.err
    out = shop / "output" / "01_court_band"
    assert sorted(path.name for path in out.iterdir()) == ["A-101", "A-102"]
    assert "Traceback" not in ran.err


def test_handmade_twin_gets_a_plan(say: Callable[..., Any], shop: Path) -> None:
    ran = say("build", "designs/band.toml", *FAST, "--made", "handmade")
    assert ran.code == 0
    names = {path.name for path in (shop / "output" / "band").iterdir()}
    assert {"plan.pdf", "cut-list.csv", "joints.csv", "templates.dxf"} <= names
    manifest = json.loads((shop / "output" / "band" / "manifest.json").read_text())
    assert manifest["made"] == "handmade"
    assert not manifest["masters"]


def test_a_worker_that_dies_costs_its_piece_alone(program: Callable[..., Any], shop: Path) -> None:
    kinds = shop / "designs" / "kinds" / "head"
    kinds.mkdir(parents=True)
    (kinds / "fatal.py").write_text(CODE)
    text = (shop / "designs" / "band.toml").read_text()
    fatal = text.replace("[shank]", 'use = ["./kinds"]\n\n[shank]', 1)
    fatal = fatal.replace("[ask]", '[head]\nkind = "fatal"\n\n[ask]')
    (shop / "designs" / "fatal.toml").write_text(fatal)
    untrusted = program("build", "designs/fatal.toml", *FAST)
    assert untrusted.code == 1
    assert "JG106" in untrusted.err
    ran = program("build", *FAST, "--trust", "--jobs", "2", "--json")
    assert ran.code == 3
    rows = {Path(row["design"]).stem: row for row in ran.document["pieces"]}
    assert rows["band"]["ok"]
    assert [finding["code"] for finding in rows["fatal"]["findings"]] == ["JG803"]
    assert sorted(path.name for path in (shop / "output").iterdir()) == ["band"]


@pytest.mark.parametrize(
    "text",
    [
        "format = 1\na = " + "[" * 10_000,
        f'{HEAD}name = "../../x"\n',
        f'{HEAD}[shank]\nkind = "court"\nwidth = "= ().__class__"\n',
        f'{HEAD}[shank]\nkind = "court"\nwidth = nan\n',
        'format = 1\nextends = "../../../etc/passwd"\n',
        "\x1b[2J",
    ],
    ids=["nested", "path name", "dunder", "nan", "outside parent", "control"],
)  # fmt: skip
def test_hostile_designs_leave_nothing_written(
    say: Callable[..., Any], shop: Path, text: str
) -> None:
    (shop / "designs" / "band.toml").write_text(text)
    before = sorted(shop.rglob("*"))
    ran = say("build", *FAST)
    assert ran.code == 1
    assert "JG1" in ran.err
    assert "Traceback" not in ran.err
    assert "\x1b[2J" not in ran.err
    for words in (
        ("plan", "designs/band.toml"),
        ("render",),
        ("watch", "designs/band.toml", "--rounds", "1"),
    ):
        assert "Traceback" not in say(*words).err
    assert sorted(shop.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["designs/nothere.toml"], 1, "JG101"),
        (["--to", "obj"], 2, "step, stl, 3mf, glb"),
        (["--to", ""], 2, "step, stl, 3mf, glb"),
        (["--made", "printed"], 2, "handmade"),
        (["--jobs", "-1"], 2, "--jobs"),
        (["--pack", "nobody"], 1, "JG187"),
        (["--order", "nothere.csv"], 1, "JG101"),
        (["--order", "designs"], 1, "JG1"),
        (["--set", "size=US 40"], 1, "JG171"),
        (["--set", "shank.width"], 2, "KEY=VALUE"),
        (["designs/band.toml", "designs/nothere.toml", "--jobs", "1"], 3, "JG101"),
    ],
)
def test_what_is_asked_wrongly_is_said(
    say: Callable[..., Any], words: list[str], code: int, said: str
) -> None:
    ran = say("build", *words, "--no-pictures", "--quality", "preview")
    assert ran.code == code, ran.err
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_folder_stands_for_the_designs_in_it(say: Callable[..., Any], shop: Path) -> None:
    ran = say("check", "designs", "--json")
    assert ran.code == 0
    assert [row["design"] for row in ran.document["designs"]] == ["designs/band.toml"]
    (shop / "empty").mkdir()
    assert say("check", "empty").code == 2


def test_every_order_of_a_file_must_name_a_design(say: Callable[..., Any], shop: Path) -> None:
    (shop / "orders.csv").write_text("order,size\nA,US 8\nB,US 9\n")
    ran = say("build", "--order", "orders.csv", *FAST, "--json")
    assert ran.code == 3
    assert ran.err.count("JG801") == 2
    assert not (shop / "output").exists()


def test_rows_that_cannot_be_read_stand_in_the_document(
    say: Callable[..., Any], shop: Path
) -> None:
    (shop / "orders.csv").write_text("order,size,due\nA,US 8,soon\n")
    ran = say("build", "designs/band.toml", "--order", "orders.csv", *FAST, "--json")
    assert ran.code == 1
    assert [row["code"] for row in ran.document["refused"]] == ["JG175"]
