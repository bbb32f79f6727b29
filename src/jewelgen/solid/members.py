"""Members: each copy of a part with its seats, cuts and marks, realized once for equal copies.

In: a `Piece`.  Out: `Place`s (part, index, frame, recipe); a `Recipe` names a form and what is done to it
in its own frame, so that six equal prongs are cut once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby

from manifold3d import Manifold

from jewelgen.piece.form import Form, Hoop, Twist
from jewelgen.piece.frame import Frame, Vec
from jewelgen.piece.mark import Beads, Glyphs, Texture
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.volume import volume
from jewelgen.solid import boolean
from jewelgen.solid import mesh as meshes
from jewelgen.solid.boolean import Meshed, Verdict
from jewelgen.solid.field import Field, Set, field_shape, field_volume, period, rows, set_of
from jewelgen.solid.forms import form_shape
from jewelgen.solid.inlaid import Inlay, inlaid, is_flat
from jewelgen.solid.marks import glyph_area, raises
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.occ_solids import placed, solids_of
from jewelgen.solid.placing import box_moved, boxes_meet, rounded, seen_from, spun
from jewelgen.solid.tools import (
    Tool,
    is_turned,
    source_box,
    source_manifold,
    source_mesh,
    tool_shape,
)


@dataclass(frozen=True, slots=True)
class Done:
    """One tool at one place in the part's own frame; `adds` metal or takes it."""

    tool: Tool
    frame: Frame
    adds: bool


