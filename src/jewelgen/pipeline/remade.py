"""Fixes for what the checker held back: the measure that would pass is written to a key, built and judged again.

In: findings on written files, the piece, how it is edited and made.  Out: findings with fixes that were tried.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from jewelgen.design.brief import Block, Brief
from jewelgen.findings import Finding, Fix, JewelgenError, Severity, errors
from jewelgen.pipeline.edits import Edit, Path, sizes, value_of
from jewelgen.pipeline.fixes import costed, maker
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, of_brief

SHARES = (1.12, 1.3, 1.6)
Make = Callable[[Prepared, Options], tuple[Finding, ...]]


def remade(
    findings: tuple[Finding, ...], prepared: Prepared, options: Options, edit: Edit, make: Make
) -> tuple[Finding, ...]:
    """Every finding with a fix that was built and passed, or with none; a fix of a rule was tried before."""
    fast = replace(options, pictures=False, sprue=False, formats=("stl",))
    judge = partial(_left, options=fast, make=make)
    return tuple(
        replace(f, fix=_tried(f, findings, prepared.brief, edit, judge)) if _open(f) else f
        for f in findings
    )


def _open(finding: Finding) -> bool:
    return finding.fix is not None and not finding.fix.tried and finding.code.startswith("JG7")


def _tried(
    finding: Finding,
    findings: tuple[Finding, ...],
    brief: Brief,
    edit: Edit,
    judge: Callable[[Brief], tuple[Finding, ...] | None],
) -> Fix | None:
    """The first edit after which the place passes and fewer errors are left."""
    block = maker(finding, brief)
    value = value_of(finding.fix.value) if finding.fix else None
    if (
        block is None
        or not isinstance(value, float)
        or finding.severity is not Severity.ERROR
        or not finding.fix
    ):
        return None
    place, before = (finding.code, finding.where.key), len(errors(findings))
    for path, wanted in _trials(block, value):
        changed = _changed(edit, block, path, wanted)
        left = judge(changed) if changed else None
        if changed is None or left is None or len(left) >= before:
            continue
        if place not in {(f.code, f.where.key) for f in left}:
            return costed(brief, changed, (block, path, f"{wanted:g}"))
    return None


def _trials(block: Block, least: float) -> Iterator[tuple[Path, float]]:
    """The size nearest to what is asked for in three steps, then the next one: every trial is a whole build."""
    near = [(path, v) for path, v in sizes(block.params) if 0.3 * least < v < 2 * least]
    near.sort(key=lambda row: abs(math.log(row[1] / least)))
    for path, size in near[:2]:
        for share in SHARES if path == near[0][0] else SHARES[1:2]:
            yield path, math.ceil(20 * max(least, size * share) - 1e-9) / 20


def _changed(edit: Edit, block: Block, path: Path, value: float | str) -> Brief | None:
    try:
        return edit(block, path, value)
    except (JewelgenError, ValueError):
        return None


def _left(brief: Brief, options: Options, make: Make) -> tuple[Finding, ...] | None:
    """The errors that are left when the brief is built; None when it cannot be."""
    try:
        prepared = of_brief(brief, options)
        return errors(prepared.findings) or errors(make(prepared, options))
    except (JewelgenError, ValueError):
        return None
