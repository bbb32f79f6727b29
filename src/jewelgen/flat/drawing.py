"""Drawings: the filled outlines of an SVG file, or of a shipped one by name; nothing outside the text is read.

In: the text of a file, or a name (`leaf`, `heart`, `drop`).  Out: `Drawing`, y upwards, in the file's own units.
Findings: JG110 not a drawing that can be read, JG111 parts of it that are no outlines.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from xml.etree import ElementTree

import svgelements as svg

from jewelgen.findings import DesignError, Finding, did_you_mean
from jewelgen.flat.segments import Cubic, Line, Loop, Point, Segment

SHIPPED = ("drop", "heart", "leaf")
LARGEST = 512 * 1024  # characters; a traced photograph is larger, an outline never
MOST = 3000  # lines and curves of one drawing; sawn outlines have some dozens
NESTED = 64  # groups in groups
_SVG = "{http://www.w3.org/2000/svg}"
_SILENT = frozenset(
    {"svg", "g", "defs", "title", "desc", "metadata", "style", "linearGradient", "radialGradient", "stop"}
)  # fmt: skip
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "polygon", "polyline", "line"})
_INSTEAD = {
    "text": "turn letters into paths",
    "use": "unlink its clones",
    "image": "trace the picture",
    "clipPath": "cut the shapes instead of clipping them",
    "mask": "cut the shapes instead of masking them",
}
_DIGITS = 6
_ENTITY = re.compile(r"<!\s*(?:ENTITY|ELEMENT|ATTLIST|NOTATION)|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_OUTSIDE = re.compile(r"@import|url\(\s*['\"]?(?!#)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Closed loops in the file's units, y upwards; `gaps`: how far each one's ends lay apart (0: closed)."""

    name: str
    loops: tuple[Loop, ...]
    gaps: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file that was read for a design, and the name it was given by."""

    name: str
    text: str


def drawing(value: object) -> Drawing:
    """A shipped name, a `Source` or a `Drawing`; raises `DesignError` JG110 or JG111, `ValueError` for others."""
    if isinstance(value, Drawing):
        return value
    if isinstance(value, Source):
        return _read(value.name, value.text)
    if isinstance(value, str) and value in SHIPPED:
        return _shipped(value)
    if isinstance(value, str) and value.lower().endswith(".svg"):
        raise ValueError(f"'{value[:60]}' is a file, and files are read with the design")
    hint = did_you_mean(value[:40], SHIPPED) if isinstance(value, str) else ""
    raise ValueError(f"{str(value)[:60]!r} is no drawing" + (f"; {hint}" if hint else ""))


@cache
def _shipped(name: str) -> Drawing:
    file = resources.files("jewelgen.flat").joinpath("drawings", f"{name}.svg")
    return _read(name, file.read_text(encoding="utf-8"))


def _refused(code: str, message: str, hint: str = "") -> DesignError:
    return DesignError(Finding(code, message, hint=hint))


def _read(name: str, text: str) -> Drawing:
    """The text checked before anything interprets it, then its shapes."""
    _check_text(name, text)
    _check_elements(name, text)
    try:
        tree = svg.SVG.parse(io.StringIO(text), reify=True)
        found = list(_loops(name, tree))
    except (ValueError, TypeError, AttributeError, ZeroDivisionError, IndexError) as wrong:
        raise _refused(
            "JG110", f"{name}: {type(wrong).__name__} in a shape: {wrong}"[:200]
        ) from wrong
    if not found:
        hint = "fill the shapes, or turn the lines into outlines (stroke to path)"
        raise _refused("JG111", f"{name} has no filled outline", hint)
    return Drawing(name, tuple(loop for loop, _ in found), tuple(gap for _, gap in found))


def _check_text(name: str, text: str) -> None:
    if len(text) > LARGEST:
        hint = f"at most {LARGEST // 1024} kB: save the outline alone"
        raise _refused("JG110", f"{name} is too large", hint)
    if _ENTITY.search(text):
        raise _refused("JG110", f"{name} declares entities", "save it as plain SVG")
    if _OUTSIDE.search(text):
        raise _refused("JG110", f"{name} asks for other files", "save it as plain SVG")


def _check_elements(name: str, text: str) -> None:
    """Only groups and shapes; elements of other programs' namespaces say nothing about the outline."""
    depth = 0
    try:
        for event, element in ElementTree.iterparse(  # noqa: S314  # entities are refused before
            io.StringIO(text), ("start", "end")
        ):
            depth += 1 if event == "start" else -1
            if depth > NESTED:
                raise _refused("JG110", f"{name} is nested too deep", "ungroup it")
            if event == "start":
                _check_element(name, element, depth)
    except ElementTree.ParseError as wrong:
        raise _refused("JG110", f"{name} is not SVG: {wrong}", "save it as plain SVG") from wrong


