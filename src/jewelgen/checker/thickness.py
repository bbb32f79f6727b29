"""How thick the metal is under each sample: straight through, and by the largest ball that fits.

A wall is metal between two faces that look away from each other; the ball that touches the sample and the
surface opposite is never thicker than the wall (shrinking ball, Ma, Bae and Choi 2012). Corners, where
faces meet at right angles or more, are edges and not walls.

In: a `Scene` and a `Field`.  Out: `Thickness` in mm a sample, infinite where no wall is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from jewelgen.checker.field import Field
from jewelgen.checker.rays import Scene
from jewelgen.checker.surface import Array, Index

OPPOSED = -0.6  # cosine between two outward normals: more than about 127 degrees apart
ROUNDS = 24
LEAF = 32  # points a leaf of the tree: a ball that fits touches many, and leaves are searched quicker than nodes
FEW = 32  # one sample in so many shrinks balls before all do
WIDEST = 6.0  # mm: no wider ball is tried; metal so thick is measured straight through
WAYS = 8  # directions in which a thin place is followed
STRIDE, LONGEST = 0.1, 4.0  # mm: the steps it is followed in, and how far at most
REACH = 0.6  # mm: thin over less than this from foot to rim is relief, not a wall
RODLIKE = 2.5  # widths over thickness: narrower than this is a wire or prong
Sort = Literal["wall", "wire", "relief", "hollow"]


@dataclass(frozen=True, slots=True, eq=False)
class Thickness:
    """`through`: along the normal; `ball`: diameter of the inscribed ball; `wall`: the lesser where opposed."""

    through: Array
    ball: Array
    wall: Array


def thickness(scene: Scene, field: Field) -> Thickness:
    """Measure the metal behind every sample."""
    straight, face = scene.hits(field.points, -field.normals)
    facing = np.einsum("ij,ij->i", scene.normals[face], field.normals)
    through = np.where((face >= 0) & (facing < OPPOSED), straight, np.inf)
    ball, touch = _balls(field, np.minimum(straight, WIDEST))
    balls = np.where(touch < OPPOSED, ball, np.inf)
    return Thickness(through, ball, np.minimum(through, balls))


def _balls(field: Field, widest: Array) -> tuple[Array, Array]:
    """Diameters of inscribed balls at the samples and the cosine between normals at their two contacts.

    They are shrunk from few samples first, then from all: a ball that holds many takes long to be searched.
    """
    radius, touch = widest / 2, np.arange(len(field.points))
    for every in (FEW, 1):
        _shrink(field, np.arange(0, len(field.points), every), radius, touch)
    cosine = np.einsum("ij,ij->i", field.normals, field.normals[touch])
    return 2 * radius, np.where(touch == np.arange(len(touch)), 1.0, cosine)


def _shrink(field: Field, from_: Index, radius: Array, touch: Index) -> None:
    """Shrink the balls in place until none of those samples lies in them; `touch`: the sample that each met last."""
    tree = cKDTree(field.points[from_], leafsize=LEAF)
    moving = np.arange(len(field.points))
    for _ in range(ROUNDS):
        p, n, r = field.points[moving], field.normals[moving], radius[moving]
        near, nearest = tree.query(p - n * r[:, None])
        q = from_[nearest]
        apart = p - field.points[q]
        along = np.einsum("ij,ij->i", apart, n)
        fits = (near > r - 1e-3) | (q == moving) | (along < 1e-9)
        less = np.einsum("ij,ij->i", apart, apart) / (2 * np.where(along < 1e-9, 1.0, along))
        shrunk = ~fits & (less < r)
        radius[moving[shrunk]] = less[shrunk]
        touch[moving[shrunk]] = q[shrunk]
        moving = moving[shrunk]
        if not len(moving):
            break


def sorts(scene: Scene, field: Field, wall: Array, thin: Index) -> list[Sort]:
    """What the thin samples are: walls, wires (narrow every way but one) or relief (low and on thicker metal)."""
    points, normals, half = field.points[thin], field.normals[thin], wall[thin] / 2
    metal = _Metal(points - normals * half[:, None], normals, half)
    most = np.maximum(REACH, RODLIKE * wall[thin])  # further on nothing is told apart
    low, slim = np.zeros((2, len(thin)), dtype=bool)
    for way in range(WAYS // 2):
        asked = np.flatnonzero(~low)
        here, far = metal.kept(asked), most[asked]
        there, opened = _followed(scene, here, way, far)
        back, closed = _followed(scene, here, way + WAYS // 2, far - there)
        across = there + back
        low[asked] = (opened != closed) & (across < REACH)
        slim[asked] |= across < RODLIKE * wall[thin[asked]]
    return ["relief" if a else "wire" if b else "wall" for a, b in zip(low, slim, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class _Metal:
    """The middles (n, 3) of thin metal, the normals across it and half its thickness in mm."""

    middle: Array
    normals: Array
    half: Array

    def kept(self, these: Index) -> _Metal:
        """Those alone."""
        return _Metal(self.middle[these], self.normals[these], self.half[these])

    def along(self, way: int) -> Array:
        """Unit vectors (n, 3) along one of the directions across the normals."""
        steep = np.abs(self.normals[:, :1]) < 0.9
        side = np.cross(self.normals, np.where(steep, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)))
        side /= np.linalg.norm(side, axis=1)[:, None]
        a = 2 * np.pi * way / WAYS
        return np.asarray(np.cos(a) * side + np.sin(a) * np.cross(self.normals, side))


def _followed(
    scene: Scene, metal: _Metal, way: int, most: Array
) -> tuple[Array, NDArray[np.bool_]]:
    """How far from the middle the metal stays thin along one direction across the normal, in mm up to 4.

    And whether it ends in the open, rather than in thicker metal. What stays thin for `most` is followed no further.
    """
    middle, ways = metal.middle, metal.along(way)
    far, _ = scene.hits(middle, ways)
    end = np.minimum(far, LONGEST)
    run, alive = end.copy(), np.ones(len(far), bool)
    for step in np.arange(STRIDE, LONGEST, STRIDE):
        alive &= (far > step) & (most > step - STRIDE)
        if not alive.any():
            break
        spot = middle[alive] + step * ways[alive]
        up, _ = scene.hits(spot, metal.normals[alive])
        down, _ = scene.hits(spot, -metal.normals[alive])
        thick = up + down > 1.6 * 2 * metal.half[alive] + 0.1
        stopped = np.flatnonzero(alive)[thick]
        run[stopped] = step
        alive[stopped] = False
    return run, (run >= end - 1e-9) & np.isfinite(far) & (far < LONGEST)
