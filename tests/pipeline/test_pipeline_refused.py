"""Designs that fail on purpose: nothing of them is written, and the fix that is proposed, once applied, passes the gate.

Three fail in the files that were written, with fixes that were built before they were proposed; three are refused
before any metal is made, and their fixes are built here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jewelgen.design.reader import load
from jewelgen.findings import Finding, Fix, Severity, Where, errors
from jewelgen.piece.digest import digest
from jewelgen.pipeline import build as line
from jewelgen.pipeline.build import Result, build
from jewelgen.pipeline.edits import in_brief
from jewelgen.pipeline.made import Made
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, prepare
from jewelgen.pipeline.remade import remade
from jewelgen.solid.model import Quality

RING = 'format = 1\nname = "x"\npiece = "ring"\nmade = "cast"\nalloy = "sterling"\nsize = "US 7"\n'
PENDANT = 'format = 1\nname = "x"\npiece = "pendant"\nmade = "cast"\nalloy = "sterling"\n'
SHUT = '[shank]\nkind = "court"\nwidth = 4\nthick = 1.8\n[head]\nkind = "prong"\nprongs = 4\nstone = "round diamond 6"\nwire = 0.8\nbase = 4.6\ngallery = 0.3\n'
LOOPS = '[loops]\nkind = "ends"\ncount = 2\nid = 1.8\nwire = 0.9\n'
BACK = '[shank]\nkind = "tapered"\nedge = "d"\n[shank.top]\nwidth = 4\nthick = 2\n[shank.back]\nwidth = 2.5\nthick = 0.9\n'
PRONG = '[shank]\nkind = "flat"\nwidth = 2.4\nthick = 1.9\n[stones]\nkind = "shared-prong"\nstone = "round diamond 2.2"\nwire = 0.6\nscallop = 0\naround = "40 deg"\ngap = "0.05 .. 0.06"\n'
CLOSE = '[shank]\nkind = "flat"\nwidth = 5\nthick = 2.2\n[stones.a]\nkind = "flush"\nstone = "round diamond 2"\n[stones.b]\nkind = "flush"\nstone = "round diamond 2"\nat = "11 deg"\n'
CULET = '[shank]\nkind = "flat"\nwidth = 4\nthick = 0.9\n[head]\nkind = "prong"\nprongs = 3\nwire = 0.9\nstone = "round diamond 4"\nlift = -1\n'
WALL = '[body]\nkind = "disc"\nsize = 8\nthick = 0.5\n' + LOOPS
FLOOR = '[shank]\nkind = "flat"\nwidth = 3.8\nthick = 2.2\n[stones]\nkind = "channel"\nstone = "princess diamond 2.0"\naround = "90 deg"\n'
LETTER = '[body]\nkind = "name"\nfont = "cinzel"\ntext = "L"\ntall = 5\nstroke = 0.3\n' + LOOPS
HEADS = '[shank]\nkind = "court"\nwidth = 3\nthick = 1.8\n[head.a]\nkind = "prong"\nprongs = 4\nstone = "round diamond 5"\n[head.b]\nkind = "prong"\nprongs = 4\nstone = "round diamond 3.5"\nbeside = "head.a"\ngap = {gap}\n'

MADE: dict[str, Made] = {}
Shop = tuple[Path, Options]


def kept(real: Callable[..., Made]) -> Callable[..., Made]:
    """Makes a piece once."""

    def once(prepared: Prepared, *how: Any, **more: Any) -> Made:
        key = digest(prepared.piece)
        if key not in MADE:
            MADE[key] = real(prepared, *how, **more)
        return MADE[key]

    return once


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A folder to build into, plainly and fast; a piece that was made as a trial is not made again, only judged so."""
    for name in ("_made", "_judged"):
        monkeypatch.setattr(line, name, kept(getattr(line, name)))
    out = tmp_path / "out"
    return tmp_path, Options(out=out, formats=("stl",), quality=Quality.PREVIEW, pictures=False)


def made(shop: Shop, text: str) -> Result:
    folder, options = shop
    (folder / "x.toml").write_text(text, encoding="utf-8")
    return build(folder / "x.toml", options)


def applied(text: str, fix: Fix) -> str:
    """The text with the fix written in its table in place of what stood there."""
    table, _, key = fix.key.rpartition(".")
    head, _, rest = text.partition(f"[{table}]\n")
    lines = rest.splitlines(keepends=True)
    inside = next((i for i, row in enumerate(lines) if row.startswith("[")), len(lines))
    kept = [row for row in lines[:inside] if not row.startswith(f"{key} =")]
    return "".join((head, f"[{table}]\n{key} = {fix.value}\n", *kept, *lines[inside:]))


def failed(result: Result, code: str) -> Finding:
    """The error of a code; nothing was written, and its fix was tried and says its weight."""
    assert result.folder is None
    found = next(f for f in errors(result.findings) if f.code == code)
    assert found.fix is not None
    assert found.fix.tried
    assert found.fix.grams is not None
    assert -0.1 < found.fix.grams < 3.0
    return found


