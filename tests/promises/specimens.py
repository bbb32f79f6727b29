"""Specimens of the vocabulary: every registered kind in the smallest design that can carry it.

Nothing here names a kind. Values come from the annotations of the kinds' parameters, hosts from the anchors
that kinds declare, so a new kind comes under every promise by being registered.
"""

from __future__ import annotations

import copy
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from functools import cache, lru_cache
from typing import Any

from hypothesis import strategies as st
from ranges import any_of, ends, usual

from jewelgen.design.anchors import ALONE
from jewelgen.design.brief import Brief
from jewelgen.design.compose import compose
from jewelgen.design.resolve import FIRST, brief_from
from jewelgen.findings import Fix, JewelgenError
from jewelgen.kinds.kind import Kind, registry
from jewelgen.piece.piece import Piece
from jewelgen.spec import Rule, rules_of

Tree = dict[str, Any]
Key = tuple[str, str]


def required(block: type) -> Tree:
    """Usual values for all that must be given."""
    rules, tree = rules_of(block), {}
    for item in fields(block):
        if item.default is MISSING and item.default_factory is MISSING:
            rule = rules[item.name]
            tree[item.name] = required(rule) if isinstance(rule, type) else usual(rule)
    return tree


def leaves(block: type, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Rule]]:
    """Every parameter by its path, nested ones too."""
    for name, rule in rules_of(block).items():
        if isinstance(rule, type):
            yield from leaves(rule, (*above, name))
        else:
            yield (*above, name), rule


@dataclass(frozen=True)
class Specimen:
    """A kind in a design: the design as plain values, and the table the kind stands in."""

    kind: Kind
    design: Tree
    made: str = "cast"

    def with_values(self, values: Mapping[tuple[str, ...], Any]) -> Tree:
        """The design with parameters of the kind set."""
        design = copy.deepcopy(self.design)
        for path, value in values.items():
            block = design[self.kind.family]
            for step in path[:-1]:
                block = block.setdefault(step, {})
            block[path[-1]] = value
        return design


def brief(design: Tree) -> Brief:
    """The brief of a design given as plain values."""
    return brief_from(copy.deepcopy(design), str(design["name"]))


def by_hand(design: Tree) -> Piece:
    """The handmade twin of a casting: every value that the casting came to, written out, and made at the bench."""
    cast = brief(design)
    blocks = tuple(replace(block, made=None) for block in cast.blocks)
    return compose(replace(cast, made="handmade", blocks=blocks))


def made(design: Tree) -> Piece:
    """The composed piece; raises what composing raises."""
    found = _composed(json.dumps(design))
    if isinstance(found, JewelgenError):
        raise found
    return found


def refused(design: Tree) -> JewelgenError | None:
    """What composing raises, if anything."""
    found = _composed(json.dumps(design))
    return found if isinstance(found, JewelgenError) else None


@lru_cache(maxsize=64)  # tests ask whether a design composes, then for the piece
def _composed(text: str) -> Piece | JewelgenError:
    try:
        return compose(brief(json.loads(text)))
    except JewelgenError as error:
        return error


def keys() -> tuple[Key, ...]:
    """Every registered kind, in order."""
    return tuple(sorted(registry()))


def _heading(sort: str) -> Tree:
    head = {"format": 1, "name": "Specimen", "piece": sort, "made": "cast", "alloy": "sterling"}
    return {**head, "size": "US 7"} if sort == "ring" else head


def _alone(key: Key) -> Iterator[Tree]:
    """A kind that stands on nothing: the first thing of its sort, or beside the first of either sort."""
    family, word = key
    block = {"kind": word, **required(registry()[key].params)}
    for sort, first in FIRST.items():
        if family == first:
            yield {**_heading(sort), family: block}
        elif family not in FIRST.values():
            for host in (item for item in keys() if item[0] == first):
                base = usual_of(host)
                if base is not None:
                    yield {**base.design, family: block}


