"""Rules R4, R5 and R10: hollows that solder closes, what lies in them, heads that hide what is beneath; circles."""

from __future__ import annotations

from pathlib import Path

import pytest

from jewelgen.bench.plan import Plan, plan
from jewelgen.design.compose import compose
from jewelgen.design.reader import load
from jewelgen.design.resolve import brief_from
from jewelgen.findings import MakeError
from jewelgen.flat.outline import Oval
from jewelgen.piece.form import Ball, Dome, Form, Hoop, Plate, Tube, Wall
from jewelgen.piece.frame import IDENTITY, Frame
from jewelgen.piece.hollow import hollows
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import Wire
from jewelgen.piece.stone import Stone
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare

BACK = Frame((0.0, 0.0, -0.6))
HOLE = ((0.0, 4.0, Oval(0.8, 0.8)),)
SHELL, LID = Dome(20.0, 5.0, 0.6), Plate(Oval(20, 20), 0.6)


def part(name: str, form: Form, at: Frame = IDENTITY, role: str = "") -> Part:
    return Part(name, form, at, alloy="silver_925", made="handmade", role=role)


def solder(a: str, b: str) -> Joint:
    return Joint(a, b, "join", Fit("tee"), area=5.0, run=20.0)


def piece(*parts: Part, joints: tuple[Joint, ...], stones: tuple[Stone, ...] = ()) -> Piece:
    return Piece("t", "pendant", "handmade", "silver_925", parts, joints=joints, stones=stones)


def box(lid: Plate = LID, *more: Part, joints: tuple[Joint, ...] = (), **rest: object) -> Piece:
    """A dome on a back; `more` parts and `joints` come before the joint that closes it, or after."""
    shell, back = part("shell", SHELL), part("back", lid, BACK)
    every = (solder("shell", "back"), *joints)
    return piece(shell, back, *more, joints=every, **rest)  # type: ignore[arg-type]


def keys(made: Plan) -> list[str]:
    return [step.key for step in made.steps]


def test_a_dome_on_a_back_is_a_closed_hollow_and_wants_a_vent() -> None:
    (found,) = hollows(box())
    assert (found.shell, found.lids, found.vented) == ("shell", ("back",), False)
    assert [item.code for item in plan(box()).findings].count("JG514") == 1


@pytest.mark.parametrize("lid", [Plate(Oval(20, 20), 0.6, HOLE), Plate(Oval(12, 12), 0.6)])
def test_a_hole_vents_and_a_small_lid_leaves_it_open(lid: Plate) -> None:
    made = box(lid)
    assert all(item.vented for item in hollows(made))
    assert "JG514" not in [item.code for item in plan(made).findings]


def test_two_domes_mouth_to_mouth_close_each_other() -> None:
    turned = Frame(x=(1.0, 0.0, 0.0), z=(0.0, 0.0, -1.0))
    bead = piece(
        part("front", SHELL), part("rear", SHELL, turned), joints=(solder("front", "rear"),)
    )
    assert {item.shell for item in hollows(bead)} == {"front", "rear"}


@pytest.mark.parametrize("lids", [1, 2])
def test_walls_and_tubes_are_closed_when_both_mouths_are(lids: int) -> None:
    for shell, top in ((Wall(Oval(10, 8), 3.0, 0.4), 3.0), (Tube(6.0, 5.0, 3.0), 3.0)):
        floor = part("floor", Plate(Oval(12, 12), 0.5), Frame((0, 0, -0.5)))
        roof = part("roof", Plate(Oval(12, 12), 0.5), Frame((0, 0, top)))
        rows = (floor, roof)[:lids]
        made = piece(
            part("shell", shell), *rows, joints=tuple(solder("shell", row.name) for row in rows)
        )
        assert len(hollows(made)) == lids - 1


def test_r4_what_lies_in_a_hollow_is_soldered_before_it_is_closed() -> None:
    pearl = part("pearl", Ball(2.0), Frame((0.0, 0.0, 1.0)))
    # By mass the heavy lid would be first: R4 alone turns them round.
    made = keys(plan(box(LID, pearl, joints=(solder("pearl", "shell"),))))
    assert made.index("joint:1") < made.index("joint:0")


def test_r4_a_stone_in_a_closed_hollow_is_a_circle_that_says_what_would_free_it() -> None:
    at = Frame((0.0, 0.0, 1.5))
    stone = Stone(
        "gem", "round", "garnet", 3.0, 3.0, 1.8, at, grip="lip", held_by=("shell",), girdle=0.1, crown=0.5
    )  # fmt: skip
    with pytest.raises(MakeError) as caught:
        plan(box(stones=(stone,)))
    (finding,) = caught.value.findings
    assert finding.code == "JG502"
    assert "shell" in finding.message
    assert "back" in finding.message
    assert "R4" in finding.hint
    assert "lid a cold joint" in finding.hint


def test_r5_findings_come_after_the_body_they_hang_on() -> None:
    # The bail is far heavier than what is joined to the plate before it.
    plate = part("plate", Plate(Oval(20, 20), 1.0))
    pip = part("pip", Ball(1.0), Frame((0.0, 0.0, 1.5)))
    bail = part("bail", Hoop(6.0, ((0.0, Wire(3.0)),)), Frame((0.0, 14.0, 0.0)), role="bail")
    made = keys(
        plan(piece(plate, pip, bail, joints=(solder("plate", "bail"), solder("pip", "plate"))))
    )
    assert made.index("joint:1") < made.index("joint:0")


def test_r10_metal_beneath_a_head_of_wire_is_polished_before_the_head_stands_on_it() -> None:
    tree = {"name": "x", "piece": "ring", "made": "handmade", "alloy": "sterling", "size": "US 7"}
    shank = {"kind": "d", "width": 3, "thick": 1.5}
    head = {"kind": "wire-prong", "stone": "round garnet 6.0"}
    ring = compose(brief_from({**tree, "shank": shank, "head": head}))
    made = plan(ring)
    order = keys(made)
    lines = {line.index: line for line in made.joints}
    polish = order.index("polish_inside:head")
    for index, joint in enumerate(ring.joints):
        if f"joint:{index}" not in order:
            continue
        outside = {name.partition(".")[0] for name in (joint.a, joint.b)} == {"head", "shank"}
        inside = joint.a.startswith("head") and joint.b.startswith("head")
        place = order.index(f"joint:{index}")
        assert not outside or place > polish, lines[index]
        assert not inside or place < polish, lines[index]


@pytest.mark.parametrize(("vent", "said"), [(0.0, ["JG514"]), (0.8, [])])
def test_a_dome_closed_by_its_back_wants_the_vent_that_its_design_can_give(
    tmp_path: Path, vent: float, said: list[str]
) -> None:
    ours = Path(__file__).resolve().parents[2] / "designs" / "28_domed_pendant.toml"
    text = ours.read_text(encoding="utf-8").replace("[body]", f"[body]\nback = 0.8\nvent = {vent}")
    design = tmp_path / "closed.toml"
    design.write_text(text, encoding="utf-8")
    made = plan(prepare(load(design), None, Options(tmp_path)).piece)
    assert [item.code for item in made.findings if item.code == "JG514"] == said
