"""plan.html: the plan as one page for a phone at the bench, nothing outside it; ticks stay in the browser.

In: a `Plan` and its drawing as SVG.  Out: HTML text, and the QR picture of the job.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from html import escape

import segno

from jewelgen.bench.plan import Plan
from jewelgen.catalog.alloys import alloy
from jewelgen.paper.tables import (
    CUT_HEAD,
    JOINT_HEAD,
    QC,
    SETTING_HEAD,
    STOCK_HEAD,
    Row,
    cut_rows,
    joint_rows,
    setting_rows,
    stock_rows,
    weight_rows,
)

STYLE = (
    "body{font:16px/1.4 sans-serif;margin:1rem auto;max-width:60rem;padding:0 .7rem;color:#111;background:#fff}"
    "table{border-collapse:collapse;font-size:.85rem}td,th{border:1px solid #888;padding:.2rem .4rem;text-align:left}"
    ".wide{overflow-x:auto}li{margin:.5rem 0;list-style:none}ul{padding:0}input{width:1.4rem;height:1.4rem;"
    "vertical-align:middle;margin-right:.5rem}small{color:#555}svg{max-width:100%;height:auto}.qr svg{width:6rem}"
)
SCRIPT = (
    "document.querySelectorAll('input').forEach(b=>{const k=document.body.id+b.id;"
    "b.checked=localStorage.getItem(k)==='1';"
    "b.onchange=()=>localStorage.setItem(k,b.checked?'1':'0')})"
)


def job_word(plan: Plan) -> str:
    """What the QR says: the job's number, or the plan's digest when there is no order."""
    return plan.ticket.job or plan.digest


def job_qr(plan: Plan) -> str:
    """The QR of the job as SVG, the same bytes every time."""
    stream = io.BytesIO()
    code = segno.make(job_word(plan), error="m", micro=False)
    code.save(stream, kind="svg", xmldecl=False, border=2, omitsize=True)
    return stream.getvalue().decode("ascii")


def plan_html(plan: Plan, drawing: str) -> str:
    """The whole page."""
    head = f"{alloy(plan.alloy).name}, {plan.size or plan.sort}, plan {plan.digest}"
    ticket = plan.ticket
    said = ", ".join(
        word for word in (ticket.job, ticket.customer, ticket.due, ticket.note) if word
    )
    body = [
        f"<h1>{escape(plan.name)}</h1><p>{escape(head)}<br>{escape(said)}</p>",
        f'<div class="qr">{job_qr(plan)}</div>',
        f"<figure>{drawing[drawing.index('<svg') :]}</figure>",
        _table("Cut list", CUT_HEAD, cut_rows(plan)),
        _table("Stock", STOCK_HEAD, stock_rows(plan)),
        _table("Joints", JOINT_HEAD, joint_rows(plan)),
        _table("Settings", SETTING_HEAD, setting_rows(plan)),
        _steps(plan),
        _table("Weights", ("line", "expected"), weight_rows(plan)),
        _ticks("Checks", "q", QC),
        "<h2>Notes</h2>" + "".join(f"<p>{escape(note)}</p>" for note in plan.notes),
        "".join(f"<p>{escape(str(finding))}</p>" for finding in plan.findings),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(plan.name)}</title><style>{STYLE}</style></head>"
        f'<body id="{escape(job_word(plan))}-{plan.digest}-">{"".join(body)}<script>{SCRIPT}</script></body></html>\n'
    )


def _table(title: str, head: Sequence[str], rows: Iterable[Row]) -> str:
    cells = [[escape(str(cell)) for cell in row] for row in rows]
    if not cells:
        return ""
    lines = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in cells)
    names = "</th><th>".join(word.replace("_", " ") for word in head)
    return (
        f'<h2>{title}</h2><div class="wide"><table><tr><th>{names}</th></tr>{lines}</table></div>'
    )


def _steps(plan: Plan) -> str:
    """Steps by phase, each with its box."""
    lines, phase = [], ""
    for step in plan.steps:
        if step.phase != phase:
            lines.append(f"<li><b>{escape(step.phase)}</b></li>")
            phase = step.phase
        what = escape(f"{step.n}. {' '.join(step.ids)}: {step.text}")
        more = escape(
            f"{step.tool}; {step.target} ({step.tolerance}); {step.check}; {step.minutes:.0f} min"
        )
        lines.append(
            f'<li><label><input type="checkbox" id="s{step.n}">{what}</label><br><small>{more}</small></li>'
        )
    return f"<h2>Steps</h2><ul>{''.join(lines)}</ul>"


def _ticks(title: str, mark: str, rows: Sequence[str]) -> str:
    boxes = "".join(
        f'<li><label><input type="checkbox" id="{mark}{i}">{escape(row)}</label></li>'
        for i, row in enumerate(rows)
    )
    return f"<h2>{title}</h2><ul>{boxes}</ul>"
