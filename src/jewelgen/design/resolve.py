"""A `Document` (and an order) to a `Brief`: kinds chosen, formulas worked out, every number in range.

In: values with places.  Out: `Brief`.  Raises one `DesignError` with everything that is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from jewelgen.catalog.choices import SEATS
from jewelgen.catalog.stones import StoneSpec, describe, stone_notes
from jewelgen.design.asks import Ask
from jewelgen.design.blocks import Kinds, RawBlock, raw_blocks
from jewelgen.design.brief import Block, Brief, Change, Echo
from jewelgen.design.casting_block import read_casting
from jewelgen.design.changes import apply, judge_sets, named_set, read_asks
from jewelgen.design.custom import with_custom
from jewelgen.design.document import Document
from jewelgen.design.formulas import is_formula
from jewelgen.design.heading import MADE, read_alloy, read_heading, read_word, stem_of
from jewelgen.design.mold_block import read_mold
from jewelgen.design.narrowing import check_asks
from jewelgen.design.orders import Order, as_order
from jewelgen.design.values import Broken, Values, place
from jewelgen.findings import DesignError, Finding, Where, did_you_mean, errors
from jewelgen.kinds.kind import registry
from jewelgen.piece.piece import Made
from jewelgen.units import angle_deg, length_mm

FIRST = {"ring": "shank", "pendant": "body"}


def resolve(
    document: Document,
    order: Mapping[str, Any] | Order | None = None,
    *,
    made: Made | None = None,
    kinds: Kinds | None = None,
) -> Brief:
    """The brief of a design, with an order's values (asked keys only) and `made` for the whole piece.

    `order`: a row of an order file, or key to value as `--set` gives them (`set` names one of the design's sets); `kinds` replaces the registry.
    """
    findings: list[Finding] = []
    asks = read_asks(document, findings)
    judge_sets(document, asks, findings)
    row = as_order(order)
    wanted = {**named_set(document, row.chosen_set, row.where, findings), **dict(row.values)}
    changed, changes = apply(document, wanted, asks, row.where, findings)
    if made is not None:
        changed = replace(changed, tree={**changed.tree, "made": made})
    known = with_custom(document, registry() if kinds is None else kinds)
    brief = _brief(changed, known, asks, changes, findings)
    if brief is None or errors(findings):
        raise DesignError(_once_each(findings))
    return brief


def brief_from(
    mapping: Mapping[str, Any], name: str = "design", *, kinds: Kinds | None = None
) -> Brief:
    """A brief from plain Python values, the same keys as in a design file (`format` may be left out)."""
    return resolve(Document(name, Path(), dict(mapping)), kinds=kinds)


def _once_each(findings: list[Finding]) -> list[Finding]:
    """In the order of the text, without repeats."""
    return sorted(dict.fromkeys(findings), key=lambda item: (item.where.file, item.where.line))


def _brief(
    document: Document,
    kinds: Kinds,
    asks: Mapping[str, Ask],
    changes: tuple[Change, ...],
    findings: list[Finding],
) -> Brief | None:
    echoes: list[Echo] = []
    head = read_heading(document, findings, echoes)
    raws = raw_blocks(document, kinds, findings)
    _needs_first(document, raws, FIRST[head.sort], findings)
    values = Values(document, raws, head.bore, findings)
    blocks = [_block(document, raw, values, findings, echoes) for raw in raws.values()]
    lets = _lets(document, values, findings)
    check_asks(document, asks, raws, findings)
    mold = read_mold(document, findings)
    texts = dict(zip(("finish", "plating", "hallmark_to", "temper"), head.texts, strict=True))
    choices = read_casting(document, findings)
    if errors(findings):
        return None
    return Brief(
        name=head.name,
        stem=stem_of(document.file),
        sort=head.sort,
        made=head.made,
        alloy=head.alloy,
        blocks=tuple(block for block in blocks if block is not None),
        size=head.size,
        bore=head.bore,
        lets=lets,
        asks=tuple(asks.values()),
        mold=mold,
        pack=head.pack,
        choices=choices,
        echoes=tuple(echoes),
        changes=changes,
        file=document.file,
        **texts,
    )


def _needs_first(
    document: Document, raws: Mapping[str, RawBlock], first: str, findings: list[Finding]
) -> None:
    """A ring has a shank, a pendant a body."""
    if first not in document.tree and not any(raw.kind.family == first for raw in raws.values()):
        sort = next(word for word, family in FIRST.items() if family == first)
        message = f"a {sort} needs [{first}]"
        findings.append(Finding("JG131", message, Where(document.file, key=first)))


def _lets(
    document: Document, values: Values, findings: list[Finding]
) -> tuple[tuple[str, float], ...]:
    found, table = [], document.tree.get("let", {})
    for name in table if isinstance(table, Mapping) else ():
        if not name.isidentifier() or name.startswith("_"):
            hint = "letters, digits and _, a letter first"
            message = f"'{name[:40]}' cannot be used in formulas"
            findings.append(Finding("JG109", message, document.where("let", name), hint=hint))
            continue
        try:
            found.append((name, values.let(name)))
        except Broken:
            continue
    return tuple(found)


def _block(
    document: Document,
    raw: RawBlock,
    values: Values,
    findings: list[Finding],
    echoes: list[Echo],
) -> Block | None:
    common = _common(document, raw, values, findings, echoes)
    try:
        params = values.params(raw)
    except Broken:
        return None
    _echo_stones(raw, params, echoes)
    return Block(raw.name, raw.kind, params, where=document.where(*raw.path), **common)


def _echo_stones(raw: RawBlock, params: Any, echoes: list[Echo]) -> None:
    for key in raw.rules:
        spec = getattr(params, key)
        if isinstance(spec, StoneSpec):
            written = raw.given.get(key, "")
            notes = stone_notes(written) if isinstance(written, str) and written else ()
            text = "; ".join((describe(spec), *notes))
            echoes.append(Echo(f"{raw.name}.{key}", _phrase(written), text))


def _phrase(written: object) -> str:
    if isinstance(written, Mapping):
        return ", ".join(f"{key} {value}" for key, value in written.items())
    return str(written)


def _common(
    document: Document,
    raw: RawBlock,
    values: Values,
    findings: list[Finding],
    echoes: list[Echo],
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in raw.common.items():
        path = raw.key_path(key, document)
        if key == "made":
            found["made"] = read_word(document, path, value, MADE, findings)
        elif key == "alloy":
            found["alloy"] = read_alloy(document, path, value, findings, echoes)
        elif key == "when":
            words = ("cast", "after casting")
            found["when"] = read_word(document, path, value, words, findings) or ""
        elif key == "seats":
            found["seats"] = read_word(document, path, value, SEATS, findings) or ""
        elif key in ("at", "gap"):
            found[key] = _number(values, raw, key, value)
        elif not isinstance(value, str):
            message = f"{str(value)[:40]!r} is not a name"
            findings.append(Finding("JG108", message, document.where(*path)))
        else:
            found[key] = value
    if found.get("beside") and found["beside"] not in values.blocks:
        hint = did_you_mean(found["beside"][:60], tuple(values.blocks))
        message = f"beside: no block '{found['beside'][:60]}'"
        where = document.where(*raw.key_path("beside", document))
        findings.append(Finding("JG123", message, where, hint=hint))
    return found


def _number(values: Values, raw: RawBlock, key: str, value: object) -> float:
    """The degrees of `at` or the mm of `gap`; 0 after saying what is wrong."""
    where = values.document.where(*raw.key_path(key, values.document))
    try:
        if isinstance(value, str) and is_formula(value):
            number = place(values, raw, key, value)
        else:
            number = angle_deg(value) if key == "at" else length_mm(value)
        if abs(number) > (360.0 if key == "at" else 100.0):
            raise ValueError(f"{number:g} is too far")
        return number
    except Broken:
        return 0.0
    except ValueError as wrong:
        code = "JG133" if "needs its unit" in str(wrong) else "JG132"
        values.findings.append(Finding(code, str(wrong)[:200], where))
        return 0.0