@dataclass(frozen=True, slots=True)
class Recipe:
    """A form and what is done to it, in its own frame; hashable, so equal members are one."""

    form: Form
    steps: tuple[Done, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One copy of a part."""

    part: Part
    index: int
    frame: Frame
    recipe: Recipe


def places(piece: Piece, parts: tuple[str, ...]) -> Iterator[Place]:
    """Every copy of the named parts with what is done to it."""
    for name in parts:
        part = piece.part(name)
        tools = list(_tools_on(piece, name))
        box = source_box(part.form)
        for index, inner in enumerate(part.array.frames()):
            frame = part.at.then(inner)
            steps = []
            for tool, at, adds in tools:
                local = seen_from(frame, at)
                local = rounded(spun(local) if is_turned(tool) else local)
                if boxes_meet(box, box_moved(source_box(tool), local)):
                    steps.append(Done(tool, local, adds))
            yield Place(part, index, frame, Recipe(part.form, _in_order(steps)))


def _in_order(steps: list[Done]) -> tuple[Done, ...]:
    """The steps, equal tools that follow each other in the order of their places, so that equal members are one:
    the seats that a prong shares with the first stone and the last come the other way round.
    """
    runs = groupby(steps, lambda step: (step.tool, step.adds))
    return tuple(step for _, run in runs for step in sorted(run, key=_where))


def _where(step: Done) -> tuple[Vec, Vec, Vec]:
    return step.frame.origin, step.frame.z, step.frame.x


def _tools_on(piece: Piece, name: str) -> Iterator[tuple[Tool, Frame, bool]]:
    """Cutters first, then marks, each at each of its places in the piece's coordinates."""
    for cut in piece.cuts:
        if name in cut.on:
            for inner in cut.array.frames():
                yield cut.form, cut.at.then(inner), False
    for mark in piece.marks:
        form = mark.form
        if mark.on != name or mark.when != "cast" or isinstance(form, Texture):
            continue
        for inner in mark.array.frames():
            yield form, mark.at.then(inner), raises(form)


@lru_cache(maxsize=256)
def member_manifold(recipe: Recipe, chord: float, angle: float) -> Manifold:
    """The member's mesh in its own frame, by mesh booleans of its form and tools."""
    taken = [
        meshes.moved(source_manifold(step.tool, chord, angle), step.frame)
        for step in recipe.steps
        if not step.adds
    ]
    added = [
        meshes.moved(source_manifold(step.tool, chord, angle), step.frame)
        for step in recipe.steps
        if step.adds
    ]
    body = meshes.difference(source_manifold(recipe.form, chord, angle), taken)
    return meshes.union([body, *added])


def chord_loss(recipe: Recipe, chord: float, angle: float) -> float:
    """What the mesh of the form alone lacks of its closed-form volume, mm3."""
    return volume(recipe.form) - float(source_manifold(recipe.form, chord, angle).volume())


def is_bare(recipe: Recipe) -> bool:
    """Whether the member is its form alone, which has a closed formula."""
    return not recipe.steps or isinstance(recipe.form, Twist)


def member_shape(recipe: Recipe) -> Shape:
    """The member's exact shape in its own frame, every boolean proved against the mesh."""
    return form_shape(recipe.form) if is_bare(recipe) else _proved(recipe)[0]


def member_verdict(recipe: Recipe) -> Verdict:
    """What proves the member's volume."""
    if not is_bare(recipe):
        return _proved(recipe)[1]
    form, exact = recipe.form, volume(recipe.form)
    mesh = meshes.closed_volume(source_mesh(form, *boolean.FINE), type(form).__name__.lower())
    return boolean.of_one_form(form_shape(form), exact, Meshed(mesh, exact - mesh))


@lru_cache(maxsize=256)
def _proved(recipe: Recipe) -> tuple[Shape, Verdict]:
    """The worked member's shape and the verdict on it."""
    name = type(recipe.form).__name__.lower()
    sewn, field = [], _field(recipe)
    if field:
        sewn = [partial(field_shape, field, tilt) for tilt in boolean.LADDER]
    worked = (partial(_worked, recipe, tilt) for tilt in boolean.LADDER)
    tries = [*(sewn or _letters_last(recipe)), *worked]
    return boolean.proved(tries, partial(member_volume, recipe), name)


def member_volume(recipe: Recipe, chord: tuple[float, float]) -> Meshed:
    """The member's mesh in mm3, and what the chords of its form lose; of a field by one period of it."""
    field = _field(recipe)
    if field:
        return field_volume(field, chord)
    return Meshed(float(member_manifold(recipe, *chord).volume()), chord_loss(recipe, *chord))


def band_tools(recipe: Recipe) -> tuple[Hoop, list[Set]] | None:
    """A uniform whole band and what is done to it round the finger; None where the member is no such band."""
    form = recipe.form
    if not isinstance(form, Hoop) or len(form.stations) > 1 or form.a1 - form.a0 < 360.0:
        return None
    return form, [set_of(step.tool, step.frame, step.adds) for step in recipe.steps]


def _field(recipe: Recipe) -> Field | None:
    """A band's tools where they repeat round it."""
    found = band_tools(recipe)
    n = period(rows(found[1])) if found else 0
    return Field(*found, n) if found and n else None


def without_letters(recipe: Recipe) -> tuple[Recipe, tuple[Inlay, ...]]:
    """The recipe without its flat letters, and those with their places."""
    late = tuple((step.tool, step.frame) for step in recipe.steps if is_flat(step.tool))
    early = tuple(step for step in recipe.steps if not is_flat(step.tool))
    return Recipe(recipe.form, early), late


def _letters_last(recipe: Recipe) -> list[boolean.Try]:
    """The way that sets flat letters into what is otherwise done, where there are some."""
    early, late = without_letters(recipe)
    return [lambda: inlaid(_worked(early, boolean.LADDER[0]), late)] if late else []


def _worked(recipe: Recipe, tilt: float) -> Shape:
    """The form less everything taken, then with everything added, each island a tool of its own."""
    taken = [tool for step in recipe.steps if not step.adds for tool in _tools(step, tilt)]
    added = [tool for step in recipe.steps if step.adds for tool in _tools(step, tilt)]
    return boolean.joined(boolean.taken(form_shape(recipe.form), taken), added)


def _tools(step: Done, tilt: float) -> list[Shape]:
    shape = tool_shape(step.tool, tilt if isinstance(step.tool, Beads) else 0.0)
    return solids_of(placed(shape, step.frame))


def silent_marks(recipe: Recipe, chord: float, angle: float) -> bool:
    """Whether letters moved less than a third of the metal their area and depth promise."""
    promised = sum(
        (1 if step.adds else -1) * glyph_area(step.tool) * step.tool.deep
        for step in recipe.steps
        if isinstance(step.tool, Glyphs)
    )
    if promised == 0:
        return False
    others = Recipe(recipe.form, tuple(s for s in recipe.steps if not isinstance(s.tool, Glyphs)))
    moved = (
        member_manifold(recipe, chord, angle).volume()
        - member_manifold(others, chord, angle).volume()
    )
    return bool(moved / promised < 1 / 3)
