"""Every form has exactly one blank whose net metal is the form's volume, or is named as a component."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from jewelgen.bench.development import blank_of
from jewelgen.bench.heats import grade_at, heats
from jewelgen.bench.order import Graph, Op, closure, sequence
from jewelgen.bench.plan import letter, plan
from jewelgen.bench.precedence import build
from jewelgen.bench.weights import faces
from jewelgen.design.reader import load
from jewelgen.findings import MakeError, Severity
from jewelgen.flat.outline import Box, Oval
from jewelgen.piece.array import Polar
from jewelgen.piece.form import Ball, Bar, Dome, Hoop, Plate, Sculpted, Tube, Twist, Wall
from jewelgen.piece.frame import IDENTITY
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Item, Part, Piece
from jewelgen.piece.rail import Circ, straight
from jewelgen.piece.section import Sec, Wire
from jewelgen.piece.stone import Stone
from jewelgen.piece.volume import volume
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import prepare

ROD = straight((0, 0, 0), (0, 0, 30))
FORMS = {
    "half-round": Hoop(17.3, ((0.0, Sec(3.0, 1.5, rise=1.5)),)),
    "court": Hoop(17.3, ((0.0, Sec(4.0, 1.8, rise=0.6, dip=0.3)),)),
    "tapered": Hoop(17.3, ((0.0, Sec(5.0, 2.4)), (180.0, Sec(2.5, 1.5)))),
    "jump ring": Hoop(4.0, ((0.0, Wire(1.0)),)),
    "prong": Bar(straight((0, 0, 0), (0, 0, 7)), ((0.0, Wire(0.8)),), end="dome"),
    "strap": Bar(ROD, ((0.0, Sec(3.0, 0.8)), (1.0, Sec(5.0, 0.8)))),
    "gallery": Bar(Circ(3.0), ((0.0, Wire(0.8)),)),
    "bezel": Wall(Oval(18, 13), 3.0, 0.32, 0.05),
    "box bezel": Wall(Box(8, 8), 2.0, 0.4, 0.05),
    "plate": Plate(Oval(20, 20), 1.0, ((0.0, 8.0, Oval(1.6, 1.6)),)),
    "tube": Tube(3.5, 2.7, 3.0),
    "ball": Ball(1.6),
    "twist": Twist(ROD, 2, 0.8, 3.0),
    "coil": Twist(ROD, 1, 0.5, 1.0, core=2.0),
    "dome": Dome(20.0, 5.0, 0.6),
}


def part(form, name="p", **more):
    return Part(name, form, IDENTITY, alloy="silver_925", made="handmade", **more)


def piece(*parts, **more):
    return Piece("t", "ring", "handmade", "silver_925", parts, **more)


@pytest.mark.parametrize("name", [n for n in FORMS if n != "box bezel"])
def test_net_blank_holds_the_metal_of_the_form(name):
    form = FORMS[name]
    blank = blank_of(part(form))
    strands = getattr(form, "n", 1)
    assert blank.net_mm3 * strands == pytest.approx(volume(form), rel=2e-3)
    assert blank.cut_mm3 >= blank.net_mm3
    worked = (blank.long, *blank.cut[1:])  # as long as it is once drawn or rolled down
    assert all(cut >= net for cut, net in zip(worked, blank.net, strict=False))
    assert blank.figures


def test_what_a_wide_band_is_longer_stays_on():
    form = Hoop(17.3, ((0.0, Sec(6.0, 1.5)),))
    blank = blank_of(part(form))
    (stays,) = (loss for loss in blank.losses if loss.sort == "stays")
    assert stays.mm3 == pytest.approx(0.5 * 9.0)
    assert blank.net_mm3 == pytest.approx(volume(form))


def test_dome_prints_both_discs():
    blank = blank_of(part(FORMS["dome"]))
    trued = blank.figure("truing the rim").value
    assert blank.figure("volume-true disc").value < blank.net[0]
    assert math.pi / 4 * blank.net[0] ** 2 * 0.6 - trued == pytest.approx(
        volume(FORMS["dome"]), rel=2e-3
    )
    assert math.pi / 4 * blank.figure("volume-true disc").value ** 2 * 0.6 == pytest.approx(
        volume(FORMS["dome"])
    )


def test_collet_is_a_sector():
    blank = blank_of(part(Wall(Oval(6, 6), 4.0, 0.5, draft=-8.0)))
    assert blank.pattern is not None
    assert blank.net_mm3 == pytest.approx(volume(Wall(Oval(6, 6), 4.0, 0.5, draft=-8.0)), rel=0.02)


def test_sculpted_is_a_cast_component():
    made = plan(
        piece(part(Sculpted("leaf.py:leaf", (), 120.0), "leaf"), part(FORMS["plate"], "back"))
    )
    assert [(c.part, c.sort) for c in made.components] == [("leaf", "cast")]
    assert [line.part for line in made.cut_list] == ["back"]
    assert [f.code for f in made.findings if f.code == "JG507"] == ["JG507"]


@pytest.mark.parametrize("name", list(FORMS))
def test_every_form_gets_a_plan_that_balances(name):
    made = plan(piece(part(FORMS[name], array=Polar(3, 5.0, 0.0, 120.0))))
    w = made.weights
    assert len(made.cut_list) == 1
    lost = w.scrap_g + w.filings_g + w.stays_g
    assert w.issued_g - lost == pytest.approx(w.drawn_g, rel=5e-3)
    assert w.scrap_g >= -1e-9
    assert not [f for f in made.findings if f.code == "JG512"]
    assert made.cut_list[0].blank.n == 3 * (FORMS[name].n if isinstance(FORMS[name], Twist) else 1)


def test_odd_tube_names_the_nearest_stock_tube():
    found = [f for f in plan(piece(part(Tube(25.6, 23.2, 1.0)))).findings if f.code == "JG501"]
    assert len(found) == 1
    assert "wall" in found[0].hint
    assert found[0].fix is None, "no key of a design is known to say this tube's sizes"


def test_the_tube_of_a_setting_that_nobody_sells_is_answered_with_one_that_is_sold(
    tmp_path: Path,
) -> None:
    text = """format = 1
