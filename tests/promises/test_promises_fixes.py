"""Fixes of rules, over every kind: what is offered for the text can stand in it and takes the finding away."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator

import pytest
from specimens import (
    Specimen,
    Tree,
    bodies,
    brief,
    corners_of,
    fixed,
    keys,
    made,
    refused,
    usual_of,
)

from jewelgen.design.brief import Block, Brief
from jewelgen.findings import Finding
from jewelgen.piece.piece import Piece
from jewelgen.pipeline.fixes import Path, tried
from jewelgen.rules.registry import rules, speaking

FEW = 24  # bodies of a design that a usual run tries; rows of small stones take a minute
KINDS = [
    pytest.param(key, id="-".join(key), marks=() if bodies(key) <= FEW else pytest.mark.wide)
    for key in keys()
]
# Those that weigh metal point by point take seconds a piece; none of them offers a measure.
SLOW = frozenset({"shared_metal", "metal_in_stone", "meeting"})
MOST = 3  # findings of one kind that a usual run tries


def said(piece: Piece) -> Iterator[Finding]:
    for name, rule in rules():
        if name not in SLOW:
            yield from rule(piece, "cautious")


def written_in(design: Tree):
    """Edits of the text: other values follow."""

    def edit(block: Block, path: Path, value: float | str) -> Brief:
        after = copy.deepcopy(design)
        place = after
        for step in (*block.name.split("."), *path)[:-1]:
            place = place.setdefault(step, {})
        place[path[-1]] = value
        return brief(after)

    return edit


def times(finding: Finding, design: Tree) -> int:
    piece = made(design)
    found = [f for rule in speaking(finding.code) for f in rule(piece, "cautious")]
    return Counter((f.code, f.where.key) for f in found)[finding.code, finding.where.key]


def offered(specimen: Specimen) -> Iterator[tuple[Tree, Finding]]:
    """The first finding of each code with a fix, over the corners of a kind."""
    met: set[str] = set()
    for design in corners_of(specimen):
        if refused(design) is not None:
            continue
        for finding in said(made(design)):
            if finding.fix is not None and finding.code not in met:
                met.add(finding.code)
                yield design, finding


@pytest.mark.parametrize("key", KINDS)
def test_a_fix_that_is_offered_removes_its_finding(key, request):
    specimen = usual_of(key)
    assert specimen is not None
    wide = request.config.getoption("--wide")
    for tries, (design, finding) in enumerate(offered(specimen)):
        if tries >= MOST and not wide:
            break
        fix = tried(finding, brief(design), "cautious", written_in(design)).fix
        if fix is not None:
            assert fix.tried
            assert times(finding, fixed(design, fix)) < times(finding, design), (finding, fix)


def test_most_rules_that_offer_a_measure_find_a_key_for_it():
    """Over every kind's corners the greater part of what rules propose ends as a key that helps."""
    kept = Counter()
    for key in keys():
        specimen = usual_of(key) if bodies(key) <= FEW // 3 else None
        for design, finding in [] if specimen is None else offered(specimen):
            fix = tried(finding, brief(design), "cautious", written_in(design)).fix
            kept[fix is not None] += 1
    assert kept[True] > kept[False], kept
