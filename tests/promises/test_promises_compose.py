"""What holds for every kind whatever its values: composing is total, repeatable and says what is wrong."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from specimens import (
    Specimen,
    Tree,
    brief,
    corners_of,
    fixed,
    generated,
    keys,
    leaves,
    made,
    refused,
    required,
    usual_of,
)

from jewelgen.design.compose import compose
from jewelgen.findings import Finding
from jewelgen.kinds.kind import registry
from jewelgen.piece.bounds import bounds, box_in
from jewelgen.piece.dump import dump
from jewelgen.piece.piece import Piece
from jewelgen.rules.registry import check
from jewelgen.spec import Letters, Number, Parsed, rules_of

FEW = settings(
    derandomize=True, database=None, max_examples=max(8, settings.default.max_examples // 3)
)
CODE = re.compile(r"JG[1-8]\d\d")
KINDS = [pytest.param(key, id="-".join(key)) for key in keys()]


@pytest.fixture(params=KINDS)
def specimen(request: pytest.FixtureRequest) -> Specimen:
    found = usual_of(request.param)
    assert found is not None, f"no design with usual values carries {request.param}"
    return found


def says_enough(finding: Finding) -> None:
    """A remark has its code, its place and a way out."""
    assert CODE.fullmatch(finding.code), finding
    assert finding.message, finding
    assert finding.where.key or finding.where.file, finding
    assert finding.allowed or finding.hint or finding.fix, f"no way out: {finding}"


def piece_or_words(design: Tree) -> Piece | None:
    """The piece, or None after the findings were held to their form; anything else goes up."""
    error = refused(design)
    if error is None:
        return made(design)
    assert error.findings
    for finding in error.findings:
        says_enough(finding)
    return None


def lies_within(piece: Piece) -> None:
    """Every part has finite bounds and is no larger than any jewel."""
    for part in piece.parts:
        for frame in part.array.frames():
            low, high = box_in(bounds(part.form), part.at.then(frame))
            assert np.isfinite([low, high]).all(), part.name
            assert (low < high).all(), part.name
            assert np.abs([low, high]).max() < 250.0, part.name


def outside(specimen: Specimen) -> Iterator[tuple[tuple[str, ...], object]]:
    """Values just past the ends of each range."""
    for path, rule in leaves(specimen.kind.params):
        if isinstance(rule, Number):
            unit = " deg" if rule.unit == "deg" else ""
            for number in (rule.least - 1, rule.most + 1):
                yield path, f"{number:g}{unit}" if unit else number
        elif isinstance(rule, Letters):
            yield path, "A" * (rule.most + 1)
        yield path, float("nan")
        if not isinstance(rule, Parsed):  # a list may be what it reads
            yield path, []


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_has_a_design_that_carries_it(key):
    assert usual_of(key) is not None
    assert registry()[key].summary
    assert required(registry()[key].params).keys() <= rules_of(registry()[key].params).keys()


def test_every_end_of_every_parameter_composes_or_says_why(specimen):
    composed = 0
    for design in corners_of(specimen):
        piece = piece_or_words(design)
        if piece is None:
            fixes_hold(design)
        else:
            lies_within(piece)
            composed += 1
    assert composed


def fixes_hold(design: Tree) -> None:
    """Every fix of a refusal, applied to the design, removes what it mends."""
    error = refused(design)
    for finding in error.findings if error else ():
        if finding.fix is not None:
            after = refused(fixed(design, finding.fix))
            left = [(f.code, f.where.key) for f in after.findings] if after else []
            assert (finding.code, finding.where.key) not in left, (finding, after)


def test_values_past_the_ends_are_refused_with_the_range(specimen):
    for path, value in outside(specimen):
        design = specimen.with_values({path: value})
        error = refused(design)
        assert error is not None, (path, value)
        keyed = [f for f in error.findings if f.where.key.endswith(".".join(path))]
        assert keyed, (path, value, error)
        assert all(f.allowed or f.hint for f in keyed), error


@pytest.mark.parametrize("key", KINDS)
def test_values_anywhere_compose_or_say_why(key):
    specimen = usual_of(key)
    assert specimen is not None

    @FEW
    @given(generated(specimen))
    def holds(design):
        piece = piece_or_words(design)
        if piece is not None:
            lies_within(piece)
            assert dump(piece) == dump(made(design))

    holds()


def backwards(tree: Tree) -> Tree:
    """The same tables with all keys in reverse order."""
    return {
        key: backwards(value) if isinstance(value, dict) else value
        for key, value in reversed(tree.items())
    }


def shuffled(tree: Tree, random: Random) -> Tree:
    """The same tables with all keys in some order."""
    rows = list(tree.items())
    random.shuffle(rows)
    return {k: shuffled(v, random) if isinstance(v, dict) else v for k, v in rows}


def test_composing_does_not_depend_on_the_order_of_keys(specimen):
    design, random = specimen.design, Random(1)  # noqa: S311  a fixed shuffle
    whole = dump(made(design))
    assert list(backwards(design)) != list(design)
    assert dump(made(backwards(design))) == whole
    for _ in range(2):
        assert dump(made(shuffled(design, random))) == whole


def test_composing_leaves_the_text_alone_and_repeats(specimen):
    before = copy.deepcopy(specimen.design)
    first = made(specimen.design)
    assert specimen.design == before
    assert made(specimen.design) == first
    assert hash(made(specimen.design)) == hash(first)


def test_parts_are_named_after_their_block(specimen):
    piece, blocks = made(specimen.design), [b.name for b in brief(specimen.design).blocks]
    for item in (*piece.parts, *piece.stones, *piece.marks, *piece.items):
        assert any(f"{item.name}.".startswith(f"{name}.") for name in blocks), item.name


def test_anchors_are_those_the_kind_declares(specimen):
    kind = specimen.kind
    for word in kind.anchors:
        design = copy.deepcopy(specimen.design)
        design["engraving"] = {"kind": "text", "on": f"{kind.family}.{word}", "text": "x"}
        error = refused(design)
        unknown = [f for f in error.findings if f.code == "JG160"] if error else []
        # Letters find no metal on a hole, but the hole is there.
        assert all("is a hole" in finding.message for finding in unknown), error


def test_rules_say_where_and_what_to_do(specimen):
    for finding in check(compose(brief(specimen.design))):
        says_enough(finding)
