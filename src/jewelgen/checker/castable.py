"""Checks of a casting master against a house's limits: walls, wires, prongs, relief, gaps, metal between
stones, the bore.

In: what was `Seen`, what is known, a pack.  Out: `Check`s.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from jewelgen.checker import limits
from jewelgen.checker.bore import bore
from jewelgen.checker.edges import edges
from jewelgen.checker.feeding import feeding
from jewelgen.checker.field import Field
from jewelgen.checker.hang import hanging
from jewelgen.checker.held import held
from jewelgen.checker.known import Known, nearest_part, nearest_parts, where
from jewelgen.checker.limits import Least
from jewelgen.checker.marks import lettered, marks
from jewelgen.checker.openings import openings
from jewelgen.checker.rays import Scene
from jewelgen.checker.report import Check, Seen, places, sampling
from jewelgen.checker.ring import ring_checks
from jewelgen.checker.surface import Array
from jewelgen.checker.thickness import sorts
from jewelgen.findings import Severity

SPOT = 0.05  # mm2: less thin metal than this is a facet of the mesh, not a place
ROUND = 0.02  # mm: the bore of a written file, of which a standard mesh's chords take half
AROUND_SEAT = 0.35  # mm beyond the girdle that belongs to the seat: graver and beads work here
ROUND_LETTERS = 0.2  # mm over and under the strokes: allowances of a master
PRONG = 0.2  # mm: metal further from all points of a prong is not its
MOST_THIN = 20_000
Mask = NDArray[np.bool_]
_NAMES = {"wall": ("JG710", "thinnest wall"), "wire": ("JG711", "thinnest wire"), "prong": ("JG712", "thinnest prong"), "relief": ("JG713", "thinnest raised line"), "seat": ("JG714", "metal between stones")}  # fmt: skip


def castable(seen: Seen, known: Known, pack: str) -> Iterator[Check]:
    """Every check of a pack on one body."""
    yield from _thin(seen, known, pack)
    yield from openings(seen, _seated(seen.samples.points, known), known, pack)
    yield from marks(seen.scene, known, pack)
    yield from held(seen.scene, known, pack)
    yield from feeding(seen, known)
    yield from hanging(seen, known)
    yield edges(seen, known, pack)
    if known.bore:
        yield _bore(seen.scene, known)
        yield from ring_checks(seen, known, pack)


def _thin(seen: Seen, known: Known, pack: str) -> Iterator[Check]:
    """The thinnest place of each sort against its own limit."""
    scene, samples, wall = seen.scene, seen.samples, seen.wall
    most = max(limits.thinnest(s, False, pack, known.alloy).value for s in ("wall", "wire"))
    thin = np.flatnonzero(wall < most)
    step = 1 + len(thin) // MOST_THIN
    thin = thin[::step]
    labels = _labels(scene, samples, known, wall, thin)
    for label, (code, name) in _NAMES.items():
        least = _least(label, known, pack)
        here = thin[labels == label]
        yield _judged((code, name), here, least, (samples, wall, known, step))


def _least(label: str, known: Known, pack: str) -> Least:
    if label == "seat":
        return limits.between_stones()
    if label == "prong":
        return limits.thinnest("wire", True, pack, known.alloy)
    return limits.thinnest(
        "wall" if label == "wall" else "wire" if label == "wire" else "relief", False, pack, known.alloy
    )  # fmt: skip


def _labels(
    scene: Scene, samples: Field, known: Known, wall: Array, thin: NDArray[np.int64]
) -> NDArray[np.str_]:
    """The sort of each thin sample; near a stone it is its prong or the metal between seats."""
    if not len(thin):
        return np.array([], dtype=str)
    found = np.array(sorts(scene, samples, wall, thin), dtype="U6")
    points = samples.points[thin]
    for (
        mark
    ) in known.marks:  # between the strokes of letters metal is thin over as much as they are deep
        between = (found == "wire") & lettered(points, mark, mark.deep + ROUND_LETTERS)
        found = np.where(between, "relief", found)
    gripping = np.array([*(place.prong for place in known.places), False])  # -1: no part is near
    prongs = gripping[nearest_parts(known, points, PRONG)]
    return np.where(prongs, "prong", np.where(_seated(points, known), "seat", found))


def _seated(points: Array, known: Known) -> Mask:
    """Samples within the reach of a stone's seat."""
    near = np.zeros(len(points), bool)
    for seat in known.seats:
        apart = points - np.array(seat.middle)
        up = apart @ np.array(seat.axis)
        out = np.linalg.norm(apart - up[:, None] * np.array(seat.axis), axis=1)
        deep = (up > -seat.below - AROUND_SEAT) & (up < seat.above + AROUND_SEAT)
        near |= deep & (out < seat.radius + AROUND_SEAT)
    return near


def _judged(
    said: tuple[str, str],
    here: NDArray[np.int64],
    least: Least,
    given: tuple[Field, Array, Known, int],
) -> Check:
    samples, wall, known, step = given
    code, name = said
    under = here[wall[here] < least.value - known.chord]
    area = len(under) * step * samples.area
    share = 100 * area / (samples.area * len(samples.points))
    weight = Severity.WARNING if code == "JG713" else Severity.ERROR
    passed = area < SPOT
    if not len(here):
        return Check(code, name, None, "mm", str(least), True, weight, note=sampling(samples))  # fmt: skip
    worst = int(here[np.argmin(wall[here])])
    point = samples.points[worst]
    found = () if passed else places(samples.points[under], wall[under])
    part = nearest_part(known, point)
    note = f"{area:.2f} mm2 are under the limit, {share:.2g} % of the surface; {sampling(samples)}"
    note += "".join(f"; also at {where(known, np.array(spot))}" for spot in found[1:])
    return Check(
        code, name, float(wall[worst]), "mm", str(least), passed, weight,
        where=where(known, point), shortfall=max(0.0, least.value - float(wall[worst])),
        places=found, note=note,
        hint="" if passed else "make it thicker, or make the part by hand",
        part=part.name if part else "", least=least.value,
    )  # fmt: skip


def _bore(scene: Scene, known: Known) -> Check:
    found = bore(scene)
    off = abs(found.diameter - known.bore) if found else known.bore
    most = ROUND + max(0.0, 2 * (known.chord - 0.01))
    return Check(
        "JG716", "bore", found.diameter if found else 0.0, "mm",
        f"{known.bore:.3f} mm, {most:g} either way", off <= most, shortfall=max(0.0, off - most),
        note=f"out of round by {found.ovality:.3f} mm" if found else "no hole for a finger was found",
        hint="" if off <= most else "the file is not the size that was ordered",
    )  # fmt: skip
