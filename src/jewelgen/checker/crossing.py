"""Triangles of a surface that run through each other.

In: a `Surface`.  Out: pairs of triangles. Neighbours that share a corner are judged by their far sides alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from jewelgen.checker.surface import Array, Index, Surface

ROUNDING = (
    2e-5  # mm: float32 coordinates of a pendant are good to a hundredth of a micrometre or two
)
AT_ONCE, QUERIES = 1_000_000, 4000
SLAB = 20_000  # triangles that are boxed at once


def crossings(surface: Surface, every: int = 1) -> Index:
    """Pairs (k, 2) of triangles of which a side of one passes through the inside of the other.

    `every`: of very fine meshes only each so-manieth triangle is held against all others.
    """
    found = [_crossing(surface, pairs[i : i + AT_ONCE]) for pairs in _near(surface, every) for i in range(0, len(pairs), AT_ONCE)]  # fmt: skip
    return np.concatenate(found) if found else np.zeros((0, 2), np.int64)


def _near(surface: Surface, every: int) -> Iterator[Index]:
    """Pairs whose boxes overlap and that share no corner, slab by slab along the longest side."""
    ends = surface.vertices[:, _longest(surface)]
    low, high = (pick(ends[surface.triangles], axis=1) for pick in (np.min, np.max))
    count = 1 + len(low) // SLAB
    cuts = np.quantile(low, np.linspace(0.0, 1.0, count + 1))
    cuts[-1] = np.inf
    for left, right in pairwise(cuts):
        here = np.flatnonzero((high >= left) & (low < right))
        first = low[here] >= left  # of a pair the one that begins later decides on the slab
        yield from _slab(surface, here, first, every)


def _longest(surface: Surface) -> int:
    """The axis along which the surface is longest: 0, 1 or 2."""
    return int(np.argmax(np.ptp(surface.vertices, axis=0)))


def _slab(surface: Surface, here: Index, first: NDArray[np.bool_], every: int) -> Iterator[Index]:
    """The pairs of a slab: of triangles `here`, those that begin in it (`first`) with all."""
    corners = surface.vertices[surface.triangles[here]]
    low, high = corners.min(axis=1), corners.max(axis=1)
    del corners
    w = _longest(surface)  # within a slab little is apart along it: the tree sorts by the others
    u, v = (w + 1) % 3, (w + 2) % 3
    boxes = shapely.box(low[:, u], low[:, v], high[:, u], high[:, v])
    tree = shapely.STRtree(boxes)
    asked = np.flatnonzero(here % every == 0)
    for some in (asked[start : start + QUERIES] for start in range(0, len(asked), QUERIES)):
        i, j = tree.query(boxes[some])
        i = some[i]
        once = (i < j) if every == 1 else (i != j) & ((i < j) | (here[j] % every > 0))
        once &= first[i] | first[j]
        i, j = i[once], j[once]
        level = (low[i, w] <= high[j, w]) & (low[j, w] <= high[i, w])
        pairs = np.stack((here[i[level]], here[j[level]]), axis=1)
        a, b = surface.triangles[pairs[:, 0]], surface.triangles[pairs[:, 1]]
        yield np.asarray(pairs[(a[:, :, None] != b[:, None, :]).all(axis=(1, 2))], np.int64)


def _crossing(surface: Surface, pairs: Index) -> Index:
    one, two = (surface.vertices[surface.triangles[pairs[:, i]]] for i in (0, 1))
    hit = np.zeros(len(pairs), bool)
    for a, b in ((one, two), (two, one)):
        some = np.flatnonzero(
            _straddles(a, b)
        )  # few: most neighbours lie beside each other's plane
        for i in range(3):
            hit[some] |= _through(a[some, i], a[some, (i + 1) % 3], b[some])
    return pairs[hit]


def _straddles(triangle: Array, plane: Array) -> NDArray[np.bool_]:
    """Whether a triangle has corners on both sides of the plane of another, beyond rounding."""
    a = plane[:, 0]
    normal = np.cross(plane[:, 1] - a, plane[:, 2] - a)
    most = ROUNDING * np.linalg.norm(normal, axis=1)
    above = np.einsum("ijk,ik->ij", triangle - a[:, None], normal)
    return np.asarray((above.min(axis=1) < -most) & (above.max(axis=1) > most))


def _through(start: Array, end: Array, triangle: Array) -> NDArray[np.bool_]:
    """Whether a side passes from one face of a triangle to the other, inside its rim, beyond rounding."""
    a, b, c = triangle[:, 0], triangle[:, 1], triangle[:, 2]
    normal = np.cross(b - a, c - a)
    size = np.linalg.norm(normal, axis=1)
    unit = normal / np.where(size > 0, size, 1.0)[:, None]
    above, below = (np.einsum("ij,ij->i", p - a, unit) for p in (start, end))
    crosses = (above * below < 0) & (np.minimum(np.abs(above), np.abs(below)) > ROUNDING)
    share = above / np.where(crosses, above - below, 1.0)
    point = start + share[:, None] * (end - start)
    for p, q in ((a, b), (b, c), (c, a)):
        side = np.einsum("ij,ij->i", np.cross(q - p, point - p), unit)
        crosses &= side > ROUNDING * np.linalg.norm(q - p, axis=1)
    return np.asarray(crosses & (size > 0))
