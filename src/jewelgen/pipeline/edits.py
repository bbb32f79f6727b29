"""Edits of a design: which keys may hold a measure, and the brief that says something else there.

In: blocks, paths of keys, values.  Out: `Brief`s; of a document everything that follows from what is written.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from jewelgen.design.brief import Block, Brief
from jewelgen.design.document import Document
from jewelgen.design.orders import Order
from jewelgen.design.resolve import resolve
from jewelgen.piece.piece import Made
from jewelgen.spec import Span

MOST = 8  # sizes of a block that are tried
MORE = (1.0, 1.15, 1.35)
KINDS = "jewelgen.kinds."  # blocks within blocks may be shared by kinds
Path = tuple[str, ...]
Edit = Callable[[Block, Path, float | str], Brief]


def edits(key: str, block: Block, value: float | str) -> Iterator[tuple[Path, float | str]]:
    """What to write where: the measure itself, then a little more, as a part may taper from what its key says."""
    for share in MORE if isinstance(value, float) else (1.0,):
        for path in _paths(key, block, value):
            more = isinstance(value, float) and share > 1.0
            yield path, math.ceil(20 * share * float(value) - 1e-9) / 20 if more else value


def value_of(text: str) -> float | str | None:
    """A number or a word from TOML text; None for anything else."""
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
    if named in (("made",), ("at",)) or _get(block.params, named) is not None:
        yield named
    if isinstance(value, float):
        smaller = [(p, v) for p, v in sizes(block.params) if 0 < v < value and p != named]
        smaller.sort(key=lambda row: math.log(value / row[1]))
        yield from (path for path, _ in smaller[:MOST])


def sizes(params: Any, above: Path = ()) -> Iterator[tuple[Path, float]]:
    """Every number of a parameter block with its path; stones and other made things are left alone."""
    for item in fields(params) if is_dataclass(params) else ():
        found, path = getattr(params, item.name), (*above, item.name)
        if isinstance(found, float) and not isinstance(found, bool):
            yield path, found
        elif is_dataclass(found) and type(found).__module__.startswith(KINDS):
            yield from sizes(found, path)


def _get(params: Any, path: Path) -> Any:
    for step in path:
        params = getattr(params, step, None)
    return params


def _set(params: Any, path: Path, value: Any) -> Any:
    step, *rest = path
    now = getattr(params, step)
    inner = _set(now, tuple(rest), value) if rest else value
    if isinstance(now, Span) and isinstance(inner, str):
        inner = Span(*(float(end) for end in inner.split("..")))
    return replace(params, **{step: inner})


def in_brief(brief: Brief) -> Edit:
    """Edits of a brief: only what is written changes, defaults stay as they were worked out."""

    def edit(block: Block, path: Path, value: float | str) -> Brief:
        if path == ("at",):
            changed = replace(block, at=float(str(value).split()[0]))
        elif path == ("made",) or (path == ("gap",) and block.beside):
            changed = replace(block, **{path[0]: value})  # type: ignore[arg-type]  # composing refuses what is no way of making
        else:
            changed = replace(block, params=_set(block.params, path, value))
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
