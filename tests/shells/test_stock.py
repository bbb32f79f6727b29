"""`jewelgen stock`: the blanks of an order book, laid out together; every blank once, each with its job."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TAG = """\
format = 1
piece  = "ring"
made   = "handmade"
alloy  = "sterling"
size   = "US 7"

[shank]
kind  = "flat"
width = 4
thick = 1.29

[ask]
size = "US 4 .. US 13 by 1/4"
"""
ORDERS = "order,design,qty,size\nR-1,tag,1,US 7\nR-2,tag,3,US 9\nR-3,tag,1,US 44\nC-1,band,2,US 6\n"


@pytest.fixture
def book(shop: Path) -> Path:
    """Three orders of a handmade ring, one of them off the scale, and one of a cast ring."""
    (shop / "designs" / "tag.toml").write_text(TAG, encoding="utf-8")
    (shop / "designs" / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return shop / "designs" / "orders.csv"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def test_one_sheet_for_all_orders(book: Path, say: Callable[..., Any]) -> None:
    ran = say("stock", str(book), "--jobs", "1", "--json")
    assert ran.code == 3  # one size is off the scale; the others lose nothing
    assert "orders.csv:4:" in ran.err
    assert ran.document["schema"] == "jewelgen/stock/1"
    assert [name.strip() for name in ran.document["jobs"]] == ["R-1", "R-2"]
    folder = Path(ran.document["folder"])
    cuts, blanks = rows(folder / "cuts.csv"), rows(folder / "blanks.csv")
    assert sorted(row["blank"] for row in cuts) == ["R-1 A", "R-2 A/1", "R-2 A/2", "R-2 A/3"]
    wanted = {row["job"]: float(row["cut_mm"].split(" x ")[0]) for row in blanks}
    assert wanted["R-2"] - wanted["R-1"] == pytest.approx(3.14159 * 2 * 0.8128, abs=0.11)
    for row in cuts:
        assert float(row["cut_mm"].split(" x ")[0]) == pytest.approx(
            wanted[row["blank"][:3]], abs=0.06
        )
    assert ran.document["issued_g"] == pytest.approx(
        sum(float(b["issued_g"]) for b in blanks), abs=0.01
    )
    assert (folder / "stock.pdf").read_bytes().startswith(b"%PDF")
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    say("stock", str(book), "--jobs", "1")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_what_a_shop_has_not_on_hand_is_said(book: Path, say: Callable[..., Any]) -> None:
    stock = "[stock]\nsheet = [[1.29, 70, 12]]\nflat-wire = [[4.0, 1.29, 140]]\n"
    Path("shop.toml").write_text(stock, encoding="utf-8")
    ran = say("stock", str(book), "--jobs", "1", "--shop", "shop.toml", "--json")
    assert "JG515" in ran.err
    over = ran.document["not_on_hand"]
    laid = {row["blank"] for row in rows(Path(ran.document["folder"]) / "cuts.csv")}
    assert len(over) + len(laid) == 4
    assert over


def test_cast_pieces_take_no_stock(shop: Path, say: Callable[..., Any]) -> None:
    ran = say("stock", "designs/band.toml", "--jobs", "1")
    assert (ran.code, ran.out) == (0, "")
    assert "every piece is cast" in ran.err
    assert not (shop / "output").exists()
    twin = say("stock", "designs/band.toml", "--jobs", "1", "--made", "handmade")
    assert Path(twin.out.strip()).is_file()


def test_a_blank_that_is_part_of_another_says_so(shop: Path, say: Callable[..., Any]) -> None:
    """Tines are sawn from the ends of their wire: nobody shall cut them from the bar as well."""
    design = Path(__file__).parents[2] / "designs" / "26_split_shank_bezel_ring.toml"
    (shop / "designs" / "split.toml").write_text(design.read_text("utf-8"), encoding="utf-8")
    book = shop / "designs" / "orders.csv"
    book.write_text("order,design,qty,size\nR-1,split,1,US 7\n", encoding="utf-8")
    ran = say("stock", str(book), "--jobs", "1", "--json")
    work = {row["id"]: row["work"] for row in rows(Path(ran.document["folder"]) / "blanks.csv")}
    assert work["A"] == "as sold"
    assert work["B"] == "sawn from the ends of the wire; one piece with A"
