"""The metal about a stone's seat, on the surface that was written: rays from its axis, level by level.

In: a `Scene` and a `Seat`.  Out: `Grip` in mm of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.checker.known import Known, Seat
from jewelgen.checker.rays import STEP, Scene
from jewelgen.checker.surface import Array, Index

AROUND = 72  # directions
UNDER = (0.25, 0.4, 0.55)  # of the pavilion, down from the girdle: where the stone rests
OVER = (0.1, 0.2, 0.3, 0.4, 0.55, 0.7, 0.85, 1.0, 1.2, 1.4, 1.7, 2.0, 2.4)  # of the crown, up
FLOOR = 0.04  # mm under a flat back
REACH = 0.35  # mm beside the girdle: metal further out holds nothing
AROUND_SEAT = 0.35  # mm beyond the girdle that belongs to the seat: graver and beads work here
AT_SEAT = 0.12  # mm beyond the girdle within which a surface is that of the seat: its room, and a mesh's chord
NECK = (0.35, 0.6)  # of pavilion and crown: where a seat is cut into its prongs
BEARING = (0.75, 0.9)  # of the girdle: where the metal under a stone is measured
GRAZING = 0.1  # cosine between a ray and the face it leaves by: less, and the face is no underside
RESTS = 0.02  # mm under the girdle, seen from above: less is no bearing


@dataclass(frozen=True, slots=True, eq=False)
class Grip:
    """For each direction round a stone: `beside`, air between girdle and metal in mm (infinite: none; negative:
    metal in the stone); `rests`: metal under the girdle; `over`: how high metal stands over the girdle's upper edge,
    0 for none; `bite`: how far it reaches in over the girdle; `solid`: no seat is cut.
    """

    beside: Array
    rests: NDArray[np.bool_]
    over: Array
    bite: Array
    solid: bool

    @property
    def holds(self) -> NDArray[np.bool_]:
        """Where metal stands over the girdle, near enough to be pushed over it."""
        return np.asarray(self.over > 0)


def grip(scene: Scene, seat: Seat) -> Grip:
    """What stands about the stone."""
    ways, reach = directions(seat)
    crown = max(seat.above - seat.girdle, 1e-3)
    under = [-share * seat.below for share in UNDER] if seat.below > 0 else [-FLOOR]
    over = np.array([seat.girdle + share * crown for share in OVER])
    levels = np.concatenate((under, [seat.girdle / 2], over))
    gaps, inside = _gaps(scene, seat, levels, (ways, reach))
    low, middle, high = gaps[: len(under)], gaps[len(under)], gaps[len(under) + 1 :]
    near = high < REACH
    return Grip(
        middle, np.asarray((low < -RESTS).any(axis=0)),
        np.where(near, over[:, None] - seat.girdle, 0.0).max(axis=0),
        np.maximum(-high.min(axis=0), 0.0), bool(inside[len(under)].mean() > 0.5),
    )  # fmt: skip


@lru_cache(maxsize=512)
def directions(seat: Seat) -> tuple[Array, Array]:
    """Unit vectors round the stone's axis, and how far the girdle is along each; do not write to them."""
    z = np.array(seat.axis)
    x = np.cross(z, (0.0, 1.0, 0.0) if abs(z[1]) < 0.9 else (1.0, 0.0, 0.0))
    x /= np.linalg.norm(x)
    y = np.cross(z, x)
    a = 2 * np.pi * np.arange(AROUND) / AROUND
    ways = np.cos(a)[:, None] * x + np.sin(a)[:, None] * y
    if not seat.rim:
        return ways, np.full(AROUND, seat.radius)
    rim = np.array(seat.rim)
    ahead = np.roll(rim, -1, axis=0)
    dense = np.concatenate([rim + k / 24 * (ahead - rim) for k in range(24)])
    angle, far = np.arctan2(dense @ y, dense @ x), np.linalg.norm(dense, axis=1)
    order = np.argsort(angle)
    return ways, np.interp(a, angle[order], far[order], period=2 * np.pi)


def _gaps(
    scene: Scene, seat: Seat, levels: Array, round_: tuple[Array, Array]
) -> tuple[Array, NDArray[np.bool_]]:
    """Distance from the girdle's outline to the first metal, level by direction; whether the ray starts in metal."""
    ways, reach = round_
    starts = np.array(seat.middle) + levels[:, None] * np.array(seat.axis)
    every = np.broadcast_to(ways, (len(levels), *ways.shape)).reshape(-1, 3)
    far, face = scene.hits(np.repeat(starts, len(ways), axis=0), every)
    behind = np.einsum("ij,ij->i", scene.normals[face], every) > 0
    inside = (behind & np.isfinite(far)).reshape(len(levels), -1)
    gaps = np.where(inside, -reach, far.reshape(len(levels), -1) - reach)
    return gaps, inside


