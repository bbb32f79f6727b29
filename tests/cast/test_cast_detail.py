"""What a sprue keeps away from, as balls: stones and the prongs over them, loops, letters; not what is cut later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jewelgen.cast.detail import LETTER, detail_of
from jewelgen.flat.outline import Path
from jewelgen.flat.segments import Line
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.frame import IDENTITY, Frame, on_ring
from jewelgen.piece.mark import Glyphs, Mark
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import straight
from jewelgen.piece.section import Sec, Wire
from jewelgen.piece.stone import Stone

R = 10.5
CORNERS = ((-6.0, -1.0), (6.0, -1.0), (6.0, 1.0), (-6.0, 1.0))
BAR = Path((tuple(Line(p, q) for p, q in zip(CORNERS, (*CORNERS[1:], CORNERS[0]), strict=True)),))
RING = Piece(
    "ring", "ring", "cast", "a",
    (
        Part("shank", Hoop(17.0, ((0.0, Sec(4.0, 2.0)),)), IDENTITY, alloy="a"),
        Part("prong", Bar(straight((3.0, 0.0, R - 4.0), (3.0, 0.0, R + 2.0)), ((0.0, Wire(1.0)),)), IDENTITY, alloy="a"),
        Part("eye", Hoop(3.0, ((0.0, Wire(1.0)),)), Frame((0.0, 0.0, -14.0)), alloy="a", role="loop"),
    ),
    stones=(Stone("centre", "round", "diamond", 6.5, 6.5, 4.0, on_ring(R), held_by=("prong",)),),
    marks=(Mark("word", "shank", Glyphs(BAR, 0.3, "engrave", bend=R), on_ring(R, 180.0)),),
)  # fmt: skip


def reached(piece: Piece, point: tuple[float, float, float], scale: float = 1.0) -> bool:
    """Whether a ball of detail holds the point, which is given in mm of the finished piece."""
    balls = np.array(detail_of(piece, ("shank", "eye"), scale).balls)
    gaps = np.linalg.norm(balls[:, :3] - scale * np.array(point), axis=1)
    return bool((gaps <= balls[:, 3] + 1e-9).any())


@pytest.mark.parametrize("scale", [1.0, 1.02])
def test_stones_prongs_loops_and_letters_stay_clean(scale: float) -> None:
    stone, eye = 6.5 / 2, -14.0
    for point in ((0, 0, R), (stone, 0, R), (3.4, 0, R + 2.0), (1.5, 0, eye), (0, 0, eye - 2.0)):
        assert reached(RING, point, scale)
    assert not reached(RING, (R, 0.0, 0.0), scale)
    assert not reached(RING, (3.0, 0.0, R - 4.0), scale)  # a prong's root
    assert not reached(RING, (0.0, 0.0, R - stone - 0.1), scale)


def test_letters_are_followed_round_the_band() -> None:
    turn = 6.0 / R  # the word's end, as an angle from 6 o'clock
    end = (-R * np.sin(turn), 0.9, -R * np.cos(turn))
    assert reached(RING, end)
    assert not reached(RING, (end[0], 1.0 + LETTER + 1.2, end[2]))
    (mark,) = RING.marks
    for other in (replace(mark, when="after casting"), replace(mark, on="head")):
        assert not reached(replace(RING, marks=(other,)), end)
    inside = replace(mark, form=replace(mark.form, bend=-8.5))  # type: ignore[type-var]
    assert not reached(replace(RING, marks=(inside,)), end)


def test_a_piece_rests_by_its_back_or_its_lower_end() -> None:
    assert detail_of(RING, (), 1.0).rest == (0.0, 0.0, -1.0)
    assert detail_of(replace(RING, sort="pendant"), (), 1.0).rest[1] == -1.0
