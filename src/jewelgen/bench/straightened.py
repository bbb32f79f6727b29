"""Bars laid out straight: where their stations lie along the wire, what a taper takes off, how a strap is folded.

In: a `Bar`.  Out: mm, mm2 and mm3 along its own length.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jewelgen.piece.easing import bar_section_at
from jewelgen.piece.form import Bar, Station
from jewelgen.piece.rail import Bez, Rail, at, is_closed, length
from jewelgen.piece.section import Sec, Section, area_and_centroid, thickness, width

SAMPLES = 1921  # places along a rail its length is summed over
PIECES = 60  # into which a bar is cut to sum up its sections
FACE = 1.2  # of the thickness: legs whose middles are nearer than this lie face to face


def runs_at(rail: Rail, places: tuple[float, ...]) -> tuple[float, ...]:
    """Length from the start of a rail to each parameter, mm."""
    t = np.linspace(0.0, 1.0, SAMPLES)
    steps = np.linalg.norm(np.diff(at(rail, t)[0], axis=0), axis=1)
    run = np.concatenate(([0.0], np.cumsum(steps)))
    found = np.interp(np.array(places), t, run * length(rail) / run[-1])
    return tuple(float(mm) for mm in found)


def straightened(bar: Bar) -> tuple[Station, ...]:
    """(mm along the bar, section) from its start to its end; at the ends the sections of the nearest stations."""
    inner = [t for t, _ in bar.stations if 0.0 < t < 1.0]
    places = (0.0, *inner, 1.0)
    sections = [bar_section_at(bar.stations, t) for t in places]
    return tuple(zip(runs_at(bar.rail, places), sections, strict=True))


def filed_to_taper(bar: Bar, area: float) -> float:
    """mm3 filed off a wire of `area` mm2 to the bar's taper."""
    return _between(bar, lambda section: area - _area(section))


def filed_to_section(bar: Bar, thick: float) -> float:
    """mm3 filed off a strap sawn from sheet `thick` mm, to the sections of the bar."""
    return _between(bar, lambda section: flat_size(section)[0] * thick - _area(section))


def _between(bar: Bar, gone: Callable[[Section], float]) -> float:
    """The integral of `gone` mm2 along a bar by trapezes, mm3."""
    even = {k / PIECES for k in range(PIECES + 1)}
    places = tuple(sorted(even | {t for t, _ in bar.stations}))
    rows = [gone(bar_section_at(bar.stations, t)) for t in places]
    return float(np.trapezoid(rows, runs_at(bar.rail, places)))


def _area(section: Section) -> float:
    return area_and_centroid(section)[0]


def on_edge(section: Section) -> bool:
    """Whether a flat section stands on its edge: its width lies along v."""
    return isinstance(section, Sec) and section.h > section.w and section.rise == section.dip == 0.0


def flat_size(section: Section) -> tuple[float, float]:
    """Width and thickness in mm of a section, whichever way it is turned in its bar."""
    size = (width(section), thickness(section))
    return (size[1], size[0]) if on_edge(section) else size


@dataclass(frozen=True, slots=True)
class Fold:
    """A strap folded upon itself: clear `opens` inside from the legs to the crown, `wide` inside at its widest, mm."""

    opens: float
    wide: float


def fold_of(bar: Bar) -> Fold | None:
    """How a strap is folded whose end lies against its own other leg; None for any other bar."""
    if not isinstance(bar.rail, Bez) or is_closed(bar.rail):
        return None
    thick = min(flat_size(section)[1] for _, section in bar.stations)
    line = at(bar.rail, np.linspace(0.0, 1.0, SAMPLES))[0]
    half = len(line) // 2
    apart = np.linalg.norm(line[:half] - line[-1], axis=1)
    if apart.min() > FACE * thick:
        return None
    legs = _legs(line, thick)
    if legs is None:
        return None
    first, last = legs
    across = np.ptp(line[first:last], axis=0)
    crown = line[(first + last) // 2]
    middle = (line[first] + line[last]) / 2
    axis = int(np.argmax(np.abs(crown - middle)))
    high = float(abs(line[first:last, axis] - middle[axis]).max())
    wide = float(np.delete(across, axis).max())
    return Fold(high - thick / 2, wide - thick)


def _legs(line: np.ndarray, thick: float) -> tuple[int, int] | None:
    """The places where the legs part: indices on either leg, walking from the end of the strap inwards."""
    for last in range(len(line) - 1, len(line) // 2, -1):
        apart = np.linalg.norm(line[: len(line) // 2] - line[last], axis=1)
        if apart.min() > FACE * thick:
            return int(apart.argmin()), last
    return None


def bent_on(fold: Fold) -> float:
    """The rod a strap is folded over, mm: as thick as the drop is wide inside."""
    return math.floor(10 * fold.wide + 0.5) / 10
