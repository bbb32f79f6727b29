"""Critical measures: the same master by stages backward and by its one scale, and weights as sure as shrinkage."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jewelgen.cast.chain import ROUTES, Route, chain
from jewelgen.cast.critical import critical, weight_spans
from jewelgen.cast.stages import exactly, forward, process
from jewelgen.catalog.alloys import alloy
from jewelgen.flat.outline import Oval
from jewelgen.piece.form import Hoop, Plate
from jewelgen.piece.frame import FINGER
from jewelgen.piece.mark import Mark, Texture
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import Sec

METAL = alloy("gold_18k_yellow")
RING = Piece(
    "r", "ring", "cast", METAL.id,
    (Part("shank", Hoop(17.0, ((0.0, Sec(4.0, 1.8)),)), FINGER, role="shank"),), bore=17.0,
)  # fmt: skip


@pytest.mark.parametrize("route", ROUTES)
def test_the_file_measures_what_the_one_scale_makes_of_it(route: Route) -> None:
    steps, made = chain(route, METAL), process(route, METAL)
    take = steps.allowance
    bore, width, thick = critical(RING, ("shank",), (), made)
    grown = (17.0 - 2 * take.inside, 4.0 + 2 * take.outside, 1.8 + take.outside + take.inside)
    for row, raw in zip((bore, width, thick), grown, strict=True):
        name, span = row.stages[0]
        assert name == "master"
        assert span.likely == pytest.approx(raw * steps.scale, abs=1e-9)
        assert row.finished in forward(span.likely, row.kind, made)[-1][1]


def test_a_hammered_band_loses_little_outside_and_its_sheet_knows() -> None:
    hammered = Mark("texture", "shank", Texture("hammer"), FINGER)
    made = process("direct", METAL)
    _, width, thick = critical(replace(RING, marks=(hammered,)), ("shank",), (), made)
    take = chain("direct", METAL).allowance
    raw = (4.0 + 2 * take.outside, 1.8 + take.textured + take.inside)
    steps = chain("direct", METAL)
    for row, mm in zip((width, thick), raw, strict=True):
        assert [name for name, _ in row.stages] == ["master", "print", "metal"]
        assert row.stages[0][1].likely == pytest.approx(mm * steps.scale, abs=1e-9)
        then = forward(row.stages[0][1].likely, row.kind, made, row.faces)
        assert then[-1][1].likely == pytest.approx(row.finished, abs=1e-9)


def test_what_has_no_shank_is_measured_over_all_as_the_file_holds_it() -> None:
    """A disc grown on every side; were it higher in its file (prongs before they are set), the sheet says so."""
    part = Part("body", Plate(Oval(20.0, 20.0), 1.5), FINGER)
    disc = replace(RING, parts=(part,), bore=None)
    made, steps = process("direct", METAL), chain("direct", METAL)
    full, thin = (steps.scale * (mm + 2 * steps.allowance.outside) for mm in (20.0, 1.5))
    rows = critical(disc, ("body",), ((20.0, full), (1.5, thin), (20.0, full + 0.01)), made)
    assert [row.finished for row in rows] == [20.0, 1.5, 20.0]
    for share in (1.0, 1 / steps.scale):
        held = ((20.0, share * full), (1.5, share * thin), (20.0, share * (full + 0.7)))
        *_, high = critical(disc, ("body",), held, made, share)
        assert high.what == "high, as cast"
        assert high.stages[0][1].likely == pytest.approx(held[2][1])
        assert high.finished == pytest.approx(20.0 + 0.7 / steps.scale)


def test_weights_are_as_sure_as_the_cube_of_what_remains() -> None:
    made = process("direct", METAL)
    spans = weight_spans(9.0, 8.0, made)
    low = high = 9.0
    for stage in made.stages:
        low *= (stage.remains.low / stage.remains.likely) ** 3
        high *= (stage.remains.high / stage.remains.likely) ** 3
    assert (spans["raw"].low, spans["raw"].high) == pytest.approx((low, high))
    assert spans["finished"].likely == pytest.approx(8.0)
    stages = tuple(replace(s, remains=exactly(s.remains.likely)) for s in made.stages)
    sure = replace(made, stages=stages, tolerance=0.0)
    raw = weight_spans(9.0, 8.0, sure)["raw"]
    assert (raw.low, raw.high) == pytest.approx((9.0, 9.0))
