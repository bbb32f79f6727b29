"""A stack: bands of round or half-round wire side by side, joined where flats filed on them touch.

Neighbours of one alloy share the lens their flats take off; neighbours of two alloys stay bodies of their
own, each cut back to the plane where they meet, less half a film of solder.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from jewelgen.catalog.alloys import alloy
from jewelgen.findings import DesignError, Finding, Where
from jewelgen.kinds.kind import Kind
from jewelgen.piece.array import Listed
from jewelgen.piece.cutter import Cut, Groove
from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import IDENTITY, Frame, on_ring
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Sec, Section, Wire, area_and_centroid, thickness
from jewelgen.piece.site import Anchor, Fragment, Rib, Site
from jewelgen.spec import Count, Mm, OneOf, Parsed

CLEAR = 0.05  # mm by which a cutter passes the metal it takes away
BESIDE = 0.5  # of the wire: so far beside it a flat is cleared, through what a casting leaves to be filed
FILM = 0.02  # mm of solder between two alloys: what flats filed by hand leave, and what solder draws into
MOST_ALLOYS = 12


def alloys_of(value: object) -> tuple[str, ...]:
    """Catalog ids of a list of alloy names; raises `ValueError` for no list and `CatalogError` for no alloy."""
    if isinstance(value, str):
        value = (value,)
    if not isinstance(value, (list, tuple)) or len(value) > MOST_ALLOYS:
        raise ValueError(f"{str(value)[:40]!r} is no list of at most {MOST_ALLOYS} alloys")
    if not all(isinstance(word, str) for word in value):
        raise ValueError("alloys are written as names in quotes")
    return tuple(alloy(word).id for word in value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """The bands and the flats between them. A narrow flat keeps the look of wires and still holds solder."""

    bands: Annotated[int, Count(2, 9, "how many bands")] = 3
    wire: Annotated[float, Mm(0.8, 3, "width of the wire: its diameter")] = 1.4
    shape: Annotated[
        str,
        OneOf(("round", "half-round"), "section of the wire; half-round is half as thick as wide"),
    ] = "round"
    flat: Annotated[
        float,
        Mm(0.02, 0.6, "depth filed on each mating side", formula="round(100 * 0.06 * wire) / 100"),
    ] = 0.08
    alloys: Annotated[
        tuple[str, ...],
        Parsed(
            alloys_of, "alloys from side to side, repeated", '["sterling", "14k yellow"], or none'
        ),
    ] = ()


@dataclass(frozen=True, slots=True)
class _Bands:
    """The stack worked out: alloy and part name of every band, and how far apart their middles are."""

    params: Params
    site: Site
    alloys: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def step(self) -> float:
        return self.params.wire - 2 * self.params.flat

    def along(self, k: float) -> float:
        """Place of band `k` along the finger, mm."""
        return (k - (self.params.bands - 1) / 2) * self.step

    @property
    def section(self) -> Section:
        """The wire; a half-round lies with its flat to the finger."""
        wire = self.params.wire
        return Wire(wire) if self.params.shape == "round" else Sec(wire, wire / 2, wire / 2)

    @property
    def chord(self) -> float:
        """Width in mm of a flat; on half-round wire there is but the upper half of it."""
        half = math.sqrt(self.params.flat * (self.params.wire - self.params.flat))
        return 2 * half if self.params.shape == "round" else half


def make(params: Params, site: Site) -> Fragment:
    """The bands, a seam each, and a touching joint between neighbours; `DesignError` JG251 for deep flats."""
    if params.flat > params.wire / 5:
        key, most = f"{site.name}.flat", int(20 * params.wire) / 100
        message = f"flats {params.flat:g} mm deep leave no band of a {params.wire:g} mm wire"
        raise DesignError(Finding("JG251", message, Where(key=key), allowed=f"at most {most:g} mm"))
    bands = _laid(params, site)
    parts = tuple(_part(bands, name) for name in dict.fromkeys(bands.names))
    seams = tuple(
        Joint(
            p.name, p.name, "join", Fit("seam"), p.array.n, area=area_and_centroid(bands.section)[0]
        )
        for p in parts
    )
    return Fragment(
        parts, (*seams, *_touches(bands)), cuts=tuple(_flats(bands)), anchors=_anchors(bands)
    )


def _laid(params: Params, site: Site) -> _Bands:
    """Neighbours never belong to one part, so that every joint lies between two."""
    row = params.alloys or (site.own_alloy,)
    alloys = tuple(row[k % len(row)] for k in range(params.bands))
    sides: dict[str, set[int]] = defaultdict(set)
    for k, name in enumerate(alloys):
        sides[name].add(k % 2)
    names = tuple(
        f"{site.name}.{name}" + (f"-{'ab'[k % 2]}" if len(sides[name]) == 2 else "")
        for k, name in enumerate(alloys)
    )
    return _Bands(params, site, alloys, names)


def _part(bands: _Bands, name: str) -> Part:
    rows = [k for k, other in enumerate(bands.names) if other == name]
    places = tuple(Frame((0.0, bands.along(k), 0.0)) for k in rows)
    form = Hoop(bands.site.bore, ((0.0, bands.section),))
    site = bands.site
    return Part(
        name, form, IDENTITY, Listed(places), bands.alloys[rows[0]], site.made, "band", True, site.temper
    )  # fmt: skip


def _touches(bands: _Bands) -> Iterator[Joint]:
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    for a, b in zip(bands.names, bands.names[1:], strict=False):
        pairs[(min(a, b), max(a, b))] += 1
    high = bands.params.wire if bands.params.shape == "round" else bands.chord
    run = math.pi * (bands.site.bore + high)  # through the middle of the flat
    for (a, b), n in pairs.items():
        fit = Fit("touch", bands.params.flat)
        yield Joint(a, b, "join", fit, n, area=bands.chord * run, run=run)


def _flats(bands: _Bands) -> Iterator[Cut]:
    """The flats between unlike alloys; like ones fuse and need no cutter."""
    params, bore = bands.params, bands.site.bore
    wide = params.flat + FILM / 2 + BESIDE * params.wire
    high = thickness(bands.section)
    slot = Groove(bore / 2 + high + CLEAR, high + 2 * CLEAR, wide)
    places: dict[str, list[Frame]] = defaultdict(list)
    for k in range(params.bands - 1):
        if bands.alloys[k] != bands.alloys[k + 1]:
            plane = bands.along(k + 0.5)
            places[bands.names[k]].append(Frame((0.0, plane - FILM / 2 + wide / 2, 0.0)))
            places[bands.names[k + 1]].append(Frame((0.0, plane + FILM / 2 - wide / 2, 0.0)))
    for name, frames in places.items():
        array = Listed(tuple(frames))
        yield Cut(f"{name}.flat", (name,), slot, IDENTITY, array, why="flats to touch on")


def _anchors(bands: _Bands) -> tuple[Anchor, ...]:
    return tuple(_anchor(bands, name, at) for name, at in (("top", 0.0), ("back", 180.0)))


def _anchor(bands: _Bands, name: str, at: float) -> Anchor:
    """On the middle band, or the one left of the middle; between the two for what reaches both. Every band carries."""
    params, high = bands.params, thickness(bands.section)
    k, radius, y = (params.bands - 1) // 2, bands.site.bore / 2 + high, 0.0
    loads = [x.footprint for x in bands.site.loads if (x.anchor or "top") == name]
    if not any(load.ry > bands.step / 2 for load in loads):
        y = bands.along(k)
    ribs = tuple(
        Rib(part, bands.along(i) - y, params.wire / 2) for i, part in enumerate(bands.names)
    )
    return Anchor(
        name, "point", on_ring(radius, at, y), bands.names[k], radius, params.wire, high, ribs=ribs
    )


KIND = Kind(
    "shank",
    "stack",
    Params,
    make,
    "bands of round or half-round wire joined side by side",
    anchors=("top", "back"),
)
