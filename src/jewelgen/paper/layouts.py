"""Bars and sheets drawn with their cuts, and what to keep.

In: a `Layout`.  Out: one picture (SVG) for each stock, with its size on paper in mm, and its row as data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ezdxf.layouts.layout import Modelspace

from jewelgen.bench.cutting import Bar
from jewelgen.bench.layout import Laid, Layout
from jewelgen.catalog.alloys import alloy
from jewelgen.paper.dxf import new_drawing, svg_text, words

WIDE, THICK, GAP, TEXT = 176.0, 5.0, 3.5, 2.0
LARGEST = 0.9  # a sheet is drawn no larger than this share of its size
TALLEST = 50.0
BARS, SHEETS = 24, 4  # in one picture: as many as stand on a page
LAYERS = ("saw", "note")


@dataclass(frozen=True, slots=True)
class Shown:
    """One stock's picture: heading, SVG, width and height on paper in mm."""

    heading: str
    svg: str
    width: float
    height: float


def shown(made: Layout) -> tuple[Shown, ...]:
    """Pictures of every stock of which something is cut, none higher than a page."""
    return tuple(picture for row in made.rows for picture in _shown(row))


def _shown(row: Laid) -> Iterator[Shown]:
    bars = row.cutting.bars if row.cutting else ()
    some = [bars[i : i + BARS] for i in range(0, len(bars), BARS)]
    parts = [replace(row.cutting, bars=part) for part in some] if row.cutting else []
    pages = [replace(row, cutting=part, sheets=()) for part in parts]
    starts = range(0, len(row.sheets), SHEETS)
    pages += [replace(row, cutting=None, sheets=row.sheets[i : i + SHEETS]) for i in starts]
    for n, page in enumerate(pages, 1):
        words_ = heading(row) if n == 1 else f"{alloy(row.alloy).name}, {row.words}"
        yield _picture(page, words_ + (f" ({n} of {len(pages)})" if len(pages) > 1 else ""))


def _picture(row: Laid, title: str) -> Shown:
    doc = new_drawing(LAYERS, TEXT)
    space = doc.modelspace()
    top = _bars(space, row, row.cutting.bars) if row.cutting else _sheets(space, row)
    box = (-0.5, top - 0.5, WIDE + 0.5, TEXT + 0.5)
    return Shown(title, svg_text(doc, box), WIDE + 1.0, TEXT + 1.0 - top)


def heading(row: Laid) -> str:
    """Metal and stock, how it was laid out, and the bound."""
    words_ = f"{alloy(row.alloy).name}, {row.words}"
    if row.cutting and len(row.cutting.bars) > 1:
        done = row.cutting
        words_ += f": {done.used_mm:.0f} mm of bars by {done.method}, no way needs less than {done.bound_mm:.0f}"
    if row.over:
        words_ += f"; not on hand, order: {', '.join(row.over)}"
    return words_


def _bars(space: Modelspace, row: Laid, bars: tuple[Bar, ...]) -> float:
    """Bars under each other to one scale; returns the lowest y."""
    scale = WIDE / max(bar.length for bar in bars)
    y = 0.0
    for bar in bars:
        y -= THICK
        _box(space, (0.0, y, bar.length * scale, THICK), "note")
        x = 0.0
        kerf = (bar.length - bar.offcut - sum(size for _, size in bar.cuts)) / len(bar.cuts)
        for name, size in bar.cuts:
            _box(space, (x * scale, y, size * scale, THICK), "saw")
            _words(space, (x * scale, y + THICK / 2, size * scale), name, f"{name} {size:.1f}")
            x += size + kerf
        left = f"keep {bar.offcut:.0f}" if row.keep(bar) else "scrap"
        _words(space, (x * scale, y + THICK / 2, bar.offcut * scale), "", left)
        y -= GAP
    return y


def _words(space: Modelspace, at: tuple[float, float, float], short: str, long: str) -> None:
    """The longer text where it fits in the width `at[2]`, else the shorter, else nothing."""
    for text in (long, short):
        if text and len(text) * TEXT * 0.75 + 1.0 <= at[2]:
            words(space, text, (at[0] + 0.7, at[1] - TEXT / 2), TEXT, "note")
            return


def _sheets(space: Modelspace, row: Laid) -> float:
    """Sheets under each other to one scale; returns the lowest y."""
    sheets = row.sheets
    long, wide = max(s.length for s in sheets), max(s.width for s in sheets)
    scale = min(LARGEST, WIDE / long, TALLEST / wide)
    y = 0.0
    for sheet in sheets:
        y -= sheet.width * scale
        _box(space, (0.0, y, sheet.length * scale, sheet.width * scale), "note")
        for placed in sheet.places:
            ring = [(px * scale, py * scale + y) for px, py in placed.ring]
            space.add_lwpolyline(ring, close=True, dxfattribs={"layer": "saw"})
            middle = placed.shape.representative_point()
            x = middle.x * scale - len(placed.name) * TEXT * 0.35
            words(space, placed.name, (x, middle.y * scale + y - TEXT / 2), TEXT, "note")
        keep = row.keep_of(sheet)
        cut = y + (sheet.width - sheet.keep[1]) * scale
        space.add_line((0.0, cut), (sheet.length * scale, cut), dxfattribs={"layer": "note"})
        left = f"keep {keep[0]:.0f} x {keep[1]:.0f}" if keep[1] else "nothing to keep"
        text = f"{left} of {sheet.length:.0f} x {sheet.width:.0f}"
        words(space, text, (sheet.length * scale + 2.0, cut + 1.0), TEXT, "note")
        y -= GAP
    return y


def _box(space: Modelspace, box: tuple[float, float, float, float], layer: str) -> None:
    x, y, w, h = box
    ring = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    space.add_lwpolyline(ring, close=True, dxfattribs={"layer": layer})


def layout_rows(made: Layout) -> list[dict[str, Any]]:
    """The layout as data for plan.json; mm."""
    rows = []
    for row in made.rows:
        data: dict[str, Any] = {
            "alloy": row.alloy,
            "stock": row.words,
            "not_on_hand": list(row.over),
        }
        if row.cutting:
            data |= {
                "method": row.cutting.method,
                "used_mm": round(row.cutting.used_mm, 2),
                "bound_mm": round(row.cutting.bound_mm, 2),
                "bars": [
                    {"length_mm": b.length, "cuts_mm": [[n, round(s, 2)] for n, s in b.cuts], "keep_mm": round(row.keep(b), 2)}
                    for b in row.cutting.bars
                ],
            }  # fmt: skip
        data["sheets"] = [
            {
                "length_mm": round(s.length, 2), "width_mm": round(s.width, 2), "keep_mm": [round(v, 2) for v in row.keep_of(s)],
                "places": [{"id": p.name, "edge_mm": [[round(x, 2), round(y, 2)] for x, y in p.ring]} for p in s.places],
            }
            for s in row.sheets
        ]  # fmt: skip
        rows.append(data)
    return rows
