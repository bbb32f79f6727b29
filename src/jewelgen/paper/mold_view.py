"""The mold cutter's drawing: the master along the pull and from its side, with the parting line and undercuts.

In: a `Parting`.  Out: `Sheet` (DXF text, SVG text, size in mm), 1:1 with the master. No kernel.
"""

from __future__ import annotations

from ezdxf.layouts.layout import Modelspace

from jewelgen.cast.parting import Line2, Parting
from jewelgen.paper.drawing import GAP, TEXT, Sheet
from jewelgen.paper.dxf import dxf_text, new_drawing, svg_text, words

MARK = 0.7  # mm: radius of the ring round an undercut
FOOT = 5.0  # mm below the views for their names


def mold_view(made: Parting) -> Sheet:
    """Both views side by side: outlines thin, the parting line heavy, undercuts ringed, those too deep crossed."""
    doc = new_drawing(("metal", "section", "saw", "note"), TEXT)
    space = doc.modelspace()
    x, tallest = 0.0, 0.0
    views = (
        (f"pulled {made.pull}", made.along, made.line_along, made.spots_along),
        ("from the side", made.beside, made.line_beside, made.spots_beside),
    )
    for name, outline, line, spots in views:
        x0, y0, x1, y1 = _box(outline)
        shift = (x - x0, -y0)
        _lines(space, outline, shift, "note")
        _lines(space, line, shift, "section")
        for i, (u, v, passes) in enumerate(spots, 1):
            _spot(space, (u + shift[0], v + shift[1]), str(i), passes)
        words(space, name, (x, -FOOT + 1.2), TEXT)
        x += max(x1 - x0, 0.66 * TEXT * len(name)) + GAP
        tallest = max(tallest, y1 - y0)
    box = (-3.0, -FOOT, x - GAP + 3.0, tallest + 3.0)
    return Sheet(dxf_text(doc), svg_text(doc, box), box)


def _box(lines: tuple[Line2, ...]) -> tuple[float, float, float, float]:
    xs, ys = ([p[k] for line in lines for p in line] for k in (0, 1))
    return min(xs), min(ys), max(xs), max(ys)


def _lines(
    space: Modelspace, lines: tuple[Line2, ...], shift: tuple[float, float], layer: str
) -> None:
    for line in lines:
        moved = [(x + shift[0], y + shift[1]) for x, y in line]
        space.add_lwpolyline(moved, dxfattribs={"layer": layer})


def _spot(space: Modelspace, at: tuple[float, float], name: str, passes: bool) -> None:
    """A ring round an undercut with its number; a cross in it where rubber does not give."""
    x, y = at
    space.add_circle(at, MARK, dxfattribs={"layer": "saw"})
    if not passes:
        d = MARK * 0.7
        for sign in (1, -1):
            ends = ((x - d, y - sign * d), (x + d, y + sign * d))
            space.add_line(*ends, dxfattribs={"layer": "saw"})
    words(space, name, (x + MARK * 1.2, y + MARK * 0.6), TEXT * 0.9)
