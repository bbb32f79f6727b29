"""Wires bound together by wire: what is laid out flat, bound, bent round the stone and closed, without heat.

In: a `Piece`.  Out: `Wrap`s, their edges in the graph of work, and how long their wires are cut.
R11: wires are straightened, laid side by side and bound while straight; then bent round the stone; a binding about
a straight line (a neck) is wound after that; claws are pulled over, and the ends that run on (a bail) come last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance
from jewelgen.bench.order import Graph, Op
from jewelgen.bench.practice import Practice
from jewelgen.bench.taken import recut
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Vec
from jewelgen.piece.joint import Joint
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import Circ, Wound, at, length

SAMPLES = 2001  # places along a wire among which the nearest to a binding is sought


@dataclass(frozen=True, slots=True)
class Wrap:
    """One bundle: its `wires`, what binds them `flat` (while straight) and `closing` (once bent), and the
    parts that are the wires' own ends (`runs_on`).
    """

    name: str
    wires: tuple[str, ...]
    flat: tuple[str, ...]
    closing: tuple[str, ...]
    runs_on: tuple[str, ...]

    @property
    def bindings(self) -> tuple[str, ...]:
        """All that binds, in order."""
        return (*self.flat, *self.closing)


def wraps_of(piece: Piece) -> tuple[Wrap, ...]:
    """Every bundle of the piece, one a block."""
    found = []
    joints = [joint for joint in piece.joints if joint.method == "wrap"]
    for block in dict.fromkeys(joint.a.partition(".")[0] for joint in joints):
        own = [joint for joint in joints if joint.a.partition(".")[0] == block]
        wires = dict.fromkeys(joint.a for joint in own)
        bindings = dict.fromkeys(joint.b for joint in own)
        ends = [j.b for j in piece.joints if j.method == "one" and j.a in wires and j.a != j.b]
        flat = [name for name in bindings if _round_a_bend(piece.part(name))]
        closing = [name for name in bindings if name not in flat]
        flat.sort(key=lambda name: abs(_from_middle(piece, next(iter(wires)), name)))
        found.append(Wrap(block, (*wires, *ends), tuple(flat), tuple(closing), tuple(ends)))
    return tuple(found)


def _round_a_bend(part: Part) -> bool:
    """Whether a binding lies where the wires are bent later."""
    rail = part.form.rail if isinstance(part.form, Bar) else None
    return isinstance(rail, Wound) and isinstance(rail.about, Circ)


def weave(graph: Graph, piece: Piece) -> None:
    """R11: lay, bind the middle first, bend, close, pull the claws, bend the bail, trim."""
    for wrap in wraps_of(piece):
        lay = graph.add(Op(f"lay:{wrap.name}", "lay", wrap.wires, wrap.name))
        shape = graph.add(Op(f"shape:{wrap.name}", "shape", wrap.wires, wrap.name))
        trim = graph.add(Op(f"trim:{wrap.name}", "trim", wrap.wires, wrap.name))
        chain = [lay.key, *_keys(piece, wrap.flat), shape.key, *_keys(piece, wrap.closing)]
        chain += [f"set:{s.name}" for s in piece.stones if set(s.held_by) & set(wrap.wires)]
        if wrap.runs_on:
            chain.append(graph.add(Op(f"bail:{wrap.name}", "bail", wrap.runs_on, wrap.name)).key)
        for name in (*wrap.wires, *wrap.bindings):
            graph.before(f"cut:{name}", lay.key, "R1")
        for first, then in zip(chain, [*chain[1:], trim.key], strict=True):
            graph.before(first, then, "R11")


def _keys(piece: Piece, bindings: tuple[str, ...]) -> list[str]:
    """The operations of bindings: each the first wrap joint that names it."""
    return [
        f"joint:{next(i for i, j in enumerate(piece.joints) if j.method == 'wrap' and j.b == name)}"
        for name in bindings
    ]


def marks_of(piece: Piece, wrap: Wrap) -> tuple[tuple[str, float], ...]:
    """Every binding and where its middle lies along the wires, mm from their middle; necks come twice."""
    rows = []
    for name in wrap.bindings:
        place = _from_middle(piece, wrap.wires[0], name)
        rows += [(name, place)] if name in wrap.flat else [(name, -abs(place)), (name, abs(place))]
    return tuple(sorted(rows, key=lambda row: row[1]))


def _from_middle(piece: Piece, wire: str, binding: str) -> float:
    """Where along the straight wire a binding lies, mm from its middle."""
    one, other = piece.part(wire), piece.part(binding)
    if not isinstance(one.form, Bar) or not isinstance(other.form, Bar):
        return 0.0
    rail = other.form.rail
    about = rail.about if isinstance(rail, Wound) else rail
    middle = other.at.point(_vec(at(about, np.array([0.5]))[0][0]))
    line = at(one.form.rail, np.linspace(0.0, 1.0, SAMPLES))[0]
    away = np.linalg.norm(line - np.array(one.at.local(middle)), axis=1)
    run = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))))
    return float(run[int(away.argmin())] - length(one.form.rail) / 2)


def _vec(row: np.ndarray) -> Vec:
    return (float(row[0]), float(row[1]), float(row[2]))


def cut_in_one(piece: Piece, blank: Blank, practice: Practice) -> Blank:
    """A wire's blank as it is cut: with the length it is held by, or as a piece of the wire it runs on from."""
    extras: tuple[Allowance, ...] = ()
    own = next((j for j in piece.joints if j.a == j.b == blank.part and _runs(j)), None)
    if own is not None and own.fit.depth > 0:
        extras = (
            Allowance("to hold and shape, cut off", own.fit.depth),
            Allowance("saw kerf", practice.kerf),
        )
    elif blank.sort != "wire" or not any(
        j.b == blank.part and j.a != j.b and _runs(j) for j in piece.joints
    ):
        return blank
    if not extras:  # it is drawn as one with the wire that it runs on from
        practice = replace(practice, draw_grip=0.0, roll_ends=0.0)
    cut = recut(replace(blank, forming=("straighten",)), (blank.net[0], extras), practice)
    return replace(cut, ticks=_ticks(piece, blank.part, cut.long))


