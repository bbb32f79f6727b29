"""The strands of a `Twist`: how far from the rail they run, how many turns they make, where they are."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.form import Twist
from jewelgen.piece.rail import axes, is_closed, length

Array = NDArray[np.float64]
_A_TURN = 64  # chords a turn; their shortness (1 - (pi/64)^2/6 = 4e-4 of the sagging share) is undone below


def strand_radius(twist: Twist) -> float:
    """Distance of a strand's centre line from the rail, mm: strands touch, or leave the core clear."""
    touching = twist.d / (2 * math.sin(math.pi / twist.n)) if twist.n > 1 else 0.0
    return max(touching, (twist.core + twist.d) / 2 if twist.core or twist.n == 1 else 0.0)


def turns(twist: Twist) -> float:
    """How many turns a strand makes; whole on a closed rail, so that it meets itself."""
    exact = length(twist.rail) / twist.pitch
    return float(max(1, round(exact))) if is_closed(twist.rail) else exact


def strand_line(twist: Twist, strand: int, t: Array) -> Array:
    """Points (n, 3) of the centre line of one strand at rail parameters `t`."""
    point, _, u, v = axes(twist.rail, t)
    phase = 2 * math.pi * (turns(twist) * t + strand / twist.n)
    r = strand_radius(twist)
    return np.asarray(point + r * (np.cos(phase)[:, None] * u + np.sin(phase)[:, None] * v))


def strand_length(twist: Twist, strand: int = 0) -> float:
    """Length of a strand's centre line in mm: chords at two steps, extrapolated (Richardson)."""
    n = _A_TURN * max(2, math.ceil(turns(twist)))
    fine = strand_line(twist, strand, np.linspace(0.0, 1.0, n + 1))
    near = float(np.linalg.norm(np.diff(fine, axis=0), axis=1).sum())
    wide = float(np.linalg.norm(np.diff(fine[::2], axis=0), axis=1).sum())
    return near + (near - wide) / 3
