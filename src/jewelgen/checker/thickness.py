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
from jewelgen.checker.surface import Array

OPPOSED = -0.6  # cosine between two outward normals: more than about 127 degrees apart
ROUNDS = 24
LEAF = 32  # points a leaf of the tree: a ball that fits touches many, and leaves are searched quicker than nodes
WIDEST = 6.0  # mm: no wider ball is tried; metal so thick is measured straight through
WAYS = 8  # directions in which a thin place is followed
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
    """Diameters of inscribed balls at the samples and the cosine between normals at their two contacts."""
    tree = cKDTree(field.points, leafsize=LEAF)
    radius, touch = widest / 2, np.arange(len(field.points))
    moving = np.arange(len(field.points))
    for _ in range(ROUNDS):
        p, n, r = field.points[moving], field.normals[moving], radius[moving]
        near, q = tree.query(p - n * r[:, None])
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
    cosine = np.einsum("ij,ij->i", field.normals, field.normals[touch])
    return 2 * radius, np.where(touch == np.arange(len(touch)), 1.0, cosine)


def sorts(scene: Scene, field: Field, wall: Array, thin: NDArray[np.int64]) -> list[Sort]:
    """What the thin samples are: walls, wires (narrow every way but one) or relief (low and on thicker metal)."""
    half = wall[thin] / 2
    middle = field.points[thin] - field.normals[thin] * half[:, None]
    ends = [_followed(scene, field.normals[thin], middle, half, k) for k in range(WAYS)]
    runs = np.stack([run for run, _ in ends])
    opens = np.stack([opened for _, opened in ends])
    both = runs[: WAYS // 2] + runs[WAYS // 2 :]
    footed = opens[: WAYS // 2] != opens[WAYS // 2 :]
    low = np.where(footed, both, np.inf).min(axis=0) < REACH
    slim = both.min(axis=0) < RODLIKE * wall[thin]
    return ["relief" if a else "wire" if b else "wall" for a, b in zip(low, slim, strict=True)]


def _followed(
    scene: Scene, normals: Array, middle: Array, half: Array, way: int
) -> tuple[Array, NDArray[np.bool_]]:
    """How far from the middle the metal stays thin along one direction across the normal, in mm up to 4.

    And whether it ends in the open, rather than in thicker metal.
    """
    side = np.cross(
        normals, np.where(np.abs(normals[:, :1]) < 0.9, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    )
    side /= np.linalg.norm(side, axis=1)[:, None]
    a = 2 * np.pi * way / WAYS
    ways = np.cos(a) * side + np.sin(a) * np.cross(normals, side)
    far, _ = scene.hits(middle, ways)
    run, alive = np.minimum(far, 4.0), np.ones(len(far), bool)
    for step in np.arange(0.1, 4.0, 0.1):
        alive &= far > step
        if not alive.any():
            break
        spot = middle[alive] + step * ways[alive]
        up, _ = scene.hits(spot, normals[alive])
        down, _ = scene.hits(spot, -normals[alive])
        thick = up + down > 1.6 * 2 * half[alive] + 0.1
        stopped = np.flatnonzero(alive)[thick]
        run[stopped] = step
        alive[stopped] = False
    ended = run >= np.minimum(far, 4.0) - 1e-9
    return run, ended & np.isfinite(far) & (far < 4.0)
