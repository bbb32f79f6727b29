"""What a kernel makes of the vocabulary: the metal that was predicted, a true master.

A usual run asks for the plainest kind of each family and the richest that has few bodies, as it stands by itself, with
values at ends of its ranges and with some anywhere in them, by a fixed seed; a wide run asks for every kind.
"""

from __future__ import annotations

from random import Random

import pytest
from kernel_cache import Measured, measured
from ranges import anywhere, ends
from specimens import (
    Key,
    Specimen,
    Tree,
    bodies,
    bodies_of,
    by_hand,
    corners_of,
    keys,
    leaves,
    made,
    refused,
    usual_of,
)
from symmetry import LOPSIDED, planes

from jewelgen.bench.plan import plan
from jewelgen.cast.chain import chain
from jewelgen.cast.master import master_piece
from jewelgen.catalog.alloys import alloy
from jewelgen.findings import errors
from jewelgen.piece.metal import total_mm3
from jewelgen.piece.piece import Piece
from jewelgen.rules.registry import check
from jewelgen.solid.forms import FORM_TOLERANCE
from jewelgen.solid.prediction import SAME_METAL

FEW = 7  # bodies of a kind's design that a usual run makes
PLAINEST = 2  # bodies of those whose masters it makes, too
WAYS = ("usual", "end", "anywhere")
WIDE_WAYS = ("fewest", "least", "greatest", "anywhere 2", "anywhere 3")
SEED = 20
# cast on a foot, or a little into a wall, and soldered to a flat or round it by hand
GROWN_ON = frozenset({("head", "tube"), ("bail", "tapered"), ("halo", "beads")})
ASIDE = 0.02  # mm: chords of a coarse mesh do not lie alike on both sides


def sampled() -> frozenset[Key]:
    """The plainest kind of each family, and of those with few bodies the one with most."""
    families = sorted({key[0] for key in keys()})
    chosen = set()
    for family in families:
        own = sorted((bodies(key), key) for key in keys() if key[0] == family)
        few = [row for row in own if row[0] <= FEW]
        chosen |= {own[0][1], *(row[1] for row in few[-1:])}
    return frozenset(chosen)


def ways(key: Key) -> tuple[str, ...]:
    """How a usual run asks for a kind: not at all, in every way, or only as it is made of fewest bodies."""
    if key not in SAMPLED:
        return ()
    return WAYS if bodies(key) <= FEW else ("fewest",)


SAMPLED = sampled()
CASES = [
    pytest.param(key, way, id=f"{'-'.join(key)}: {way}",
                 marks=() if way in ways(key) else pytest.mark.wide)
    for key in keys() for way in (*WAYS, *WIDE_WAYS)
]  # fmt: skip
PLAIN = [
    pytest.param(key, id="-".join(key),
                 marks=() if key in SAMPLED and bodies(key) <= PLAINEST else pytest.mark.wide)
    for key in keys()
]  # fmt: skip


def sound(design: Tree) -> bool:
    """Whether it composes and no rule stops it: what is promised to have its metal."""
    return refused(design) is None and not errors(check(made(design)))


def at_ends(specimen: Specimen, which: int) -> Tree:
    """As many parameters at one of their ends as the design stays sound with, taken in order."""
    values: dict[tuple[str, ...], object] = {}
    for path, rule in leaves(specimen.kind.params):
        tried = {**values, path: ends(rule)[which]}
        values = tried if sound(specimen.with_values(tried)) else values
    return specimen.with_values(values)


def designed(specimen: Specimen, way: str) -> Tree:
    """The specimen as it is, at ends of its ranges, or with values anywhere; always sound, always the same."""
    random = Random(f"{SEED} {specimen.kind.family} {specimen.kind.word} {way}")  # noqa: S311  a fixed choice
    if way in {"least", "greatest"}:
        return at_ends(specimen, 0 if way == "least" else -1)
    if way == "fewest":
        composed = [design for design in corners_of(specimen) if refused(design) is None]
        # where no corner is sound (claws that do not share the bays evenly), it is made as it is
        few = sorted(composed, key=lambda design: bodies_of(made(design)))
        return next(filter(sound, few), specimen.design)
    found = specimen.design
    rules = list(leaves(specimen.kind.params))
    for _ in range(30 if way != "usual" and rules else 0):
        path, rule = random.choice(rules)
        value = random.choice(ends(rule)) if way == "end" else anywhere(rule, random)
        design = specimen.with_values({path: value})
        if design != specimen.design and sound(design):
            return design
    return found


