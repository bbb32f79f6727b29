"""Whether a narrow place between two faces is a passage, or the end to which a wider opening tapers.

From the middle of the air a slot is followed in eight directions along its faces. Where one way closes and the
gap widens to the limit the other way, nothing has to pass: it is the ground of a crevice.

In: what was `Seen`, samples that look at near metal.  Out: a mask.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.checker.report import Seen
from jewelgen.checker.surface import Array, Index

WAYS = 8
CLOSES, WIDENS = 1.5, 3.0  # mm within which a taper closes, and opens
STRIDE = 0.15  # mm
EVEN = 0.02  # mm by which a gap may vary against its taper
AT_ONCE = 4000


def tapering(seen: Seen, here: Index, far: Array, least: float) -> NDArray[np.bool_]:
    """Which of the samples `here`, each `far` mm from metal, lie in the taper of an opening of `least` mm."""
    found = np.zeros(len(here), bool)
    for start in range(0, len(here), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        normals = seen.samples.normals[here[some]]
        middle = seen.samples.points[here[some]] + far[some, None] / 2 * normals
        for way in _ways(normals):
            left = np.flatnonzero(~found[some])
            if not len(left):
                break
            place = middle[left], normals[left], way[left]
            found[start + left] |= _closes(seen, place) & _widens(
                seen, place, far[some][left], least
            )
    return found


def _ways(normals: Array) -> list[Array]:
    """Eight unit vectors across each normal."""
    side = np.cross(normals, np.where(np.abs(normals[:, :1]) < 0.9, (1.0, 0, 0), (0, 1.0, 0)))
    side /= np.linalg.norm(side, axis=1)[:, None]
    up = np.cross(normals, side)
    turns = 2 * np.pi * np.arange(WAYS) / WAYS
    return [np.asarray(np.cos(a) * side + np.sin(a) * up) for a in turns]


def _closes(seen: Seen, place: tuple[Array, Array, Array]) -> NDArray[np.bool_]:
    middle, _, way = place
    ahead, _ = seen.scene.hits(middle, way)
    return np.asarray(ahead < CLOSES)


def _widens(
    seen: Seen, place: tuple[Array, Array, Array], far: Array, least: float
) -> NDArray[np.bool_]:
    """Whether the gap grows steadily against `way` until it is `least` wide."""
    middle, normals, way = place
    wide, alive, last = np.zeros(len(far), bool), np.ones(len(far), bool), far.copy()
    back, _ = seen.scene.hits(middle, -way)
    for step in np.arange(STRIDE, WIDENS, STRIDE):
        some = np.flatnonzero(alive & ~wide)
        if not len(some):
            break
        spot = middle[some] - step * way[some]
        up, _ = seen.scene.hits(spot, normals[some])
        down, _ = seen.scene.hits(spot, -normals[some])
        gap = up + down
        wide[some] = gap >= least
        alive[some] = (gap > last[some] - EVEN) & (back[some] > step)
        last[some] = np.maximum(gap, last[some])
    return wide & alive
