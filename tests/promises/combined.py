"""Kinds put together: every ring of a shank, what stands on it and a mark; every pendant of a body, a hanger and a mark.

Nothing here names a kind. What stands where comes from the anchors that kinds declare; values are those of each kind's
own specimen, mended by the fixes that are offered.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from specimens import Key, Tree, fixed, keys, made, required, usual_of

from jewelgen.design.resolve import FIRST
from jewelgen.findings import Finding, JewelgenError
from jewelgen.kinds.kind import registry
from jewelgen.piece.piece import Piece

MARKS = ("engraving", "hallmark", "milgrain", "texture")
RING, PENDANT = FIRST["ring"], FIRST["pendant"]
ON_RINGS = ("head", "stones", "halo")
ON_PENDANTS = ("bail", "loops", "link")
TRIES = 4  # fixes that are followed one after another


@dataclass(frozen=True)
class Combo:
    """Kinds of one piece; the design that composes and what it composes to, or what the last try was refused for."""

    kinds: tuple[Key, ...]
    design: Tree | None = None
    piece: Piece | None = field(default=None, compare=False)
    wrong: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def id(self) -> str:
        return "+".join(word for _, word in self.kinds)


def of_families(*families: str) -> list[Key]:
    return [key for key in keys() if key[0] in families]


def triples() -> tuple[tuple[Key, Key, Key], ...]:
    """Base, what stands on it, mark: of rings, then of pendants."""
    marks = of_families(*MARKS)
    rings = product(of_families(RING), of_families(*ON_RINGS), marks)
    pendants = product(of_families(PENDANT), of_families(*ON_PENDANTS), marks)
    return (*rings, *pendants)


@cache
def block_of(key: Key) -> Tree:
    """The kind's block in its own specimen."""
    found = usual_of(key)
    return (
        dict(found.design[key[0]])
        if found
        else {"kind": key[1], **required(registry()[key].params)}
    )


@cache
def carried(base: Key, top: Key) -> Combo:
    """The two without a mark: what must stand between them (a head under a halo, a hole for a link) comes along."""
    below, stands = registry()[base], registry()[top].on.partition(".")
    own = usual_of(base)
    assert own is not None
    whole = {k: v for k, v in own.design.items() if k not in {*ON_RINGS, *ON_PENDANTS} - {top[0]}}
    if stands[0] == below.family and stands[2] and stands[2] not in below.anchors:
        return _first((base, top), ({**whole, **way} for way in _otherwise(base, top)))
    return _first((base, top), ({**whole, **way} for way in _with_hosts(base, top)))


def _with_hosts(base: Key, top: Key) -> Iterator[Tree]:
    family = registry()[top].on.partition(".")[0]
    block = {k: v for k, v in block_of(top).items() if k != "on"}
    if family in {"", base[0]}:
        yield {top[0]: block}
        return
    for host in of_families(family):
        yield {host[0]: {k: v for k, v in block_of(host).items() if k != "on"}, top[0]: block}


def _otherwise(base: Key, top: Key) -> Iterator[Tree]:
    """On every anchor that the base does have."""
    for word in registry()[base].anchors:
        yield {top[0]: {**block_of(top), "on": f"{base[0]}.{word}"}}


def anchors(design: Tree, *but: str) -> Iterator[str]:
    """Every place that the kinds of a design declare, by its name in the design."""
    for family, block in design.items():
        if isinstance(block, dict) and "kind" in block and family not in but:
            for word in registry()[family, block["kind"]].anchors:
                yield f"{family}.{word}"


@cache
def marked(base: Key, top: Key, mark: Key, start: int = 0) -> Combo:
    """The mark on the first place that takes it, looked for from the `start`th place on."""
    two = carried(base, top)
    if two.design is None:
        return Combo((base, top, mark), wrong=two.wrong)
    places = list(anchors(two.design, *MARKS))
    order = [places[(start + i) % len(places)] for i in range(len(places))]
    block = {k: v for k, v in block_of(mark).items() if k != "on"}
    return _first((base, top, mark), ({**two.design, mark[0]: {**block, "on": on}} for on in order))


def _first(kinds: tuple[Key, ...], designs: Iterator[Tree]) -> Combo:
    """The first design that composes, if need be after the fixes it is offered."""
    wrong: tuple[Finding, ...] = ()
    for design in designs:
        tried = _mended(kinds, copy.deepcopy(design))
        if tried.design is not None:
            return tried
        wrong = (*wrong, *tried.wrong)
    return Combo(kinds, wrong=wrong)


def _mended(kinds: tuple[Key, ...], design: Tree) -> Combo:
    """The design as it composes after some fixes, or what the last of them left wrong."""
    for _ in range(TRIES + 1):
        try:
            return Combo(kinds, design, made(design))
        except JewelgenError as error:
            wrong = error.findings
        fix = next((item.fix for item in wrong if item.fix), None)
        if fix is None:
            break
        design = fixed(design, fix)
    return Combo(kinds, wrong=wrong)


@cache
def combos() -> tuple[Combo, ...]:
    """Every triple; the place to look at first moves on from one to the next."""
    return tuple(marked(*triple, turn(i)) for i, triple in enumerate(triples()))


def turn(i: int) -> int:
    """Where the i-th triple looks first: marks follow each other in the list, and must not fall into step with places."""
    return i + i // len(of_families(*MARKS))


@cache
def alone() -> tuple[Combo, ...]:
    """Every base with a mark and nothing else that it can do without, and every base with what stands on it, unmarked."""
    bases, marks = of_families(RING, PENDANT), of_families(*MARKS)
    bare = (_alone(*pair, turn(i)) for i, pair in enumerate(product(bases, marks)))
    return (*bare, *(carried(base, top) for base, top in sorted({t[:2] for t in triples()})))


def _alone(base: Key, mark: Key, start: int) -> Combo:
    own = usual_of(base)
    assert own is not None
    places = list(anchors(own.design, *MARKS))
    block = {k: v for k, v in block_of(mark).items() if k != "on"}
    order = [places[(start + i) % len(places)] for i in range(len(places))]
    return _first((base, mark), ({**own.design, mark[0]: {**block, "on": on}} for on in order))
