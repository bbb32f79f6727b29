"""Engraving and relief as they were written: width, depth and their ratio against a house's limits.

In: a `Scene`, what is known of marks, a pack.  Out: `Check`s JG724.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.packs import limit
from jewelgen.checker import limits
from jewelgen.checker.heights import Strokes, strokes
from jewelgen.checker.known import Known, Marked, where
from jewelgen.checker.limits import Least
from jewelgen.checker.rays import Scene
from jewelgen.checker.report import Check
from jewelgen.checker.surface import Array
from jewelgen.findings import Severity

COPIES = 4  # of a mark that is repeated: equal ones are cut alike
STEP = 0.02  # mm between the rays that measure
KEPT = 0.8  # of the depth that was drawn must be there: a part beside it may fill a cut again


@dataclass(frozen=True, slots=True)
class _Place:
    """What all checks of one mark say alike."""

    said: str
    strokes: Strokes
    words: str
    note: str


def marks(scene: Scene, known: Known, pack: str) -> Iterator[Check]:
    """Four checks of a mark that was cut, two of one that was raised, one more of letters; of equal copies the finest."""
    for name in dict.fromkeys(mark.name for mark in known.marks):
        copies = [mark for mark in known.marks if mark.name == name]
        looked = copies[:COPIES]
        found = [made for mark in looked if (made := strokes(scene, mark))]
        if not found:
            yield _missing(name, looked[0])
            continue
        finest = min(found, key=lambda made: made.width)
        note = f"{len(looked)} of {len(copies)} copies measured" if len(copies) > COPIES else ""
        place = _Place(name, finest, where(known, np.array(finest.point)), note)
        yield from _judged(place, looked[0], pack)


def _missing(name: str, mark: Marked) -> Check:
    """A mark that the piece names and the file does not show."""
    return Check(
        "JG724", f"{name}: strokes", 0.0, "mm", f"{mark.deep:.2f} mm deep", False,
        note="the surface is plain there", hint="export the file again, with its marks",
    )  # fmt: skip


def _judged(place: _Place, mark: Marked, pack: str) -> Iterator[Check]:
    made = place.strokes
    yield _least(place, ("finest stroke", made.width), limits.of("engrave_width_min", pack))
    if mark.tall:
        yield _least(place, ("height of capitals", mark.tall), limits.of("cap_height_min", pack))
    if mark.how == "raise":
        yield _least(place, ("relief height", made.shallow), limits.of("emboss_height_min", pack))
        return
    depth = limits.of("engrave_depth_min", pack)
    yield _least(place, ("depth of cut", made.deep), depth)
    drawn = Least(KEPT * mark.deep, "as drawn", mark.name, f"{mark.deep:.2f} mm were drawn")
    yield _least(place, ("shallowest tenth", made.shallow), drawn)
    yield _ratio(place, pack)


def _least(place: _Place, measure: tuple[str, float], least: Least) -> Check:
    """An error where a house publishes what it takes; else a warning: it pours, but it will not be read."""
    name, value = measure
    passed = value >= least.value - STEP
    return Check(
        "JG724", f"{place.said}: {name}", value, "mm", str(least), passed, least.weight(value, STEP / 2),
        where=place.words, shortfall=max(0.0, least.value - value), note=place.note,
        places=() if passed else (place.strokes.point,),
        hint="" if passed else "larger or bolder letters, or cut them after casting",
    )  # fmt: skip


def _ratio(place: _Place, pack: str) -> Check:
    """Deeper than wide is a warning; an error where a house publishes from where on the fins shear."""
    most, fail = limit("depth_over_width_max", pack), limit("engrave_depth_over_width_fail", pack)
    ratio, slack = place.strokes.ratio, STEP / place.strokes.width
    passed = ratio <= most.value + slack
    broken = fail.fact.st in limits.PUBLISHED and ratio > max(fail.value, most.value) + slack
    return Check(
        "JG724", f"{place.said}: depth over width", ratio, "to 1",
        f"at most {most.value:g} ({most.pack}: depth_over_width_max; {most.source}); fins of investment shear from {fail.value:g}",
        passed, Severity.ERROR if broken else Severity.WARNING,
        where=place.words, shortfall=max(0.0, ratio - most.value), note=place.note,
        places=() if passed else (place.strokes.point,),
        hint="" if passed else "cut it shallower, or after casting",
    )  # fmt: skip


def lettered(points: Array, mark: Marked, deep: float) -> NDArray[np.bool_]:
    """Points within the artwork's box and `deep` mm of its ground."""
    rows = np.array(mark.rows)
    local = (points - rows[:, 3]) @ rows[:, :3]
    if mark.bend:
        radius, side = abs(mark.bend), 1.0 if mark.bend > 0 else -1.0
        x, z = local[:, 0], side * local[:, 2] + radius
        local[:, 0], local[:, 2] = radius * np.arctan2(x, z), side * (np.hypot(x, z) - radius)
    x0, y0, x1, y1 = mark.box
    within = (local[:, 0] > x0) & (local[:, 0] < x1) & (local[:, 1] > y0) & (local[:, 1] < y1)
    return np.asarray(within & (np.abs(local[:, 2]) < deep))
