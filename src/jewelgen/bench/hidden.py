"""R4 and R10 of the order of work: what must be done inside a hollow, or beneath a head, before a joint shuts it off.

In: a `Piece` and its `Graph`.  Out: edges, operations `polish_inside`, findings JG514. mm.
A hollow (dome, tube, wall) is closed when parts soldered to it cover every mouth it has; a head of prongs or
open rings that stands on another block hides the metal beneath it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.bench.order import Graph, Op
from jewelgen.findings import Finding, Severity, Where
from jewelgen.flat import outline as flat
from jewelgen.piece.bounds import bounds
from jewelgen.piece.cutter import Pocket
from jewelgen.piece.form import Bar, Dome, Form, Plate, Sculpted, Tube, Wall
from jewelgen.piece.frame import Vec
from jewelgen.piece.inside import inside
from jewelgen.piece.joint import FUSED, Joint
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import is_closed

Points = NDArray[np.float64]
SIDE = 21  # places each way of a mouth that are tried
NEAR = 0.03  # mm before and behind a mouth where a lid must be
WITHIN = 0.9  # of a mouth: what is tried, since its rim is soldered


@dataclass(frozen=True, slots=True)
class Hollow:
    """A closed volume: `shell`, the `lids` that cover its mouths, whether a hole lets steam out of it."""

    shell: str
    lids: tuple[str, ...]
    vented: bool

    @property
    def parts(self) -> frozenset[str]:
        """Shell and lids."""
        return frozenset((self.shell, *self.lids))


def hollows(piece: Piece) -> tuple[Hollow, ...]:
    """Every volume that solder closes."""
    found = []
    for part in piece.parts:
        mouths = _mouths(part.form)
        mates = _mates(piece, part.name)
        if not mouths or len(mates) < len(mouths):
            continue
        lids = [_lid(part, points, mates) for points in mouths]
        if all(lids):
            names = tuple(dict.fromkeys(name for lid in lids for name in lid))
            found.append(Hollow(part.name, names, _vented(piece, (part.name, *names))))
    return tuple(found)


def _mates(piece: Piece, name: str) -> list[Part]:
    """Parts soldered to a part."""
    names = {j.b if j.a == name else j.a for j in piece.joints
             if j.method in FUSED and name in (j.a, j.b) and j.a != j.b}  # fmt: skip
    return [part for part in piece.parts if part.name in names]


def _mouths(form: Form) -> tuple[Points, ...]:
    """Points over each mouth of a hollow form, in its own frame; none for forms that hold no volume."""
    if isinstance(form, Dome):
        return (_disc(form.d / 2 - form.t, 0.0),)
    if isinstance(form, Tube):
        return tuple(_disc(form.id / 2, z) for z in (0.0, form.length))
    if isinstance(form, Wall):
        long, wide = flat.extents(form.outline)
        x, y = _square(wide / 2, long / 2)
        on = flat.inside(form.outline, x / WITHIN, y / WITHIN)
        return tuple(
            np.stack((x[on], y[on], np.full(int(on.sum()), z)), axis=1) for z in (0.0, form.height)
        )
    return ()


def _square(x: float, y: float) -> tuple[Points, Points]:
    steps = np.linspace(-1.0, 1.0, SIDE)
    grid = np.meshgrid(steps * x, steps * y)
    return grid[0].reshape(-1), grid[1].reshape(-1)


def _disc(radius: float, z: float) -> Points:
    x, y = _square(radius, radius)
    on = np.hypot(x, y) <= WITHIN * radius
    return np.stack((x[on], y[on], np.full(int(on.sum()), z)), axis=1)


def _lid(part: Part, mouth: Points, mates: Sequence[Part]) -> tuple[str, ...]:
    """The parts that cover a mouth between them; empty when it stays open."""
    left, used = np.ones(len(mouth), dtype=bool), []
    for mate in mates:
        hit = _covers(part, mouth, mate) & left
        if hit.any():
            used.append(mate.name)
            left &= ~hit
    return () if left.any() else tuple(used)


def _covers(part: Part, mouth: Points, mate: Part) -> NDArray[np.bool_]:
    """Which points of a mouth a mate closes: with metal, or with its own mouth set against it."""
    home = part.at.then(part.array.frames()[0])
    hit = np.zeros(len(mouth), dtype=bool)
    if isinstance(mate.form, Sculpted):
        return hit
    for copy in mate.array.frames():
        frame = mate.at.then(copy)
        for off in (-NEAR, NEAR):
            world = [home.point((x, y, z + off)) for x, y, z in mouth.tolist()]
            local = np.array([frame.local(point) for point in world])
            hit |= inside(mate.form, local)
            if isinstance(mate.form, Dome):
                hit |= (np.abs(local[:, 2]) <= 2 * NEAR) & (
                    np.hypot(local[:, 0], local[:, 1]) <= mate.form.d / 2
                )
    return hit


def _vented(piece: Piece, names: Sequence[str]) -> bool:
    """Whether a hole is drilled or pierced through the shell or a lid."""
    plates = [piece.part(name).form for name in names]
    if any(isinstance(form, Plate) and form.holes for form in plates):
        return True
    return any(isinstance(cut.form, Pocket) and set(cut.on) & set(names) for cut in piece.cuts)


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
