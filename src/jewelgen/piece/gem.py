"""Stones as facet-true polyhedra from the proportions they carry, and their exact volumes.

In: a `Stone`.  Out: vertices (n, 3) in its own frame and faces, counter-clockwise seen from outside.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.carats import weight_ct
from jewelgen.catalog.cuts import Cut, cut
from jewelgen.catalog.gems import species
from jewelgen.piece import cabochon
from jewelgen.piece.array import ONE
from jewelgen.piece.convex import Plane, intersection, signed_volume
from jewelgen.piece.facets import (
    Heights,
    fancy_brilliant,
    princess,
    rose,
    round_brilliant,
    step_cut,
)
from jewelgen.piece.frame import IDENTITY
from jewelgen.piece.girdles import girdle_points
from jewelgen.piece.stone import Stone
from jewelgen.units import GRAMS_PER_CARAT

Array = NDArray[np.float64]
Polyhedron = tuple[Array, tuple[tuple[int, ...], ...]]
STEPPED = frozenset({"emerald", "asscher", "baguette"})


def plain(stone: Stone) -> Stone:
    """The stone without name, place and holders: equal stones are equal."""
    return replace(stone, name="", at=IDENTITY, array=ONE, held_by=(), grip="lip", species="")


def polyhedron(stone: Stone) -> Polyhedron:
    """The stone's vertices and faces; do not write to the array."""
    return _polyhedron(plain(stone))


@lru_cache(maxsize=256)
def _polyhedron(stone: Stone) -> Polyhedron:
    item = cut(stone.cut)
    if item.family == "cabochon":
        points, faces = cabochon.rings(_with_heights(stone, item))
    elif item.outline == "heart":
        points, faces = _cleft(stone, _heights(stone, item, 1.0))
    else:
        points, faces = _clipped(stone, item)
    points.flags.writeable = False
    return points, faces


def _with_heights(stone: Stone, item: Cut) -> Stone:
    """A cabochon with its girdle wall, the cut's usual one where the stone names none."""
    if stone.girdle > 0 or stone.crown > 0:
        return stone
    return replace(stone, girdle=min(item.proportion("girdle_wall_mm"), stone.depth / 3.0))


def _heights(stone: Stone, item: Cut, unit: float) -> Heights:
    """Heights in units of `unit` mm; those the stone does not carry from the cut's usual shares."""
    girdle, crown, pavilion = stone.girdle / unit, stone.crown / unit, stone.pavilion / unit
    if stone.crown <= 0:
        usual = (item.girdle_pct, item.crown_pct, item.pavilion_pct)
        girdle, crown, pavilion = (stone.depth * share / sum(usual) / unit for share in usual)
    facts = item.facts
    share = {
        key: facts[key].number / 100
        for key in ("table_pct", "star_pct", "lower_half_pct")
        if key in facts
    }
    return Heights(
        girdle, crown, pavilion,
        share.get("table_pct", 0.6), share.get("star_pct", 0.55), share.get("lower_half_pct", 0.77),
    )  # fmt: skip


def _clipped(stone: Stone, item: Cut) -> Polyhedron:
    if item.outline in {"round", "oval"} or item.id == "princess":
        return _scaled(stone, item)
    ring = girdle_points(stone.cut, stone.length, stone.width)
    make = step_cut if item.id in STEPPED else fancy_brilliant
    planes = make(ring, _heights(stone, item, 1.0), stone.width / 2)
    return intersection(planes, 2 * (stone.length + stone.depth))


def _scaled(stone: Stone, item: Cut) -> Polyhedron:
    """A stone of radius or half side 1 stretched to its length and width."""
    unit = stone.width / 2
    h = _heights(stone, item, unit)
    make = princess if item.id == "princess" else rose if item.family == "rose" else round_brilliant
    planes = list[Plane](make(h))
    points, faces = intersection(planes, 4.0 + h.crown + h.pavilion)
    return points * np.array((unit, stone.length / 2, unit)), faces


def _cleft(stone: Stone, h: Heights) -> Polyhedron:
    """A heart: not convex, so its rings are joined directly; faces start at the cleft."""
    ring = girdle_points(stone.cut, stone.length, stone.width)
    n, top = len(ring), h.girdle + h.crown
    rows = [
        np.column_stack((ring * share, np.full(n, z)))
        for share, z in ((1.0, 0.0), (1.0, h.girdle), (h.table, top))
    ]
    points = np.vstack([*rows, [(0.0, 0.0, -h.pavilion)]])
    faces: list[tuple[int, ...]] = [tuple(range(2 * n, 3 * n))]
    for i in range(n):
        j = (i + 1) % n
        faces.append((i, 3 * n, j))
        faces += [(r + i, r + j, r + n + j, r + n + i) for r in (0, n)]
    return points, tuple(faces)


@lru_cache(maxsize=256)
def _volume(stone: Stone) -> float:
    item = cut(stone.cut)
    if item.family == "cabochon":
        return cabochon.cabochon_volume(_with_heights(stone, item))
    return signed_volume(*_polyhedron(stone))


def stone_volume(stone: Stone) -> float:
    """Volume of one stone in mm3: closed form for cabochons, of the polyhedron for faceted ones."""
    return _volume(plain(stone))


def exact_carats(stone: Stone) -> float:
    """Carats of one stone by its exact volume and its species' density."""
    return stone_volume(stone) * species(stone.species).sg / 1000.0 / GRAMS_PER_CARAT


def formula_carats(stone: Stone) -> float:
    """Carats of one stone by the trade's formula (`catalog.carats`)."""
    size = (stone.length, stone.width, stone.depth)
    return weight_ct(cut(stone.cut), species(stone.species), size)
