"""Measures of places that look alike, each taken once, and as closely as all of its likes weigh in the piece.

In: a host shape and what lies about it.  Out: mm3 for every sum they were asked for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from jewelgen.piece.bodies import Placed, Solid, near
from jewelgen.piece.columns import Room, filled
from jewelgen.piece.looks import around, seen_from, symmetry
from jewelgen.piece.quadrature import metal_test, room_of
from jewelgen.piece.room import may_hold

What = tuple[str, str, tuple[str, ...]]
POINTS = 1_000_000  # a place that is all of its body is measured with, mm3 by mm3


class Likes:
    """Places asked for one by one, then measured together; `bodies`: mm3 of the body that each part is of."""

    def __init__(self, bodies: Mapping[str, float]) -> None:
        self._bodies = bodies
        self._asked: dict[What, Counter[object]] = defaultdict(Counter)
        self._ways: dict[object, Callable[[float], float]] = {}
        self._rooms: dict[object, Room | None] = {}
        self._known: dict[object, float] = {}

    def again(self) -> Likes:
        """Another round, in which what was measured and looked over stands."""
        new = Likes(self._bodies)
        new._rooms, new._known = dict(self._rooms), dict(self._known)
        return new

    def ask(self, what: What, key: object, measure: Callable[[], float]) -> None:
        """One more place of that sum, measured in a way of its own."""
        self._asked[what][key] += 1
        self._ways.setdefault(key, lambda _: measure())

    def tell(self, what: What, mm3: float) -> None:
        """One more place of that sum, whose measure is known."""
        self.ask(what, mm3, lambda: mm3)

    def ask_common(
        self,
        what: What,
        host: Placed,
        other: Placed,
        gone: Sequence[Placed],
        before: Sequence[Solid] = (),
    ) -> None:
        """One more place: what host and other share outside what is `gone` and outside the solids `before`.

        Six prongs look alike on a ring only when it is the ring that is seen from the prong.
        """
        if symmetry(host.shape) and not symmetry(other.shape):
            host, other = other, host
        pair = (host.shape, seen_from(host.frame, other))
        if pair not in self._rooms:
            self._rooms[pair] = room_of(host, other, metal_test(host, other))
        room = self._rooms[pair]
        if room is not None:
            self._ask_room(what, room, (host, other), gone, before)

    def _ask_room(
        self,
        what: What,
        room: Room,
        pair: tuple[Placed, Placed],
        gone: Sequence[Placed],
        before: Sequence[Solid],
    ) -> None:
        """One more place of shared room: only what reaches into it can take of it, and makes it unlike others."""
        host, other = pair
        deep = room.deep.copy()

        def reaches(item: Placed) -> bool:
            hit = may_hold(room.cells, host.frame, item)
            np.logical_and(deep, ~hit, out=deep)
            return bool(hit.any())

        gone = [item for item in gone if reaches(item)]
        before = [item for item in before if reaches(item.body)]
        bodies = [solid.body for solid in before]
        tools = [item for solid in before for item in near(solid.taken, host.box)]
        key = around(host, (("with", [other]), ("gone", gone), ("before", bodies), ("less", tools)))
        self._asked[what][key] += 1
        inside, left = metal_test(host, other, (*gone, *before)), replace(room, deep=deep)
        self._ways.setdefault(key, lambda per_mm3: filled(left, inside, per_mm3))

    def sums(self) -> dict[What, float]:
        """mm3 of every sum that was asked for, in order."""
        dense: dict[object, float] = defaultdict(float)
        for what, places in self._asked.items():
            for key, n in places.items():
                dense[key] += n * POINTS / min(self._bodies[part] for part in what[2])
        for key, way in self._ways.items():
            if key not in self._known:
                self._known[key] = way(dense[key])
        return {
            what: sum(n * self._known[key] for key, n in places.items())
            for what, places in self._asked.items()
        }
