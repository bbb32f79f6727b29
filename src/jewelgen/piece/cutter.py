"""Cutters and the cuts they make. A cut names the parts it enters; nothing is ever found by the kernel."""

from __future__ import annotations

from dataclasses import dataclass

from jewelgen.flat.outline import Outline
from jewelgen.piece.array import ONE, Array
from jewelgen.piece.frame import Frame
from jewelgen.piece.when import When


@dataclass(frozen=True, slots=True)
class Bearing:
    """The seat of a faceted stone, its girdle's lower edge at z = 0 of the cut's frame.

    Removes a cylinder of the stone's outline grown by `gap` from 0 up to `girdle` + `open`, a cone (ruled
    to the pilot) of `depth` below, and a pilot hole of diameter `pilot` down to `through` below the girdle.
    """

    outline: Outline
    depth: float
    gap: float
    girdle: float
    open: float = 0.0
    pilot: float = 0.0
    through: float = 0.0


@dataclass(frozen=True, slots=True)
class Pocket:
    """A straight-sided hole of the given outline, from z = 0 down to `depth`; `above` clears upward."""

    outline: Outline
    depth: float
    above: float = 0.0


@dataclass(frozen=True, slots=True)
class Groove:
    """A turned slot about the y axis: radii `r` - `depth` .. `r`, `w` wide, from `a0` to `a1` degrees.

    `inner` cuts from the bore outward: radii `r` .. `r` + `depth`.
    """

    r: float
    depth: float
    w: float
    a0: float = 0.0
    a1: float = 360.0
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Bore:
    """The finger: a cylinder of diameter `d` and `length` about y, centred."""

    d: float
    length: float


Cutter = Bearing | Pocket | Groove | Bore


@dataclass(frozen=True, slots=True)
class Cut:
    """Metal removed from the parts named in `on`; with `stone` set it is that stone's seat.

    `when`: whether the casting has it, or the setter cuts it.
    """

    name: str
    on: tuple[str, ...]
    form: Cutter
    at: Frame
    array: Array = ONE
    stone: str = ""
    why: str = ""
    when: When = "cast"
