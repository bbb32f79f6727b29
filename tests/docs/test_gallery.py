"""The gallery's page says what ships: written anew from the designs it is the same, and its pictures are all there."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from jewelgen.catalog.alloys import alloys
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.paper.gallery import ALL, Shown, gallery_page, swatch
from jewelgen.view.montage import LANE, caption, halved, montage

FOLDERS = ("designs", "docs/examples")


@pytest.fixture(scope="module")
def shown(root: Path) -> list[Shown]:
    paths = [path for folder in FOLDERS for path in sorted((root / folder).glob("*.toml"))]
    return [
        Shown(path.name, resolve(load(path, trust=path.parent.name == "examples")))
        for path in paths
    ]


def test_the_page_is_what_make_docs_would_write(root: Path, shown: list[Shown]) -> None:
    page = (root / "docs/gallery/README.md").read_text("utf-8")
    assert page == gallery_page(shown, alloys().values()), "run: make docs"


def test_every_picture_of_the_page_is_there_and_no_other(root: Path, shown: list[Shown]) -> None:
    folder = root / "docs/gallery"
    page = (folder / "README.md").read_text("utf-8")
    named = set(re.findall(r"!\[[^]]*\]\(([^)]+)\)", page))
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.png")}
    assert named == there
    assert {f"{row.brief.stem}.png" for row in shown} | {ALL} <= there
    assert {f"alloys/{swatch(row)}" for row in alloys().values()} <= there


def test_all_that_may_be_asked_stands_on_the_page(shown: list[Shown]) -> None:
    page = gallery_page(shown, alloys().values())
    asked = [ask for row in shown for ask in row.brief.asks]
    assert len(asked) > 50
    assert all(ask.text in page for ask in asked)


def test_a_montage_holds_every_picture_with_its_name_below() -> None:
    tiles = [
        (name, np.full((30, 60, 3), 10 * i, np.uint8))
        for i, name in enumerate(("One", "Two", "Three"))
    ]
    data = montage(tiles, 2)
    assert data[16:24] == (120).to_bytes(4, "big") + (2 * (30 + LANE)).to_bytes(4, "big")
    assert montage(tiles, 2) == data
    written = caption("One", 60)
    assert written.shape == (LANE, 60, 3)
    assert 40 < written.min() + 10 < 120  # ink
    assert caption("A name that is much too long for its lane", 60)[:, [0, -1]].min() > 200


def test_half_a_picture_is_as_bright() -> None:
    chequered = np.zeros((8, 8, 3), np.uint8)
    chequered[::2, ::2] = chequered[1::2, 1::2] = 255
    assert (halved(chequered) == round(0.5 ** (1 / 2.2) * 255)).all()
