"""Several bodies of one file held against each other: counted, run through each other, nested, how far apart.

In: the surfaces of a file, what is known, a pack.  Out: `Check`s JG704, JG705, JG707, JG715.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.spatial import cKDTree

from jewelgen.checker import limits
from jewelgen.checker.crossing import crossings
from jewelgen.checker.field import Field, field
from jewelgen.checker.integrity import turns
from jewelgen.checker.known import Known
from jewelgen.checker.nearest import distances
from jewelgen.checker.once import covered
from jewelgen.checker.rays import Scene, scene
from jewelgen.checker.report import Check
from jewelgen.checker.surface import Array, Surface
from jewelgen.findings import Severity

NEAR = 2.0  # mm: bodies further apart are no neighbours
ASKED = 200  # vertices whose distance is measured exactly
WHOLE = 1_000_000  # triangles up to which all are held against all


@dataclass(frozen=True, slots=True)
class _Met:
    """Two bodies that share room: their names, how deep one stands in the other, whether it lies in it whole."""

    names: str
    deep: float
    whole: bool


def between(
    surfaces: Sequence[Surface], known: Known, pack: str
) -> tuple[tuple[Check, ...], float | None]:
    """The checks, and the metal of all bodies counted once in mm3 where they share room.

    Parts of a model touch and overlap on purpose: of those nothing is asked.
    """
    if len(surfaces) < 2 or known.role == "model":
        return (), None
    pairs = [(i, j) for i, j in combinations(range(len(surfaces)), 2) if _near(surfaces[i], surfaces[j])]  # fmt: skip
    rays = {i: scene(surfaces[i]) for pair in pairs for i in pair}
    crossing = {p for p in pairs if _cross(surfaces[p[0]], surfaces[p[1]])}
    shared = [found for p in pairs if (found := _shared(p, surfaces, rays, p in crossing))]
    free = [p for p in pairs if p not in crossing and not _nested(surfaces, p)]
    checks = (
        _count(len(surfaces), known), *_sharing(shared),
        *_apart([(gap, _names(surfaces, p)) for p in free if (gap := _gap(surfaces, p)) < NEAR], known, pack),
    )  # fmt: skip
    if not shared:
        return checks, None
    every = scene(joined(surfaces))
    return checks, covered(every) if every else None


def joined(surfaces: Sequence[Surface]) -> Surface:
    """All bodies as one surface; their corners stay their own."""
    starts = np.cumsum([0, *(len(s.vertices) for s in surfaces[:-1])])
    triangles = [s.triangles + start for s, start in zip(surfaces, starts, strict=True)]
    return Surface(np.concatenate([s.vertices for s in surfaces]), np.concatenate(triangles))


def _near(a: Surface, b: Surface) -> bool:
    low = np.maximum(a.vertices.min(axis=0), b.vertices.min(axis=0))
    high = np.minimum(a.vertices.max(axis=0), b.vertices.max(axis=0))
    return bool((low - high < NEAR).all())


def _cross(a: Surface, b: Surface) -> bool:
    both = joined((a, b))
    found = crossings(both, 1 + len(both.triangles) // WHOLE)
    return bool(((found < len(a.triangles)).sum(axis=1) == 1).any())


def _nested(surfaces: Sequence[Surface], pair: tuple[int, int]) -> bool:
    """Whether one of two bodies that do not cross lies in the other."""
    a, b = (surfaces[i] for i in pair)
    return any(abs(turns(s.corners[0].mean(axis=0), t.corners)) > 0.5 for s, t in ((a, b), (b, a)))


def _shared(
    pair: tuple[int, int],
    surfaces: Sequence[Surface],
    rays: dict[int, Scene | None],
    crossing: bool,
) -> _Met | None:
    """How two bodies share room; None when they do not."""
    if not crossing and not _nested(surfaces, pair):
        return None
    one, two = (rays[i] for i in pair)
    deep = 0.0
    if one is not None and two is not None:
        fields = [field(each.surface, each.normals) for each in (one, two)]
        deep = max(_deep(fields[0], fields[1], two), _deep(fields[1], fields[0], one))
    return _Met(_names(surfaces, pair), deep, not crossing)


def _deep(mine: Field, other: Field, rays: Scene) -> float:
    """How deep the points of one body stand in the other, mm."""
    inside = mine.points[rays.inside(mine.points)]
    return float(cKDTree(other.points).query(inside)[0].max()) if len(inside) else 0.0


def _gap(surfaces: Sequence[Surface], pair: tuple[int, int]) -> float:
    """The least distance between two bodies in mm, from the nearest corners of each."""
    a, b = (surfaces[i] for i in pair)
    return min(_least(a, b), _least(b, a))


def _least(a: Surface, b: Surface) -> float:
    rough, _ = cKDTree(b.vertices).query(a.vertices)
    boxes = _outside(a.vertices, b)
    some = np.argsort(np.minimum(rough, boxes + 1e-9), kind="stable")[:ASKED]
    return float(distances(a.vertices[some], b, np.minimum(rough[some] + 1e-6, NEAR)).min())


def _outside(points: Array, b: Surface) -> Array:
    """How far points lie outside of a body's box."""
    low, high = b.vertices.min(axis=0), b.vertices.max(axis=0)
    return np.asarray(
        np.linalg.norm(np.maximum(np.maximum(low - points, points - high), 0.0), axis=1)
    )


def _names(surfaces: Sequence[Surface], pair: tuple[int, int]) -> str:
    return " and ".join(surfaces[i].name or f"body {i + 1}" for i in pair)


def _count(n: int, known: Known) -> Check:
    weight = Severity.ERROR if known.role else Severity.WARNING
    return Check(
        "JG704", "bodies of the file", float(n), "bodies", "one a file", False, weight,
        hint="export each by itself, or join them", shortfall=float(n - 1),
    )  # fmt: skip


def _sharing(shared: list[_Met]) -> list[Check]:
    """Bodies in each other, and bodies that cross, each with the deepest."""
    checks = []
    for code, name, whole, hint in (
        ("JG705", "bodies of the file that lie in each other", True, "take the inner one out, or cut it out as a hollow"),
        ("JG707", "bodies of the file that run through each other", False, "unite the bodies"),
    ):  # fmt: skip
        mine = sorted((m for m in shared if m.whole is whole), key=lambda m: (-m.deep, m.names))
        words = "; ".join(f"{m.names}, {m.deep:.2f} mm deep" for m in mine[:4])
        checks.append(Check(
            code, name, float(len(mine)), "pairs", "none", not mine, hint=hint if mine else "",
            shortfall=float(len(mine)), note=words,
        ))  # fmt: skip
    return checks


def _apart(gaps: list[tuple[float, str]], known: Known, pack: str) -> list[Check]:
    """The narrowest air between bodies that come out of one mold or print together."""
    if not gaps:
        return []
    gap, names = min(gaps)
    least = limits.of("moving_clearance_min", pack)
    passed = gap >= least.value - 2 * known.chord
    return [
        Check(
            "JG715", f"air between {names}", gap, "mm", str(least), passed, least.weight(gap, known.chord),
            shortfall=0.0 if passed else least.value - gap,
            hint="" if passed else "more play, or a file each: they grow together in print and casting",
        )
    ]  # fmt: skip
