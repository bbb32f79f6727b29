"""Metal that faces metal across little air: slots that fill, and crevices where two faces meet at a sharp angle.

In: what was `Seen`, samples that belong to seats, what is known, a pack.  Out: `Check`s JG715.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.checker import limits
from jewelgen.checker.known import Known, nearest_part, nearest_parts, where
from jewelgen.checker.limits import Least
from jewelgen.checker.report import Check, Seen, places, sampling
from jewelgen.checker.slots import tapering
from jewelgen.checker.surface import Array, Index
from jewelgen.checker.thickness import OPPOSED
from jewelgen.findings import Severity

SPOT = 0.05  # mm2: less facing metal than this is a facet of the mesh, not a place
WEDGE = -0.94  # cosine between outward normals: faces more than 20 degrees from level are a crevice
RAILS = frozenset({"gallery", "base", "rail"})  # last words of the names of what ties prongs
NEAR = 2.0  # mm: rails further from what they face are no gap
OPEN, SHUT = (
    "open it, or close it and cut it after casting",
    "a fillet fills it; else it stays as cast",
)


@dataclass(frozen=True, slots=True, eq=False)
class _Facing:
    """Samples (indices) that look at other metal: how far in mm."""

    here: Index
    far: Array


def openings(seen: Seen, seated: NDArray[np.bool_], known: Known, pack: str) -> Iterator[Check]:
    """The narrowest opening, at gallery rails and elsewhere, and the narrowest crevice; seats are left out."""
    least, rail = limits.of("opening_min", pack), limits.of("gallery_rail_gap_min", pack)
    samples, scene = seen.samples, seen.scene
    far, face = scene.hits(samples.points, samples.normals)
    facing = np.einsum("ij,ij->i", scene.normals[face], samples.normals)
    met = (face >= 0) & (facing < OPPOSED) & ~seated
    level = met & (facing < WEDGE)
    narrow = np.flatnonzero(level & (far < max(least.value, rail.value) - known.chord))
    level[narrow[tapering(seen, narrow, far[narrow], max(least.value, rail.value))]] = False
    rails = level & _at_rails(seen, far, level, known)
    for name, mask, words, limit in (
        ("narrowest opening", level & ~rails, OPEN, least),
        ("narrowest gap at a gallery rail", rails, OPEN, rail),
        ("narrowest crevice", met & ~level, SHUT, least),
    ):
        here = np.flatnonzero(mask)
        if len(here) or name == "narrowest opening":
            yield _judged((name, words), _Facing(here, far[here]), seen, (known, limit))


def _at_rails(seen: Seen, far: Array, level: NDArray[np.bool_], known: Known) -> NDArray[np.bool_]:
    """Samples of which one side is a rail that ties prongs."""
    found = np.zeros(len(far), bool)
    rails = np.array([*(_is_rail(part.name) for part in known.places), False])  # -1: nobody's
    near = np.flatnonzero(level & (far < NEAR)) if rails.any() else np.zeros(0, int)
    if len(near):
        here = seen.samples.points[near]
        across = here + far[near, None] * seen.samples.normals[near]
        sides = [nearest_parts(known, points) for points in (here, across)]
        found[near] = (rails[sides[0]] | rails[sides[1]]) & (sides[0] != sides[1])
    return found


def _is_rail(name: str) -> bool:
    return name.rpartition(".")[2] in RAILS


def _judged(said: tuple[str, str], found: _Facing, seen: Seen, given: tuple[Known, Least]) -> Check:
    """An opening may be an error, a crevice is a note."""
    (name, hint), (known, least) = said, given
    samples = seen.samples
    if not len(found.here):
        note = f"no metal faces metal; {sampling(samples)}"
        return Check("JG715", name, None, "mm", str(least), True, Severity.WARNING, note=note)
    worst = int(np.argmin(found.far))
    value, point = float(found.far[worst]), samples.points[found.here[worst]]
    across = point + value * samples.normals[found.here[worst]]
    under = found.far < least.value - known.chord
    area = int(under.sum()) * samples.area
    weight = Severity.NOTE if hint == SHUT else least.weight(value, known.chord)
    tight = _Facing(found.here[under], found.far[under])
    part = nearest_part(known, point)
    note = f"{area:.2f} mm2 face each other nearer{_also(tight, seen, known)}; " if area else ""
    return Check(
        "JG715", name, value, "mm", str(least), area < SPOT, weight,
        where=_between(known, point, across), shortfall=max(0.0, least.value - value) if area >= SPOT else 0.0,
        hint=hint if area >= SPOT else "", note=note + sampling(samples),
        places=places(samples.points[tight.here], tight.far) if area >= SPOT else (),
        part=part.name if part else "",
    )  # fmt: skip


def _also(found: _Facing, seen: Seen, known: Known) -> str:
    """The parts that face each other there, most metal first."""
    if not known.places or not len(found.here):
        return ""
    points, ways = seen.samples.points[found.here], seen.samples.normals[found.here]
    count: dict[str, int] = {}
    for i in range(0, len(points), max(1, len(points) // 200)):
        pair = _pair(known, points[i], points[i] + found.far[i] * ways[i])
        count[pair] = count.get(pair, 0) + 1
    return f" ({', '.join(sorted(count, key=lambda pair: (-count[pair], pair))[:4])})"


def _pair(known: Known, here: Array, there: Array) -> str:
    parts = {part.name for at in (here, there) if (part := nearest_part(known, at))}
    return " and ".join(sorted(parts))


def _between(known: Known, here: Array, there: Array) -> str:
    """The place, with both parts when they are two."""
    place, pair = where(known, here), _pair(known, here, there)
    part = nearest_part(known, here)
    return place.replace(part.name, pair, 1) if part and " and " in pair else place