def _hosted(key: Key) -> Iterator[Tree]:
    """A kind on every anchor that may carry it: its own default one first."""
    family, word = key
    kind = registry()[key]
    host_family, _, wanted = kind.on.partition(".")
    for host in sorted(keys(), key=_plainness):
        own = host_family in {"", host[0]}
        anchors = [a for a in registry()[host].anchors if wanted in {"", a}]
        if host[0] == family or not own or not anchors:
            continue
        base = usual_of(host)
        for anchor in anchors if base is not None else ():
            block = {"kind": word, "on": f"{host[0]}.{anchor}", **required(kind.params)}
            yield {**base.design, family: block}


def _plainness(host: Key) -> tuple[int, Key]:
    """The plainest of what stands on nothing comes first, all else in order after it."""
    kind = registry()[host]
    found = usual_of(host) if kind.family in ALONE and not kind.on else None
    return (bodies_of(made(found.design)) if found else 1000, host)


@cache
def usual_of(key: Key) -> Specimen | None:
    """The first design with usual values that composes, or None where there is none.

    A design that is refused is mended by the fixes that are offered; then something is put on top of it,
    for the kinds that rise to what they carry.
    """
    kind = registry()[key]
    stands = kind.family in ALONE and not kind.on
    for design in _alone(key) if stands else _hosted(key):
        for whole in (design, *_crowned(key, design)):
            sound = mended(whole)
            if sound is not None:
                return Specimen(kind, sound)
    return None


def _crowned(key: Key, design: Tree) -> Iterator[Tree]:
    """The design with each of the kinds on it that would stand on this one."""
    for family, word in keys():
        kind = registry()[family, word]
        if kind.take is not None and kind.on.partition(".")[0] == key[0]:
            yield {**design, family: {"kind": word, **required(kind.params)}}


def fixed(design: Tree, fix: Fix) -> Tree:
    """The design with a fix applied, as one would in the text."""
    after = copy.deepcopy(design)
    *above, last = fix.key.split(".")
    block = after
    for step in above:
        block = block.setdefault(step, {})
    try:
        block[last] = tomllib.loads(f"value = {fix.value}")["value"]
    except tomllib.TOMLDecodeError as wrong:
        raise AssertionError(f"the fix '{fix}' cannot stand in a design: {wrong}") from wrong
    return after


def mended(design: Tree, tries: int = 4) -> Tree | None:
    """The design when it composes, if need be after the fixes it is offered; None when it cannot."""
    error = refused(design)
    if error is None:
        return design
    fix = next((item.fix for item in error.findings if item.fix), None)
    return mended(fixed(design, fix), tries - 1) if fix and tries else None


@cache
def bodies(key: Key) -> int:
    """How many bodies a kernel has to make of a kind's usual design, letters and seats counted."""
    specimen = usual_of(key)
    if specimen is None:
        return 0
    return bodies_of(made(specimen.design))


def bodies_of(piece: Piece) -> int:
    """How many bodies a kernel has to make of a piece, letters and seats counted."""
    things = (*piece.parts, *piece.stones, *piece.cuts, *piece.marks)
    return sum(item.array.n for item in things)


def specimens() -> list[Specimen]:
    """One specimen a kind."""
    return [item for item in map(usual_of, keys()) if item is not None]


def corners_of(specimen: Specimen) -> Iterator[Tree]:
    """The design as usual, then with every parameter alone at each of its ends."""
    yield specimen.design
    for path, rule in leaves(specimen.kind.params):
        for value in ends(rule):
            yield specimen.with_values({path: value})


def generated(specimen: Specimen, most: int = 4) -> st.SearchStrategy[Tree]:
    """The design with up to `most` parameters anywhere in their ranges."""
    rules = list(leaves(specimen.kind.params))

    def values(chosen: list[tuple[tuple[str, ...], Rule]]) -> st.SearchStrategy[Tree]:
        every = {path: any_of(rule) for path, rule in chosen}
        return st.fixed_dictionaries(every).map(specimen.with_values)

    chosen = st.lists(st.sampled_from(rules), max_size=most, unique_by=lambda item: item[0])
    return chosen.flatmap(values)
