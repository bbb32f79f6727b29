"""Marks: what is engraved, stamped, raised or textured on finished metal. Never a part, never a blank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jewelgen.flat.outline import Path
from jewelgen.piece.array import ONE, Array
from jewelgen.piece.frame import Frame
from jewelgen.piece.when import When

How = Literal["engrave", "stamp", "raise", "pierce"]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Text or artwork: `path` in the plane of the mark, cut or raised by `deep` mm.

    `bend`: radius of the cylinder it is wrapped on (0: a plane). Negative radius: inside of a bore,
    read from within. `text` is what it says, for the bench. `over`: mm of metal over the surface that cut
    letters go through besides (what will be filed off).
    """

    path: Path
    deep: float
    how: How
    text: str = ""
    font: str = ""
    tall: float = 0.0
    bend: float = 0.0
    over: float = 0.0


@dataclass(frozen=True, slots=True)
class Beads:
    """Balls of metal of diameter `d` raised by the graver (or milgrain), sunk `bite` mm into the parent."""

    d: float
    bite: float
    word: Literal["bead", "milgrain"] = "bead"


@dataclass(frozen=True, slots=True)
class Texture:
    """A surface finish of a part: hammer, sand, matte, brushed; `inner`: of the inside of a band."""

    word: str
    inner: bool = False


MarkForm = Glyphs | Beads | Texture


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on part `on`, at `at` repeated by `array`; `when` says whether the master carries it."""

    name: str
    on: str
    form: MarkForm
    at: Frame
    array: Array = ONE
    when: When = "cast"
    stone: str = ""
