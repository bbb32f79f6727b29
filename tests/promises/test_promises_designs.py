"""Every shipped design at every corner of its [ask], cast and by hand, composes and passes, or says how to mend it."""

from __future__ import annotations

import itertools
import math
from pathlib import Path
from random import Random

import pytest

from jewelgen.design.brief import Brief
from jewelgen.design.compose import compose
from jewelgen.design.corners import MOST, corners
from jewelgen.design.document import Document
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.findings import Finding, JewelgenError, Severity
from jewelgen.piece.piece import Made, Piece
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, prepare

DESIGNS = sorted((Path(__file__).resolve().parents[2] / "designs").glob("*.toml"))
READINGS: tuple[Made, ...] = ("cast", "handmade")
CHEAP = 8  # copies of parts, cuts and stones up to which a usual run lets the rules judge
SOME = 6  # corners of a design; of larger ones it is one
SEED = 7


@pytest.fixture(params=DESIGNS, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest) -> Document:
    return load(request.param)


@pytest.fixture(params=READINGS)
def reading(request: pytest.FixtureRequest) -> Made:
    return request.param


def composed(
    document: Document, order: dict[str, object], made: Made | None = None
) -> tuple[Piece | None, list[Finding]]:
    """The piece without what the rules say of it, or why there is none."""
    try:
        return compose(resolve(document, order, made=made)), []
    except JewelgenError as error:
        return None, list(error.findings)


def judged(
    document: Document, order: dict[str, object], made: Made
) -> tuple[Prepared | None, list[Finding]]:
    """The piece and the errors that would stop it."""
    try:
        prepared = prepare(document, order, Options(Path("output"), made=made))
    except JewelgenError as error:
        return None, list(error.findings)
    return prepared, [f for f in prepared.findings if f.severity is Severity.ERROR]


def says_how(order: dict[str, object], wrong: list[Finding]) -> None:
    """Every error names its place in the text and an edit that was tried and takes it away."""
    for finding in wrong:
        assert finding.where.file, (order, finding)
        assert finding.fix, (order, finding)


def size_of(piece: Piece) -> int:
    return sum(item.array.n for item in (*piece.parts, *piece.cuts, *piece.stones))


def to_judge(brief: Brief, piece: Piece, wide: bool) -> list[dict[str, object]]:
    """Corners by a fixed seed: all that a cheap design has up to some, of another one; those of all ends together first."""
    every = list(corners(brief))
    if wide:
        return every
    random = Random(f"{SEED} {brief.stem}")  # noqa: S311  a fixed choice
    random.shuffle(every)
    every.sort(key=len, reverse=True)
    return every[: SOME if size_of(piece) <= CHEAP else 1]


def test_every_corner_composes_or_says_how_to_mend_it(document, reading):
    for order in corners(resolve(document)):
        piece, wrong = composed(document, order, reading)
        assert (piece is None) == bool(wrong), order
        says_how(order, wrong)


def test_corners_pass_the_rules_or_say_how_to_mend_it(document, reading, request):
    brief = resolve(document)
    for order in to_judge(brief, compose(brief), request.config.getoption("--wide")):
        prepared, wrong = judged(document, order, reading)
        assert prepared is not None or wrong, order
        says_how(order, wrong)


def test_an_order_does_not_depend_on_the_order_of_its_keys(document):
    brief = resolve(document)
    pairs = [order for order in corners(brief) if len(order) == 2][:3]
    for order in pairs:
        turned = dict(reversed(order.items()))
        one, other = composed(document, order), composed(document, turned)
        assert one[0] == other[0]
        assert {f.code for f in one[1]} == {f.code for f in other[1]}


def test_corners_are_distinct_and_reach_both_ends_of_every_key_together(document):
    brief = resolve(document)
    every = list(corners(brief))
    assert every[0] == {}
    for one, other in itertools.combinations(every, 2):
        assert one != other
    for ask in brief.asks:
        said = [order[ask.key] for order in every if set(order) == {ask.key}]
        assert said == list(ask.corners())
        assert len(said) >= 2
    whole = math.prod(len(ask.corners()) for ask in brief.asks)
    if whole <= MOST:
        assert sum(len(order) == len(brief.asks) for order in every) == whole


def test_what_is_asked_is_what_is_made(document):
    """The value an order gives is the value the brief records, at every end of every ask."""
    brief = resolve(document)
    for ask in brief.asks:
        for value in ask.corners():
            try:
                after = resolve(document, {ask.key: value})
            except JewelgenError:
                continue
            moved = [change.key for change in after.changes]
            assert moved in ([ask.key], []), (ask.key, value, moved)
