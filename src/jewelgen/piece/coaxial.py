"""Slots turned about a band's own axis: what they take, by area in the half plane instead of points in space.

In: a uniform band and grooves on its axis, over one and the same arc.  Out: mm3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from jewelgen.piece.bodies import Placed
from jewelgen.piece.bounds import CLEAR
from jewelgen.piece.contains import in_section
from jewelgen.piece.cutter import Groove
from jewelgen.piece.easing import sizes_at
from jewelgen.piece.form import Hoop

FINE = 1200  # places each way of the half plane
SAME = 1e-9


def coaxial(body: Placed, tools: Sequence[Placed]) -> bool:
    """Whether the body is a whole uniform band and all tools are slots about its axis over one arc."""
    hoop = body.shape
    if not isinstance(hoop, Hoop) or len(hoop.stations) > 1 or hoop.a1 - hoop.a0 < 360.0 - SAME:
        return False
    arcs = set()
    for tool in tools:
        if not isinstance(tool.shape, Groove) or not _alike(tool, body):
            return False
        arcs.add((round(tool.shape.a0, 9), round(tool.shape.a1, 9)))
    return len(arcs) == 1


def _alike(tool: Placed, body: Placed) -> bool:
    rows = zip(tool.frame.rows(), body.frame.rows(), strict=True)
    return all(abs(a - b) < SAME for one, two in rows for a, b in zip(one, two, strict=True))


def _radii(groove: Groove) -> tuple[float, float]:
    low = groove.r - (CLEAR if groove.inner else groove.depth)
    return low, groove.r + (groove.depth if groove.inner else CLEAR)


def turned_off(body: Placed, tool: Placed, before: Sequence[Placed]) -> float:
    """mm3 the slot takes from the band where earlier ones have left metal: arc times the area's moment."""
    hoop, groove = body.shape, tool.shape
    if not isinstance(hoop, Hoop) or not isinstance(groove, Groove):
        raise TypeError("a band and a groove are needed")
    low, high = _radii(groove)
    step = (np.arange(FINE) + 0.5) / FINE
    grid = np.meshgrid((step - 0.5) * groove.w, low + step * (high - low))
    u, r = grid[0].reshape(-1), grid[1].reshape(-1)
    sizes = sizes_at(hoop.stations, np.zeros(len(r)), cosine=True)
    mask = in_section(sizes, u, r - hoop.bore / 2)
    for item in before:
        if isinstance(item.shape, Groove):
            inner, outer = _radii(item.shape)
            mask &= ~((np.abs(u) <= item.shape.w / 2) & (r >= inner) & (r <= outer))
    cell = groove.w * (high - low) / FINE**2
    arc = math.radians(min(360.0, groove.a1 - groove.a0))
    return float(arc * cell * r[mask].sum())
