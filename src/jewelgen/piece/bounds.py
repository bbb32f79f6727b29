"""Boxes around forms, cutters and marks in their own frames, and around them in another frame."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Outline, Path, grown, reach
from jewelgen.piece.cutter import Bearing, Bore, Cutter, Groove, Pocket
from jewelgen.piece.easing import bar_section_at, section_at
from jewelgen.piece.form import Ball, Bar, Dome, Form, Hoop, Plate, Sculpted, Tube, Twist, Wall
from jewelgen.piece.frame import Frame
from jewelgen.piece.mark import Beads, Glyphs
from jewelgen.piece.rail import Bez, Circ, Loop, Rail, Wound, axes
from jewelgen.piece.section import Wire, area_and_centroid, polygon
from jewelgen.piece.strand import strand_radius

Array = NDArray[np.float64]
Shape = Form | Cutter | Glyphs | Beads
Box = tuple[Array, Array]
CLEAR = 0.05  # mm a turned slot reaches past the face it opens in
ABOVE = 0.1  # mm a cut letter reaches out of the metal
ROOT = 0.03  # mm a raised letter reaches into it


@lru_cache(maxsize=4096)
def bounds(shape: Shape) -> Box:
    """Lowest and highest corner in mm, own frame; exact but for swept shapes (sampled within 0.01)."""
    match shape:
        case Hoop():
            return _hoop(shape)
        case Bar():
            return _bar(shape)
        case Twist():
            return _twist(shape)
        case Wall():
            return _flat_box(shape.outline, shape.gap + shape.t, 0.0, shape.height)
        case Plate():
            return _flat_box(shape.outline, 0.0, 0.0, shape.t)
        case Dome():
            return _round(shape.d, 0.0, shape.rise)
        case Tube():
            return _round(shape.od, 0.0, shape.length)
        case Ball():
            return _round(shape.d, -shape.d / 2, shape.d / 2)
        case Sculpted():
            return _sculpted(shape)
        case Beads():
            return _round(shape.d, -shape.bite, shape.d - shape.bite)
        case Glyphs():
            return _glyphs(shape)
        case Bearing() | Pocket() | Groove() | Bore():
            return _cutter(shape)


def _sculpted(form: Sculpted) -> Box:
    """Its own box, or a cube of eight times its volume."""
    if form.box:
        return np.array(form.box[0]), np.array(form.box[1])
    half = max(form.volume_hint, 1e-9) ** (1 / 3)
    return _round(2 * half, -half, half)


def _cutter(cutter: Cutter) -> Box:
    match cutter:
        case Bearing():
            low = max(cutter.depth, cutter.through if cutter.pilot else 0.0)
            return _flat_box(cutter.outline, cutter.gap, -low, cutter.girdle + cutter.open)
        case Pocket():
            return _flat_box(cutter.outline, 0.0, -cutter.depth, cutter.above)
        case Groove():
            r = cutter.r + (cutter.depth if cutter.inner else CLEAR)
            corner = np.array((r, cutter.w / 2, r))
            return -corner, corner
        case Bore():
            corner = np.array((cutter.d / 2, cutter.length / 2, cutter.d / 2))
            return -corner, corner


def _round(d: float, low: float, high: float) -> Box:
    return np.array((-d / 2, -d / 2, low)), np.array((d / 2, d / 2, high))


def _flat_box(outline: Outline, d: float, low: float, high: float) -> Box:
    if d and isinstance(outline, Path) and len(outline.loops) == 1:
        outline, d = grown(outline, d), 0.0
    (x0, x1), (y0, y1) = reach(outline)
    return np.array((x0 - d, y0 - d, low)), np.array((x1 + d, y1 + d, high))


def _hoop(hoop: Hoop) -> Box:
    n = max(4, math.ceil((hoop.a1 - hoop.a0) / 2.5))
    rows = []
    for degrees in np.linspace(hoop.a0, hoop.a1, n + 1):
        uv = polygon(section_at(hoop.stations, float(degrees)), 0.01)
        r, a = hoop.bore / 2 + uv[:, 1], math.radians(degrees)
        rows.append(np.column_stack((r * math.sin(a), uv[:, 0], r * math.cos(a))))
    return _around(np.vstack(rows), 0.005)


def _bar(bar: Bar) -> Box:
    t = np.linspace(0.0, 1.0, _places(bar.rail) + 1)
    point, _, u, v = axes(bar.rail, t)
    edges = [_edge(bar, x) for x in (t if len(bar.stations) > 1 else t[:1])]
    rows = [point[i] + uv[:, :1] * u[i] + uv[:, 1:] * v[i]
            for i, uv in enumerate(edges * (1 if len(edges) > 1 else len(t)))]  # fmt: skip
    last = bar_section_at(bar.stations, 1.0)
    if bar.end == "dome" and isinstance(last, Wire):
        rows += [point[-1:] + last.d / 2, point[-1:] - last.d / 2]
    far = max(float(np.abs(uv).max()) for uv in edges)
    corners = [point + a * far * u + b * far * v for a in (-1, 1) for b in (-1, 1)]
    return _around(np.vstack(rows), 0.01 + max(map(_missed, corners)))


def _edge(bar: Bar, t: float) -> Array:
    """The section's outline (n, 2) about its centroid."""
    section = bar_section_at(bar.stations, float(t))
    return polygon(section, 0.01) - (0.0, area_and_centroid(section)[1])


