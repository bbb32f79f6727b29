"""Where two parts meet at the bench: area, length of run and a word for the joint, by fit and form.

In: a `Joint` and its piece.  Out: `Meeting` in mm and mm2. Areas given on the joint win.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.bench.bezels import strip_length
from jewelgen.bench.holding import folded
from jewelgen.bench.lengths import flat_chord
from jewelgen.bench.practice import Practice
from jewelgen.bench.sheets import wall_developed_height
from jewelgen.flat.outline import area as outline_area
from jewelgen.flat.outline import perimeter
from jewelgen.flat.outline import points as outline_points
from jewelgen.piece.easing import section_at
from jewelgen.piece.form import Ball, Bar, Dome, Form, Hoop, Plate, Tube, Twist, Wall
from jewelgen.piece.joint import Joint
from jewelgen.piece.piece import Piece
from jewelgen.piece.section import (
    Section,
    Wire,
    area_and_centroid,
    polygon,
    thickness,
    width,
)

Array = NDArray[np.float64]
OUTLINE = 360  # points an outline is followed by
WORDS = {
    "seam": "butt", "butt": "butt", "cope": "butt, coped", "tee": "T, edge", "lap": "lap",
    "flat": "lap on a flat", "let-in": "let in", "touch": "facet", "run-on": "one wire",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meeting:
    """`area` in mm2 and `run` in mm of one place; `fillet` whether solder fills an inner corner along `run`."""

    word: str
    area: float
    run: float
    fillet: bool
    text: str = ""


def meeting(piece: Piece, joint: Joint, practice: Practice) -> Meeting:
    """The meeting of a joint, from its fit and the two forms."""
    found = _by_fit(piece, joint, practice)
    area = joint.area or found.area
    text = found.text or (f"{area:.2f} mm²" if joint.fit.word == "seam" else "")
    return Meeting(found.word, area, joint.run or found.run, found.fillet, text)


def _by_fit(piece: Piece, joint: Joint, practice: Practice) -> Meeting:
    a, b = piece.part(joint.a).form, piece.part(joint.b).form
    word = WORDS.get(joint.fit.word, joint.fit.word)
    fit, depth = joint.fit.word, joint.fit.depth
    if fit == "seam":
        return _seam(a, word, practice)
    if fit == "tee":
        return _tee(a, b, word)
    if fit == "flat" and isinstance(b, Hoop):
        return _flat(b, depth, word, standing(piece, joint))
    if fit == "touch":
        return _touch(a, b, joint, word)
    end = min(end_area(a), end_area(b))
    if fit == "let-in":
        side = math.sqrt(end)
        return Meeting(word, end + 4 * side * depth, 4 * side, False, f"notch {depth:.2f} deep")
    return Meeting(word, end, 4 * math.sqrt(end), False)


def _seam(a: Form, word: str, practice: Practice) -> Meeting:
    if isinstance(a, Wall):
        tall = wall_developed_height(a) + practice.strip_truing
        return Meeting(word, a.t * tall, tall, False, f"{a.t:.2f} x {tall:.1f}")
    if isinstance(a, Hoop):
        section = section_at(a.stations, a.a0)
        return Meeting(word, area_and_centroid(section)[0], width(section), False)
    word = "lap, leg on leg" if folded(a) else word
    return Meeting(word, end_area(a), _end_width(a), False)


def _tee(a: Form, b: Form, word: str) -> Meeting:
    edge = a if isinstance(a, (Wall, Tube)) else b
    if isinstance(edge, Wall):
        run = strip_length(edge.outline, edge.t, edge.gap)
        inner = perimeter(edge.outline) + 2 * math.pi * edge.gap
        return Meeting(word, run * edge.t, inner, True, f"{run:.1f} long, inner fillet")
    if isinstance(edge, Tube):
        ring = math.pi * (edge.od**2 - edge.id**2) / 4
        return Meeting(word, ring, math.pi * edge.od, True, f"{math.pi * edge.od:.1f} round")
    end = min(end_area(a), end_area(b))
    return Meeting(word, end, 4 * math.sqrt(end), True)


def flat_of(hoop: Hoop, depth: float, above: Polygon | None = None) -> tuple[float, float, float]:
    """Length, greatest width and area of a flat filed `depth` into a hoop at its top, in mm and mm2.

    The cut plane meets the section at height v along the chord; its width there is read off the section.
    `above`: the outline of what stands on it, in the hoop's x and y: no more than that is filed.
    """
    section = hoop.stations[0][1]
    outer = hoop.bore / 2 + thickness(section)
    chord = flat_chord(outer, depth)
    x = np.linspace(-chord / 2, chord / 2, ACROSS)
    v = np.hypot(outer - depth, x) - hoop.bore / 2
    halves = widths_at(section, v) / 2
    low, high = _under(above, x) if above else (-halves, halves)
    widths = np.maximum(np.minimum(high, halves) - np.maximum(low, -halves), 0.0)
    used = x[widths > 0]
    long = float(np.ptp(used)) if len(used) else 0.0
    return long, float(widths.max()), float(np.trapezoid(widths, x))


Polygon = tuple[tuple[float, float], ...]
ACROSS = 401  # places along a flat at which its width is read


def standing(piece: Piece, joint: Joint) -> Polygon | None:
    """The outline of a plate that stands on a hoop, in the hoop's own x and y; None for anything else."""
    a, b = piece.part(joint.a), piece.part(joint.b)
    if not isinstance(a.form, Plate):
        return None
    found = []
    for x, y in outline_points(a.form.outline, OUTLINE):
        px, py, _ = b.at.local(a.at.point((x, y, 0.0)))
        found.append((px, py))
    return tuple(found)


