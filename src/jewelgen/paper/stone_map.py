"""The gem map: stones drawn in their places on the piece with their ids, coloured by type, and what to buy.

In: a `Piece`.  Out: SVG text at a stated enlargement. No kernel. A band's stones are also rolled out flat.
"""

from __future__ import annotations

import itertools
import math
import textwrap
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
import shapely
from numpy.typing import NDArray

from jewelgen.paper.stone_labels import Spot, Word, labels, row_of
from jewelgen.paper.stone_panels import Panel, panels
from jewelgen.paper.stones import Seated, Type, seated, types
from jewelgen.piece.piece import Piece

COLOURS = ("#1f6fb2", "#c8452f", "#2e8b57", "#8a5fb5", "#b8860b", "#2a9d9d", "#b0477f", "#6b6b6b")
MARGIN, LINE = 6.0, 4.2  # mm on the sheet
WIDE, TALL = 190.0, 84.0  # mm: the most that one view may take
IDS = 118  # letters on a line of ids
SIDE = 9.0  # mm beside a panel that ids may take
HINT = "S2.7 is the seventh stone of row S2, as in stones.csv; where stones bear numbers alone, their row is named once."
Point = tuple[float, float]


def stone_map(piece: Piece) -> str:
    """The map of all stones of `piece` as SVG, in mm of the sheet; an empty string when it has none."""
    placed = seated(piece)
    if not placed:
        return ""
    body, height = _sheet(piece, placed, panels(piece, placed))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'width="{WIDE + 2 * MARGIN:.2f}mm" height="{height:.2f}mm" '
        f'viewBox="0 0 {WIDE + 2 * MARGIN:.2f} {height:.2f}" '
        'font-family="DejaVu Sans, sans-serif" font-size="2.8">\n'
        f"<title>{escape(piece.name)}: stones</title>\n"
        '<rect width="100%" height="100%" fill="white"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _sheet(
    piece: Piece, placed: Sequence[Seated], shown: Sequence[Panel]
) -> tuple[list[str], float]:
    """All panels below each other over the table of types; the lines of SVG and the sheet's height."""
    body, y = [_words(f"{piece.name}: {_total(piece)}", MARGIN, MARGIN + 3.0, "4")], MARGIN + 7.0
    if any(item.stone.array.n > 1 for item in placed):
        body.append(_words(HINT, MARGIN, y + 2.0, "2.2"))
        y += LINE
    places = []
    for panel in shown:
        scale = _scale(panel.box)
        wide, tall = panel.box[2] - panel.box[0], panel.box[3] - panel.box[1]
        left = MARGIN + (WIDE - scale * wide) / 2
        body.append(_words(f"{panel.name}, {scale:g} : 1", MARGIN, y + 3.0))
        y += LINE + 2.0
        places.append((scale, (left - scale * panel.box[0], y + scale * panel.box[3])))
        y += scale * tall + MARGIN
    spots = [_spots(panel, *place) for panel, place in zip(shown, places, strict=True)]
    rooms = [_room(panel, *place) for panel, place in zip(shown, places, strict=True)]
    for panel, place, words in zip(shown, places, labels(spots, rooms), strict=True):
        body += [*_inked(panel, *place), *(line for word in words for line in _label(word))]
    rows = _table(types(piece), placed, y)
    return body + rows[0], rows[1] + MARGIN


def _scale(box: tuple[float, float, float, float]) -> float:
    """A whole or half enlargement that fits the sheet."""
    room = min((WIDE - 2 * SIDE) / (box[2] - box[0]), TALL / (box[3] - box[1]))
    return max(0.5, min(20.0, math.floor(2.0 * room) / 2.0))


def _spots(panel: Panel, scale: float, zero: Point) -> list[Spot]:
    """The stones of a panel where they stand on the sheet."""
    found = []
    for row in panel.stones:
        middle = _on((row.loop.min(axis=0) + row.loop.max(axis=0)) / 2, scale, zero)
        open_ = shapely.transform(row.open, lambda points: _on(points, scale, zero))
        found.append(Spot(row.item, (float(middle[0]), float(middle[1])), open_))
    return found


def _room(panel: Panel, scale: float, zero: Point) -> shapely.Polygon:
    """What labels of a panel may use: its box and a margin, up to the next panel."""
    x0, y0, x1, y1 = panel.box
    left, top = _on(np.array((x0, y1)), scale, zero)
    right, bottom = _on(np.array((x1, y0)), scale, zero)
    return shapely.box(
        max(left - SIDE, 1.0),
        top - 2.0,
        min(right + SIDE, WIDE + 2 * MARGIN - 1.0),
        bottom + MARGIN - 1.0,
    )


def _on(points: NDArray[np.float64], scale: float, zero: Point) -> NDArray[np.float64]:
    return np.asarray(points * np.array((scale, -scale)) + np.array(zero))


