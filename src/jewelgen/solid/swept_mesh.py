"""Meshes of `Hoop` and `Bar` straight from their sections and rails, without the kernel.

In: a form and the tolerances of a mesh.  Out: `Mesh`. Made by other code than the exact solids, so that
their agreement proves something; and far faster than meshing tori and lofts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Outline, Oval, loops
from jewelgen.flat.segments import Arc, Segment, segment_length
from jewelgen.piece.easing import bar_section_at, section_at
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.rail import (
    Bez,
    Circ,
    Loop,
    Rail,
    Wound,
    axes,
    bent_loop,
    is_closed,
    is_straight,
    winding_steps,
)
from jewelgen.piece.section import Section, Wire, area_and_centroid, loop, thickness, width
from jewelgen.solid.alike import alike
from jewelgen.solid.mesh import collapsed
from jewelgen.solid.model import Mesh

Array = NDArray[np.float64]
KEEP = 0.5  # share of the chord tolerance spent each way; across and along add up
DENSE = 400  # samples a rail's turning is measured with


ALONG = 0.6  # share of the angle spent along a rail: its chords bow inward too


def turn_step(radius: float, chord: float, angle: float) -> float:
    """The turn in rad after which a chord strays `chord` mm from a circle of `radius`, at most `angle`."""
    if radius <= chord:
        return min(angle, 1.0)
    return min(angle, 2 * math.acos(1 - KEEP * chord / radius))


def section_rings(sections: Sequence[Section], chord: float, angle: float) -> list[Array]:
    """Boundary points (n, 2) of each section, equally many, counter-clockwise."""
    loops = [loop(section) for section in alike(list(sections))]
    counts = [max(_pieces(item[i], chord, angle) for item in loops) for i in range(len(loops[0]))]
    rings = [
        np.array([s.at(k / n) for s, n in zip(item, counts, strict=True) for k in range(n)])
        for item in loops
    ]
    if isinstance(sections[0], Wire):
        middle = [np.array((0.0, s.d / 2)) for s in sections if isinstance(s, Wire)]
        return [m + circle_share(len(r)) * (r - m) for r, m in zip(rings, middle, strict=True)]
    return rings


def circle_share(n: int) -> float:
    """How much wider a polygon of `n` corners must be than its circle to have the circle's area.

    Thin wire of inscribed corners would be 0.7 % light at 0.2 rad; so they stand out by a sixth of a chord.
    """
    return math.sqrt(2 * math.pi / (n * math.sin(2 * math.pi / n)))


def _pieces(segment: Segment, chord: float, angle: float) -> int:
    if not isinstance(segment, Arc):
        return 1
    sweep = math.radians(abs(segment.a1 - segment.a0))
    return max(1, math.ceil(sweep / turn_step(segment.radius, chord, angle) - 1e-9))


def hoop_mesh(hoop: Hoop, chord: float, angle: float) -> Mesh:
    """The hoop's triangles."""
    top = max(thickness(section) for _, section in hoop.stations)
    sweep = math.radians(hoop.a1 - hoop.a0)
    whole = hoop.a1 - hoop.a0 >= 360.0 - 1e-9
    n = max(8 if whole else 1, math.ceil(sweep / turn_step(hoop.bore / 2 + top, chord, angle)))
    if len(hoop.stations) > 1:
        n = max(n, math.ceil(sweep / math.radians(3.0)))
    a = math.radians(hoop.a0) + sweep * np.arange(n if whole else n + 1) / n
    sections = [section_at(hoop.stations, math.degrees(float(x))) for x in a]
    rings = section_rings(sections, chord, angle)
    flat = np.stack(rings)
    r = hoop.bore / 2 + flat[:, :, 1]
    s, c = np.sin(a)[:, None], np.cos(a)[:, None]
    return skin(np.stack((r * s, flat[:, :, 0], r * c), 2), whole)


def bar_mesh(bar: Bar, chord: float, angle: float) -> Mesh:
    """The bar's triangles, its far end domed where asked."""
    rail = _simple(bar.rail)
    closed = is_closed(rail) and runs_on(rail)
    bent = bent_loop(rail)
    if bent is not None:
        t, point, tangent, u, v = _box_frames(bent, bar, (chord, angle))
    else:
        t = _parameters(bar, rail, closed, (_widest(bar), chord, angle))
        point, tangent, u, v = axes(rail, t)
    sections = [bar_section_at(bar.stations, float(x)) for x in t]
    lifted = [
        ring - (0.0, area_and_centroid(section)[1])
        for ring, section in zip(section_rings(sections, chord, angle), sections, strict=True)
    ]
    flat = np.stack(lifted)
    grid = point[:, None] + flat[:, :, :1] * u[:, None] + flat[:, :, 1:] * v[:, None]
    end = sections[-1]
    if bar.end == "dome" and isinstance(end, Wire) and not closed:
        grid = _with_dome(grid, point[-1], tangent[-1], end.d / 2, (chord, angle))
    return skin(grid, closed)


def _widest(bar: Bar) -> float:
    return max(max(width(s), thickness(s)) for _, s in bar.stations)


