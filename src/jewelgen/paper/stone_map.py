"""The gem map: stones drawn in their places on the piece, coloured by type and lettered, with what to buy.

In: a `Piece`.  Out: SVG text at a stated enlargement. No kernel. A band's stones are also rolled out flat.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely
from numpy.typing import NDArray

from jewelgen.catalog.cuts import cut
from jewelgen.paper.stones import Seated, Type, seated, types
from jewelgen.paper.views import PENDANT_VIEWS, RING_VIEWS, View, views
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.piece import Piece

COLOURS = ("#1f6fb2", "#c8452f", "#2e8b57", "#8a5fb5", "#b8860b", "#2a9d9d", "#b0477f", "#6b6b6b")
MARGIN, LINE = 6.0, 4.2  # mm on the sheet
WIDE, TALL = 190.0, 84.0  # mm: the most that one view may take
FACETED = 40  # up to so many stones a view shows facets
LETTERED = 1.5  # mm on the sheet: a smaller stone carries no letter
FACING = 0.35  # cosine: of many stones those turned further from the eye stay grey lines
EDGE_ON = -0.05  # cosine: of few stones those are shown that are not turned away
Loops = list[NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing: its name, grey lines, stones as (stone, girdle loop, facet loops, middle), its box in mm."""

    name: str
    lines: tuple[NDArray[np.float64], ...]
    stones: tuple[tuple[Seated, NDArray[np.float64], Loops], ...]
    box: tuple[float, float, float, float]


def stone_map(piece: Piece) -> str:
    """The map of all stones of `piece` as SVG, in mm of the sheet; an empty string when it has none."""
    placed = seated(piece)
    if not placed:
        return ""
    axes = {row[0]: row[1:] for row in (RING_VIEWS if piece.sort == "ring" else PENDANT_VIEWS)}
    panels = [_panel(view, np.array(axes[view.name]), placed) for view in views(piece)]
    panels = [panel for panel in panels if panel.stones] or panels[:1]
    rolled = _rolled(placed) if piece.sort == "ring" else None
    body, height = _sheet(piece, [*panels, *([rolled] if rolled else [])])
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'width="{WIDE + 2 * MARGIN:.2f}mm" height="{height:.2f}mm" '
        f'viewBox="0 0 {WIDE + 2 * MARGIN:.2f} {height:.2f}" '
        'font-family="DejaVu Sans, sans-serif" font-size="2.8">\n'
        f"<title>{escape(piece.name)}: stones</title>\n"
        '<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _panel(view: View, plane: NDArray[np.float64], placed: tuple[Seated, ...]) -> Panel:
    """A view of the piece with the stones that face the eye."""
    eye = np.cross(plane[0], plane[1])
    few = len(placed) <= FACETED
    least = EDGE_ON if few else FACING
    facing = [item for item in placed if float(np.dot(item.frame.z, eye)) > least]
    lines = tuple(np.array(line) for _, line in view.lines)
    shown = [(item, *_drawn(item, plane, eye, few)) for item in facing]
    return Panel(view.name, lines, tuple(shown), view.box)


def _drawn(
    item: Seated, plane: NDArray[np.float64], eye: NDArray[np.float64], faceted: bool
) -> tuple[NDArray[np.float64], Loops]:
    """A stone's silhouette and the facets on its near side, on the sheet."""
    points, faces = polyhedron(item.stone)
    rows = np.array(item.frame.rows())
    world = points @ rows[:, :3].T + rows[:, 3]
    flat = world @ plane.T
    smooth = cut(item.stone.cut).family == "cabochon"
    return _hull(flat), _near(world, flat, faces, eye) if faceted and not smooth else []


def _hull(flat: NDArray[np.float64]) -> NDArray[np.float64]:
    hull = shapely.convex_hull(shapely.multipoints(flat))
    return np.asarray(shapely.get_coordinates(hull))


def _near(
    world: NDArray[np.float64],
    flat: NDArray[np.float64],
    faces: tuple[tuple[int, ...], ...],
    eye: NDArray[np.float64],
) -> Loops:
    """The faces that look towards the eye: their normals by Newell's sum, side kept under mirroring."""
    middle = world.mean(axis=0)
    found = []
    for face in faces:
        ring = world[list(face)]
        normal = np.cross(ring, np.roll(ring, -1, axis=0)).sum(axis=0)
        outward = 1.0 if float(normal @ (ring.mean(axis=0) - middle)) > 0 else -1.0
        if outward * float(normal @ eye) > 1e-9:
            found.append(flat[list(face)])
    return found


def _rolled(placed: tuple[Seated, ...]) -> Panel | None:
    """Stones that stand radially round the finger, rolled out: arc from 12 o'clock to the right."""
    around = [item for item in placed if item.stone.array.n > 2 and abs(_radial(item) - 1.0) < 1e-3]
    if len({round(item.clock_deg) for item in around}) < 3:
        return None
    radius = max(math.hypot(i.frame.origin[0], i.frame.origin[2]) for i in around)
    shown = [(item, *_laid(item, radius, len(around) <= FACETED)) for item in around]
    every = np.concatenate([loop for _, loop, _ in shown])
    (x0, y0), (x1, y1) = every.min(axis=0), every.max(axis=0)
    name = f"rolled out at {2 * radius:.2f} mm across the girdles, 12 o'clock in the middle"
    return Panel(name, (), tuple(shown), (float(x0), float(y0), float(x1), float(y1)))


