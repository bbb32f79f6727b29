"""Hybrid pieces: castings are ordered, checked and joined as one body; what lies inside them is no bench work."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jewelgen.bench.plan import Plan, plan
from jewelgen.catalog.alloys import alloy
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.paper.markdown import plan_md
from jewelgen.piece.metal import metal
from jewelgen.piece.piece import Piece, groups
from jewelgen.pipeline.build import build
from jewelgen.pipeline.options import Options
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize

SOLITAIRE: dict[str, Any] = {
    "name": "h", "piece": "ring", "made": "handmade", "alloy": "18k yellow", "size": "US 6 1/2",
    "shank": {"kind": "tapered", "top": {"width": 3.0, "thick": 1.5}, "back": {"width": 2.0, "thick": 1.3}},
    "head": {"kind": "prong", "made": "cast", "alloy": "18k white", "prongs": 6, "stone": "round sapphire 6.0"},
}  # fmt: skip


@pytest.fixture(scope="module")
def hybrid() -> Piece:
    return compose(brief_from(SOLITAIRE))


@pytest.fixture(scope="module")
def bench(hybrid: Piece) -> Plan:
    return plan(hybrid)


def test_shank_and_head_are_groups_of_their_own(hybrid: Piece) -> None:
    found = {group.name: (group.made, group.alloy, len(group.parts)) for group in groups(hybrid)}
    assert found == {
        "shank": ("handmade", "gold_18k_yellow", 1),
        "head.prong": ("cast", "gold_18k_white_ni", 3),
    }


def test_the_head_is_one_order_line_with_the_weight_of_its_metal(
    hybrid: Piece, bench: Plan
) -> None:
    (row,) = bench.components
    assert row.parts == ("head.prong", "head.gallery", "head.base")
    (cast,) = [item for item in metal(hybrid) if item.group.made == "cast"]
    density = alloy("gold_18k_white_ni").density_g_cm3
    assert row.grams == pytest.approx(cast.finished * density / 1000, rel=1e-9)
    assert f"B head: order 1 casting in 18K white nickel, {row.grams:.2f} g" in plan_md(bench)
    assert [line.part for line in bench.cut_list] == ["shank"]
    assert {bench.letters[name] for name in row.parts} == {"B"}


def test_no_joint_inside_the_casting_is_made_at_the_bench(bench: Plan) -> None:
    own = set(bench.components[0].parts)
    for line in bench.joints:
        assert len(own & set(line.parts)) < 2, line
        assert set(line.parts) - own, line
    assert {line.parts for line in bench.joints} == {
        ("shank",), ("head.prong", "shank"), ("head.base", "shank"),
    }  # fmt: skip


def test_the_casting_is_checked_first_and_joined_in_one_heat(bench: Plan) -> None:
    keys = [step.key for step in bench.steps]
    first = next(i for i, key in enumerate(keys) if key.startswith("joint:") and i)
    assert keys.index("receive:head.prong") < first
    assert bench.heats == 2
    assert [line.depth for line in bench.joints] == [0, 1, 1]
    assert [line.grade for line in bench.joints][1:] == ["medium", "medium"]


def test_a_cast_piece_has_nothing_to_make_at_the_bench() -> None:
    whole = {**SOLITAIRE, "made": "cast", "head": {**SOLITAIRE["head"], "alloy": "18k yellow"}}
    made = plan(compose(brief_from(whole)))
    assert not made.cut_list
    assert not made.joints
    (row,) = made.components
    assert row.part == "shank"
    assert len(row.parts) == 4


def test_metal_of_a_group_does_not_depend_on_its_neighbours(hybrid: Piece) -> None:
    """Metal that three parts share was counted for the pair of its first and last, across groups."""
    own = next(item.group.parts for item in metal(hybrid) if item.group.made == "cast")
    alone = replace(
        hybrid,
        parts=tuple(part for part in hybrid.parts if part.name in own),
        joints=tuple(j for j in hybrid.joints if {j.a, j.b} <= set(own)),
    )
    rows = {item.group.name: item.finished for item in metal(hybrid)}
    assert rows["head.prong"] == pytest.approx(metal(alone)[0].finished, rel=1e-6)


@pytest.mark.kernel
def test_the_cast_head_measures_what_it_was_predicted(hybrid: Piece) -> None:
    head = next(item for item in metal(hybrid) if item.group.made == "cast")
    model = realize(hybrid, quality=Quality.PREVIEW, only=head.group.parts)
    assert model.bodies[0].volume_mm3 == pytest.approx(head.finished, rel=1e-3)


@pytest.mark.kernel
def test_both_readings_are_written_at_once(tmp_path: Path) -> None:
    (tmp_path / "mixed.toml").write_text(
        'format = 1\nname = "Mixed"\npiece = "pendant"\nmade = "handmade"\nalloy = "sterling"\n'
        '[body]\nkind = "disc"\nsize = 16\nhole = 0\n'
        '[bail]\nkind = "loop"\nmade = "cast"\n',
        encoding="utf-8",
    )
    options = Options(tmp_path / "out", quality=Quality.PREVIEW, formats=("stl",), pictures=False)
    result = build(tmp_path / "mixed.toml", options)
    names = {path.name for path in (tmp_path / "out" / "mixed").iterdir()}
    assert {"mixed.stl", "mixed-handmade.stl", "plan.md", "cut-list.csv"} <= names, result
    rows = json.loads((tmp_path / "out" / "mixed" / "manifest.json").read_text())["files"]
    roles = {row["path"]: row["role"] for row in rows}
    assert (roles["mixed.stl"], roles["mixed-handmade.stl"]) == ("master", "model")
