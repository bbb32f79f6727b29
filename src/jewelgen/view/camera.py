"""Cameras: where from, which way up, framed so that all points fill the picture; and the rays of its pixels.

In: points in mm, a direction.  Out: `Camera`; rays as arrays. Everything is perspective, 24 degrees high.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.frame import Vec

Array = NDArray[np.floating]
VIEW = 24.0  # degrees, bottom to top
FILL = 0.80  # share of the picture that the piece takes


@dataclass(frozen=True, slots=True)
class Camera:
    """`eye` looking at `target` with `up`; `size` in pixels, width first."""

    eye: Vec
    target: Vec
    up: Vec
    size: tuple[int, int]

    def axes(self) -> tuple[Array, Array, Array]:
        """Unit right, up and forward."""
        return _axes(np.subtract(self.target, self.eye), self.up)

    def rays(self) -> Array:
        """Unit directions through the middle of every pixel, (height, width, 3), top row first."""
        right, up, forward = self.axes()
        w, h = self.size
        reach = math.tan(math.radians(VIEW / 2))
        x = ((np.arange(w) + 0.5) / w * 2 - 1) * reach * w / h
        y = (1 - (np.arange(h) + 0.5) / h * 2) * reach
        rays = forward + x[None, :, None] * right + y[:, None, None] * up
        far = np.sqrt(1.0 + x[None, :] ** 2 + y[:, None] ** 2)
        return np.asarray(rays / far[:, :, None])


def _axes(look: Array, up: Vec) -> tuple[Array, Array, Array]:
    forward = look / np.linalg.norm(look)
    right = np.cross(forward, up)
    right /= np.linalg.norm(right)
    return right, np.cross(right, forward), forward


def framed(points: Array, towards: Vec, up: Vec, size: tuple[int, int]) -> Camera:
    """The camera on the side `towards` (from the piece) that sees all points in `FILL` of the picture."""
    right, high, forward = _axes(-np.asarray(towards, dtype=np.float64), up)
    reach = math.tan(math.radians(VIEW / 2)) * FILL
    wide = reach * size[0] / size[1]
    spots = np.stack((points @ right, points @ high, points @ forward), axis=1)
    middle = (spots.min(axis=0) + spots.max(axis=0)) / 2
    back = 1.0
    for _ in range(6):
        local = spots - middle
        back = float(
            np.max(np.maximum(abs(local[:, 0]) / wide, abs(local[:, 1]) / reach) - local[:, 2])
        )
        back = max(back, 1.0)
        seen = local[:, :2] / (local[:, 2:] + back)
        shift = (seen.min(axis=0) + seen.max(axis=0)) / 2 * back
        middle[:2] += shift
    target = middle[0] * right + middle[1] * high + middle[2] * forward
    eye = target - back * forward
    return Camera(_vec(eye), _vec(target), up, size)


def _vec(a: Array) -> Vec:
    return (float(a[0]), float(a[1]), float(a[2]))
