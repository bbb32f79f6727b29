"""The ground a ring stands on, or the wall a pendant hangs before: a pale sweep with a soft shadow.

In: `World`, `Camera`.  Out: linear RGB of every pixel of the background.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.piece import Sort
from jewelgen.view.camera import Camera
from jewelgen.view.shade import World

Array = NDArray[np.floating]
TOP, LOW = np.array((0.93, 0.935, 0.945)), np.array((0.80, 0.805, 0.82))  # sRGB
DARK = 0.62  # how much light a full shadow takes
STEP = 4  # pixels between places where the shadow is measured
RAYS = 64
WALL = 1.2  # mm between a pendant and the wall


def background(world: World, sort: Sort, camera: Camera) -> Array:
    """Light of an empty studio with the piece's shadow."""
    w, h = camera.size
    fall = np.linspace(0.0, 1.0, h)[:, None, None]
    sweep = np.broadcast_to((TOP + (LOW - TOP) * fall) ** 2.2, (h, w, 3))
    if world.cast is None:
        return np.array(sweep)
    return np.asarray(sweep * (1.0 - DARK * _shadow(world, sort, camera))[..., None])


def _shadow(world: World, sort: Sort, camera: Camera) -> Array:
    """Share of the sky that the piece hides from the ground in each pixel, measured on a coarse grid."""
    w, h = camera.size
    coarse = Camera(camera.eye, camera.target, camera.up, (w // STEP, h // STEP))
    rays = coarse.rays().reshape(-1, 3)
    out = np.array((0.0, 0.0, 1.0))
    level = float(world.vertices[:, 2].min()) - (0.0 if sort == "ring" else WALL)
    slope = rays @ out
    meets = slope < -0.02
    reach = (level - camera.eye[2]) / np.where(meets, slope, -1.0)
    spots = np.array(camera.eye) + reach[:, None] * rays
    dark = np.zeros(len(rays))
    near = meets & (np.linalg.norm(spots - world.vertices.mean(0), axis=1) < 6 * _size(world))
    dark[near] = _hidden(world, spots[near] + 0.02 * out, sort)
    grid = _blurred(_blurred(dark.reshape(h // STEP, w // STEP)))
    return _enlarged(grid, (h, w))


def _size(world: World) -> float:
    return float(np.linalg.norm(np.ptp(world.vertices, axis=0))) / 2


def _hidden(world: World, spots: Array, sort: Sort) -> Array:
    """Share of `RAYS` directions about the lamp in which the piece stands before the sky."""
    if world.cast is None:
        return np.zeros(len(spots))
    lamp = np.array((-0.35, -0.25, 1.0)) if sort == "ring" else np.array((-0.4, 0.6, 1.0))
    k = np.arange(RAYS) + 0.5
    turn, wide = np.pi * (1.0 + 5.0**0.5) * k, np.sqrt(k / RAYS) * 0.95
    total = np.zeros(len(spots))
    for x, y in zip(wide * np.cos(turn), wide * np.sin(turn), strict=True):
        way = lamp + np.array((x, y, 0.0))
        way = np.broadcast_to(way / np.linalg.norm(way), spots.shape)
        total += world.cast(spots, way) >= 0
    return total / RAYS


def _blurred(grid: Array) -> Array:
    kernel = np.array((1.0, 4.0, 6.0, 4.0, 1.0)) / 16.0
    padded = np.pad(grid, 2, mode="edge")
    rows = sum(k * padded[i : i + grid.shape[0], :] for i, k in enumerate(kernel))
    found = sum(k * np.asarray(rows)[:, i : i + grid.shape[1]] for i, k in enumerate(kernel))
    return np.asarray(found)


def _enlarged(grid: Array, shape: tuple[int, int]) -> Array:
    """The grid drawn out to `shape`, straight between its points."""
    rows = np.clip((np.arange(shape[0]) + 0.5) / STEP - 0.5, 0.0, grid.shape[0] - 1.0)
    columns = np.clip((np.arange(shape[1]) + 0.5) / STEP - 0.5, 0.0, grid.shape[1] - 1.0)
    i, j = rows.astype(int), columns.astype(int)
    i1, j1 = np.minimum(i + 1, grid.shape[0] - 1), np.minimum(j + 1, grid.shape[1] - 1)
    a, b = (rows - i)[:, None], (columns - j)[None, :]
    upper = grid[i][:, j] * (1 - b) + grid[i][:, j1] * b
    lower = grid[i1][:, j] * (1 - b) + grid[i1][:, j1] * b
    return np.asarray(upper * (1 - a) + lower * a)
