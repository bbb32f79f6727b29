"""Drains: holes through which resin and investment leave a closed hollow of a casting, plugged once it is cast.

In: a finished `Piece`, the diameter chosen.  Out: `Cut`s for its master, JG431 for a hollow that keeps none. mm.
A drain is bored along the axis of the hollow where it is least seen: behind a pendant, on a ring towards the finger.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.cast.afterwards import Task, spot
from jewelgen.catalog.facts import fact
from jewelgen.findings import Finding, Where
from jewelgen.flat import outline as flat
from jewelgen.flat.outline import Oval
from jewelgen.piece.cutter import Cut, Pocket
from jewelgen.piece.form import Dome, Form, Sculpted, Tube, Wall
from jewelgen.piece.frame import Frame, Vec, add
from jewelgen.piece.hollow import Hollow, hollows
from jewelgen.piece.inside import inside
from jewelgen.piece.piece import Part, Piece

SHARE = 0.5  # of the hollow's width that a drain may take
REACH, STEP = 40.0, 0.02  # mm along which metal is looked for
MARGIN = 0.4  # mm that the hole goes on before and behind the wall
ROUND = 8  # places of its edge that are tried
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drain:
    """A hole through `wall` mm of one part into a hollow."""

    cut: Cut
    d: float
    wall: float

    def task(self, piece: Piece) -> Task:
        """What closes it again."""
        on, plug = self.cut.on[0], f"disc {self.d:g} mm, {self.wall:.1f} thick"
        return Task(self.cut.name, "plug and solder", on, spot(piece, (self.cut.at,)), 1, plug)


def drains(piece: Piece, chosen: float | None) -> tuple[tuple[Drain, ...], tuple[Finding, ...]]:
    """The drains of every closed hollow of cast metal; `chosen`: their diameter in mm, None by rule, 0 for none."""
    made: list[Drain] = []
    said: list[Finding] = []
    drained: set[frozenset[str]] = set()
    cast = {part.name for part in piece.parts if part.made == "cast"}
    for hollow in hollows(piece):
        if hollow.vented or not hollow.parts <= cast or hollow.parts in drained:
            continue
        drained.add(hollow.parts)
        found = list(_bored(piece, hollow, chosen)) if chosen != 0 else []
        made += found
        if not found:
            said.append(_none(hollow, chosen))
    return tuple(made), tuple(said)


def _none(hollow: Hollow, chosen: float | None) -> Finding:
    lids = ", ".join(hollow.lids)
    least = fact("casting", "pattern.drain_hole_min").numbers[0]
    why = "has no drain" if chosen == 0 else f"has no room for a drain of {chosen or least:g} mm"
    return Finding(
        "JG431",
        f"{hollow.shell} is closed by {lids} and {why}: resin and investment stay inside",
        Where(key=hollow.shell),
        allowed=f"a hole of at least {least:g} mm",
        hint='let [casting] drain be chosen by rule, pierce a lid, or leave the back off (made = "handmade")',
    )


def _bored(piece: Piece, hollow: Hollow, chosen: float | None) -> Iterator[Drain]:
    """One drain a copy of the shell, through the wall that is seen least."""
    shell = piece.part(hollow.shell)
    middle, width = _core(shell.form)
    d = _size(width, chosen)
    if not d:
        return
    for i, copy in enumerate(shell.array.frames()):
        home = shell.at.then(copy)
        start = home.point(middle)
        ways = sorted((home.z, _scaled(home.z, -1.0)), key=lambda way: _seen(piece, start, way))
        for way in ways:
            found = _through(piece, hollow, (start, way), d)
            if found is not None:
                part, near, far = found
                at = Frame(add(start, way, far + MARGIN), x=home.x, z=way)
                deep = far - near + MARGIN + min(MARGIN, near)
                hole = Pocket(Oval(d, d), deep, MARGIN)
                name = f"{hollow.shell}.drain" + (f"{i + 1}" if shell.array.n > 1 else "")
                yield Drain(Cut(name, (part,), hole, at, why="drain"), d, far - near + STEP)
                break


def _core(form: Form) -> tuple[Vec, float]:
    """The middle of a hollow form's void in its own frame, and how wide the void is."""
    match form:
        case Dome():
            return (0.0, 0.0, (form.rise - form.t) / 2), form.d - 2 * form.t
        case Tube():
            return (0.0, 0.0, form.length / 2), form.id
        case Wall():
            return (0.0, 0.0, form.height / 2), min(flat.extents(form.outline))
        case _:
            raise TypeError(f"a {type(form).__name__} holds no hollow")


def _size(width: float, chosen: float | None) -> float:
    """The diameter: the one chosen, else the larger the rule knows, or the lesser where there is no room; else 0."""
    sizes = fact("casting", "pattern.drain_hole_min").numbers
    wanted = (chosen,) if chosen else sorted(sizes, reverse=True)
    return next((d for d in wanted if d <= SHARE * width), 0.0)


def _seen(piece: Piece, start: Vec, way: Vec) -> float:
    """How much a hole that looks this way is seen: from the front of a pendant, from outside a ring."""
    if piece.sort == "pendant":
        return way[2]
    away = math.hypot(start[0], start[2])
    return (start[0] * way[0] + start[2] * way[2]) / away if away else 0.0


def _through(
    piece: Piece, hollow: Hollow, line: tuple[Vec, Vec], d: float
) -> tuple[str, float, float] | None:
    """The part that a hole of diameter `d` passes and where it begins and ends; None when it meets anything else."""
    start, way = line
    frame = Frame(start, x=_across(way), z=way)
    along = np.arange(0.0, REACH, STEP)
    near, far, passed = math.inf, 0.0, ""
    for part in piece.parts:
        for x, y in _edge(d):
            metal = along[_inside(part, frame, np.stack((0 * along + x, 0 * along + y, along), 1))]
            if not len(metal):
                continue
            if part.name not in hollow.parts or passed not in {"", part.name}:
                return None
            if np.ptp(metal) > STEP * len(metal):
                return None  # it comes out into another hollow of the same part
            passed = part.name
            near, far = min(near, float(metal[0])), max(far, float(metal[-1]))
    return (passed, near, far) if passed else None


def _edge(d: float) -> Iterator[tuple[float, float]]:
    yield 0.0, 0.0
    for k in range(ROUND):
        turn = 2 * math.pi * k / ROUND
        yield d / 2 * math.cos(turn), d / 2 * math.sin(turn)


def _inside(part: Part, frame: Frame, points: Array) -> NDArray[np.bool_]:
    """Which points, in a frame, lie in any copy of a part."""
    hit = np.zeros(len(points), dtype=bool)
    if isinstance(part.form, Sculpted):
        return hit
    world = [frame.point((x, y, z)) for x, y, z in points.tolist()]
    for copy in part.array.frames():
        home = part.at.then(copy)
        hit |= inside(part.form, np.array([home.local(point) for point in world]))
    return hit


def _across(way: Vec) -> Vec:
    """A unit vector square on another."""
    other: Vec = (1.0, 0.0, 0.0) if abs(way[0]) < 0.9 else (0.0, 1.0, 0.0)
    u = np.cross(way, other)
    x, y, z = (u / np.linalg.norm(u)).tolist()
    return (x, y, z)


def _scaled(way: Vec, k: float) -> Vec:
    return (k * way[0], k * way[1], k * way[2])
