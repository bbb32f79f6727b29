"""The closed-form volume of every form: the number a solid has to meet, and what the bench weighs.

In: a `Form`.  Out: mm3 (for a sculpted form, its author's hint).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import numpy as np

from jewelgen.piece.easing import bar_section_at, section_at
from jewelgen.piece.form import Ball, Bar, Dome, Form, Hoop, Plate, Sculpted, Tube, Twist, Wall
from jewelgen.piece.rail import Bez, Rail, at, length
from jewelgen.piece.section import Wire, area_and_centroid
from jewelgen.piece.strand import strand_length
from jewelgen.piece.tiers import plate_volume, wall_volume

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(20)


@cache
def volume(form: Form) -> float:
    """Volume in mm3 of a form on its own, before any cut, mark or joint."""
    match form:
        case Hoop():
            return _hoop(form)
        case Bar():
            return _bar(form)
        case Wall():
            return wall_volume(form)
        case Plate():
            return plate_volume(form)
        case Dome():
            return dome_volume(form)
        case Tube():
            return math.pi / 4 * (form.od**2 - form.id**2) * form.length
        case Ball():
            return math.pi * form.d**3 / 6
        case Twist():
            lines = sum(strand_length(form, k) for k in range(form.n))
            return math.pi / 4 * form.d**2 * lines
        case Sculpted():
            return form.volume_hint


def _panels(f: Callable[[float], float], breaks: list[float]) -> float:
    """The integral of `f` over the panels between `breaks`, 20 Gauss points each."""
    total = 0.0
    for low, high in pairwise(breaks):
        half = (high - low) / 2
        total += half * sum(
            float(w) * f(low + half * (1.0 + float(x)))
            for x, w in zip(_NODES, _WEIGHTS, strict=True)
        )
    return total


def _hoop(hoop: Hoop) -> float:
    """Pappus: integral over the angle of A (bore/2 + centroid); exact for uniform rings."""

    def slice_at(degrees: float) -> float:
        area, v = area_and_centroid(section_at(hoop.stations, degrees))
        return area * (hoop.bore / 2 + v)

    sweep = hoop.a1 - hoop.a0
    if len(hoop.stations) == 1:
        return math.radians(sweep) * slice_at(0.0)
    places = {s + turn for a, _ in hoop.stations for s in (a, -a) for turn in (-360.0, 0.0, 360.0)}
    inner = sorted(a for a in places if hoop.a0 < a < hoop.a1)
    return math.radians(_panels(slice_at, [hoop.a0, *inner, hoop.a1]))


def _bar(bar: Bar) -> float:
    """Area x length along the centroid's rail, and half a ball for a domed wire."""
    if len(bar.stations) == 1:
        body = area_and_centroid(bar.stations[0][1])[0] * length(bar.rail)
    else:
        body = _panels(lambda t: _bar_slice(bar, t), _bar_breaks(bar))
    last = bar_section_at(bar.stations, 1.0)
    tip = math.pi * last.d**3 / 12 if bar.end == "dome" and isinstance(last, Wire) else 0.0
    return body + tip


def _bar_slice(bar: Bar, t: float) -> float:
    return area_and_centroid(bar_section_at(bar.stations, t))[0] * _speed(bar.rail, t)


def _speed(rail: Rail, t: float) -> float:
    return float(np.linalg.norm(at(rail, np.array([t]))[1]))


def _bar_breaks(bar: Bar) -> list[float]:
    spans = (len(bar.rail.points) - 1) // 3 if isinstance(bar.rail, Bez) else 8
    even = {k / spans for k in range(spans + 1)}
    return sorted(even | {t for t, _ in bar.stations if 0.0 < t < 1.0})


def dome_volume(dome: Dome) -> float:
    """Outer cap less inner cap; both spheres share a centre and the rim is cut square at z = 0."""
    big = (dome.d**2 / 4 + dome.rise**2) / (2 * dome.rise)
    return _cap(big, dome.rise) - _cap(big - dome.t, dome.rise - dome.t)


def _cap(radius: float, height: float) -> float:
    return math.pi * height**2 * (3 * radius - height) / 3 if height > 0 else 0.0
