"""A wire-wrapped cabochon: wires side by side round the girdle, bound together, the outer ones pulled over the stone.

Cold work: nothing is soldered. Claws and spirals are the frame's own wires; the bail is one wire with its core.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated

from jewelgen.catalog.stones import StoneSpec
from jewelgen.findings import Fix
from jewelgen.flat.outline import Box, perimeter, rounded
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.stone_field import DOMED, girdle_of
from jewelgen.kinds.wire_claws import bendable, led_over, refused
from jewelgen.kinds.wire_layout import (
    EASE,
    HAIR,
    Layout,
    bound_turn,
    eye,
    has_room,
    loop,
    plain,
    pulled,
)
from jewelgen.kinds.wire_path import place
from jewelgen.piece.array import ONE, Array, Listed
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import IDENTITY, Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Bez, Circ, Wound, length, straight
from jewelgen.piece.section import Sec, Section, Wire, area_and_centroid
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.piece.stone import Stone
from jewelgen.spec import Count, Mm, OneOf, Parsed

MOST_TURNS = 12
KEPT = 10.0  # mm of wire that must be left to hold
# Gauges by the stone (published wraps: 24 ga to 15 mm, 21 ga to 25 mm, 1.0 and 20 ga above).
WIRE = "0.51 if stone.length <= 16 else 0.72 if stone.length <= 30 else 0.81"
# Wires at the stone's edge and one before and one behind it (bench practice: edge over wire, and two).
WIRES = "max(3, min(9, ceil(0.3 * stone.depth / wire) + 2))"


def turns_of(value: object) -> tuple[int, ...]:
    """Turns of the bindings round the girdle; raises `ValueError` when it is no list of 1 to 5 of them."""
    if not isinstance(value, (list, tuple)) or not 1 <= len(value) <= 5:
        raise ValueError(f"{str(value)[:40]} is no list of 1 to 5 bindings")
    for turns in value:
        if isinstance(turns, bool) or not isinstance(turns, int) or not 1 <= turns <= MOST_TURNS:
            raise ValueError(f"{str(turns)[:20]} is not 1 .. {MOST_TURNS} turns")
    return tuple(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wires:
    """The wires that run round the stone."""

    wire: Annotated[float, Mm(0.4, 1.3, "thickness of a wire", formula=WIRE)] = 0.72
    wires: Annotated[int, Count(3, 9, "how many, front to back", formula=WIRES)] = 5
    shape: Annotated[str, OneOf(("square", "round"), "section of the wire")] = "square"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """The wire that binds them: half as thick as it is wide."""

    wire: Annotated[float, Mm(0.4, 0.82, "width of the wire", formula="min(0.72, frame.wire)")] = (
        0.72
    )
    shape: Annotated[str, OneOf(("half-round", "flat"), "section of the wire")] = "half-round"
    turns: Annotated[
        tuple[int, ...],
        Parsed(turns_of, "turns of each binding, clockwise from the bail", "[4, 7, 4]"),
    ] = (4, 7, 4)
    neck: Annotated[int, Count(2, 8, "turns round the neck, under the bail")] = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """The bail: ends of the middle wires bent over a rod."""

    id: Annotated[float, Mm(2.5, 12, "clear way for the chain")] = 5.0
    wires: Annotated[int, Count(2, 2, "ends of wire side by side")] = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Stone, wires, bindings, claws and bail."""

    stone: Annotated[StoneSpec, Parsed(DOMED.reader, DOMED.help, '"oval cab agate 25x18x6"')]
    girdle: Annotated[
        float, Mm(0, 6, "upright band of the stone: measure it", formula="stone.upright")
    ] = 1.2
    frame: Wires
    bind: Binding
    bail: Loop
    claws: Annotated[int, Count(2, 12, "corners of the outer wires pulled over the stone")] = 4
    grip: Annotated[
        float,
        Mm(0.4, 4, "how far a claw reaches in", formula="max(0.6, 0.075 * stone.width)"),
    ] = 1.35
    spare: Annotated[float, Mm(60, 400, "wire beyond the girdle, to hold and to shape")] = 120.0
    ends: Annotated[str, OneOf(("spirals", "trimmed"), "ends of the front wire")] = "spirals"


