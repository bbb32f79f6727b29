"""plan.html: the plan as one page for a phone at the bench, nothing outside it; ticks stay in the browser.

In: a `Plan` and its drawing as SVG.  Out: HTML text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from jewelgen.bench.plan import Plan
from jewelgen.paper.contents import Drawings, head_rows, ready_made
from jewelgen.paper.job import job_qr, job_word
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
    weight_rows,
)

CLASS = re.compile(r"(\.|class=\")(C\d+)")
STYLE = (
    "body{font:16px/1.4 sans-serif;margin:1rem auto;max-width:60rem;padding:0 .7rem;color:#111;background:#fff;"
    "overflow-wrap:anywhere}table{border-collapse:collapse;font-size:.85rem;overflow-wrap:normal}"
    "td,th{border:1px solid #888;padding:.2rem .4rem;text-align:left}.wide{overflow-x:auto}"
    "li{margin:.5rem 0;list-style:none}ul{padding:0}label{display:flex;align-items:flex-start}"
    "input[type=checkbox]{width:1.5rem;height:1.5rem;flex:none;margin:0 .6rem 0 0}"
    "input:not([type=checkbox]){width:4.5rem;font:inherit}small{color:#444;display:block;padding-left:2.1rem}"
    ".card{border:1px solid #999;border-radius:.4rem;padding:.3rem .6rem;margin:.4rem 0;display:flex;"
    "flex-wrap:wrap;gap:.1rem 1rem;font-size:.95rem}.card b{font-size:1.1rem}.card i{color:#555;font-size:.8rem}"
    ".broad svg{min-width:42rem}.done{opacity:.5}figure{margin:.6rem 0;overflow-x:auto}figcaption{color:#444;font-size:.85rem}"
    "svg{max-width:100%;height:auto;background:#fff}.qr svg{width:6rem}"
    "@media print{.wide,figure{overflow:visible}.wide table{width:auto}.broad svg{min-width:0}li,tr,figure{break-inside:avoid}.card{break-inside:avoid}h2{break-after:avoid}"
    "body{font-size:10pt;max-width:none}table{font-size:7.5pt}.done{opacity:1}}"
)
SCRIPT = (
    "document.querySelectorAll('input').forEach(b=>{const k=document.body.id+b.id,t=b.type==='checkbox',"
    "w=()=>{if(t&&b.closest('li'))b.closest('li').classList.toggle('done',b.checked)};"
    "let v=null;try{v=localStorage.getItem(k)}catch(e){}"
    "if(t)b.checked=v==='1';else b.value=v||'';w();"
    "b.onchange=()=>{w();try{localStorage.setItem(k,t?(b.checked?'1':'0'):b.value)}catch(e){}}})"
)


def plan_html(plan: Plan, shown: Drawings) -> str:
    """The whole page."""
    head = [f"<b>{escape(word)}</b> {escape(text)}" for word, text in head_rows(plan) if text]
    head += [f"<b>revision</b> {plan.digest}"]
    head += [f"<b>note</b> {escape(plan.ticket.note)}"] if plan.ticket.note else []
    ready = "".join(f"<p>{escape(row)}</p>" for row in ready_made(plan))
    body = [
        f"<h1>{escape(plan.name)}</h1><p>{'<br>'.join(head)}</p>",
        f'<div class="qr">{job_qr(plan)}</div>',
        _figure(shown.sheet.svg, "sizes in mm", "d", wide=True),
        _figure(shown.exploded.svg, "taken apart", "e"),
        _cards("Cut list", CUT_HEAD, cut_rows(plan)),
        f"<h2>Cast and bought</h2>{ready}" if ready else "",
        _cards("Stock", STOCK_HEAD, stock_rows(plan)),
        _cards("Joints", JOINT_HEAD, joint_rows(plan)),
        _cards("Settings", SETTING_HEAD, setting_rows(plan)),
        *(_figure(row.svg, row.id, row.id) for row in shown.maps),
        _table(
            "Stones",
            RULE_HEAD,
            plan.stone_rules,
        ),
        _steps(plan, {state.n: state.svg for state in shown.states}),
        _table("Weights", ("line", "expected"), weight_rows(plan)),
        _measured("Weighings", "w", [(row.when, f"{row.grams:.2f} g") for row in plan.weighings]),
        _measured(
            "Accepted sizes", "a", [(f"{row.id} {row.what}", row.text) for row in plan.bands]
        ),
        _ticks("Checks", "q", plan.qc),
        "<h2>Care card</h2>" + "".join(f"<p>{escape(row)}</p>" for row in plan.care_card),
        "<h2>Notes</h2>" + "".join(f"<p>{escape(note)}</p>" for note in plan.notes),
        "".join(f"<p>{escape(str(finding))}</p>" for finding in plan.findings),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(plan.name)}</title><style>{STYLE}</style></head>"
        f'<body id="{escape(job_word(plan))}-{plan.digest}-">{"".join(body)}<script>{SCRIPT}</script></body></html>\n'
    )


def _cards(title: str, head: Sequence[str], rows: Iterable[Row]) -> str:
    """Each row as a block of words and values, for tables wider than a phone; empty cells are left out."""
    found = []
    for row in rows:
        pairs = [
            f"<span><i>{escape(word.replace('_', ' '))}</i> {escape(str(cell))}</span>"
            for word, cell in list(zip(head, row, strict=True))[1:]
            if str(cell) not in {"", "-"}
        ]
        found.append(f'<div class="card"><b>{escape(str(row[0]))}</b>{"".join(pairs)}</div>')
    return f"<h2>{title}</h2>{''.join(found)}" if found else ""


def _table(title: str, head: Sequence[str], rows: Iterable[Row]) -> str:
    cells = [[escape(str(cell)) for cell in row] for row in rows]
    if not cells:
        return ""
    lines = "".join(f"<tr><td>{'</td><td>'.join(row)}</td></tr>" for row in cells)
    names = "</th><th>".join(word.replace("_", " ") for word in head)
    return (
        f'<h2>{title}</h2><div class="wide"><table><tr><th>{names}</th></tr>{lines}</table></div>'
    )


def _figure(svg: str, name: str, mark: str, wide: bool = False) -> str:
    """A drawing with its name; its style classes get `mark`, for a page has many pictures and one style."""
    own = CLASS.sub(rf"\g<1>{mark}\g<2>", svg[svg.index("<svg") :])
    sort = ' class="broad"' if wide else ""
    return f"<figure{sort}>{own}<figcaption>{escape(name)}</figcaption></figure>"


def _measured(title: str, mark: str, rows: Sequence[tuple[str, str]]) -> str:
    """Lines with a box each for what was measured, kept in the browser as ticks are."""
    lines = "".join(
        f'<tr><td>{escape(what)}</td><td>{escape(text)}</td><td><input inputmode="decimal" id="{mark}{i}"></td></tr>'
        for i, (what, text) in enumerate(rows)
    )
    head = "<tr><th>what</th><th>expected</th><th>actual</th></tr>"
    return f'<h2>{title}</h2><div class="wide"><table>{head}{lines}</table></div>' if rows else ""


def _steps(plan: Plan, pictures: Mapping[int, str]) -> str:
    """Steps by phase, each with its box; pictures of the state after some of them."""
    lines, phase = [], ""
    for step in plan.steps:
        if step.phase != phase:
            lines.append(f"<li><b>{escape(step.phase)}</b></li>")
            phase = step.phase
        what = escape(f"{step.n}. {' '.join(step.ids)}: {step.text}")
        more = escape(
            "; ".join(
                w
                for w in (
                    step.tool,
                    step.target,
                    step.tolerance,
                    step.check,
                    f"{step.minutes:.0f} min",
                )
                if w
            )
        )
        lines.append(
            f'<li><label><input type="checkbox" id="s{step.n}">{what}</label><small>{more}</small></li>'
        )
        if step.n in pictures:
            lines.append(
                f"<li>{_figure(pictures[step.n], f'after step {step.n}', f's{step.n}')}</li>"
            )
    return f"<h2>Steps</h2><ul>{''.join(lines)}</ul>"


def _ticks(title: str, mark: str, rows: Sequence[str]) -> str:
    boxes = "".join(
        f'<li><label><input type="checkbox" id="{mark}{i}">{escape(row)}</label></li>'
        for i, row in enumerate(rows)
    )
    return f"<h2>{title}</h2><ul>{boxes}</ul>"
