"""What bars and sheets drawn with their cuts share: text that fits, frames, names of equal blanks in a row.

In: a drawing.  Out: lines and words in it. mm on paper.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ezdxf.layouts.layout import Modelspace

from jewelgen.paper.dxf import DIGIT, words

TEXT = 2.0
WIDE = 176.0
PAD = 0.7  # mm beside a text
Box = tuple[float, float, float, float]


def width(text: str) -> float:
    """mm that a text takes, with the room beside it."""
    return len(text) * TEXT * DIGIT + 2 * PAD


def say(space: Modelspace, text: str, middle: tuple[float, float]) -> None:
    """A text about its middle."""
    x = middle[0] - len(text) * TEXT * DIGIT / 2
    words(space, text, (x, middle[1] - TEXT / 2), TEXT, "note")


def frame(space: Modelspace, box: Box, layer: str) -> None:
    """A rectangle: lower left corner, width, height."""
    x, y, w, h = box
    ring = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    space.add_lwpolyline(ring, close=True, dxfattribs={"layer": layer})


def stroke(space: Modelspace, *corners: tuple[float, float]) -> None:
    """A thin line."""
    space.add_lwpolyline(list(corners), dxfattribs={"layer": "note"})


def base(name: str) -> str:
    """`A` of `A/3`: what equal blanks are called together."""
    return name.rpartition("/")[0] or name


def together(names: Sequence[str]) -> str:
    """`A/1 to A/5`, or the only name."""
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1].rpartition('/')[2]}"


def runs(cuts: Sequence[tuple[str, float]]) -> list[list[tuple[str, float]]]:
    """Neighbouring cuts of equal blanks together."""
    grouped = itertools.groupby(cuts, key=lambda cut: (base(cut[0]), round(cut[1], 3)))
    return [list(group) for _, group in grouped]
