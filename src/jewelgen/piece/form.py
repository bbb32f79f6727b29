"""The closed set of nine forms: what metal can be, in the finished object, in the form's own frame.

Sizes are mm and degrees of the finished piece. Kinds compile to forms; each reading is written once over them.
Angles on a hoop count from 12 o'clock (+z) towards +x; the hoop's axis is y. Everything else stands on z = 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jewelgen.flat.outline import Outline
from jewelgen.piece.frame import Vec
from jewelgen.piece.rail import Rail
from jewelgen.piece.section import Section

Station = tuple[float, Section]
End = Literal["flat", "dome"]


@dataclass(frozen=True, slots=True)
class Hoop:
    """A ring of metal round a bore of diameter `bore`.

    `stations`: ((degrees from 12 o'clock, section), ...); one station is a uniform ring, more are eased
    between neighbours (`easing`) and mirrored left and right (give them from 0 to 180).
    `a0`, `a1`: the arc covered, 0..360 for a closed ring.
    """

    bore: float
    stations: tuple[Station, ...]
    a0: float = 0.0
    a1: float = 360.0

    def __post_init__(self) -> None:
        angles = [angle for angle, _ in self.stations]
        if not angles or angles != sorted(set(angles)) or self.bore <= 0:
            raise ValueError("a hoop needs a bore and stations in rising order")
        if len(angles) > 1 and (angles[0] != 0.0 or angles[-1] != 180.0):
            raise ValueError("stations run from 0 at the top to 180 at the back")


@dataclass(frozen=True, slots=True)
class Bar:
    """Metal of a section that may vary along a rail; the rail runs through the section's centroid.

    `stations`: ((t in 0..1, section), ...), straight between neighbours (one station: uniform).
    `end`: how the far end (t = 1) is finished; `dome` adds a half-ball to round wire.
    """

    rail: Rail
    stations: tuple[Station, ...]
    end: End = "flat"


@dataclass(frozen=True, slots=True)
class Wall:
    """A strip `t` thick and `height` tall wrapped round `outline` with clearance `gap`.

    `draft`: degrees by which the whole wall leans inward going up.
    `rim`, `lean`: over the last `rim` mm of its height the wall closes in by `lean` mm at the lip
    (a bezel burnished over its stone).
    """

    outline: Outline
    height: float
    t: float
    gap: float = 0.0
    draft: float = 0.0
    rim: float = 0.0
    lean: float = 0.0


@dataclass(frozen=True, slots=True)
class Plate:
    """Sheet of thickness `t` and the given outline on z = 0, with holes ((x, y, outline), ...).

    `draft`: degrees by which the edge leans inward going up.
    """

    outline: Outline
    t: float
    holes: tuple[tuple[float, float, Outline], ...] = ()
    draft: float = 0.0


@dataclass(frozen=True, slots=True)
class Dome:
    """A spherical cap of sheet `t`: outside diameter `d` and `rise`, its rim in z = 0."""

    d: float
    rise: float
    t: float


@dataclass(frozen=True, slots=True)
class Tube:
    """Seamless tube `od` by `id`, standing on z = 0."""

    od: float
    id: float
    length: float


@dataclass(frozen=True, slots=True)
class Ball:
    """A ball of diameter `d` about the origin."""

    d: float


@dataclass(frozen=True, slots=True)
class Twist:
    """`n` round wires of diameter `d` twisted about a rail with `pitch` mm a turn, `core` mm clear inside.

    With n = 2 and core 0 the wires touch; n = 1 with a core is a coil.
    """

    rail: Rail
    n: int
    d: float
    pitch: float
    core: float = 0.0


@dataclass(frozen=True, slots=True)
class Sculpted:
    """A body made by a function of the designer's own, proved against `volume_hint` mm3.

    `source`: `file.py:function`; `text`: the code of that file, or empty when it is read from there.
    `box`: the lowest and highest corner it stays within, mm; without one a cube about the origin is guessed.
    """

    source: str
    args: tuple[tuple[str, float], ...]
    volume_hint: float
    box: tuple[Vec, ...] = ()
    text: str = ""


Form = Hoop | Bar | Wall | Plate | Dome | Tube | Ball | Twist | Sculpted
