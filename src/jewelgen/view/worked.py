"""Worked surfaces in pictures: which triangles a texture covers, and how hammered and matted metal take light.

In: a `Mark`, triangles, points and normals in mm.  Out: masks, normals, shades. The same place always looks the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.piece.bodies import to_local
from jewelgen.piece.form import Hoop
from jewelgen.piece.inside import inside
from jewelgen.piece.mark import Mark, Texture
from jewelgen.piece.piece import Piece

Array = NDArray[np.floating]
Mask = NDArray[np.bool_]
SKIN = 0.03  # mm to either side of a surface
FACING = 0.3  # cosine to the way a surface faces
FACET = 1.7  # mm: width of a hammer blow
BOWL = 0.32  # slope of a blow's rim
GRAIN = {"sand": 0.10, "matte": 0.05, "brushed": 0.06}  # mm: size of a grain, width of a stroke
SPARKLE = {"sand": 0.22, "matte": 0.06, "brushed": 0.14}  # how much grains differ in brightness
STROKE = 60.0  # widths of a stroke to its length
_NEAR = np.array([(i, j, k) for i in (-1, 0, 1) for j in (-1, 0, 1) for k in (-1, 0, 1)])


def covered(piece: Piece, mark: Mark, corners: Array) -> Mask:
    """Which triangles (m, 3, 3) lie on the face or band that a texture is on."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    across = np.cross(b - a, c - a)
    normal = across / np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-30)
    middle = corners.mean(axis=1)
    part = piece.part(mark.on)
    found = np.zeros(len(corners), dtype=bool)
    wanted = _facing(mark, isinstance(part.form, Hoop), middle, normal)
    for inner in part.array.frames():
        frame = part.at.then(inner)
        below = inside(part.form, to_local(frame, middle[wanted] - SKIN * normal[wanted]))
        above = inside(part.form, to_local(frame, middle[wanted] + SKIN * normal[wanted]))
        found[wanted] |= below & ~above
    return found


def _facing(mark: Mark, band: bool, middle: Array, normal: Array) -> Mask:
    """Triangles that look the way of the face, or away from (towards) the axis of a band."""
    axis = np.array(mark.at.z)
    if not band:
        height = (middle - np.array(mark.at.origin)) @ axis
        return np.asarray((normal @ axis > 1.0 - FACING) & (np.abs(height) < SKIN))
    apart = middle - np.array(mark.at.origin)
    out = apart - (apart @ axis)[:, None] * axis
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)
    side = -1.0 if isinstance(mark.form, Texture) and mark.form.inner else 1.0
    return np.asarray(side * (normal * out).sum(1) > FACING)


def dented(points: Array, normals: Array) -> Array:
    """Normals of hammered metal: each blow a shallow bowl about its own middle."""
    cell = points / FACET
    around = np.floor(cell)[:, None, :] + _NEAR
    spots = around + 0.05 + 0.9 * np.stack([_chance(around, k) for k in (1, 2, 3)], axis=-1)
    away = cell[:, None, :] - spots
    # Along the surface only: which blow lies over which is decided by how near it is, not how deep.
    away -= (away * normals[:, None, :]).sum(-1, keepdims=True) * normals[:, None, :]
    nearest = np.argmin((away * away).sum(-1), axis=1)
    found = normals - 2.0 * BOWL * away[np.arange(len(points)), nearest]
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def grained(look: str, points: Array) -> Array:
    """Brightness about 1 of every grain of sanded, stroke of brushed metal."""
    place = points / GRAIN[look]
    if look == "brushed":
        place = place * np.array((1.0 / STROKE, 1.0, 1.0 / STROKE))  # level, and round a finger
    return np.asarray(1.0 + SPARKLE[look] * (2.0 * _chance(np.floor(place), 4) - 1.0))


def _chance(cells: Array, k: int) -> Array:
    """A number in 0..1 for every cell of a lattice, always the same (fractions of a large sine)."""
    wave = np.sin(cells @ np.array((12.9898, 78.233, 37.719)) + 4.1414 * k) * 43758.5453
    return np.asarray(wave - np.floor(wave))
