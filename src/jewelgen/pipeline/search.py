"""Fixes for findings whose rule cannot name one: sizes of the blocks around are changed little by little until it is silent.

In: a finding, the brief, how it is edited.  Out: the finding with the smallest change that helps and brings nothing new.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import fields, replace

from jewelgen.design.brief import Block, Brief
from jewelgen.design.compose import compose
from jewelgen.findings import Finding, Fix, JewelgenError
from jewelgen.piece.piece import Piece
from jewelgen.pipeline.edits import Edit, Path, sizes
from jewelgen.pipeline.weight import weighed
from jewelgen.rules.registry import check, speaking
from jewelgen.spec import Span

# Which keys a finding is likely to be about: only what a designer would turn is tried.
LIKELY = {
    "JG204": ("lift", "sink", "thick"),
    "JG210": ("gap", "pitch", "count", "at"),
    "JG211": ("gap", "pitch", "count", "at"),
    "JG212": ("lift", "sink", "thick"),
    "JG213": ("wire",),
    "JG220": ("flat", "gap", "at", "lift"),
    "JG261": ("base", "flat", "spread", "ends"),
}
SHARES = (1.05, 0.95, 1.1, 0.9, 1.2, 0.8, 1.35, 0.65, 1.6, 2.0, 3.0, 5.0)
FEWER = (1, 2, 3)
ASIDE = (1, -1, 2, -2, 3, -3, 5, -5, 8, -8)  # degrees round the ring
STEP = 0.05  # mm
Value = float | str
Trial = tuple[Block, Path, Value]


def searched(finding: Finding, brief: Brief, pack: str, edit: Edit, block: Block | None) -> Finding:
    """The finding with a fix that was tried, or as it is."""
    if finding.code not in LIKELY or block is None:
        return finding
    before = compose(brief)
    said = {(f.code, f.where.key) for f in check(before, pack)}
    for where, path, value in _trials(brief, block, LIKELY[finding.code]):
        piece = _composed(edit, where, path, value)
        if piece is None or _speaks(finding, piece, pack):
            continue
        if {(f.code, f.where.key) for f in check(piece, pack)} < said:
            key, more = ".".join((where.name, *path)), weighed(piece) - weighed(before)
            text = f'"{value}"' if isinstance(value, str) else f"{value:g}"
            return replace(finding, fix=Fix(key, text, tried=True, grams=more))
    return finding


def _composed(edit: Edit, block: Block, path: Path, value: Value) -> Piece | None:
    try:
        return compose(edit(block, path, value))
    except (JewelgenError, ValueError):
        return None


def _speaks(finding: Finding, piece: Piece, pack: str) -> bool:
    said = (item for rule in speaking(finding.code) for item in rule(piece, pack))
    return any((s.code, s.where.key) == (finding.code, finding.where.key) for s in said)


def _trials(brief: Brief, block: Block, keys: tuple[str, ...]) -> Iterator[Trial]:
    """The smallest changes first: the block's own sizes before those of what carries it."""
    carriers = [b for b in brief.blocks if b is not block and _carries(b, block)]
    for share in SHARES:
        for owner in (block, *carriers):
            yield from _changed(owner, keys, share)
    for aside in ASIDE if block.at is not None and "at" in keys else ():
        yield block, ("at",), f"{(block.at or 0.0) + aside:g} deg"
    for fewer in FEWER if "count" in keys else ():
        count = getattr(block.params, "count", None)
        if isinstance(count, int) and count > fewer:
            yield block, ("count",), count - fewer


def _changed(block: Block, keys: tuple[str, ...], share: float) -> Iterator[Trial]:
    """Every likely size of a block at a share of what it is; of a range both ends."""
    if block.beside and "gap" in keys:
        yield block, ("gap",), _rounded(max(block.gap, STEP), share)
    for item in fields(block.params):
        span = getattr(block.params, item.name)
        if item.name in keys and isinstance(span, Span):
            low, high = (round(share * end, 3) for end in (span.least, span.most))
            yield block, (item.name,), f"{low:g} .. {high:g}"
    for path, value in sizes(block.params):
        wanted = _rounded(max(value, STEP), share)
        if path[-1] in keys and wanted != value:
            yield block, path, wanted


def _carries(block: Block, other: Block) -> bool:
    return (
        block.family == "shank"
        or other.on.startswith(f"{block.name}.")
        or other.beside == block.name
    )


def _rounded(value: float, share: float) -> float:
    """The share of a value to the next `STEP` away from it."""
    grown = value * share / STEP
    whole = math.ceil(grown - 1e-9) if share > 1 else math.floor(grown + 1e-9)
    return round(whole * STEP, 2)
