"""From a design and an order to a piece with its findings: everything that needs no kernel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jewelgen.cast.drain import drains
from jewelgen.catalog.choices import UNSAID, Choices
from jewelgen.catalog.coupons import TRADE, new_mold
from jewelgen.catalog.packs import CAUTIOUS, packs
from jewelgen.design.brief import Brief
from jewelgen.design.casting_block import with_habits
from jewelgen.design.compose import compose
from jewelgen.design.document import Document
from jewelgen.design.mold import Verdict, judge, unlike
from jewelgen.design.orders import Order, as_order
from jewelgen.design.resolve import resolve
from jewelgen.findings import Finding, Where
from jewelgen.piece.piece import Piece
from jewelgen.pipeline.edits import Edit, in_brief, in_document
from jewelgen.pipeline.excused import foretold
from jewelgen.pipeline.fixes import maker, tried
from jewelgen.pipeline.mold_metal import in_its_metal
from jewelgen.pipeline.options import Options
from jewelgen.rules.registry import check


@dataclass(frozen=True, slots=True)
class Prepared:
    """A composed piece, what the rules say of it, where its files go (relative to the output folder)."""

    brief: Brief
    piece: Piece
    findings: tuple[Finding, ...]
    folder: str
    order: Order | None = None
    verdict: Verdict | None = None


def prepare(
    document: Document, order: Order | Mapping[str, Any] | None, options: Options
) -> Prepared:
    """Resolve, compose and judge one design for one order; raises `DesignError` with every mistake."""
    document = as_asked(document, options)
    brief = resolve(document, order, made=options.made)
    verdict = _verdict(document, order, options)
    row = order if isinstance(order, Order) else None
    edit = in_document(document, order, options.made)
    prepared = _judged(brief, options, folder_of(brief, row), edit)
    changed = unlike(document, keep=options.keep_mold) if options.made != "handmade" else None
    said = tuple(f for f in (changed, verdict.finding if verdict else None) if f is not None)
    return Prepared(
        prepared.brief, prepared.piece, (*said, *prepared.findings), prepared.folder, row, verdict
    )


def of_brief(brief: Brief, options: Options, folder: str = "") -> Prepared:
    """Compose and judge a brief that was resolved already."""
    brief = replace(brief, choices=brief.choices.over(habits_of(options)))
    return _judged(brief, options, folder, in_brief(brief))


def as_asked(document: Document, options: Options) -> Document:
    """The design with the shop's habits where it has none, and the pack in force, which its formulas then see."""
    own = with_habits(document, habits_of(options))
    preferred = options.shop.pack if options.shop and "pack" not in own.tree else ""
    pack = options.pack or preferred
    return replace(own, tree={**own.tree, "pack": pack}) if pack in packs() else own


def habits_of(options: Options) -> Choices:
    """What the shop does by hand after casting."""
    return options.shop.casting.choices if options.shop else UNSAID


def pack_of(brief: Brief, options: Options) -> str:
    """The pack that was asked for, else the design's, else the shop's, else the cautious one."""
    shop = options.shop.pack if options.shop else ""
    return options.pack or brief.pack or shop or CAUTIOUS


def _judged(brief: Brief, options: Options, folder: str, edit: Edit) -> Prepared:
    piece, pack = compose(brief), pack_of(brief, options)
    said = (*foretold(check(piece, pack), options.accept), *drains(piece, brief.choices.drain)[1])
    findings = tuple(placed(tried(finding, brief, pack, edit), brief) for finding in said)
    return Prepared(brief, piece, findings, folder or folder_of(brief, None))


def placed(finding: Finding, brief: Brief) -> Finding:
    """A finding on a part, with the file and line of the block that made the part."""
    if finding.where.file:
        return finding
    block = maker(finding, brief)
    if block is None or not block.where.file:
        return replace(finding, where=replace(finding.where, file=brief.file))
    place = block.where
    return replace(finding, where=Where(place.file, place.line, place.column, finding.where.key))


def _verdict(
    document: Document, order: Order | Mapping[str, Any] | None, options: Options
) -> Verdict | None:
    """What the mold says to an order; nothing for the design itself or for handmade twins."""
    if options.made == "handmade" or not order:
        return None
    row = as_order(order)
    chosen = {"set": row.chosen_set} if row.chosen_set else {}
    values = chosen | dict(row.values)
    found = judge(document, values, keep=options.keep_mold) if values else None
    own = options.shop.casting if options.shop else TRADE
    if found is not None:
        found = in_its_metal(found, document, resolve(document, values), own, options.keep_mold)
    if found is None or found.finding is None or options.keep_mold:
        return found
    if found.same:
        return found
    return replace(found, finding=replace(found.finding, hint=new_mold(own)))


def folder_of(brief: Brief, order: Order | None) -> str:
    """`<design>`, `<design>/<order>`, or `<design>/<what was set>` for values given by hand."""
    if order is not None and order.id:
        return str(Path(brief.stem) / order.id)
    if not brief.changes:
        return brief.stem
    words = "-".join(f"{change.key}-{change.now}" for change in brief.changes)
    return str(
        Path(brief.stem) / (re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60] or "set")
    )
