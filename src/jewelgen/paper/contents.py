"""What the template of plan.pdf is given: every word and number of the plan as plain data.

In: a `Plan` and its `Drawings`.  Out: the content of data.json, texts rounded to what a bench can measure.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

from jewelgen.bench.cuts import CutLine
from jewelgen.bench.joints import JointLine
from jewelgen.bench.plan import Plan
from jewelgen.bench.quality import balance_words, fineness_words
from jewelgen.bench.settings import Setting
from jewelgen.bench.weights import SOLDER_DENSITY
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.weights import grams
from jewelgen.paper.drawing import Sheet
from jewelgen.paper.layouts import Shown
from jewelgen.paper.setting_map import Placed
from jewelgen.paper.states import State
from jewelgen.paper.tables import (
    by_x,
    figures_words,
    lettered,
    net_places,
    parts_words,
    weight_rows,
)
from jewelgen.paper.templates import Templates

ID = re.compile(r"[A-Z]{1,2}\d*")
ROOM = 182.0  # mm across a page
SPELT = 4  # parts up to which a step spells out that it is about all of them
SCALES = (2.0, 1.5, 1.25, 1.0, 0.75, 0.5)


@dataclass(frozen=True, slots=True)
class Drawings:
    """What a plan shows: the dimensioned sheet, the front at 1:1, the parts drawn apart, template pages, bars
    and sheets with their cuts, the state after groups of steps, a map for each row of stones.
    """

    sheet: Sheet
    front: Sheet
    exploded: Sheet
    templates: Templates
    stocks: tuple[Shown, ...] = ()
    states: tuple[State, ...] = ()
    maps: tuple[Placed, ...] = ()

    def pictures(self) -> dict[str, str]:
        """The SVG texts by the names that data.json gives them."""
        found = {
            "drawing.svg": self.sheet.svg, "front.svg": self.front.svg, "exploded.svg": self.exploded.svg,
        }  # fmt: skip
        found |= {f"templates-{i}.svg": page for i, page in enumerate(self.templates.pages)}
        found |= {f"stock-{i}.svg": stock.svg for i, stock in enumerate(self.stocks)}
        found |= {f"state-{state.n}.svg": state.svg for state in self.states}
        return found | {f"map-{row.id}.svg": row.svg for row in self.maps}


def contents(plan: Plan, drawings: Drawings, paper: str) -> dict[str, Any]:
    """The whole of data.json; `paper` is Typst's word for it."""
    return {
        "title": plan.name, "paper": paper, "digest": plan.digest, "head": head_rows(plan), "facts": _facts(plan), "note": plan.ticket.note,
        **_pictures(drawings),
        "materials": _materials(plan), "cuts": [_cut(line) for line in plan.cut_list],
        "cut_notes": _cut_notes(plan), "components": ready_made(plan), "joints": _joints(plan),
        "settings": [_setting(row, plan.letters) for row in plan.settings],
        "stone_rules": [list(row) for row in plan.stone_rules],
        "steps": _steps(plan), "minutes": f"{5 * round(plan.minutes / 5):.0f}",
        "weights": [list(row) for row in weight_rows(plan)],
        "weighings": [[row.when, f"{row.grams:.2f} g"] for row in plan.weighings],
        "balance": balance_words(plan.weights),
        "bands": [[row.id, row.what, row.text] for row in plan.bands],
        "qc": list(plan.qc), "care_card": list(plan.care_card), "notes": _notes(plan),
        "heated": plan.heats > 0, "chip_spare": plan.chip_spare,
    }  # fmt: skip


def _pictures(drawings: Drawings) -> dict[str, Any]:
    return {
        "drawing": _scaled(drawings.sheet, ROOM), "front": _sized(drawings.front),
        "exploded": _scaled(drawings.exploded, ROOM - drawings.front.width - 6.0, 1.0),
        "stocks": [[s.heading, f"stock-{i}.svg", s.width, s.height] for i, s in enumerate(drawings.stocks)],
        "states": [[f"state-{s.n}.svg", f"after {s.n}: {' '.join(s.ids)}"] for s in drawings.states],
        "maps": [[f"map-{m.id}.svg", f"{m.id}, {m.scale:.2g} : 1"] for m in drawings.maps],
        "templates": _templates(drawings.templates),
    }  # fmt: skip


def _sized(sheet: Sheet) -> dict[str, Any]:
    return {"width": round(sheet.width, 3), "height": round(sheet.height, 3)}


def _scaled(sheet: Sheet, room: float, most: float = SCALES[0]) -> dict[str, Any]:
    """Size on paper, as large as fits in `room` mm, and the scale in words."""
    scale = next((s for s in SCALES if s <= most and sheet.width * s <= room), room / sheet.width)
    return {
        "width": round(sheet.width * scale, 3),
        "height": round(sheet.height * scale, 3),
        "scale": f"{scale:.4g}",
    }


def _facts(plan: Plan) -> str:
    """What is said below the head, in one run."""
    return "; ".join(lettered(f"{word}: {text}", plan.letters) for word, text in plan.facts)


def head_rows(plan: Plan) -> list[list[str]]:
    """The head of the sheet: pairs of word and value."""
    stones = "; ".join(f"{row.n} {row.species} {row.size_text}" for row in plan.settings)
    made = {alloy(line.alloy).name for line in plan.cut_list}
    metal = alloy(plan.alloy).name
    others = sorted(made - {metal})
    ticket = plan.ticket
    job = ticket.job + (f" ({ticket.qty} pieces)" if ticket.qty > 1 else "")
    return [
        ["job", job], ["customer", ticket.customer], ["due", ticket.due],
        ["metal", metal + (f"; {', '.join(others)}" if others else "")], ["size", _size(plan)], ["finish", plan.finish or "bright"],
        ["stones", stones or "none"], ["marks", "; ".join(plan.marks) or "none"], ["heats", str(plan.heats)],
    ]  # fmt: skip


