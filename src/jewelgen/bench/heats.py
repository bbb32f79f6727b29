"""Heats and grades: how deep each joint lies in the body it joins, which solder it takes, what it is reheated by.

In: joints in the order of work.  Out: `Heat` for each. Union-find over bodies: depth d(j) = 1 + the deepest
joint already in the merged body; H = deepest + 1 heats. H <= 3: hard, medium, easy by depth; more: hard is
repeated below the last two (bench practice, an editable default).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jewelgen.bench.shelf import BARE, Shelf
from jewelgen.catalog.solders import Solder, grades

PALETTE = ("hard", "medium", "easy")


@dataclass(frozen=True, slots=True)
class Heat:
    """One joint's heat: `index` in the piece, `depth` from 0, `reheats` by later joints on the same body.

    `body` is the set of parts that are one after this joint; `shared` whether it shares the heat before;
    `near` parts of other bodies that hang in it: a ring that is linked takes their heat along.
    """

    index: int
    depth: int
    reheats: int
    heats: int
    body: tuple[str, ...]
    shared: bool = False
    near: tuple[str, ...] = ()

    @property
    def grade(self) -> str:
        """hard, medium or easy."""
        return grade_at(self.depth, self.heats)


def grade_at(depth: int, heats: int) -> str:
    """The grade of a joint `depth` heats deep on a body that takes `heats` in all."""
    if heats <= len(PALETTE):
        return PALETTE[depth]
    return PALETTE[max(0, depth - (heats - len(PALETTE)))]


Pair = tuple[int, str, str]
Row = tuple[int, int, frozenset[str], bool, frozenset[str]]


def heats(pairs: Sequence[Pair], links: Sequence[tuple[str, str]] = ()) -> tuple[Heat, ...]:
    """Heats of joints (index, a, b) in the order of work; a joint inside one body shares the heat before it.

    `links`: parts that hang in each other. A ring that closes in one that is soldered already takes a grade below
    its solder: the two lie in one flame.
    """
    body: dict[str, frozenset[str]] = {}
    deepest: dict[frozenset[str], int] = {}
    rows: list[Row] = []
    for index, a, b in pairs:
        left = body.setdefault(a, frozenset({a}))
        right = body.setdefault(b, frozenset({b}))
        merged = left | right
        shared = a != b and left == right and merged in deepest
        near = frozenset().union(*(body.get(x, frozenset({x})) for x in _hung(merged, links)))
        before = max(deepest.get(left, -1), deepest.get(right, -1), _deepest(deepest, near))
        depth = deepest[merged] if shared else before + 1
        for name in merged:
            body[name] = merged
        deepest[merged] = depth
        rows.append((index, depth, merged, shared, near))
    return tuple(_heat(i, row, rows, body, deepest) for i, row in enumerate(rows))


def _hung(own: frozenset[str], links: Sequence[tuple[str, str]]) -> set[str]:
    """Parts of other bodies that are linked with one of these."""
    pairs = [{a, b} for a, b in links]
    return {name for pair in pairs if pair & own for name in pair} - own


def _deepest(deepest: Mapping[frozenset[str], int], near: frozenset[str]) -> int:
    return max((d for group, d in deepest.items() if group & near), default=-1)


def _heat(
    place: int,
    row: Row,
    rows: Sequence[Row],
    body: dict[str, frozenset[str]],
    deepest: dict[frozenset[str], int],
) -> Heat:
    index, depth, merged, shared, near = row
    later = [r for r in rows[place + 1 :] if merged <= r[2] and not r[3]]
    final = body[min(merged)]
    return Heat(
        index, depth, len(later), deepest[final] + 1, tuple(sorted(merged)), shared, tuple(sorted(near))
    )  # fmt: skip


def solder_for(alloys: Sequence[str], grade: str, shelf: Shelf = BARE) -> Solder | None:
    """The solder of a grade for parts of these alloys; None where the catalog lists none.

    A shop's own solders (`shelf`) stand before the trade's. The least noble melting parent decides the family; a grade the family lacks takes the nearest it has.
    """
    trade = (grades(word) for word in dict.fromkeys(alloys))
    found = [shelf.ladder(rows) for rows in trade if rows]
    if not found:
        return None
    rows = min(found, key=lambda row: row[0].flow_c)
    exact = [solder for solder in rows if solder.grade == grade]
    if exact:
        return exact[0]
    named = [solder for solder in rows if solder.grade in PALETTE] or list(rows)
    return named[min(PALETTE.index(grade), len(named) - 1)]
