"""How a pendant hangs, on the surface that was written: its weight under its bail, room for the chain to pass.

In: what was `Seen`, what is known.  Out: `Check`s JG728.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import ndimage

from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.facts import fact
from jewelgen.checker.known import Known, Place, where
from jewelgen.checker.rays import Scene
from jewelgen.checker.report import Check, Seen
from jewelgen.checker.surface import Array, Surface
from jewelgen.findings import CatalogError, Severity

SHARE = 0.04  # of the width: further aside, it is seen to hang crooked
PITCH = 0.05  # mm between the rays that look for the way through
BESIDE = 1.2  # mm about the bail's own points: what closes its opening stands there
FINE = 10.0  # density where the alloy is not known: stones are light beside any metal


def hanging(seen: Seen, known: Known) -> Iterator[Check]:
    """Weight aside of what it hangs from, weight above it, and the opening of a bail."""
    if known.hang and known.whole:
        yield from _poise(seen.scene.surface, known)
    eyes = [part for part in known.places if part.eye]
    if eyes:
        top = max(eyes, key=lambda part: max(p[1] for p in part.points))
        yield _opening(seen.scene, top, known)


def _poise(surface: Surface, known: Known) -> Iterator[Check]:
    centre = centre_of_mass(surface, known)
    hang = np.array(known.hang)
    most = SHARE * surface.extents[0]
    aside, above = float(abs(centre[0] - hang[0])), float(centre[1] - hang[1])
    for name, value, limit, words, hint in (
        ("weight aside of what it hangs from", aside, most, f"{most:.2f} mm at most, {100 * SHARE:g} % of the width", "move the bail over the weight"),
        ("weight above what it hangs from", above, 0.0, "below it", "set the bail higher"),
    ):  # fmt: skip
        yield Check(
            "JG728", name, value, "mm", words, value <= limit, Severity.WARNING,
            where=where(known, centre), shortfall=max(0.0, value - limit),
            hint="" if value <= limit else hint,
        )  # fmt: skip


def centre_of_mass(surface: Surface, known: Known) -> Array:
    """Of the enclosed metal (divergence theorem) and the stones, in mm."""
    middle = (surface.vertices.max(axis=0) + surface.vertices.min(axis=0)) / 2
    parts = surface.signed_volumes() / 6.0
    centres = (surface.corners - middle).sum(axis=1) / 4.0
    volume = float(parts.sum())
    grams = volume * _density(known.alloy) / 1000.0
    moment = grams * (middle + parts @ centres / volume)
    for seat in known.seats:
        at = np.array(seat.middle) + (seat.above - seat.below) / 2 * np.array(seat.axis)
        moment = moment + seat.grams * at
        grams += seat.grams
    return np.asarray(moment / grams)


def _density(alloy_id: str) -> float:
    try:
        return alloy(alloy_id).density_g_cm3 if alloy_id else FINE
    except CatalogError:
        return FINE


def _opening(scene: Scene, bail: Place, known: Known) -> Check:
    wide, clear = (
        fact("bench_rules", f"bail_chain.{key}").number
        for key in ("typical_chain_width_mm", "clearance_over_fitting")
    )
    room = passage(scene, np.array(bail.points))
    passed = room >= wide + clear - 2 * PITCH
    return Check(
        "JG728", f"way for the chain through {bail.name}", room, "mm",
        f"at least {wide + clear:g} mm: a chain of {wide:g} mm and {clear:g} mm to spare",
        passed, Severity.WARNING, where=where(known, np.array(bail.points).mean(axis=0)),
        shortfall=max(0.0, wide + clear - room), hint="" if passed else "a larger bail",
    )  # fmt: skip


def passage(scene: Scene, points: Array) -> float:
    """The widest round rod, mm, that goes straight through the opening among `points` along x, y or z; 0: none."""
    return max(_through(scene, points.min(axis=0), points.max(axis=0), axis) for axis in range(3))


def _through(scene: Scene, low: Array, high: Array, axis: int) -> float:
    """Rays along an axis through the box: the free field that metal encloses, and the circle that fits in it."""
    u, v = (axis + 1) % 3, (axis + 2) % 3
    across = np.arange(low[u] - BESIDE, high[u] + BESIDE, PITCH)
    up = np.arange(low[v] - BESIDE, high[v] + BESIDE, PITCH)
    starts = np.zeros((len(across), len(up), 3))
    starts[..., u], starts[..., v] = across[:, None], up[None, :]
    starts[..., axis] = low[axis] - BESIDE
    way = np.zeros(3)
    way[axis] = 1.0
    flat = starts.reshape(-1, 3)
    far, _ = scene.hits(flat, np.tile(way, (len(flat), 1)))
    free = (far > high[axis] - low[axis] + 2 * BESIDE).reshape(starts.shape[:2])
    label, _ = ndimage.label(free)
    rim = np.concatenate((label[0], label[-1], label[:, 0], label[:, -1]))
    closed = free & ~np.isin(label, np.unique(rim))
    if not closed.any():
        return 0.0
    return 2 * float(ndimage.distance_transform_edt(closed).max()) * PITCH
