"""A piece, or any part of one, with every length times a factor: what a giant or a doll would wear."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

# Fields of forms, rails, cutters, marks and arrays that are no lengths: angles, directions, shares.
PLAIN = frozenset({
    "a0", "a1", "draft", "x", "z", "up", "start", "step", "tilt", "n", "flip", "mirror", "size", "holes",
    "index", "crown_deg",
})  # fmt: skip


def larger(value: Any, k: float) -> Any:
    """A value of the piece with every length times k; stations keep their places, angles stay."""
    if isinstance(value, bool) or not isinstance(value, (float, int, tuple)):
        return _block(value, k) if is_dataclass(value) else value
    if isinstance(value, tuple):
        return tuple(larger(item, k) for item in value)
    return value * k


def _block(value: Any, k: float) -> Any:
    changed: dict[str, Any] = {}
    for item in fields(value):
        now = getattr(value, item.name)
        if item.name == "stations":
            changed[item.name] = tuple((at, larger(section, k)) for at, section in now)
        elif item.name == "holes" or item.name not in PLAIN:
            changed[item.name] = larger(now, k)
    return replace(value, **changed)
