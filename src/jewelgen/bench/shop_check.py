"""Judging the values of a shop file: every mistake at its key, with what is allowed.

In: the places of a parsed file.  Out: numbers and words that are sound; JG520 a key nobody knows, JG521 a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jewelgen.findings import Finding, Where, did_you_mean

MOST = 10000.0  # no figure of a bench is larger
Place = Mapping[tuple[str, ...], Where]


class Check:
    """Places of the file, and what is wrong so far."""

    __slots__ = ("file", "found", "places")

    def __init__(self, file: str, places: Place) -> None:
        self.file = file
        self.places = places
        self.found: list[Finding] = []

    def say(self, code: str, message: str, path: tuple[str, ...], **more: Any) -> None:
        """One more finding, at its key."""
        place = self.places.get(path, Where(self.file))
        where = Where(place.file, place.line, place.column, ".".join(path))
        self.found.append(Finding(code, message, where, **more))

    def known(self, table: Mapping[str, Any], keys: tuple[str, ...], path: tuple[str, ...]) -> None:
        """JG520 for every key that is not among `keys`, with the nearest."""
        for key in table:
            if key not in keys:
                self.say(
                    "JG520", f"a shop has no '{key}'", (*path, key), hint=did_you_mean(key, keys)
                )

    def number(self, value: Any, path: tuple[str, ...]) -> float:
        """The value as a number from 0; JG521 otherwise, and 0."""
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= MOST:
            self.say("JG521", f"{value!r} is no figure of a bench", path, allowed=f"0 .. {MOST:g}")
            return 0.0
        return float(value)

    def word(self, value: Any, among: tuple[str, ...], path: tuple[str, ...]) -> str:
        """One of these words, or any text when there are none; JG521 otherwise."""
        if isinstance(value, str) and value.isprintable() and (value in among or not among):
            return value
        hint = did_you_mean(str(value), among) if among else "write it in quotes"
        self.say("JG521", f"{value!r} is not a word for this", path, hint=hint)
        return ""

    def table(self, tree: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """The table at a key, empty when there is none; JG521 when it is none."""
        value = tree.get(key, {})
        if isinstance(value, Mapping):
            return value
        self.say("JG521", f"'{key}' is a table", (key,), hint=f"write [{key}]")
        return {}
