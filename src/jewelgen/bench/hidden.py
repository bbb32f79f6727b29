"""R4 and R10 of the order of work: what must be done inside a hollow, or beneath a head, before a joint shuts it off.

In: a `Piece` and its `Graph`.  Out: edges, operations `polish_inside`, findings JG514. mm.
A hollow (dome, tube, wall) is closed when parts soldered to it cover every mouth it has; a head of prongs or
open rings that stands on another block hides the metal beneath it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jewelgen.bench.order import Graph, Op
from jewelgen.findings import Finding, Severity, Where
from jewelgen.piece.bounds import bounds
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Vec
from jewelgen.piece.hollow import Hollow, hollows
from jewelgen.piece.joint import FUSED, Joint
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import is_closed


def _holds(piece: Piece, hollow: Hollow, point: Vec) -> bool:
    """Whether a place of the piece lies within a hollow's shell, as far as its box goes."""
    shell = piece.part(hollow.shell)
    low, high = bounds(shell.form)
    local = np.array(shell.at.then(shell.array.frames()[0]).local(point))
    return bool((local > low).all() and (local < high).all())


def _middle(part: Part) -> Vec:
    low, high = bounds(part.form)
    x, y, z = ((low + high) / 2).tolist()
    return part.at.then(part.array.frames()[0]).point((x, y, z))


def add_hidden(graph: Graph, piece: Piece) -> None:
    """R4: all work inside a hollow before the joint that closes it; R10: polish beneath a head before it stands."""
    for hollow in hollows(piece):
        _close_last(graph, piece, hollow)
    for block, host, joints in _open_heads(piece):
        op = graph.add(
            Op(f"polish_inside:{block}", "polish_inside", (*_parts(piece, block), host), block)
        )
        for index, joint in enumerate(piece.joints):
            key = f"joint:{index}"
            if index in joints:
                graph.before(f"file:{index}", op.key, "R10")
                graph.before(op.key, key, "R10")
            elif joint.method in FUSED and _within(joint, block):
                graph.before(key, op.key, "R10")
        for name in op.parts:
            graph.before(f"form:{name}", op.key, "R1")
            graph.before(f"fit:{name}", op.key, "R3")


def _close_last(graph: Graph, piece: Piece, hollow: Hollow) -> None:
    """The last joint between shell and lids closes: the others, and what lies inside, come before it."""
    rims = [
        i
        for i, j in enumerate(piece.joints)
        if j.a != j.b and {j.a, j.b} <= hollow.parts and hollow.shell in (j.a, j.b)
    ]
    if not rims:
        return
    closing = f"joint:{rims[-1]}"
    own = {
        part.name
        for part in piece.parts
        if part.name not in hollow.parts and _holds(piece, hollow, _middle(part))
    }
    for index, joint in enumerate(piece.joints):
        if index in rims[:-1] or own & {joint.a, joint.b}:
            graph.before(f"joint:{index}", closing, "R4")
    for stone in piece.stones:
        if _holds(piece, hollow, stone.at.origin):
            graph.before(f"set:{stone.name}", closing, "R4")
    for mark in piece.marks:
        if _holds(piece, hollow, mark.at.origin):
            for verb in ("stamp", "engrave", "texture", "overlay", "milgrain"):
                graph.before(f"{verb}:{mark.name}", closing, "R4")


def _open_heads(piece: Piece) -> Iterator[tuple[str, str, frozenset[int]]]:
    """Blocks of bars and open rings that stand on a part of another block, and the joints by which they do."""
    for block in dict.fromkeys(_block(part.name) for part in piece.parts):
        bars = [
            part
            for part in piece.parts
            if _block(part.name) == block and isinstance(part.form, Bar)
        ]
        ringed = any(is_closed(part.form.rail) for part in bars if isinstance(part.form, Bar))
        if not ringed or any(part.made != "handmade" for part in bars):
            continue
        feet = {
            i: (j.b if _block(j.a) == block else j.a) for i, j in enumerate(piece.joints)
            if j.method == "join" and j.fit.word == "cope" and (_block(j.a) == block) != (_block(j.b) == block)
        }  # fmt: skip
        for host in dict.fromkeys(feet.values()):
            yield block, host, frozenset(i for i, name in feet.items() if name == host)


def _block(name: str) -> str:
    return name.partition(".")[0]


def _parts(piece: Piece, block: str) -> tuple[str, ...]:
    return tuple(part.name for part in piece.parts if _block(part.name) == block)


def _within(joint: Joint, block: str) -> bool:
    return _block(joint.a) == _block(joint.b) == block


def hidden_findings(piece: Piece) -> Iterator[Finding]:
    """JG514: a hollow that solder closes with no way out for steam."""
    for hollow in hollows(piece):
        if not hollow.vented:
            yield Finding(
                "JG514", f"{hollow.shell} is closed by {', '.join(hollow.lids)} with no hole: steam would lift the joint",
                Where(key=hollow.shell), Severity.WARNING, hint="drill a vent of 0.8 mm where it is not seen, before the last joint",
            )  # fmt: skip
