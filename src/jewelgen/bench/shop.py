"""A shop's own file: habits, rates, tolerances, stock on hand, solders, the casting house it prefers.

In: `shop.toml`.  Out: `Shop`; raises `DesignError` with every mistake: JG520 a key nobody knows, JG521 a value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from jewelgen.bench.practice import DEFAULT, Practice, Rates, Tolerances
from jewelgen.bench.shelf import Held, Shelf
from jewelgen.bench.shop_casting import own
from jewelgen.bench.shop_check import Check
from jewelgen.bench.tools import KINDS, RANGES, Tools
from jewelgen.catalog.coupons import TRADE, Own
from jewelgen.catalog.packs import packs
from jewelgen.catalog.solders import Solder, families
from jewelgen.catalog.stock import StockItem
from jewelgen.design.reader import parse, read_text
from jewelgen.findings import DesignError

LARGEST = 1024 * 1024  # bytes
TABLES = ("practice", "rates", "tolerance", "stock", "tools", "solder", "casting", "coupon")
TOP = ("name", "pack", *TABLES)
FORMS: Mapping[str, tuple[str, ...]] = {
    "sheet": ("thickness", "length", "width"),
    "bezel-strip": ("height", "thickness", "length"),
    "round-wire": ("diameter", "length"),
    "square-wire": ("side", "length"),
    "flat-wire": ("width", "thickness", "length"),
    "half-round-wire": ("width", "thickness", "length"),
    "tube": ("outside", "inside", "length"),
}
SOLDER = ("family", "grade", "name", "flow_c", "melt_c", "fineness")
GRADES = ("it", "hard", "medium", "easy", "extra_easy")


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop as its file says: `practice` with its stock and solders, `pack` or empty, `digest` of the text.

    `casting`: what it measured of its own castings.
    """

    name: str = ""
    practice: Practice = DEFAULT
    pack: str = ""
    digest: str = ""
    casting: Own = TRADE


def read_shop(path: str | Path) -> Shop:
    """The shop of a file. Raises `DesignError` with all findings at their line and key."""
    text = read_text(Path(path), LARGEST)
    tree, places = parse(text, str(path))
    check = Check(str(path), places)
    shop = _shop(tree, check)
    if check.found:
        raise DesignError(check.found)
    return replace(shop, digest=hashlib.sha256(text.encode("utf-8")).hexdigest()[:12])


def _shop(tree: Mapping[str, Any], check: Check) -> Shop:
    check.known(tree, TOP, ())
    name = check.word(tree.get("name", ""), (), ("name",))
    pack = check.word(tree["pack"], packs(), ("pack",)) if "pack" in tree else ""
    figures = _figures(check.table(tree, "practice"), habits(), check, "practice")
    rates = _figures(check.table(tree, "rates"), names(Rates), check, "rates")
    off = _figures(check.table(tree, "tolerance"), names(Tolerances), check, "tolerance")
    whole: dict[str, Any] = {
        key: int(v) if isinstance(getattr(DEFAULT, key), int) else v for key, v in figures.items()
    }
    given = (*figures, *(f"rates.{key}" for key in rates), *(f"tolerance.{key}" for key in off))
    shelf = Shelf(tuple(_stock(tree, check)), tuple(_solders(tree, check)))
    given += tuple(f"{t}.{key}" for t in ("stock", "tools") for key in check.table(tree, t))
    practice = replace(
        DEFAULT, **whole, rates=replace(DEFAULT.rates, **rates),
        tolerances=replace(DEFAULT.tolerances, **off), shelf=shelf,
        tools=Tools(tuple(_tools(tree, check))), given=given,
    )  # fmt: skip
    return Shop(name, practice, pack, casting=own(tree, check))


def names(table: type) -> tuple[str, ...]:
    """The figures of a block of habits."""
    return tuple(field.name for field in fields(table))


def habits() -> tuple[str, ...]:
    """The figures that stand in `[practice]`."""
    return tuple(
        name for name in names(Practice) if isinstance(getattr(DEFAULT, name), (int, float))
    )