def left_of(path: Path, *codes: str) -> list[float]:
    """What the checker measured, mm, in a `check.json`."""
    files = json.loads(path.read_text("utf-8"))["files"]
    return [row["measured"] for row in files[0]["checks"] if row["code"] in codes]


@pytest.mark.parametrize(
    ("text", "code", "part", "key"),
    [
        (RING + BACK, "JG710", "shank", "shank.back.thick"),
        (RING + PRONG, "JG714", "stones.prong", "stones.gap"),
        (RING + CLOSE, "JG714", "shank", "stones.b.at"),
    ],
    ids=["thin back", "cut prong", "close stones"],
)
def test_files_that_fail_are_held_back_with_a_fix_that_was_built(
    shop: Shop, text: str, code: str, part: str, key: str
) -> None:
    if part == "stones.prong":  # metal so thin is a facet of a coarse mesh
        shop = (shop[0], replace(shop[1], quality=Quality.STANDARD))
    refused = made(shop, text)
    thin = failed(refused, code)
    assert thin.where.file.endswith(".stl")
    assert (thin.where.key, thin.fix and thin.fix.key) == (part, key)
    assert [f.code for f in refused.findings if f.severity is Severity.NOTE][-1] == "JG720"
    _, options = shop
    (measures,) = options.out.rglob("*.*")
    assert measures.name == "x.json", "the measures alone"
    if part == "stones.prong":  # the seats of both neighbours leave next to nothing of it
        assert min(left_of(measures, "JG714")) < 0.05
    assert thin.fix is not None
    again = made(shop, applied(text, thin.fix))
    assert errors(again.findings) == ()
    assert again.ok


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        (RING + CULET, "JG204", "head.lift"),
        (PENDANT + WALL, "JG200", "body.thick"),
        (RING + FLOOR, "JG200", "shank.thick"),
        (PENDANT + LETTER, "JG272", "body.stroke"),
    ],
    ids=["culet in the finger", "thin wall", "thin floor", "fine letter"],
)
def test_what_is_refused_unmade_has_a_fix_that_passes_the_gate(
    shop: Shop, text: str, code: str, key: str
) -> None:
    found = failed(made(shop, text), code)
    assert found.fix is not None
    assert found.fix.key == key
    text = applied(text, found.fix)
    again = made(shop, text)
    if key == "head.lift":  # with the stone lifted the shank is still too thin behind it
        slight = failed(again, "JG203")
        assert slight.fix is not None
        assert (slight.where.key, slight.fix.key) == ("shank", "shank.thick")
        again = made(shop, applied(text, slight.fix))
    assert errors(again.findings) == ()
    assert again.ok


def test_an_opening_that_fills_is_proposed_open_once_the_build_says_so(tmp_path: Path) -> None:
    """Rings so near to each other fill; nobody measures what would pass, so sizes are tried in a setter's order."""
    (tmp_path / "x.toml").write_text(RING + SHUT, encoding="utf-8")
    options = Options(out=tmp_path)
    prepared = prepare(load(tmp_path / "x.toml"), None, options)
    narrow = Finding("JG715", "narrowest opening: 0.1 mm", Where("x.stl", key="head.base"))
    asked: list[tuple[float, float]] = []

    def make(trial: Prepared, _: Options) -> tuple[Finding, ...]:
        head = next(block.params for block in trial.brief.blocks if block.name == "head")
        asked.append((head.base, head.gallery))
        return () if head.gallery > 0.4 else (narrow,)

    (found,) = remade((narrow,), prepared, options, in_brief(prepared.brief), make)
    assert found.fix is not None
    assert (found.fix.key, found.fix.value, found.fix.tried) == ("head.gallery", "0.45", True)
    assert asked == [(4.14, 0.3), (4.6, 0.38), (4.6, 0.45)]


def test_heads_too_near_to_each_other_are_first_proposed_further_apart(tmp_path: Path) -> None:
    heads = HEADS.format(gap=0.3)
    (tmp_path / "x.toml").write_text(RING + heads, encoding="utf-8")
    options = Options(out=tmp_path)
    prepared = prepare(load(tmp_path / "x.toml"), None, options)
    narrow = Finding("JG715", "narrowest opening: 0.26 mm", Where("x.stl", key="head.b.left.prong"))

    def make(trial: Prepared, _: Options) -> tuple[Finding, ...]:
        (beside,) = (block for block in trial.brief.blocks if block.name == "head.b")
        return () if beside.gap > 0.4 else (narrow,)

    (found,) = remade((narrow,), prepared, options, in_brief(prepared.brief), make)
    assert found.fix is not None
    assert (found.fix.key, found.fix.value, found.fix.tried) == ("head.b.gap", "0.42", True)
