"""Templates at 1:1: outlines to saw, strips with ticks, the 50 mm bar and the 20 mm square that prove the scale.

In: a `Plan`.  Out: DXF text of all templates, and SVG pages at exact size. Lengths mm.
"""

from __future__ import annotations

from dataclasses import dataclass

from ezdxf.document import Drawing
from ezdxf.layouts.layout import Modelspace

from jewelgen.bench.blank import Blank
from jewelgen.bench.cuts import CutLine
from jewelgen.bench.marking import MarkingStrip
from jewelgen.bench.plan import Plan
from jewelgen.flat.outline import Outline, Oval, Path, extents, points
from jewelgen.flat.segments import loop_points
from jewelgen.paper.dxf import dxf_text, new_drawing, svg_text, words

WIDE, TALL = 180.0, 225.0  # printable room of one page
BAR, SQUARE = 50.0, 20.0
TEXT = 2.2
LAYERS = ("saw", "bend", "drill", "engrave", "scale", "note")
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One template: closed `saw` loops and `drill` loops, `bend` ticks as segments, a label; box of (w, h)."""

    label: str
    saw: tuple[Ring, ...]
    drill: tuple[Ring, ...]
    bend: tuple[tuple[float, float, float, float], ...]
    engrave: tuple[tuple[float, float, float, float], ...]
    size: tuple[float, float]
    sheet: Ring = ()
    words: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Templates:
    """`dxf` of every template; `pages` of SVG, each `width` x `height` mm; `left_out` ids too long for a page."""

    dxf: str
    pages: tuple[str, ...]
    width: float
    height: float
    left_out: tuple[str, ...]


def patterns(plan: Plan) -> tuple[Pattern, ...]:
    """A pattern for each blank: strips and wires with ticks, flat outlines, bands' marking strips, a ring's inside
    circle.
    """
    found = [pattern for line in plan.cut_list for pattern in _patterns_of(line)]
    found += [_marking(strip, plan.letters[strip.part]) for strip in plan.strips]
    if plan.bore:
        ring = _circle(plan.bore)
        found.append(
            Pattern(f"inside circle {plan.bore:.2f}", (), (ring,), (), (), (plan.bore, plan.bore))
        )
    return tuple(found)


def _patterns_of(line: CutLine) -> list[Pattern]:
    blank = line.blank
    name = f"{line.id} {line.role}"
    if blank.pattern is not None:
        return [_flat(name, blank.pattern, _drilled(blank), (blank.cut[1], blank.cut[0]))]
    if blank.sort not in {"strip", "wire"} or (len(blank.cut) == 1 and not blank.ticks):
        return []
    tall = blank.cut[1] if len(blank.cut) > 1 else max(blank.stock.wanted[0], 0.5)
    return [
        _strip(
            f"{name}: cut {blank.cut[0]:.1f}, net {blank.net[0]:.1f}",
            blank.cut[0],
            tall,
            blank.ticks,
        )
    ]


def _drilled(blank: Blank) -> tuple[tuple[float, float, Outline], ...]:
    """Holes of the plate, and those that stones are drilled for."""
    return (*blank.holes, *((x, y, Oval(d, d)) for x, y, d in blank.points))


def _flat(
    name: str,
    outline: Outline,
    holes: tuple[tuple[float, float, Outline], ...],
    cut: tuple[float, float],
) -> Pattern:
    """The outline to saw, centred in its rectangle of sheet (`cut` = width, length)."""
    long, wide = extents(outline)
    if isinstance(outline, Path):
        rings = [tuple(loop_points(loop)) for loop in outline.loops]
    else:
        rings = [tuple(points(outline, 240))]
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    dx, dy = (cut[0] - max(xs) - min(xs)) / 2, (cut[1] - max(ys) - min(ys)) / 2
    sheet = ((0.0, 0.0), (cut[0], 0.0), cut, (0.0, cut[1]))
    moved = tuple(tuple((x + dx, y + dy) for x, y in ring) for ring in rings)
    drilled = tuple(
        tuple((hx + x + dx, hy + y + dy) for x, y in points(hole, 60)) for hx, hy, hole in holes
    )
    marks = tuple(_cross(hx + dx, hy + dy) for hx, hy, _ in holes)
    ticks = tuple(segment for pair in marks for segment in pair)
    label = f"{name}: {long:.2f} x {wide:.2f} of {cut[1]:.1f} x {cut[0]:.1f}"
    return Pattern(label, moved, drilled, (), ticks, cut, sheet)


def _cross(x: float, y: float, arm: float = 0.4) -> tuple[tuple[float, float, float, float], ...]:
    return ((x - arm, y, x + arm, y), (x, y - arm, x, y + arm))


def _strip(label: str, long: float, tall: float, ticks: tuple[tuple[float, str], ...]) -> Pattern:
    box = ((0.0, 0.0), (long, 0.0), (long, tall), (0.0, tall))
    marks = tuple((at, 0.0, at, tall) for at, word in ticks if word != "mark" and 0.0 < at < long)
    stamps = tuple((at, 0.0, at, tall) for at, word in ticks if word == "mark")
    words_on = tuple((at, "stamp") for at, word in ticks if word == "mark")
    return Pattern(label, (box,), (), marks, stamps, (long, tall), (), words_on)


def _marking(strip: MarkingStrip, letter: str) -> Pattern:
    """A band's marking strip: a hole and a cross for each stone, every fifth of the uppermost row numbered."""
    label = f"{letter} outside, wrap once round, 12 in the middle; from below {' '.join(strip.stones)}: {strip.long:.2f} x {strip.tall:.2f}"
    box = ((0.0, 0.0), (strip.long, 0.0), (strip.long, strip.tall), (0.0, strip.tall))
    holes = tuple(
        tuple((s.along + x, s.across + y) for x, y in points(Oval(s.drill, s.drill), 24))
        for s in strip.spots
        if s.drill
    )
    crosses = tuple(seg for s in strip.spots for seg in _cross(s.along, s.across, 0.2))
    middle = (strip.long / 2, -1.0, strip.long / 2, strip.tall + 1.0)
    top = max(s.across for s in strip.spots)
    upper = [s for s in strip.spots if s.across > top - 1e-6 and s.number % 5 == 0]
    numbers = tuple((s.along + 1.2, str(s.number)) for s in upper)
    return Pattern(
        label, (box,), holes, (), (*crosses, middle), (strip.long, strip.tall), (), numbers
    )


