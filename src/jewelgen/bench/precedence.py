"""The rules that build the graph of work from a piece (see `order`).

In: a `Piece` and part weights in g.  Out: `Graph`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jewelgen.bench.finish_order import finish, stones_last
from jewelgen.bench.hidden import add_hidden
from jewelgen.bench.order import Graph, Op
from jewelgen.bench.raising import add_letters
from jewelgen.bench.slits import add_slits
from jewelgen.bench.stamping import stamped, stamped_flat
from jewelgen.bench.wraps import weave, wraps_of
from jewelgen.findings import Finding, MakeError
from jewelgen.piece.form import Hoop, Plate, Wall
from jewelgen.piece.joint import Joint
from jewelgen.piece.piece import Piece

COLD = frozenset({"hinge", "rivet", "thread"})
FINDINGS = frozenset({"bail", "loop", "catch", "knuckle", "jump ring"})  # roles of small parts


def joint_key(index: int) -> str:
    """The key of a joint's operation: its place in the piece."""
    return f"joint:{index}"


def build(
    piece: Piece, grams: Mapping[str, float], castings: Sequence[tuple[str, ...]] = ()
) -> Graph:
    """The whole graph: preparation, joints, heat fence, cold work, stones, finish; `castings` come ready made."""
    graph = Graph()
    graph.add(Op("measure", "measure", tuple(p.name for p in piece.parts)))
    _prepare(graph, piece, grams)
    _joints(graph, piece, grams)
    _seams_first(graph, piece)
    _fits(graph, piece)
    _groups_first(graph, piece)
    add_letters(graph, piece)
    add_slits(graph, piece)
    _fence(graph, piece)
    _links(graph, piece)
    stones_last(graph, piece)
    weave(graph, piece)
    _receive(graph, castings)
    finish(graph, piece)
    add_hidden(graph, piece)
    return graph


def _prepare(graph: Graph, piece: Piece, grams: Mapping[str, float]) -> None:
    """R1: cut, stamp flat, form, a plate sawn before it is stamped; wires that are bound are formed together later (R11)."""
    woven = {name for wrap in wraps_of(piece) for name in (*wrap.wires, *wrap.bindings)}
    for part in piece.parts:
        if part.name not in grams:
            continue
        bound = part.name in woven
        weight = grams[part.name]
        cut = graph.add(Op(f"cut:{part.name}", "cut", (part.name,), weight=weight))
        graph.before("measure", cut.key, "R1")
        if bound:
            continue
        form = graph.add(Op(f"form:{part.name}", "form", (part.name,), weight=weight))
        graph.before(cut.key, form.key, "R1")
        for mark in piece.marks:
            if mark.on == part.name and stamped_flat(mark):
                stamp = graph.add(Op(f"stamp:{mark.name}", "stamp", (part.name,), mark.name))
                first, then = (form, stamp) if isinstance(part.form, Plate) else (stamp, form)
                graph.before(cut.key, first.key, "R1")
                graph.before(first.key, then.key, "R1")


def _receive(graph: Graph, castings: Sequence[tuple[str, ...]]) -> None:
    """R1: castings are checked and cleaned before anything is done to them."""
    for unit in castings:
        op = graph.add(Op(f"receive:{unit[0]}", "receive", unit, unit[0]))
        graph.before("measure", op.key, "R1")
        for other in tuple(graph.ops.values()):
            if other.verb not in {"measure", "receive"} and set(other.parts) & set(unit):
                graph.before(op.key, other.key, "R1")


def verb_of(joint: Joint) -> str:
    """The verb of a joint's operation; empty for metal that is one from the start."""
    if joint.method == "one":
        return ""
    if joint.method == "weld":
        return "weld"
    if joint.method == "wrap":
        return "wrap"
    if joint.method in COLD:
        return "cold"
    if joint.method == "link":
        return "link"
    return "seam" if joint.a == joint.b else "join"


