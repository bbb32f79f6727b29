"""Orders laid over a design: only asked keys, only allowed values, each remembering where it was said.

Findings: JG170 a key that is not asked, JG171 a value that is not allowed, JG173 an ask wider than the kind,
JG174 an ask nobody can read or that names nothing, JG176 no such set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from jewelgen.design.asks import Ask, is_long, read_ask
from jewelgen.design.brief import Change
from jewelgen.design.document import Document, KeyPath, dotted
from jewelgen.findings import Finding, JewelgenError, Where, did_you_mean

_MISSING = object()


def flattened(table: Mapping[str, Any], above: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Leaves of nested tables by key path; a quoted `"shank.width"` counts as the path it spells."""
    for key, value in table.items():
        path = (*above, *key.split("."))
        if isinstance(value, Mapping) and not _is_value(value):
            yield from flattened(value, path)
        else:
            yield path, value


def _is_value(table: Mapping[str, Any]) -> bool:
    """Tables that are one value: an ask in its long form, a bore, a stone."""
    return is_long(table) or set(table) == {"bore"} or {"cut", "of"} <= set(table)


def read_asks(document: Document, findings: list[Finding]) -> dict[str, Ask]:
    """All asks of a design by key."""
    asks: dict[str, Ask] = {}
    table = document.tree.get("ask", {})
    for path, written in flattened(table) if isinstance(table, Mapping) else ():
        key = dotted(path)
        where = document.where("ask", *path)
        place = Where(where.file, where.line, where.column, f"ask.{key}")
        try:
            asks[key] = read_ask(key, written, place)
        except JewelgenError as error:
            findings += [replace(item, where=place) for item in error.findings]
        except ValueError as wrong:
            hint = 'write "3 .. 8 by 0.5", "up to 24 letters" or a list of choices'
            findings.append(Finding("JG174", str(wrong)[:200], place, hint=hint))
    return asks


def named_set(
    document: Document, name: str, origin: Where, findings: list[Finding]
) -> dict[str, Any]:
    """The values of `[sets.name]` that an order at `origin` chose; they are judged as an order's are."""
    sets = document.tree.get("sets", {})
    if not name:
        return {}
    if not isinstance(sets, Mapping) or not isinstance(sets.get(name), Mapping):
        known = [key for key in sets if isinstance(key, str)] if isinstance(sets, Mapping) else []
        hint = did_you_mean(name[:40], known) if known else "this design has no sets"
        where = Where(origin.file, origin.line, origin.column, "set")
        findings.append(Finding("JG176", f"no set '{name[:40]}'", where, hint=hint))
        return {}
    return {dotted(path): value for path, value in flattened(sets[name])}


def judge_sets(document: Document, asks: Mapping[str, Ask], findings: list[Finding]) -> None:
    """What is wrong with any `[sets.name]`, said before an order chooses it: keys not asked, values not allowed."""
    sets = document.tree.get("sets", {})
    for name, table in sets.items() if isinstance(sets, Mapping) else ():
        if not isinstance(table, Mapping):
            hint = f"write [sets.{str(name)[:40]}] with asked keys below"
            where = document.where("sets", name)
            findings.append(Finding("JG108", "a set is a table", where, hint=hint))
            continue
        for path, value in flattened(table):
            place = document.where("sets", name, *path)
            where = Where(place.file, place.line, place.column, dotted(("sets", name, *path)))
            _allowed(dotted(path), value, asks, where, findings)


def apply(
    document: Document,
    values: Mapping[str, Any],
    asks: Mapping[str, Ask],
    origin: Where,
    findings: list[Finding],
) -> tuple[Document, tuple[Change, ...]]:
    """The document with an order's values in place, and what they changed."""
    tree, places = dict(document.tree), dict(document.places)
    changes: list[Change] = []
    for key, given in values.items():
        where = Where(origin.file, origin.line, origin.column, key)
        value = _allowed(key, given, asks, where, findings)
        if value is _MISSING:
            continue
        path = _target(document, key)
        before = _get(document.tree, path)
        tree = _set(tree, path, value)
        places[path] = where
        if before != value:
            base = "" if before is _MISSING else _said(before)
            changes.append(Change(key, base, _said(value)))
    changed = Document(document.file, document.folder, tree, places, document.trusted)
    return changed, tuple(changes)


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(value[key]) for key in ("cut", "of", "size", "bore") if key in value)
    return str(value)


def _allowed(
    key: str, given: object, asks: Mapping[str, Ask], where: Where, findings: list[Finding]
) -> Any:
    ask = asks.get(key)
    if ask is None:
        hint = did_you_mean(key[:60], tuple(asks)) if asks else "this design asks for nothing"
        findings.append(Finding("JG170", f"'{key[:60]}' is not asked for", where, hint=hint))
        return _MISSING
    try:
        return ask.read(given)
    except JewelgenError as error:
        findings += [
            Finding("JG171", item.message, where, allowed=ask.text, hint=item.hint)
            for item in error.findings
        ]
    except ValueError as wrong:
        findings.append(Finding("JG171", str(wrong)[:200], where, allowed=ask.text))
    return _MISSING


def _target(document: Document, key: str) -> KeyPath:
    let = document.tree.get("let", {})
    return ("let", key) if isinstance(let, Mapping) and key in let else tuple(key.split("."))


def _get(tree: Mapping[str, Any], path: KeyPath) -> Any:
    here: Any = tree
    for step in path:
        if not isinstance(here, Mapping) or step not in here:
            return _MISSING
        here = here[step]
    return here


def _set(tree: Mapping[str, Any], path: KeyPath, value: object) -> dict[str, Any]:
    below = tree.get(path[0])
    inner: Any = value
    if len(path) > 1:
        inner = _set(below if isinstance(below, Mapping) else {}, path[1:], value)
    return {**tree, path[0]: inner}
