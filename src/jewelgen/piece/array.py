"""Arrays: many equal things as one record. `frames()` unrolls them only where each copy is needed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from jewelgen.piece.frame import Frame


@dataclass(frozen=True, slots=True)
class One:
    """A single thing at its place."""

    @property
    def n(self) -> int:
        """How many copies: one."""
        return 1

    def frames(self) -> tuple[Frame, ...]:
        """The identity."""
        return (Frame(),)


@dataclass(frozen=True, slots=True)
class Polar:
    """`n` copies about the z axis of the place: angle `start + i * step` degrees, `radius` mm out, `lift` mm up.

    `tilt` turns each copy's z from the axis (0: upright, x radially outward) to radially outward (90),
    as stones on a band stand. Mirror images: `mirror` flips every second copy's y.
    """

    n: int
    radius: float
    start: float = 0.0
    step: float = 0.0
    lift: float = 0.0
    tilt: float = 0.0
    mirror: bool = False

    def frames(self) -> tuple[Frame, ...]:
        """One frame a copy, in the frame of the place."""
        return tuple(self._frame(i) for i in range(self.n))

    def _frame(self, i: int) -> Frame:
        a, t = math.radians(self.start + i * self.step), math.radians(self.tilt)
        ca, sa, ct, st = math.cos(a), math.sin(a), math.cos(t), math.sin(t)
        return Frame(
            (self.radius * ca, self.radius * sa, self.lift),
            x=(ct * ca, ct * sa, -st),
            z=(st * ca, st * sa, ct),
            flip=self.mirror and i % 2 == 1,
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """Copies at frames given one by one (pairs of arms, prongs at odd corners)."""

    places: tuple[Frame, ...]

    @property
    def n(self) -> int:
        """How many copies."""
        return len(self.places)

    def frames(self) -> tuple[Frame, ...]:
        """The listed frames."""
        return self.places


Array = One | Polar | Listed
ONE = One()