def _check_element(name: str, element: ElementTree.Element, depth: int) -> None:
    word = element.tag.removeprefix(_SVG)
    if depth == 1 and word != "svg":
        raise _refused("JG110", f"{name} is not SVG but {word[:40]!r}", "save it as plain SVG")
    if word.startswith("{") or word in _SILENT or word in _SHAPES:
        return
    hint = _INSTEAD.get(word, "keep only filled outlines")
    raise _refused("JG111", f"{name} holds <{word[:40]}>, which is no outline", hint)


def _loops(name: str, tree: Any) -> Iterator[tuple[Loop, float]]:
    """Every sub-path of every filled shape with the gap between its ends."""
    left = MOST
    for shape in tree.elements():
        if not isinstance(shape, svg.Shape) or str(shape.values.get("fill", "")).lower() == "none":
            continue
        for part in svg.Path(shape).as_subpaths():
            segments = list(_segments(svg.Path(part)))
            left -= len(segments)
            if left < 0:
                hint = f"at most {MOST} lines and curves: simplify the path"
                raise _refused("JG110", f"{name} is too fine", hint)
            if len(segments) > 1 or isinstance(next(iter(segments), None), Cubic):
                yield _closed(segments)


def _segments(path: Any) -> Iterator[Segment]:
    """Lines and cubics; quadratics exactly as cubics, arcs by cubics no longer than 30 degrees."""
    for item in path:
        if isinstance(item, svg.Move):
            continue
        p, q = _point(item.start), _point(item.end)
        if isinstance(item, (svg.Line, svg.Close)):
            if p != q:
                yield Line(p, q)
        elif isinstance(item, svg.Arc):
            yield from (_cubic(piece) for piece in item.as_cubic_curves())
        elif isinstance(item, svg.QuadraticBezier):
            c = _point(item.control)
            yield Cubic(p, _toward(p, c), _toward(q, c), q)
        else:
            yield _cubic(item)


def _cubic(item: Any) -> Cubic:
    return Cubic(_point(item.start), _point(item.control1), _point(item.control2), _point(item.end))


def _toward(p: Point, c: Point) -> Point:
    return p[0] + 2 / 3 * (c[0] - p[0]), p[1] + 2 / 3 * (c[1] - p[1])


def _point(p: Any) -> Point:
    x, y = float(p.x), -float(p.y)
    if not (math.isfinite(x) and math.isfinite(y) and max(abs(x), abs(y)) < 1e6):
        raise ValueError(f"{p} is no place on paper")
    return x, y


def _closed(segments: list[Segment]) -> tuple[Loop, float]:
    """The loop, its ends joined by a line where they lie apart."""
    start, end = segments[0].p, segments[-1].q
    gap = math.dist(start, end)
    return tuple([*segments, Line(end, start)] if gap else segments), gap


def scaled(loop: Loop, k: float, middle: Point) -> Loop:
    """The loop about `middle`, `k` times as large, to a nanometre; what has no length then is left out."""

    def at(p: Point) -> Point:
        return (
            round(k * (p[0] - middle[0]), _DIGITS) + 0.0,
            round(k * (p[1] - middle[1]), _DIGITS) + 0.0,
        )

    found: list[Segment] = []
    for segment in loop:
        if isinstance(segment, Cubic):
            curve = Cubic(at(segment.p), at(segment.a), at(segment.b), at(segment.q))
            found += [curve] if len({curve.p, curve.a, curve.b, curve.q}) > 1 else []
        elif at(segment.p) != at(segment.q):
            found.append(Line(at(segment.p), at(segment.q)))
    return tuple(found)


def mirrored(loop: Loop) -> Loop:
    """The loop of lines and cubics as seen from behind, x for -x, wound as before."""

    def at(p: Point) -> Point:
        return 0.0 - p[0], p[1]

    found: list[Segment] = []
    for segment in reversed(loop):
        if isinstance(segment, Cubic):
            found.append(Cubic(at(segment.q), at(segment.b), at(segment.a), at(segment.p)))
        else:
            found.append(Line(at(segment.at(1.0)), at(segment.at(0.0))))
    return tuple(found)
