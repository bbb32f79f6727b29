"""Orders: a CSV of many customers or a TOML of one.

In: a path.  Out: `Orders`: the rows that can be read, and a finding for each that cannot; none is lost.
Values are judged later, against the design's [ask]. Findings: JG109 an id that is a path, JG175 a bad row.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jewelgen.design.changes import flattened
from jewelgen.design.document import dotted, refuse
from jewelgen.design.reader import parse, read_text
from jewelgen.findings import DesignError, Finding, Where, did_you_mean

RESERVED = ("design", "order", "customer", "qty", "set", "due", "note")
LARGEST = 8 * 1024 * 1024  # bytes; about 100 000 rows
MOST_COLUMNS, LONGEST_CELL, MOST_PIECES = 200, 1000, 10000
_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.)){0,62}[A-Za-z0-9]|[A-Za-z0-9]")
_DESIGN = re.compile(r"[\w-][\w .-]*(?:/[\w-][\w .-]*)*")


@dataclass(frozen=True, slots=True)
class Order:
    """One customer's piece, `qty` times; `values` are asked keys as written; `id` is safe as a folder name."""

    id: str
    design: str = ""
    customer: str = ""
    qty: int = 1
    chosen_set: str = ""
    due: str = ""
    note: str = ""
    values: tuple[tuple[str, Any], ...] = ()
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders of one file, and what is wrong with the rest of it."""

    orders: tuple[Order, ...]
    findings: tuple[Finding, ...]


def as_order(given: Order | Mapping[str, Any] | None) -> Order:
    """A row as it is; of values given by hand, `set` names a set and the rest are asked keys."""
    if isinstance(given, Order):
        return given
    values = dict(given or {})
    return Order("", chosen_set=str(values.pop("set", "")), values=tuple(values.items()))


def read_orders(path: str | Path) -> Orders:
    """All orders of a `.csv` or `.toml`; raises `DesignError` only when the file itself is unreadable."""
    path = Path(path)
    text = read_text(path, LARGEST)
    if path.suffix.lower() == ".toml":
        rows: Iterable[tuple[dict[str, Any], Where]] = _toml_row(text, path)
    elif path.suffix.lower() == ".csv":
        return _gathered(*_csv_rows(text, path))
    else:
        refuse("JG175", "orders are a .csv or a .toml", Where(str(path)))
    return _gathered(rows, [])


def _toml_row(text: str, path: Path) -> list[tuple[dict[str, Any], Where]]:
    tree, _ = parse(text, str(path))
    row = {dotted(key): value for key, value in flattened(tree)}
    row.setdefault("order", path.stem)
    return [(row, Where(str(path), 1))]


def _csv_rows(text: str, path: Path) -> tuple[list[tuple[dict[str, Any], Where]], list[Finding]]:
    first = text.partition("\n")[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    findings: list[Finding] = []
    rows: list[tuple[dict[str, Any], Where]] = []
    header: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return rows, findings
        except csv.Error as wrong:
            where = Where(str(path), reader.line_num)
            findings.append(Finding("JG175", f"not a CSV row: {wrong}", where))
            continue
        where = Where(str(path), reader.line_num)
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = _header(cells, where)
            continue
        row = _row(header, cells, where, findings)
        if row:
            rows.append((row, where))


def _header(cells: list[str], where: Where) -> list[str]:
    names = [cell.strip() for cell in cells]
    if "order" not in names:
        hint = did_you_mean("order", names) if names else ""
        refuse("JG175", "the first row names the columns, one of them 'order'", where, hint=hint)
    if len(set(names)) != len(names) or "" in names or len(names) > MOST_COLUMNS:
        refuse("JG175", "every column has a name of its own", where)
    return names


def _row(
    header: list[str], cells: list[str], where: Where, findings: list[Finding]
) -> dict[str, Any]:
    if len(cells) > len(header):
        message = f"{len(cells)} cells under {len(header)} columns"
        findings.append(Finding("JG175", message, where, hint="put texts with commas in quotes"))
        return {}
    if len(cells) < len(header):
        message = f"{len(cells)} cells under {len(header)} columns: the row may have been cut off"
        findings.append(Finding("JG175", message, where, hint="write an empty cell for each value"))
        return {}
    if any(len(cell) > LONGEST_CELL for cell in cells):
        findings.append(Finding("JG175", f"a cell of more than {LONGEST_CELL} characters", where))
        return {}
    return {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}


def _gathered(rows: Iterable[tuple[dict[str, Any], Where]], findings: list[Finding]) -> Orders:
    orders: list[Order] = []
    seen: dict[str, int] = {}
    for row, where in rows:
        try:
            order = _order(row, where)
        except DesignError as error:
            findings.extend(error.findings)
            continue
        if order.id.casefold() in seen:
            message = f"order '{order.id}' is in line {seen[order.id.casefold()]} already"
            findings.append(Finding("JG175", message, Where(where.file, where.line, key="order")))
            continue
        seen[order.id.casefold()] = where.line
        orders.append(order)
    return Orders(tuple(orders), tuple(findings))


def _order(row: Mapping[str, Any], where: Where) -> Order:
    texts = {key: _text(row, key, where) for key in RESERVED if key != "qty"}
    _check_id(texts["order"], where)
    _check_design(texts["design"], where)
    _check_due(texts["due"], where)
    values = tuple((key, value) for key, value in row.items() if key not in RESERVED)
    return Order(
        id=texts["order"],
        design=texts["design"],
        customer=texts["customer"],
        qty=_quantity(row.get("qty", 1), where),
        chosen_set=texts["set"],
        due=texts["due"],
        note=texts["note"],
        values=values,
        where=where,
    )


def _at(where: Where, key: str) -> Where:
    return Where(where.file, where.line, where.column, key)


def _text(row: Mapping[str, Any], key: str, where: Where) -> str:
    value = row.get(key, "")
    if not isinstance(value, str) or not value.isprintable() or len(value) > LONGEST_CELL:
        refuse("JG175", f"{str(value)[:40]!r} is not a text", _at(where, key), hint="use quotes")
    return value


def _check_id(name: str, where: Where) -> None:
    if not name:
        refuse("JG175", "the order has no number", _at(where, "order"))
    if not _ID.fullmatch(name):
        hint = "letters, digits, - _ and single dots, at most 64, for it names a folder"
        refuse("JG109", f"{name[:40]!r} cannot name a folder", _at(where, "order"), hint=hint)


def _check_design(name: str, where: Where) -> None:
    if name and (not _DESIGN.fullmatch(name) or ".." in name):
        hint = "a design beside the orders or below"
        refuse("JG109", f"{name[:40]!r} is no design's name", _at(where, "design"), hint=hint)


def _check_due(text: str, where: Where) -> None:
    if not text:
        return
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        refuse("JG175", f"{text[:40]!r} is not a day", _at(where, "due"), hint="write 2026-12-24")


def _quantity(value: object, where: Where) -> int:
    text = str(value)
    if isinstance(value, (bool, float)) or not re.fullmatch(r"[0-9]{1,6}", text):
        refuse("JG175", f"{text[:40]!r} is no number of pieces", _at(where, "qty"))
    if not 1 <= int(text) <= MOST_PIECES:
        allowed = f"1 .. {MOST_PIECES}"
        refuse("JG175", f"{text} pieces", _at(where, "qty"), allowed=allowed)
    return int(text)
