"""The layout of a wire wrap: where the wires of the frame lie, where they are bound, pulled over and led up.

Sizes in mm, places on the girdle in degrees from 12 o'clock (see `wire_path`); the stone's flat back is z = 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from jewelgen.flat.outline import Oval
from jewelgen.kinds.wire_path import (
    Knot,
    chain,
    curvature_radius,
    mirrored,
    on_girdle,
    place,
    run,
    stepped,
)
from jewelgen.piece.rail import Bez

HAIR = 0.02  # between wires that only touch
EASE = 0.03  # between a binding and what it binds
BEND = 2.1  # wires: how far from the neck the frame leaves the stone, and about the radius it turns with
ABOVE = 2.4  # wires: the neck goes on above its binding
LEAVES = 0.2  # wires: above it the front wires turn aside
CLAW = 6.0  # wires: half the length of a claw along the girdle, where there is room
LEAST_CLAW = 2.5
SHARP, SOFT = 0.27, 0.5  # handles of a claw at its tip and at its roots, in chords
EVEN = 30.0  # degrees between knots of a wire that lies along the stone
SPIRAL = 1.25  # turns of the spirals that end the front wires
INNER = 0.9  # wires: the least radius of a spiral
LIFT = 1.25  # radii of the bail's loop: how high its middle stands over the neck
COIL = 1.22  # wires: between turns of a spiral


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes of one wrap: the stone's girdle, `wires` of thickness `wire`, the binding's width and thickness,
    its turns from 12 o'clock clockwise and at the neck, how many claws and how far they reach in.
    """

    girdle: Oval
    wires: int
    wire: float
    bind: tuple[float, float]
    turns: tuple[int, ...]
    neck: int
    claws: int
    grip: float

    @property
    def gap(self) -> float:
        """From the stone to the frame: the binding passes between."""
        return self.bind[1] + 2 * EASE

    @property
    def out(self) -> float:
        """From the girdle to the middle of the frame's wires."""
        return self.gap + self.wire / 2

    @property
    def step(self) -> float:
        """From wire to wire, front to back."""
        return self.wire + HAIR

    @property
    def side(self) -> float:
        """From the middle plane to the wires of the neck."""
        return self.step / 2

    @property
    def middle(self) -> float:
        """The height of the middle of all wires."""
        return (self.layer(0) + self.layer(self.wires - 1)) / 2

    def layer(self, k: int) -> float:
        """The height of wire `k` over the back of the stone; 0 lies behind it."""
        return self.wire / 2 + (k - 1) * self.step - (HAIR if k == 0 else 0.0)

    @property
    def start(self) -> float:
        """Where the frame leaves the neck's bend, degrees."""
        x = (self.side + BEND * self.wire) / (self.girdle.w / 2 + self.out)
        return math.degrees(math.asin(min(x, 0.9)))

    @property
    def neck_foot(self) -> float:
        """The height y at which the neck begins."""
        return place(self.girdle, self.start, self.out, 0.0)[0][1] + BEND * self.wire

    @property
    def pitch(self) -> float:
        """From turn to turn of a binding."""
        return self.bind[0] + HAIR

    @property
    def bound_top(self) -> float:
        """The height y at which the neck's binding ends."""
        return self.neck_foot + self.bind[0] + self.neck * self.pitch

    @property
    def neck_top(self) -> float:
        """The height y at which the wires of the neck end."""
        return self.bound_top + ABOVE * self.wire

    def bound_at(self) -> tuple[float, ...]:
        """The middles of the bindings round the girdle."""
        bays = len(self.turns) + 1
        return tuple(360.0 * (i + 1) / bays for i in range(len(self.turns)))


def bound_turn(layout: Layout, at: float, turns: int) -> tuple[float, float]:
    """Radius in mm of the bound wires' middle line at a place, and how many degrees of it the turns take.

    Turns lie side by side where they are nearest, between wires and stone, and fan out from there.
    """
    r = curvature_radius(layout.girdle, at, layout.out)
    near = r - layout.wire / 2 - EASE - layout.bind[1]
    return r, math.degrees(turns * layout.pitch / near)


def bays(layout: Layout) -> list[tuple[float, float]]:
    """Where the frame is free of bindings, first from the neck, then clockwise."""
    ends = [layout.start]
    for at, turns in zip(layout.bound_at(), layout.turns, strict=True):
        r, turned = bound_turn(layout, at, turns)
        half = math.radians(turned) * r / 2 + layout.bind[0] / 2
        ends += [stepped(layout.girdle, at, side * half, layout.out) for side in (-1, 1)]
    ends.append(360.0 - layout.start)
    return list(zip(ends[::2], ends[1::2], strict=True))


def claw_places(layout: Layout) -> list[tuple[float, float, float]]:
    """Root, tip and root of every claw in degrees, clockwise; roots are nearer where there is no room."""
    each = layout.claws // len(bays(layout))
    found = []
    for low, high in bays(layout):
        room = run(layout.girdle, low, high, layout.out) / each
        half = min(CLAW * layout.wire, 0.46 * room)
        for i in range(each):
            tip = stepped(layout.girdle, low, (i + 0.5) * room, layout.out)
            roots = [stepped(layout.girdle, tip, side * half, layout.out) for side in (-1, 1)]
            found.append((roots[0], tip, roots[1]))
    return found


