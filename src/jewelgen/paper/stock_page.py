"""The stock sheet of many orders: every bar and sheet with its cuts, what to keep, and which job each blank is for.

In: a `Layout` and the jobs it was made from.  Out: data, CSV texts and PDF bytes, set by Typst. No kernel.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import Any, cast

import typst

from jewelgen.bench.cuts import CutLine
from jewelgen.bench.layout import Job, Laid, Layout
from jewelgen.catalog.alloys import alloy
from jewelgen.paper.document import EPOCH, PAPERS, font_folder
from jewelgen.paper.layouts import Shown, layout_rows
from jewelgen.paper.tables import Row, by_x, csv_text

CUT_HEAD = ("metal", "stock", "piece", "piece_mm", "blank", "cut_mm", "keep_mm")
JOB_HEAD = (
    "job",
    "pieces",
    "id",
    "part",
    "n",
    "metal",
    "stock",
    "item_mm",
    "cut_mm",
    "issued_g",
    "work",
)


def stock_data(made: Layout, jobs: Sequence[Job]) -> dict[str, Any]:
    """Everything of the sheet as plain data; mm and grams."""
    return {
        "jobs": [word for word, _, _ in jobs],
        "issued_g": sum(cut.issued_g * pieces for _, cuts, pieces in jobs for cut in cuts),
        "stocks": layout_rows(made),
        "offcuts": list(made.offcuts),
        "not_on_hand": [name for row in made.rows for name in row.over],
        "blanks": [dict(zip(JOB_HEAD, row, strict=True)) for row in job_rows(jobs)],
    }


def cuts_csv(made: Layout) -> str:
    """A line for every blank, bar after bar and sheet after sheet, in the order it is cut."""
    return csv_text(CUT_HEAD, [line for row in made.rows for line in _cuts(row)])


def _cuts(row: Laid) -> Iterator[Row]:
    metal = alloy(row.alloy).name
    for n, bar in enumerate(row.cutting.bars if row.cutting else (), 1):
        for name, size in bar.cuts:
            yield (
                metal,
                row.words,
                f"bar {n}",
                f"{bar.length:.0f}",
                name,
                f"{size:.1f}",
                f"{row.keep(bar):.0f}",
            )
    for n, sheet in enumerate(row.sheets, 1):
        whole = by_x((sheet.length, sheet.width), 0)
        keep = " and ".join(by_x(size, 0) for size in row.kept_of(sheet)) or "0"
        for placed in sheet.places:
            x0, y0, x1, y1 = placed.shape.bounds
            yield metal, row.words, f"sheet {n}", whole, placed.name, by_x((x1 - x0, y1 - y0)), keep


def job_rows(jobs: Iterable[Job]) -> list[Row]:
    """What each job takes, below `JOB_HEAD`; also blanks that are weighed or sawn from a block, not laid out."""
    return [
        (
            word, pieces, cut.id, cut.part, cut.blank.n * pieces, alloy(cut.alloy).name, cut.blank.stock.form,
            by_x(dict.fromkeys(v for v in cut.blank.stock.item if v), 2), by_x(cut.blank.cut), f"{cut.issued_g * pieces:.2f}",
            _work(cut),
        )
        for word, cuts, pieces in jobs for cut in cuts
    ]  # fmt: skip


def _work(cut: CutLine) -> str:
    """What brings the stock to its size; of a blank that is no piece of its own, what it is one piece with."""
    if not cut.one_with:
        return cut.blank.stock.work
    return "; ".join(word for word in (cut.blank.edge, f"one piece with {cut.one_with}") if word)


def stock_pdf(data: dict[str, Any], pictures: Sequence[Shown], paper: str) -> bytes:
    """The sheet's pages."""
    words = {
        **data, "paper": PAPERS[paper], "pieces": sum(row["pieces"] for row in _once(data["blanks"])),
        "pictures": [[p.heading, f"stock-{i}.svg", p.width, p.height] for i, p in enumerate(pictures)],
        "order": [_order(row) for row in data["stocks"]],
    }  # fmt: skip
    source = resources.files("jewelgen.paper").joinpath("data", "stock.typ").read_bytes()
    files = {"main.typ": source, "data.json": json.dumps(words, ensure_ascii=False).encode()}
    files |= {f"stock-{i}.svg": picture.svg.encode() for i, picture in enumerate(pictures)}
    made = typst.compile(
        cast("Any", files), format="pdf", font_paths=[str(font_folder())], ignore_system_fonts=True,
        timestamp=EPOCH,
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected")
    return made


def _once(rows: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """The first line of each job."""
    return {row["job"]: row for row in reversed(rows)}.values()


def _order(row: dict[str, Any]) -> list[str]:
    """Metal, stock, what is begun, how many blanks it gives, what is not on hand."""
    bars, sheets = row.get("bars", []), row["sheets"]
    counts: dict[str, int] = {}
    for bar in bars:
        size = f"{bar['length_mm']:.0f}"
        counts[size] = counts.get(size, 0) + 1
    for sheet in sheets:
        size = by_x((sheet["length_mm"], sheet["width_mm"]), 0)
        counts[size] = counts.get(size, 0) + 1
    begun = ", ".join(f"{n} of {size}" for size, n in sorted(counts.items()))
    blanks = sum(len(bar["cuts_mm"]) for bar in bars) + sum(len(s["places"]) for s in sheets)
    over = row["not_on_hand"]
    return [alloy(row["alloy"]).name, row["stock"], begun, str(blanks), ", ".join(over)]