def _under(outline: Polygon, x: Array) -> tuple[Array, Array]:
    """Lowest and highest y of an outline over each x; nothing (0, 0) beside it."""
    low, high = np.full(len(x), np.inf), np.full(len(x), -np.inf)
    for (x0, y0), (x1, y1) in zip(outline, (*outline[1:], outline[0]), strict=True):
        on = (x - x0) * (x - x1) <= 0
        share = (x - x0) / (x1 - x0) if x1 != x0 else np.zeros(len(x))
        y = np.where(on, y0 + share * (y1 - y0), 0.0)
        low, high = np.where(on, np.minimum(low, y), low), np.where(on, np.maximum(high, y), high)
    beside = low > high
    return np.where(beside, 0.0, low), np.where(beside, 0.0, high)


def widths_at(section: Section, v: Array) -> Array:
    """Widths of a section at heights `v` (n,) above the bore, in mm; 0 above its top."""
    ring = polygon(section)
    (u0, v0), (u1, v1) = ring.T[:, :, None], np.roll(ring, -1, axis=0).T[:, :, None]
    met = ((v0 - v) * (v1 - v) <= 0) & (v0 != v1)
    share = np.divide(v - v0, v1 - v0, out=np.zeros(met.shape), where=met)
    u = u0 + (u1 - u0) * share
    high, low = np.where(met, u, -np.inf).max(axis=0), np.where(met, u, np.inf).min(axis=0)
    return np.where(met.any(axis=0), high - low, 0.0)


def _flat(hoop: Hoop, depth: float, word: str, above: Polygon | None) -> Meeting:
    """A flat across a ring, or no longer than what stands on it."""
    long, wide, area = flat_of(hoop, depth, above)
    whole = flat_of(hoop, depth)[0]
    left = thickness(hoop.stations[0][1]) - depth
    only = ", no longer than what stands on it" if long < whole - 0.1 else ""
    text = f"flat {long:.1f} long, {wide:.1f} wide{only}, leaves {left:.1f}"
    return Meeting(word, area, 2 * (long + wide), True, text)


def _touch(a: Form, b: Form, joint: Joint, word: str) -> Meeting:
    """Mating facets: along two hoops as wide as the piece says, else 2 sqrt(2 r f); a small disc between others."""
    if isinstance(a, Hoop) and isinstance(b, Hoop):
        r, depth = thickness(a.stations[0][1]) / 2, joint.fit.depth
        run = joint.run or math.pi * (a.bore + 2 * r)
        strip = joint.area / run or 2 * math.sqrt(max(2 * r * depth - depth * depth, 0.01))
        return Meeting(word, strip * run, run, False, f"facet {strip:.2f} wide all round")
    return Meeting(word, min(end_area(a), end_area(b)) / 2, 2.0, True)


def end_area(form: Form) -> float:
    """Area of what can be joined on end, in mm2."""
    if isinstance(form, (Hoop, Bar)):
        return min(area_and_centroid(section)[0] for _, section in form.stations)
    if isinstance(form, Twist):
        return form.n * math.pi * form.d**2 / 4
    if isinstance(form, Ball):
        return math.pi * form.d**2 / 16
    if isinstance(form, Tube):
        return math.pi * (form.od**2 - form.id**2) / 4
    if isinstance(form, Wall):
        return form.t * form.height
    if isinstance(form, Plate):
        return outline_area(form.outline)
    return math.pi * form.d * form.t if isinstance(form, Dome) else 1.0


def _end_width(form: Form) -> float:
    if isinstance(form, (Hoop, Bar)):
        section = form.stations[-1][1]
        return section.d if isinstance(section, Wire) else width(section)
    return math.sqrt(end_area(form))
