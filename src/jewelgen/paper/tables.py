"""The plan as tables: rows for sheets, and CSV files.

In: a `Plan`.  Out: texts. Units stand in the keys; numbers are rounded to what a bench can measure.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from jewelgen.bench.blank import Blank
from jewelgen.bench.cuts import CutLine
from jewelgen.bench.figure import Figure
from jewelgen.bench.joints import JointLine
from jewelgen.bench.plan import Plan
from jewelgen.bench.settings import Setting
from jewelgen.catalog.alloys import alloy

Row = Sequence[object]
CUT_HEAD = (
    "id", "part", "role", "n", "metal", "stock", "stock_mm", "gauge_bs", "temper", "net_mm", "cut_mm",
    "net_area_mm2", "issued_g", "work", "note",
)  # fmt: skip
JOINT_HEAD = (
    "id", "parts", "method", "type", "places", "grade", "area_mm2", "run_mm", "solder_mm3", "order_mm3",
    "chips_each", "chip_side_mm", "depth", "reheats", "flow_c", "margin_c", "hold", "gap_mm", "flux", "fixture",
    "heat_first", "protect", "light_test", "place",
)  # fmt: skip
STEP_HEAD = ("n", "phase", "ids", "what", "tool", "target", "tolerance", "check", "minutes")
STOCK_HEAD = (
    "ids", "metal", "stock", "temper", "wanted_mm", "item_mm", "gauge_bs", "off_mm", "work", "pieces", "length_mm",
    "area_mm2", "issued_g", "standing",
)  # fmt: skip
LEAST_G = 0.015  # what a bench scale hardly shows
PLACES = {"%": 1, "pc": 0}  # decimals of a figure; lengths have two
RULE_HEAD = ("stone", "torch", "pickle", "ultrasonic", "steam", "why")
SETTING_HEAD = ("id", "stone", "cut", "n", "length_mm", "width_mm", "depth_mm", "carats", "formula_carats", "grip", "held_by", "figures", "tools", "order", "care")  # fmt: skip


def by_x(sizes: Iterable[float], places: int = 1) -> str:
    """Sizes joined by x, rounded."""
    return " x ".join(f"{value:.{places}f}" for value in sizes)


def net_places(blank: Blank) -> int:
    """Outlines of sheet are filed to 0.01 mm on paper; lengths and discs are cut to 0.1."""
    return 2 if blank.sort == "sheet" and len(blank.net) > 1 else 1


def cut_rows(plan: Plan) -> list[Row]:
    """Rows of the cut list below `CUT_HEAD`."""
    return [_cut_row(line) for line in plan.cut_list]


def _cut_row(line: CutLine) -> Row:
    blank = line.blank
    note = "; ".join(
        part for part in (blank.edge, line.one_with and f"one piece with {line.one_with}") if part
    )
    area = next((f"{f.value:.1f}" for f in blank.figures if f.name == "area"), "")
    return (
        line.id, line.part, line.role, blank.n, alloy(line.alloy).name, blank.stock.form, blank.stock.taken,
        blank.stock.gauge, blank.temper, by_x(blank.net, net_places(blank)), by_x(blank.cut), area,
        f"{line.issued_g:.2f}", blank.stock.work, note,
    )  # fmt: skip


def joint_rows(plan: Plan) -> list[Row]:
    """Rows of the joint list below `JOINT_HEAD`."""
    letters = plan.letters
    return [_joint_row(line, letters) for line in plan.joints]


def parts_words(line: JointLine, letters: dict[str, str]) -> str:
    """`A ends` for a seam, `B on C` otherwise."""
    ids = [letters.get(name, name) for name in line.parts]
    return f"{ids[0]} ends" if len(ids) == 1 else f"{ids[0]} on {ids[1]}"


def lettered(text: str, letters: dict[str, str]) -> str:
    """Words about parts with their ids in place of their names in the design."""
    for name in sorted(letters, key=len, reverse=True):
        text = re.sub(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", letters[name], text)
    return text


def _joint_row(line: JointLine, letters: dict[str, str]) -> Row:
    hot = bool(line.grade)
    return (
        line.id, parts_words(line, letters), line.method, line.word, line.places, line.grade,
        f"{line.area_mm2:.2f}" if hot else "", f"{line.run_mm:.1f}" if hot else "",
        f"{line.solder_mm3:.3f}" if hot else "", f"{line.order_mm3:.3f}" if hot else "",
        line.chips if hot else "", f"{line.chip_side:.1f}" if hot else "", line.depth if hot else "",
        line.reheats if hot else "", f"{line.solder.flow_c:.0f}" if line.solder else "",
        "" if line.margin_c is None else f"{line.margin_c:.0f}", line.hold,
        f"{line.torch.gap:.2f}" if hot else "", line.torch.flux, line.torch.fixture, lettered(line.torch.first, letters), lettered(line.torch.protect, letters),
        line.torch.light_test, lettered(line.place, letters),
    )  # fmt: skip


def setting_rows(plan: Plan) -> list[Row]:
    """Rows of the setting table below `SETTING_HEAD`."""
    letters = plan.letters
    return [_setting_row(row, letters) for row in plan.settings]


def _setting_row(row: Setting, letters: dict[str, str]) -> Row:
    return (
        row.id, row.species, row.cut, row.n, *(f"{value:.2f}" for value in row.size), f"{row.carats:.2f}", f"{row.carats_formula:.2f}",
        row.grip, " ".join(letters.get(name, name) for name in row.held), figures_words(row.figures),
        "; ".join(row.tools), row.order, "; ".join(f"{k} {v}" for k, v in row.care),
    )  # fmt: skip


def figures_words(figures: Iterable[Figure]) -> str:
    """`wall height 2.00 mm; lean 0.29 mm`."""
    return "; ".join(f"{f.name} {f.rounded} {f.unit}" for f in figures)


def csv_text(head: Sequence[str], rows: Iterable[Row]) -> str:
    """A comma separated table with a head line, LF ends."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return stream.getvalue()


