"""Kinds together: every base with every thing that stands on it and every mark, on the places that kinds declare.

What never goes together is listed with its reason, so that a gap that opens or closes is seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product

import pytest
from combined import Combo, alone, combos, marked, triples, turn
from ranges import ends
from specimens import Key, Tree, bodies_of, keys, leaves, refused, usual_of
from test_promises_solid import agrees

from jewelgen.findings import errors
from jewelgen.kinds.kind import words
from jewelgen.piece.piece import Piece
from jewelgen.rules.registry import check
from jewelgen.spec import Parsed

# a stone in prongs: wires alone, without a face, a band, an edge or a hole
WIRES = {"jump-ring": "JG249", "ends": "JG274", "milgrain": "JG256", "texture": "JG258",
         "art": "JG160", "text": "JG160", "stamp": "JG160"}  # fmt: skip
# Words that never stand in one piece, and the finding that says so.
EVEN = ("channel", "pave", "shared-prong")  # rows of stones want a band of even section
NEVER: dict[str, dict[str, str]] = {
    "cathedral": dict.fromkeys((*EVEN, "flush"), "JG231"),  # its arms rise to a head
    "signet": dict.fromkeys(EVEN, "JG232"),
    **{word: dict.fromkeys((*EVEN, "flush"), "JG232") for word in ("slit", "split", "stack", "tapered", "twist")},
    # A face or a band is wanted for letters and textures, an edge for milgrain and loops, a top for bails,
    # a hole for links and for nothing else; a body that
    # has none says so.
    "bezel": {"jump-ring": "JG249", "ends": "JG274"},
    "collet": {"jump-ring": "JG249", "ends": "JG274"},
    "dome": {"jump-ring": "JG249", "ends": "JG274", "milgrain": "JG256", "texture": "JG258"},
    "locket": {"jump-ring": "JG249", "ends": "JG274", "milgrain": "JG256", "texture": "JG258"},
    "name": {"loop": "JG250", "tapered": "JG250", "jump-ring": "JG249", "art": "JG160", "text": "JG160",
             "stamp": "JG160", "milgrain": "JG256", "texture": "JG258"},
    "outline": {"jump-ring": "JG249"},
    "prong": WIRES,
    "wire-prong": WIRES,
    "wire-wrap": dict.fromkeys(("loop", "tapered", "ends", "milgrain", "texture", "art", "text", "stamp"), "JG160"),
}  # fmt: skip
FEW, MOST_RULED = 12, 30  # bodies of a combination that a usual run makes, and judges
SAMPLE, RULED, WIDE = 4, 10, 100


def pairs() -> dict[tuple[Key, Key], list[Combo]]:
    """Every two kinds that meet in a combination, with those."""
    found = defaultdict(list)
    for combo in (*combos(), *alone()):
        for pair in combinations(combo.kinds, 2):
            found[pair].append(combo)
    return found


def listed(pair: tuple[Key, Key]) -> str:
    """The code that a pair is said to fail with; only of things on their base."""
    return NEVER.get(pair[0][1], {}).get(pair[1][1], "")


def test_every_word_stands_in_a_combination():
    done = {key for combo in (*combos(), *alone()) if combo.design for key in combo.kinds}
    chains = {key for key in keys() if key[0] == "chain"}  # bought, hangs on whatever it finds
    assert set(keys()) - chains == done


def test_any_two_kinds_go_together_or_are_listed_with_their_reason():
    never = {pair: rows for pair, rows in pairs().items() if not any(c.design for c in rows)}
    for pair, rows in never.items():
        codes = {finding.code for combo in rows for finding in combo.wrong}
        assert listed(pair) in codes, (pair, codes)
    stale = {
        (base, word)
        for base, words in NEVER.items() for word in words
        if not any((pair[0][1], pair[1][1]) == (base, word) for pair in never)
    }  # fmt: skip
    assert stale == set()


def test_marks_stand_on_every_sort_of_place():
    """On faces, bands and edges that shanks, heads and bodies declare, not on one of them alone."""
    places = {c.design[c.kinds[-1][0]]["on"] for c in combos() if c.design}
    assert {
        "shank.inside", "shank.round", "shank.top", "shank.back", "shank.table", "head.back", "body.front", "body.back",
    } <= places  # fmt: skip
    assert any(place.endswith("edge") for place in places)


def test_what_does_not_go_together_says_why_and_what_would():
    for combo in combos():
        assert bool(combo.design) != bool(combo.wrong), combo.id
        for finding in combo.wrong:
            assert finding.where.key, finding
            assert finding.allowed or finding.hint or finding.fix, finding


def test_parts_of_a_combination_are_named_once():
    for combo in combos():
        if combo.piece is not None:
            names = [part.name for part in combo.piece.parts]
            assert len(names) == len(set(names)), combo.id


def from_place(share: float, most: int) -> Iterator[tuple[str, Piece]]:
    """Combinations of few bodies that compose, looked for from a place (0..1) in the list of all on."""
    every = triples()
    for k in range(len(every)):
        i = (int(share * len(every)) + k) % len(every)
        combo = marked(*every[i], turn(i))
        if combo.piece is not None and bodies_of(combo.piece) <= most:
            yield combo.id, combo.piece


def test_rules_judge_combinations_and_say_where_and_what_to_do():
    for i in range(RULED):
        name, piece = next(from_place(i / RULED, MOST_RULED))
        for finding in check(piece):
            assert finding.where.key, (name, finding)
            assert finding.allowed or finding.hint or finding.fix, (name, finding)


@pytest.mark.kernel
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("i", "of"),
    [
        *((i, SAMPLE) for i in range(SAMPLE)),
        *(pytest.param(i, WIDE, marks=pytest.mark.wide) for i in range(WIDE)),
    ],
)
def test_combinations_have_the_metal_they_were_predicted(i, of):
    few = FEW if of == SAMPLE else 4 * FEW
    agrees(next(piece for _, piece in from_place(i / of, few) if not errors(check(piece))))


def stones_of(head: Key) -> list[Tree]:
    """The head with each stone its annotation reads, where it takes one."""
    top = usual_of(head)
    assert top is not None
    found = [
        top.with_values({path: value})
        for path, rule in leaves(top.kind.params) if isinstance(rule, Parsed)
        for value in ends(rule)
    ]  # fmt: skip
    return found or [top.design]


@pytest.mark.parametrize("head", words("head"))
def test_every_shank_takes_every_stone_of_every_head_or_says_why(head):
    done = []
    for shank, design in product(words("shank"), stones_of(("head", head))):
        base = usual_of(("shank", shank))
        assert base is not None
        whole = {**base.design, "head": {**design["head"], "on": "shank.top"}}
        error = refused(whole)
        done.append(error is None)
        for finding in error.findings if error else ():
            assert finding.where.key, finding
            assert finding.allowed or finding.hint or finding.fix, finding
    assert any(done)
