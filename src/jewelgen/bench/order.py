"""The order of work: a precedence graph built from the piece by rules, and its sort.

In: a `Piece`.  Out: `Graph`, and the `Op`s in a valid order. A circle is finding JG502: the piece cannot
be made by hand as drawn.

R1 prep, R2 self-closing joints first, R3 fit and saw flush, R4 access (what lies in a hollow before the joint that
closes it), R5 mass, heads before shanks, findings last, R6 heat fence, R7 cold joints, R8 stones after heat, R9 finish,
R10 hidden faces polished before the joint that hides them, R11 wires are bound before they are bent (see `wraps`).
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field

from jewelgen.findings import Finding, MakeError

RANK = {
    "measure": 0, "receive": 1, "cut": 1, "stamp": 2, "pierce": 2, "slit": 2, "form": 3, "seam": 4, "fit": 5, "polish_inside": 6, "file": 7,
    "link": 8, "lay": 8, "overlay": 8, "wrap": 9, "shape": 9, "join": 9, "flush": 10, "last_heat": 11, "harden": 12, "finish": 12, "hammer": 12, "tumble": 13, "weld": 14,
    "cold": 15, "set": 16, "bail": 16, "trim": 16, "polish": 17, "engrave": 18, "milgrain": 18, "texture": 18, "weigh": 19, "pack": 20,
}  # fmt: skip

FREES = {  # what takes an edge of a rule away
    "R2": "leave a ring open until the link is in, or give the part a seam",
    "R4": "leave the hollow open, make its lid a cold joint (rivet, thread), or put what lies in it outside",
    "R7": "solder the hinge or rivet as well, or take it off the part that is heated",
    "R8": "set the stone where no later joint needs heat: a cold joint, or a mount of its own",
}


@dataclass(frozen=True, slots=True)
class Op:
    """One operation: `verb` of `RANK`, the parts it touches, and the joint, stone or mark it is about.

    `weight`: heavier comes first among equals (R5), grams.
    """

    key: str
    verb: str
    parts: tuple[str, ...] = ()
    about: str = ""
    weight: float = 0.0


@dataclass(slots=True)
class Graph:
    """Operations by key, and edges (before, after) with the rule that asks for each."""

    ops: dict[str, Op] = field(default_factory=dict)
    edges: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, op: Op) -> Op:
        """Take in an operation; returns it."""
        self.ops[op.key] = op
        return op

    def drop(self, *keys: str) -> None:
        """Leave operations out, with their edges."""
        for key in keys:
            self.ops.pop(key, None)
        self.edges = {pair: rule for pair, rule in self.edges.items() if not set(pair) & {*keys}}

    def before(self, first: str, then: str, rule: str) -> None:
        """`first` must be done before `then`; unknown keys are left out."""
        if first != then and first in self.ops and then in self.ops:
            self.edges.setdefault((first, then), rule)

    def verbs(self, *names: str) -> tuple[Op, ...]:
        """All operations of these verbs, in order of entry."""
        return tuple(op for op in self.ops.values() if op.verb in names)


def sequence(graph: Graph) -> tuple[Op, ...]:
    """A valid order: Kahn's sort, ties by rank, then mass (heavier first), then key.

    Raises `MakeError` JG502 naming the parts and rules of a circle.
    """
    waiting = dict.fromkeys(graph.ops, 0)
    after: dict[str, list[str]] = {key: [] for key in graph.ops}
    for first, then in graph.edges:
        waiting[then] += 1
        after[first].append(then)
    heap = [_priority(graph.ops[key]) for key, n in waiting.items() if n == 0]
    heapq.heapify(heap)
    done: list[Op] = []
    while heap:
        op = graph.ops[heapq.heappop(heap)[-1]]
        done.append(op)
        for key in after[op.key]:
            waiting[key] -= 1
            if waiting[key] == 0:
                heapq.heappush(heap, _priority(graph.ops[key]))
    if len(done) < len(graph.ops):
        raise MakeError(_circle(graph, waiting))
    return tuple(done)


def _priority(op: Op) -> tuple[int, float, str]:
    return (RANK[op.verb], -op.weight, op.key)


def _circle(graph: Graph, waiting: Mapping[str, int]) -> Finding:
    """Walk back over unfinished operations until one comes twice: that is a circle."""
    left = {key for key, n in waiting.items() if n}
    back = {then: first for first, then in sorted(graph.edges) if first in left and then in left}
    here = min(back)
    seen: list[str] = []
    while here not in seen:
        seen.append(here)
        here = back[here]
    ring = seen[seen.index(here) :][::-1]
    parts = sorted({part for key in ring for part in graph.ops[key].parts})
    rules = sorted(
        {
            graph.edges[pair]
            for pair in zip(ring, ring[1:] + ring[:1], strict=True)
            if pair in graph.edges
        }
    )
    ways = [FREES[rule] for rule in rules if rule in FREES] or [
        "make one of these joints cold (rivet, thread)"
    ]
    return Finding(
        "JG502",
        f"{', '.join(parts)}: cannot be made by hand as drawn: {' -> '.join([*ring, ring[0]])}",
        hint=f"rules {', '.join(rules)}; {'; or '.join(ways)}",
    )


def closure(graph: Graph, order: tuple[Op, ...]) -> bool:
    """Whether `order` holds every operation once and every edge runs forward."""
    place = {op.key: i for i, op in enumerate(order)}
    return len(place) == len(graph.ops) and all(place[a] < place[b] for a, b in graph.edges)