def make(params: Params, site: Site) -> Fragment:
    """Wires, bindings and stone; raises `DesignError` JG260 when they cannot be bent or held so."""
    layout = _layout(params)
    _check(params, layout, site)
    spec = params.stone
    gem = Stone(
        f"{site.name}.stone", spec.cut, spec.species, spec.length, spec.width, spec.depth, site.frame,
        grip="claws", held_by=(f"{site.name}.front", f"{site.name}.back"),
        girdle=min(params.girdle, 0.95 * spec.depth), crown=spec.depth - min(params.girdle, 0.95 * spec.depth),
    )  # fmt: skip
    wires = _wires(params, layout, site, gem)
    bound = _bindings(params, layout, site)
    core = f"{site.name}.core"
    frames = tuple(part.name for part in wires if part.role not in {"bail", "core wire"})
    joints = [
        Joint(core, part.name, "wrap", Fit("turns"), why=why)
        for part, why in zip(bound, _whys(layout), strict=True)
    ]
    joints += [
        Joint(name, bound[-1].name, "wrap", Fit("turns"), why="led through the neck")
        for name in frames
    ]
    joints += [_run_on(params, layout, site, part) for part in wires if part.role != "bail"]
    joints.append(
        Joint(core, f"{site.name}.bail", "one", Fit("run-on"), n=2, why="the bail is the core's own ends")
    )  # fmt: skip
    return Fragment((*wires, *bound), tuple(joints), (gem,), anchors=(_eye(params, layout, site),))


def _eye(params: Params, layout: Layout, site: Site) -> Anchor:
    """`hole`: the bail's way for a chain or a ring, which runs across the piece."""
    y, z = eye(layout, params.bail.id, layout.layer(layout.wires - 2), layout.layer(0))
    frame = site.frame.then(Frame((0.0, y, z), x=(0.0, 0.0, 1.0), z=(0.0, 1.0, 0.0)))
    part, inner, wide = f"{site.name}.bail", params.bail.id / 2, 2 * layout.side + layout.wire
    return Anchor("hole", "point", frame, part, inner, wide, layout.wire, hole=True)


def _layout(params: Params) -> Layout:
    thick = params.bind.wire / 2
    return Layout(
        girdle_of(params.stone), params.frame.wires, params.frame.wire, (params.bind.wire, thick),
        params.bind.turns, params.bind.neck, params.claws, params.grip,
    )  # fmt: skip


def _check(params: Params, layout: Layout, site: Site) -> None:
    """What can be seen before a wire is bent: room for neck, bindings and claws."""
    name, bays = site.name, len(params.bind.turns) + 1
    if layout.side + 2 * layout.wire > 0.33 * layout.girdle.w:
        message = f"wires of {layout.wire:.2f} are too thick to lead up from a stone {layout.girdle.w:g} wide"
        raise refused(message, f"{name}.frame.wire", "thinner wire, or a wider stone")
    if params.claws % bays:
        each = max(1, round(params.claws / bays)) * bays
        message = f"{params.claws} claws do not share {bays} bays between the bindings evenly"
        even = Fix(f"{name}.claws", f"{each}")
        raise refused(message, f"{name}.claws", f"{bays} or {2 * bays}", even)
    if not has_room(layout):
        message = f"bindings of {', '.join(map(str, layout.turns))} turns leave no room for {params.claws} claws"
        fewer = next(
            (turns for turns in _fewer(layout) if has_room(replace(layout, turns=turns))), None
        )
        fix = Fix(f"{name}.bind.turns", str(list(fewer))) if fewer else None
        raise refused(
            message, f"{name}.bind.turns", "fewer turns, fewer claws, or a larger stone", fix
        )
    if params.grip > 0.3 * layout.girdle.w:
        most = math.floor(3 * layout.girdle.w) / 10
        message = f"claws of {params.grip:g} reach too far over a stone {layout.girdle.w:g} wide"
        raise refused(
            message, f"{name}.grip", f"at most {most:g} mm", Fix(f"{name}.grip", f"{most:g}")
        )


