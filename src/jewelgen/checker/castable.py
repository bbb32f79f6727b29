"""Checks of a casting master against a house's limits: walls, wires, prongs, relief, gaps, metal between
stones, the bore.

In: a `Scene`, a `Field`, what is known, a pack.  Out: `Check`s.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from jewelgen.checker import limits
from jewelgen.checker.bore import bore
from jewelgen.checker.field import Field, field
from jewelgen.checker.known import Known, nearest_part, where
from jewelgen.checker.limits import Least
from jewelgen.checker.rays import Scene
from jewelgen.checker.report import Check
from jewelgen.checker.surface import Array
from jewelgen.checker.thickness import OPPOSED, sorts, thickness
from jewelgen.findings import Severity

SPOT = 0.05  # mm2: less thin metal than this is a facet of the mesh, not a place
ROUND = 0.02  # mm: the bore of a written file, of which a standard mesh's chords take half
AROUND_SEAT = 0.35  # mm beyond the girdle that belongs to the seat: graver and beads work here
PRONG = 0.2  # mm: metal further from all points of a prong is not its
MOST_THIN = 20_000
Mask = NDArray[np.bool_]
_NAMES = {"wall": ("JG710", "thinnest wall"), "wire": ("JG711", "thinnest wire"), "prong": ("JG712", "thinnest prong"), "relief": ("JG713", "thinnest raised line"), "seat": ("JG714", "metal between stones")}  # fmt: skip


def castable(scene: Scene, known: Known, pack: str) -> Iterator[Check]:
    """Every check of a pack on one body."""
    samples = field(scene.surface, scene.normals)
    yield from _thin(scene, samples, known, pack)
    yield from _gaps(scene, samples, known, pack)
    if known.bore:
        yield _bore(scene, known)


def _sampling(samples: Field) -> str:
    words = f"{len(samples.points)} samples"
    return f"{words} of {samples.asked} that the spacing wants" if samples.sparse else words


def _thin(scene: Scene, samples: Field, known: Known, pack: str) -> Iterator[Check]:
    """The thinnest place of each sort against its own limit."""
    wall = thickness(scene, samples).wall
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
    prongs = np.array([bool((p := nearest_part(known, at, PRONG)) and p.prong) for at in points])
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
    weight = Severity.WARNING if code == "JG713" else Severity.ERROR
    passed = area < SPOT
    if not len(here):
        return Check(code, name, None, "mm", str(least), True, weight, note=_sampling(samples))  # fmt: skip
    worst = int(here[np.argmin(wall[here])])
    point = samples.points[worst]
    note = f"{area:.2f} mm2 are under the limit; {_sampling(samples)}"
    return Check(
        code, name, float(wall[worst]), "mm", str(least), passed, weight,
        where=where(known, point), shortfall=max(0.0, least.value - float(wall[worst])),
        point=(float(point[0]), float(point[1]), float(point[2])), note=note,
        hint="" if passed else "make it thicker, or make the part by hand",
    )  # fmt: skip


def _gaps(scene: Scene, samples: Field, known: Known, pack: str) -> Iterator[Check]:
    """Narrow openings: resin and investment do not flow through them, and a polisher cannot follow."""
    least = limits.of("opening_min", pack)
    far, face = scene.hits(samples.points, samples.normals)
    facing = np.einsum("ij,ij->i", scene.normals[face], samples.normals)
    narrow = (face >= 0) & (facing < OPPOSED) & (far < least.value - known.chord)
    narrow &= ~_seated(samples.points, known)
    here = np.flatnonzero(narrow)
    area = len(here) * samples.area
    if not len(here):
        yield Check("JG715", "narrowest opening", None, "mm", str(least), True, Severity.WARNING, note=_sampling(samples))  # fmt: skip
        return
    worst = int(here[np.argmin(far[here])])
    yield Check(
        "JG715", "narrowest opening", float(far[worst]), "mm", str(least), area < SPOT,
        Severity.WARNING, where(known, samples.points[worst]), least.value - float(far[worst]),
        hint="open it, or close it and cut it after casting",
        note=f"{area:.2f} mm2 face each other nearer; {_sampling(samples)}",
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
