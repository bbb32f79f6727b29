"""The barley twist of docs/examples: code beside a design, refused, trusted, proved, cast and ordered."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jewelgen.bench.plan import plan
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.findings import DesignError, GeometryError
from jewelgen.piece.bounds import bounds
from jewelgen.piece.dump import dump
from jewelgen.piece.form import Sculpted
from jewelgen.piece.piece import Piece, groups
from jewelgen.pipeline.build import build
from jewelgen.pipeline.options import Options
from jewelgen.solid import occ_solids
from jewelgen.solid.forms import form_shape
from jewelgen.solid.model import Quality


@pytest.fixture(scope="module")
def example(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example: nothing is known by where it lies."""
    folder = tmp_path_factory.mktemp("shop") / "examples"
    shutil.copytree(root / "docs" / "examples", folder)
    return folder / "barley.toml"


@pytest.fixture(scope="module")
def twist(example: Path) -> Piece:
    return compose(resolve(load(example, trust=True)))


def sculpted(piece: Piece) -> Sculpted:
    form = piece.part("body").form
    assert isinstance(form, Sculpted)
    return form


def test_code_of_a_design_runs_only_when_it_is_trusted(example: Path) -> None:
    with pytest.raises(DesignError) as error:
        load(example)
    (finding,) = error.value.findings
    assert finding.code == "JG106"
    assert "--trust" in finding.hint
    assert finding.where.line == 8


def test_no_path_of_this_computer_gets_into_the_piece(example: Path, twist: Piece) -> None:
    assert str(example.parent) not in repr(twist)
    assert sculpted(twist).source == "barley.py:barley"
    assert "sha256" in dump(twist)
    assert len(max(dump(twist).splitlines(), key=len)) < 600


def test_the_twist_has_the_volume_of_a_section_that_only_turns(twist: Piece) -> None:
    form = sculpted(twist)
    eye = (4.6**2 / 2 + math.pi / 8 * 4.6**2 - math.pi / 4 * 1.8**2) * 1.6
    assert form.volume_hint == pytest.approx(4.0**2 * 26 + eye)
    low, high = bounds(form)
    assert (low[1], high[1]) == (-26.0, 4.6)


def lies(form: Sculpted) -> dict[str, Callable[[], Sculpted]]:
    """The form with something wrong, by the code that has to be said."""
    low = (-0.5, -26.0, -0.5)
    return {
        "JG301": lambda: replace(form, volume_hint=1.03 * form.volume_hint),
        "JG303 box": lambda: replace(form, box=(low, form.box[1])),
        "JG303 function": lambda: replace(form, source="barley.py:rye"),
        "JG303 raises": lambda: replace(form, args=(("long", 3.0),)),
        "JG303 syntax": lambda: replace(form, text="def barley(:"),
    }


@pytest.mark.kernel
def test_what_is_sculpted_is_proved_against_what_was_said(twist: Piece) -> None:
    form = sculpted(twist)
    assert occ_solids.volume(form_shape(form)) == pytest.approx(form.volume_hint, rel=2e-3)
    for word, lie in lies(form).items():
        with pytest.raises(GeometryError) as error:
            form_shape(lie())
        assert [item.code for item in error.value.findings] == [word[:5]], word


def test_the_bench_orders_it_and_makes_the_ring(twist: Piece) -> None:
    made = plan(twist)
    assert {group.made for group in groups(twist)} == {"cast", "handmade"}
    assert [(row.part, row.sort, row.n) for row in made.components] == [("body", "cast", 1)]
    assert made.components[0].why == "no bench makes this form"
    assert made.components[0].order.startswith("order 1 casting in Sterling silver")
    assert [line.part for line in made.cut_list] == ["link"]


@pytest.mark.kernel
def test_master_and_plan_are_written_and_stand(example: Path, tmp_path: Path) -> None:
    options = Options(
        tmp_path, quality=Quality.PREVIEW, formats=("stl",), pictures=False, trust=True
    )
    build(example, options)
    folder = tmp_path / "barley"
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    roles = {row["path"]: row["role"] for row in rows}
    assert (roles["barley.stl"], roles["barley-handmade.stl"]) == ("master", "model")
    before = (folder / "manifest.json").read_bytes()
    code = example.parent / "kinds" / "body" / "barley.py"
    kept = code.read_text(encoding="utf-8")
    build(example, options)
    assert (folder / "manifest.json").read_bytes() == before
    code.write_text(kept + "\n# A remark changes the code.\n", encoding="utf-8")
    build(example, options)
    assert (folder / "manifest.json").read_bytes() != before
