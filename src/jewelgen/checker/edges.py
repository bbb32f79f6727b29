"""Sharp outer edges: where two facets turn further than an arc of the least radius would at the mesh's chord.

An arc of radius r drawn with a chord tolerance c turns at most 2 acos(1 - c / r) from facet to facet; what turns
further is sharper than r. Inner edges, seats of stones and letters are left out: nothing catches there.

In: what was `Seen`, what is known, a pack.  Out: one `Check` JG730.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.packs import CAUTIOUS
from jewelgen.checker import limits
from jewelgen.checker.known import Known, where
from jewelgen.checker.marks import lettered
from jewelgen.checker.rays import Scene
from jewelgen.checker.report import Check, Seen
from jewelgen.checker.surface import Array, Index, Surface, blocks
from jewelgen.findings import Severity

SHORT = 0.5  # mm of sharp edge in all that a polishing wheel takes in passing
OFF = 2e-3  # mm: rays leave so far off the edge
SLIVER = 1e-7  # mm2: the normal of a lesser triangle says nothing
ROUND_SEAT = 0.5  # mm beyond the girdle that the setter works over


def edges(seen: Seen, known: Known, pack: str) -> Check:
    """The length of edges sharper than the house's least radius: a note, a warning where a named house asks it."""
    least = limits.of("edge_radius_min", pack)
    turn = 2 * np.arccos(max(1.0 - known.chord / least.value, -1.0))
    middles, ways, lengths = _sharp(seen.scene.surface, float(turn))
    free = _outer(seen.scene, middles, ways) & ~_worked(middles, known)
    total = float(lengths[free].sum())
    passed = total < SHORT
    longest = middles[free][int(np.argmax(lengths[free]))] if free.any() else None
    own = least.pack == pack != CAUTIOUS
    return Check(
        "JG730", "sharp outer edges", round(total, 3), "mm",
        f"none sharper than a radius of {least.value:g} mm ({least.pack}: {least.key}; {least.source})",
        passed, Severity.WARNING if own else Severity.NOTE,
        where="" if passed or longest is None else where(known, longest), shortfall=total,
        hint="" if passed else "break the edges in the design, or leave them to the file after casting",
    )  # fmt: skip


def _sharp(surface: Surface, turn: float) -> tuple[Array, Array, Array]:
    """Middles of convex edges that turn further than `turn` radians, the way out between their faces, lengths."""
    t = surface.triangles
    a, b = t.ravel(), np.roll(t, -1, axis=1).ravel()
    keys = np.minimum(a, b) * np.int64(len(surface.vertices))
    keys += np.maximum(a, b)
    del a, b
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    same = np.flatnonzero(keys[1:] == keys[:-1])
    del keys
    found = [
        _bent(surface, order[same[some]], order[same[some] + 1], turn) for some in blocks(len(same))
    ]
    middles, ways, lengths = (
        (np.concatenate(rows) for rows in zip(*found, strict=True))
        if found
        else (np.zeros((0, 3)), np.zeros((0, 3)), np.zeros(0))
    )
    return middles, ways, lengths


def _bent(surface: Surface, one: Index, two: Index, turn: float) -> tuple[Array, Array, Array]:
    """Those of `_sharp` among some edges, each given by the sides of the two triangles that meet there."""
    t = surface.triangles
    n, n_size = _normals(surface, one // 3)
    m, m_size = _normals(surface, two // 3)
    bent = np.einsum("ij,ij->i", n, m) < np.cos(turn)
    bent &= (n_size > SLIVER) & (m_size > SLIVER)
    one, two, n, m = one[bent], two[bent], n[bent], m[bent]
    p, q = (surface.vertices[t[one // 3, (one % 3 + k) % 3]] for k in (0, 1))
    # The far corner of the second face lies behind the first one where the edge is convex.
    far = surface.vertices[t[two // 3, (two % 3 + 2) % 3]]
    convex = np.einsum("ij,ij->i", far - p, n) < 0
    way = (n + m)[convex]
    size = np.linalg.norm(way, axis=1)
    way /= np.where(size > 0, size, 1.0)[:, None]
    return ((p + q) / 2)[convex], way, np.linalg.norm(q - p, axis=1)[convex]


def _normals(surface: Surface, here: Index) -> tuple[Array, Array]:
    """Unit normals of some triangles, and twice their areas."""
    a, b, c = (surface.vertices[surface.triangles[here, i]] for i in range(3))
    cross = np.cross(b - a, c - a)
    size = np.linalg.norm(cross, axis=1)
    return cross / np.where(size > 0, size, 1.0)[:, None], size


def _outer(scene: Scene, middles: Array, ways: Array) -> NDArray[np.bool_]:
    """Whether nothing stands over an edge."""
    if not len(middles):
        return np.zeros(0, bool)
    far, _ = scene.hits(middles + OFF * ways, ways)
    return np.asarray(~np.isfinite(far))


def _worked(middles: Array, known: Known) -> NDArray[np.bool_]:
    """Edges of seats and letters: setter's and engraver's work."""
    near = np.zeros(len(middles), bool)
    for seat in known.seats:
        near |= np.linalg.norm(middles - np.array(seat.middle), axis=1) < seat.radius + ROUND_SEAT
    for mark in known.marks:
        near |= lettered(middles, mark, 2 * mark.deep + 1.0)
    return near