def _size(plan: Plan) -> str:
    if not plan.bore:
        return plan.size or "-"
    return f"{plan.size} (inside {plan.bore:.2f} mm, round {math.pi * plan.bore:.1f})"


def _materials(plan: Plan) -> list[list[str]]:
    """A row for each stock to take out, then one for the solder of each grade."""
    rows = [
        [
            " ".join(s.ids), alloy(s.alloy).name, s.pick.form, s.item, s.pick.gauge or "-", s.temper,
            f"{s.length:.0f} long" if s.length else f"{s.area:.0f} mm²" if s.area else "-", f"{s.grams:.2f}", s.pick.work,
        ]
        for s in plan.stock
    ]  # fmt: skip
    for grade in dict.fromkeys(line.grade for line in plan.joints if line.grade):
        lines = [line for line in plan.joints if line.grade == grade]
        chips = sum(line.chips * line.places for line in lines) + plan.chip_spare
        sold = next((line.solder for line in lines if line.solder), None)
        name = f"{sold.name}, flows {sold.flow_c:.0f} °C" if sold else grade
        rows.append([
            " ".join(line.id for line in lines), name, "solder", f"{plan.practice.solder_sheet:.2f}", "-", "-",
            f"{chips} chips", f"{grams(sum(line.order_mm3 * line.places for line in lines), SOLDER_DENSITY):.2f}", "spare chips counted in",
        ])  # fmt: skip
    return rows


def _cut(line: CutLine) -> list[str]:
    blank = line.blank
    return [
        line.id, line.role, str(blank.n), alloy(line.alloy).name, blank.stock.form, blank.stock.taken, blank.stock.gauge,
        blank.temper, by_x(blank.cut), by_x(blank.net, net_places(blank)) + (" across" if blank.sort == "sheet" and len(blank.net) == 1 else ""), f"{line.issued_g:.2f}",
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


def ready_made(plan: Plan) -> list[str]:
    """What is cast or bought for the piece, a sentence each."""
    rows = [f"{c.id} {c.part}: {c.order} ({c.why})" for c in plan.components]
    return rows + [f"buy {item.n} x {item.text}" for item in plan.bought]


def _joints(plan: Plan) -> list[list[str]]:
    letters = plan.letters
    return [
        [
            line.id, parts_words(line, letters), _type(line.word, line.text, line.places), line.grade or "cold",
            f"{line.solder.flow_c:.0f}" if line.solder else "-", line.chip_words,
            f"{line.order_mm3:.2f}" if line.grade else "-", str(line.reheats) if line.grade else "-", _held(line, letters),
            _kept(line, letters),
        ]
        for line in plan.joints
    ]  # fmt: skip


def _held(line: JointLine, letters: dict[str, str]) -> str:
    """Where a seam lies, then how the joint is held and heated."""
    place = lettered(line.place, letters)
    return f"{'seam ' if place and len(line.parts) == 1 else ''}{place}{'; ' if place else ''}{line.hold}"


def _kept(line: JointLine, letters: dict[str, str]) -> str:
    """How the joint is held in the heat, and what is kept from it."""
    torch = line.torch
    words = [torch.fixture] if torch.fixture else []
    if torch.protect and not torch.protect.startswith("nothing"):
        words.append(f"protect {lettered(torch.protect, letters)}")
    return "; ".join(words)


def _type(word: str, text: str, places: int) -> str:
    many = f", {places} places" if places > 1 else ""
    return f"{word}{': ' + text if text else ''}{many}"


def _setting(row: Setting, letters: dict[str, str]) -> list[str]:
    held = " ".join(letters.get(name, name) for name in row.held)
    return [
        row.id, f"{row.species}, {row.cut}", str(row.n), row.size_text, _carats(row), f"{held} ({row.grip})",
        figures_words(row.figures), f"{', '.join(row.tools)}. {row.order}",
    ]  # fmt: skip


def _carats(row: Setting) -> str:
    """As the stones weigh by their volume; what the trade's formula says beside it where that is something else."""
    exact, formula = f"{row.carats:.2f}", f"{row.carats_formula:.2f}"
    return exact if exact == formula else f"{exact} ({formula} by formula)"


def _steps(plan: Plan) -> list[dict[str, Any]]:
    """Steps with a phase line wherever the phase changes."""
    out, phase = [], ""
    whole = set(plan.letters.values()) if len(plan.letters) > SPELT else set()
    for row in plan.steps:
        cells = [
            str(row.n), "all" if {*row.ids} == whole else " ".join(row.ids), row.text, row.tool, "  ".join(w for w in (row.target, row.tolerance) if w), row.check,
            f"{row.minutes:.0f}",
        ]  # fmt: skip
        out.append({"phase": row.phase if row.phase != phase else None, "cells": cells})
        phase = row.phase
    return out


def _notes(plan: Plan) -> list[str]:
    groups: dict[str, list[str]] = {}
    for f in plan.findings:
        about, colon, text = f.message.partition(": ")
        if not colon or not ID.fullmatch(about):
            about, text = "", f.message
        groups.setdefault(f"{f.code}: {{}}{text}{'; ' + f.hint if f.hint else ''}", []).append(
            about
        )
    found = [
        text.replace("{}", " ".join(ids) + ": " if any(ids) else "", 1)
        for text, ids in groups.items()
    ]
    return [*plan.notes, *fineness_words(plan.weights), *found]


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
