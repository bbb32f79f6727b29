"""The numbers behind one part, joint or stone of a plan, for `plan --explain`.

In: a `Plan` and an id (`A`, `J3`, `S1`) or a part's name.  Out: lines of text.
"""

from __future__ import annotations

from jewelgen.bench.castings import Component
from jewelgen.bench.cuts import CutLine
from jewelgen.bench.plan import Plan
from jewelgen.catalog.alloys import alloy
from jewelgen.findings import Finding, MakeError, did_you_mean

HABIT = "bench_rules practice, or the shop's file"


def explain(plan: Plan, word: str) -> str:
    """Formula, inputs and sources of every number of one row. Raises `MakeError` JG513 for an unknown id."""
    for line in plan.cut_list:
        if word in (line.id, line.part):
            return "\n".join(_part(line))
    for joint in plan.joints:
        if word == joint.id:
            head = f"{joint.id} {joint.word} {' + '.join(joint.parts)}: {joint.grade or 'cold'}"
            return "\n".join([head, *(f"  {figure.text}" for figure in joint.figures)])
    for row in plan.settings:
        if word in (row.id, row.stone):
            return "\n".join(
                [f"{row.id} {row.species} {row.size_text}", *(f"  {f.text}" for f in row.figures)]
            )
    for component in plan.components:
        if word == component.id or word in component.parts:
            return "\n".join(_component(component))
    known = [
        *plan.letters.values(),
        *plan.letters,
        *(j.id for j in plan.joints),
        *(s.id for s in plan.settings),
    ]
    raise MakeError(Finding("JG513", f"the plan has no '{word}'", hint=did_you_mean(word, known)))


def _part(line: CutLine) -> list[str]:
    blank = line.blank
    head = f"{line.id} {line.part}: {blank.stock.form} {blank.stock.taken}, {blank.stock.work} [{blank.stock.standing}]"
    extras = [
        f"  + {extra.name}: {extra.mm:.2f} mm ({extra.axis})  [{HABIT}]"
        for extra in blank.allowances
    ]
    metal = alloy(line.alloy)
    extras.append(
        f"  issued = n x V x density = {line.issued_g:.3f} g  (n = {blank.n}, V = {blank.cut_mm3:.4g}, "
        f"density = {metal.density_g_cm3:.4g})  [alloys {metal.id}]"
    )
    return [head, *(f"  {figure.text}" for figure in blank.figures), *extras]


def _component(row: Component) -> list[str]:
    metal = alloy(row.alloy)
    weight = f"  weight = V x density = {row.grams:.3f} g  (density = {metal.density_g_cm3:.4g})  [alloys {metal.id}]"
    return [f"{row.id} {' + '.join(row.parts)}: {row.order}", f"  why: {row.why}", weight]
