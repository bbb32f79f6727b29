"""What a picture shows: metal in the colour of its alloy, stones in that of their species, marks to come.

In: `Piece` and its `Model`.  Out: `Scene`, meshes with materials. Nothing is drawn here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.cuts import cut as cut_of
from jewelgen.catalog.gems import species
from jewelgen.piece.frame import Frame
from jewelgen.piece.inside import inside
from jewelgen.piece.mark import Beads, Glyphs, Mark, Texture
from jewelgen.piece.piece import Piece, Sort
from jewelgen.solid import mesh as meshes
from jewelgen.solid.model import Body, Gem, Mesh, Model
from jewelgen.solid.tools import source_mesh
from jewelgen.view.worked import covered

Sheen = Literal["metal", "stone", "clear", "ink"]
Colour = tuple[float, float, float]
INK_SHARE = 0.42  # brightness of letters that will be cut, against their metal
INK_LIFT = 0.006  # mm such letters lie above the metal in pictures
_CHORDS = (0.02, 0.3)
_FLOOR = 0.9  # share of the depth from which a triangle belongs to the floor of a letter
_CLEAR_BELOW = 0.9  # species of a lesser opacity are seen through


@dataclass(frozen=True, slots=True)
class Material:
    """How a surface takes light: sRGB `colour` in 0..1; `index` of refraction of what is seen through.

    `look`: the texture of metal that is not polished (hammer, sand, matte, brushed).
    """

    sheen: Sheen
    colour: Colour
    rough: float = 0.2
    index: float = 1.0
    look: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """One mesh (mm, piece coordinates) and what it is made of."""

    name: str
    mesh: Mesh
    material: Material


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything to be seen; `sort` decides how the piece is stood or hung."""

    name: str
    sort: Sort
    surfaces: tuple[Surface, ...]

    def points(self) -> NDArray[np.float64]:
        """All vertices (n, 3), mm."""
        return np.vstack([surface.mesh.vertices for surface in self.surfaces])


def scene_of(piece: Piece, model: Model) -> Scene:
    """The scene of a model; letters cut only after casting lie on the metal as dark lines, beads stand on it."""
    metal = [part for body in model.bodies for part in _body(piece, body, model.scale)]
    stones = [_stone(gem) for gem in model.gems]
    return Scene(model.name, piece.sort, (*metal, *stones, *_inks(piece, model)))


def _body(piece: Piece, body: Body, scale: float) -> list[Surface]:
    """The bright metal of a body, and the floors of letters cut into it, which are left dark."""
    cut = np.zeros(len(body.mesh.triangles), dtype=bool)
    corners = body.mesh.vertices[body.mesh.triangles] / scale
    for mark in piece.marks:
        if mark.on in body.parts and mark.when == "cast" and isinstance(mark.form, Glyphs):
            for frame in mark.array.frames():
                cut |= _floors(mark.form, mark.at.then(frame), corners)
    colour, bright, worked = _colour(body.alloy), ~cut, []
    for mark in piece.marks:
        if mark.on in body.parts and isinstance(mark.form, Texture):
            own = bright & covered(piece, mark, corners)
            bright &= ~own
            look = Material("metal", colour, 0.5, look=mark.form.word)
            worked += [Surface(mark.name, _part(body.mesh, own), look)] if own.any() else []
    found = [Surface(body.name, _part(body.mesh, bright), Material("metal", colour, 0.16)), *worked]
    if cut.any():
        dark = Material("ink", _darker(colour), 0.6)
        found.append(Surface(f"{body.name} letters", _part(body.mesh, cut), dark))
    return found


def _floors(form: Glyphs, frame: Frame, corners: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which triangles (m, 3, 3) are the floors of the letters: deep at every corner, within the outlines."""
    found = np.zeros(len(corners), dtype=bool)
    if form.how not in ("engrave", "stamp"):
        return found
    rows = np.array(frame.rows())
    local = (corners - rows[:, 3]) @ rows[:, :3]
    low = (_depth(form, local) > _FLOOR * form.deep).all(axis=1)
    found[low] = inside(replace(form, deep=1.05 * form.deep), local[low].mean(axis=1))
    return found


def _depth(form: Glyphs, local: NDArray[np.float64]) -> NDArray[np.float64]:
    """Depth under the plane or the cylinder that the letters lie on, mm."""
    if not form.bend:
        return -local[..., 2]
    out = np.hypot(local[..., 0], form.bend + local[..., 2])
    return np.asarray(np.sign(form.bend) * (abs(form.bend) - out))


def _part(mesh: Mesh, keep: NDArray[np.bool_]) -> Mesh:
    return mesh if keep.all() else Mesh(mesh.vertices, mesh.triangles[keep])


def _colour(alloy_id: str) -> Colour:
    red, green, blue = alloy(alloy_id).rgb
    return (red / 255, green / 255, blue / 255)


def _darker(colour: Colour) -> Colour:
    return (colour[0] * INK_SHARE, colour[1] * INK_SHARE, colour[2] * INK_SHARE)


def _stone(gem: Gem) -> Surface:
    kind = species(gem.species)
    red, green, blue, opacity = kind.rgba
    top = 255.0 if max(red, green, blue) > 1.0 else 1.0
    colour = (red / top, green / top, blue / top)
    # A dome of a clouded species glows; only between flat facets is one seen through.
    faceted = cut_of(gem.cut).family != "cabochon"
    clear = faceted and opacity / (255.0 if opacity > 1.0 else 1.0) < _CLEAR_BELOW
    sheen: Sheen = "clear" if clear else "stone"
    return Surface(
        f"{gem.stone} {gem.index}", gem.mesh, Material(sheen, colour, 0.12, sum(kind.ri) / 2)
    )


def _inks(piece: Piece, model: Model) -> list[Surface]:
    """Marks that no body carries yet: letters as thin dark skins, beads as they will be rolled."""
    found = []
    for mark in piece.marks:
        if mark.when == "cast" or isinstance(mark.form, Texture):
            continue
        if isinstance(mark.form, Beads):
            found.append(_beads(piece, model, mark, mark.form))
            continue
        skin = source_mesh(replace(mark.form, how="raise", deep=INK_LIFT), *_CHORDS)
        dark = Material("ink", _darker(_colour(piece.part(mark.on).alloy)), 0.6)
        for frame in mark.array.frames():
            placed = meshes.moved_mesh(skin, mark.at.then(frame))
            found.append(Surface(mark.name, meshes.scaled_mesh(placed, model.scale), dark))
    return found


def _beads(piece: Piece, model: Model, mark: Mark, form: Beads) -> Surface:
    """Beads that are raised after casting, in the metal they are moved from."""
    ball = source_mesh(form, *_CHORDS)
    balls = [meshes.moved_mesh(ball, mark.at.then(frame)) for frame in mark.array.frames()]
    many = Mesh(
        np.vstack([item.vertices for item in balls]),
        np.vstack([item.triangles + i * len(ball.vertices) for i, item in enumerate(balls)]),
    )
    bright = Material("metal", _colour(piece.part(mark.on).alloy), 0.16)
    return Surface(mark.name, meshes.scaled_mesh(many, model.scale), bright)
