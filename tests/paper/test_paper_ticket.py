"""The order's own words stand at the head of every sheet."""

import json
from dataclasses import replace

from jewelgen.bench.plan import plan
from jewelgen.bench.ticket import Ticket
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import resolve
from jewelgen.paper.contents import head_rows
from jewelgen.paper.data_file import plan_json
from jewelgen.paper.markdown import plan_md


def test_the_ticket_is_on_every_sheet(root):
    made = plan(compose(resolve(load(root / "designs/14_disc_tag.toml"))))
    assert made.ticket == Ticket()
    ordered = replace(made, ticket=Ticket("A-7", "Ms Lind", "2026-12-01", 2, "gift"))
    assert json.loads(plan_json(ordered))["job"] == {
        "job": "A-7", "customer": "Ms Lind", "due": "2026-12-01", "qty": 2, "note": "gift",
    }  # fmt: skip
    assert "job A-7, customer Ms Lind, due 2026-12-01, note gift, 2 pc" in plan_md(ordered)
    assert head_rows(ordered)[:3] == [
        ["job", "A-7 (2 pieces)"], ["customer", "Ms Lind"], ["due", "2026-12-01"],
    ]  # fmt: skip
