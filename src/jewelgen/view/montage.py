"""Many pictures on one sheet, each with its name below it.

In: pixels of equal size with a name each.  Out: PNG. The same pictures give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from jewelgen.flat.outline import Path
from jewelgen.flat.segments import loop_points
from jewelgen.flat.text import text_path
from jewelgen.view.png import encode

Pixels = NDArray[np.uint8]
LETTERS, LANE = 8.0, 20  # pixels: height of capitals, of the lane they stand in
INK, PAPER = 40, 236  # of 255
FINER = 3  # samples a side of a pixel of letters


def montage(pictures: Sequence[tuple[str, Pixels]], columns: int) -> bytes:
    """A PNG of all pictures from left to right, row under row; empty places stay paper."""
    tiles = [np.vstack((picture, caption(name, picture.shape[1]))) for name, picture in pictures]
    tall, wide, _ = tiles[0].shape
    blank = np.full((tall, wide, 3), PAPER, dtype=np.uint8)
    tiles += [blank] * (-len(tiles) % columns)
    rows = [np.hstack(tiles[i : i + columns]) for i in range(0, len(tiles), columns)]
    return encode(np.vstack(rows))


def halved(picture: Pixels) -> Pixels:
    """A picture at half its size, each pixel the mean of four as light (2.2 is the power of a screen)."""
    light = (picture / 255.0) ** 2.2
    tall, wide, _ = picture.shape
    mean = light.reshape(tall // 2, 2, wide // 2, 2, 3).mean(axis=(1, 3))
    return np.asarray(np.round(mean ** (1 / 2.2) * 255), dtype=np.uint8)


def caption(text: str, wide: int) -> Pixels:
    """A lane of `wide` x `LANE` pixels with a text in its middle, smaller where it would not fit."""
    path = text_path(text, "sans", LETTERS)
    spots = np.array([p for loop in path.loops for p in loop_points(loop, 0.05)])
    scale = min(1.0, (wide - 8) / float(np.ptp(spots[:, 0])))
    step = (np.arange(wide * FINER) + 0.5) / FINER
    down = (np.arange(LANE * FINER) + 0.5) / FINER
    x, y = np.meshgrid((step - wide / 2) / scale, (LANE / 2 - down) / scale)
    inked = _covered(path, x.ravel(), y.ravel()).reshape(LANE, FINER, wide, FINER).mean(axis=(1, 3))
    grey = np.round(PAPER + inked * (INK - PAPER)).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def _covered(path: Path, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points the letters cover: in an odd number of loops."""
    found = np.zeros(len(x), dtype=bool)
    for loop in path.loops:
        ring = shapely.Polygon(loop_points(loop, 0.05))
        shapely.prepare(ring)
        found ^= shapely.contains_xy(ring, x, y)
    return found
