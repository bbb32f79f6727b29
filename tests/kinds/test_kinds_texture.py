"""Textures: no metal, a step in the right place, a note on what is cast."""

from __future__ import annotations

from typing import Any

import pytest

from jewelgen.bench.plan import plan
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.piece.metal import total_mm3
from jewelgen.piece.piece import Piece


def ring(made: str = "handmade", stones: bool = True, **texture: Any) -> Piece:
    design: dict[str, Any] = {
        "name": "x", "piece": "ring", "made": made, "alloy": "sterling", "size": "US 7",
        "shank": {"kind": "flat", "width": 6, "thick": 2.0},
        "texture": {"on": "shank.round", **texture},
    }  # fmt: skip
    if stones:
        design["stones"] = {"kind": "flush", "stone": "round diamond 1.5", "along": [[0, 0]]}
    return compose(brief_from(design))


def order(piece: Piece) -> list[str]:
    return [step.key for step in plan(piece).steps]


def test_hammering_comes_after_the_file_and_before_stones_and_polish() -> None:
    keys = order(ring(look="hammer"))
    places = [
        keys.index(k) for k in ("finish", "hammer:texture", "tumble", "set:stones.row", "polish")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("look", ["sand", "matte", "brushed"])
def test_fine_textures_come_after_the_polish_that_would_take_them_off(look: str) -> None:
    keys = order(ring(look=look))
    assert keys.index("polish") < keys.index("texture:texture") < keys.index("weigh")
    (step,) = [s for s in plan(ring(look=look)).steps if s.key == "texture:texture"]
    assert step.text.startswith(f"{look}:")


def test_a_texture_is_no_metal_and_a_cast_one_no_step_unless_asked() -> None:
    piece = ring("cast", stones=False, look="hammer")
    assert total_mm3(piece) == total_mm3(ring("cast", stones=False, look="matte"))
    assert "hammer:texture" not in order(piece)
    assert "texture: hammer" in plan(piece).marks
    assert "hammer:texture" in order(ring("cast", look="hammer", when="after casting"))


def test_a_point_has_no_surface() -> None:
    with pytest.raises(DesignError) as raised:
        ring(on="shank.top")
    assert [f.code for f in raised.value.findings] == ["JG258"]
