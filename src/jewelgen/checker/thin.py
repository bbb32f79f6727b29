"""The thinnest metal of each sort against its own limit: walls, hollow and broad walls, wires, prongs, raised lines,
metal between seats.

In: what was `Seen`, samples that belong to seats, what is known, a pack.  Out: `Check`s JG710 to JG714.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from jewelgen.checker import limits
from jewelgen.checker.broad import broad, enclosed
from jewelgen.checker.known import Known, nearest_part, nearest_parts, where
from jewelgen.checker.limits import Least
from jewelgen.checker.marks import lettered
from jewelgen.checker.report import Check, Seen, places, sampling
from jewelgen.checker.seats import parting
from jewelgen.checker.surface import Array, Index
from jewelgen.checker.thickness import Sort, sorts
from jewelgen.findings import Severity

SPOT = 0.05  # mm2: less thin metal than this is a facet of the mesh, not a place
ROUND_LETTERS = 0.2  # mm over and under the strokes: allowances of a master
PRONG = 0.2  # mm: metal further from all points of a prong is not its
PRONG_MOST = 6.0  # mm: no prong is thicker
MOST_THIN, MORE = (
    20_000,
    2_000,
)  # thin samples that are sorted; thicker ones, so that the least of each sort is known
Mask = NDArray[np.bool_]
_NAMES = {
    "wall": ("JG710", "thinnest wall"), "hollow": ("JG710", "thinnest wall of a hollow"),
    "wire": ("JG711", "thinnest wire"), "prong": ("JG712", "thinnest prong"),
    "relief": ("JG713", "thinnest raised line"), "seat": ("JG714", "metal between stones"),
}  # fmt: skip
_HINTS = {"JG713": "draw it wider, or engrave it after casting", "JG714": "a wider gap between the stones"}  # fmt: skip
HINT = "make it thicker, or make the part by hand"


@dataclass(frozen=True, slots=True, eq=False)
class _Sorted:
    """Samples with the word for their metal; each stands for `step` of its kind where it is thin."""

    here: Index
    words: NDArray[np.str_]
    step: int


def thin(seen: Seen, seated: Mask, known: Known, pack: str) -> Iterator[Check]:
    """The thinnest place of each sort of metal that there is; broad walls as a whole."""
    found = _sorted(seen, seated, known, pack)
    for word, (code, name) in _NAMES.items():
        mine = found.here[found.words == word]
        if not len(mine) and word in ("hollow", "seat"):
            continue  # no hollow, no two stones side by side: nothing to be measured
        yield _judged((code, name), mine, _least(word, known, pack), (seen, known, found.step))
    yield from broad(seen, found.here[found.words == "wall"], found.step, (known, pack))


def _sorted(seen: Seen, seated: Mask, known: Known, pack: str) -> _Sorted:
    """Every thin sample (of very many each so-manieth) and the thinnest of the rest, sorted."""
    wall = seen.wall
    most = max(limits.thinnest(s, False, pack, known.alloy).value for s in ("wall", "wire"))
    most = max(most, limits.of("broad_wall_min", pack).value)
    under = np.flatnonzero(wall < most)
    step = 1 + len(under) // MOST_THIN
    over = np.flatnonzero((wall >= most) & np.isfinite(wall))
    over = over[np.argsort(wall[over], kind="stable")]
    even = over[:: max(1, len(over) // MORE)]
    here = np.unique(np.concatenate((under[::step], over[:MORE], even)))
    return _Sorted(here, _words(seen, seated, known, here), step)


def _words(seen: Seen, seated: Mask, known: Known, here: Index) -> NDArray[np.str_]:
    """The sort of metal of samples; near a stone it is its prong or the metal between seats."""
    if not len(here):
        return np.array([], dtype=str)
    found = np.array(sorts(seen.scene, seen.samples, seen.wall, here), dtype="U6")
    points = seen.samples.points[here]
    found = np.where((found == "wall") & enclosed(seen, here), "hollow", found)
    for mark in known.marks:
        # Between the strokes of letters metal is thin over as much as they are deep. What cut strokes leave is no
        # raised line: the strokes themselves are judged (JG724).
        slim = (found == "wire") | (found == "relief")
        between = slim & lettered(points, mark, mark.deep + ROUND_LETTERS)
        found = np.where(between, "relief" if mark.how == "raise" else "letter", found)
    gripping = np.array([*(place.prong for place in known.places), False])  # -1: no part is near
    prongs = gripping[nearest_parts(known, points, PRONG)]
    # What is left of a shared prong between its two notches parts them; the prong is measured behind them (JG712).
    opposite = (
        points - np.minimum(seen.wall[here], PRONG_MOST)[:, None] * seen.samples.normals[here]
    )
    prongs &= ~parting(points, opposite, known)
    by_stones = np.where(seated[here], "seat" if len(known.seats) > 1 else found, found)
    return np.asarray(np.where(prongs, "prong", by_stones))


def _least(word: str, known: Known, pack: str) -> Least:
    if word == "seat":
        return limits.between_stones()
    sort = cast("Sort", "wire" if word == "prong" else word)
    return limits.thinnest(sort, word == "prong", pack, known.alloy)


def _judged(
    said: tuple[str, str], here: Index, least: Least, given: tuple[Seen, Known, int]
) -> Check:
    (seen, known, step), (code, name), wall = given, said, given[0].wall
    samples = seen.samples
    if not len(here):
        return Check(code, name, None, "mm", str(least), True, note=f"none found; {sampling(samples)}")  # fmt: skip
    under = here[wall[here] < least.value - known.chord]
    area = len(under) * step * samples.area
    passed = area < SPOT
    worst = int(here[np.argmin(wall[here])])
    value, point = float(wall[worst]), samples.points[worst]
    part = nearest_part(known, point)
    weight = least.weight(value, known.chord) if code == "JG713" else Severity.ERROR
    return Check(
        code, name, value, "mm", str(least), passed, weight,
        where=where(known, point), shortfall=0.0 if passed else max(0.0, least.value - value),
        places=() if passed else places(samples.points[under], wall[under]),
        note=_note(area, (samples.points[under], wall[under]), seen, known),
        hint="" if passed else _HINTS.get(code, HINT), part=part.name if part else "", least=least.value,
    )  # fmt: skip


def _note(area: float, under: tuple[Array, Array], seen: Seen, known: Known) -> str:
    """How much of the surface is under the limit, and where else."""
    samples = seen.samples
    if area == 0:
        return sampling(samples)
    share = 100 * area / (samples.area * len(samples.points))
    words = (
        f"{area:.2f} mm2 are under the limit, {_percent(share)} of the surface; {sampling(samples)}"
    )
    if area < SPOT:
        return words
    return words + "".join(f"; also at {where(known, np.array(at))}" for at in places(*under)[1:])


def _percent(share: float) -> str:
    """A share in plain figures, `less than 0.01 %` at the least."""
    if share < 0.01:
        return "less than 0.01 %"
    return f"{share:.0f} %" if share >= 10 else f"{share:.1f} %" if share >= 1 else f"{share:.2f} %"
