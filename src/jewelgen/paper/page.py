"""plan.html: the plan as one page for a phone at the bench, nothing outside it; ticks stay in the browser.

In: a `Plan` and its drawings as SVG.  Out: HTML text, set by `data/plan.html.jinja`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

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
    lettered,
    setting_rows,
    stock_rows,
    weight_rows,
)

CLASS = re.compile(r"(\.|class=\")(C\d+)")
TEMPLATE = "plan.html.jinja"


def plan_html(plan: Plan, shown: Drawings) -> str:
    """The whole page."""
    return _template().render(
        plan=plan,
        job=job_word(plan),
        code=Markup(job_qr(plan)),  # noqa: S704  drawn by us
        head=_head(plan),
        views=_picture(shown.sheet.svg, "sizes in mm", "d"),
        exploded=_picture(shown.exploded.svg, "taken apart", "e"),
        maps=[_picture(row.svg, row.id, row.id) for row in shown.maps],
        cut_list=_cards(CUT_HEAD, cut_rows(plan)),
        ready=ready_made(plan),
        stock=_cards(STOCK_HEAD, stock_rows(plan)),
        joints=_cards(JOINT_HEAD, joint_rows(plan)),
        settings=_cards(SETTING_HEAD, setting_rows(plan)),
        rule_head=RULE_HEAD,
        steps=list(_steps(plan, {state.n: state.svg for state in shown.states})),
        weights=list(weight_rows(plan)),
        weighings=[(row.when, f"{row.grams:.2f} g") for row in plan.weighings],
        accepted=[(f"{row.id} {row.what}", row.text) for row in plan.bands],
    )


@cache
def _template() -> Template:
    """The page's template; it escapes every value that is not marked as drawn by us."""
    loader = PackageLoader("jewelgen.paper", "data")
    made = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
    return made.get_template(TEMPLATE)


def _head(plan: Plan) -> list[tuple[str, str]]:
    rows = [(word, text) for word, text in head_rows(plan) if text]
    rows += [
        (lettered(word, plan.letters), lettered(text, plan.letters)) for word, text in plan.facts
    ]
    rows.append(("revision", plan.digest))
    return rows + ([("note", plan.ticket.note)] if plan.ticket.note else [])


def _cards(head: Sequence[str], rows: Iterable[Row]) -> list[Mapping[str, Any]]:
    """Each row as its id and pairs of word and value; empty cells are left out."""
    words = [word.replace("_", " ") for word in head]
    return [
        {
            "id": row[0],
            "pairs": [
                (word, cell)
                for word, cell in list(zip(words, row, strict=True))[1:]
                if str(cell) not in {"", "-"}
            ],
        }
        for row in rows
    ]


def _picture(svg: str, name: str, mark: str) -> Mapping[str, Any]:
    """A drawing with its name; its style classes get `mark`, for a page has many pictures and one style."""
    own = CLASS.sub(rf"\g<1>{mark}\g<2>", svg[svg.index("<svg") :])
    return {"svg": Markup(own), "name": name}  # noqa: S704  drawn by us


def _steps(plan: Plan, pictures: Mapping[int, str]) -> Iterator[Mapping[str, Any]]:
    """Steps, each with the phase it `opens`, and the state after some of them as a picture."""
    phase = ""
    for step in plan.steps:
        minutes = f"{step.minutes:.0f} min"
        more = (step.tool, step.target, step.tolerance, step.check, minutes)
        svg = pictures.get(step.n)
        yield {
            "n": step.n,
            "opens": step.phase if step.phase != phase else "",
            "text": f"{step.n}. {' '.join(step.ids)}: {step.text}",
            "more": "; ".join(word for word in more if word),
            "picture": _picture(svg, f"after step {step.n}", f"s{step.n}") if svg else None,
        }
        phase = step.phase
