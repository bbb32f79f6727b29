"""Fixes for stock that is not sold: which key of which block must say what, so that a part is made of stock as it is.

In: a plan, the prepared piece, how it is edited.  Out: the plan's findings, JG508 with a fix that was composed,
judged and planned again: the note is gone and nothing new is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from jewelgen.bench.offers import offers
from jewelgen.bench.plan import Plan, plan
from jewelgen.bench.practice import Practice
from jewelgen.design.brief import Block, Brief
from jewelgen.design.compose import compose
from jewelgen.findings import Finding, JewelgenError
from jewelgen.pipeline.edits import Edit, Path, sizes
from jewelgen.pipeline.fixes import costed, maker
from jewelgen.pipeline.prepare import Prepared
from jewelgen.rules.registry import check

OFF = "JG508"
NEAR = 0.25  # of the wanted size: how far a key may be from it and still be the one that rules it
KEYS = 2  # that are tried for one size: each trial is a piece and its plan
Said = set[tuple[str, str]]


def stocked(made: Plan, prepared: Prepared, pack: str, edit: Edit) -> tuple[Finding, ...]:
    """The findings of a plan, each JG508 with the nearest size that is sold where a key of the design rules it."""
    before = _said((*prepared.findings, *made.findings))
    known: dict[tuple[str, Path, float], Said | None] = {}

    def said(trial: tuple[Block, Path, float], changed: Brief) -> Said | None:
        """What rules and plan say of a changed design, once for all parts that one key rules."""
        block, path, size = trial
        if (block.name, path, size) not in known:
            known[block.name, path, size] = _judged(changed, made.practice, pack, before)
        return known[block.name, path, size]

    def fixed(finding: Finding) -> Finding:
        place, block = (finding.code, finding.where.key), maker(finding, prepared.brief)
        if block is None:
            return finding
        for path, size in _trials(finding, made, block):
            changed = _changed(edit, block, path, size)
            after = said((block, path, size), changed) if changed else None
            if changed and after is not None and place not in after:
                fix = costed(prepared.brief, changed, (block, path, f"{size:g}"))
                return replace(finding, fix=fix)
        return finding

    return tuple(fixed(f) if f.code == OFF and f.fix is None else f for f in made.findings)


def _judged(brief: Brief, practice: Practice, pack: str, before: Said) -> Said | None:
    """What is said of a design; None when it cannot be made or something is said that was not `before`.

    Other parts may follow the key off their own stock, as a rail does its prongs, while fewer are off in all.
    """
    try:
        piece = compose(brief)
        planned = _said(plan(piece, practice).findings)
        # The plan is quick, the rules are not: they are asked of what the plan lets pass.
        better = _no_worse(planned, before)
        said = planned | _said(check(piece, pack)) if better else planned
    except (JewelgenError, ValueError):
        return None
    return said if better and _no_worse(said, before) else None


def _no_worse(said: Said, before: Said) -> bool:
    """Whether nothing new is said, and fewer parts need their stock worked."""
    off, was = ({row for row in rows if row[0] == OFF} for rows in (said, before))
    return said - off <= before and (off < was or len(off) < len(was))


def _said(findings: tuple[Finding, ...]) -> Said:
    return {(found.code, found.where.key) for found in findings}


def _trials(finding: Finding, made: Plan, block: Block) -> Iterator[tuple[Path, float]]:
    """What to write where: the sold size at the key that has the wanted one, else in proportion to keys near it."""
    (line,) = [row for row in made.cut_list if row.part == finding.where.key]
    for wanted, sold in offers(line.blank.stock, made.practice):
        near = [row for row in sizes(block.params) if abs(row[1] - wanted) <= NEAR * wanted]
        near.sort(key=lambda row: abs(math.log(row[1] / wanted)))
        for path, value in near[:KEYS]:
            yield path, round(value * sold / wanted, 2)


def _changed(edit: Edit, block: Block, path: Path, size: float) -> Brief | None:
    try:
        return edit(block, path, size)
    except (JewelgenError, ValueError):
        return None
