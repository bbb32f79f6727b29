"""What is laid on metal at 1:1: outlines to saw, strips and wires with their marks, letters, marking strips.

In: a `Plan`.  Out: `Pattern`s, each line on the layer that says what it is for. Lengths mm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jewelgen.bench.blank import Blank
from jewelgen.bench.cuts import CutLine
from jewelgen.bench.inscriptions import Inscription
from jewelgen.bench.marking import MarkingStrip
from jewelgen.bench.plan import Plan
from jewelgen.flat.outline import Outline, Oval, Path, extents, points
from jewelgen.flat.segments import loop_points
from jewelgen.paper.dxf import LETTER
from jewelgen.paper.holes import is_round

# A machine saws `saw`, drills `drill` and engraves `engrave`; `bend` is folded; nothing is done to the metal at
# `mark`: middles, ends after filing, places of stones, what a ring is held against.
LAYERS = ("saw", "drill", "bend", "engrave", "mark", "scale", "note")
UNSAID = frozenset({"end", "net", "fold", "slit"})  # marks that need no word
SMALL = 1.4  # mm: words at ticks
Ring = tuple[tuple[float, float], ...]
Stroke = tuple[float, float, float, float]
Word = tuple[float, float, str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One template: closed `rings` and `strokes` by layer, `words` at their lower left corners, its (w, h) in mm."""

    label: str
    size: tuple[float, float]
    rings: tuple[tuple[str, Ring], ...] = ()
    strokes: tuple[tuple[str, Stroke], ...] = ()
    words: tuple[Word, ...] = ()
    narrow: bool = False
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The label and its notes; under something narrow what it is and its sizes stand below each other."""
        what, colon, sizes = self.label.partition(": ")
        return (*((what, sizes) if self.narrow and colon else (self.label,)), *self.notes)

    def upright(self) -> Pattern:
        """The same a quarter turn to the left; words stand to the right of it, level."""
        wide, tall = self.size
        return Pattern(
            self.label, (tall, wide),
            tuple((layer, tuple((tall - y, x) for x, y in ring)) for layer, ring in self.rings),
            tuple((layer, (tall - b, a, tall - d, c)) for layer, (a, b, c, d) in self.strokes),
            tuple((tall + 0.6, x, text) for x, _, text in self.words), True, self.notes,
        )  # fmt: skip


def patterns(plan: Plan) -> tuple[Pattern, ...]:
    """A pattern for each blank: strips and wires with ticks, flat outlines with their letters; words that are cut
    into curved metal, bands' marking strips, a ring's inside circle.
    """
    found = [pattern for line in plan.cut_list for pattern in patterns_of(line, plan.inscriptions)]
    flat = {line.part for line in plan.cut_list if line.blank.pattern is not None}
    found += [
        _word(row, plan.letters.get(row.on, "")) for row in plan.inscriptions
        if not (row.laid and row.on in flat)
    ]  # fmt: skip
    found += [_marking(strip, plan.letters[strip.part]) for strip in plan.strips]
    if plan.bore:
        ring = tuple((x + plan.bore / 2, y + plan.bore / 2) for x, y in _round(plan.bore, 240))
        size = (plan.bore, plan.bore)
        found.append(Pattern(f"inside circle {plan.bore:.2f}", size, (("mark", ring),)))
    return tuple(found)


def patterns_of(line: CutLine, inscribed: tuple[Inscription, ...]) -> list[Pattern]:
    """The pattern of a blank, none for plain lengths of wire and tube."""
    blank = line.blank
    name = f"{line.id} {line.role}"
    if blank.pattern is not None:
        return [_flat(name, blank, [row for row in inscribed if row.on == line.part])]
    if blank.sort not in {"strip", "wire"} or (len(blank.cut) == 1 and not blank.ticks):
        return []
    return [_strip(f"{name}: cut {blank.long:.1f}, net {blank.net[0]:.1f}", blank)]


def _flat(name: str, blank: Blank, inscribed: list[Inscription]) -> Pattern:
    """The outline to saw, centred in its rectangle of sheet, holes, drill points and letters in it."""
    outline = blank.pattern
    if outline is None:
        raise ValueError(f"{name} is not sawn to an outline")
    long, wide = extents(outline)
    cut = (blank.cut[1], blank.long)
    rings = _edges(outline)
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    dx, dy = (cut[0] - max(xs) - min(xs)) / 2, (cut[1] - max(ys) - min(ys)) / 2
    sheet = ((0.0, 0.0), (cut[0], 0.0), cut, (0.0, cut[1]))
    drawn = [("saw", ring) for ring in rings] + list(_holes(blank))
    drawn += [("engrave", ring) for row in inscribed for ring in row.laid]
    return Pattern(
        f"{name}: {long:.2f} x {wide:.2f} of {cut[1]:.1f} x {cut[0]:.1f}", cut,
        (("note", sheet), *((layer, _moved(ring, dx, dy)) for layer, ring in drawn)),
        tuple(("mark", stroke) for x, y in _middles(blank) for stroke in _cross(x + dx, y + dy)),
        notes=tuple(f"{row.how} {row.text!r}: {row.words}" for row in inscribed),
    )  # fmt: skip


def _edges(outline: Outline) -> list[Ring]:
    if isinstance(outline, Path):
        return [tuple(loop_points(loop)) for loop in outline.loops]
    return [tuple(points(outline, 240))]


def _holes(blank: Blank) -> Iterator[tuple[str, Ring]]:
    """Holes of the plate, those a drill makes apart from those that are sawn, and those that stones are drilled for."""
    for x, y, hole in blank.holes:
        yield ("drill" if is_round(hole) else "saw"), _moved(tuple(points(hole, 60)), x, y)
    for x, y, d in blank.points:
        yield "drill", _moved(_round(d, 60), x, y)


def _middles(blank: Blank) -> Iterator[tuple[float, float]]:
    yield from ((x, y) for x, y, hole in blank.holes if is_round(hole))
    yield from ((x, y) for x, y, _ in blank.points)


def _round(d: float, n: int) -> Ring:
    return tuple(points(Oval(d, d), n))


def _moved(ring: Ring, dx: float, dy: float) -> Ring:
    return tuple((x + dx, y + dy) for x, y in ring)


def _cross(x: float, y: float, arm: float = 0.4) -> tuple[Stroke, Stroke]:
    return ((x - arm, y, x + arm, y), (x, y - arm, x, y + arm))


def _box(long: float, tall: float) -> Ring:
    return ((0.0, 0.0), (long, 0.0), (long, tall), (0.0, tall))


def _strip(label: str, blank: Blank) -> Pattern:
    """A strip or wire at its cut length, a stroke for every tick: folds are bent, all others only marked.

    Slits are sawn from the nearer end to the hole drilled at their root.
    """
    long = blank.long
    tall = blank.cut[1] if len(blank.cut) > 1 else max(blank.stock.wanted[0], 0.5)
    within = [(at, word) for at, word in blank.ticks if 0.0 < at < long]
    return Pattern(
        label, (long, tall), (("saw", _box(long, tall)), *_holes(blank)),
        (*(("bend" if word == "fold" else "mark", (at, 0.0, at, tall)) for at, word in within), *_slits(blank)),
        tuple(_tick_words(within, tall)),
    )  # fmt: skip


def _slits(blank: Blank) -> Iterator[tuple[str, Stroke]]:
    roots = [at for at, word in blank.ticks if word == "slit"]
    for x, y, _ in blank.points:
        if x in roots:
            yield "saw", (0.0 if x < blank.long / 2 else blank.long, y, x, y)


def _tick_words(ticks: list[tuple[float, str]], tall: float) -> Iterator[Word]:
    """The words of ticks above a strip; one that would lie on the one before stands higher."""
    ends: list[float] = []
    for at, word in ticks:
        if word in UNSAID:
            continue
        text = "stamp" if word == "mark" else word
        start, wide = at - 2.0, len(text) * SMALL * LETTER + 1.0
        level = next((n for n, end in enumerate(ends) if end <= start), len(ends))
        ends[level : level + 1] = [start + wide]
        yield (start, tall + 0.6 + level * (SMALL + 0.7), text)


def _word(row: Inscription, letter: str) -> Pattern:
    """Letters for curved metal as they are read, unrolled, with the line of their middle."""
    long, high = row.size
    xs, ys = zip(*(point for ring in row.rings for point in ring), strict=True)
    rings = tuple(("engrave", _moved(ring, -min(xs), -min(ys))) for ring in row.rings)
    middle = -min(xs)
    strokes = (
        ("mark", (middle, -1.0, middle, -0.2)),
        ("mark", (middle, high + 0.2, middle, high + 1.0)),
    )
    label = f"{letter} {row.how} {row.text!r}: {row.words}".strip()
    return Pattern(label, (long, high), rings, strokes)


def _marking(strip: MarkingStrip, letter: str) -> Pattern:
    """A band's marking strip: a hole and a cross for each stone, every fifth of the uppermost row numbered."""
    label = f"{letter} outside, wrap once round, 12 in the middle; from below {' '.join(strip.stones)}: {strip.long:.2f} x {strip.tall:.2f}"
    holes = tuple(
        ("drill", _moved(_round(s.drill, 24), s.along, s.across)) for s in strip.spots if s.drill
    )
    crosses = tuple(("mark", seg) for s in strip.spots for seg in _cross(s.along, s.across, 0.2))
    middle = ("mark", (strip.long / 2, -1.0, strip.long / 2, strip.tall + 1.0))
    top = max(s.across for s in strip.spots)
    upper = [s for s in strip.spots if s.across > top - 1e-6 and s.number % 5 == 0]
    numbers = tuple((s.along - 0.8, strip.tall + 0.6, str(s.number)) for s in upper)
    size = (strip.long, strip.tall)
    return Pattern(label, size, (("saw", _box(*size)), *holes), (*crosses, middle), numbers)
