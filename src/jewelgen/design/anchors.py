"""Who stands on whom: anchor names to hosts, hosts first, and the turn of `at` round the ring.

Findings: JG131 nothing to stand on, JG160 no such anchor, or a hole, JG161 a circle.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NoReturn

from jewelgen.design.brief import Block, Brief
from jewelgen.design.document import refuse
from jewelgen.findings import Where, did_you_mean
from jewelgen.kinds.kind import registry
from jewelgen.piece.frame import on_ring
from jewelgen.piece.site import Anchor

THROUGH = frozenset({"link", "chain", "clasp"})  # what may be put through a hole
ALONE = frozenset({"shank", "body", "chain", "clasp"})


@dataclass(frozen=True, slots=True)
class Host:
    """The block something stands on (empty: nothing) and the anchor's name on it (empty: its first)."""

    block: str = ""
    anchor: str = ""


def host_of(block: Block, brief: Brief) -> Host:
    """The host of a block from its `on`, its neighbour's, or the kind's default."""
    neighbour = next((item for item in brief.blocks if item.name == block.beside), None)
    on = block.on or (neighbour.on if neighbour else "") or block.kind.on
    if not on:
        if block.family in ALONE:
            return Host()
        hint = f"there are {', '.join(_offered(brief, block))}"
        refuse("JG131", f"{block.name}: 'on' must be given", block.where, hint=hint)
    names = sorted((item.name for item in brief.blocks if item.name != block.name), key=len)
    for name in reversed(names):
        if on == name or on.startswith(f"{name}."):
            return Host(name, on[len(name) + 1 :])
    family, _, rest = on.partition(".")
    for item in brief.blocks:
        if item.family == family and item.name != block.name:
            return Host(item.name, rest)
    if on.partition(".")[0] == block.name:
        refuse("JG161", f"{block.name} stands on itself", _at(block))
    known = _offered(brief, block)
    refuse("JG160", f"no anchor '{on[:60]}'", _at(block), **_help(on, known))


def _at(block: Block) -> Where:
    return replace(block.where, key=f"{block.name}.on")


def _offered(brief: Brief, block: Block) -> list[str]:
    return sorted(
        f"{item.name}.{word}"
        for item in brief.blocks
        for word in item.kind.anchors
        if item.name != block.name
    )


def _help(on: str, known: list[str]) -> dict[str, str]:
    allowed = f"there are {', '.join(sorted(known))}" if known else "nothing here carries anything"
    hint = did_you_mean(on[:60], known)
    return {"allowed": allowed, "hint": hint if hint.startswith("did") else ""}


def order_of(brief: Brief, hosts: Mapping[str, Host]) -> list[Block]:
    """Blocks with their hosts (and neighbours) before them; otherwise in the brief's order."""
    blocks = {block.name: block for block in brief.blocks}
    done: dict[str, Block] = {}

    def visit(name: str, chain: tuple[str, ...]) -> None:
        if name in done:
            return
        if name in chain:
            ring = " -> ".join((*chain[chain.index(name) :], name))
            refuse("JG161", f"things stand on each other in a circle: {ring}", blocks[name].where)
        for below in (hosts[name].block, blocks[name].beside):
            if below:
                visit(below, (*chain, name))
        done[name] = blocks[name]

    for name in blocks:
        visit(name, ())
    return list(done.values())


def choose(block: Block, host: Host, made: Mapping[str, tuple[Anchor, ...]]) -> Anchor:
    """The anchor a block stands on, among those its host has made."""
    anchors = made[host.block]
    for anchor in anchors:
        if not host.anchor or anchor.name == host.anchor:
            if anchor.hole and block.family not in THROUGH:
                _refuse_hole(block, host.block, anchor, made)
            return anchor
    if not block.on and not block.beside:
        _refuse_default(block, host)
    known = [f"{name}.{item.name}" for name, items in made.items() for item in items]
    on = f"{host.block}.{host.anchor}" if host.anchor else host.block
    refuse("JG160", f"no anchor '{on[:60]}'", _at(block), **_help(on, known))


def _refuse_hole(
    block: Block, host: str, anchor: Anchor, made: Mapping[str, tuple[Anchor, ...]]
) -> NoReturn:
    """An opening has no metal to stand on: say where there is some."""
    solid = sorted(
        f"{name}.{item.name}" for name, items in made.items() for item in items if not item.hole
    )
    message = (
        f"{host}.{anchor.name} is a hole: a link runs through it, {block.name} has no metal there"
    )
    refuse("JG160", message, _at(block), **_help("", solid))


def _refuse_default(block: Block, host: Host) -> NoReturn:
    """The place a kind stands on by itself is not offered here: say which neighbours would offer it."""
    family = host.block.partition(".")[0]
    words = sorted(
        kind.word
        for kind in registry().values()
        if kind.family == family and host.anchor in kind.anchors
    )
    message = f"{host.block} has no '{host.anchor}' for {block.name} to go on"
    hint = f"a {family} that has one: {', '.join(words)}" if words else "say where with 'on'"
    refuse("JG160", message, _at(block), hint=hint)


def turned(anchor: Anchor, degrees: float, sort: str) -> Anchor:
    """The anchor turned round the ring (about y, clockwise from 12), or about its own z on a pendant."""
    if sort == "ring":
        return replace(anchor, frame=on_ring(0.0, degrees).then(anchor.frame))
    return replace(anchor, frame=anchor.frame.turned(degrees))
