"""Where a bead lies that is raised between stones round a band: on two crowns of a row, or on a third in the next.

In: sizes in mm.  Out: `Raised`, how far beside its row a bead stands and how deep it sits. All by bisection:
a ball of diameter d touches a crown where its middle is d / 2 from the crown's profile.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from jewelgen.catalog.facts import fact
from jewelgen.catalog.stones import StoneSpec
from jewelgen.kinds.stone_field import TOUCH, off_crown

OVER = 0.18  # of a bead on two stones lies over each girdle
SITS = (0.25, 0.7)  # of a bead's diameter: least and most that lies in the metal
HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Ground:
    """Stones round a band: each row's half step `turn` in radians, the surface's and the girdles' radius, mm."""

    stone: StoneSpec
    turn: float
    surface: float
    girdles: float

    def beside(self, rho: float, aside: float) -> float:
        """From a ball's middle, `rho` from the finger's axis, to the crowns of the two stones of its row, mm."""
        along, up = rho * math.sin(self.turn), rho * math.cos(self.turn)
        return off_crown(self.stone, math.hypot(along, aside), up - self.girdles)

    def across(self, rho: float, aside: float, pitch: float) -> float:
        """To the crown of the stone of the next row that stands across."""
        return off_crown(self.stone, pitch - aside, rho - self.girdles)

    def away(self, rho: float, aside: float) -> float:
        """From the axis of a stone of its row, mm."""
        return math.hypot(rho * math.sin(self.turn), aside)


@dataclass(frozen=True, slots=True)
class Raised:
    """How far beside its row a bead stands, and how deep it sits in the metal, mm."""

    aside: float
    bite: float


def shared(ground: Ground, bead: float, pitch: float) -> Raised | None:
    """A bead on two stones of a row and one of the next, shifted by half a step: equally near to all three.

    None where the rows are too far apart for it to reach over their girdles, or too near to hold it.
    """

    def even(rho: float) -> float:
        return _root(lambda y: ground.beside(rho, y) - ground.across(rho, y, pitch), (0.0, pitch))

    return _settled(ground, bead, even)


def paired(ground: Ground, bead: float) -> Raised | None:
    """A bead on two stones of a row alone, OVER of it over each girdle; None where it does not reach so far."""
    away = ground.stone.width / 2 + (0.5 - OVER) * bead
    half = ground.surface * math.sin(ground.turn)
    if away <= half:
        return None
    return _settled(ground, bead, lambda _: math.sqrt(away * away - half * half))


def _settled(ground: Ground, bead: float, place: Callable[[float], float]) -> Raised | None:
    """The bead as high as it lies on the crowns, `place` saying how far beside its row; None where it holds nothing."""
    least, most = (ground.surface + (0.5 - share) * bead for share in reversed(SITS))
    rho = _root(lambda r: ground.beside(r, place(r)) - bead / 2 - TOUCH, (least, most))
    aside = place(rho)
    over = ground.stone.width / 2 + bead / 2 - ground.away(rho, aside)
    if over < fact("bench_rules", "pave.bead_over").number:
        return None
    return Raised(aside, ground.surface + bead / 2 - rho)


def _root(f: Callable[[float], float], within: tuple[float, float]) -> float:
    """Where a rising function is nought, by halving; an end where it is nought nowhere."""
    low, high = within
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if f(middle) < 0 else (low, middle)
    return (low + high) / 2
