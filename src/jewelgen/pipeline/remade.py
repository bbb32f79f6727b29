"""Fixes for what the checker held back: the measure that would pass is written to a key, built and judged again.

In: findings on written files, the piece, how it is edited and made.  Out: findings with fixes that were tried.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import itemgetter

from jewelgen.design.brief import Block, Brief
from jewelgen.findings import Finding, Fix, JewelgenError, Severity, errors
from jewelgen.pipeline.edits import Edit, Path, sizes, value_of
from jewelgen.pipeline.fixes import costed, maker
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, of_brief
from jewelgen.pipeline.search import Trial
from jewelgen.spec import Span

SHARES = (1.12, 1.3, 1.6)
TOO_THIN = frozenset({"JG710", "JG721"})  # a wall, the back of a shank
MOST_SAID = 4  # fixes of rules that are built
# What a setter changes first where air is too narrow (JG715): shares of the block's own sizes.
OPENING = (("gap", 1.4), ("base", 0.9), ("gallery", 1.25), ("gallery", 1.5), ("lift", 1.3))
Make = Callable[[Prepared, Options], tuple[Finding, ...]]
Judge = Callable[[Trial], tuple[Finding, ...] | None]


def remade(
    findings: tuple[Finding, ...], prepared: Prepared, options: Options, edit: Edit, make: Make
) -> tuple[Finding, ...]:
    """Every error of the checker with a fix that was built and passed, or with none; fixes of rules were tried before."""
    fast = replace(options, pictures=False, sprue=False, formats=("stl",))
    seen: dict[str, tuple[Finding, ...] | None] = {}

    def judge(trial: Trial) -> tuple[Finding, ...] | None:
        block, path, wanted = trial
        key = f"{block.name} {path} {wanted}"
        if key not in seen:
            changed = _changed(edit, trial)
            seen[key] = _left(changed, fast, make) if changed else None
        return seen[key]

    return tuple(
        replace(f, fix=_tried(f, findings, prepared.brief, edit, judge)) if _open(f) else f
        for f in findings
    )


def _open(finding: Finding) -> bool:
    tried = finding.fix is not None and finding.fix.tried
    measured = finding.fix is not None or finding.severity is Severity.ERROR
    return measured and not tried and finding.code.startswith("JG7")


def _tried(
    finding: Finding, findings: tuple[Finding, ...], brief: Brief, edit: Edit, judge: Judge
) -> Fix | None:
    """The first edit after which the place passes and fewer errors are left: what a rule said first, then sizes of the
    block that made the part.
    """
    if finding.severity is not Severity.ERROR:
        return None
    place, before = (finding.code, finding.where.key), len(errors(findings))
    for block, path, wanted in (
        *_said(findings, brief),
        *_measured(finding, brief),
        *_opened(finding, brief),
    ):
        left = judge((block, path, wanted))
        if left is None or len(left) >= before:
            continue
        changed = _changed(edit, (block, path, wanted))
        if changed and place not in {(f.code, f.where.key) for f in left}:
            text = f'"{wanted}"' if isinstance(wanted, str) else f"{wanted:g}"
            return costed(brief, changed, (block, path, text))
    return None


def _said(findings: tuple[Finding, ...], brief: Brief) -> list[Trial]:
    """What rules proposed that had only warned: a place that a rule doubts is likely the one that fails."""
    out: list[Trial] = []
    for fix in (f.fix for f in findings if f.fix and f.fix.tried and f.code.startswith("JG2")):
        value = value_of(fix.value)
        made = [b for b in brief.blocks if fix.key.startswith(f"{b.name}.")]
        if value is not None and made:
            block = max(made, key=lambda b: len(b.name))
            out.append((block, tuple(fix.key.removeprefix(f"{block.name}.").split(".")), value))
    return out[:MOST_SAID]


def _measured(finding: Finding, brief: Brief) -> Iterator[Trial]:
    """Sizes of the block that made the part, where the checker knows the measure that would pass: first its thickness,
    by what is missing.
    """
    block = maker(finding, brief)
    value = value_of(finding.fix.value) if finding.fix else None
    if finding.fix is None or block is None or not isinstance(value, float):
        return
    if finding.code == "JG714" and finding.fix.missing > 0:
        yield from ((block, path, wanted) for path, wanted in _apart(block, finding.fix.missing))
    if finding.code in TOO_THIN and finding.fix.missing > 0:
        yield from ((block, path, wanted) for path, wanted in _thicker(block, finding.fix.missing))
    yield from ((block, path, wanted) for path, wanted in _sizes(block, value))


def _opened(finding: Finding, brief: Brief) -> Iterator[Trial]:
    """Sizes of the block that made the part beside an opening which fills: narrower rings, rings further apart."""
    block = maker(finding, brief)
    if block is None or finding.code != "JG715":
        return
    found = {("gap",): block.gap if block.beside else 0.0} | dict(sizes(block.params))
    for key, share in OPENING:
        if found.get((key,)):
            yield block, (key,), round(share * found[(key,)], 2)


def _apart(block: Block, missing: float) -> Iterator[tuple[Path, str]]:
    """The gap between stones wider by what is missing, then by twice as much."""
    span = getattr(block.params, "gap", None)
    if isinstance(span, Span):
        for share in (1.0, 2.0):
            low, high = (
                math.ceil(100 * (end + share * missing)) / 100 for end in (span.least, span.most)
            )
            yield ("gap",), f"{low:g} .. {high:g}"


def _thicker(block: Block, missing: float) -> Iterator[tuple[Path, float]]:
    """Every thickness of a block with what is missing and a little more, the slimmer place first."""
    found = sorted((row for row in sizes(block.params) if row[0][-1] == "thick"), key=itemgetter(1))
    for path, now in found:
        yield path, math.ceil(20 * (now + missing) + 0.2) / 20


def _sizes(block: Block, least: float) -> Iterator[tuple[Path, float]]:
    """The size nearest to what is asked for in three steps, then the next one: every trial is a whole build."""
    near = [(path, v) for path, v in sizes(block.params) if 0.3 * least < v < 2 * least]
    near.sort(key=lambda row: abs(math.log(row[1] / least)))
    for path, size in near[:2]:
        for share in SHARES if path == near[0][0] else SHARES[1:2]:
            yield path, math.ceil(20 * max(least, size * share) - 1e-9) / 20


def _changed(edit: Edit, trial: Trial) -> Brief | None:
    try:
        return edit(*trial)
    except (JewelgenError, ValueError):
        return None


def _left(brief: Brief, options: Options, make: Make) -> tuple[Finding, ...] | None:
    """The errors that are left when the brief is built; None when it cannot be."""
    try:
        prepared = of_brief(brief, options)
        return errors(prepared.findings) or errors(make(prepared, options))
    except (JewelgenError, ValueError):
        return None
