"""From doll to giant: every kind as small and as large as its ranges let it be, and whole pieces scaled; alike on both sides.

No kernel: composing, rules, predicted metal, inside tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from larger import larger
from ranges import ends, written
from specimens import Key, Specimen, Tree, bodies, generated, keys, leaves, made, refused, usual_of
from symmetry import LOPSIDED, SAME, planes, unlike
from test_promises_compose import lies_within, says_enough

from jewelgen.piece.metal import metal
from jewelgen.piece.volume import volume
from jewelgen.rules.registry import check
from jewelgen.spec import Number

DOLL, GIANT = 0.4, 5.0
SHARES = (0.5, 0.2, 0.08, 0.03)
# Where tips and clearances of tools, which do not grow with the piece, meet small seats.
GROWN = 2e-3
RULED = 24  # bodies of a design that the rules judge in a usual run
ALIKE = settings(derandomize=True, database=None, max_examples=4)
KINDS = [pytest.param(key, id="-".join(key)) for key in keys()]
# What is alike by itself, but is put where a design says.
PLACED = {"engraving", "hallmark", "chain"}


@pytest.fixture(params=KINDS)
def specimen(request: pytest.FixtureRequest) -> Specimen:
    found = usual_of(request.param)
    assert found is not None
    return found


@cache
def at_ends(key: Key, which: int) -> tuple[Tree, int]:
    """Every size at that end (0 least, -1 greatest) or as far towards it as what carries it lets it go; and how many."""
    specimen = usual_of(key)
    assert specimen is not None
    values: dict[tuple[str, ...], object] = {}
    for path, rule in leaves(specimen.kind.params):
        for value in towards(rule, which) if isinstance(rule, Number) else ():
            if refused(specimen.with_values({**values, path: value})) is None:
                values[path] = value
                break
    return specimen.with_values(values), len(values)


def key_of(specimen: Specimen) -> Key:
    return specimen.kind.family, specimen.kind.word


def towards(rule: Number, which: int) -> Iterator[object]:
    """The end, then nearer to the least by and by: a stone, a letter is bounded by what it stands on."""
    yield ends(rule)[which]
    for share in SHARES if which else ():
        yield written(rule, rule.least + share * (rule.most - rule.least))


@pytest.mark.parametrize("which", [0, -1], ids=["doll", "giant"])
def test_dolls_and_giants_compose_are_judged_and_have_metal(specimen, which, request):
    design, moved = at_ends(key_of(specimen), which)
    sizes = [rule for _, rule in leaves(specimen.kind.params) if isinstance(rule, Number)]
    assert moved or not sizes, "no size reaches its end"
    piece = made(design)
    lies_within(piece)
    few = sum(part.array.n for part in (*piece.parts, *piece.cuts, *piece.marks)) <= RULED
    if not few and not request.config.getoption("--wide"):
        assert all(volume(part.form) > 0 for part in piece.parts)
        return
    for row in metal(piece):
        assert 0 < row.finished <= row.forms + row.raised + 1e-9, row
    for finding in check(piece):
        says_enough(finding)


def own(specimen: Specimen, design: Tree) -> float:
    """mm3 of the forms that the kind itself makes."""
    name = specimen.kind.family
    parts = [p for p in made(design).parts if f"{p.name}.".startswith(f"{name}.")]
    return sum(part.array.n * volume(part.form) for part in parts)


def test_giants_have_more_metal_than_dolls(specimen):
    if own(specimen, specimen.design) > 0:
        doll, giant = (own(specimen, at_ends(key_of(specimen), which)[0]) for which in (0, -1))
        assert doll < giant


GROWTH = [
    pytest.param(key, k, id=f"{'-'.join(key)}-{word}",
                 marks=() if k == GIANT or bodies(key) <= RULED else pytest.mark.wide)
    for key in keys() for word, k in (("doll", DOLL), ("giant", GIANT))
]  # fmt: skip


@pytest.mark.parametrize(("key", "k"), GROWTH)
def test_predicted_metal_grows_with_the_cube_when_every_length_grows(key, k):
    """Joints, cuts and seats with the forms: whatever is predicted of a piece knows no size of its own."""
    specimen = usual_of(key)
    assert specimen is not None
    piece = made(specimen.design)
    for one, other in zip(metal(piece), metal(larger(piece, k)), strict=True):
        assert other.finished == pytest.approx(one.finished * k**3, rel=GROWN), one.group


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_is_alike_on_both_sides_or_is_known_not_to_be(key):
    specimen = usual_of(key)
    assert specimen is not None
    piece = made(specimen.design)
    off = {axis: unlike(piece, axis) for axis in planes(piece)}
    if key in LOPSIDED:
        assert max(off.values()) > SAME, "it claims symmetry now: take it off the list"
    else:
        assert max(off.values()) <= SAME, off


SYMMETRIC = [
    pytest.param(key, id="-".join(key), marks=() if bodies(key) <= RULED else pytest.mark.wide)
    for key in keys() if key not in LOPSIDED and key[0] not in PLACED
]  # fmt: skip


@pytest.mark.parametrize("key", SYMMETRIC)
def test_kinds_stay_alike_whatever_their_sizes(key):
    specimen = usual_of(key)
    assert specimen is not None

    @ALIKE
    @given(generated(specimen))
    def holds(design):
        if refused(design) is None:
            piece = made(design)
            off = {axis: unlike(piece, axis) for axis in planes(piece)}
            assert max(off.values(), default=0.0) <= SAME, (design, off)

    holds()
