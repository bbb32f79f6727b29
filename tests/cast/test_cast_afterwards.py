"""What is left to the hand after casting: said in the design or by the shop, absent from the master, counted, listed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jewelgen.bench.shop import read_shop
from jewelgen.cast.afterwards import afterwards, off_mm3, spot
from jewelgen.cast.chain import Allowance
from jewelgen.cast.master import master_piece
from jewelgen.design.brief import Brief
from jewelgen.design.compose import compose
from jewelgen.design.resolve import brief_from
from jewelgen.findings import DesignError
from jewelgen.piece.cutter import Bearing, Pocket
from jewelgen.piece.digest import digest
from jewelgen.piece.frame import Frame
from jewelgen.piece.letters_cut import letters_volume
from jewelgen.piece.metal import lines, metal
from jewelgen.piece.piece import Piece
from jewelgen.pipeline.options import Options
from jewelgen.pipeline.prepare import of_brief
from jewelgen.pipeline.standing import inputs_digest
from jewelgen.solid.model import Quality
from jewelgen.solid.realize import realize

NONE = Allowance(0.0, 0.0, 0.0)
TOP = {"format": 1, "piece": "ring", "made": "cast", "alloy": "sterling", "size": "US 7"}
SHANK = {"kind": "flat", "width": 4, "thick": 2}
WORDS = {"on": "shank.inside", "text": "Ever", "tall": 1.6, "deep": 0.25}
FLUSH = {"kind": "flush", "stone": "round diamond 1.5", "along": [[0, 0]]}
SOLITAIRE = {**TOP, "shank": {"kind": "court", "width": 2.4, "thick": 1.8},
             "head": {"kind": "prong", "stone": "round diamond 5.0"}}  # fmt: skip


def brief(**tables: Any) -> Brief:
    return brief_from({**TOP, "shank": SHANK, **tables}, "ring")


def names(piece: Piece) -> list[str]:
    return [part.name for part in piece.parts]


def test_a_seat_left_to_the_setter_leaves_its_pilot_hole() -> None:
    cut = compose(brief(stones=FLUSH))
    left = compose(brief(stones=FLUSH, casting={"seats": "open"}))
    assert [c.when for c in left.cuts if c.stone] == ["after casting"]
    (full,), (hole,) = (
        [c.form for c in master_piece(p, NONE).cuts if c.stone] for p in (cut, left)
    )
    assert isinstance(full, Bearing)
    assert isinstance(hole, Pocket)
    assert hole.outline.w == full.pilot < full.outline.w
    assert (hole.depth, hole.above) == (full.through, full.girdle + full.open)
    assert metal(left)[0].finished == metal(cut)[0].finished  # the finished piece is the same
    master = master_piece(left, Allowance(0.1, 0.1, 0.3))
    (body,) = realize(master, quality=Quality.PREVIEW).bodies
    assert body.volume_mm3 == pytest.approx(metal(master)[0].finished, rel=1e-3)


def test_shared_posts_left_to_the_setter_are_whole() -> None:
    row = {"kind": "shared-prong", "stone": "round diamond 2.2", "scallop": 0}
    left = compose(brief(stones=row, casting={"seats": "open"}))
    assert {cut.when for cut in left.cuts} == {"after casting"}
    assert not master_piece(left, NONE).cuts


@pytest.mark.parametrize("table", [{"casting": {"seats": "open"}}, {"head.seats": "open"}])
def test_prongs_left_whole_weigh_what_their_notches_take(table: dict[str, Any]) -> None:
    """Predicted and measured metal of a master without notches agree; they differ by the notches alone."""
    tree: dict[str, Any] = {**SOLITAIRE, "head": {**SOLITAIRE["head"]}}
    for key, value in table.items():
        block, _, word = key.partition(".")
        tree = {**tree, block: {**tree.get(block, {}), word: value} if word else value}
    left, cut = (compose(brief_from(t, "ring")) for t in (tree, SOLITAIRE))
    open_, seated = (master_piece(p, Allowance(0.1, 0.1, 0.3)) for p in (left, cut))
    assert [c.name for c in seated.cuts if c.stone]
    assert not [c for c in open_.cuts if c.stone]
    notches = sum(x.mm3 for x in lines(seated) if x.what == "cut" and "seat" in x.name)
    gain = metal(open_)[0].finished - metal(seated)[0].finished
    assert gain == pytest.approx(notches, rel=0.1)


def test_beads_about_open_seats_are_raised_by_hand() -> None:
    pave = {"kind": "pave", "stone": "round diamond 1.3", "rows": 2, "bead": 0.45}
    left = compose(brief(shank={**SHANK, "width": 5}, stones=pave, casting={"seats": "open"}))
    assert not master_piece(left, NONE).marks
    seats, beads = afterwards(left, names(left))
    assert (seats.n, seats.place, seats.text) == (
        sum(s.array.n for s in left.stones), "all round", "round 1.3 x 1.3",
    )  # fmt: skip
    assert beads.verb == "raise beads"
    assert off_mm3((seats, beads)) == pytest.approx(metal(left)[0].raised)


def test_engraving_after_casting_is_left_out_counted_and_told() -> None:
    early = compose(brief(engraving=WORDS))
    late = compose(brief(engraving=WORDS, casting={"engraving": "after casting"}))
    assert master_piece(early, NONE).marks
    assert not master_piece(late, NONE).marks
    (task,) = afterwards(late, names(late))
    said = (task.verb, task.text, task.place, task.deep, task.tall)
    assert said == ("engrave", "Ever", "inside, at 12 o'clock", 0.25, 1.6)
    (form,) = (m.form for m in late.marks)
    assert task.mm3 == pytest.approx(letters_volume(form), rel=0.02)
    off = metal(late)[0].finished - task.mm3
    assert off == pytest.approx(metal(early)[0].finished, abs=1e-6)
    assert digest(late, frozen=True) != digest(early, frozen=True)
    other = compose(
        brief(engraving={**WORDS, "text": "Else"}, casting={"engraving": "after casting"})
    )
    assert digest(late, frozen=True) == digest(other, frozen=True)  # no mold holds the words


def test_a_block_has_the_last_word_then_the_design_then_the_shop(tmp_path: Path) -> None:
    path = tmp_path / "shop.toml"
    path.write_text('[casting]\nseats = "open"\nengraving = "after casting"\ndrain = 2.5\n')
    options = Options(shop=read_shop(path))
    assert read_shop(path).casting.choices.drain == 2.5
    both = {"engraving": WORDS, "stones": FLUSH}

    def when(**more: Any) -> set[str]:
        piece = of_brief(brief(**{**both, **more}), options).piece
        return {piece.marks[0].when, *(c.when for c in piece.cuts if c.stone)}

    assert when() == {"after casting"}
    assert when(casting={"seats": "pre-cut", "engraving": "cast"}) == {"cast"}
    own = {"engraving": {**WORDS, "when": "cast"}, "stones": {**FLUSH, "seats": "pre-cut"}}
    assert when(**own) == {"cast"}


@pytest.mark.parametrize("table", [{"scale": "caster"}, {"drain": 2.5}, {"seats": "open"}])
def test_another_choice_is_another_build(table: dict[str, Any]) -> None:
    """Results that stand are kept only while design, shop and options choose the same."""
    digests = {
        inputs_digest(of_brief(brief(stones=FLUSH, casting=said), Options()), Options())
        for said in ({}, table)
    }
    assert len(digests) == 2


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({"seats": "closed"}, "JG132"), ({"seat": "open"}, "JG130"), ({"engraving": 3}, "JG132"),
        ({"drain": 1.0}, "JG132"), ({"drain": "wide"}, "JG132"), ({"drain": True}, "JG132"),
    ],
)  # fmt: skip
def test_other_choices_are_said(table: dict[str, Any], code: str) -> None:
    with pytest.raises(DesignError) as caught:
        brief(casting=table)
    assert [(f.code, f.where.key.split(".")[0]) for f in caught.value.findings] == [
        (code, "casting")
    ]


@pytest.mark.parametrize(
    ("origins", "words"),
    [
        ([(0.0, 0.0, 9.0)], "at 12 o'clock"),
        ([(9.0, 0.0, 0.0)], "at 3 o'clock"),
        ([(0.0, 0.0, 9.0), (9.0, 0.0, 0.0)], "from 12 to 3 o'clock"),
        ([(-9.0, 0.0, 0.0), (0.0, 0.0, 9.0), (9.0, 0.0, 0.0)], "from 9 to 3 o'clock"),
        ([(9.0, 1.0, 0.0), (9.0, -1.0, 0.0)], "at 3 o'clock"),
    ],
)
def test_places_round_a_finger_go_by_the_clock(
    origins: list[tuple[float, float, float]], words: str
) -> None:
    ring = compose(brief())
    assert spot(ring, [Frame(at) for at in origins]) == words
    assert spot(replace(ring, sort="pendant"), [Frame((0.0, 0.0, 2.0))]) == "front, middle"