piece = "ring"
made = "handmade"
alloy = "sterling"
size = "US 7"
[shank]
kind = "d"
width = 3
[head]
kind = "tube"
stone = "round garnet 3.0"
"""
    path = tmp_path / "dot.toml"
    path.write_text(text + "tube = { od = 4.5, id = 2.7 }\n", encoding="utf-8")
    made = plan(prepare(load(path), None, Options()).piece)
    (found,) = [f for f in made.findings if f.code == "JG501"]
    assert found.fix is not None
    assert found.fix.key == "head.tube"
    path.write_text(f"{text}tube = {found.fix.value}\n", encoding="utf-8")
    made = plan(prepare(load(path), None, Options()).piece)
    assert not [f for f in made.findings if f.code == "JG501"]


def test_stock_off_the_list_is_a_note():
    made = plan(piece(part(FORMS["court"])))
    assert [f.severity for f in made.findings if f.code == "JG508"] == [Severity.NOTE]
    assert "court" in made.cut_list[0].blank.stock.work


def test_circle_is_a_finding_that_names_the_parts():
    graph = Graph()
    for name in "abc":
        graph.add(Op(name, "join", (name.upper(),)))
    for first, then in ("ab", "bc", "ca"):
        graph.before(first, then, "R2")
    with pytest.raises(MakeError, match=r"JG502.*A, B, C") as caught:
        sequence(graph)
    assert "R2" in caught.value.findings[0].hint


def test_linked_plates_cannot_be_made():
    two = piece(
        part(FORMS["plate"], "front"),
        part(FORMS["plate"], "back"),
        joints=(Joint("front", "back", "link", Fit("through")),),
    )
    with pytest.raises(MakeError, match="neither part opens"):
        plan(two)


def tag():
    ring = Hoop(4.0, ((0.0, Wire(1.29)),))
    return piece(
        part(FORMS["plate"], "body"), part(ring, "link"),
        joints=(Joint("link", "body", "link", Fit("through")), Joint("link", "link", "join", Fit("seam"))),
        items=(Item("chain", "cable 1.4 mm, 45 cm"),),
    )  # fmt: skip


def test_a_soldered_ring_is_linked_before_it_closes():
    made = plan(tag())
    place = {step.key: step.n for step in made.steps}
    assert place["form:body"] < place["joint:0"] < place["joint:1"] < place["last_heat"]
    assert made.bought == (Item("chain", "cable 1.4 mm, 45 cm"),)
    assert [line.grade for line in made.joints] == ["", "hard"]


def test_an_open_ring_is_linked_cold():
    made = plan(replace(tag(), joints=tag().joints[:1]))
    place = {step.key: step.n for step in made.steps}
    assert place["tumble"] < place["joint:0"] < place["polish"]
    assert "last_heat" not in place


def head():
    prongs = part(FORMS["prong"], "head.prong", array=Polar(6, 3.0, 0.0, 60.0))
    rails = part(FORMS["gallery"], "head.gallery"), part(FORMS["gallery"], "head.base")
    shank = part(FORMS["half-round"], "shank")
    joints = (
        Joint("head.gallery", "head.gallery", "join", Fit("seam")), Joint("head.base", "head.base", "join", Fit("seam")),
        Joint("shank", "shank", "join", Fit("seam")),
        Joint("head.prong", "head.gallery", "join", Fit("let-in", 0.26), n=6),
        Joint("head.prong", "head.base", "join", Fit("let-in", 0.26), n=6),
        Joint("head.prong", "shank", "join", Fit("cope"), n=6),
    )  # fmt: skip
    stone = Stone(
        "stone",
        "round",
        "diamond",
        6.5,
        6.5,
        4.0,
        IDENTITY,
        grip="prongs",
        held_by=("head.prong",),
        crown=1.0,
        pavilion=2.8,
        girdle=0.2,
    )
    return piece(prongs, *rails, shank, joints=joints, stones=(stone,))


def test_order_is_valid_and_no_later_joint_flows_hotter():
    made = plan(head())
    graph = build(head(), {line.part: line.issued_g for line in made.cut_list})
    assert closure(graph, sequence(graph))
    assert len({step.key for step in made.steps if step.key.startswith("joint:")}) == 6
    body = [line for line in made.joints if "head.prong" in line.parts]
    flows = [line.solder.flow_c for line in body]
    assert flows == sorted(flows, reverse=True)
    assert made.heats == 4
    assert [line.grade for line in made.joints][-1] == "easy"
    assert made.joints[-1].parts == ("head.prong", "shank")
    names = {f.name for f in made.settings[0].figures}
    assert {"prong diameter", "notch depth"} <= names


def test_no_step_uses_what_an_earlier_one_has_not_made():
    made = plan(head())
    seen = set()
    for step in made.steps:
        if step.key.startswith("form:"):
            seen.add(step.key[5:])
        if step.key.startswith("joint:"):
            joint = head().joints[int(step.key[6:])]
            assert {joint.a, joint.b} <= seen


def test_grades_by_depth():
    assert [grade_at(d, 3) for d in range(3)] == ["hard", "medium", "easy"]
    assert [grade_at(d, 5) for d in range(5)] == ["hard", "hard", "hard", "medium", "easy"]
    assert [grade_at(0, 1)] == ["hard"]


def test_a_second_joint_inside_one_body_shares_the_heat():
    rows = heats([(0, "a", "b"), (1, "a", "b"), (2, "b", "c")])
    assert [(r.depth, r.shared) for r in rows] == [(0, False), (0, True), (1, False)]
    assert rows[0].reheats == 1


def test_letters_leave_out_those_of_joints_and_stones():
    ids = [letter(i) for i in range(60)]
    assert len(set(ids)) == 60
    assert not {"J", "S"} & set(ids)


def test_the_rim_that_shortens_too_far_is_warned_of():
    wall = part(Wall(Oval(5, 4), 1.8, 0.3, 0.05, rim=0.8, lean=0.5), "wall")
    stone = Stone("s", "cab-oval", "agate", 5.0, 4.0, 2.5, IDENTITY, held_by=("wall",), girdle=0.5)
    made = plan(piece(wall, stones=(stone,)))
    assert [f.severity for f in made.findings if f.code == "JG506"] == [Severity.WARNING]


@pytest.mark.parametrize("span", [(90.0, 270.0), (12.0, 348.0)])
def test_an_arc_is_filed_where_it_is(span):
    """A strap or a split shank has no faces where the ring is open."""
    whole = Hoop(17.3, ((0.0, Sec(3.0, 1.5, rise=1.5)),))
    part = replace(whole, a0=span[0], a1=span[1])
    share = (span[1] - span[0]) / 360.0
    assert faces(part) == pytest.approx([share * mm2 for mm2 in faces(whole)])
