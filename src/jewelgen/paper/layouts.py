"""Bars and sheets drawn with their cuts, and what to keep.

In: a `Layout`.  Out: one picture (SVG) for each stock, with its size on paper in mm, and its row as data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ezdxf.document import Drawing

from jewelgen.bench.layout import Laid, Layout
from jewelgen.catalog.alloys import alloy
from jewelgen.paper.bar_view import BarView, bar_view
from jewelgen.paper.bar_view import scale_of as bar_scale
from jewelgen.paper.cut_marks import TEXT, WIDE
from jewelgen.paper.dxf import new_drawing, svg_text
from jewelgen.paper.sheet_view import SheetView, sheet_view
from jewelgen.paper.sheet_view import scale_of as sheet_scale

PAGE = 205.0  # mm that one picture may be high
LAYERS = ("saw", "note")
CutView = BarView | SheetView


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
    pages = pages_of(row)
    for n, page in enumerate(pages, 1):
        words_ = heading(row) if n == 1 else f"{alloy(row.alloy).name}, {row.words}"
        yield _picture(page, words_ + (f" ({n} of {len(pages)})" if len(pages) > 1 else ""))


def _bar_views(row: Laid) -> Iterator[BarView]:
    bars = row.cutting.bars if row.cutting else ()
    scale = bar_scale(bars) if bars else 1.0
    yield from (bar_view(bar, row.keep(bar), scale) for bar in bars)


def _sheet_views(row: Laid) -> Iterator[SheetView]:
    scale = sheet_scale(row.sheets) if row.sheets else 1.0
    for n, sheet in enumerate(row.sheets, 1):
        many = f"sheet {n}" if len(row.sheets) > 1 else "sheet"
        kept = " and ".join(f"{x:.0f} x {y:.0f}" for x, y in row.kept_of(sheet))
        keep = f"keep {kept}" if kept else "nothing to keep"
        yield sheet_view(sheet, f"{many} of {sheet.length:.0f} x {sheet.width:.0f}: {keep}", scale)


def pages_of(row: Laid) -> list[list[CutView]]:
    """The bars and sheets of a stock, as many to a picture as stand on a page."""
    pages: list[list[CutView]] = []
    views: list[CutView] = [*_bar_views(row), *_sheet_views(row)]
    high = 0.0
    for view in views:
        if not pages or high + view.height > PAGE:
            pages.append([])
            high = 0.0
        pages[-1].append(view)
        high += view.height
    return pages


def drawn(views: Sequence[CutView]) -> tuple[Drawing, float]:
    """The views under each other, and where the last one ends."""
    doc = new_drawing(LAYERS, TEXT)
    y = 0.0
    for view in views:
        view.draw(doc.modelspace(), y)
        y -= view.height
    return doc, y


def _picture(views: Sequence[CutView], title: str) -> Shown:
    doc, low = drawn(views)
    box = (-0.5, low + 1.5, WIDE + 0.5, 1.0)
    return Shown(title, svg_text(doc, box), WIDE + 1.0, box[3] - box[1])


def heading(row: Laid) -> str:
    """Metal and stock, how it was laid out, and the bound."""
    words_ = f"{alloy(row.alloy).name}, {row.words}"
    if row.cutting and len(row.cutting.bars) > 1:
        done = row.cutting
        words_ += f": {done.used_mm:.0f} mm of bars by {done.method}, no way needs less than {done.bound_mm:.0f}"
    if row.over:
        words_ += f"; not on hand, order: {', '.join(row.over)}"
    return words_


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
                "rest_mm": [round(v, 2) for v in row.rest_of(s)],
                "places": [{"id": p.name, "edge_mm": [[round(x, 2), round(y, 2)] for x, y in p.ring]} for p in s.places],
            }
            for s in row.sheets
        ]  # fmt: skip
        rows.append(data)
    return rows
