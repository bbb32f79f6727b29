"""The plan as data: plan.json. Its schema is published (`plan_schema`).

In: a `Plan`.  Out: JSON text. Units stand in the keys; numbers are rounded to what a bench can measure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from jewelgen.bench.cuts import CutLine
from jewelgen.bench.figure import Figure
from jewelgen.bench.marking import MarkingStrip
from jewelgen.bench.plan import SCHEMA, Plan
from jewelgen.findings import Finding
from jewelgen.paper.tables import (
    CUT_HEAD,
    JOINT_HEAD,
    RULE_HEAD,
    SETTING_HEAD,
    STOCK_HEAD,
    Row,
    cut_rows,
    joint_rows,
    setting_rows,
    stock_rows,
)

UNITS = ("_mm", "_mm2", "_mm3", "_c", "_g", "carats")
WORDED = frozenset(
    {"stock_mm", "item_mm", "wanted_mm", "off_mm", "net_mm", "cut_mm"}
)  # 3.00 x 1.50


def _keyed(head: Sequence[str], rows: Iterable[Row]) -> list[dict[str, object]]:
    return [dict(zip(head, row, strict=True)) for row in rows]


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name, "value": round(figure.value, 4), "unit": figure.unit, "formula": figure.formula,
        "inputs": {name: round(value, 4) for name, value in figure.inputs}, "source": figure.source,
    }  # fmt: skip


def _cut_json(line: CutLine, row: dict[str, object]) -> dict[str, Any]:
    blank = line.blank
    return {
        **row,
        "net_mm": [round(v, 3) for v in blank.net],
        "cut_mm": [round(v, 3) for v in blank.cut],
        "issued_g": round(line.issued_g, 4),
        "net_mm3": round(blank.net_mm3, 3),
        "worked_mm": round(blank.worked, 3),
        "losses": [{"name": a.name, "mm3": round(a.mm3, 3), "sort": a.sort} for a in blank.losses],
        "allowances": [{"name": a.name, "mm": a.mm, "axis": a.axis} for a in blank.allowances],
        "ticks_mm": [[round(at, 2), word] for at, word in blank.ticks],
        "forming": [*blank.work, *blank.forming],
        "figures": [_figure(figure) for figure in blank.figures],
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "hint": finding.hint,
    }


def _strip(strip: MarkingStrip, letter: str) -> dict[str, object]:
    return {
        "id": letter, "part": strip.part, "long_mm": round(strip.long, 3), "tall_mm": round(strip.tall, 3),
        "spots": [
            {"stone": s.stone, "number": s.number, "along_mm": round(s.along, 3), "across_mm": round(s.across, 3), "drill_mm": round(s.drill, 2)}
            for s in strip.spots
        ],
    }  # fmt: skip


def is_number(key: str) -> bool:
    """Whether what stands under a key is a number, for the key ends in its unit."""
    return key.endswith(UNITS) and key not in WORDED


def _numbers(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Texts of numbers as numbers again, where the key carries a unit; null where there is none."""
    return [
        {k: (float(str(v)) if v != "" else None) if is_number(k) else v for k, v in row.items()}
        for row in rows
    ]


def plan_json(plan: Plan, laid: Sequence[dict[str, Any]] = ()) -> str:
    """plan.json: schema version, every row with its figures, weights, steps, findings; `laid`: bars and sheets."""
    cuts = _numbers(_keyed(CUT_HEAD, cut_rows(plan)))
    w = plan.weights
    weights = {
        "issued_g": w.issued_g, "solder_g": w.solder_g, "scrap_g": w.scrap_g, "filings_g": w.filings_g,
        "stays_g": w.stays_g, "ready_g": w.ready_g, "drawn_g": w.drawn_g, "finish_g": w.finish_g, "expected_g": w.expected_g, "stones_ct": w.stones_ct,
        "yield_pct": w.yield_pct, "flag_g": w.flag_g, "fineness_permille": float(w.fineness),
    }  # fmt: skip
    body = {
        "schema": SCHEMA, "job": asdict(plan.ticket), "name": plan.name, "piece": plan.sort, "alloy": plan.alloy, "size": plan.size,
        "inner_diameter_mm": round(plan.bore, 3), "digest": plan.digest, "heats": plan.heats,
        "minutes": plan.minutes,
        "cut_list": [_cut_json(line, row) for line, row in zip(plan.cut_list, cuts, strict=True)],
        "components": [{"id": c.id, "part": c.part, "sort": c.sort, "alloy": c.alloy, "n": c.n, "parts": list(c.parts), "finished_g": round(c.grams, 3), "why": c.why} for c in plan.components],
        "bought": [{"name": item.name, "text": item.text, "n": item.n} for item in plan.bought],
        "joints": _numbers(_keyed(JOINT_HEAD, joint_rows(plan))),
        "settings": [
            {**row, "figures": [_figure(figure) for figure in item.figures]}
            for row, item in zip(_numbers(_keyed(SETTING_HEAD, setting_rows(plan))), plan.settings, strict=True)
        ],
        "marking_strips": [_strip(strip, plan.letters[strip.part]) for strip in plan.strips],
        "stone_rules": [dict(zip(RULE_HEAD, row, strict=True)) for row in plan.stone_rules],
        "steps": [
            {"n": s.n, "phase": s.phase, "ids": list(s.ids), "text": s.text, "tool": s.tool, "target": s.target, "tolerance": s.tolerance, "check": s.check, "minutes": s.minutes}
            for s in plan.steps
        ],
        "layout": list(laid),
        "stock": _numbers(_keyed(STOCK_HEAD, stock_rows(plan))),
        "weights": {key: round(value, 3) for key, value in weights.items()},
        "weighings": [{"when": row.when, "expected_g": round(row.grams, 3)} for row in plan.weighings],
        "accepted": [
            {"id": row.id, "what": row.what, "low": round(row.low, 3), "high": round(row.high, 3), "unit": row.unit}
            for row in plan.bands
        ],
        "checks": list(plan.qc), "care_card": list(plan.care_card),
        "facts": [list(row) for row in plan.facts], "marks": list(plan.marks), "notes": list(plan.notes), "findings": [_finding(f) for f in plan.findings],
    }  # fmt: skip
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"
