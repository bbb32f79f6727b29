"""The dimensioned drawing of a piece: views side by side at 1:1, and an enlarged section, real dimension entities.

In: a `Piece` and the ids of its parts.  Out: `Sheet` (DXF text, SVG text, size in mm).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from ezdxf.layouts.layout import Modelspace

from jewelgen.bench.inscriptions import inscriptions
from jewelgen.paper.dxf import LETTER, dimension, dxf_text, new_drawing, svg_text, thin, words
from jewelgen.paper.holes import drilled, name_holes
from jewelgen.paper.lettering import details
from jewelgen.paper.views import PENDANT_VIEWS, RING_VIEWS, View
from jewelgen.piece.form import Bar, Dome, Form, Hoop, Plate, Tube, Wall
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import Section, Wire, polygon, thickness, width

TEXT = 1.4  # mm in the drawing; sheets show it enlarged
GAP = 9.0
ZOOMS = (4.0, 5.0, 8.0, 10.0, 20.0)  # enlargements of the section
LEAST = 7.0  # mm that it shall measure


@dataclass(frozen=True, slots=True)
class Sheet:
    """A drawing: its DXF, its SVG at 1:1 and the box that this shows: (x0, y0, x1, y1) in mm."""

    dxf: str
    svg: str
    box: tuple[float, float, float, float]

    @property
    def width(self) -> float:
        """mm."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """mm."""
        return self.box[3] - self.box[1]


def drawing(piece: Piece, shown: Sequence[View], letters: Mapping[str, str]) -> Sheet:
    """Front, side and top views with dimensions and balloons, and the section of the shank or wall."""
    doc = new_drawing(("metal", "stone", "section", "engrave", "dimension", "note"), TEXT)
    space = doc.modelspace()
    x, tallest = 0.0, max((view.box[3] - view.box[1] for view in shown), default=0.0)
    for view in shown:
        _place(space, view, x, letters)
        _dimensions(space, piece, view, x)
        if view.name == "front":
            _holes(space, piece, view, x)
        x += view.box[2] - view.box[0] + GAP
    x = _section(space, piece, letters, x)
    x = details(space, inscriptions(piece), letters, x)
    box = (-6.0, -7.0, x + 1.0, max(tallest, 8.0) + 6.0)
    return Sheet(dxf_text(doc), svg_text(doc, box), box)


def true_size(view: View) -> Sheet:
    """A view at exactly 1:1, lines alone, to hold the metal against."""
    doc = new_drawing(("metal", "stone", "engrave"), TEXT)
    thin(doc)
    for layer, line in view.lines:
        doc.modelspace().add_lwpolyline(line, dxfattribs={"layer": layer})
    x0, y0, x1, y1 = view.box
    box = (x0 - 0.5, y0 - 0.5, x1 + 0.5, y1 + 0.5)
    return Sheet(dxf_text(doc), svg_text(doc, box), box)


def _place(space: Modelspace, view: View, x: float, letters: Mapping[str, str]) -> None:
    """The lines of a view with its lower left corner at (x, 0), its name below, ids beside."""
    dx, dy = x - view.box[0], -view.box[1]
    for layer, line in view.lines:
        space.add_lwpolyline([(a + dx, b + dy) for a, b in line], dxfattribs={"layer": layer})
    words(space, view.name, (x, -6.2), TEXT * 1.1)
    if view.name == "front":
        _balloons(space, view, (dx, dy), letters)


def _balloons(
    space: Modelspace, view: View, shift: tuple[float, float], letters: Mapping[str, str]
) -> None:
    """Part ids in circles left of the view, in order of height, each with a leader to its part."""
    rows = sorted(
        (spot[1] + shift[1], spot[0] + shift[0], letters[name])
        for name, spot in view.balloons
        if name in letters
    )
    # A casting of many parts has one id: one balloon, on its lowest part.
    rows = list({word: (y, x, word) for y, x, word in reversed(rows)}.values())[::-1]
    left, least = view.box[0] + shift[0] - 4.0, -9.0
    for y, x, word in rows:
        level = max(y, least + 2.5 * TEXT)
        least = level
        space.add_circle((left, level), TEXT, dxfattribs={"layer": "note"})
        space.add_line((left + TEXT, level), (x, y), dxfattribs={"layer": "note"})
        space.add_circle((x, y), 0.12, dxfattribs={"layer": "note"})
        half = 0.36 * TEXT * len(word)
        words(space, word, (left - half, level - TEXT * 0.45), TEXT * 0.9)


def _dimensions(space: Modelspace, piece: Piece, view: View, x: float) -> None:
    """Over-all width and height; the bore across a ring's front view."""
    w, h = view.box[2] - view.box[0], view.box[3] - view.box[1]
    dimension(space, ((x, 0.0), (x + w, 0.0)), (x, -2.6))
    dimension(space, ((x + w, 0.0), (x + w, h)), (x + w + 2.6, 0.0), angle=90.0)
    if view.name == "front" and piece.bore:
        cx, cy, r = x - view.box[0], -view.box[1], piece.bore / 2
        dimension(space, ((cx - r, cy), (cx + r, cy)), (cx, cy), f"ID {piece.bore:.2f}")


