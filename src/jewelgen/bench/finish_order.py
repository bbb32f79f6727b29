"""R8 and R9 of the order of work: stones after all heat, hammer blows before them, polish, engraving, weighing.

In: the `Graph` so far and the piece.  Out: operations and edges.
"""

from __future__ import annotations

from jewelgen.bench.order import Graph, Op
from jewelgen.catalog.gems import species
from jewelgen.piece.mark import Beads, Glyphs, Mark
from jewelgen.piece.piece import Piece


def stones_last(graph: Graph, piece: Piece) -> None:
    """R8: stones after all heat and cold joints, the softest last."""
    rows = sorted(piece.stones, key=lambda s: (-species(s.species).mohs[0], s.name))
    last = ""
    for stone in rows:
        op = graph.add(Op(f"set:{stone.name}", "set", stone.held_by, stone.name))
        graph.before("tumble", op.key, "R8")
        for cold in graph.verbs("cold", "weld", "link"):
            graph.before(cold.key, op.key, "R8")
        graph.before(last, op.key, "R8")
        graph.before(op.key, "polish", "R9")
        last = op.key


LATE = frozenset({"engrave", "milgrain", "texture"})  # verbs that come after the polish


def _late(piece: Piece, mark: Mark) -> str:
    """What the bench does to a mark at the end; empty when it is cast, or done before.

    Polishing would wear all but hammer blows, and those would shake stones loose: they come before both.
    """
    form = mark.form
    if isinstance(form, Glyphs):
        return "engrave" if form.how == "engrave" else ""
    if mark.when == "cast" and piece.part(mark.on).made == "cast":
        return ""
    if isinstance(form, Beads):
        return "milgrain" if form.word == "milgrain" else ""
    return "hammer" if form.word == "hammer" else "texture"


def _hammered(graph: Graph, op: Op) -> None:
    """R8: after every heat and the filing, before tumbling, cold joints and stones."""
    graph.before("finish", op.key, "R8")
    for other in graph.verbs("tumble", "cold", "weld", "link", "set"):
        graph.before(op.key, other.key, "R8")


def finish(graph: Graph, piece: Piece) -> None:
    """R9: polish, engraving, weighing, packing."""
    graph.add(Op("weigh", "weigh"))
    graph.add(Op("pack", "pack"))
    for mark in piece.marks:
        verb = _late(piece, mark)
        if verb:
            op = graph.add(Op(f"{verb}:{mark.name}", verb, (mark.on,), mark.name))
            _hammered(graph, op) if verb == "hammer" else graph.before("polish", op.key, "R9")
            graph.before(op.key, "weigh", "R9")
    graph.before("polish", "weigh", "R9")
    graph.before("weigh", "pack", "R9")
    for op in tuple(graph.ops.values()):
        if op.key not in {"weigh", "pack", "polish"} and op.verb not in LATE:
            graph.before(op.key, "polish", "R9")
