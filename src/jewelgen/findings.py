"""What jewelgen has to say about a design, a solid or a file, and the errors that carry it.

In: nothing.  Out: `Finding` (one remark with its place, what is allowed and a fix) and the exception tree.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: errors stop the files of a piece, warnings and notes never do."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a text (1-based line and column, 0 when unknown) and the key path it concerns."""

    file: str = ""
    line: int = 0
    column: int = 0
    key: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return ": ".join(part for part in (place, self.key) if part)


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that removes the finding: write `value` (TOML text) at `key`; `tried` when it was rebuilt.

    `grams`: what the finished metal then weighs more (less when negative); None when that is not known.
    `missing`: by how many mm what was measured falls short of `value`; 0 where nobody measured it.
    """

    key: str
    value: str
    tried: bool = False
    grams: float | None = None
    missing: float = 0.0

    def __str__(self) -> str:
        cost = f" ({self.grams:+.2f} g)" if self.grams is not None else ""
        return f"{self.key} = {self.value}{cost}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: code (`JGnnn`), what is wrong with the number, where, what is allowed, a way out."""

    code: str
    message: str
    where: Where = field(default_factory=Where)
    severity: Severity = Severity.ERROR
    allowed: str = ""
    hint: str = ""
    fix: Fix | None = None

    def __str__(self) -> str:
        place = str(self.where)
        head = f"{place}: " if place else ""
        lines = [f"{head}{self.severity} {self.code}: {self.message}"]
        # A message that names the range already need not say it twice.
        parts = (part for part in (self.allowed, self.hint) if part and part not in self.message)
        help_text = "; ".join(parts)
        if help_text:
            lines.append(f"  help: {help_text}")
        if self.fix:
            lines.append(f"  fix: {self.fix}")
        return "\n".join(lines)


class JewelgenError(Exception):
    """The root of everything jewelgen raises on purpose; `findings` say all that is wrong at once."""

    exit_code = 1

    def __init__(self, findings: Finding | Iterable[Finding]) -> None:
        self.findings: tuple[Finding, ...] = (
            (findings,) if isinstance(findings, Finding) else tuple(findings)
        )
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type[JewelgenError], tuple[tuple[Finding, ...]]]:
        return (type(self), (self.findings,))


class DesignError(JewelgenError):
    """The text of a design or an order cannot be read, resolved or composed."""


class MakeError(JewelgenError):
    """The piece cannot be made as described."""


class GeometryError(JewelgenError):
    """A kernel returned something that could not be proved."""


class CatalogError(JewelgenError):
    """A fact that was asked for is not in the catalog."""


def shortened(value: object, most: int = 40) -> str:
    """A value as text, cut with an ellipsis where it is longer than a message should be."""
    text = str(value)
    return text if len(text) <= most else f"{text[: most - 1]}\u2026"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or an empty string when none is near."""
    matches = difflib.get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def did_you_mean(word: str, known: Sequence[str], elsewhere: str = "") -> str:
    """The hint for a word nobody knows: the nearest one, the whole short list, else where a long one is."""
    close = nearest(word, known)
    if close:
        return f"did you mean '{close}'?"
    return f"there are {', '.join(sorted(known))}" if len(known) <= 40 else elsewhere


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only the findings that stop a piece."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