def _radial(item: Seated) -> float:
    """Cosine between the way a stone faces and the ray from the finger's axis to it."""
    x, _, z = item.frame.origin
    reach = math.hypot(x, z)
    return (x * item.frame.z[0] + z * item.frame.z[2]) / reach if reach > 1e-9 else 0.0


def _laid(item: Seated, radius: float, faceted: bool) -> tuple[NDArray[np.float64], Loops]:
    """A stone on the rolled-out band as seen from outside."""
    z = np.array(item.frame.z)
    plane = np.array((np.cross((0.0, 1.0, 0.0), z), (0.0, 1.0, 0.0)))
    loop, facets = _drawn(item, plane, z, faceted)
    turned = (item.clock_deg + 180.0) % 360.0 - 180.0
    at = np.array((math.radians(turned) * radius, item.frame.origin[1]))
    shift = at - np.array(item.frame.origin) @ plane.T
    return loop + shift, [facet + shift for facet in facets]


def _sheet(piece: Piece, panels: list[Panel]) -> tuple[list[str], float]:
    """All panels below each other over the table of types; the lines of SVG and the sheet's height."""
    body, y = [_words(f"{piece.name}: {_total(piece)}", MARGIN, MARGIN + 3.0, "4")], MARGIN + 7.0
    for panel in panels:
        scale = _scale(panel.box)
        wide, tall = panel.box[2] - panel.box[0], panel.box[3] - panel.box[1]
        left = MARGIN + (WIDE - scale * wide) / 2
        body.append(_words(f"{panel.name}, {scale:g} : 1", MARGIN, y + 3.0))
        y += LINE + 1.0
        body += _inked(panel, scale, (left - scale * panel.box[0], y + scale * panel.box[3]))
        y += scale * tall + MARGIN
    rows = _table(types(piece), y)
    return body + rows, y + LINE * (len(types(piece)) + 2) + MARGIN


def _scale(box: tuple[float, float, float, float]) -> float:
    """A whole or half enlargement that fits the sheet."""
    room = min(WIDE / (box[2] - box[0]), TALL / (box[3] - box[1]))
    return max(0.5, min(20.0, math.floor(2.0 * room) / 2.0))


def _inked(panel: Panel, scale: float, zero: tuple[float, float]) -> Iterable[str]:
    """The lines and stones of a panel, `zero` being where its origin lies on the sheet."""
    flip = np.array((scale, -scale))
    for line in panel.lines:
        yield _path(line * flip + zero, 'fill="none" stroke="#888" stroke-width="0.18"')
    for item, loop, facets in panel.stones:
        colour = COLOURS[ord(item.type.letter[-1]) % 65 % len(COLOURS)]
        ring = loop * flip + zero
        style = f'fill="{colour}" fill-opacity="0.18" stroke="{colour}" stroke-width="0.25"'
        yield f'<g id="{_id(panel, item)}"><title>{escape(item.id)}</title>'
        yield _path(ring, style)
        thin = f'fill="none" stroke="{colour}" stroke-width="0.1"'
        yield from (_path(facet * flip + zero, thin) for facet in facets)
        yield from _letter(item, ring)
        yield "</g>"


def _id(panel: Panel, item: Seated) -> str:
    return f"{panel.name.split(' ')[0]}-{item.id}"


def _letter(item: Seated, ring: NDArray[np.float64]) -> Iterable[str]:
    """The type's letter in the middle of a stone that has room for it."""
    small = float(np.ptp(ring, axis=0).min())
    if small < LETTERED:
        return
    tall = min(3.2, 0.6 * small)
    x, y = (ring.min(axis=0) + ring.max(axis=0)) / 2
    yield (
        f'<text x="{x:.2f}" y="{y + 0.36 * tall:.2f}" font-size="{tall:.2f}" font-weight="bold" '
        f'text-anchor="middle">{item.type.letter}</text>'
    )


def _path(points: NDArray[np.float64], style: str) -> str:
    text = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
    closed = len(points) > 2 and bool(np.allclose(points[0], points[-1]))
    shape = "polygon" if closed or 'fill="none"' not in style or len(points) == 3 else "polyline"
    return f'<{shape} points="{text}" {style}/>'


def _total(piece: Piece) -> str:
    rows = types(piece)
    count = sum(row.n for row in rows)
    trade = sum(row.n * row.carats_formula for row in rows)
    exact = sum(row.n * row.carats_exact for row in rows)
    noun = "stone" if count == 1 else "stones"
    return f"{count} {noun}, {trade:.2f} ct by the trade's formula, {exact:.2f} ct by volume"


def _table(rows: tuple[Type, ...], top: float) -> list[str]:
    """What to buy: one line a type."""
    columns = (
        (0.0, "type"), (12.0, "stones"), (28.0, "stone"), (112.0, "ct each by formula"),
        (146.0, "by volume"), (168.0, "all by volume"),
    )  # fmt: skip
    lines = [_words(head, MARGIN + x, top + 3.0) for x, head in columns]
    for i, row in enumerate(rows, 1):
        cells = (
            row.letter, str(row.n), row.words, f"{row.carats_formula:.4f}",
            f"{row.carats_exact:.4f}", f"{row.n * row.carats_exact:.3f}",
        )  # fmt: skip
        y = top + 3.0 + LINE * i
        lines += [_words(cell, MARGIN + x, y) for (x, _), cell in zip(columns, cells, strict=True)]
    return lines


def _words(text: str, x: float, y: float, size: str = "") -> str:
    tall = f' font-size="{size}"' if size else ""
    return f'<text x="{x:.2f}" y="{y:.2f}"{tall}>{escape(text)}</text>'
