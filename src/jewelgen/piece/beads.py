"""Beads raised on metal: their caps in closed form, and whether one stands on a plain flat.

In: `Beads`, bodies near it.  Out: mm3.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from jewelgen.piece.bodies import Placed, Solid, to_local, to_world
from jewelgen.piece.form import Plate
from jewelgen.piece.mark import Beads

_ROUND = 48  # places round a bead's foot
_LEVEL = 1e-6  # mm


def cap(beads: Beads) -> float:
    """mm3 of one bead over a flat: the ball less the cap sunk in it, pi h^2 (3 r - h) / 3."""
    r, h = beads.d / 2, beads.bite
    return 4 / 3 * math.pi * r**3 - math.pi * h * h * (3 * r - h) / 3


def foot(beads: Beads) -> float:
    """Radius in mm of the widest the bead is in or over the metal."""
    r = beads.d / 2
    return r if beads.bite >= r else math.sqrt(max(2 * r * beads.bite - beads.bite**2, 0.0))


def on_flat(bead: Placed, hosts: Sequence[Solid], tools: Sequence[Placed]) -> float | None:
    """The closed form for a bead whose whole foot stands on one side of one plate; None for any other."""
    form = bead.shape
    if not isinstance(form, Beads) or len(hosts) != 1 or tools:
        return None
    body = hosts[0].body
    if not isinstance(body.shape, Plate) or body.shape.draft:
        return None
    a = np.linspace(0.0, 2 * math.pi, _ROUND, endpoint=False)
    ring = np.column_stack((foot(form) * np.cos(a), foot(form) * np.sin(a), np.zeros(_ROUND)))
    world = to_world(bead.frame, ring)
    level = to_local(body.frame, world)[:, 2]
    up = 0.0 if np.abs(level).max() < _LEVEL else body.shape.t
    if np.abs(level - up).max() > _LEVEL:
        return None
    below = to_world(bead.frame, ring - (0.0, 0.0, min(form.bite, body.shape.t) / 2))
    return cap(form) if body.contains(below).all() else None


def clear_of(bead: Placed, others: Sequence[Placed]) -> bool:
    """Whether a bead touches none of the others, all of them beads."""
    form = bead.shape
    if not isinstance(form, Beads):
        return False
    return all(
        isinstance(other.shape, Beads)
        and math.dist(bead.frame.origin, other.frame.origin) >= (form.d + other.shape.d) / 2
        for other in others
    )
