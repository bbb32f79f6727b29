"""Slots and bands about a band's own axis: what they take or share, by area in the half plane, not points in space.

In: a uniform band; grooves on its axis over one and the same arc, or another band beside it.  Out: mm3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from jewelgen.piece.bodies import Placed, to_world
from jewelgen.piece.bounds import CLEAR
from jewelgen.piece.contains import in_section
from jewelgen.piece.cutter import Groove
from jewelgen.piece.easing import sizes_at
from jewelgen.piece.form import Hoop
from jewelgen.piece.section import thickness, width

FINE = 1200  # places each way of the half plane
BESIDE = 160  # places each way of the area two bands share
SAME = 1e-9


def coaxial(body: Placed, tools: Sequence[Placed]) -> bool:
    """Whether the body is a whole uniform band and all tools are slots about its axis over one arc."""
    if _whole(body) is None:
        return False
    arcs = set()
    for tool in tools:
        if not isinstance(tool.shape, Groove) or not _alike(tool, body):
            return False
        arcs.add((round(tool.shape.a0, 9), round(tool.shape.a1, 9)))
    return len(arcs) == 1


def _whole(body: Placed) -> Hoop | None:
    """The band of one section all round that the body is; None when it is none."""
    hoop = body.shape
    if not isinstance(hoop, Hoop) or len(hoop.stations) > 1 or hoop.a1 - hoop.a0 < 360.0 - SAME:
        return None
    return hoop


def shared_by_bands(one: Placed, other: Placed) -> float | None:
    """mm3 that two whole uniform bands about one axis share: 2 pi r over the area both cover; None for others."""
    hoop, far = _whole(one), _whole(other)
    if hoop is None or far is None or not _side_by_side(one, other):
        return None
    along = one.frame.local(other.frame.origin)[1]
    sections = [(item.bore / 2, item.stations[0][1], y) for item, y in ((hoop, 0.0), (far, along))]
    u0, u1 = (
        max(y - width(s) / 2 for _, s, y in sections),
        min(y + width(s) / 2 for _, s, y in sections),
    )
    r0, r1 = max(r for r, _, _ in sections), min(r + thickness(s) for r, s, _ in sections)
    if u0 >= u1 or r0 >= r1:
        return 0.0
    step = (np.arange(BESIDE) + 0.5) / BESIDE
    grid = np.meshgrid(u0 + step * (u1 - u0), r0 + step * (r1 - r0))
    u, r = grid[0].reshape(-1), grid[1].reshape(-1)
    world = to_world(one.frame, np.stack((np.zeros_like(u), u, r), axis=1))
    mask = one.contains(world) & other.contains(world)
    return float(2 * math.pi * (u1 - u0) * (r1 - r0) / BESIDE**2 * r[mask].sum())


def _side_by_side(one: Placed, other: Placed) -> bool:
    """Whether the second band's axis is the first one's."""
    x, _, z = one.frame.local(other.frame.origin)
    turn = sum(a * b for a, b in zip(one.frame.y, other.frame.y, strict=True))
    return math.hypot(x, z) < SAME and abs(abs(turn) - 1.0) < SAME


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
    u, r = (step - 0.5) * groove.w, (low + step * (high - low))[:, None]
    sizes = sizes_at(hoop.stations, np.zeros(1), cosine=True)
    mask = in_section(sizes, u, r - hoop.bore / 2)
    for item in before:
        if isinstance(item.shape, Groove):
            inner, outer = _radii(item.shape)
            mask &= ~((np.abs(u) <= item.shape.w / 2) & (r >= inner) & (r <= outer))
    cell = groove.w * (high - low) / FINE**2
    arc = math.radians(min(360.0, groove.a1 - groove.a0))
    return float(arc * cell * (mask.sum(axis=1) @ r[:, 0]))
