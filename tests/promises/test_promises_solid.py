"""What a kernel makes of the vocabulary: the metal that was predicted, held stones, a true master."""

from __future__ import annotations

from itertools import product

import pytest
from specimens import (
    Key,
    Specimen,
    Tree,
    bodies,
    ends,
    keys,
    leaves,
    made,
    mended,
    refused,
    required,
    usual_of,
)

from jewelgen.bench.plan import plan
from jewelgen.cast.chain import chain
from jewelgen.cast.master import master_piece
from jewelgen.catalog.alloys import alloy
from jewelgen.findings import JewelgenError, Severity
from jewelgen.kinds.kind import registry, words
from jewelgen.piece.metal import total_mm3
from jewelgen.piece.piece import Piece
from jewelgen.rules.registry import check
from jewelgen.solid.model import Quality
from jewelgen.solid.prediction import SAME_METAL
from jewelgen.solid.realize import realize
from jewelgen.spec import Parsed

SAMPLE = 4  # kinds a usual run asks the kernel for: the plainest of as many families
STRIDE = 7  # each so many combinations of a wide run are realized
ORDERED = keys()
ROOT_FAMILY = "shank"


def sampled() -> tuple[Key, ...]:
    """The plainest kind of each family, the plainest families first."""
    by_family: dict[str, Key] = {}
    for key in sorted(ORDERED, key=lambda key: (bodies(key), key)):
        by_family.setdefault(key[0], key)
    return tuple(by_family.values())[:SAMPLE]


SAMPLED = sampled()


def kind_params() -> list:
    """Every kind; those outside the sample only in a wide run."""
    return [
        pytest.param(key, id="-".join(key), marks=() if key in SAMPLED else pytest.mark.wide)
        for key in ORDERED
    ]


@pytest.fixture(params=kind_params())
def specimen(request: pytest.FixtureRequest) -> Specimen:
    found = usual_of(request.param)
    assert found is not None
    return found


def agrees(piece: Piece) -> float:
    """The metal of a realized piece in mm3, after it was held against its prediction."""
    model = realize(piece, quality=Quality.PREVIEW)
    severe = [f for f in model.findings if f.severity is Severity.ERROR]
    assert not severe, severe
    found = sum(body.volume_mm3 for body in model.bodies)
    assert found == pytest.approx(total_mm3(piece), rel=SAME_METAL), model.findings
    return found


@pytest.mark.kernel
def test_predicted_metal_is_measured_by_the_kernel_and_finished_by_the_bench(specimen):
    piece = made(specimen.design)
    found = agrees(piece)
    done = plan(made({**specimen.design, "made": "handmade"}))
    finished = sum(
        row.finished_g / alloy(piece.part(row.part).alloy or piece.alloy).density_g_cm3 * 1000
        for row in done.weights.parts
    )
    if not done.components and not piece.marks:
        assert finished == pytest.approx(found, rel=SAME_METAL)


@pytest.mark.kernel
def test_the_master_grows_with_the_cube_of_its_scale(specimen):
    piece = made(specimen.design)
    steps = chain("mold", alloy(piece.alloy))
    derived = master_piece(piece, steps.allowance)
    one = realize(derived, quality=Quality.PREVIEW)
    other = realize(derived, scale=steps.scale, quality=Quality.PREVIEW)
    for a, b in zip(one.bodies, other.bodies, strict=True):
        assert b.volume_mm3 == pytest.approx(a.volume_mm3 * steps.scale**3, rel=1e-6)


def combinations() -> list[tuple[str, str, str]]:
    """Every shank with every head and every mark that the registry knows."""
    marks = [key for key in ORDERED if key[0] in {"engraving", "hallmark", "milgrain", "texture"}]
    return [
        (shank, head, "-".join(mark))
        for shank, head, mark in product(words(ROOT_FAMILY), words("head"), marks)
    ]


def combined(shank: str, head: str, mark: str) -> Tree | None:
    """A ring of the three, mended by the fixes it is offered; None when it says it cannot be."""
    base = usual_of((ROOT_FAMILY, shank))
    top = usual_of(("head", head))
    assert base is not None
    assert top is not None
    family, _, word = mark.partition("-")
    block = {
        "kind": word,
        "on": f"{ROOT_FAMILY}.inside",
        **required(registry()[family, word].params),
    }
    ring = {
        **base.design,
        "head": {**top.design["head"], "on": f"{ROOT_FAMILY}.top"},
        family: block,
    }
    return mended(ring)


def stones_of(head: str) -> list[Tree]:
    """The head with each stone its annotation reads, where it takes one."""
    top = usual_of(("head", head))
    assert top is not None
    found = []
    for path, rule in leaves(top.kind.params):
        if isinstance(rule, Parsed):
            found += [top.with_values({path: value}) for value in ends(rule)]
    return found or [top.design]


@pytest.mark.parametrize("head", words("head"))
def test_every_shank_takes_every_stone_of_every_head_or_says_why(head):
    done = []
    for shank, design in product(words(ROOT_FAMILY), stones_of(head)):
        base = usual_of((ROOT_FAMILY, shank))
        assert base is not None
        whole = {**base.design, "head": {**design["head"], "on": f"{ROOT_FAMILY}.top"}}
        error = refused(whole)
        done.append(error is None)
        for finding in error.findings if error else ():
            assert finding.where.key, finding
            assert finding.allowed or finding.hint or finding.fix, finding
    assert any(done)


def composes(shank: str, head: str, mark: str) -> bool:
    design = combined(shank, head, mark)
    if design is not None:
        piece = made(design)
        assert named_once(piece)
    return design is not None


def named_once(piece: Piece) -> bool:
    names = [part.name for part in piece.parts]
    return len(names) == len(set(names))


def test_combinations_compose_or_say_why():
    done = [composes(*item) for item in combinations()]
    assert sum(done) >= len(done) / 3


@pytest.mark.kernel
@pytest.mark.wide
@pytest.mark.timeout(600)
@pytest.mark.parametrize("item", combinations()[3::STRIDE], ids="+".join)
def test_combinations_have_the_metal_they_were_predicted(item):
    design = combined(*item)
    if design is not None:
        agrees(made(design))


def test_rules_of_combinations_raise_nothing_else():
    shank, head, mark = combinations()[-1]
    design = combined(shank, head, mark)
    if design is not None:
        try:
            found = check(made(design))
        except JewelgenError as error:
            found = error.findings
        assert all(finding.where.key for finding in found)
