"""What a check found: every measure against its limit, and findings for what fails.

In: checks.  Out: `Report`, plain data for `check.json`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jewelgen.checker.bore import Bore
from jewelgen.checker.field import Field
from jewelgen.checker.rays import Scene
from jewelgen.checker.surface import Array
from jewelgen.findings import Finding, Fix, Severity, Where

Point = tuple[float, float, float]
APART, MOST_PLACES = 1.5, 6  # mm between places that are named each; how many are


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What was measured where: the surface, its samples, the metal under each in mm (infinite: no wall), the largest
    balls that fit there, the hole for a finger.
    """

    scene: Scene
    samples: Field
    wall: Array
    ball: Array
    bore: Bore | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was measured, what is allowed, whether it passed, where the worst place is.

    `measured` is in `unit` ("mm", "edges", ...), None where nothing came near the limit; `shortfall` in the same unit; `weight` says what failing means;
    `note` names sampling; `places` are the failing places in mm, the worst first, `point` the worst of all;
    `part` is the part there, `least` the mm that would pass; `waived`: why a shop lets it pass all the same.
    """

    code: str
    name: str
    measured: float | None
    unit: str
    allowed: str
    passed: bool
    weight: Severity = Severity.ERROR
    where: str = ""
    shortfall: float = 0.0
    places: tuple[Point, ...] = ()
    hint: str = ""
    note: str = ""
    part: str = ""
    least: float = 0.0
    waived: str = ""

    @property
    def stops(self) -> bool:
        """Whether it keeps the file back."""
        return not (self.passed or self.waived) and self.weight is Severity.ERROR

    @property
    def point(self) -> Point | None:
        """The worst place."""
        return self.places[0] if self.places else None

    def finding(self, file: str) -> Finding:
        """The finding of a failed check; of a waived one a warning with the reason."""
        at = f" at {self.where}" if self.where else ""
        said = f"{self.name}: {_number(self.measured)} {self.unit}{at}"
        place = Where(file, key=self.part)
        if self.waived:
            words = f"accepted: {self.waived}"
            return Finding(self.code, said, place, Severity.WARNING, self.allowed, words)
        fix = self._fix() if self.weight is Severity.ERROR else None
        return Finding(self.code, said, place, self.weight, self.allowed, self.hint, fix)

    def _fix(self) -> Fix | None:
        """The measure that would pass, where the part is known: somebody has to find its key and try it."""
        if not self.part or not self.least:
            return None
        return Fix(
            self.part, f"{self.least:g}", missing=self.shortfall if self.unit == "mm" else 0.0
        )

    def row(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "code": self.code, "check": self.name, "measured": self.measured, "unit": self.unit,
            "allowed": self.allowed, "passed": self.passed, "severity": str(self.weight),
            "where": self.where, "shortfall": self.shortfall,
            "point_mm": list(self.point) if self.point else None,
            "places_mm": [list(place) for place in self.places], "note": self.note, "waived": self.waived,
        }  # fmt: skip


def places(points: Array, values: Array) -> tuple[Point, ...]:
    """The worst point of each place, worst first: points nearer than `APART` to a worse one belong to it."""
    found: list[Array] = []
    left = np.argsort(values, kind="stable")
    while len(left) and len(found) < MOST_PLACES:
        found.append(points[left[0]])
        left = left[np.linalg.norm(points[left] - found[-1], axis=1) > APART]
    return tuple((float(x), float(y), float(z)) for x, y, z in found)


def sampling(samples: Field) -> str:
    """How many samples were taken, and of how many where that is fewer than wanted."""
    words = f"{len(samples.points)} samples"
    return f"{words} of {samples.asked} that the spacing wants" if samples.sparse else words


def _number(value: float | None) -> str:
    if value is None:
        return "no"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.3g}"


@dataclass(frozen=True, slots=True)
class Report:
    """One body of a file: its measures and its checks in order.

    `once`, said by the first: mm3 of all bodies of the file, where they share room, counted once.
    """

    file: str
    role: str
    triangles: int
    extents: tuple[float, float, float]
    volume: float
    bore: float
    checks: tuple[Check, ...]
    seen: Seen | None = field(default=None, compare=False, repr=False)
    once: float | None = None
    body: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One for each check that failed."""
        return tuple(check.finding(self.file) for check in self.checks if not check.passed)

    @property
    def ok(self) -> bool:
        """Whether nothing keeps the file back."""
        return not any(check.stops for check in self.checks)

    def row(self) -> dict[str, Any]:
        """Plain data for `check.json`."""
        return {
            "file": self.file, "role": self.role, "ok": self.ok, "triangles": self.triangles,
            "extents_mm": list(self.extents), "volume_mm3": self.volume,
            "bore_mm": self.bore or None, "volume_once_mm3": self.once, "body": self.body, "checks": [check.row() for check in self.checks],
        }  # fmt: skip
