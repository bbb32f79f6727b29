"""Fixes of rules, tried: which key of which block must say what, so that the finding is gone.

A rule sees parts and knows what measure would pass; only the design has keys. Here the measure is written to
each size of the block that made the part, nearest first, until the rule that spoke is silent.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from jewelgen.design.brief import Block, Brief
from jewelgen.design.compose import compose
from jewelgen.findings import Finding, Fix, JewelgenError
from jewelgen.pipeline.edits import Edit, Path, edits, value_of
from jewelgen.pipeline.search import searched
from jewelgen.pipeline.weight import weighed
from jewelgen.rules.registry import speaking

TOO_THIN = frozenset({"JG200", "JG201", "JG202"})  # to be cast: what no size mends is made by hand


def _written(value: float | str) -> str:
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


def maker(finding: Finding, brief: Brief) -> Block | None:
    """The block that made the part a finding is about."""
    key = f"{finding.where.key}."
    made = [block for block in brief.blocks if key.startswith(f"{block.name}.")]
    return max(made, key=lambda block: len(block.name), default=None)


def tried(finding: Finding, brief: Brief, pack: str, edit: Edit) -> Finding:
    """The finding with a fix that removes it, or with none; `edit` gives the brief of the changed design."""
    block = maker(finding, brief)
    if finding.fix is None:
        return searched(finding, brief, pack, edit, block)
    value = value_of(finding.fix.value)
    if block is None or value is None:
        return replace(finding, fix=None)
    before = _spoken(finding, lambda: brief, pack)
    by_hand: list[tuple[Path, float | str]] = [(("made",), "handmade")]
    by_hand = by_hand if finding.code in TOO_THIN else []
    for path, wanted in (*edits(finding.fix.key, block, value), *by_hand):
        if _spoken(finding, partial(edit, block, path, wanted), pack) < before:
            text = finding.fix.value if wanted == value else _written(wanted)
            return replace(
                finding, fix=costed(brief, edit(block, path, wanted), (block, path, text))
            )
    return replace(finding, fix=None)


def costed(brief: Brief, changed: Brief, said: tuple[Block, Path, str]) -> Fix:
    """A tried fix with the grams of metal that it costs."""
    block, path, text = said
    more = weighed(compose(changed)) - weighed(compose(brief))
    return Fix(".".join((block.name, *path)), text, tried=True, grams=more)


def _spoken(finding: Finding, design: Callable[[], Brief], pack: str) -> float:
    """How often the rule speaks of that part; infinite when the design does not compose."""
    try:
        piece = compose(design())
        said = [item for rule in speaking(finding.code) for item in rule(piece, pack)]
    except (JewelgenError, ValueError):
        return math.inf
    return sum((s.code, s.where.key) == (finding.code, finding.where.key) for s in said)