def _fewer(layout: Layout) -> Iterator[tuple[int, ...]]:
    """The bindings with ever fewer turns, in the same measure."""
    for tenths in range(9, 1, -1):
        yield tuple(max(1, turns * tenths // 10) for turns in layout.turns)


def _wires(params: Params, layout: Layout, site: Site, gem: Stone) -> list[Part]:
    """The frame's wires, front to back in their array, the front and the back one, the core and its bail."""
    section = _section(params)
    last = layout.wires - 1
    rail = plain(layout, layout.layer(1))
    spirals = params.ends == "spirals"
    front = led_over(layout, gem, section, spirals)
    back = pulled(layout, layout.layer(0), lambda _: layout.layer(0))
    bend = loop(layout, params.bail.id, layout.layer(last - 1), layout.layer(0))
    up = layout.step * (last - 2)
    sides = Listed(tuple(Frame((x * layout.side, 0.0, 0.0)) for x in (1.0, -1.0)))
    rows: list[tuple[str, str, Bez, Frame, Array]] = [
        ("front", "front wire", front, IDENTITY, ONE),
        ("core", "core wire", rail, Frame((0.0, 0.0, up)), ONE),
        ("back", "back wire", back, IDENTITY, ONE),
        ("bail", "bail", bend, IDENTITY, sides),
    ]
    if last > 2:
        array = Listed(tuple(Frame((0.0, 0.0, k * layout.step)) for k in range(last - 2)))
        rows.insert(1, ("frame", "frame wire", rail, IDENTITY, array))
    for word, _, line, _, _ in rows:
        bendable(line, layout, f"{site.name}.{'bail.id' if word == 'bail' else 'grip'}")
    return [
        Part(
            f"{site.name}.{word}", Bar(line, ((0.0, section),)), site.frame.then(at), array,
            alloy=site.own_alloy, made=site.made, role=role, finished=False, temper=site.temper or "half-hard",
        )
        for word, role, line, at, array in rows
    ]  # fmt: skip


def _whys(layout: Layout) -> list[str]:
    """Where each binding lies, in words."""
    words = [
        f"{turns} turns at {at / 30:g} o'clock"
        if at % 30 == 0
        else f"{turns} turns at {at:.0f} degrees"
        for at, turns in zip(layout.bound_at(), layout.turns, strict=True)
    ]
    return [*words, f"{layout.neck} turns round the neck"]


def _section(params: Params) -> Section:
    wire = params.frame.wire
    return Sec(wire, wire) if params.frame.shape == "square" else Wire(wire)


def _bindings(params: Params, layout: Layout, site: Site) -> list[Part]:
    """The windings round the girdle and the one round the neck."""
    w, h = layout.bind
    section = Sec(w, h, h if params.bind.shape == "half-round" else 0.0)
    tall = layout.layer(layout.wires - 1) - layout.layer(0) + layout.wire
    off = EASE + area_and_centroid(section)[1]
    rows: list[tuple[str, Wound, Frame]] = []
    for i, (at, turns) in enumerate(zip(layout.bound_at(), layout.turns, strict=True), 1):
        r, sweep = bound_turn(layout, at, turns)
        (x, y, _), along = place(layout.girdle, at, layout.out, 0.0)
        n = (-along[1], along[0])
        frame = Frame((x - r * n[0], y - r * n[1], layout.middle), x=(n[0], n[1], 0.0))
        hold = rounded(Box(tall, layout.wire), off)
        rows.append((f"bind{i}", Wound(Circ(r, -sweep / 2, sweep / 2), hold, turns), frame))
    low = layout.neck_foot + w / 2
    line = straight(
        (0.0, low, layout.middle),
        (0.0, low + layout.neck * layout.pitch, layout.middle),
        (0.0, 0.0, 1.0),
    )
    hold = rounded(Box(tall, 2 * layout.wire + HAIR), off)
    rows.append(("neck", Wound(line, hold, layout.neck), IDENTITY))
    return [
        Part(
            f"{site.name}.{word}", Bar(rail, ((0.0, section),)), site.frame.then(at),
            alloy=site.own_alloy, made=site.made, role="binding", finished=False, temper="soft",
        )
        for word, rail, at in rows
    ]  # fmt: skip


def _run_on(params: Params, layout: Layout, site: Site, part: Part) -> Joint:
    """How much longer than drawn a frame wire is cut: all are cut alike, to the girdle and the spare."""
    whole = perimeter(layout.girdle) + params.spare
    drawn = length(part.form.rail) if isinstance(part.form, Bar) else 0.0
    if part.role == "core wire":
        up = layout.layer(layout.wires - 2)
        drawn += 2 * length(loop(layout, params.bail.id, up, layout.layer(0)))
    if whole - drawn < KEPT:
        least = math.ceil(drawn + KEPT - perimeter(layout.girdle))
        message = f"{params.spare:g} mm of spare leave nothing to hold the {part.role} by"
        key = f"{site.name}.spare"
        raise refused(message, key, f"{least} mm or more", Fix(key, f"{least}"))
    return Joint(
        part.name, part.name, "one", Fit("run-on", whole - drawn), why="held, then cut off"
    )


KIND = Kind(
    "body",
    "wire-wrap",
    Params,
    make,
    "a cabochon bound in wire, its claws the wires themselves",
    anchors=("hole",),
)
