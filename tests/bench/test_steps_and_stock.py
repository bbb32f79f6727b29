"""Every step says all that an artisan asks; every blank comes out of the drawer once."""

import csv
import io
from pathlib import Path

import pytest

from jewelgen.bench.explain import explain
from jewelgen.bench.plan import plan
from jewelgen.bench.practice import DEFAULT
from jewelgen.bench.steps import PHASES
from jewelgen.catalog.facts import fact, facts_at
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.paper.tables import STEP_HEAD, STOCK_HEAD, steps_csv, stock_csv
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare

HANDMADE = ["09_bezel_cab_ring", "14_disc_tag", "15_bezel_pendant", "18_wire_wrap"]


@pytest.fixture(scope="module", params=HANDMADE)
def made(request):
    path = Path("designs") / f"{request.param}.toml"
    return plan(prepare(load(str(path)), None, Options(made="handmade")).piece)


def test_every_step_is_whole(made):
    known = {*made.letters.values()}
    known |= {row.id for row in (*made.joints, *made.settings)}
    for step in made.steps:
        assert step.phase in PHASES
        assert step.ids and set(step.ids) <= known, step.key
        for word in (step.text, step.tool, step.target, step.tolerance, step.check):
            assert word.strip(), step.key
        assert step.minutes > 0
    assert made.steps[0].phase == PHASES[0]
    assert made.steps[-1].phase == PHASES[-1]


def test_steps_csv_is_the_steps(made):
    rows = list(csv.DictReader(io.StringIO(steps_csv(made))))
    assert tuple(rows[0]) == STEP_HEAD
    assert [row["ids"].split() for row in rows] == [list(step.ids) for step in made.steps]
    assert sum(float(row["minutes"]) for row in rows) == pytest.approx(
        made.minutes, abs=len(rows) / 2
    )


def test_the_drawer_gives_every_blank_once(made):
    taken = [mark for line in made.stock for mark in line.ids]
    assert sorted(taken) == sorted(line.id for line in made.cut_list)
    assert sum(line.grams for line in made.stock) == pytest.approx(
        sum(line.issued_g for line in made.cut_list)
    )
    assert sum(line.pieces for line in made.stock) == sum(
        row.blank.n for row in made.cut_list if row.blank.sort != "slit"
    )
    rows = list(csv.DictReader(io.StringIO(stock_csv(made))))
    assert tuple(rows[0]) == STOCK_HEAD
    assert len(rows) == len(made.stock)


def test_lengths_out_of_the_drawer_hold_the_cuts_and_their_kerfs(ring_plan):
    lengths = {line.ids: line.length for line in ring_plan.stock}
    for line in ring_plan.cut_list:
        if line.blank.sort != "sheet":
            assert lengths[line.id,] == pytest.approx(line.blank.cut[0] + 0.3)


def test_rates_and_habits_stand_in_the_catalog():
    for name, found in facts_at("bench_rules", "rates").items():
        assert getattr(DEFAULT.rates, name) == found.number
    for name, found in facts_at("bench_rules", "practice").items():
        assert getattr(DEFAULT, name) == found.number
    for name, found in facts_at("bench_rules", "tolerance").items():
        assert getattr(DEFAULT.tolerances, name) == found.number
    assert fact("bench_rules", "rates.joint").st == "U"


@pytest.fixture(scope="module", params=[*HANDMADE, "02_forged_band", "20_cast_head_forged_shank"])
def explained(request):
    path = Path("designs") / f"{request.param}.toml"
    return plan(compose(resolve(load(path))))


def test_every_number_explains_itself(explained):
    rows = [*explained.cut_list, *explained.joints, *explained.settings]
    for row in rows:
        text = explain(explained, row.id)
        figures = row.blank.figures if hasattr(row, "blank") else row.figures
        for figure in figures:
            assert figure.formula and figure.inputs, (row.id, figure.name)
            assert figure.text in text
        assert all(line.endswith("]") for line in text.splitlines()[1:]), text
    for component in explained.components:
        assert component.order in explain(explained, component.id)


def test_grams_that_are_explained_are_those_issued(explained):
    for row in explained.cut_list:
        (line,) = [x for x in explain(explained, row.part).splitlines() if "issued" in x]
        given = dict(
            pair.split(" = ") for pair in line[line.index("(") + 1 : line.index(")")].split(", ")
        )
        n, volume, density = (float(given[key]) for key in ("n", "V", "density"))
        assert n * volume * density / 1000 == pytest.approx(row.issued_g, rel=1e-3)


def test_a_plate_is_sawn_then_stamped_then_pierced_and_a_strip_stamped_before_it_is_bent():
    """As benches do: sawing frees the disc's middle, a punch would close a hole, no punch reaches into a ring."""
    steps = {}
    for name in ("14_disc_tag", "09_bezel_cab_ring"):
        piece = compose(resolve(load(Path("designs") / f"{name}.toml")))
        steps[name] = {step.key: step for step in plan(piece).steps}
    tag, ring = steps.values()
    assert tag["form:body"].n < tag["stamp:engraving"].n < tag["joint:0"].n
    assert "pierce" not in tag["form:body"].text
    assert tag["stamp:engraving"].text.endswith("then drill and pierce")
    (struck,) = [step for key, step in ring.items() if key.startswith("stamp:")]
    assert struck.n < ring["form:shank"].n
    assert struck.text.endswith("on the flat, before forming")
