"""Edges at which several bodies meet: which of their triangles belong together.

Bodies that touch share edges of four triangles and more, once equal corners are merged. Going round such an
edge, metal begins at a triangle of one sense and ends at the next of the other: those two are of one body.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.checker.surface import Index, Surface

ALIKE = (
    3  # decimals of a radian within which two faces lie on each other: corners are single precision
)
MOST = 100_000  # edges looked at; a surface with more is not one of bodies that touch


def meeting(
    surface: Surface, edges: Index, senses: NDArray[np.bool_], owners: Index, runs: Index
) -> Index:
    """Pairs of triangles, (k, 2), that bound the same metal at the edges of `runs` (first and past-last rows).

    `edges`: each row's edge as `low * vertices + high`; `senses`: whether its triangle goes from low to high.
    """
    pairs = [
        pair
        for start, end in runs[:MOST]
        if edges[start] % (len(surface.vertices) + 1)  # not from a corner to itself
        for pair in _round(surface, int(edges[start]), senses[start:end], owners[start:end])
    ]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _round(
    surface: Surface, edge: int, senses: NDArray[np.bool_], owners: Index
) -> list[tuple[int, int]]:
    """The pairs about one edge: at a triangle that goes from high to low metal begins, turning anticlockwise."""
    turns = np.round(_angles(surface, edge, owners), ALIKE)
    order = np.lexsort((~senses, turns))  # where faces lie on each other one body ends first
    depth = np.cumsum(np.where(senses[order], -1, 1))
    order = np.roll(order, -int(depth.argmin()) - 1)
    open_: list[int] = []
    pairs = []
    for row in order:
        if senses[row]:
            pairs.append((open_.pop(), int(owners[row])))
        else:
            open_.append(int(owners[row]))
    return pairs


def _angles(surface: Surface, edge: int, owners: Index) -> NDArray[np.float64]:
    """How far round the edge each triangle stands, radians in 0 .. 2 pi, from the first."""
    low, high = divmod(edge, len(surface.vertices))
    corners = surface.triangles[owners]
    third = corners.sum(axis=1) - low - high
    along = surface.vertices[high] - surface.vertices[low]
    along /= np.linalg.norm(along)
    out = surface.vertices[third] - surface.vertices[low]
    out -= np.outer(out @ along, along)
    across = np.cross(along, out[0])
    turns = np.arctan2(out @ across, out @ out[0])
    return np.asarray(turns + 2 * np.pi * (turns < -(10.0**-ALIKE) / 2))
