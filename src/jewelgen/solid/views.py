"""Views for drawings: the outlines of a body from one side, as numbers.

In: a shape of a `Model`.  Out: visible and hidden polylines in mm, x to the right and y up, to scale.
"""

from __future__ import annotations

from dataclasses import dataclass

from jewelgen.piece.frame import Vec
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.occ_view import Polyline, hidden_lines


@dataclass(frozen=True, slots=True)
class View:
    """One drawn side: lines that are seen and lines that metal hides."""

    visible: tuple[Polyline, ...]
    hidden: tuple[Polyline, ...]


def view(shape: Shape, towards: Vec, up: Vec, deviation: float = 0.02) -> View:
    """The shape as an eye far out along `towards` sees it, `up` being up on the sheet.

    `deviation`: how far in mm a polyline may stray from its curve.
    """
    return View(*hidden_lines(shape, towards, up, deviation))


def outlines(shape: Shape, towards: Vec, up: Vec, deviation: float = 0.02) -> tuple[Polyline, ...]:
    """Only the visible lines of `view`."""
    return view(shape, towards, up, deviation).visible
