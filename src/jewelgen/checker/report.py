"""What a check found: every measure against its limit, and findings for what fails.

In: checks.  Out: `Report`, plain data for `check.json`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jewelgen.findings import Finding, Severity, Where


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was measured, what is allowed, whether it passed, where the worst place is.

    `measured` is in `unit` ("mm", "edges", ...), None where nothing came near the limit; `shortfall` in the same unit; `weight` says what failing means;
    `note` names sampling.
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
    point: tuple[float, float, float] | None = None
    hint: str = ""
    note: str = ""

    def finding(self, file: str) -> Finding:
        """The finding of a failed check."""
        at = f" at {self.where}" if self.where else ""
        said = f"{self.name}: {_number(self.measured)} {self.unit}{at}"
        return Finding(
            self.code, said, Where(file), self.weight, allowed=self.allowed, hint=self.hint
        )

    def row(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "code": self.code, "check": self.name, "measured": self.measured, "unit": self.unit,
            "allowed": self.allowed, "passed": self.passed, "severity": str(self.weight),
            "where": self.where, "shortfall": self.shortfall,
            "point_mm": list(self.point) if self.point else None, "note": self.note,
        }  # fmt: skip


def _number(value: float | None) -> str:
    if value is None:
        return "no"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.3g}"


@dataclass(frozen=True, slots=True)
class Report:
    """One file: its measures and its checks in order."""

    file: str
    role: str
    triangles: int
    extents: tuple[float, float, float]
    volume: float
    bore: float
    checks: tuple[Check, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One for each check that failed."""
        return tuple(check.finding(self.file) for check in self.checks if not check.passed)

    @property
    def ok(self) -> bool:
        """Whether no check failed that stops a file."""
        return all(check.passed or check.weight is not Severity.ERROR for check in self.checks)

    def row(self) -> dict[str, Any]:
        """Plain data for `check.json`."""
        return {
            "file": self.file, "role": self.role, "ok": self.ok, "triangles": self.triangles,
            "extents_mm": list(self.extents), "volume_mm3": self.volume,
            "bore_mm": self.bore or None, "checks": [check.row() for check in self.checks],
        }  # fmt: skip