def _holes(space: Modelspace, piece: Piece, view: View, x: float) -> None:
    """The sizes of drilled holes above the front view."""
    axes = next(
        row
        for row in (RING_VIEWS if piece.sort == "ring" else PENDANT_VIEWS)
        if row[0] == view.name
    )
    shift = (x - view.box[0], -view.box[1])
    over = (x, view.box[3] - view.box[1] + 1.4)
    name_holes(space, drilled(piece, np.array(axes[1:])), shift, over)


def _section_of(piece: Piece) -> tuple[Part, Section] | None:
    """The section worth showing: of the largest hoop, else of the first bar."""
    hoops = [
        (p.form.bore, p, p.form.stations[-1][1]) for p in piece.parts if isinstance(p.form, Hoop)
    ]
    if hoops:
        return max(hoops, key=lambda row: row[0])[1:]
    bars = [(p, p.form.stations[0][1]) for p in piece.parts if isinstance(p.form, Bar)]
    return bars[0] if bars else None


def _section(space: Modelspace, piece: Piece, letters: Mapping[str, str], x: float) -> float:
    """The section enlarged, with dimensions in true mm; returns the right end."""
    found = _section_of(piece)
    if found is None:
        return x
    part, section = found
    largest = max(width(section), thickness(section))
    zoom = next((z for z in ZOOMS if largest * z >= LEAST), ZOOMS[-1])
    wide, tall = width(section) * zoom, thickness(section) * zoom
    if wide > 32.0:
        return x
    ring = polygon(section) * zoom
    space.add_lwpolyline(
        [(x + wide / 2 + u, v) for u, v in ring], close=True, dxfattribs={"layer": "section"}
    )
    size = f"{width(section):.2f}"
    dimension(space, ((x, 0.0), (x + wide, 0.0)), (x, -3.8), size)
    if not isinstance(section, Wire):
        side = x + wide
        size = f"{thickness(section):.2f}"
        dimension(space, ((side, 0.0), (side, tall)), (side + 3.8, 0.0), size, 90.0)
    name = f"{letters[part.name]} section" if part.name in letters else "section"
    words(space, f"{name} {zoom:.0f} x", (x, -6.2), TEXT * 1.1)
    return x + max(wide + 10.5, _facts(space, piece, letters, (x, tall)))


def _facts(
    space: Modelspace, piece: Piece, letters: Mapping[str, str], at: tuple[float, float]
) -> float:
    """Thicknesses of sheet, walls and tubes in words above the section, like parts in one line; returns its length."""
    found: dict[tuple[str, str], list[str]] = {}
    for part in piece.parts:
        if sizes := _sizes(part.form):
            ids = found.setdefault((part.role or part.name, sizes), [])
            ids += [letters[part.name]] if part.name in letters else []
    lines = [
        " ".join((*dict.fromkeys(ids), f"{role}: {sizes}")) for (role, sizes), ids in found.items()
    ]
    for i, line in enumerate(lines):
        words(space, line, (at[0], at[1] + 4.0 + 2.0 * i), TEXT)
    return max(map(len, lines), default=0) * TEXT * LETTER + 1.0


def _sizes(form: Form) -> str:
    """What no view dimensions: how thick, and how high or long."""
    match form:
        case Wall():
            return f"wall {form.t:.2f}, {form.height:.1f} high"
        case Plate():
            return f"sheet {form.t:.2f}"
        case Dome():
            return f"sheet {form.t:.2f}, raised {form.rise:.1f}"
        case Tube():
            return f"tube {form.od:.2f}, bore {form.id:.2f}, {form.length:.1f} long"
        case _:
            return ""
