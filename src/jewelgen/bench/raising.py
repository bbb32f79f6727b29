"""Letters and artwork that no graver makes: pierced in the flat, or sawn from sheet and sweated on.

In: marks of handmade parts.  Out: their operations in the graph, the metal laid on, and the words of the steps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance, Figure
from jewelgen.bench.order import Graph, Op
from jewelgen.bench.practice import Practice
from jewelgen.bench.stock import for_sheet
from jewelgen.bench.taken import sheet_taken
from jewelgen.bench.wording import Bench, Worder, Words
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.weights import grams
from jewelgen.flat.outline import area, extents
from jewelgen.flat.segments import loop_length
from jewelgen.piece.letters_cut import letters_volume
from jewelgen.piece.mark import Glyphs, Mark
from jewelgen.piece.metal import lines
from jewelgen.piece.piece import Piece


@dataclass(frozen=True, slots=True)
class _Letters:
    """A mark of the bench's own with its outlines."""

    mark: Mark
    form: Glyphs


def _by_hand(piece: Piece, how: str) -> Iterator[_Letters]:
    """Marks made that way, but for those a casting brings along."""
    for mark in piece.marks:
        if not isinstance(mark.form, Glyphs) or mark.form.how != how:
            continue
        if mark.when != "cast" or piece.part(mark.on).made != "cast":
            yield _Letters(mark, mark.form)


def add_letters(graph: Graph, piece: Piece) -> None:
    """R1: piercing before forming; R6: what is laid on is soldered on the closed, fitted part."""
    for item in _by_hand(piece, "pierce"):
        on = item.mark.on
        op = graph.add(Op(f"pierce:{item.mark.name}", "pierce", (on,), item.mark.name))
        graph.before(f"cut:{on}", op.key, "R1")
        graph.before(op.key, f"form:{on}", "R1")
    for item in _by_hand(piece, "raise"):
        on = item.mark.on
        op = graph.add(Op(f"overlay:{item.mark.name}", "overlay", (on,), item.mark.name))
        graph.before(f"form:{on}", op.key, "R1")
        graph.before(f"fit:{on}", op.key, "R3")
        for seam in graph.verbs("seam"):
            if on in seam.parts:
                graph.before(seam.key, op.key, "R2")


def laid_on(piece: Piece) -> Mapping[str, float]:
    """mm3 of letters and artwork laid on each part: sheet that its own blank does not hold."""
    names = {item.mark.name for item in _by_hand(piece, "raise")}
    found: dict[str, float] = defaultdict(float)
    if names:
        for line in lines(piece):
            if line.what == "raised" and line.name in names:
                found[line.parts[0]] += line.mm3
    return found


@dataclass(frozen=True, slots=True)
class Overlay:
    """Sheet laid on part `on`: its blank, named by the mark."""

    on: str
    blank: Blank


def overlays(piece: Piece, practice: Practice) -> tuple[Overlay, ...]:
    """A blank of sheet for all letters of each raised mark: net its outlines, cut the rectangle round them."""
    return tuple(
        Overlay(item.mark.on, _sheet(item, piece.part(item.mark.on).temper, practice))
        for item in _by_hand(piece, "raise")
    )


def _sheet(item: _Letters, temper: str, practice: Practice) -> Blank:
    form = item.form
    long, wide = extents(form.path)
    margin, n = practice.saw_outside_line, item.mark.array.n
    whole = (long + 2 * margin, wide + 2 * margin)
    pick = for_sheet(form.deep, practice)
    got = sheet_taken(pick, whole, area(form.path), "sheet round the letters")
    net = Figure(
        "area", area(form.path), "mm2", "outlines of the letters, less their holes", (("length", long), ("width", wide)),
    )  # fmt: skip
    return Blank(
        item.mark.name, n, "sheet", pick, temper or "soft", (long, wide), got.cut,
        (Allowance("saw outside the line", 2 * margin, "all"),), (net,),
        (*got.forming, "saw to the template", "file to the line"), got.mm3, got.losses, edge=f"sweated on {item.mark.on}", pattern=form.path, worked=got.worked,
    )  # fmt: skip


def _about(bench: Bench, op: Op) -> _Letters:
    every = (*_by_hand(bench.piece, "pierce"), *_by_hand(bench.piece, "raise"))
    return next(item for item in every if item.mark.name == op.about)


def _minutes(bench: Bench, form: Glyphs) -> float:
    run = sum(loop_length(loop) for loop in form.path.loops)
    return bench.practice.rates.pierce_100_mm * run / 100


def _pierce(bench: Bench, op: Op) -> Words:
    form = _about(bench, op).form
    return (
        f"drill and pierce {form.text!r} in the flat by its template, file to the line",
        "drill, saw, needle files",
        f"{form.tall:.1f} tall" if form.tall else "as the drawing shows",
        "edges square, nothing left that a chain or thread can catch on",
        _minutes(bench, form),
    )


def _overlay(bench: Bench, op: Op) -> Words:
    item = _about(bench, op)
    form, part = item.form, bench.piece.part(item.mark.on)
    mass = grams(letters_volume(form), alloy(part.alloy or bench.piece.alloy).density_g_cm3)
    return (
        f"saw {bench.letters[item.mark.name]} {form.text!r} from sheet {form.deep:.2f} mm ({mass:.2f} g), tin its back, sweat it on",
        "saw, files, torch, flux",
        f"{form.tall:.1f} tall, {form.deep:.2f} high",
        "no gap at any edge, no solder on the face",
        _minutes(bench, form) + bench.practice.rates.joint,
    )


LETTER_WORK: Mapping[str, Worder] = {"pierce": _pierce, "overlay": _overlay}
