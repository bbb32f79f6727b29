"""Words on a picture: glyphs of the shipped font, each drawn once.

In: (height, width, 3) colours.  Out: the same array with words on it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.font import font_named
from jewelgen.flat.polygons import islands
from jewelgen.flat.region import within
from jewelgen.flat.text import drawn, ink, placed, readable

Array = NDArray[np.floating]
FONT, TALL = "sans", 9.0  # capitals in pixels
FINER = 4  # samples a side of a pixel, and places of a glyph between two pixels


def written(picture: Array, words: str, at: tuple[float, float], colour: Array) -> None:
    """Write on `picture` from its pixel `at` (left end, middle of the capitals); what runs off is cut.

    Raises `DesignError` JG240 for characters that the shipped font lacks.
    """
    face = font_named(FONT)
    scale = TALL / face.cap
    for glyph, x in placed(readable(words, face), face):
        _stamp(picture, glyph, at[0] + scale * x, round(at[1] + TALL / 2), colour)


def _stamp(picture: Array, glyph: str, x: float, base: int, colour: Array) -> None:
    column, rest = divmod(round(FINER * x), FINER)
    left, top, share = _glyph(glyph, rest)
    row, column = base + top, column + left
    high, wide = share.shape
    y, x0 = max(row, 0), max(column, 0)
    y2, x2 = min(row + high, picture.shape[0]), min(column + wide, picture.shape[1])
    if y2 <= y or x2 <= x0:
        return
    part = share[y - row : y2 - row, x0 - column : x2 - column, None]
    picture[y:y2, x0:x2] = picture[y:y2, x0:x2] * (1 - part) + part * colour


@lru_cache(maxsize=512)
def _glyph(glyph: str, rest: int) -> tuple[int, int, Array]:
    """Column and row of the glyph's corner from its origin on the base line, and how much of each pixel it fills."""
    face = font_named(FONT)
    loops = drawn(glyph, face, TALL / face.cap, (rest / FINER, 0.0))
    if not loops:
        return 0, 0, np.zeros((0, 0))
    path = islands(loops)
    box = ink(path)
    left, right = int(np.floor(box.left)), int(np.ceil(box.right))
    low, high = int(np.floor(box.low)), int(np.ceil(box.high))
    v, u = np.mgrid[0 : (high - low) * FINER, 0 : (right - left) * FINER]
    inside = within(path, left + (u.ravel() + 0.5) / FINER, high - (v.ravel() + 0.5) / FINER)
    share = inside.reshape(high - low, FINER, right - left, FINER).mean(axis=(1, 3))
    return left, -high, share
