"""All files of a plan at once.

In: a `Plan` and its `Piece`.  Out: bytes by file name.
"""

from __future__ import annotations

from pathlib import Path

from jewelgen.bench.layout import layout
from jewelgen.bench.plan import Plan
from jewelgen.paper.document import Drawings, Paper, plan_pdf
from jewelgen.paper.drawing import drawing
from jewelgen.paper.layouts import layout_rows
from jewelgen.paper.layouts import shown as stocks
from jewelgen.paper.markdown import plan_md
from jewelgen.paper.page import plan_html
from jewelgen.paper.tables import (
    cut_list_csv,
    joints_csv,
    plan_json,
    settings_csv,
    steps_csv,
    stock_csv,
)
from jewelgen.paper.templates import templates
from jewelgen.piece.piece import Piece


def write_plan(
    plan: Plan, piece: Piece, paper: Paper = "a4", fonts: Path | None = None
) -> dict[str, bytes]:
    """plan.pdf, plan.json, plan.md, plan.html, cut-list.csv, joints.csv, settings.csv, steps.csv, stock.csv,
    templates.dxf, drawing.dxf.
    """
    laid = layout([("", plan.cut_list, plan.ticket.qty)], plan.practice)
    shown = Drawings(drawing(piece, plan.letters), templates(plan), stocks(laid))
    texts = {
        "plan.json": plan_json(plan, layout_rows(laid)), "plan.md": plan_md(plan), "plan.html": plan_html(plan, shown.sheet.svg), "cut-list.csv": cut_list_csv(plan),
        "joints.csv": joints_csv(plan), "settings.csv": settings_csv(plan), "steps.csv": steps_csv(plan), "stock.csv": stock_csv(plan),
        "templates.dxf": shown.templates.dxf, "drawing.dxf": shown.sheet.dxf,
    }  # fmt: skip
    return {"plan.pdf": plan_pdf(plan, shown, paper, fonts)} | {
        k: v.encode() for k, v in texts.items()
    }
