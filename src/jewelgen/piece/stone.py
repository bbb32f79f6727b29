"""Stones: bodies of their own, held by a grip, never fused with metal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jewelgen.piece.array import ONE, Array
from jewelgen.piece.frame import Frame

Grip = Literal["lip", "prongs", "beads", "channel", "flush", "claws"]


@dataclass(frozen=True, slots=True)
class Stone:
    """`cut` and `species` are catalog ids; sizes in mm (long axis along y of the frame, width along x).

    The frame: faceted stones have the girdle's lower edge at z = 0 and the table towards +z;
    cabochons stand with their flat back on z = 0.
    `held_by`: names of the parts that hold it.
    """

    name: str
    cut: str
    species: str
    length: float
    width: float
    depth: float
    at: Frame
    array: Array = ONE
    grip: Grip = "lip"
    held_by: tuple[str, ...] = ()
    girdle: float = 0.0
    crown: float = 0.0
    pavilion: float = 0.0
