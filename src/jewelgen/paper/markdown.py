"""The plan as plain text with tick boxes: plan.md.

In: a `Plan`.  Out: Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jewelgen.bench.plan import Plan
from jewelgen.bench.ticket import Ticket
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


def _md_table(head: Sequence[str], rows: Iterable[Row]) -> list[str]:
    cells = [[str(cell).replace("|", "/") for cell in row] for row in rows]
    return [
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| {' | '.join(row)} |" for row in cells),
        "",
    ]


def _ticket_lines(ticket: Ticket) -> list[str]:
    said = (
        ("job", ticket.job),
        ("customer", ticket.customer),
        ("due", ticket.due),
        ("note", ticket.note),
    )
    words = [f"{key} {value}" for key, value in said if value]
    return [", ".join([*words, f"{ticket.qty} pc"]), ""] if words else []


def plan_md(plan: Plan) -> str:
    """plan.md: the whole plan as text with tick boxes."""
    lines = [
        f"# {plan.name}",
        "",
        f"{alloy(plan.alloy).name}, {plan.size or plan.sort}, plan {plan.digest}",
        "",
        *_ticket_lines(plan.ticket),
    ]
    lines += ["## Cut list", "", *_md_table(CUT_HEAD, cut_rows(plan))]
    parts = [f"- {c.id} {c.part}: {c.order} ({c.why})" for c in plan.components]
    parts += [f"- buy {item.n} x {item.text}" for item in plan.bought]
    if parts:
        lines += ["## Components", "", *parts, ""]
    lines += ["## Stock", "", *_md_table(STOCK_HEAD, stock_rows(plan))]
    if plan.joints:
        lines += ["## Joints", "", *_md_table(JOINT_HEAD, joint_rows(plan))]
    if plan.settings:
        lines += ["## Settings", "", *_md_table(SETTING_HEAD, setting_rows(plan))]
    lines += ["## Steps", ""]
    for s in plan.steps:
        tail = "; ".join(part for part in (f"{s.target} ({s.tolerance})", s.check) if part)
        lines.append(
            f"- [ ] {s.n}. ({s.phase}) {' '.join(s.ids)} {s.text}{': ' + tail if tail else ''} ({s.minutes:.0f} min)"
        )
    lines += ["", "## Weights", "", *_md_table(("line", "expected"), weight_rows(plan))]
    lines += ["## Checks", "", *(f"- [ ] {row}" for row in QC), ""]
    lines += ["## Notes", "", *(f"- {note}" for note in plan.notes)]
    lines += [
        f"- {f.code}: {f.message}{' (' + f.hint + ')' if f.hint else ''}" for f in plan.findings
    ]
    return "\n".join(lines) + "\n"