def _joints(graph: Graph, piece: Piece, grams: Mapping[str, float]) -> None:
    for index, joint in enumerate(piece.joints):
        verb = verb_of(joint)
        if not verb:
            continue
        if verb == "wrap" and any(
            j.method == "wrap" and j.b == joint.b for j in piece.joints[:index]
        ):
            continue
        names = (joint.a,) if joint.a == joint.b else (joint.a, joint.b)
        weight = sum(grams.get(name, 0.0) for name in names)
        op = graph.add(Op(joint_key(index), verb, names, str(index), weight))
        for name in names:
            graph.before(f"form:{name}", op.key, "R1")
            for mark in stamped(piece, name):
                graph.before(f"stamp:{mark}", op.key, "R1")


def _seams(piece: Piece) -> dict[str, int]:
    return {j.a: i for i, j in enumerate(piece.joints) if j.a == j.b and verb_of(j) == "seam"}


def _seams_first(graph: Graph, piece: Piece) -> None:
    """R2 and R3: the closing joint, then the fit, before any other joint of that part."""
    for name, index in _seams(piece).items():
        fit = graph.add(Op(f"fit:{name}", "fit", (name,)))
        graph.before(joint_key(index), fit.key, "R3")
        for other, joint in enumerate(piece.joints):
            if name in (joint.a, joint.b) and other != index and joint.method != "link":
                graph.before(fit.key, joint_key(other), "R2")


def _groups_first(graph: Graph, piece: Piece) -> None:
    """R5: a head is put together, and its foot filed after that, before it meets the shank; findings come last."""
    block = {part.name: part.name.partition(".")[0] for part in piece.parts}
    small = {part.name for part in piece.parts if part.role in FINDINGS}
    for inner, first in enumerate(piece.joints):
        if first.a == first.b or verb_of(first) in {"cold", "link"}:
            continue
        for outer, then in enumerate(piece.joints):
            across = block[then.a] != block[then.b]
            if across and block[first.a] == block[first.b] in (block[then.a], block[then.b]):
                graph.before(joint_key(inner), f"file:{outer}", "R5")
                graph.before(joint_key(inner), joint_key(outer), "R5")
            hung = {then.a, then.b} & small and not {first.a, first.b} & small
            if hung and {then.a, then.b} & {first.a, first.b} and verb_of(then) == "join":
                graph.before(joint_key(inner), joint_key(outer), "R5")


def _fits(graph: Graph, piece: Piece) -> None:
    """R3: file flats and notches before their joint; saw plates flush after theirs."""
    for index, joint in enumerate(piece.joints):
        key = joint_key(index)
        if (
            key in graph.ops
            and joint.fit.word in {"flat", "let-in", "cope", "touch"}
            and joint.a != joint.b
        ):
            filed = _filed(joint)
            file = _with_its_head(graph, piece, index) or graph.add(
                Op(f"file:{index}", "file", filed, str(index))
            )
            graph.before(file.key, key, "R3")
            for name in filed:
                graph.before(f"form:{name}", file.key, "R1")
                graph.before(f"fit:{name}", file.key, "R3")
    for part in piece.parts:
        if isinstance(part.form, Plate):
            _flush(graph, piece, part.name)


def _with_its_head(graph: Graph, piece: Piece, index: int) -> Op | None:
    """The filing of an earlier part of the same head for the same host: its feet are filed together."""
    joint = piece.joints[index]
    block = joint.a.partition(".")[0]
    for mate in range(index):
        other, op = piece.joints[mate], graph.ops.get(f"file:{mate}")
        same = (other.fit.word, other.b, other.a.partition(".")[0]) == ("cope", joint.b, block)
        if op and same and joint.fit.word == "cope" and joint.b.partition(".")[0] != block:
            return graph.add(replace(op, parts=(*op.parts, joint.a)))
    return None


def _filed(joint: Joint) -> tuple[str, ...]:
    """The parts that are filed for a joint: b takes flats and notches, a is coped, both get facets."""
    return {"cope": (joint.a,), "touch": (joint.a, joint.b)}.get(joint.fit.word, (joint.b,))


