"""A `Brief` to a `Piece`: footprints are taken upwards, parts are made downwards, hosts first. No kernel.

Findings: JG160 no such anchor, JG161 things standing on each other in a circle, JG162 two things of one name.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from jewelgen.design.anchors import Host, choose, host_of, order_of, turned
from jewelgen.design.brief import Block, Brief
from jewelgen.design.document import refuse
from jewelgen.findings import DesignError, Finding, JewelgenError, Where
from jewelgen.piece.frame import on_ring
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.mark import Glyphs, Mark
from jewelgen.piece.piece import Piece
from jewelgen.piece.site import Anchor, Footprint, Fragment, Load, Site
from jewelgen.piece.when import When


@dataclass(slots=True)
class _Work:
    """What has been made so far."""

    brief: Brief
    footprints: dict[str, Footprint]
    hosts: dict[str, Host]
    anchors: dict[str, tuple[Anchor, ...]]
    fragments: list[Fragment]


def compose(brief: Brief) -> Piece:
    """The finished object a brief describes; raises `DesignError`."""
    hosts = {block.name: host_of(block, brief) for block in brief.blocks}
    footprints = {
        block.name: block.kind.take(block.params) for block in brief.blocks if block.kind.take
    }
    work = _Work(brief, footprints, hosts, {}, [])
    for block in order_of(brief, hosts):
        _make(block, work)
    return _piece(brief, work.fragments)


def _make(block: Block, work: _Work) -> None:
    host = work.hosts[block.name]
    anchor = choose(block, host, work.anchors) if host.block else None
    if block.beside and anchor is not None:
        _make_pair(block, anchor, work)
        return
    if anchor is not None:
        anchor = turned(anchor, _degrees(block, anchor), work.brief.sort)
    _add(block, block.name, anchor, work)


def _degrees(block: Block, anchor: Anchor) -> float:
    """How far a block is turned round the ring: as written, else as its kind is inside a band."""
    if block.at is not None:
        return block.at
    return block.kind.inside_at if anchor.inner else 0.0


def _make_pair(block: Block, anchor: Anchor, work: _Work) -> None:
    """Two mirrored instances right and left of a neighbour, their edges `gap` mm apart."""
    own, other = work.footprints.get(block.name), work.footprints.get(block.beside)
    if own is None or other is None:
        refuse(
            "JG123", f"'{block.beside}' and '{block.name}' cannot stand side by side", block.where
        )
    angle = _angle_beside(own, other, anchor.radius, block.gap)
    left = turned(anchor, -angle, work.brief.sort)
    mirrored = replace(left, frame=left.frame.turned(180.0).mirrored())
    _add(block, f"{block.name}.right", turned(anchor, angle, work.brief.sort), work)
    _add(block, f"{block.name}.left", mirrored, work)
    for word in _meeting(own, other, anchor.radius, angle):
        for side in ("right", "left"):
            ends = (f"{block.name}.{side}.{word[0]}", f"{block.beside}.{word[1]}")
            work.fragments.append(Fragment(joints=(Joint(*ends, "join", Fit("cope")),)))


def _angle_beside(own: Footprint, other: Footprint, radius: float, gap: float) -> float:
    """The angle in degrees between two things on a circle whose edges clear each other by `gap` mm.

    An edge of half width a at height z lies hypot(a, r + z) from the axis, atan(a / (r + z)) from its own
    middle. Two points at different distances, turned so far apart that the chord at the nearer one is
    the gap, are at least the gap apart.
    """
    edges = [item.edge if item.edge[0] > 0 else (item.rx, item.height) for item in (own, other)]
    turn = sum(math.atan2(a, radius + z) for a, z in edges)
    least = min(math.hypot(a, radius + z) for a, z in edges)
    return math.degrees(turn + 2 * math.asin(min(1.0, gap / (2 * least))))


def _meeting(
    own: Footprint, other: Footprint, radius: float, degrees: float
) -> list[tuple[str, str]]:
    """The parts of two things on a circle, turned so far apart, whose sides meet: their metal reaches each other."""
    sides = [
        next((g for g in item.grips if g.name == "side" and g.frame.z[0] * way > 0), None)
        for item, way in ((own, -1.0), (other, 1.0))
    ]
    ours, theirs = sides
    if ours is None or theirs is None:
        return []
    here = on_ring(radius, degrees).point(ours.frame.origin)
    there = on_ring(radius).point(theirs.frame.origin)
    return [(ours.part, theirs.part)] if math.dist(here, there) < ours.half + theirs.half else []


def _add(block: Block, name: str, anchor: Anchor | None, work: _Work) -> None:
    brief = work.brief
    loads = tuple(
        Load(other, host.anchor, work.footprints[other])
        for other, host in work.hosts.items()
        if host.block == block.name and other in work.footprints
    )
    site = Site(
        name=name,
        bore=brief.bore,
        made=block.made or brief.made,
        alloy=brief.alloy,
        own_alloy=block.alloy or brief.alloy,
        anchor=anchor,
        loads=loads,
        temper=brief.temper,
    )
    try:
        made = block.kind.make(block.params, site)
    except JewelgenError as error:
        raise DesignError(
            item if item.where.line else replace(item, where=_where(block, item))
            for item in error.findings
        ) from error
    work.fragments.append(_left_to_the_hand(made, block, work))
    work.anchors[block.name] = work.anchors.get(block.name, ()) + made.anchors


def _where(block: Block, item: Finding) -> Where:
    place = block.where
    return replace(place, key=item.where.key or place.key)


def _left_to_the_hand(made: Fragment, block: Block, work: _Work) -> Fragment:
    """Marks and seats of a block as it says, else as the whole design chose; punches strike castings, not masters."""
    parts = (part for fragment in (*work.fragments, made) for part in fragment.parts)
    cast = {part.name for part in parts if part.made == "cast"}
    marks = (replace(m, when=_when(m, block, work.brief, m.on in cast)) for m in made.marks)
    made = replace(made, marks=tuple(marks))
    if (block.seats or work.brief.choices.seats) != "open":
        return made
    cuts = (replace(cut, when="after casting") if cut.stone else cut for cut in made.cuts)
    return replace(made, cuts=tuple(cuts))


def _when(mark: Mark, block: Block, brief: Brief, cast: bool) -> When:
    """When a mark is made, on a part that is `cast` or not."""
    if block.when:
        return "after casting" if block.when == "after casting" else "cast"
    how = mark.form.how if isinstance(mark.form, Glyphs) else ""
    late = brief.choices.engraving == "after casting"
    struck = how == "stamp" and cast
    return "after casting" if struck or (how == "engrave" and late) else mark.when


def _piece(brief: Brief, made: list[Fragment]) -> Piece:
    piece = Piece(
        name=brief.name,
        sort=brief.sort,
        made=brief.made,
        alloy=brief.alloy,
        parts=tuple(item for fragment in made for item in fragment.parts),
        joints=tuple(item for fragment in made for item in fragment.joints),
        stones=tuple(item for fragment in made for item in fragment.stones),
        cuts=tuple(item for fragment in made for item in fragment.cuts),
        marks=tuple(item for fragment in made for item in fragment.marks),
        items=tuple(item for fragment in made for item in fragment.items),
        bore=brief.bore,
        size=brief.size,
        finish=brief.finish,
        plating=brief.plating,
        hallmark_to=brief.hallmark_to,
    )
    _check_names(piece, Where(brief.file))
    return piece


def _check_names(piece: Piece, where: Where) -> None:
    """Names are what joints, cuts and files go by: each once, and each one that is used must exist."""
    parts = [part.name for part in piece.parts]
    stones = [stone.name for stone in piece.stones]
    for names in (parts, stones):
        doubles = sorted({name for name in names if names.count(name) > 1})
        if doubles:
            refuse("JG162", f"two things are called '{doubles[0]}'", where)
    used = {end for joint in piece.joints for end in (joint.a, joint.b)}
    used |= {mark.on for mark in piece.marks} | {name for cut in piece.cuts for name in cut.on}
    lost = sorted(used - set(parts)) + sorted(
        {cut.stone for cut in piece.cuts if cut.stone} - set(stones)
    )
    if lost:
        refuse("JG162", f"'{lost[0]}' is joined, cut, marked or seated but nobody made it", where)
