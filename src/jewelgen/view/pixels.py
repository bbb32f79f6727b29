"""Pixels from samples: one a pixel where a picture is even, all of them where it is not.

In: `World`, a `Camera` of samples, the background.  Out: linear RGB of every pixel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jewelgen.view.camera import Camera
from jewelgen.view.shade import Array, Index, Mask, World, lit, visible

FINER = 2  # samples a side of a pixel
FIRST = ((0, 0),)
OTHERS = tuple((r, c) for r in range(FINER) for c in range(FINER) if (r, c) not in FIRST)
EVEN = 0.025  # of full brightness: neighbours that differ less are taken as one light


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """What every sample of a picture sees: `rays` (FINER h, FINER w, 3), `ids` of triangles; `ground` a pixel."""

    world: World
    eye: Array
    rays: Array
    ids: Index
    ground: Array

    def light(self, places: Sequence[tuple[int, int]], wanted: Mask) -> Array:
        """Light (k, n, 3) of the n wanted pixels by k of their samples: row and column in the pixel."""
        ids = np.stack([self.ids[r::FINER, c::FINER][wanted] for r, c in places])
        rays = np.stack([self.rays[r::FINER, c::FINER][wanted] for r, c in places])
        found, metal = np.stack([self.ground[wanted]] * len(places)), ids >= 0
        found[metal] = toned(lit(self.world, self.eye, rays[metal], ids[metal]))
        return found


def pixels(world: World, camera: Camera, ground: Array) -> Array:
    """Light of every pixel (h, w, 3); `camera` has `FINER` times as many a side, `ground` is without the piece."""
    rays = camera.rays()
    samples = Samples(world, np.array(camera.eye), rays, visible(world, camera, rays), ground)
    whole = np.ones(ground.shape[:2], dtype=bool)
    picture = samples.light(FIRST, whole).reshape(ground.shape)
    busy = _uneven(picture) | _mixed(world, samples.ids)
    picture[busy] = (picture[busy] + samples.light(OTHERS, busy).sum(axis=0)) / FINER**2
    return picture


def _uneven(picture: Array) -> Mask:
    """Pixels that differ from one beside them by more than `EVEN` in any colour as a screen shows it."""
    shown = np.clip(picture, 0.0, 1.0) ** (1 / 2.2)
    found = np.zeros(picture.shape[:2], dtype=bool)
    across = (np.abs(np.diff(shown, axis=1)) > EVEN).any(axis=2)
    down = (np.abs(np.diff(shown, axis=0)) > EVEN).any(axis=2)
    found[:, 1:] |= across
    found[:, :-1] |= across
    found[1:] |= down
    found[:-1] |= down
    return found


def _mixed(world: World, ids: Index) -> Mask:
    """Pixels whose samples see different things."""
    owner = np.where(ids >= 0, world.owner[ids], -1)
    first = owner[::FINER, ::FINER]
    return np.asarray(np.any([owner[r::FINER, c::FINER] != first for r, c in OTHERS], axis=0))


def toned(light: Array) -> Array:
    """Linear light as the picture takes it: strong light rolled off softly towards white, so that mirrors of lamps keep their shape."""
    knee = 0.7
    over = np.maximum(light - knee, 0.0)
    return np.asarray(np.minimum(light, knee) + (1.0 - knee) * (1.0 - np.exp(-over / (1.0 - knee))))
