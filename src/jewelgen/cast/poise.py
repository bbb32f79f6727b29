"""How a master stands on a printer's plate: detail off the supports, little to support, nothing that holds resin.

In: a mesh, balls of detail (x, y, z, radius), the way its sprue leads.  Out: a `Poise`. Every direction of a fixed
list is tried as the one that points away from the plate. No kernel.
"""

from __future__ import annotations

import heapq
import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.cast.heft import Array, samples
from jewelgen.cast.section import frame_of
from jewelgen.catalog.facts import fact
from jewelgen.solid.model import Mesh

SAMPLES = 4000
CELL = 0.9  # mm of the grid on which pools of resin are found
POOLED = 14  # so many of the best directions are looked at for pools
LEANING = -0.3  # cosine: detail turned further to the plate than this gets marks of supports
NEAR = 0.4  # mm round a ball of detail
# What counts how much: detail on supports, supported surface, resin held, height, the sprue's place away from the plate.
DETAIL, SUPPORT, POOL, TALL, FOOT = 4.0, 2.0, 3.0, 0.5, 0.4


@dataclass(frozen=True, slots=True, eq=False)
class Poise:
    """A turn (3 x 3, piece to plate, z away from it), and how good it is.

    `detail_down`: share of the detail that looks to the plate; `supported`: share of all surface that needs supports;
    `pooled_mm3`: resin held in hollows, either way up; `height` in mm.
    """

    turn: Array
    detail_down: float
    supported: float
    pooled_mm3: float
    height: float


def poised(mesh: Mesh, detail: Array, sprue: Array) -> Poise:
    """The best stand of a master."""
    points, normals, _ = samples(mesh, SAMPLES)
    fine = _detail(points, detail)
    limit = math.cos(math.radians(fact("printers", "plate.overhang_deg").number))
    size = float(np.linalg.norm(np.ptp(points, axis=0)))
    first = []
    for up in directions():
        down = normals @ up
        marked = float((down[fine] < LEANING).mean()) if fine.any() else 0.0
        supported = float((down < -limit).mean())
        height = float(np.ptp(points @ up))
        cost = DETAIL * marked + SUPPORT * supported + TALL * height / size + FOOT * float(sprue @ up)  # fmt: skip
        first.append((round(cost, 6), up, (marked, supported, height)))
    first.sort(key=lambda row: (row[0], tuple(-row[1])))
    whole = abs(float(np.ptp(points, axis=0).prod()))
    best: tuple[float, Poise] | None = None
    for cost, up, (marked, supported, height) in first[:POOLED]:
        turn = _turn(up)
        pool = held(points @ turn.T) + held(points @ (turn * ((1,), (1,), (-1,))).T)
        total = round(cost + POOL * pool / whole, 6)
        if best is None or total < best[0]:
            best = (total, Poise(turn, marked, supported, pool, height))
    if best is None:
        raise ValueError("no direction was tried")
    return best[1]


def directions() -> tuple[Array, ...]:
    """The directions to the corners, edges and faces of a cube and those between them."""
    found = {}
    for way in itertools.product((-2, -1, 0, 1, 2), repeat=3):
        if any(way):
            unit = np.array(way) / math.sqrt(sum(c * c for c in way))
            found[tuple(np.round(unit, 9))] = unit
    return tuple(found[key] for key in sorted(found))


def _detail(points: Array, balls: Array) -> NDArray[np.bool_]:
    """Which samples lie on detail."""
    if not len(balls):
        return np.zeros(len(points), dtype=bool)
    gaps = np.linalg.norm(points[:, None] - balls[None, :, :3], axis=2) - balls[None, :, 3]
    return np.asarray(gaps.min(axis=1) < NEAR)


def _turn(up: Array) -> Array:
    """The rotation that brings `up` to z."""
    u, v = frame_of(up)
    return np.stack((u, v, up))


def held(points: Array) -> float:
    """Resin in mm3 that stays in the hollows of a surface seen from above (z up): flooded to each hollow's rim."""
    cell = np.floor((points[:, :2] - points[:, :2].min(axis=0)) / CELL).astype(np.int64) + 1
    shape = tuple(cell.max(axis=0) + 2)
    floor = np.full(shape, -np.inf)
    np.maximum.at(floor, (cell[:, 0], cell[:, 1]), points[:, 2])
    wide, flat = shape[1], floor.ravel().tolist()
    level: list[float | None] = [low if math.isinf(low) else None for low in flat]
    heap = [(low, k) for k, low in enumerate(flat) if math.isinf(low)]
    while heap:
        rim, k = heapq.heappop(heap)
        for n in (k - 1, k + 1, k - wide, k + wide):
            if 0 <= n < len(flat) and level[n] is None:  # no metal lies at the grid's edge
                level[n] = max(rim, flat[n])
                heapq.heappush(heap, (max(rim, flat[n]), n))
    pairs = zip(level, flat, strict=True)
    deep = sum(top - low for top, low in pairs if top is not None and math.isfinite(low))
    return float(CELL * CELL * deep)
