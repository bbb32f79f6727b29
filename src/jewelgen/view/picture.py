"""Pictures of a scene: one view, or a sheet of four, as PNG bytes; the same scene gives the same bytes.

In: `Scene`.  Out: PNG.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.frame import Vec
from jewelgen.piece.piece import Sort
from jewelgen.view.camera import framed
from jewelgen.view.ground import background
from jewelgen.view.pixels import FINER, pixels
from jewelgen.view.png import encode
from jewelgen.view.scene import Scene
from jewelgen.view.shade import World, world_of

Array = NDArray[np.floating]
Pixels = NDArray[np.uint8]
LARGE, SMALL = (960, 720), (640, 480)  # a picture, and one of the four on a sheet
LARGEST = 4096  # pixels a side
_UP: dict[Sort, Vec] = {"ring": (0.0, 0.0, 1.0), "pendant": (0.0, 1.0, 0.0)}
# Directions from the piece to the camera.
VIEWS: dict[Sort, dict[str, Vec]] = {
    "ring": {
        "three-quarter": (0.62, -1.0, 0.62),
        "front": (0.0, -1.0, 0.08),
        "side": (1.0, -0.12, 0.16),
        "top": (0.0, -0.32, 1.0),
    },
    "pendant": {
        "three-quarter": (0.55, 0.22, 1.0),
        "front": (0.0, 0.0, 1.0),
        "side": (1.0, 0.05, 0.25),
        "back": (-0.35, 0.15, -1.0),
    },
}


def preview(scene: Scene, size: tuple[int, int] = LARGE, view: str = "three-quarter") -> bytes:
    """A PNG of one view (`three-quarter`, `front`, `side`, and `top` of rings, `back` of pendants).

    `size`: width and height in pixels, 16 .. 4096; raises `ValueError` outside, or for an unknown view.
    """
    return encode(_tile(world_of(scene), scene.sort, size, view))


def sheet(scene: Scene, size: tuple[int, int] = SMALL) -> bytes:
    """A PNG of four views, two by two, each of `size` pixels."""
    world = world_of(scene)
    tiles = [_tile(world, scene.sort, size, view) for view in VIEWS[scene.sort]]
    return encode(_two_by_two(tiles))


def both(scene: Scene) -> tuple[bytes, bytes]:
    """What `preview` and `sheet` draw, with the sheet's first view taken from the preview."""
    world, views = world_of(scene), tuple(VIEWS[scene.sort])
    large = _light(world, scene.sort, LARGE, views[0])
    rest = [_tile(world, scene.sort, SMALL, view) for view in views[1:]]
    return encode(_shown(large)), encode(_two_by_two([_shown(_shrunk(large)), *rest]))


def two_sides(scene: Scene, size: tuple[int, int] = (400, 300)) -> tuple[Pixels, Pixels]:
    """The piece from its first and its last side, pixels of `size` each: one row of a gallery."""
    world, views = world_of(scene), tuple(VIEWS[scene.sort])
    first, last = (_tile(world, scene.sort, size, view) for view in (views[0], views[-1]))
    return first, last


def one_side(scene: Scene, size: tuple[int, int]) -> Pixels:
    """Pixels of the first view."""
    return _tile(world_of(scene), scene.sort, size, next(iter(VIEWS[scene.sort])))


def _two_by_two(tiles: list[Pixels]) -> Pixels:
    return np.vstack((np.hstack(tiles[:2]), np.hstack(tiles[2:])))


def _tile(world: World, sort: Sort, size: tuple[int, int], view: str) -> Pixels:
    return _shown(_light(world, sort, size, view))


def _light(world: World, sort: Sort, size: tuple[int, int], view: str) -> Array:
    """Linear light of every pixel (height, width, 3)."""
    if not all(16 <= side <= LARGEST for side in size):
        raise ValueError(f"a picture is 16 .. {LARGEST} pixels wide and high")
    if view not in VIEWS[sort]:
        raise ValueError(f"no view '{view}'; there are {', '.join(VIEWS[sort])}")
    camera = framed(world.vertices, VIEWS[sort][view], _UP[sort], size)
    ground = background(world, sort, camera)
    finer = replace(camera, size=(size[0] * FINER, size[1] * FINER))
    return pixels(world, finer, ground)


def _shrunk(light: Array) -> Array:
    """The same view from `LARGE` to `SMALL`, two thirds a side: each pixel the mean of the ground it covers."""
    doubled = light.repeat(2, axis=0).repeat(2, axis=1)
    high, wide = doubled.shape[0] // 3, doubled.shape[1] // 3
    return np.asarray(doubled.reshape(high, 3, wide, 3, 3).mean(axis=(1, 3)))


def _shown(light: Array) -> Pixels:
    """Linear light as a screen takes it, 0 .. 255."""
    return np.asarray(np.round(np.clip(light, 0.0, 1.0) ** (1 / 2.2) * 255), dtype=np.uint8)
