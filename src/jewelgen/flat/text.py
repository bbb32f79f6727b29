"""Words as outlines: glyphs set side by side with kerning, capitals `tall` mm high, overlaps united.

In: text, font name, cap height in mm.  Out: a centred `Path` (outer loops counter-clockwise, holes clockwise).
Findings: JG240 characters the font has not, JG241 no such font, JG242 a script that must be shaped.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from fontTools.pens.basePen import BasePen

from jewelgen.findings import DesignError, Finding
from jewelgen.flat.font import SHIPPED, Font, font_named
from jewelgen.flat.outline import Path
from jewelgen.flat.polygons import islands
from jewelgen.flat.segments import Cubic, Line, Loop, Point, Segment, loop_points

LONGEST = 200  # characters
_CLOSE = 1e-9


class _Pen(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Collects closed loops of lines and cubics in mm; quadratics arrive as the cubics they are."""

    def __init__(self, glyphs: Any, scale: float, x: float, y: float) -> None:
        super().__init__(glyphs)
        self.scale, self.x, self.y = scale, x, y
        self.loops: list[Loop] = []
        self._run: list[Segment] = []
        self._start: Point = (0.0, 0.0)
        self._here: Point = (0.0, 0.0)

    def _to(self, pt: tuple[float, float]) -> Point:
        return (self.x + self.scale * pt[0], self.y + self.scale * pt[1])

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 (the pen's name for it)
        self._run, self._start = [], self._to(pt)
        self._here = self._start

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 (the pen's name for it)
        self._add_line(self._to(pt))

    def _curveToOne(  # noqa: N802 (the pen's name for it)
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        end = self._to(pt3)
        self._run.append(Cubic(self._here, self._to(pt1), self._to(pt2), end))
        self._here = end

    def _closePath(self) -> None:  # noqa: N802 (the pen's name for it)
        self._add_line(self._start)
        if len(self._run) > 1:
            self.loops.append(tuple(self._run))

    def _endPath(self) -> None:  # noqa: N802 (the pen's name for it)
        self._closePath()

    def _add_line(self, end: Point) -> None:
        if abs(end[0] - self._here[0]) + abs(end[1] - self._here[1]) > _CLOSE:
            self._run.append(Line(self._here, end))
        self._here = end


@dataclass(frozen=True, slots=True)
class Ink:
    """The least box around a path in mm."""

    left: float
    low: float
    right: float
    high: float

    @property
    def width(self) -> float:
        """Extent along x."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Extent along y."""
        return self.high - self.low


@lru_cache(maxsize=256)
def text_path(text: str, font: str, tall: float) -> Path:
    """The outlines of `text` with capitals `tall` mm high; centred on its ink in x, on the capitals in y.

    A path without loops when the text has no ink (blanks). Raises `DesignError` JG240, JG241, JG242.
    """
    face = font_named(font)
    scale = tall / face.cap
    loops: list[Loop] = []
    for glyph, x in placed(readable(text, face), face):
        loops += drawn(glyph, face, scale, (scale * x, -tall / 2))
    if not loops:
        return Path(())
    whole = islands(loops)
    box = ink(whole)
    return moved(whole, -(box.left + box.right) / 2, 0.0)


def drawn(glyph: str, face: Font, scale: float, origin: Point) -> list[Loop]:
    """The loops of one glyph at `scale` mm a font unit, its origin moved to `origin`."""
    pen = _Pen(face.glyphs, scale, *origin)
    face.glyphs[glyph].draw(pen)
    return pen.loops


@lru_cache(maxsize=256)
def text_width(text: str, font: str, tall: float) -> float:
    """Width of the ink in mm, 0 for blanks; raises as `text_path`."""
    path = text_path(text, font, tall)
    return ink(path).width if path.loops else 0.0


def ink(path: Path) -> Ink:
    """The box around the path's outlines (within 0.005 mm)."""
    points = [p for loop in path.loops for p in loop_points(loop)]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Ink(min(xs), min(ys), max(xs), max(ys))


def moved(path: Path, dx: float, dy: float) -> Path:
    """The path shifted in its plane (lines and cubics)."""

    def to(p: Point) -> Point:
        return (p[0] + dx, p[1] + dy)

    def shifted(segment: Segment) -> Segment:
        if isinstance(segment, Cubic):
            return Cubic(to(segment.p), to(segment.a), to(segment.b), to(segment.q))
        return Line(to(segment.at(0.0)), to(segment.at(1.0)))

    return Path(tuple(tuple(shifted(s) for s in loop) for loop in path.loops))


def readable(text: str, face: Font) -> str:
    """The composed text in the order it is set; raises `DesignError` JG240 or JG242."""
    whole = unicodedata.normalize("NFC", text)[:LONGEST]
    odd = [ch for ch in whole if unicodedata.combining(ch) or unicodedata.bidirectional(ch) == "AL"]
    if odd:
        raise DesignError(
            Finding(
                "JG242",
                f"{_named(odd[:4])} must be shaped with their neighbours",
                hint="draw the words as outlines and use them as artwork",
            )
        )
    missing = face.missing(whole)
    if missing:
        message = f"the font '{face.name}' has no {_named(missing[:8])}"
        raise DesignError(Finding("JG240", message, hint=_others(whole)))
    strong = {unicodedata.bidirectional(ch) for ch in whole} & {"L", "R"}
    return whole[::-1] if strong == {"R"} else whole


def _others(text: str) -> str:
    """Which shipped fonts can write the text."""
    able = [name for name in sorted(SHIPPED) if not font_named(name).missing(text)]
    return f"{' and '.join(able)} can write it" if able else "take a font file that has them"


def _named(characters: Any) -> str:
    return ", ".join(f"'{ch}' (U+{ord(ch):04X})" for ch in characters)


def placed(text: str, face: Font) -> list[tuple[str, float]]:
    """Glyph names with the x of their origins, kerned, in font units."""
    names, x = [face.glyph(ch) for ch in text], 0.0
    found: list[tuple[str, float]] = []
    for i, name in enumerate(names):
        if i:
            x += face.kern(names[i - 1], name)
        found.append((name, x))
        x += face.advance(name)
    return found
