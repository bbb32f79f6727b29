"""Sections between stations: fields eased round a hoop, straight along a bar.

Round a hoop a field is level at its first and last station and at every turn from rising to falling, so that
left and right meet smoothly; between two levels it is eased by a cosine. Through stations on one rise or fall
it runs on: its slope there is the weighted harmonic mean of the slopes beside it (Fritsch and Butland, SIAM
J. Sci. Stat. Comput. 5, 1984), which keeps it monotone.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.section import Sec, Section, Top, Wire

Array = NDArray[np.float64]
Measure = Array | np.float64
Stations = Sequence[tuple[float, Section]]
FIELDS = ("w", "h", "rise", "dip", "edge", "flare")


def mirrored(degrees: float) -> float:
    """Degrees from 12 o'clock by the shorter way, 0..180: left and right are alike."""
    return abs((degrees + 180.0) % 360.0 - 180.0)


def section_at(stations: Stations, degrees: float) -> Section:
    """The section of a hoop at `degrees` from 12 o'clock. Raises `ValueError` for unlike stations."""
    return _section(stations, mirrored(degrees), cosine=True)


def bar_section_at(stations: Stations, t: float) -> Section:
    """The section of a bar at rail parameter `t`. Raises `ValueError` for unlike stations."""
    return _section(stations, t, cosine=False)


def _section(stations: Stations, x: float, cosine: bool) -> Section:
    if len(stations) == 1 or x <= stations[0][0]:
        return stations[0][1]
    if x >= stations[-1][0]:
        return stations[-1][1]
    k = bisect_right([place for place, _ in stations], x)
    (x0, a), (x1, b) = stations[k - 1], stations[k]
    share = (x - x0) / (x1 - x0)
    if not cosine:
        return between(a, b, share)
    level = between(a, b, (1 - math.cos(math.pi * share)) / 2)
    if len(stations) == 2 or not isinstance(level, Sec):
        return level
    runs = _runs(tuple(place for place, _ in stations), tuple(s for _, s in stations))
    lift = _lift(share) * (x1 - x0)
    more = runs[:, k - 1 : k + 1] @ lift
    return replace(
        level,
        **{key: getattr(level, key) + float(d) for key, d in zip(FIELDS, more, strict=True) if d},
    )


def _lift(share: float | Array) -> Array:
    """What a slope of 1 at the near and at the far end of a span of 1 adds at `share` (cubic Hermite)."""
    return np.array((share * (1 - share) ** 2, -(share**2) * (1 - share)))


@lru_cache(maxsize=64)
def _runs(places: tuple[float, ...], sections: tuple[Sec, ...]) -> Array:
    """The slope of each field (rows as `FIELDS`) at each station."""
    rows = [[getattr(section, key) for section in sections] for key in FIELDS]
    return np.array([_slopes(np.array(places), np.array(row)) for row in rows])


def _slopes(x: Array, y: Array) -> Array:
    """Level at both ends and where the direction turns; else the weighted harmonic mean."""
    step, rise = np.diff(x), np.diff(y)
    out = np.zeros(len(x))
    for k in range(1, len(x) - 1):
        before, after = rise[k - 1] / step[k - 1], rise[k] / step[k]
        if before * after > 0:
            near, far = 2 * step[k] + step[k - 1], step[k] + 2 * step[k - 1]
            out[k] = (near + far) / (near / before + far / after)
    return out


def between(a: Section, b: Section, share: float) -> Section:
    """The section `share` of the way from `a` to `b`, field by field; `ValueError` when they are unlike."""
    if a == b:
        return a
    if isinstance(a, Wire) and isinstance(b, Wire):
        return Wire(a.d + share * (b.d - a.d))
    if isinstance(a, Sec) and isinstance(b, Sec) and a.top == b.top:
        fields = {
            key: getattr(a, key) + share * (getattr(b, key) - getattr(a, key)) for key in FIELDS
        }
        return Sec(**fields, top=a.top)
    raise ValueError("sections of one run differ in sort or top")


@dataclass(frozen=True, slots=True)
class Sizes:
    """The fields of the section at many places: an entry a place, or one number where a field is alike at all of them.

    A wire has only `w` = `h` = d.
    """

    wire: bool
    top: Top
    w: Measure
    h: Measure
    rise: Measure
    dip: Measure
    edge: Measure
    flare: Measure


def sizes_at(stations: Stations, x: Array, cosine: bool) -> Sizes:
    """The eased fields at `x` (degrees already mirrored to 0..180, or rail parameters)."""
    first, zero = stations[0][1], np.float64(0.0)
    span = _span(np.array([place for place, _ in stations]), x)
    if isinstance(first, Wire):
        d = _eased(span, np.array([_wire(s) for _, s in stations]), cosine)
        return Sizes(True, "arc", d, d, zero, zero, zero, zero)
    rows = np.array([[getattr(s, key) for _, s in stations] for key in FIELDS])
    return Sizes(False, first.top, *(_eased(span, row, cosine) for row in rows))


def _wire(section: Section) -> float:
    if not isinstance(section, Wire):
        raise ValueError("sections of one run differ in sort or top")
    return section.d


@dataclass(frozen=True, slots=True, eq=False)
class _Span:
    """Between which stations, at `places`, each place lies: after the `k`th, and what share of the way to the next."""

    places: Array
    k: NDArray[np.int64]
    share: Array


def _span(places: Array, x: Array) -> _Span | None:
    if len(places) == 1:
        return None
    k = np.clip(np.searchsorted(places, x, side="right") - 1, 0, len(places) - 2)
    return _Span(places, k, np.clip((x - places[k]) / (places[k + 1] - places[k]), 0.0, 1.0))


def _eased(span: _Span | None, values: Array, cosine: bool) -> Measure:
    if span is None or (values == values[0]).all():
        return np.float64(values[0])
    places, k, share = span.places, span.k, span.share
    if not cosine:
        return np.asarray(values[k] + share * (values[k + 1] - values[k]))
    eased = (1 - np.cos(np.pi * share)) / 2
    level = values[k] + eased * (values[k + 1] - values[k])
    if len(places) == 2:
        return np.asarray(level)
    slopes, near = _slopes(places, values), _lift(share) * (places[k + 1] - places[k])
    return np.asarray(level + slopes[k] * near[0] + slopes[k + 1] * near[1])
