"""Whether a surface is a sound solid: closed, oriented, one shell a body, nothing degenerate or doubled.

In: a `Surface`.  Out: `Integrity`, counts that are all zero for a sound one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from jewelgen.checker.meeting import meeting
from jewelgen.checker.surface import Array, Index, Surface, blocks

_MIX = tuple(np.uint64(k) for k in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))
SLIVER = 1e-9  # mm2: a triangle of less area has no normal


@dataclass(frozen=True, slots=True)
class Shell:
    """One connected piece of the surface: its triangles, signed volume in mm3, how many others enclose it."""

    triangles: int
    volume: float
    depth: int

    @property
    def turned_in(self) -> bool:
        """Whether its sense is wrong for its depth: bodies are positive, hollows in them negative."""
        return (self.volume < 0) != (self.depth % 2 == 1)


@dataclass(frozen=True, slots=True)
class Integrity:
    """`open_edges` have one triangle, `turned_edges` as many as close them but not in turn; `touching_edges`
    are shared by bodies that only touch: more than two triangles, whose senses balance.

    `degenerate` triangles have no area, `doubled` ones the corners of another.
    """

    open_edges: int
    turned_edges: int
    touching_edges: int
    degenerate: int
    doubled: int
    shells: tuple[Shell, ...]

    @property
    def closed(self) -> bool:
        """Whether at every edge as many triangles come in as go out."""
        return not (self.open_edges or self.turned_edges)

    @property
    def hollows(self) -> int:
        """Closed voids inside a body: nothing drains them."""
        return sum(shell.depth % 2 == 1 for shell in self.shells)


def integrity(surface: Surface) -> Integrity:
    """Count what is wrong with `surface`."""
    edges, senses, owners = _edges(surface)
    start = np.flatnonzero(np.concatenate(([True], edges[1:] != edges[:-1])))
    count = np.diff(start, append=len(edges))
    signs = np.where(senses, np.int8(1), np.int8(-1))
    balance = np.add.reduceat(signs, start, dtype=np.int32)
    lone = count % 2 == 1
    turned = int(((balance != 0) & ~lone).sum())
    pairs = start[count == 2]
    joined = np.stack((owners[pairs], owners[pairs + 1]), axis=1).astype(np.int32)
    touching = (count > 2) & (balance == 0)
    runs = np.stack((start, start + count), axis=1)[touching]
    met = meeting(surface, edges, senses, owners, runs)
    joined = np.concatenate((joined, met.astype(np.int32)))
    return Integrity(
        int(lone.sum()), turned, int(touching.sum()), _degenerate(surface),
        _doubled(surface.triangles), _shells(surface, joined),
    )  # fmt: skip


def _edges(surface: Surface) -> tuple[Index, NDArray[np.bool_], Index]:
    """Every side of every triangle as a sorted number, with its sense and its triangle."""
    t, n = surface.triangles, np.int64(len(surface.vertices))
    a, b = t.ravel(), np.roll(t, -1, axis=1).ravel()
    keys = np.minimum(a, b) * n
    keys += np.maximum(a, b)
    order = np.argsort(keys, kind="stable")
    senses = (a < b)[order]
    del a, b
    keys = keys[order]
    order //= 3  # the triangle of each side
    return keys, senses, order


def _degenerate(surface: Surface) -> int:
    return int((np.linalg.norm(surface.crosses(), axis=1) / 2 < SLIVER).sum())


def _doubled(triangles: Index) -> int:
    """Triangles beyond the first on the same three vertices, whichever way round."""
    keys = np.empty(len(triangles), np.uint64)
    for some in blocks(len(triangles)):
        rows = np.sort(triangles[some], axis=1).astype(np.uint64)
        keys[some] = (rows[:, 0] * _MIX[0]) ^ (rows[:, 1] * _MIX[1]) ^ (rows[:, 2] * _MIX[2])
    order = np.argsort(keys, kind="stable")
    near = np.flatnonzero(keys[order][1:] == keys[order][:-1])  # few: doubles, and chance
    one, two = (np.sort(triangles[order[near + i]], axis=1) for i in (0, 1))
    return int((one == two).all(axis=1).sum())


def _shells(surface: Surface, joined: NDArray[np.int32]) -> tuple[Shell, ...]:
    """The pieces that hang together over shared edges, largest first."""
    m = len(surface.triangles)
    links = coo_matrix((np.ones(len(joined), bool), (joined[:, 0], joined[:, 1])), shape=(m, m))
    count, label = connected_components(links, directed=False)
    volumes = np.bincount(label, weights=surface.signed_volumes(), minlength=count) / 6.0
    sizes = np.bincount(label, minlength=count)
    depths = _depths(surface, label, count) if count > 1 else np.zeros(1, int)
    rows = zip(sizes, volumes, depths, strict=True)
    shells = [Shell(int(size), float(volume), int(depth)) for size, volume, depth in rows]
    return tuple(sorted(shells, key=lambda s: (-abs(s.volume), -s.triangles)))


def _depths(surface: Surface, label: Index, count: int) -> Index:
    """How many other shells enclose each shell: by the solid angle they fill around one of its points."""
    if count > 200:
        return np.zeros(count, int)  # dust: the number of shells is the finding
    depths = np.zeros(count, int)
    shells = [surface.vertices[surface.triangles[label == k]] for k in range(count)]
    for k, shell in enumerate(shells):
        point = shell[0].mean(axis=0)
        depths[k] = sum(abs(turns(point, o)) > 0.5 for j, o in enumerate(shells) if j != k)
    return depths


def turns(point: Array, corners: Array) -> float:
    """The winding number of triangles about a point (van Oosterom and Strackee 1983, solid angles)."""
    if (point < corners.min(axis=(0, 1))).any() or (point > corners.max(axis=(0, 1))).any():
        return 0.0
    a, b, c = (corners[:, i] - point for i in range(3))
    la, lb, lc = (np.linalg.norm(v, axis=1) for v in (a, b, c))
    over = np.einsum("ij,ij->i", a, np.cross(b, c))
    dots = [np.einsum("ij,ij->i", u, v) for u, v in ((a, b), (b, c), (c, a))]
    under = la * lb * lc + dots[0] * lc + dots[1] * la + dots[2] * lb
    return float(np.arctan2(over, under).sum() / (2 * np.pi))
