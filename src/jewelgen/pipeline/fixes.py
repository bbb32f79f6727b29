"""Fixes of rules, tried: which key of which block must say what, so that the finding is gone.

A rule sees parts and knows what measure would pass; only the design has keys. Here the measure is written to
each size of the block that made the part, nearest first, until the rule that spoke is silent.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from typing import Any

from jewelgen.design.brief import Block, Brief
from jewelgen.design.compose import compose
from jewelgen.design.document import Document
from jewelgen.design.orders import Order
from jewelgen.design.resolve import resolve
from jewelgen.findings import Finding, Fix, JewelgenError
from jewelgen.piece.piece import Made
from jewelgen.rules.registry import speaking

MOST = 8  # sizes of a block that are tried
MORE = (1.0, 1.15, 1.35)
Path = tuple[str, ...]
Edit = Callable[[Block, Path, float | str], Brief]


def maker(finding: Finding, brief: Brief) -> Block | None:
    """The block that made the part a finding is about."""
    key = f"{finding.where.key}."
    made = [block for block in brief.blocks if key.startswith(f"{block.name}.")]
    return max(made, key=lambda block: len(block.name), default=None)


def tried(finding: Finding, brief: Brief, pack: str, edit: Edit) -> Finding:
    """The finding with a fix that removes it, or with none; `edit` gives the brief of the changed design."""
    if finding.fix is None:
        return finding
    block, value = maker(finding, brief), _value(finding.fix.value)
    if block is None or value is None:
        return replace(finding, fix=None)
    before = _spoken(finding, lambda: brief, pack)
    for path, wanted in _edits(finding.fix.key, block, value):
        if _spoken(finding, partial(edit, block, path, wanted), pack) < before:
            key, text = ".".join((block.name, *path)), finding.fix.value
            text = text if wanted == value else f"{wanted:g}"
            return replace(finding, fix=Fix(key, text, tried=True))
    return replace(finding, fix=None)


def _edits(key: str, block: Block, value: float | str) -> Iterator[tuple[Path, float | str]]:
    """What to write where: the measure itself, then a little more, as a part may taper from what its key says."""
    for share in MORE if isinstance(value, float) else (1.0,):
        for path in _paths(key, block, value):
            more = isinstance(value, float) and share > 1.0
            yield path, math.ceil(20 * share * float(value) - 1e-9) / 20 if more else value


def _value(text: str) -> float | str | None:
    try:
        found = tomllib.loads(f"v = {text}")["v"]
    except tomllib.TOMLDecodeError:
        return None
    return (
        float(found)
        if isinstance(found, (int, float))
        else found
        if isinstance(found, str)
        else None
    )


def _paths(key: str, block: Block, value: float | str) -> Iterator[Path]:
    """The key the rule named when the block has it; else every smaller size, the nearest first."""
    named = tuple(key.removeprefix(f"{block.name}.").split("."))
    if named == ("made",) or _get(block.params, named) is not None:
        yield named
    if isinstance(value, float):
        smaller = [(p, v) for p, v in _sizes(block.params) if 0 < v < value and p != named]
        smaller.sort(key=lambda row: math.log(value / row[1]))
        yield from (path for path, _ in smaller[:MOST])


def _sizes(params: Any, above: Path = ()) -> Iterator[tuple[Path, float]]:
    """Every number of a parameter block with its path; stones and other made things are left alone."""
    for item in fields(params) if is_dataclass(params) else ():
        found, path = getattr(params, item.name), (*above, item.name)
        if isinstance(found, float) and not isinstance(found, bool):
            yield path, found
        elif is_dataclass(found) and type(found).__module__ == type(params).__module__:
            yield from _sizes(found, path)


def _get(params: Any, path: Path) -> Any:
    for step in path:
        params = getattr(params, step, None)
    return params


def _set(params: Any, path: Path, value: Any) -> Any:
    step, *rest = path
    inner = _set(getattr(params, step), tuple(rest), value) if rest else value
    return replace(params, **{step: inner})


def in_brief(brief: Brief) -> Edit:
    """Edits of a brief: only what is written changes, defaults stay as they were worked out."""

    def edit(block: Block, path: Path, value: float | str) -> Brief:
        changed = (
            replace(block, made=value)  # type: ignore[arg-type]  # composing refuses what is no way of making
            if path == ("made",)
            else replace(block, params=_set(block.params, path, value))
        )
        return replace(brief, blocks=tuple(changed if b is block else b for b in brief.blocks))

    return edit


def in_document(
    document: Document, order: Order | Mapping[str, Any] | None, made: Made | None
) -> Edit:
    """Edits of a design's text: defaults follow what is written."""

    def edit(block: Block, path: Path, value: float | str) -> Brief:
        tree = _put(document.tree, (*block.name.split("."), *path), value)
        return resolve(replace(document, tree=tree), order, made=made)

    return edit


def _put(tree: Mapping[str, Any], path: Path, value: float | str) -> dict[str, Any]:
    step, *rest = path
    below = tree.get(step)
    inner = below if isinstance(below, Mapping) else {}
    return {**tree, step: _put(inner, tuple(rest), value) if rest else value}


def _spoken(finding: Finding, design: Callable[[], Brief], pack: str) -> float:
    """How often the rule speaks of that part; infinite when the design does not compose."""
    try:
        piece = compose(design())
        said = [item for rule in speaking(finding.code) for item in rule(piece, pack)]
    except (JewelgenError, ValueError):
        return math.inf
    return sum((s.code, s.where.key) == (finding.code, finding.where.key) for s in said)