def has_room(layout: Layout) -> bool:
    """Whether there is wire enough between the bindings to pull every claw from."""
    if min(high - low for low, high in bays(layout)) <= 0:
        return False
    least = min(run(layout.girdle, low, tip, layout.out) for low, tip, _ in claw_places(layout))
    return least >= LEAST_CLAW * layout.wire


def plain(layout: Layout, z: float) -> Bez:
    """A wire round the stone at height `z`, both ends up the neck."""
    n = math.ceil((180.0 - layout.start) / EVEN)
    places = [layout.start + (180.0 - layout.start) * i / n for i in range(n + 1)]
    return _both(
        _neck(layout, z, layout.neck_top)
        + [on_girdle(layout.girdle, a, layout.out, z) for a in places]
    )


def pulled(layout: Layout, z: float, tip: Callable[[float], float], spirals: bool = False) -> Bez:
    """As `plain`, but pulled in over the stone at the claws; `tip` gives their height by their place."""
    inside = layout.wire / 2 - layout.grip
    found: list[tuple[float, Knot]] = [
        (layout.start, on_girdle(layout.girdle, layout.start, layout.out, z))
    ]
    for low, at, high in claw_places(layout):
        if low <= 180.0 + 1e-6:
            found += _lying(layout, z, found[-1][0], low)
            root = place(layout.girdle, low, layout.out, z)
            found.append((low, Knot(*root, 0.0, SOFT)))
            over = place(layout.girdle, at, inside, tip(at))
            found.append((at, Knot(*over, SHARP, SHARP)))
            root = place(layout.girdle, high, layout.out, z)
            found.append((high, Knot(*root, SOFT, 0.0)))
    half = [knot for angle, knot in found if angle <= 180.0 + 1e-6]
    if found[-1][0] < 180.0 - 1e-6:
        half += [knot for _, knot in _lying(layout, z, found[-1][0], 180.0)]
        half.append(on_girdle(layout.girdle, 180.0, layout.out, z))
    head = _spiral(layout, z) if spirals else []
    top = layout.bound_top + LEAVES * layout.wire if spirals else layout.neck_top
    return _both(head + _neck(layout, z, top) + half)


def _lying(layout: Layout, z: float, low: float, high: float) -> list[tuple[float, Knot]]:
    """Knots between two places where a wire lies along the stone: no more than `EVEN` apart, under bindings too."""
    n = math.ceil((high - low) / EVEN - 1e-9)
    places = [low + (high - low) * i / n for i in range(1, n)]
    return [(at, on_girdle(layout.girdle, at, layout.out, z)) for at in places]


def _both(half: list[Knot]) -> Bez:
    """The right half of a path and its mirror image; the half ends at 6 o'clock."""
    return chain([*half, *mirrored(half)[1:]])


def _neck(layout: Layout, z: float, top: float) -> list[Knot]:
    """Down the neck on the right side."""
    down = (0.0, -1.0, 0.0)
    return [Knot((layout.side, y, z), down) for y in (top, layout.neck_foot)]


def _spiral(layout: Layout, z: float) -> list[Knot]:
    """From the middle of the right spiral out, as far as its upper left."""
    w, eighths = layout.wire, round(8 * SPIRAL)
    inner = INNER * w
    outer = inner + SPIRAL * COIL * w
    centre = (layout.side + outer + 0.6 * w, layout.bound_top + 0.6 * w)
    slope = (outer - inner) / (SPIRAL * 2 * math.pi)
    knots = []
    for k in range(eighths, 0, -1):
        a = math.pi - math.pi / 4 * k
        r = outer - (outer - inner) * k / eighths
        at = (centre[0] + r * math.cos(a), centre[1] + r * math.sin(a), z)
        # Outward and counter-clockwise: the radius grows by `slope` a radian.
        x = slope * math.cos(a) - r * math.sin(a)
        y = slope * math.sin(a) + r * math.cos(a)
        size = math.hypot(x, y)
        knots.append(Knot(at, (x / size, y / size, 0.0)))
    return knots


def eye(layout: Layout, opens: float, front: float, back: float) -> tuple[float, float]:
    """The middle (y, z) of the bail's loop."""
    return layout.neck_top + LIFT * (opens + layout.wire) / 2, (front + back) / 2


def loop(layout: Layout, opens: float, front: float, back: float) -> Bez:
    """One bail wire in the plane x = 0: up from the height `front` of the neck, over, its end laid behind at `back`.

    y and z as in the piece; `opens` is the clear way for the chain.
    """
    r, foot = (opens + layout.wire) / 2, layout.neck_top
    y, z = eye(layout, opens, front, back)
    down = (0.0, -1.0, 0.0)
    ends = (0.0, foot, front), (0.0, foot + HAIR, back)
    knots = [
        Knot(ends[0], (0.0, 1.0, 0.0)),
        Knot((0.0, y, z + r), (0.0, 1.0, 0.0)),
        Knot((0.0, y + r, z), (0.0, 0.0, -1.0)),
        Knot((0.0, y, z - r), down),
        Knot(ends[1], down),
    ]
    return chain(knots, up=(1.0, 0.0, 0.0))
