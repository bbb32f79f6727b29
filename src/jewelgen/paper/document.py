"""plan.pdf: the plan set by Typst, on A4 or Letter, the same bytes every time.

In: a `Plan`, its drawing and templates.  Out: PDF bytes. The template is package data that a shop may replace.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal, cast

import typst

from jewelgen.bench.cuts import CutLine
from jewelgen.bench.plan import Plan
from jewelgen.bench.settings import Setting
from jewelgen.bench.steps import Step
from jewelgen.catalog.alloys import alloy
from jewelgen.paper.drawing import Sheet
from jewelgen.paper.layouts import Shown
from jewelgen.paper.page import job_qr
from jewelgen.paper.tables import (
    QC,
    by_x,
    figures_words,
    net_places,
    parts_words,
    weight_rows,
)
from jewelgen.paper.templates import Templates

Paper = Literal["a4", "letter"]
PAPERS = {"a4": "a4", "letter": "us-letter"}
ROOM = 182.0  # mm across a page
SCALES = (2.0, 1.5, 1.25, 1.0, 0.75, 0.5)
EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
SYSTEM_FONTS = Path("/usr/share/fonts/truetype/dejavu")


@dataclass(frozen=True, slots=True)
class Drawings:
    """What a plan shows: the dimensioned sheet, the template pages, bars and sheets with their cuts."""

    sheet: Sheet
    templates: Templates
    stocks: tuple[Shown, ...] = ()


def plan_pdf(
    plan: Plan, drawings: Drawings, paper: Paper = "a4", fonts: Path | None = None
) -> bytes:
    """The plan as PDF. `fonts` is a folder of fonts; without it the shipped ones, else DejaVu of the system."""
    files = {
        "main.typ": template().encode(),
        "data.json": json.dumps(_data(plan, drawings, paper), ensure_ascii=False).encode(),
        "job.svg": job_qr(plan).encode(),
        "drawing.svg": drawings.sheet.svg.encode(),
    }
    for i, page in enumerate(drawings.templates.pages):
        files[f"templates-{i}.svg"] = page.encode()
    for i, stock in enumerate(drawings.stocks):
        files[f"stock-{i}.svg"] = stock.svg.encode()
    made = typst.compile(
        cast("Any", files),  # files by name: taken, but not in the stubs
        format="pdf", font_paths=[str(fonts or font_folder())], ignore_system_fonts=True, timestamp=EPOCH,
    )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected")
    return made


def template() -> str:
    """The Typst source of the plan."""
    return (
        resources.files("jewelgen.paper").joinpath("data", "plan.typ").read_text(encoding="utf-8")
    )


def font_folder() -> Path:
    """The shipped fonts' folder, or the system's DejaVu where none is shipped."""
    shipped = resources.files("jewelgen.flat").joinpath("fonts")
    return Path(str(shipped)) if shipped.is_dir() else SYSTEM_FONTS


def _data(plan: Plan, drawings: Drawings, paper: Paper) -> dict[str, Any]:
    letters = plan.letters
    return {
        "title": plan.name, "paper": PAPERS[paper], "digest": plan.digest, "head": _head(plan),
        "drawing": _drawing(drawings.sheet),
        "cuts": [_cut(line) for line in plan.cut_list], "cut_notes": _cut_notes(plan),
        "components": _components(plan),
        "joints": [
            [
                line.id, parts_words(line, letters), _type(line.word, line.text, line.places), line.grade or "cold",
                f"{line.solder.flow_c:.0f}" if line.solder else "-", line.chip_words,
                f"{line.order_mm3:.2f}" if line.grade else "-", str(line.reheats) if line.grade else "-", line.hold,
            ]
            for line in plan.joints
        ],
        "settings": [_setting(row, letters) for row in plan.settings],
        "steps": _steps(plan.steps), "minutes": f"{5 * round(plan.minutes / 5):.0f}",
        "weights": [list(row) for row in weight_rows(plan)], "qc": list(QC), "notes": _notes(plan),
        "stocks": [[s.heading, f"stock-{i}.svg", s.width, s.height] for i, s in enumerate(drawings.stocks)],
        "heated": plan.heats > 0, "chip_spare": plan.chip_spare, "templates": _templates(drawings.templates),
    }  # fmt: skip


def _head(plan: Plan) -> list[list[str]]:
    stones = "; ".join(f"{row.n} {row.species} {row.size_text}" for row in plan.settings)
    size = f"{plan.size} (inside {plan.bore:.2f})" if plan.bore else plan.size or "-"
    made = {alloy(line.alloy).name for line in plan.cut_list}
    metal = alloy(plan.alloy).name
    others = sorted(made - {metal})
    ticket = plan.ticket
    job = ticket.job + (f" ({ticket.qty} pieces)" if ticket.qty > 1 else "")
    return [
        ["job", job], ["customer", ticket.customer], ["due", ticket.due],
        ["metal", metal + (f"; {', '.join(others)}" if others else "")], ["size", size], ["finish", plan.finish or "bright"],
        ["stones", stones or "none"], ["marks", "; ".join(plan.marks) or "none"], ["heats", str(plan.heats)],
    ]  # fmt: skip


def _drawing(sheet: Sheet) -> dict[str, Any]:
    scale = next((s for s in SCALES if sheet.width * s <= ROOM), ROOM / sheet.width)
    return {
        "width": round(sheet.width * scale, 3),
        "height": round(sheet.height * scale, 3),
        "scale": f"{scale:.4g}",
    }


def _cut(line: CutLine) -> list[str]:
    blank = line.blank
    return [
        line.id, line.role, str(blank.n), alloy(line.alloy).name, blank.stock.form, blank.stock.size, blank.stock.gauge,
        blank.temper, by_x(blank.cut), by_x(blank.net, net_places(blank)), f"{line.issued_g:.3f}",
    ]  # fmt: skip


def _cut_notes(plan: Plan) -> list[str]:
    notes = []
    for line in plan.cut_list:
        blank = line.blank
        words = [f"{a.name} {a.mm:.1f}" for a in blank.allowances if a.axis == "length"]
        text = [f"allowances: {', '.join(words)}" if words else "", blank.edge]
        text += [blank.stock.work if blank.stock.work != "as sold" else ""]
        text += [f"one piece with {line.one_with}" if line.one_with else ""]
        said = "; ".join(part for part in text if part)
        if said:
            notes.append(f"{line.id}: {said}")
    return notes


def _components(plan: Plan) -> list[str]:
    rows = [f"{c.id} {c.part}: {c.order} ({c.why})" for c in plan.components]
    return rows + [f"buy {item.n} x {item.text}" for item in plan.bought]


def _type(word: str, text: str, places: int) -> str:
    many = f", {places} places" if places > 1 else ""
    return f"{word}{': ' + text if text else ''}{many}"


def _setting(row: Setting, letters: dict[str, str]) -> list[str]:
    held = " ".join(letters.get(name, name) for name in row.held)
    care = ", ".join(f"{key}: {word.replace('_', ' ')}" for key, word in row.care)
    return [
        row.id, f"{row.species}, {row.cut}", str(row.n), row.size_text, f"{row.carats:.2f}", f"{held} ({row.grip})",
        figures_words(row.figures), f"{', '.join(row.tools)}. Push {row.order}. {care}.",
    ]  # fmt: skip


def _steps(rows: tuple[Step, ...]) -> list[dict[str, Any]]:
    """Steps with a phase line wherever the phase changes."""
    out, phase = [], ""
    for row in rows:
        cells = [
            str(row.n),
            " ".join(row.ids),
            row.text,
            row.tool,
            f"{row.target}  {row.tolerance}",
            row.check,
            f"{row.minutes:.0f}",
        ]
        out.append({"phase": row.phase if row.phase != phase else None, "cells": cells})
        phase = row.phase
    return out


def _notes(plan: Plan) -> list[str]:
    found = [f"{f.code}: {f.message}{'; ' + f.hint if f.hint else ''}" for f in plan.findings]
    return [*plan.notes, f"Article fineness with solder about {plan.weights.fineness}.", *found]


def _templates(made: Templates) -> dict[str, Any]:
    left = (
        f"Too long for a page, measure by rule: {', '.join(made.left_out)}."
        if made.left_out
        else ""
    )
    return {
        "pages": [f"templates-{i}.svg" for i in range(len(made.pages))],
        "width": made.width, "height": made.height, "left": left,
    }  # fmt: skip
