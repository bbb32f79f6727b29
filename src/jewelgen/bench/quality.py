"""What a finished piece is accepted by: a band for each dimension, the weighings on the way, the list to sign.

In: the piece and the rows of its plan.  Out: `Band`, `Weighing`, lines of words. mm, g; allowances of the shop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jewelgen.bench.joints import JointLine
from jewelgen.bench.practice import Practice
from jewelgen.bench.settings import Setting
from jewelgen.bench.straightened import flat_size, fold_of
from jewelgen.bench.weights import Weights
from jewelgen.catalog.scales import scale
from jewelgen.flat.outline import extents
from jewelgen.piece.form import Bar, Dome, Form, Hoop, Plate, Tube, Wall
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import Wire, thickness, width

CARAT_G = 0.2
STILL = frozenset({"wrap", "weld"})  # cold joints that are not meant to move


@dataclass(frozen=True, slots=True)
class Band:
    """A dimension of the finished piece and what it may be: `low` to `high`, in `unit`; `id` of the part."""

    id: str
    what: str
    low: float
    high: float
    unit: str = "mm"

    @property
    def text(self) -> str:
        """`17.32 to 17.42 mm`."""
        return f"{self.low:.2f} to {self.high:.2f} {self.unit}"


@dataclass(frozen=True, slots=True)
class Weighing:
    """One visit to the scale: when, and what it should show in g."""

    when: str
    grams: float


def bands(
    piece: Piece, letters: Mapping[str, str], weights: Weights, practice: Practice
) -> tuple[Band, ...]:
    """Every dimension that is measured at the end; nominal less what the files take, and the tolerance."""
    off = practice.tolerances
    found = []
    if piece.sort == "ring" and piece.bore:
        us = scale("us")
        over = us.diameter(off.size_over_us) - us.diameter(0.0)
        found.append(
            Band("", f"inside, at both edges ({piece.size})", piece.bore, piece.bore + over)
        )
    held = {name for stone in piece.stones for name in stone.held_by}
    for part in piece.parts:
        if part.made == "handmade" and part.name in letters:
            found += [
                Band(letters[part.name], f"{part.role or part.name}, {what}", value - loss - tol, value - loss + tol)
                for what, value, loss, tol in _sizes(part, part.name in held, practice)
            ]  # fmt: skip
    share, wrapped = off.weight_pct / 100.0, _wrapped(piece)
    w = weights.expected_g + (CARAT_G * weights.stones_ct if wrapped else 0.0)
    words = "the whole, with its stone" if wrapped else "metal, no stone"
    return (*_once(found), Band("", words, w * (1 - share), w * (1 + share), "g"))


def _wrapped(piece: Piece) -> bool:
    """Whether the stone goes in while the wires are bent, so that the metal is never weighed without it."""
    return any(joint.method == "wrap" for joint in piece.joints)


def _once(rows: Sequence[Band]) -> tuple[Band, ...]:
    return tuple(dict.fromkeys(rows))


Size = tuple[str, float, float, float]  # what, nominal, taken off, tolerance; mm


def _sizes(part: Part, holds: bool, practice: Practice) -> Iterator[Size]:
    """The sizes of one part; a part that is left as it comes loses nothing to the files."""
    outside, inside = (
        (practice.finish_outside, practice.finish_inside) if part.finished else (0.0, 0.0)
    )
    off, form = practice.tolerances, part.form
    if isinstance(form, Wall) and holds:
        yield "rim at 12, 3, 6, 9 o'clock", form.height, 0.0, off.rim
    elif isinstance(form, Wall):
        yield "height", form.height, 0.0, off.rim
    elif isinstance(form, Plate):
        long, wide = extents(form.outline)
        yield "length", long, 0.0, off.flush
        yield "width", wide, 0.0, off.flush
        yield "thickness", form.t, inside, off.finish
    else:
        yield from _profile(form, outside, inside, off.finish)


def _profile(form: Form, outside: float, inside: float, tol: float) -> Iterator[Size]:
    """Thickness and width of what has a section, at its thinnest place; the outside of what is turned."""
    if isinstance(form, Hoop):
        section = min((s for _, s in form.stations), key=thickness)
        yield "thickness" + _where(form), thickness(section), outside + inside, tol
        if not isinstance(section, Wire):
            yield "width" + _where(form), width(section), 2 * outside, tol
    elif isinstance(form, Bar):
        yield from _bar_sizes(form, outside, tol)
    elif isinstance(form, Tube):
        yield "outside", form.od, 2 * outside, tol
        yield "length", form.length, 0.0, tol
    elif isinstance(form, Dome):
        yield "across", form.d, 2 * outside, tol
        yield "rise", form.rise, outside, 2 * tol


def _bar_sizes(bar: Bar, outside: float, tol: float) -> Iterator[Size]:
    """Thickness of a wire at its thinnest; of a strap also its greatest width, and the way through where it is folded."""
    sizes = [flat_size(section) for _, section in bar.stations]
    yield "thickness", min(thick for _, thick in sizes), 2 * outside, tol
    wide = max(wide for wide, _ in sizes)
    if wide > 1.2 * max(thick for _, thick in sizes):
        tapers = len({wide for wide, _ in sizes}) > 1
        yield "width" + (", widest" if tapers else ""), wide, 2 * outside, tol
    fold = fold_of(bar)
    if fold:
        yield "clear way", fold.opens, 0.0, 2 * tol


def _where(form: Hoop) -> str:
    return ", thinnest" if len(form.stations) > 1 else ""


def weighings(piece: Piece, weights: Weights, heated: bool) -> tuple[Weighing, ...]:
    """The four visits to the scale. A stone that wires are bent round is in from the second on."""
    w, wrapped = weights, _wrapped(piece)
    drawn = w.drawn_g + w.stays_g + w.solder_g + w.ready_g
    stones = CARAT_G * w.stones_ct
    early = stones if wrapped else 0.0
    together = "2 after the last pickle, trimmed" if heated else "2 put together, trimmed"
    done = "3 rubbed bright" if wrapped else "3 filed, sanded and tumbled"
    return (
        Weighing("1 all blanks cut, before anything is filed", w.issued_g),
        Weighing(together + _stone_words(w, wrapped), drawn + early),
        Weighing(done + _stone_words(w, wrapped), w.expected_g + early),
        Weighing("4 finished, with stones" if w.stones_ct else "4 finished", w.expected_g + stones),
    )


def _stone_words(weights: Weights, inside: bool) -> str:
    if not weights.stones_ct:
        return ""
    return ", with its stone" if inside else ", no stone"


def fineness_words(weights: Weights) -> tuple[str, ...]:
    """The fineness of the whole article, in parts per thousand; nothing where nothing is made by hand."""
    if not weights.fineness:
        return ()
    with_solder = " with solder" if weights.solder_g else ""
    return (f"Article fineness{with_solder} about {weights.fineness}.",)


def balance_words(weights: Weights) -> str:
    """How the metal is balanced, and from where on it is looked for."""
    ready = " + castings" if weights.ready_g else ""
    return f"issued + solder{ready} - finished - scrap jar - filings = 0; look for it above {weights.flag_g:.2f} g"


def qc_words(
    piece: Piece, joints: Sequence[JointLine], stones: Sequence[Setting], practice: Practice
) -> tuple[str, ...]:
    """The list to tick and sign, for what this piece has."""
    rows = []
    if piece.sort == "ring":
        rows.append(
            f"size {piece.size or 'as drawn'} at both edges, mandrel of the system named; hole round"
        )
    hot = [line.id for line in joints if line.grade]
    bound = [line.id for line in joints if line.method == "wrap"]
    cold = [line.id for line in joints if not line.grade and line.method not in STILL]
    if hot:
        rows.append(f"{_span(hot)}: no pit, no gap, no flood of solder at 10x")
    if cold:
        rows.append(f"{_span(cold)}: closed, move as they should, nothing sharp")
    if bound:
        rows.append(
            f"{_span(bound)}: no binding moves, ends pressed flat, nothing catches on cloth"
        )
    rows.append("every size within its band")
    if stones:
        rows += [
            "rims and prongs even, none lifted, at eight points round each stone",
            f"stones {_span([row.id for row in stones])} tight: turn with wax, push with wood, tap; none chipped",
        ]
    rows.append("no file or tool marks, no firestain, no compound left")
    if piece.marks:
        rows.append(f"legible and spelt right: {', '.join(mark.name for mark in piece.marks)}")
    rows.append(
        f"weight within {practice.tolerances.weight_pct:g} % of the prediction, metal balanced"
    )
    rows.append(
        "packed with the care card" + (f" and {len(piece.items)} bought" if piece.items else "")
    )
    return tuple(rows)


def _span(ids: Sequence[str]) -> str:
    """`J1 to J4`, or the ids when they do not follow each other."""
    numbers = [int(name[1:]) for name in ids if name[1:].isdigit()]
    whole = len(numbers) == len(ids) > 2 and numbers == [*range(numbers[0], numbers[0] + len(ids))]
    return f"{ids[0]} to {ids[-1]}" if whole else ", ".join(ids)