def _inked(panel: Panel, scale: float, zero: Point) -> Iterable[str]:
    """The stones of a panel from far to near, the metal over them, its lines; `zero`: its origin on the sheet."""
    for row in panel.stones:
        colour = COLOURS[ord(row.item.type.letter[-1]) % 65 % len(COLOURS)]
        style = f'fill="{_pale(colour)}" stroke="{colour}" stroke-width="0.25"'
        thin = f'fill="none" stroke="{colour}" stroke-width="0.1"'
        yield f'<g id="{_id(panel, row.item)}"><title>{escape(row.item.id)}</title>'
        yield _path(_on(row.loop, scale, zero), style)
        yield from (_path(_on(facet, scale, zero), thin) for facet in row.facets)
        yield "</g>"
    if panel.over:
        yield _area([_on(ring, scale, zero) for ring in panel.over])
    for line in panel.lines:
        yield _path(_on(line, scale, zero), 'fill="none" stroke="#777" stroke-width="0.18"')


def _pale(colour: str) -> str:
    """The colour thinned with white to under a fifth: stones in front cover those behind."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - 0.18 * (255 - part)):02x}" for part in parts)


def _id(panel: Panel, item: Seated) -> str:
    return f"{panel.name.split(' ')[0]}-{item.id}"


def _label(word: Word) -> Iterable[str]:
    """A stone's id, and the leader to it where it stands outside."""
    if word.foot is not None:
        near = shapely.shortest_line(shapely.Point(word.foot), word.box)
        yield _path(np.asarray(near.coords), 'fill="none" stroke="#222" stroke-width="0.12"')
    x, y = word.at
    yield (
        f'<text class="id" x="{x:.2f}" y="{y + 0.365 * word.tall:.2f}" font-size="{word.tall:.2f}" '
        'stroke="white" stroke-width="0.35" paint-order="stroke" '
        f'text-anchor="middle">{escape(word.text)}</text>'
    )


def _path(points: NDArray[np.float64], style: str) -> str:
    text = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
    closed = len(points) > 2 and bool(np.allclose(points[0], points[-1]))
    shape = "polygon" if closed or 'fill="none"' not in style or len(points) == 3 else "polyline"
    return f'<{shape} points="{text}" {style}/>'


def _area(rings: Iterable[NDArray[np.float64]]) -> str:
    """White areas with their holes."""
    text = "".join("M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in ring) + "Z" for ring in rings)
    return f'<path class="metal" d="{text}" fill="white" fill-rule="evenodd"/>'


def _total(piece: Piece) -> str:
    rows = types(piece)
    count = sum(row.n for row in rows)
    trade = sum(row.n * row.carats_formula for row in rows)
    exact = sum(row.n * row.carats_exact for row in rows)
    noun = "stone" if count == 1 else "stones"
    return f"{count} {noun}, {trade:.2f} ct by the trade's formula, {exact:.2f} ct by volume"


def _table(rows: Sequence[Type], placed: Sequence[Seated], top: float) -> tuple[list[str], float]:
    """What to buy and where it goes: a line a type and its ids below; the lower end, mm."""
    columns = (
        (0.0, "type"), (12.0, "stones"), (28.0, "stone"), (112.0, "ct each by formula"),
        (146.0, "by volume"), (168.0, "all by volume"),
    )  # fmt: skip
    y = top + 3.0
    lines = [_words(head, MARGIN + x, y) for x, head in columns]
    for row in rows:
        cells = (
            row.letter, str(row.n), row.words, f"{row.carats_formula:.4f}",
            f"{row.carats_exact:.4f}", f"{row.n * row.carats_exact:.3f}",
        )  # fmt: skip
        y += LINE + 0.8
        colour = COLOURS[ord(row.letter[-1]) % 65 % len(COLOURS)]
        style = f'fill="{_pale(colour)}" stroke="{colour}" stroke-width="0.25"'
        lines.append(
            f'<rect x="{MARGIN + 3.4:.2f}" y="{y - 2.2:.2f}" width="5" height="2.4" {style}/>'
        )
        lines += [_words(cell, MARGIN + x, y) for (x, _), cell in zip(columns, cells, strict=True)]
        for part in textwrap.wrap(ids_words([item for item in placed if item.type == row]), IDS):
            y += LINE - 0.6
            lines.append(_words(part, MARGIN + 28.0, y, "2.2"))
    return lines, y


def ids_words(items: Sequence[Seated]) -> str:
    """`S1; S2.1 to S2.44`: the ids of stones, those of a row as a range."""
    found = []
    for row, group in itertools.groupby(items, key=row_of):
        ids = [item.id for item in group]
        found.append(row if ids == [row] else f"{ids[0]} to {ids[-1]}")
    return "; ".join(found)


def _words(text: str, x: float, y: float, size: str = "") -> str:
    tall = f' font-size="{size}"' if size else ""
    return f'<text x="{x:.2f}" y="{y:.2f}"{tall}>{escape(text)}</text>'