def agrees(piece: Piece) -> float:
    """The metal of a realized piece in mm3, after each body was held against its prediction."""
    rows = measured(piece)
    agree(rows)
    found = sum(row.volume - row.fillets for row in rows)
    assert found == pytest.approx(total_mm3(piece), rel=SAME_METAL)
    return found


def agree(rows: tuple[Measured, ...]) -> None:
    """Prediction, the kernel's integral and the mesh of each body."""
    for row in rows:
        assert row.volume - row.fillets == pytest.approx(row.predicted, rel=SAME_METAL), row
        assert row.brep == pytest.approx(row.volume, rel=within(row)), row
        assert row.fine_mesh + row.chords == pytest.approx(row.volume, rel=SAME_METAL), row


def is_alike(piece: Piece) -> None:
    """The middle of all metal lies in the planes that the sort of piece is alike across, as its files hold it."""
    rows = measured(piece)
    for i in range(len(planes(piece))):
        middle = sum(row.volume * row.aside[i] for row in rows) / sum(row.volume for row in rows)
        assert middle == pytest.approx(0.0, abs=ASIDE), "xy"[i]


def within(row: Measured) -> float:
    """How near the kernel's own integral is to the weight: that of one form to its formula, of a group to its mesh."""
    return FORM_TOLERANCE if row.parts == 1 else SAME_METAL


@pytest.mark.kernel
@pytest.mark.parametrize(("key", "way"), CASES)
def test_predicted_metal_is_measured_by_the_kernel_and_finished_by_the_bench(key, way):
    specimen = usual_of(key)
    assert specimen is not None
    design = designed(specimen, way)
    piece = made(design)
    found = agrees(piece)
    if way == "usual" and key not in LOPSIDED:
        is_alike(piece)
    twin = by_hand(design)
    done = plan(twin)
    finished = sum(
        row.finished_g / alloy(piece.part(row.part).alloy or piece.alloy).density_g_cm3 * 1000
        for row in done.weights.parts
    )
    if not done.components and not piece.marks:
        same = found if key not in GROWN_ON else total_mm3(twin)
        assert finished == pytest.approx(same, rel=SAME_METAL)


@pytest.mark.parametrize("key", [pytest.param(key, id="-".join(key)) for key in keys()])
def test_a_twin_with_the_casting_s_own_values_is_the_same_object(key):
    """Part by part; but for kinds whose castings grow on what the bench solders them to."""
    specimen = usual_of(key)
    assert specimen is not None
    one, other = made(specimen.design), by_hand(specimen.design)
    alike = [(p.name, p.form) for p in one.parts] == [(p.name, p.form) for p in other.parts]
    assert alike == (key not in GROWN_ON)


def test_the_sample_is_spread_over_the_vocabulary():
    assert {key[0] for key in SAMPLED} == {key[0] for key in keys()}
    assert max(bodies(key) for key in SAMPLED) > FEW / 2


@pytest.mark.kernel
@pytest.mark.parametrize("key", PLAIN)
def test_the_master_grows_with_the_cube_of_its_scale(key):
    specimen = usual_of(key)
    assert specimen is not None
    piece = made(specimen.design)
    steps = chain("mold", alloy(piece.alloy))
    derived = master_piece(piece, steps.allowance)
    one, other = measured(derived), measured(derived, steps.scale)
    for a, b in zip(one, other, strict=True):
        assert b.volume == pytest.approx(a.volume * steps.scale**3, rel=1e-6)
        assert b.predicted == pytest.approx(a.predicted * steps.scale**3, rel=1e-9)
        assert b.brep == pytest.approx(a.brep * steps.scale**3, rel=1e-9)
