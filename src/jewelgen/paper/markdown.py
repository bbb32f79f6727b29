"""The plan as plain text with tick boxes: plan.md.

In: a `Plan`.  Out: Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jewelgen.bench.plan import Plan
from jewelgen.bench.quality import fineness_words
from jewelgen.bench.steps import Step
from jewelgen.bench.ticket import Ticket
from jewelgen.catalog.alloys import alloy
from jewelgen.paper.tables import (
    CUT_HEAD,
    JOINT_HEAD,
    RULE_HEAD,
    SETTING_HEAD,
    STOCK_HEAD,
    Row,
    cut_rows,
    joint_rows,
    lettered,
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


def _fact_lines(plan: Plan) -> list[str]:
    marks = [f"- mark: {mark}" for mark in plan.marks]
    return [
        *(
            f"- {lettered(word, plan.letters)}: {lettered(text, plan.letters)}"
            for word, text in plan.facts
        ),
        *marks,
        "",
    ]


def plan_md(plan: Plan) -> str:
    """plan.md: the whole plan as text with tick boxes."""
    head = f"{alloy(plan.alloy).name}, {plan.size or plan.sort}, {plan.finish or 'bright'}, {plan.ticket.qty} pc, plan {plan.digest}"
    lines = [
        f"# {plan.name}",
        "",
        head,
        "",
        *_ticket_lines(plan.ticket),
        *_fact_lines(plan),
        *_material_lines(plan),
    ]
    lines += _section("Joints", JOINT_HEAD, joint_rows(plan))
    lines += _section("Settings", SETTING_HEAD, setting_rows(plan))
    lines += _section("Stones", RULE_HEAD, plan.stone_rules)
    lines += ["## Steps", "", *map(_step_line, plan.steps), ""]
    lines += _section("Weights", ("line", "expected"), weight_rows(plan))
    when = [(row.when, f"{row.grams:.2f} g") for row in plan.weighings]
    lines += _section("Weighings", ("when", "expected"), when)
    bands = [(row.id, row.what, row.text) for row in plan.bands]
    lines += _section("Accepted sizes", ("id", "finished", "from and to"), bands)
    lines += ["## Checks", "", *(f"- [ ] {row}" for row in plan.qc), ""]
    lines += ["## Care card", "", *(f"- {row}" for row in plan.care_card), ""]
    lines += ["## Notes", "", *(f"- {note}" for note in plan.notes)]
    lines += [f"- {words}" for words in fineness_words(plan.weights)]
    lines += [
        f"- {f.code}: {f.message}{' (' + f.hint + ')' if f.hint else ''}" for f in plan.findings
    ]
    return "\n".join(lines) + "\n"


def _section(title: str, head: Sequence[str], rows: Sequence[Row]) -> list[str]:
    return [f"## {title}", "", *_md_table(head, rows)] if rows else []


def _material_lines(plan: Plan) -> list[str]:
    lines = ["## Cut list", "", *_md_table(CUT_HEAD, cut_rows(plan))]
    parts = [f"- {c.id} {c.part}: {c.order} ({c.why})" for c in plan.components]
    parts += [f"- buy {item.n} x {item.text}" for item in plan.bought]
    if parts:
        lines += ["## Components", "", *parts, ""]
    return [*lines, *_section("Stock", STOCK_HEAD, stock_rows(plan))]


def _step_line(step: Step) -> str:
    target = f"{step.target} {step.tolerance}".strip()
    tail = "; ".join(part for part in (target, step.check) if part)
    said = f"{' '.join(step.ids)} {step.text}{': ' + tail if tail else ''}"
    return f"- [ ] {step.n}. ({step.phase}) {said} ({step.minutes:.0f} min)"
