"""Every shipped design at every corner of its [ask] composes and passes, or says how to mend it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from jewelgen.design.brief import Brief
from jewelgen.design.compose import compose
from jewelgen.design.corners import corners
from jewelgen.design.document import Document
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.findings import Finding, JewelgenError, Severity
from jewelgen.piece.piece import Piece
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import Prepared, prepare

DESIGNS = sorted((Path(__file__).resolve().parents[2] / "designs").glob("*.toml"))
RULED = 1  # corners a design that the rules judge in a usual run
BOUND = 24  # corners a design in a usual run: both ends of a list that long, and evenly between


@pytest.fixture(params=DESIGNS, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest) -> Document:
    return load(request.param)


def some(items: list[dict[str, object]], most: int) -> list[dict[str, object]]:
    """At most `most` of a list, spread evenly, the first and the last among them."""
    if len(items) <= most:
        return items
    return [items[round(i * (len(items) - 1) / (most - 1))] for i in range(most)]


def chosen(brief: Brief, wide: bool) -> list[dict[str, object]]:
    every = list(corners(brief))
    return every if wide else some(every, BOUND)


def composed(document: Document, order: dict[str, object]) -> tuple[Piece | None, list[Finding]]:
    """The piece without what the rules say of it, or why there is none."""
    try:
        return compose(resolve(document, order)), []
    except JewelgenError as error:
        return None, list(error.findings)


def judged(document: Document, order: dict[str, object]) -> tuple[Prepared | None, list[Finding]]:
    """The piece and the errors that would stop it."""
    try:
        prepared = prepare(document, order, Options(Path("output")))
    except JewelgenError as error:
        return None, list(error.findings)
    return prepared, [f for f in prepared.findings if f.severity is Severity.ERROR]


def says_how(order: dict[str, object], wrong: list[Finding]) -> None:
    for finding in wrong:
        assert finding.fix or finding.allowed or finding.hint, (order, finding)
        assert finding.where.file, (order, finding)


def test_every_corner_composes_or_says_how_to_mend_it(document, request):
    brief = resolve(document)
    for order in chosen(brief, request.config.getoption("--wide")):
        piece, wrong = composed(document, order)
        assert (piece is None) == bool(wrong), order
        says_how(order, wrong)


def test_corners_pass_the_rules_or_say_how_to_mend_it(document, request):
    """The rules weigh shared metal, which takes time: the last corner only, unless wide."""
    every = list(corners(resolve(document)))
    wide = request.config.getoption("--wide")
    for order in every if wide else every[-RULED:]:
        prepared, wrong = judged(document, order)
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


def test_corners_are_distinct_and_reach_both_ends(document):
    brief = resolve(document)
    every = list(corners(brief))
    assert every[0] == {}
    for one, other in itertools.combinations(every, 2):
        assert one != other
    for ask in brief.asks:
        said = [order[ask.key] for order in every if set(order) == {ask.key}]
        assert said == list(ask.corners())
        assert len(said) >= 2


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
