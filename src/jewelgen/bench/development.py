"""The blank of every form: one function a form, and the match over the closed set of nine.

In: a `Part` and the shop's `Practice`.  Out: a `Blank`; None for what no bench makes (a sculpted form).
"""

from __future__ import annotations

from typing import assert_never

from jewelgen.bench.bars import bar_blank, twist_blank
from jewelgen.bench.blank import Blank
from jewelgen.bench.hoops import hoop_blank
from jewelgen.bench.practice import DEFAULT, Practice
from jewelgen.bench.sheets import (
    ball_blank,
    dome_blank,
    plate_blank,
    tube_blank,
    wall_blank,
)
from jewelgen.piece.form import (
    Ball,
    Bar,
    Dome,
    Form,
    Hoop,
    Plate,
    Sculpted,
    Tube,
    Twist,
    Wall,
)
from jewelgen.piece.piece import Part


def blank_of(part: Part, practice: Practice = DEFAULT) -> Blank | None:
    """The blank of a part; None for a sculpted form, which is a cast component."""
    form: Form = part.form
    match form:
        case Hoop():
            return hoop_blank(part, form, practice)
        case Bar():
            return bar_blank(part, form, practice)
        case Wall():
            return wall_blank(part, form, practice)
        case Plate():
            return plate_blank(part, form, practice)
        case Dome():
            return dome_blank(part, form, practice)
        case Tube():
            return tube_blank(part, form, practice)
        case Ball():
            return ball_blank(part, form, practice)
        case Twist():
            return twist_blank(part, form, practice)
        case Sculpted():
            return None
        case _:
            assert_never(form)