def _flush(graph: Graph, piece: Piece, plate: str) -> None:
    mine = [i for i, j in enumerate(piece.joints) if plate in (j.a, j.b) and j.a != j.b]
    carried = [i for i in mine if _stands_on(piece, piece.joints[i], plate)]
    if not carried:
        return
    flush = graph.add(Op(f"flush:{plate}", "flush", (plate,)))
    for i in carried:
        graph.before(joint_key(i), flush.key, "R3")
    walls = {name for i in carried for name in (piece.joints[i].a, piece.joints[i].b)} - {plate}
    for i, joint in enumerate(piece.joints):
        others = {joint.a, joint.b} - walls
        # what goes round the wall (a halo's dish) would be in the saw's way
        round_it = len(others) == 1 and isinstance(piece.part(*others).form, Plate)
        if i not in carried and (i in mine or round_it):
            graph.before(flush.key, joint_key(i), "R3")


def _stands_on(piece: Piece, joint: Joint, plate: str) -> bool:
    """Whether a wall stands by its edge on this plate."""
    other = joint.b if joint.a == plate else joint.a
    return joint.fit.word == "tee" and isinstance(piece.part(other).form, Wall)


def _links(graph: Graph, piece: Piece) -> None:
    """A soldered ring is linked before its seam closes; an open one is linked cold, after the finish (R7)."""
    seams = _seams(piece)
    for index, joint in enumerate(piece.joints):
        if joint.method != "link" or joint_key(index) not in graph.ops:
            continue
        names = sorted({joint.a, joint.b}, key=lambda name: _closing_rank(piece, name, seams))
        ring = names[0]
        if ring in seams:
            graph.before(joint_key(index), joint_key(seams[ring]), "R2")
            for other in names[1:]:
                _ready(graph, piece, other, joint_key(index), (index, seams[ring]))
        elif isinstance(piece.part(ring).form, Hoop):
            graph.before("tumble", joint_key(index), "R7")
        else:
            raise MakeError(_cannot_open(names))


def _closing_rank(piece: Piece, name: str, seams: Mapping[str, int]) -> tuple[bool, int, str]:
    """A ring that can be left open, with the fewest joints, is the one that closes last."""
    joints = sum(1 for j in piece.joints if name in (j.a, j.b))
    opens = name in seams or isinstance(piece.part(name).form, Hoop)
    return (not opens, joints, name)


def _cannot_open(names: list[str]) -> Finding:
    return Finding(
        "JG502",
        f"{', '.join(names)}: cannot be made by hand as drawn: linked, and neither part opens",
        hint="give one of them a seam, or let a jump ring join them",
    )


def _ready(graph: Graph, piece: Piece, name: str, key: str, but: tuple[int, ...]) -> None:
    """All other hot joints of `name` come before the ring is hung on it: findings last (R5)."""
    for index, joint in enumerate(piece.joints):
        if index not in but and name in (joint.a, joint.b) and verb_of(joint) in {"seam", "join"}:
            graph.before(joint_key(index), key, "R5")
    graph.before(f"form:{name}", key, "R1")


def _harden(graph: Graph, piece: Piece) -> None:
    """R7: a spring that had to be soldered is hardened again, before it is finished."""
    heated = {name for op in graph.verbs("seam", "join") for name in op.parts}
    for part in piece.parts:
        if part.temper not in {"", "soft"} and part.name in heated:
            op = graph.add(Op(f"harden:{part.name}", "harden", (part.name,), part.name))
            graph.before("last_heat", op.key, "R7")
            graph.before(op.key, "finish", "R7")


def _fence(graph: Graph, piece: Piece) -> None:
    """R6 and R7: every heat, then the last heat, finish, tumble; cold joints and welds after that."""
    heat = (
        graph.add(Op("last_heat", "last_heat")) if graph.verbs("seam", "join", "overlay") else None
    )
    if heat or not wraps_of(piece):
        graph.add(Op("finish", "finish"))
        graph.add(Op("tumble", "tumble"))
    for op in graph.verbs("seam", "join", "overlay", "fit", "flush", "form", "file"):
        graph.before(op.key, heat.key if heat else "finish", "R6")
    graph.before("last_heat", "finish", "R6")
    graph.before("finish", "tumble", "R6")
    _harden(graph, piece)
    for op in graph.verbs("cold", "weld"):
        graph.before("tumble", op.key, "R7")
    graph.ops.setdefault("polish", Op("polish", "polish"))
    for op in graph.verbs("cold", "weld", "link", "tumble"):
        graph.before(op.key, "polish", "R9")