def necks(scene: Scene, seat: Seat) -> list[tuple[float, Array]]:
    """What the seat leaves of each prong, mm along a ray from the stone's axis, and where.

    Of a prong's rays at one level the longest way through the metal counts, of the levels about the girdle the least.
    """
    ways, reach = directions(seat)
    crown = max(seat.above - seat.girdle, 1e-3)
    levels = np.concatenate(
        (
            np.linspace(-NECK[0] * seat.below, 0.0, 7),
            np.linspace(0.0, seat.girdle + NECK[1] * crown, 7)[1:],
        )
    )
    starts = np.repeat(np.array(seat.middle) + levels[:, None] * np.array(seat.axis), len(ways), 0)
    every = np.tile(ways, (len(levels), 1))
    near, face = scene.hits(starts, every)
    enters = np.isfinite(near) & (np.einsum("ij,ij->i", scene.normals[face], every) < 0)
    enters &= near < np.tile(reach, len(levels)) + REACH
    top = starts + np.where(enters, near + STEP, 0.0)[:, None] * every
    through, _ = scene.hits(top, every)
    deep = np.where(enters, through, 0.0).reshape(len(levels), -1)
    top = top.reshape(len(levels), -1, 3)
    return [_neck(deep, top, run) for run in _runs(deep.max(axis=0) > 0)]


def _neck(deep: Array, top: Array, run: Index) -> tuple[float, Array]:
    """The least of the levels, each as thick as its thickest ray."""
    each = deep[:, run].max(axis=1)
    met = np.flatnonzero(each > 0)
    level = int(met[np.argmin(each[met])])
    return float(each[level]), np.asarray(top[level, run[int(deep[level, run].argmax())]])


def _runs(met: NDArray[np.bool_]) -> list[Index]:
    """The directions of each prong, round the stone; none where the metal goes all round."""
    if met.all() or not met.any():
        return []
    start = int(np.flatnonzero(~met)[0])
    turned = (np.arange(len(met)) + start) % len(met)
    ends = np.flatnonzero(np.diff(np.concatenate(([0], met[turned].astype(int), [0]))))
    return [turned[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True)]


def floor(scene: Scene, seat: Seat) -> tuple[float, Array] | None:
    """The least metal straight under the bearing, in mm, and where; None where nothing lies under it."""
    ways, reach = directions(seat)
    middle, axis = np.array(seat.middle), np.array(seat.axis)
    flat = np.concatenate([share * reach[:, None] * ways for share in BEARING])
    starts = middle + (seat.girdle / 2 + FLOOR) * axis + flat
    down = np.tile(-axis, (len(starts), 1))
    near, face = scene.hits(starts, down)
    enters = near < seat.girdle / 2 + max(seat.below, FLOOR) + 2 * FLOOR
    enters &= np.einsum("ij,ij->i", scene.normals[face], down) < 0
    if not enters.any():
        return None
    top = starts[enters] + (near[enters] + STEP)[:, None] * down[enters]
    through, out = scene.hits(top, down[enters])
    leaves = np.einsum("ij,ij->i", scene.normals[out], down[enters])
    through = np.where(leaves > GRAZING, through, np.inf)  # else it ran along the wall of a hole
    i = int(np.argmin(through))
    return (float(through[i]), top[i]) if np.isfinite(through[i]) else None


def parting(points: Array, opposite: Array, known: Known) -> NDArray[np.bool_]:
    """Whether points lie in the seat of one stone and those opposite in another's: metal that parts two stones."""
    here, there = _whose(points, known), _whose(opposite, known)
    return np.asarray((here >= 0) & (there >= 0) & (here != there))


def _whose(points: Array, known: Known) -> Index:
    """The number of the stone whose seat's surface each point lies on, -1 where it is none's."""
    whose, nearest = np.full(len(points), -1), np.full(len(points), AT_SEAT)
    for i, seat in enumerate(known.seats):
        apart = points - np.array(seat.middle)
        up = apart @ np.array(seat.axis)
        out = np.linalg.norm(apart - up[:, None] * np.array(seat.axis), axis=1) - seat.radius
        mine = (up > -seat.below) & (up < seat.above + AT_SEAT) & (out < nearest)
        whose[mine], nearest[mine] = i, out[mine]
    return whose


def seated(points: Array, known: Known) -> NDArray[np.bool_]:
    """Which points lie within the reach of a stone's seat."""
    near = np.zeros(len(points), bool)
    for seat in known.seats:
        apart = points - np.array(seat.middle)
        up = apart @ np.array(seat.axis)
        out = np.linalg.norm(apart - up[:, None] * np.array(seat.axis), axis=1)
        deep = (up > -seat.below - AROUND_SEAT) & (up < seat.above + AROUND_SEAT)
        near |= deep & (out < seat.radius + AROUND_SEAT)
    return near
