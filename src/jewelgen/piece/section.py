"""Sections of shanks and wires: v = 0 at the bore (or the inner face), u across the width, symmetric in u.

Built of lines and circular arcs, so that area and centroid are exact (Green's theorem on the curves).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.segments import Arc, Line, Loop, loop_moments, loop_points

Top = Literal["arc", "knife"]
Half = list[Line | Arc]


@dataclass(frozen=True, slots=True)
class Sec:
    """A shank section `w` wide and `h` thick, in mm.

    `rise`: how much of `h` the outer face is domed (arc) or ridged (knife); 0 is flat, `h` a half-round.
    `dip`: how much the inner face is domed towards the finger (court, comfort).
    `edge`: radius that softens the outer corners; 0 leaves them sharp.
    `flare`: how far each side stands out more at its top, where `w` is measured, than at the inner face.
    Raises `ValueError` when the sizes do not make a section.
    """

    w: float
    h: float
    rise: float = 0.0
    dip: float = 0.0
    top: Top = "arc"
    edge: float = 0.0
    flare: float = 0.0

    def __post_init__(self) -> None:
        if min(self.w, self.h) <= 0 or min(self.rise, self.dip, self.edge) < 0:
            raise ValueError("a section needs a width and a thickness above 0")
        if self.rise + self.dip > self.h + 1e-9:
            raise ValueError("rise and dip together pass the thickness")
        if max(self.rise if self.top == "arc" else 0.0, self.dip) > self.w / 2 + 1e-9:
            raise ValueError("a dome of more than half the width is not an arc")
        if self.flare < 0 or self.flare >= self.w / 2 or (self.flare and self.dip):
            raise ValueError("flared sides meet inside, or stand on a domed inner face")
        if self.edge > min(self.w / 2, self.h - self.rise - self.dip) + 1e-9:
            raise ValueError("the edge radius does not fit the side of the section")


@dataclass(frozen=True, slots=True)
class Wire:
    """Round wire of diameter `d` mm; touches the bore at v = 0."""

    d: float


Section = Sec | Wire


def width(section: Section) -> float:
    """Greatest width in mm."""
    return section.d if isinstance(section, Wire) else section.w


def thickness(section: Section) -> float:
    """Greatest thickness in mm."""
    return section.d if isinstance(section, Wire) else section.h


def loop(section: Section) -> Loop:
    """The boundary counter-clockwise, from the middle of the inner face (from the right for a wire)."""
    if isinstance(section, Wire):
        return (Arc((0.0, section.d / 2), section.d / 2, 0.0, 360.0),)
    right = _joined(_inner_right(section) + _side(section) + _outer_right(section))
    return tuple(right + _reflected(right))


def _joined(chain: Half) -> Half:
    """The chain without pieces of no length."""
    return [s for s in chain if math.dist(s.at(0.0), s.at(1.0)) > 1e-9]


def _reflected(chain: Half) -> Half:
    """The chain mirrored in u = 0 and walked so that it still runs counter-clockwise."""
    out: Half = []
    for segment in reversed(chain):
        if isinstance(segment, Line):
            out.append(Line((-segment.q[0], segment.q[1]), (-segment.p[0], segment.p[1])))
        else:
            centre = (-segment.centre[0], segment.centre[1])
            out.append(Arc(centre, segment.radius, 180.0 - segment.a1, 180.0 - segment.a0))
    return out


def _dome(w: float, rise: float) -> tuple[float, float]:
    """Radius and half-angle in degrees of the arc of chord `w` and sagitta `rise`."""
    radius = (w * w / 4 + rise * rise) / (2 * rise)
    return radius, math.degrees(2 * math.atan2(2 * rise, w))


def _inner_right(sec: Sec) -> Half:
    if sec.dip == 0:
        return [Line((0.0, 0.0), (sec.w / 2 - sec.flare, 0.0))]
    radius, half = _dome(sec.w, sec.dip)
    return [Arc((0.0, radius), radius, 270.0, 270.0 + half)]


def _side(sec: Sec) -> Half:
    x, top = sec.w / 2, _outer_right(sec)[0].at(0.0)[1]
    return [Line((x - sec.flare, sec.dip), (x, top))]


def _outer_right(sec: Sec) -> Half:
    """The outer face from the right side to the middle, its corner softened by `edge`."""
    if sec.rise == 0:
        return _flat_top(sec)
    return _knife_top(sec) if sec.top == "knife" else _arc_top(sec)


def _flat_top(sec: Sec) -> Half:
    x, e = sec.w / 2, sec.edge
    if e == 0:
        return [Line((x, sec.h), (0.0, sec.h))]
    return [Arc((x - e, sec.h - e), e, 0.0, 90.0), Line((x - e, sec.h), (0.0, sec.h))]


def _arc_top(sec: Sec) -> Half:
    """Arc top; the corner circle touches the side and, from inside, the dome (centres R - e apart)."""
    radius, half = _dome(sec.w, sec.rise)
    centre = (0.0, sec.h - radius)
    if sec.edge == 0 or half >= 90.0 - 1e-9:
        return [Arc(centre, radius, 90.0 - half, 90.0)]
    u = sec.w / 2 - sec.edge
    v = math.sqrt((radius - sec.edge) ** 2 - u * u)
    turn = math.degrees(math.atan2(v, u))
    return [
        Arc((u, centre[1] + v), sec.edge, 0.0, turn),
        Arc(centre, radius, turn, 90.0),
    ]


def _knife_top(sec: Sec) -> Half:
    """Two flanks with normal at `turn` degrees; side corner and ridge are both softened by `edge`."""
    x, base, e = sec.w / 2, sec.h - sec.rise, sec.edge
    if e == 0:
        return [Line((x, base), (0.0, sec.h))]
    turn = math.degrees(math.atan2(x, sec.rise))
    corner = Arc((x - e, base - e * math.tan(math.radians(turn / 2))), e, 0.0, turn)
    ridge = Arc((0.0, sec.h - e / math.sin(math.radians(turn))), e, turn, 90.0)
    return [corner, Line(corner.q, ridge.p), ridge]


@cache
def area_and_centroid(section: Section) -> tuple[float, float]:
    """Area in mm2 and height v of the centroid above the inner face in mm, exact."""
    if isinstance(section, Wire):
        return math.pi * section.d**2 / 4, section.d / 2
    moments = loop_moments(loop(section))
    return moments.area, moments.y / moments.area


@cache
def polygon(section: Section, deviation: float = 0.002) -> NDArray[np.float64]:
    """The boundary as an (n, 2) array of (u, v) within `deviation` mm; do not write to it."""
    array = np.array(loop_points(loop(section), deviation))
    array.flags.writeable = False
    return array
