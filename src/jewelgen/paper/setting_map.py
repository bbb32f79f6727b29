"""The setting map: each stone from above in what holds it, with ids and the order of pushing.

In: a `Plan` and its `Piece`.  Out: one line drawing (SVG, mm) for every row of the setting table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from jewelgen.bench.plan import Plan
from jewelgen.bench.settings import PUSH, Setting
from jewelgen.paper.inked import SMALL, Inked, axes_of, inked
from jewelgen.paper.views import Body, bodies_of
from jewelgen.piece.frame import Frame, Vec
from jewelgen.piece.piece import Piece
from jewelgen.piece.stone import Stone

Array = NDArray[np.float64]
Label = tuple[str, Array]
WIDE, TALL = 56.0, 44.0  # mm on paper
LARGEST = 6.0  # enlargement at most
TEXT = 2.1  # mm on paper
OUT = 2.4  # mm on paper: push numbers stand so far outside the rim
NUMBERED = 40  # stones of one row that carry a number each; of more, every fifth does


@dataclass(frozen=True, slots=True)
class Placed:
    """One row's map: its setting id, SVG of `WIDE` x `TALL` mm, the enlargement."""

    id: str
    svg: str
    scale: float


def setting_maps(plan: Plan, piece: Piece) -> tuple[Placed, ...]:
    """A map for every stone record, in the order of the setting table."""
    bodies = bodies_of(piece)
    stones = {stone.name: stone for stone in piece.stones}
    return tuple(_map(row, stones[row.stone], bodies) for row in plan.settings)


def _map(row: Setting, stone: Stone, bodies: Sequence[Body]) -> Placed:
    frames = [stone.at.then(copy) for copy in stone.array.frames()]
    top = max(frames, key=lambda frame: (round(frame.z[2], 3), round(frame.origin[2], 3)))
    axes = axes_of(top.z, _up(top.z))
    shown = [body for body in bodies if body.name == row.stone or body.name in row.held]
    lines = inked(shown, axes, SMALL)
    whole = row.n == 1 and row.grip in {"lip", "claws", "prongs"}
    low, high = _box([item for item in lines if whole or item.layer == "stone"])
    span = np.maximum(high - low, 1.0)
    room = np.array((WIDE, TALL)) - 4 * OUT
    scale = float(min(LARGEST, *(room / span)))
    middle = (low + high) / 2
    labels = [(word, (at @ axes.T)[:2]) for word, at in _names(row, frames, axes)]
    pushes = _pushes(row, lines, scale)
    return Placed(row.id, _svg(lines, [*labels, *pushes], middle, scale), scale)


def _up(towards: Vec) -> Vec:
    """12 o'clock: to the fingertip on rings, to the bail on pendants."""
    return (0.0, 1.0, 0.0) if abs(towards[1]) < 0.9 else (0.0, 0.0, 1.0)


def _box(lines: Sequence[Inked]) -> tuple[Array, Array]:
    points = np.array([p for item in lines for line in item.lines for p in line] or [(0.0, 0.0)])
    return points.min(axis=0), points.max(axis=0)


def _names(row: Setting, frames: Sequence[Frame], axes: Array) -> list[Label]:
    """The id on a single stone; the number of each of many that faces the eye."""
    spots = [np.array(frame.origin) for frame in frames]
    if len(spots) == 1:
        return [(row.id, spots[0])]
    every = 5 if len(spots) > NUMBERED else 1
    towards = [float(np.dot(frame.z, axes[2])) for frame in frames]
    return [
        (str(i), spot)
        for i, (spot, facing) in enumerate(zip(spots, towards, strict=True), 1)
        if facing > 0.3 and i % every == 0
    ]


def _pushes(row: Setting, lines: Sequence[Inked], scale: float) -> list[Label]:
    """1 .. 8 round a rim in the order of pushing; on prongs opposite ones in turn."""
    if row.n > 1:
        return []
    if row.grip == "lip":
        points = np.array([p for item in lines for line in item.lines for p in line])
        middle = (points.min(axis=0) + points.max(axis=0)) / 2
        return [
            (str(i), _outside(points, middle, _way(hour), scale)) for i, hour in enumerate(PUSH, 1)
        ]
    if row.grip != "prongs":
        return []
    spots = [np.array(item.spot) for item in lines if item.layer == "metal" and item.spot]
    if len(spots) < 3:
        return []
    middle = np.mean(spots, axis=0)
    spots.sort(key=lambda p: math.atan2(p[0] - middle[0], p[1] - middle[1]) % (2 * math.pi))
    half = (len(spots) + 1) // 2
    order = [i for pair in zip(range(half), range(half, len(spots)), strict=False) for i in pair]
    order += [i for i in range(len(spots)) if i not in order]
    far = [
        spots[i] + (spots[i] - middle) / np.linalg.norm(spots[i] - middle) * OUT / scale
        for i in order
    ]
    return [(str(k), spot) for k, spot in enumerate(far, 1)]


def _way(hour: str) -> Array:
    """The direction of a clock position such as `1:30`."""
    hours, _, minutes = hour.partition(":")
    turn = math.radians(30.0 * (int(hours) + int(minutes or 0) / 60.0))
    return np.array((math.sin(turn), math.cos(turn)))


def _outside(points: Array, middle: Array, way: Array, scale: float) -> Array:
    """A place outside all `points` in the direction `way` from the middle."""
    off = points - middle
    near = off[np.abs(off @ np.array((way[1], -way[0]))) < 0.35]
    reach = float((near @ way).max(initial=0.0)) if len(near) else float((off @ way).max())
    return np.asarray(middle + way * (reach + OUT / scale))


def _svg(lines: Sequence[Inked], labels: Sequence[Label], middle: Array, scale: float) -> str:
    drawn = "".join(
        "M" + "L".join(f"{x:.2f} {-y:.2f}" for x, y in (np.array(line) - middle) * scale)
        for item in lines
        for line in item.lines
    )
    words = "".join(
        f'<text x="{x:.2f}" y="{-y + TEXT * 0.36:.2f}" text-anchor="middle">{escape(word)}</text>'
        for word, (x, y) in ((word, (at - middle) * scale) for word, at in labels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}mm" height="{TALL}mm" '
        f'viewBox="{-WIDE / 2} {-TALL / 2} {WIDE} {TALL}" font-family="DejaVu Sans" font-size="{TEXT}">'
        f'<path d="{drawn}" fill="none" stroke="black" stroke-width="0.13"/>{words}</svg>'
    )
