"""Studio light: a procedural surrounding of soft boxes over a pale floor, the same for metal and stones.

In: directions.  Out: linear light in each. z is up, the camera looks towards +y from -y.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
# Lamps: middle (azimuth from -y towards +x, height) and half size in degrees, strength, softness in degrees.
# The last two are dark cards, which give round metal its edges.
_LAMPS = (
    ((-52.0, 40.0), (30.0, 26.0), 2.9, 12.0),
    ((64.0, 25.0), (14.0, 38.0), 2.2, 7.0),
    ((0.0, 84.0), (180.0, 16.0), 2.0, 14.0),
    ((165.0, 30.0), (40.0, 14.0), 1.5, 10.0),
    ((-8.0, 10.0), (34.0, 13.0), 0.75, 26.0),
    ((105.0, 0.0), (9.0, 60.0), -0.30, 16.0),
    ((-112.0, 0.0), (9.0, 60.0), -0.30, 16.0),
)
_WARM, _COOL = np.array((1.03, 1.0, 0.965)), np.array((0.97, 1.0, 1.04))


def light(directions: Array) -> Array:
    """Linear RGB light from unit `directions` (n, 3)."""
    height = np.degrees(np.arcsin(np.clip(directions[:, 2], -1.0, 1.0)))
    azimuth = np.degrees(np.arctan2(directions[:, 0], -directions[:, 1]))
    base = np.interp(
        height, (-90, -45, -20, -8, 0, 12, 40, 90), (0.85, 0.78, 0.62, 0.40, 0.34, 0.52, 0.62, 0.80)
    ).astype(directions.dtype)
    warm, cool = _WARM.astype(base.dtype), _COOL.astype(base.dtype)
    total = base[:, None] * (warm + (cool - warm) * ((height + 90.0) / 180.0)[:, None])
    for middle, half, strength, soft in _LAMPS:
        glow = _edge(np.abs(height - middle[1]) - half[1], soft)
        if half[0] < 180.0:
            # Azimuth counts as much as it spans in the sky, so that lamps keep their width going up.
            side = np.abs((azimuth - middle[0] + 180.0) % 360.0 - 180.0)
            glow = glow * _edge(side * np.cos(np.radians(height)) - half[0], soft)
        total += strength * glow[:, None] * warm
    return np.asarray(np.maximum(total, 0.03))


def _edge(beyond: Array, soft: float) -> Array:
    """1 within, 0 outside, smooth over `soft` degrees."""
    t = np.clip(0.5 - beyond / soft, 0.0, 1.0)
    return np.asarray(t * t * (3.0 - 2.0 * t))