def cut_list_csv(plan: Plan) -> str:
    """cut-list.csv."""
    return csv_text(CUT_HEAD, cut_rows(plan))


def joints_csv(plan: Plan) -> str:
    """joints.csv."""
    return csv_text(JOINT_HEAD, joint_rows(plan))


def settings_csv(plan: Plan) -> str:
    """settings.csv."""
    return csv_text(SETTING_HEAD, setting_rows(plan))


def step_rows(plan: Plan) -> list[Row]:
    """Rows of the steps below `STEP_HEAD`."""
    return [
        (s.n, s.phase, " ".join(s.ids), s.text, s.tool, s.target, s.tolerance, s.check, f"{s.minutes:.0f}")
        for s in plan.steps
    ]  # fmt: skip


def steps_csv(plan: Plan) -> str:
    """steps.csv."""
    return csv_text(STEP_HEAD, step_rows(plan))


def stock_rows(plan: Plan) -> list[Row]:
    """Rows of the stock sheet below `STOCK_HEAD`."""
    return [
        (
            " ".join(s.ids), alloy(s.alloy).name, s.pick.form, s.temper, s.pick.size, s.item, s.pick.gauge, s.off, s.pick.work,
            s.pieces, f"{s.length:.1f}" if s.length else "", f"{s.area:.1f}" if s.area else "", f"{s.grams:.2f}", s.pick.standing,
        )
        for s in plan.stock
    ]  # fmt: skip


def stock_csv(plan: Plan) -> str:
    """stock.csv."""
    return csv_text(STOCK_HEAD, stock_rows(plan))


def weight_rows(plan: Plan) -> list[Row]:
    """Lines of the weight sheet: words and expected value."""
    w = plan.weights
    rows: list[Row] = [
        ("issued, without solder", f"{w.issued_g:.2f} g"), ("solder used, about", f"{w.solder_g:.2f} g"),
        ("clean scrap", f"{w.scrap_g:.2f} g"),
        ("filings: flats, seats, notches, rims, tapers", f"{w.filings_g:.2f} g"),
        ("metal as drawn", f"{w.drawn_g:.2f} g"), ("filing and polish, about", f"{w.finish_g:.2f} g"),
    ]  # fmt: skip
    if abs(w.stays_g) >= LEAST_G:
        rows.append(("stock over the drawing, stays on", f"{w.stays_g:.2f} g"))
    if plan.components:
        rows.append(("castings and bought parts, finished", f"{w.ready_g:.2f} g"))
    rows += [
        ("finished metal, no stone", f"{w.expected_g:.2f} g"),
        ("balance, flag above", f"{w.flag_g:.2f} g"),
    ]
    if w.stones_ct:
        rows.append(("stones", f"{w.stones_ct:.2f} ct"))
    return rows
