"""Templates at 1:1 on pages, with the 50 mm bar and the 20 mm square that prove the scale.

In: a `Plan`.  Out: DXF text of all templates, and SVG pages at exact size. Lengths mm.
"""

from __future__ import annotations

from dataclasses import dataclass

from ezdxf.document import Drawing
from ezdxf.layouts.layout import Modelspace

from jewelgen.bench.plan import Plan
from jewelgen.paper.dxf import DIGIT, dxf_text, new_drawing, svg_text, words
from jewelgen.paper.patterns import LAYERS, SMALL, Pattern, patterns, patterns_of

WIDE, TALL = 180.0, 225.0  # printable room of one page
BAR, SQUARE = 50.0, 20.0
TEXT = 2.2
LINE = TEXT + 1.2  # mm that a line of a label takes below its pattern
TOP = TALL - SQUARE - 8.0  # mm: patterns lie below the bar and the square


@dataclass(frozen=True, slots=True)
class Templates:
    """`dxf` of every template; `pages` of SVG, each `width` x `height` mm; `left_out` ids too long for a page."""

    dxf: str
    pages: tuple[str, ...]
    width: float
    height: float
    left_out: tuple[str, ...]


def templates(plan: Plan) -> Templates:
    """All templates laid on pages by shelves, largest first; the bar and the square head every page."""
    rows = sorted((_turned(row) for row in patterns(plan)), key=_largest)
    fit = [row for row in rows if row.size[0] <= WIDE and row.size[1] <= TOP - 2 * LINE]
    left = tuple(row.label.split()[0] for row in rows if row not in fit)
    placed = _shelves(fit)
    count = max((page for page, _, _, _ in placed), default=0) + 1
    whole = new_drawing(LAYERS, TEXT)
    pages = []
    for page in range(count):
        doc = new_drawing(LAYERS, TEXT)
        mine = [(p, x, y) for at, p, x, y in placed if at == page]
        _page(doc, mine, 0.0)
        _page(whole, mine, page * (WIDE + 20.0))
        pages.append(svg_text(doc, (-1.0, -1.0, WIDE + 1.0, TALL + 1.0)))
    return Templates(dxf_text(whole), tuple(pages), WIDE + 2.0, TALL + 2.0, left)


def gauge_files(plan: Plan) -> dict[str, str]:
    """A DXF for each gauge of sheet, by file name: the outlines sawn from it, with the bar and the square."""
    groups: dict[str, list[Pattern]] = {}
    for line in plan.cut_list:
        if line.blank.pattern is not None:
            stock = line.blank.stock
            name = f"templates-{stock.form}-{stock.size}-{line.alloy}"
            groups.setdefault(_safe(name), []).extend(patterns_of(line, plan.inscriptions))
    found = {}
    for name, rows in groups.items():
        doc = new_drawing(LAYERS, TEXT)
        for page, row, x, y in _shelves(sorted(rows, key=_largest)):
            _draw(doc.modelspace(), row, x + page * (WIDE + 20.0), y)
        _scale(doc.modelspace(), 0.0)
        found[f"{name}.dxf"] = dxf_text(doc)
    return found


def _turned(row: Pattern) -> Pattern:
    """What is too long to lie across a page stands on it."""
    return row.upright() if row.size[0] > WIDE and row.size[0] <= TOP - 2 * LINE else row


def _safe(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-." else "-" for c in name)


def _largest(row: Pattern) -> tuple[float, float, str]:
    return (-row.size[1], -row.size[0], row.label)


def _shelves(rows: list[Pattern]) -> list[tuple[int, Pattern, float, float]]:
    """(page, pattern, x, y): left to right, shelf under shelf, from below the scale bars."""
    out = []
    page, x, top, shelf = 0, 0.0, TOP, 0.0
    for row in rows:
        label = max(map(len, row.lines)) * TEXT * DIGIT
        wide, need = max(row.size[0], label) + 4.0, row.size[1] + len(row.lines) * LINE
        if x and x + wide > WIDE + 4.0:
            x, top, shelf = 0.0, top - shelf, 0.0
        if top < TOP and top - need < 0.0:
            page, x, top, shelf = page + 1, 0.0, TOP, 0.0
        out.append((page, row, x, top - row.size[1]))
        x, shelf = x + wide, max(shelf, need + 5.8)
    return out


def _page(doc: Drawing, rows: list[tuple[Pattern, float, float]], dx: float) -> None:
    space = doc.modelspace()
    _scale(space, dx)
    for row, x, y in rows:
        _draw(space, row, x + dx, y)


def _scale(space: Modelspace, dx: float) -> None:
    """A bar of exactly 50 mm with ticks each 10, and a square of exactly 20 mm."""
    scale = {"layer": "scale"}
    y = TALL - 6.0
    space.add_line((dx, y), (dx + BAR, y), dxfattribs=scale)
    for i in range(6):
        space.add_line((dx + i * 10.0, y), (dx + i * 10.0, y + 3.0), dxfattribs=scale)
    words(space, "50 mm", (dx, y - 4.0), TEXT)
    x = dx + BAR + 20.0
    corners = [(x, TALL - SQUARE), (x + SQUARE, TALL - SQUARE), (x + SQUARE, TALL), (x, TALL)]
    space.add_lwpolyline(corners, close=True, dxfattribs=scale)
    words(space, "20 x 20", (x + SQUARE + 2.0, TALL - 6.0), TEXT)


def _draw(space: Modelspace, row: Pattern, x: float, y: float) -> None:
    for layer, ring in row.rings:
        corners = [(a + x, b + y) for a, b in ring]
        space.add_lwpolyline(corners, close=True, dxfattribs={"layer": layer})
    for layer, (x0, y0, x1, y1) in row.strokes:
        space.add_line((x0 + x, y0 + y), (x1 + x, y1 + y), dxfattribs={"layer": layer})
    for across, up, word in row.words:
        words(space, word, (x + across, y + up), SMALL)
    for line, text in enumerate(row.lines, 1):
        words(space, text, (x, y - line * LINE), TEXT)
