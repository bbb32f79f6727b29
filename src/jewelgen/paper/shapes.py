"""The surface of every form as grids of points: coarse, for drawings alone.

In: a form.  Out: patches (rows, columns, 3) in the form's own frame, mm. Nothing is measured from them.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Outline, loops, points
from jewelgen.flat.segments import loop_points
from jewelgen.piece.easing import bar_section_at, section_at
from jewelgen.piece.form import (
    Ball,
    Bar,
    Dome,
    Form,
    Hoop,
    Plate,
    Sculpted,
    Tube,
    Twist,
    Wall,
)
from jewelgen.piece.frame import Vec
from jewelgen.piece.rail import axes, length
from jewelgen.piece.section import Section, area_and_centroid, polygon
from jewelgen.piece.strand import strand_radius

Grid = NDArray[np.float64]
ROUND = 96  # points round a full turn
SIDE = 24  # points round a section
STEP = 0.4  # mm along a bar


def patches(form: Form) -> tuple[Grid, ...]:
    """Surface grids of a form; a sculpted form shows the box it stays within."""
    match form:
        case Hoop():
            return (_hoop(form),)
        case Bar():
            return _bar(form)
        case Wall():
            return _wall(form)
        case Plate():
            return _plate(form)
        case Dome():
            return (_dome(form),)
        case Tube():
            return _tube(form)
        case Ball():
            return (_ball(form.d / 2),)
        case Twist():
            return _twist(form)
        case Sculpted():
            return _box(form.box)
        case _:
            assert_never(form)


def _box(corners: tuple[Vec, ...]) -> tuple[Grid, ...]:
    """The four sides of a box as one grid; its ends close by themselves in a drawing of lines."""
    if not corners:
        return ()
    (x0, y0, z0), (x1, y1, z1) = corners
    ring = [(x0, z0), (x1, z0), (x1, z1), (x0, z1), (x0, z0)]
    return (np.array([[(x, y, z) for x, z in ring] for y in (y0, y1)]),)


@lru_cache(maxsize=256)
def _ring_of(section: Section) -> Grid:
    """`SIDE` points round a section, even along its boundary from the middle of the inner face; do not write to it."""
    ring = np.vstack((polygon(section), polygon(section)[:1]))
    along = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(ring, axis=0), axis=1))))
    place = np.linspace(0.0, along[-1], SIDE + 1)
    found = np.stack([np.interp(place, along, ring[:, i]) for i in (0, 1)], 1)
    found.flags.writeable = False
    return found


def _hoop(hoop: Hoop) -> Grid:
    rows = []
    for turn in np.linspace(hoop.a0, hoop.a1, ROUND + 1):
        mirrored = min(turn % 360.0, 360.0 - turn % 360.0)
        ring = _ring_of(section_at(hoop.stations, mirrored))
        r, a = hoop.bore / 2 + ring[:, 1], math.radians(turn)
        rows.append(np.stack((r * math.sin(a), ring[:, 0], r * math.cos(a)), 1))
    return np.array(rows)


def _bar(bar: Bar) -> tuple[Grid, ...]:
    t = np.linspace(0.0, 1.0, max(49, min(241, int(length(bar.rail) / STEP))))
    point, _, u, v = axes(bar.rail, t)
    rows = []
    for i, where in enumerate(t):
        ring = _ring_of(bar_section_at(bar.stations, float(where)))
        middle = (
            ring[:-1].mean(axis=0)[1]
            if len(bar.stations) > 1
            else area_and_centroid(bar.stations[0][1])[1]
        )
        rows.append(point[i] + ring[:, :1] * u[i] + (ring[:, 1:] - middle) * v[i])
    ends = (
        np.array([rows[0], rows[0] * 0 + point[0]]),
        np.array([rows[-1], rows[-1] * 0 + point[-1]]),
    )
    return (np.array(rows), *ends)


def _outline(outline: Outline, d: float, z: float) -> Grid:
    """Points of an outline moved out by `d` along its normals, at height z; closed."""
    ring = np.array(points(outline, ROUND))
    if d:
        following, before = np.roll(ring, -1, axis=0), np.roll(ring, 1, axis=0)
        tangent = following - before
        normal = np.stack((tangent[:, 1], -tangent[:, 0]), 1)
        ring = ring + d * normal / np.linalg.norm(normal, axis=1)[:, None]
    ring = np.vstack((ring, ring[:1]))
    return np.hstack((ring, np.full((len(ring), 1), z)))


def _wall(wall: Wall) -> tuple[Grid, ...]:
    levels = [(0.0, 0.0), (wall.height - wall.rim, 0.0), (wall.height, wall.lean)]
    tilt = math.tan(math.radians(wall.draft))
    inner = [_outline(wall.outline, wall.gap - lean - z * tilt, z) for z, lean in levels]
    outer = [_outline(wall.outline, wall.gap + wall.t - lean - z * tilt, z) for z, lean in levels]
    return (
        np.array(inner), np.array(outer), np.array([inner[0], outer[0]]), np.array([inner[-1], outer[-1]]),
    )  # fmt: skip


def _plate(plate: Plate) -> tuple[Grid, ...]:
    inset = -plate.t * math.tan(math.radians(plate.draft))
    return (np.array([_outline(plate.outline, 0.0, 0.0), _outline(plate.outline, inset, plate.t)]),)


def holes_of(form: Form) -> tuple[Grid, ...]:
    """Inner loops of a plate (holes, counters of letters) as rings at its two faces."""
    if not isinstance(form, Plate):
        return ()
    rings = [np.array(points(hole, 48)) + np.array((x, y)) for x, y, hole in form.holes]
    if hasattr(form.outline, "loops"):
        rings += [np.array(loop_points(loop)) for loop in loops(form.outline)[1:]]
    return tuple(
        np.hstack((ring, np.full((len(ring), 1), z))) for ring in rings for z in (0.0, form.t)
    )


def _turned(profile: Grid) -> Grid:
    """A profile of (radius, z) turned about z."""
    a = np.linspace(0.0, 2 * math.pi, ROUND + 1)[:, None]
    r, z = profile[:, 0], profile[:, 1]
    return np.stack((r * np.cos(a), r * np.sin(a), z + 0 * a), 2)


def _dome(dome: Dome) -> Grid:
    radius = (dome.d**2 / 4 + dome.rise**2) / (2 * dome.rise)
    half = math.asin(min(1.0, dome.d / 2 / radius))
    if dome.rise > radius:
        half = math.pi - half
    a = np.linspace(0.0, half, 25)
    return _turned(np.stack((radius * np.sin(a), radius * np.cos(a) + dome.rise - radius), 1))


def _tube(tube: Tube) -> tuple[Grid, ...]:
    o, i = tube.od / 2, tube.id / 2
    corners = ((o, 0.0), (o, tube.length), (i, tube.length), (i, 0.0), (o, 0.0))
    return (_turned(np.array(corners)),)


def _ball(r: float) -> Grid:
    a = np.linspace(0.0, math.pi, 25)
    return _turned(np.stack((r * np.sin(a), r * np.cos(a)), 1))


def _twist(twist: Twist) -> tuple[Grid, ...]:
    turns = length(twist.rail) / twist.pitch
    t = np.linspace(0.0, 1.0, max(49, min(600, int(turns * 12))))
    point, _, u, v = axes(twist.rail, t)
    radius, out = strand_radius(twist), []
    a = np.linspace(0.0, 2 * math.pi, 13)
    for k in range(twist.n):
        turn = (2 * math.pi * (turns * t + k / twist.n))[:, None]
        middle = point + radius * (np.cos(turn) * u + np.sin(turn) * v)
        ring = (
            twist.d
            / 2
            * (np.cos(a)[None, :, None] * u[:, None] + np.sin(a)[None, :, None] * v[:, None])
        )
        out.append(middle[:, None] + ring)
    return tuple(out)
