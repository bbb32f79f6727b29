"""Metal by formula: above nothing, repeatable, and growing with the cube when every length grows."""

from __future__ import annotations

from functools import cache

import pytest
from larger import larger
from specimens import Key, Specimen, keys, made, usual_of

from jewelgen.bench.plan import plan
from jewelgen.cast.chain import Allowance, chain
from jewelgen.cast.master import master_piece
from jewelgen.catalog.alloys import alloy
from jewelgen.piece.metal import metal
from jewelgen.piece.piece import Piece, groups
from jewelgen.piece.volume import volume

K = 1.25
KINDS = [pytest.param(key, id="-".join(key)) for key in keys()]


@pytest.fixture(params=KINDS)
def specimen(request: pytest.FixtureRequest) -> Specimen:
    found = usual_of(request.param)
    assert found is not None
    return found


def test_every_form_grows_with_the_cube(specimen):
    for part in made(specimen.design).parts:
        assert volume(part.form) > 0, part.name
        ratio = volume(larger(part.form, K)) / volume(part.form)
        assert ratio == pytest.approx(K**3, rel=1e-3), part


def test_every_group_has_metal_and_no_more_than_its_forms(specimen):
    piece = made(specimen.design)
    rows = metal(piece)
    assert tuple(row.group for row in rows) == groups(piece)
    for row in rows:
        assert 0 < row.finished <= row.forms + row.raised + 1e-9, row
        assert min(row.cuts, row.overlaps, row.raised) >= 0, row
    assert sum(len(row.group.parts) for row in rows) == len(piece.parts)


@cache
def grown(key: Key, allowance: Allowance) -> Piece:
    """The master of a kind's usual design."""
    specimen = usual_of(key)
    assert specimen is not None
    return master_piece(made(specimen.design), allowance)


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("name", ["silver_925", "platinum_950_ru"])
def test_the_master_of_every_cast_form_is_larger(key, name):
    """File and polish only take metal away, whatever the route, so every part that is cast starts with more of it."""
    specimen = usual_of(key)
    assert specimen is not None
    piece = made(specimen.design)
    left = chain("direct", alloy(name)).allowance
    assert left == chain("mold", alloy(name)).allowance
    for part in grown(key, left).parts:
        assert volume(part.form) >= volume(piece.part(part.name).form) - 1e-9, part.name


def test_the_bench_issues_at_least_what_is_finished(specimen):
    """Handmade twins: the blank holds the form, and the plan is the same each time."""
    design = {**specimen.design, "made": "handmade"}
    piece = made(design)
    done = plan(piece)
    assert done == plan(made(design))
    lines = {line.part: line for line in done.cut_list}
    # What is not sold is replaced by the nearest that is, which may be lighter: the plan says so.
    replaced = {finding.where.key for finding in done.findings if finding.code == "JG501"}
    for row in done.weights.parts:
        assert row.issued_g >= row.finished_g - 1e-6 or row.part in replaced, row
    assert set(lines) | {name for row in done.components for name in row.parts} == {
        p.name for p in piece.parts
    }
