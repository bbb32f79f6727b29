"""A design as it was read: plain values, each with the place it was written at. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from jewelgen.findings import DesignError, Finding, Where

KeyPath = tuple[str, ...]


def dotted(path: KeyPath) -> str:
    """The key path as people write it: `shank.top.width`."""
    return ".".join(path)


def refuse(code: str, message: str, where: Where | None = None, **more: Any) -> NoReturn:
    """Raise a `DesignError` of one finding."""
    raise DesignError(Finding(code, message[:300], where or Where(), **more))


@dataclass(frozen=True, slots=True)
class Document:
    """Merged values of a design and its parents; `tree` and `places` are never changed after reading.

    `places` maps key paths to where they were written; `use` lists folders of kinds, allowed only when trusted.
    """

    file: str
    folder: Path
    tree: Mapping[str, Any]
    places: Mapping[KeyPath, Where] = field(default_factory=dict)
    trusted: bool = False

    def where(self, *path: str) -> Where:
        """The place of a key, or of the nearest table around it; the key is the whole path."""
        known = path
        while known and known not in self.places:
            known = known[:-1]
        place = self.places.get(known, Where(self.file))
        return Where(place.file, place.line, place.column, dotted(path))
