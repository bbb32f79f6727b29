"""The chain from any middle stage, against a real ring that was measured at four, and against the chain's own ends."""

from __future__ import annotations

import pytest

from jewelgen.cast.follow import KINDS, follow, stages_of
from jewelgen.cast.stages import backward, forward, process
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.coupons import TRADE, Coupon, Own
from jewelgen.catalog.facts import fact

METAL = alloy("gold_14k_yellow")
STATES = ("print", "wax", "metal", "finished")  # the measured model is the print of this route


def measured(key: str) -> dict[str, float]:
    return dict(zip(STATES, fact("casting", f"measured_ring.{key}").numbers, strict=True))


@pytest.fixture(scope="module")
def own() -> Own:
    """The two ratios of the ring's bore alone; that of the wax holds what the mold did."""
    bore = measured("bore")
    rows = (
        Coupon("mold", bore["print"], bore["print"]),
        Coupon("wax", bore["print"], bore["wax"]),
        Coupon("metal", bore["wax"], bore["metal"]),
    )
    return Own(rows)


@pytest.mark.parametrize("kind", ["bore", "width", "thickness"])
@pytest.mark.parametrize("at", STATES)
def test_from_each_stage_the_real_ring_is_foretold_at_all_others(
    at: str, kind: str, own: Own
) -> None:
    known = measured(kind)
    (found,) = follow({kind: known[at]}, at, ("mold", METAL, own))
    spans = dict(found.stages)
    for state, value in known.items():
        assert value in spans[state], state
        assert spans[state].high - spans[state].low < 1.1, "a range so wide says nothing"


def test_what_finishing_takes_of_the_weight_is_in_the_range() -> None:
    _, cast, done = fact("casting", "measured_ring.weight_g").numbers
    for at, value, other, wanted in (
        ("metal", cast, "finished", done),
        ("finished", done, "metal", cast),
    ):
        (found,) = follow({"weight": value}, at, ("mold", METAL, TRADE))
        assert wanted in dict(found.stages)[other]


@pytest.mark.parametrize("route", ["direct", "mold"])
def test_wax_becomes_metal_by_density_and_the_cube_of_what_remains(route: str) -> None:
    at = "wax" if route == "mold" else "print"
    (found,) = follow({"weight": 1.0}, at, (route, METAL, TRADE))
    remains = process(route, METAL).stages[-1].remains.likely
    light = {"wax": 0.93, "print": 1.15}
    grams = dict(found.stages)["metal"].likely
    density = fact("alloys", f"pattern.{'wax' if at == 'wax' else 'resin'}.density_g_cm3").number
    assert grams == pytest.approx(METAL.density_g_cm3 / density * remains**3, rel=1e-9)
    assert density == pytest.approx(light[at], rel=0.1)
    with pytest.raises(ValueError, match="master"):
        follow({"weight": 1.0}, "master", (route, METAL, TRADE))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("route", ["direct", "mold"])
def test_the_ends_are_those_of_the_chain_and_the_middle_agrees_with_them(
    route: str, kind: str
) -> None:
    made = process(route, METAL)
    ends = dict(forward(6.0, kind, made)), dict(backward(6.0, kind, made))
    for state in stages_of(route)[1:-1]:
        for end in ends:
            (found,) = follow({kind: end[state].likely}, state, (route, METAL, TRADE))
            likely = {name: span.likely for name, span in found.stages}
            for name, span in end.items():
                assert likely[name] == pytest.approx(span.likely, rel=1e-12)
        assert likely["finished"] == pytest.approx(6.0, rel=1e-12)


def test_a_textured_outside_takes_less_of_the_width() -> None:
    plain, rough = (
        follow({"width": 4.2}, "metal", ("direct", METAL, TRADE), textured)[0].stages[-1][1]
        for textured in (frozenset(), frozenset({"outside"}))
    )
    take = {
        key: fact("casting", f"finishing.{key}").number
        for key in ("allowance_per_side", "textured_loss")
    }
    assert plain.likely == pytest.approx(4.2 - 2 * take["allowance_per_side"])
    assert rough.likely == pytest.approx(4.2 - 2 * take["textured_loss"])
