"""Blind holes under stones: investment that reaches deep into one stands as a pin and breaks off.

In: a `Scene`, what is known of stones, a pack.  Out: `Check`s JG734.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from jewelgen.catalog.packs import CAUTIOUS, limit
from jewelgen.checker.known import Known, Seat, where
from jewelgen.checker.rays import Scene
from jewelgen.checker.report import Check
from jewelgen.checker.seats import directions
from jewelgen.findings import Severity

RIM = 1.25  # of the girdle: where the metal round a hole is felt for
UP = 3.0  # mm over the girdle from where it is felt for


def pits(scene: Scene, known: Known, pack: str) -> Iterator[Check]:
    """The deepest hole under a stone that does not go through; a note, a warning where the named house limits it."""
    most = limit("blind_hole_depth_max", pack)
    found = [(deep, s) for s in known.seats if s.here and not s.open and (deep := _depth(scene, s))]
    if not found:
        return
    deep, seat = max(found, key=lambda item: item[0])
    passed = deep <= most.value + 2 * known.chord
    own = most.pack == pack != CAUTIOUS
    middle = np.array(seat.middle)
    yield Check(
        "JG734", f"deepest blind hole under a stone ({seat.name})", deep, "mm",
        f"at most {most.value:g} mm ({most.pack}: {most.key}; {most.source})", passed,
        Severity.WARNING if own else Severity.NOTE, where=where(known, middle),
        shortfall=max(0.0, deep - most.value), places=() if passed else (seat.middle,),
        hint="" if passed else "let it go through, or mark it shallow and drill it at the bench",
    )  # fmt: skip


def _depth(scene: Scene, seat: Seat) -> float:
    """mm from the metal round the stone down to the ground of its hole; 0 where it goes through or is none."""
    axis, middle = np.array(seat.axis), np.array(seat.middle)
    ways, reach = directions(seat)
    ground, face = scene.hits((middle + seat.girdle * axis)[None], -axis[None])
    if not np.isfinite(ground[0]) or scene.normals[face[0]] @ axis < 0:
        return 0.0
    if (
        ground[0] > seat.girdle + 2 * max(seat.below, 0.1) + UP
    ):  # the far side of the ring, or of a basket
        return 0.0
    round_ = middle + UP * axis + RIM * reach[:, None] * ways
    down, _ = scene.hits(round_, np.tile(-axis, (len(round_), 1)))
    near = down[np.isfinite(down) & (down < UP + ground[0])]
    if len(near) < len(ways) / 2:  # open on its sides: no hole
        return 0.0
    return float(max(0.0, ground[0] - seat.girdle + UP - np.median(near)))