def _runs(joint: Joint) -> bool:
    return joint.method == "one" and joint.fit.word == "run-on"


def _ticks(piece: Piece, part: str, cut: float) -> tuple[tuple[float, str], ...]:
    for wrap in wraps_of(piece):
        if part in wrap.wires and part not in wrap.runs_on:
            return tuple((cut / 2 + place, "bind") for _, place in marks_of(piece, wrap))
    return ()


def whole_wires(piece: Piece, blanks: Mapping[str, Blank]) -> dict[str, Blank]:
    """The blanks with each wire as long as it is cut: the ends that run on from it are no blanks of their own."""
    found = dict(blanks)
    for joint in piece.joints:
        a, b = found.get(joint.a), found.get(joint.b)
        if (
            joint.a == joint.b
            or not _runs(joint)
            or a is None
            or b is None
            or a.sort != "wire"
            or b.sort != "wire"
        ):
            continue
        if b.allowances:  # cut by itself after all
            continue
        more = b.n * b.cut[0]
        ticks = tuple((place + b.n * b.long / 2, word) for place, word in a.ticks)
        worked = a.worked and a.worked + b.n * b.long
        found[joint.a] = replace(a, cut=(a.cut[0] + more,), worked=worked, ticks=ticks)
        found[joint.b] = replace(b, sort="slit", edge="the ends of another wire", ticks=())
    return found


def one_wire(
    piece: Piece, blanks: Mapping[str, Blank], letters: Mapping[str, str]
) -> dict[str, str]:
    """Part name to the id it is one piece with; wires say to what length they are cut together."""
    rows: dict[str, str] = {}
    for joint in piece.joints:
        if joint.method != "one" or joint.a == joint.b:
            continue
        rows[joint.b] = letters[joint.a]
        a, b = blanks.get(joint.a), blanks.get(joint.b)
        if a and b and _runs(joint) and b.sort == "slit":
            rows[joint.b] = f"{letters[joint.a]}, cut {a.cut[0]:.1f} in all"
            rows[joint.a] = f"{letters[joint.b]}, cut {a.cut[0]:.1f} in all"
    return rows