def _places(rail: Rail) -> int:
    """Into how many pieces a rail is cut to be looked at: shorter ones where it bends more often."""
    match rail:
        case Bez():
            return max(48, 16 * ((len(rail.points) - 1) // 3))
        case Wound():
            return max(48, 64 * math.ceil(rail.n))
        case Loop():
            return 720
        case Circ():
            return 48


def _missed(line: Array) -> float:
    """By how much a line reaches out between its points, mm: an eighth of their second difference."""
    bend = line[2:] - 2 * line[1:-1] + line[:-2]
    return float(np.linalg.norm(bend, axis=1).max(initial=0.0)) / 8


def _twist(twist: Twist) -> Box:
    point = axes(twist.rail, np.linspace(0.0, 1.0, 97))[0]
    return _around(point, strand_radius(twist) + twist.d / 2 + 0.01)


def _around(points: Array, more: float) -> Box:
    return points.min(axis=0) - more, points.max(axis=0) + more


def glyph_reach(glyphs: Glyphs) -> tuple[float, float]:
    """How far a letter goes below and above the surface, mm."""
    return (-ROOT, glyphs.deep) if glyphs.how == "raise" else (-glyphs.deep, ABOVE + glyphs.over)


def _glyphs(glyphs: Glyphs) -> Box:
    low, high = glyph_reach(glyphs)
    a, b = _flat_box(glyphs.path, 0.0, low, high)
    if not glyphs.bend:
        return a, b
    r = abs(glyphs.bend)
    turn = np.linspace(a[0] / r, b[0] / r, 65)
    side = 1.0 if glyphs.bend > 0 else -1.0
    rings = [
        ((r + side * h) * np.sin(turn), side * ((r + side * h) * np.cos(turn) - r))
        for h in (low, high)
    ]
    x, z = (np.concatenate([ring[i] for ring in rings]) for i in (0, 1))
    return np.array((x.min(), a[1], z.min())), np.array((x.max(), b[1], z.max()))


def box_in(box: Box, frame: Frame) -> Box:
    """The box around a box that stands in `frame`, in the outer frame."""
    rows = np.array(frame.rows())
    middle, half = (box[0] + box[1]) / 2, (box[1] - box[0]) / 2
    centre = rows[:, :3] @ middle + rows[:, 3]
    reach = np.abs(rows[:, :3]) @ half
    return centre - reach, centre + reach


def meet(a: Box, b: Box) -> bool:
    """Whether two boxes share room."""
    return bool((a[0] < b[1]).all() and (b[0] < a[1]).all())
