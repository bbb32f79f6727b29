"""How much metal a piece has, predicted without a kernel: forms - cuts - shared + raised.

In: a `Piece`.  Out: `GroupMetal` a casting group with a line a cut, a mark and a pair of parts; mm3.
Shared and removed volumes are quadratures over the shapes' own inside tests, in the box both shapes share;
copies that see alike neighbours are measured once.
A point of several bodies counts once, for the pair of its first body and its last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from jewelgen.piece.beads import clear_of, on_flat
from jewelgen.piece.bodies import Placed, Solid, near, raised, seen_from, solids
from jewelgen.piece.bounds import bounds, meet
from jewelgen.piece.coaxial import coaxial, shared_by_bands, turned_off
from jewelgen.piece.joint import Joint
from jewelgen.piece.letters_cut import taken_by_letters
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.piece import Group, Piece, groups
from jewelgen.piece.quadrature import COARSE, common, lattice
from jewelgen.piece.volume import volume


@dataclass(frozen=True, slots=True)
class Line:
    """One contribution in mm3, all its places: `cut`, `engraved`, `raised` or `shared` (by two parts)."""

    what: str
    name: str
    parts: tuple[str, ...]
    mm3: float


@dataclass(frozen=True, slots=True)
class GroupMetal:
    """The metal of one group in mm3."""

    group: Group
    forms: float
    cuts: float
    overlaps: float
    raised: float
    lines: tuple[Line, ...]

    @property
    def finished(self) -> float:
        """Metal of the finished object, overlaps counted once."""
        return self.forms - self.cuts - self.overlaps + self.raised


@lru_cache(maxsize=32)
def lines(piece: Piece) -> tuple[Line, ...]:
    """Every removed, shared and raised volume of the piece, also between parts of different groups."""
    everything = solids(piece)
    shared = _shared(everything, _wound_round(piece))
    return (*_taken(everything), *shared, *_raised(piece, everything))


def _wound_round(piece: Piece) -> frozenset[frozenset[str]]:
    """Pairs of a binding and a wire of its bundle: one lies round the other and shares no metal with it.

    That is what the fit of a wrap says; the solid is held to it.
    """
    wraps = [joint for joint in piece.joints if joint.method == "wrap"]
    return frozenset(
        frozenset((wire.a, binding.b))
        for wire in wraps
        for binding in wraps
        if wire.a.partition(".")[0] == binding.b.partition(".")[0]
    )


@lru_cache(maxsize=32)
def metal(piece: Piece) -> tuple[GroupMetal, ...]:
    """The predicted metal of every group, in order."""
    every = lines(piece)
    return tuple(_group(piece, group, _within(piece, group, every)) for group in groups(piece))


def _within(piece: Piece, group: Group, every: Sequence[Line]) -> Sequence[Line]:
    """The lines of a group alone: metal it shares with another group too is counted for both of them."""
    own = set(group.parts)
    if not any(x.what == "shared" and own & set(x.parts) and set(x.parts) - own for x in every):
        return every
    parts = tuple(part for part in piece.parts if part.name in own)
    joints = tuple(j for j in piece.joints if {j.a, j.b} <= own)
    cuts = tuple(cut for cut in piece.cuts if own & set(cut.on))
    marks = tuple(mark for mark in piece.marks if mark.on in own)
    return lines(replace(piece, parts=parts, joints=joints, cuts=cuts, marks=marks))


def _group(piece: Piece, group: Group, every: Sequence[Line]) -> GroupMetal:
    own = tuple(line for line in every if set(line.parts) <= set(group.parts))
    forms = sum(piece.part(name).array.n * volume(piece.part(name).form) for name in group.parts)

    def total(*words: str) -> float:
        return sum(line.mm3 for line in own if line.what in words)

    return GroupMetal(group, forms, total("cut", "engraved"), total("shared"), total("raised"), own)


def total_mm3(piece: Piece) -> float:
    """Predicted metal of all groups in mm3."""
    return sum(item.finished for item in metal(piece))


def shared_pairs(piece: Piece) -> dict[tuple[str, str], float]:
    """Metal in mm3 that two parts (in order of the piece) share; parts of one array with themselves too."""
    return {(x.parts[0], x.parts[1]): x.mm3 for x in lines(piece) if x.what == "shared"}


FROM_A = frozenset({"cope"})


def removed_by_part(piece: Piece) -> dict[str, float]:
    """mm3 each part (all copies) loses to cuts, letters and joints; raised beads are moved, not added.

    Shared metal is taken from the part the fit files (the end of a cope, b of a flat, let-in or slit), half
    from each where nothing says so. Stamped letters push metal aside and take none.
    """
    gone: dict[str, float] = defaultdict(float)
    joints = {frozenset((joint.a, joint.b)): joint for joint in piece.joints}
    stamped = {m.name for m in piece.marks if isinstance(m.form, Glyphs) and m.form.how == "stamp"}
    for line in lines(piece):
        if line.what == "shared":
            for part, share in _losers(line.parts, joints.get(frozenset(line.parts))):
                gone[part] += share * line.mm3
        elif line.what != "raised" and line.name not in stamped:
            gone[line.parts[0]] += line.mm3
    return dict(gone)


def _losers(parts: tuple[str, ...], joint: Joint | None) -> tuple[tuple[str, float], ...]:
    if joint is not None and joint.fit.word in FROM_A:
        return ((joint.a, 1.0),)
    if joint is not None and joint.fit.word in {"flat", "let-in", "slit"}:
        return ((joint.b, 1.0),)
    return ((parts[0], 0.5), (parts[1], 0.5))


class _Once:
    """Measures that look alike are taken once."""

    def __init__(self) -> None:
        self.known: dict[object, float] = {}

    def get(self, key: object, measure: Callable[[], float]) -> float:
        """The measure of that key, taken now if it is new."""
        if key not in self.known:
            self.known[key] = measure()
        return self.known[key]


def _taken(everything: Sequence[Solid]) -> Iterator[Line]:
    """What each cutter and cut letter takes from each part, points taken by an earlier one left out."""
    once, sums = _Once(), defaultdict[tuple[str, str, str], float](float)
    for solid in everything:
        for k, tool in enumerate(solid.taken):
            before = near(solid.taken[:k], tool.box)
            sums[(_verb(tool), tool.name, solid.part)] += once.get(
                _key(tool, (solid.body,), before),
                lambda t=tool, s=solid, b=before: _cut_from(t, s.body, b),  # type: ignore[misc]
            )
    for (verb, name, part), mm3 in sums.items():
        yield Line(verb, name, (part,), mm3)


def _cut_from(tool: Placed, body: Placed, before: Sequence[Placed]) -> float:
    """What a tool takes: slots about a band's own axis in its half plane, the rest in space."""
    letters = taken_by_letters(tool, body, before, lattice, COARSE)
    if letters is not None:
        return letters
    if coaxial(body, [tool, *before]):
        return turned_off(body, tool, before)
    return common(tool, body, body.contains, before)


