"""The chain against a real ring that was measured at four stages, and against itself forward and back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jewelgen.cast.chain import chain
from jewelgen.cast.stages import (
    Process,
    Span,
    backward,
    band_volume,
    exactly,
    fitted,
    forward,
    process,
    scaled_weight,
)
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.facts import fact

MODEL, WAX, CAST, FINISHED = range(4)


def measured(key: str) -> tuple[float, ...]:
    return fact("casting", f"measured_ring.{key}").numbers


@pytest.fixture(scope="module")
def own() -> Process:
    """The catalog's mold route, its two ratios fitted on the bore of the measured ring alone."""
    bore = measured("bore")
    stages = (fitted("wax", bore[MODEL], bore[WAX]), fitted("metal", bore[WAX], bore[CAST]))
    usual = process("mold", alloy("gold_14k_yellow"))
    return replace(usual, stages=stages)


@pytest.mark.parametrize("kind", ["bore", "width", "thickness"])
def test_ratios_of_the_bore_alone_foretell_every_later_stage(own: Process, kind: str) -> None:
    known = measured(kind)
    spans = forward(known[MODEL], kind, own)
    assert [name for name, _ in spans] == ["wax", "metal", "finished"]
    for (name, span), value in zip(spans, known[WAX:], strict=True):
        assert value in span, name
        assert span.high - span.low < 0.8, "a range so wide says nothing"


@pytest.mark.parametrize("kind", ["bore", "width", "thickness"])
def test_from_the_finished_ring_back_to_the_master(own: Process, kind: str) -> None:
    known = measured(kind)
    spans = dict(backward(known[FINISHED], kind, own))
    assert known[MODEL] in spans["master"]
    assert known[WAX] in spans["wax"]
    assert known[CAST] in spans["metal"]


def test_the_weight_goes_with_the_volume_of_the_band(own: Process) -> None:
    weights = measured("weight_g")
    stages = [dict(forward(measured(k)[MODEL], k, own)) for k in ("bore", "width", "thickness")]
    master = band_volume(*(exactly(measured(k)[MODEL]) for k in ("bore", "width", "thickness")))
    cast = band_volume(*(s["metal"] for s in stages))
    done = band_volume(*(s["finished"] for s in stages))
    assert weights[1] in scaled_weight(weights[0], master, cast)
    assert weights[2] in scaled_weight(weights[0], master, done)
    likely = scaled_weight(weights[0], master, done).likely
    assert likely == pytest.approx(weights[2], rel=0.05)


@pytest.mark.parametrize("route", ["direct", "mold"])
@pytest.mark.parametrize("metal", ["silver_925", "gold_18k_yellow", "platinum_950_ru"])
def test_the_likely_value_is_that_of_the_uniform_scale(route: str, metal: str) -> None:
    spans = forward(chain(route, alloy(metal)).scale * 10.0, "free", process(route, alloy(metal)))
    assert spans[-1][1].likely == pytest.approx(10.0, rel=1e-12)
    assert spans[-1][1].low < 10.0 < spans[-1][1].high


@pytest.mark.parametrize("kind", ["bore", "width", "thickness", "free"])
def test_forward_undoes_backward(own: Process, kind: str) -> None:
    master = dict(backward(6.0, kind, own))["master"].likely
    assert forward(master, kind, own)[-1][1].likely == pytest.approx(6.0, rel=1e-12)


def test_spans_hold_every_value_between() -> None:
    a, b = Span(1.0, 2.0, 3.0), Span(0.5, 1.0, 2.0)
    for x in (1.0, 2.2, 3.0):
        for y in (0.5, 1.7, 2.0):
            assert x * y in a.times(b)
            assert x / y in a.over(b)
            assert x - 2 * y in a.plus(b, -2.0)