def _circle(d: float) -> Ring:
    return tuple((x + d / 2, y + d / 2) for x, y in points(Oval(d, d), 240))


def templates(plan: Plan) -> Templates:
    """All templates laid on pages by shelves, largest first; the bar and the square head every page."""
    rows = sorted(patterns(plan), key=_largest)
    fit = [p for p in rows if p.size[0] <= WIDE and p.size[1] <= TALL - SQUARE - 14.0]
    left = tuple(p.label.split()[0] for p in rows if p not in fit)
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
            groups.setdefault(_safe(name), []).extend(_patterns_of(line))
    found = {}
    for name, rows in groups.items():
        doc = new_drawing(LAYERS, TEXT)
        for page, row, x, y in _shelves(sorted(rows, key=_largest)):
            _draw(doc.modelspace(), row, x + page * (WIDE + 20.0), y)
        _scale(doc.modelspace(), 0.0)
        found[f"{name}.dxf"] = dxf_text(doc)
    return found


def _safe(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-." else "-" for c in name)


def _largest(row: Pattern) -> tuple[float, float, str]:
    return (-row.size[1], -row.size[0], row.label)


def _shelves(rows: list[Pattern]) -> list[tuple[int, Pattern, float, float]]:
    """(page, pattern, x, y): left to right, shelf under shelf, from below the scale bars."""
    out = []
    page, x, top, shelf = 0, 0.0, TALL - SQUARE - 8.0, 0.0
    for row in rows:
        wide, tall = max(row.size[0], len(row.label) * TEXT * 0.62) + 6.0, row.size[1] + TEXT + 7.0
        if x and x + wide > WIDE + 6.0:
            x, top, shelf = 0.0, top - shelf, 0.0
        if top - tall < 0.0:
            page, x, top, shelf = page + 1, 0.0, TALL - SQUARE - 8.0, 0.0
        out.append((page, row, x, top - row.size[1]))
        x, shelf = x + wide, max(shelf, tall)
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
    for layer, rings in (("saw", row.saw), ("drill", row.drill)):
        for ring in rings:
            space.add_lwpolyline(
                [(a + x, b + y) for a, b in ring], close=True, dxfattribs={"layer": layer}
            )
    for layer, lines in (("bend", row.bend), ("engrave", row.engrave)):
        for x0, y0, x1, y1 in lines:
            space.add_line((x0 + x, y0 + y), (x1 + x, y1 + y), dxfattribs={"layer": layer})
    if row.sheet:
        space.add_lwpolyline(
            [(a + x, b + y) for a, b in row.sheet], close=True, dxfattribs={"layer": "note"}
        )
    for at, word in row.words:
        words(space, word, (x + at - 2.0, y + row.size[1] + 0.6), 1.4, "engrave")
    words(space, row.label, (x, y - TEXT - 1.2), TEXT)
