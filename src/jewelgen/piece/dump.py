"""A stable text of a piece for goldens and digests: every field that says something, numbers rounded.

In: a `Piece`.  Out: lines of text; equal pieces give equal text on every platform.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from jewelgen.piece.frame import Frame
from jewelgen.piece.piece import Piece

DIGITS = 6
LONG = 400  # characters of a text that is shown whole


def number(value: float, digits: int = DIGITS) -> str:
    """A number rounded to `digits` places, without trailing zeros or a negative nought."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def words(value: Any, digits: int = DIGITS) -> str:
    """One line for any value of the piece; fields at their default are left out, arrays as tuples."""
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, (int, float)):
        return number(value, digits)
    if isinstance(value, str):
        return repr(value) if len(value) <= LONG else _digested(value)
    if isinstance(value, tuple):
        return "(" + ", ".join(words(item, digits) for item in value) + ")"
    if isinstance(value, Frame):
        return _frame(value, digits)
    if is_dataclass(value):
        said = (f"{f.name}={words(getattr(value, f.name), digits)}" for f in _said(value))
        return f"{type(value).__name__}({', '.join(said)})"
    raise TypeError(f"a piece holds no {type(value).__name__}")


def _digested(text: str) -> str:
    """A text too long for a line by its beginning and its digest."""
    total = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return f"{text[:24]!r}... {len(text)} characters, sha256 {total[:16]}"


def _frame(frame: Frame, digits: int) -> str:
    x, z = words(frame.x, digits), words(frame.z, digits)
    turned = "" if frame.x == (1.0, 0.0, 0.0) and frame.z == (0.0, 0.0, 1.0) else f" x{x} z{z}"
    return f"@{words(frame.origin, digits)}{turned}{' mirrored' if frame.flip else ''}"


def _said(value: Any) -> Iterator[Field[Any]]:
    for field in fields(value):
        default = field.default if field.default is not MISSING else None
        if field.default is MISSING or getattr(value, field.name) != default:
            yield field


def dump(piece: Piece, digits: int = 4) -> str:
    """The piece as text: its head, then a line a part, joint, stone, cut, mark and item."""
    head = [
        f"{field.name} = {words(getattr(piece, field.name), digits)}"
        for field in _said(piece)
        if not isinstance(getattr(piece, field.name), tuple)
    ]
    rows = [
        words(item, digits)
        for group in (piece.parts, piece.joints, piece.stones, piece.cuts, piece.marks, piece.items)
        for item in group
    ]
    return "\n".join([*head, *rows]) + "\n"
