"""Stock that is not sold: the nearest that is, at the key that rules it, composed, judged and planned again."""

from __future__ import annotations

import pytest

from jewelgen.bench.plan import plan
from jewelgen.catalog.packs import CAUTIOUS
from jewelgen.design.reader import load_text
from jewelgen.findings import Finding
from jewelgen.pipeline.edits import in_document
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare
from jewelgen.pipeline.stocked import stocked

HEAD = 'format = 1\nname = "x"\nmade = "handmade"\nalloy = "sterling"\npiece = '
DISC = HEAD + '"pendant"\n[body]\nkind = "disc"\nsize = 20\n'
RING = HEAD + '"ring"\nsize = "US 7"\n[shank]\n'
BAIL = '[bail]\nkind = "loop"\nid = 3.5\n'


def found(text: str) -> dict[str, Finding]:
    """The notes on stock of a design, by part."""
    document = load_text(text)
    prepared = prepare(document, None, Options())
    made = plan(prepared.piece)
    said = stocked(made, prepared, CAUTIOUS, in_document(document, None, None))
    assert [(f.code, f.where.key) for f in said] == [(f.code, f.where.key) for f in made.findings]
    return {f.where.key: f for f in said if f.code == "JG508"}


@pytest.mark.parametrize(
    ("text", "part", "key", "value"),
    [
        (DISC + "thick = 1.1\n" + BAIL, "body", "body.thick", "1.02"),  # 18 ga is nearer than 1.2
        (DISC + "thick = 1.2\n" + BAIL + "wire = 1.4\n", "bail", "bail.wire", "1.29"),
        (RING + 'kind = "flat"\nwidth = 3\nthick = 1.75\n', "shank", "shank.thick", "1.63"),
        (RING + 'kind = "d"\nwidth = 3.2\n', "shank", "shank.width", "3"),
    ],
)  # fmt: skip
def test_the_fix_names_a_size_that_is_sold(text: str, part: str, key: str, value: str) -> None:
    fix = found(text)[part].fix
    assert fix is not None
    assert (fix.key, fix.value, fix.tried) == (key, value, True)
    table, _, last = key.rpartition(".")
    lines = [row for row in text.splitlines() if row.split(" = ")[0] != last]
    lines.insert(lines.index(f"[{table}]") + 1, f"{last} = {value}")
    assert part not in found("\n".join(lines))


def test_what_no_wire_is_near_gets_no_fix() -> None:
    """A band far heavier than any wire is sold: nothing within a fifth of it."""
    (note,) = found(RING + 'kind = "flat"\nwidth = 14\nthick = 4.9\n').values()
    assert note.fix is None
    assert "order" in note.hint


def test_a_size_that_a_rule_objects_to_is_not_offered() -> None:
    """Under flush stones 1.63 is nearest to 1.75, but their culets come near the finger: 2.0 is offered."""
    text = (
        RING
        + 'kind = "flat"\nwidth = 5\nthick = 1.75\n[stones]\nkind = "flush"\nstone = "round diamond 2.0"\ncount = 3\n'
    )
    thinner = prepare(load_text(text.replace("1.75", "1.63")), None, Options())
    assert [f.code for f in thinner.findings] == ["JG204"]
    fix = found(text)["shank"].fix
    assert fix is not None
    assert (fix.key, fix.value) == ("shank.thick", "2")


def test_a_rail_may_follow_its_prongs_off_stock_while_fewer_parts_are_off() -> None:
    """Prongs and base are of one wire of 0.86: both come from 20 ga, and the rail follows them."""
    text = (
        RING
        + 'kind = "flat"\nwidth = 3\nthick = 1.5\n[head]\nkind = "prong"\nstone = "round diamond 1.00 ct"\nwire = 0.86\n'
    )
    notes = found(text)
    assert {str(notes[part].fix).split(" (")[0] for part in ("head.prong", "head.base")} == {
        "head.wire = 0.81"
    }