def _box_frames(
    outline: Outline, bar: Bar, limits: tuple[float, float]
) -> tuple[Array, Array, Array, Array, Array]:
    """Parameters and frames at the ends of an outline's straight runs and round its bends."""
    rows, done = [], 0.0
    for segment in loops(outline)[0]:
        n = 1
        if isinstance(segment, Arc):
            reach = segment.radius + _widest(bar) / 2
            sweep = math.radians(segment.a1 - segment.a0)
            n = math.ceil(sweep / turn_step(reach, limits[0], ALONG * limits[1]))
        for k in range(n):
            share = done + segment_length(segment) * k / n
            rows.append((share, *segment.at(k / n), *segment.velocity(k / n)))
        done += segment_length(segment)
    table = np.array(rows)
    zero = np.zeros((len(table), 1))
    tangent = np.hstack((table[:, 3:5], zero))
    tangent /= np.linalg.norm(tangent, axis=1)[:, None]
    v = np.broadcast_to((0.0, 0.0, 1.0), tangent.shape)
    point = np.hstack((table[:, 1:3], zero))
    return table[:, 0] / done, point, tangent, np.cross(v, tangent), v


def _simple(rail: Rail) -> Rail:
    """A round loop as the circle it is."""
    if (
        isinstance(rail, Loop)
        and isinstance(rail.outline, Oval)
        and rail.outline.l == rail.outline.w
    ):
        return Circ(rail.outline.l / 2)
    return rail


def runs_on(rail: Rail) -> bool:
    """Whether the end of a closed rail runs on smoothly into its start."""
    if not isinstance(rail, Bez):
        return True
    _, tangent, _, v = axes(rail, np.array([0.0, 1.0]))
    return bool(tangent[0] @ tangent[1] > 0.9999 and v[0] @ v[1] > 0.9999)


def _parameters(bar: Bar, rail: Rail, closed: bool, limits: tuple[float, float, float]) -> Array:
    """Rail parameters dense where it turns, with every station among them; no repeat when closed."""
    widest, chord, angle = limits
    if isinstance(rail, Wound):
        quarter = math.ceil(math.pi / 2 / turn_step(widest, chord, ALONG * angle))
        return np.unique([x for piece in winding_steps(rail, quarter) for x in piece])
    if is_straight(rail):
        return np.unique([0.0, *(x for x, _ in bar.stations if 0 < x < 1), 1.0])
    t = np.linspace(0.0, 1.0, DENSE + 1)
    point, tangent, _, _ = axes(rail, t)
    turn = 2 * np.arcsin(np.clip(np.linalg.norm(np.diff(tangent, axis=0), axis=1) / 2, 0, 1))
    run = np.linalg.norm(np.diff(point, axis=0), axis=1)
    radius = np.where(turn > 1e-9, run / np.maximum(turn, 1e-9), 1e6) + widest / 2
    steps = np.array([turn_step(float(x), chord, ALONG * angle) for x in radius])
    effort = np.concatenate(([0.0], np.cumsum(turn / steps)))
    n = max(4, math.ceil(effort[-1]))
    even = (
        np.interp(np.linspace(0.0, effort[-1], n + 1), effort, t) if effort[-1] > 0 else t[[0, -1]]
    )
    knots = [k / _spans(rail) for k in range(1, _spans(rail))]
    # A straight start has no effort, and the table would be entered behind it.
    wanted = np.concatenate(([0.0], even, knots, [x for x, _ in bar.stations if 0 < x < 1]))
    wanted = np.sort(wanted)
    kept = wanted[np.concatenate(([True], np.diff(wanted) > 1e-7))]
    return kept[:-1] if closed else kept


def _spans(rail: Rail) -> int:
    return (len(rail.points) - 1) // 3 if isinstance(rail, Bez) else 1


def _with_dome(
    grid: Array, centre: Array, along: Array, r: float, limits: tuple[float, float]
) -> Array:
    """Rings of half a ball after the last ring; the tip is a ring of no width."""
    n = max(2, math.ceil(math.pi / 2 / turn_step(r, *limits)))
    rings = [grid]
    for k in range(1, n + 1):
        a = math.pi / 2 * k / n
        shrunk = centre + (grid[-1] - centre) * (math.cos(a) if k < n else 0.0)
        rings.append((shrunk + along * r * math.sin(a))[None])
    return np.concatenate(rings)


def skin(grid: Array, closed: bool) -> Mesh:
    """Triangles over rings (m, n, 3) that run counter-clockwise about their direction of travel.

    Open skins get a fan at each end (sections are convex).
    """
    m, n, _ = grid.shape
    i, j = np.meshgrid(np.arange(m if closed else m - 1), np.arange(n), indexing="ij")
    a, b = i * n + j, i * n + (j + 1) % n
    c, d = (i + 1) % m * n + j, (i + 1) % m * n + (j + 1) % n
    sides = np.concatenate(
        (np.stack((a, b, d), 2).reshape(-1, 3), np.stack((a, d, c), 2).reshape(-1, 3))
    )
    faces = [sides]
    if not closed:
        k = np.arange(1, n - 1)
        zero = np.zeros_like(k)
        last = (m - 1) * n
        faces += [np.stack((zero, k + 1, k), 1), np.stack((last + zero, last + k, last + k + 1), 1)]
    triangles = np.concatenate(faces)
    return collapsed(grid.reshape(-1, 3), triangles)
