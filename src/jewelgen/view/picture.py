"""Pictures of a scene: one view, or a sheet of four, as PNG bytes; the same scene gives the same bytes.

In: `Scene`.  Out: PNG. Every pixel is the mean of `FINER` x `FINER` samples.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.frame import Vec
from jewelgen.piece.piece import Sort
from jewelgen.view.camera import framed
from jewelgen.view.ground import background
from jewelgen.view.png import encode
from jewelgen.view.scene import Scene
from jewelgen.view.shade import World, shaded, world_of

Array = NDArray[np.float64]
FINER = 2
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


def preview(scene: Scene, size: tuple[int, int] = (960, 720), view: str = "three-quarter") -> bytes:
    """A PNG of one view (`three-quarter`, `front`, `side`, and `top` of rings, `back` of pendants).

    `size`: width and height in pixels, 16 .. 4096; raises `ValueError` outside, or for an unknown view.
    """
    return encode(_tile(world_of(scene), scene.sort, size, view))


def sheet(scene: Scene, size: tuple[int, int] = (640, 480)) -> bytes:
    """A PNG of four views, two by two, each of `size` pixels."""
    world = world_of(scene)
    tiles = [_tile(world, scene.sort, size, view) for view in VIEWS[scene.sort]]
    upper, lower = np.hstack(tiles[:2]), np.hstack(tiles[2:])
    return encode(np.vstack((upper, lower)))


def contact(scene: Scene, size: tuple[int, int] = (400, 300)) -> bytes:
    """A PNG of the piece from two sides, side by side, each of `size` pixels: one row of a contact sheet."""
    world, views = world_of(scene), tuple(VIEWS[scene.sort])
    return encode(
        np.hstack([_tile(world, scene.sort, size, view) for view in (views[0], views[-1])])
    )


def _tile(world: World, sort: Sort, size: tuple[int, int], view: str) -> NDArray[np.uint8]:
    if not all(16 <= side <= LARGEST for side in size):
        raise ValueError(f"a picture is 16 .. {LARGEST} pixels wide and high")
    if view not in VIEWS[sort]:
        raise ValueError(f"no view '{view}'; there are {', '.join(VIEWS[sort])}")
    fine = (size[0] * FINER, size[1] * FINER)
    camera = framed(world.vertices, VIEWS[sort][view], _UP[sort], fine)
    light, mask = shaded(world, camera)
    whole = np.where(mask[..., None], _toned(light), background(world, sort, camera))
    small = whole.reshape(size[1], FINER, size[0], FINER, 3).mean(axis=(1, 3))
    return np.asarray(np.round(np.clip(small, 0.0, 1.0) ** (1 / 2.2) * 255), dtype=np.uint8)


def _toned(light: Array) -> Array:
    """Strong light rolled off softly towards white, so that mirrors of lamps keep their shape."""
    knee = 0.7
    over = np.maximum(light - knee, 0.0)
    return np.minimum(light, knee) + (1.0 - knee) * (1.0 - np.exp(-over / (1.0 - knee)))
