"""Metal that faces metal across little air: slots that fill, and crevices where two faces meet at a sharp angle.

In: what was `Seen`, samples that belong to seats, what is known, a pack.  Out: `Check`s JG715.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.checker import limits
from jewelgen.checker.known import Known, nearest_part, where
from jewelgen.checker.limits import Least
from jewelgen.checker.report import Check, Seen, places, sampling
from jewelgen.checker.surface import Array, Index
from jewelgen.checker.thickness import OPPOSED
from jewelgen.findings import Severity

SPOT = 0.05  # mm2: less facing metal than this is a facet of the mesh, not a place
WEDGE = -0.94  # cosine between outward normals: faces more than 20 degrees from level are a crevice


@dataclass(frozen=True, slots=True, eq=False)
class _Facing:
    """Samples (indices) that look at metal nearer than the limit: how far in mm, which triangle they see."""

    here: Index
    far: Array
    face: Index


def openings(seen: Seen, seated: NDArray[np.bool_], known: Known, pack: str) -> Iterator[Check]:
    """The narrowest opening (a warning) and the narrowest crevice (a note); seats of stones are left out."""
    least = limits.of("opening_min", pack)
    samples, scene = seen.samples, seen.scene
    far, face = scene.hits(samples.points, samples.normals)
    facing = np.einsum("ij,ij->i", scene.normals[face], samples.normals)
    narrow = (face >= 0) & (facing < OPPOSED) & (far < least.value - known.chord) & ~seated
    level = narrow & (facing < WEDGE)
    for name, mask, weight, hint in (
        ("narrowest opening", level, Severity.WARNING, "open it, or close it and cut it after casting"),
        ("narrowest crevice", narrow & ~level, Severity.NOTE, "a fillet fills it; else it stays as cast"),
    ):  # fmt: skip
        here = np.flatnonzero(mask)
        found = _Facing(here, far[here], face[here])
        yield _judged((name, hint, weight), found, seen, (known, least))


def _judged(
    said: tuple[str, str, Severity], found: _Facing, seen: Seen, given: tuple[Known, Least]
) -> Check:
    (name, hint, weight), (known, least) = said, given
    samples = seen.samples
    area = len(found.here) * samples.area
    if area < SPOT:
        narrowest = float(found.far.min()) if len(found.far) else None
        return Check(
            "JG715", name, narrowest, "mm", str(least), True, weight, note=sampling(samples)
        )
    worst = int(np.argmin(found.far))
    point = samples.points[found.here[worst]]
    across = point + found.far[worst] * samples.normals[found.here[worst]]
    return Check(
        "JG715", name, float(found.far[worst]), "mm", str(least), False, weight,
        where=_between(known, point, across), shortfall=least.value - float(found.far[worst]),
        hint=hint, places=places(samples.points[found.here], found.far),
        note=f"{area:.2f} mm2 face each other nearer{_also(found, seen, known)}; {sampling(samples)}",
    )  # fmt: skip


def _also(found: _Facing, seen: Seen, known: Known) -> str:
    """The parts that face each other there, most metal first."""
    if not known.places:
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