def _verb(tool: Placed) -> str:
    return "engraved" if isinstance(tool.shape, Glyphs) else "cut"


def _key(host: Placed, targets: Sequence[Placed], others: Sequence[Placed]) -> object:
    """How targets and others lie about the host."""
    seen = tuple(seen_from(host.frame, target) for target in targets)
    return host.shape, seen, frozenset(seen_from(host.frame, other) for other in others)


def _shared(
    everything: Sequence[Solid], apart: frozenset[frozenset[str]] = frozenset()
) -> Iterator[Line]:
    """What pairs of parts share; pairs that are `apart` share nothing."""
    once, sums = _Once(), defaultdict[tuple[str, str], float](float)
    for j, last in enumerate(everything):
        touching = [other for other in everything[:j] if meet(other.body.box, last.body.box)]
        for i, first in enumerate(touching):
            if frozenset((first.part, last.part)) in apart:
                continue
            sums[(first.part, last.part)] += once.get(
                _pair_key(last, first, touching[:i]),
                lambda a=last, b=first, c=touching[:i]: _overlap(a, b, c),  # type: ignore[misc]
            )
    for parts, mm3 in sums.items():
        if mm3 > 0:
            yield Line("shared", " + ".join(parts), parts, mm3)


def _pair_key(last: Solid, first: Solid, earlier: Sequence[Solid]) -> object:
    tools = [*near(last.taken, first.body.box), *near(first.taken, last.body.box)]
    return _key(last.body, (first.body,), tools), _key(
        last.body, (), [item.body for item in earlier]
    )


def _overlap(last: Solid, first: Solid, earlier: Sequence[Solid]) -> float:
    host, other = (last, first) if _size(last.body) < _size(first.body) else (first, last)
    taken = near(host.taken, other.body.box)
    before = [item for item in earlier if meet(item.body.box, first.body.box)]
    alone = not (taken or before or near(other.taken, host.body.box))
    if alone and (exact := shared_by_bands(host.body, other.body)) is not None:
        return exact
    return common(host.body, other.body, other.contains, [*taken, *before])


def _size(item: Placed) -> float:
    low, high = bounds(item.shape)
    return float(np.prod(high - low))


def _raised(piece: Piece, everything: Sequence[Solid]) -> Iterator[Line]:
    """What beads and raised letters add outside all metal and outside earlier ones."""
    once, sums = _Once(), defaultdict[tuple[str, str], float](float)
    earlier: list[Placed] = []
    for part, bead in raised(piece):
        host = [s for s in everything if meet(s.body.box, bead.box)]
        before = near(earlier, bead.box)
        earlier.append(bead)
        tools = [tool for s in host for tool in near(s.taken, bead.box)]
        key = _key(bead, [s.body for s in host], [*tools, *before])
        sums[(bead.name, part)] += once.get(
            key,
            lambda b=bead, h=host, t=tools, e=before: _added(b, h, t, e),  # type: ignore[misc]
        )
    for (name, part), mm3 in sums.items():
        yield Line("raised", name, (part,), mm3)


def _added(
    bead: Placed, hosts: Sequence[Solid], tools: Sequence[Placed], before: Sequence[Placed]
) -> float:
    """What a bead or letter adds: the closed form of a bead alone on a flat, else measured."""
    flat = on_flat(bead, hosts, tools) if clear_of(bead, before) else None
    return common(bead, bead, bead.contains, [*hosts, *before]) if flat is None else flat