def _figures(
    table: Mapping[str, Any], known: tuple[str, ...], check: Check, at: str
) -> dict[str, float]:
    check.known(table, known, (at,))
    return {key: check.number(v, (at, key)) for key, v in table.items() if key in known}


def _stock(tree: Mapping[str, Any], check: Check) -> Iterator[Held]:
    table = check.table(tree, "stock")
    check.known(table, tuple(FORMS), ("stock",))
    for form in table:
        rows = table[form] if form in FORMS else []
        if not isinstance(rows, list):
            check.say(
                "JG521", f"stock.{form} is a list of rows", ("stock", form), hint=_row_words(form)
            )
            continue
        for i, row in enumerate(rows):
            path = ("stock", form, str(i))
            if not isinstance(row, list) or len(row) - len(FORMS[form]) not in (0, 1):
                check.say("JG521", f"{row!r} is no row of {form}", path, hint=_row_words(form))
                continue
            sizes = [check.number(value, path) for value in row]
            if min(sizes) <= 0:
                check.say("JG521", "a size of stock is above 0", path, hint=_row_words(form))
                continue
            yield _held(form, sizes)


def _tools(tree: Mapping[str, Any], check: Check) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Kinds of tools with their sizes in mm, ascending."""
    table = check.table(tree, "tools")
    check.known(table, tuple(KINDS), ("tools",))
    for kind in filter(KINDS.__contains__, table):
        row, at = table[kind], ("tools", kind)
        if not isinstance(row, list) or (kind in RANGES and len(row) != 2):
            words = (
                "[least, greatest]"
                if kind in RANGES
                else "[size, size, ...]; [] when there is none"
            )
            check.say(
                "JG521",
                f"{row!r} are no sizes of a {KINDS[kind].word}",
                at,
                hint=f"write {words} in mm",
            )
            continue
        sizes = sorted({check.number(value, at) for value in row})
        if sizes and min(sizes) <= 0:
            check.say("JG521", "a size of a tool is above 0", at, hint="write sizes in mm")
            continue
        yield kind, tuple(sizes)


def _row_words(form: str) -> str:
    return f"write [{', '.join(FORMS[form])}] or one number more for how many"


def _held(form: str, sizes: list[float]) -> Held:
    n = int(sizes[-1]) if len(sizes) > len(FORMS[form]) else 1
    name = " ".join(form.rsplit("-", 1))
    if form == "sheet":
        return Held(StockItem(name, 0.0, sizes[0], standing="shop"), sizes[1], sizes[2], n)
    if form in {"round-wire", "square-wire"}:
        return Held(StockItem(name, sizes[0], sizes[0], standing="shop"), sizes[1], n=n)
    if form == "tube":
        wall = (sizes[0] - sizes[1]) / 2
        return Held(StockItem(name, sizes[0], wall, sizes[1], standing="shop"), sizes[2], n=n)
    return Held(StockItem(name, sizes[0], sizes[1], standing="shop"), sizes[2], n=n)


def _solders(tree: Mapping[str, Any], check: Check) -> Iterator[Solder]:
    rows = tree.get("solder", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        check.say("JG521", "solders are tables", ("solder",), hint="write [[solder]]")
        return
    for i, row in enumerate(rows):
        at = ("solder", str(i))
        check.known(row, SOLDER, at)
        family = check.word(row.get("family", ""), families(), (*at, "family"))
        grade = check.word(row.get("grade", ""), GRADES, (*at, "grade"))
        name = check.word(row.get("name", grade.replace("_", " ")), (), (*at, "name"))
        flow = check.number(row.get("flow_c"), (*at, "flow_c"))
        melt = check.number(row["melt_c"], (*at, "melt_c")) if "melt_c" in row else None
        fine = int(check.number(row["fineness"], (*at, "fineness"))) if "fineness" in row else None
        yield Solder(family, grade, name, melt, flow, fine, "")
