"""All files of a plan at once.

In: a `Plan` and its `Piece`.  Out: bytes by file name.
"""

from __future__ import annotations

from pathlib import Path

from jewelgen.bench.layout import Layout, layout
from jewelgen.bench.plan import Plan
from jewelgen.paper.contents import Drawings
from jewelgen.paper.data_file import plan_json
from jewelgen.paper.document import Paper, plan_pdf
from jewelgen.paper.drawing import drawing, true_size
from jewelgen.paper.exploded import exploded
from jewelgen.paper.layouts import layout_rows
from jewelgen.paper.layouts import shown as stocks
from jewelgen.paper.markdown import plan_md
from jewelgen.paper.page import plan_html
from jewelgen.paper.setting_map import setting_maps
from jewelgen.paper.states import states
from jewelgen.paper.tables import (
    cut_list_csv,
    joints_csv,
    settings_csv,
    steps_csv,
    stock_csv,
)
from jewelgen.paper.templates import gauge_files, templates
from jewelgen.paper.views import views
from jewelgen.piece.piece import Piece


def drawings_of(plan: Plan, piece: Piece, laid: Layout) -> Drawings:
    """Everything drawn for a plan; `laid`: its blanks on bars and sheets."""
    ids = plan.letters | {row.stone: row.id for row in plan.settings}
    sides = views(piece)
    return Drawings(
        drawing(piece, sides, plan.letters), true_size(sides[0]), exploded(piece, ids), templates(plan), stocks(laid),
        states(plan, piece), setting_maps(plan, piece),
    )  # fmt: skip


def write_plan(
    plan: Plan, piece: Piece, paper: Paper = "a4", fonts: Path | None = None, style: str = ""
) -> dict[str, bytes]:
    """plan.pdf, plan.json, plan.md, plan.html, cut-list.csv, joints.csv, settings.csv, steps.csv, stock.csv,
    templates.dxf and one templates-....dxf for each gauge of sheet, drawing.dxf, exploded.dxf.
    """
    laid = layout([("", plan.cut_list, plan.ticket.qty)], plan.practice)
    shown = drawings_of(plan, piece, laid)
    texts = {
        "plan.json": plan_json(plan, layout_rows(laid)), "plan.md": plan_md(plan), "plan.html": plan_html(plan, shown), "cut-list.csv": cut_list_csv(plan),
        "joints.csv": joints_csv(plan), "settings.csv": settings_csv(plan), "steps.csv": steps_csv(plan), "stock.csv": stock_csv(plan),
        "templates.dxf": shown.templates.dxf, "drawing.dxf": shown.sheet.dxf, "exploded.dxf": shown.exploded.dxf,
        **gauge_files(plan),
    }  # fmt: skip
    return {"plan.pdf": plan_pdf(plan, shown, paper, fonts, style)} | {
        k: v.encode() for k, v in texts.items()
    }
