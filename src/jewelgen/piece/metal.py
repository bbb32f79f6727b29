"""How much metal a piece has, predicted without a kernel: forms - cuts - shared + raised.

In: a `Piece`.  Out: `GroupMetal` a casting group with a line a cut, a mark and a pair of parts; mm3.
Shared and removed volumes are quadratures over the shapes' own inside tests, in the box both shapes share;
copies that see alike neighbours are measured once.
A point of several bodies counts once, for the pair of its first body and its last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from jewelgen.piece.beads import clear_of, on_flat
from jewelgen.piece.bodies import Placed, Solid, near, raised, solids
from jewelgen.piece.bounds import bounds, meet
from jewelgen.piece.coaxial import coaxial, shared_by_bands, turned_off
from jewelgen.piece.joint import Joint
from jewelgen.piece.letters_cut import taken_by_letters
from jewelgen.piece.likes import Likes, What
from jewelgen.piece.looks import seen_from
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.piece import Group, Piece, groups
from jewelgen.piece.quadrature import common
from jewelgen.piece.volume import volume

Pairs = frozenset[frozenset[str]]


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


@lru_cache(maxsize=512)  # little to keep, much to measure again
def lines(piece: Piece) -> tuple[Line, ...]:
    """Every removed, shared and raised volume of the piece, also between parts of different groups."""
    return _measured(piece)[0]


@lru_cache(maxsize=32)
def _measured(piece: Piece) -> tuple[tuple[Line, ...], Likes]:
    """The lines of a piece and what was measured for them."""
    bodies = {name: _forms(piece, g.parts) for g in groups(piece) for name in g.parts}
    likes = Likes(bodies)
    return _lines(piece, likes), likes


def _lines(piece: Piece, likes: Likes) -> tuple[Line, ...]:
    everything = solids(piece)
    _taken(likes, everything)
    _shared(likes, everything, _wound_round(piece))
    _raised(likes, everything, piece)
    return tuple(
        Line(*what, mm3) for what, mm3 in likes.sums().items() if mm3 > 0 or what[0] != "shared"
    )


def _forms(piece: Piece, names: Sequence[str]) -> float:
    """mm3 of all copies of those parts, each by itself."""
    return sum(piece.part(name).array.n * volume(piece.part(name).form) for name in names)


def _wound_round(piece: Piece) -> Pairs:
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
    alone = replace(piece, parts=parts, joints=joints, cuts=cuts, marks=marks)
    return _lines(alone, _measured(piece)[1].again())


def _group(piece: Piece, group: Group, every: Sequence[Line]) -> GroupMetal:
    own = tuple(line for line in every if set(line.parts) <= set(group.parts))
    forms = _forms(piece, group.parts)

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


def _taken(likes: Likes, everything: Sequence[Solid]) -> None:
    """What each cutter and cut letter takes from each part, points taken by an earlier one left out."""
    for solid in everything:
        for k, tool in enumerate(solid.taken):
            what = (_verb(tool), tool.name, (solid.part,))
            _ask_cut(likes, what, tool, solid.body, near(solid.taken[:k], tool.box))


def _ask_cut(
    likes: Likes, what: What, tool: Placed, body: Placed, before: Sequence[Placed]
) -> None:
    """What a tool takes: letters, and slots about a band's own axis in its half plane; the rest in space."""
    key = (tool.shape, seen_from(tool.frame, body), *(seen_from(tool.frame, x) for x in before))
    if isinstance(tool.shape, Glyphs):
        likes.ask(what, key, lambda: _cut_as_letters(tool, body, before))
    elif coaxial(body, [tool, *before]):
        likes.ask(what, key, lambda: turned_off(body, tool, before))
    else:
        likes.ask_common(what, tool, body, before)


def _cut_as_letters(tool: Placed, body: Placed, before: Sequence[Placed]) -> float:
    letters = taken_by_letters(tool, body, before)
    return common(tool, body, before) if letters is None else letters


def _verb(tool: Placed) -> str:
    return "engraved" if isinstance(tool.shape, Glyphs) else "cut"


def _shared(likes: Likes, everything: Sequence[Solid], apart: Pairs) -> None:
    """What pairs of parts share; pairs that are `apart` share nothing."""
    for j, last in enumerate(everything):
        touching = [other for other in everything[:j] if meet(other.body.box, last.body.box)]
        for i, first in enumerate(touching):
            if frozenset((first.part, last.part)) not in apart:
                _ask_overlap(likes, first, last, touching[:i])


def _ask_overlap(likes: Likes, first: Solid, last: Solid, earlier: Sequence[Solid]) -> None:
    parts = first.part, last.part
    what = "shared", " + ".join(parts), parts
    host, other = sorted((last.body, first.body), key=_size)
    gone = [*near(last.taken, first.body.box), *near(first.taken, last.body.box)]
    before = [item for item in earlier if meet(item.body.box, first.body.box)]
    exact = None if gone or before else shared_by_bands(host, other)
    if exact is None:
        likes.ask_common(what, host, other, gone, before)
    else:
        likes.tell(what, exact)


def _size(item: Placed) -> float:
    low, high = bounds(item.shape)
    return float(np.prod(high - low))


def _raised(likes: Likes, everything: Sequence[Solid], piece: Piece) -> None:
    """What beads and raised letters add outside all metal and outside earlier ones."""
    earlier: list[Placed] = []
    for part, bead in raised(piece):
        hosts = [s for s in everything if meet(s.body.box, bead.box)]
        before = near(earlier, bead.box)
        earlier.append(bead)
        tools = [tool for s in hosts for tool in near(s.taken, bead.box)]
        flat = on_flat(bead, hosts, tools) if clear_of(bead, before) else None
        what = "raised", bead.name, (part,)
        if flat is None:
            likes.ask_common(what, bead, bead, before, hosts)
        else:
            likes.tell(what, flat)
