"""JG216, JG217: letters that run off their metal, or nearly through it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from jewelgen.findings import Finding, Fix, Severity
from jewelgen.flat.region import within
from jewelgen.piece.bodies import Placed, Solid, placed, to_world
from jewelgen.piece.bounds import bounds
from jewelgen.piece.frame import on_ring
from jewelgen.piece.mark import Glyphs, Mark
from jewelgen.piece.piece import Piece
from jewelgen.piece.quadrature import lattice
from jewelgen.rules.places import Array, here, metal_of

POINTS = 16384
OFF = 0.03  # share of the artwork that may hang over rounded edges
QUARTERS = (180.0, 90.0, 270.0, 0.0)  # the back first: it is seen least
BEHIND = 0.3  # mm of metal wanted behind a cut letter


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """An error for text off the metal, a warning for text that nearly comes through."""
    del pack  # whether letters fit is plain geometry
    for mark in piece.marks:
        if isinstance(mark.form, Glyphs) and mark.form.how in {"engrave", "stamp"}:
            yield from _mark(piece, mark, mark.form)


def _mark(piece: Piece, mark: Mark, glyphs: Glyphs) -> Iterator[Finding]:
    place = placed(mark.name, glyphs, mark.at.then(mark.array.frames()[0]))
    body = [solid for solid in metal_of(piece) if solid.part == mark.on]
    said = f"'{glyphs.text}'" if glyphs.text else "the artwork"
    flat = _flat(glyphs)
    off = 1.0 - _share(place, body, glyphs, flat, 0.5 * glyphs.deep)
    if off > OFF:
        yield Finding(
            "JG216",
            f"{mark.name}: {100 * off:.0f} % of {said} runs off the metal of {mark.on}",
            here(mark.name),
            hint="smaller letters, a shorter text, or more metal under it",
            fix=_elsewhere(piece, mark, glyphs, flat),
        )
        return
    thin = 1.0 - _share(place, body, glyphs, flat, glyphs.deep + BEHIND)
    if thin > OFF:
        yield Finding(
            "JG217",
            f"{mark.name}: less than {BEHIND:g} mm of metal stays behind {100 * thin:.0f} % of {said}",
            here(mark.name),
            Severity.WARNING,
            hint="cut it shallower",
        )


def _elsewhere(piece: Piece, mark: Mark, glyphs: Glyphs, flat: Array) -> Fix | None:
    """The first of the quarters round a ring where the artwork lies on metal whole."""
    if piece.sort != "ring" or not glyphs.bend:
        return None
    body = [solid for solid in metal_of(piece) if solid.part == mark.on]
    frame = mark.at.then(mark.array.frames()[0])
    now = math.degrees(math.atan2(frame.origin[0], frame.origin[2]))
    for degrees in QUARTERS:
        place = placed(mark.name, glyphs, on_ring(0.0, degrees - now).then(frame))
        if 1.0 - _share(place, body, glyphs, flat, 0.5 * glyphs.deep) <= OFF:
            return Fix(f"{mark.name}.at", f'"{degrees:g} deg"')
    return None


def _flat(glyphs: Glyphs) -> Array:
    """Points (n, 2) of the artwork in its plane."""
    plain = Glyphs(glyphs.path, glyphs.deep, glyphs.how)
    low, high = bounds(plain)
    p = (low + lattice(POINTS) * (high - low))[:, :2]
    return np.asarray(p[within(glyphs.path, p[:, 0], p[:, 1])])


def _share(place: Placed, body: list[Solid], glyphs: Glyphs, flat: Array, deep: float) -> float:
    """Share of the artwork that has metal at that depth."""
    if not len(flat):
        return 1.0
    world = to_world(place.frame, _wrapped(glyphs, flat, -deep))
    mask = np.zeros(len(world), dtype=bool)
    for solid in body:
        mask |= solid.body.contains(world)
    return float(mask.mean())


def _wrapped(glyphs: Glyphs, flat: Array, height: float) -> Array:
    """Artwork points at a height over the surface, on the plane or laid on the cylinder."""
    if not glyphs.bend:
        return np.column_stack((flat, np.full(len(flat), height)))
    radius, side = abs(glyphs.bend), 1.0 if glyphs.bend > 0 else -1.0
    a, r = flat[:, 0] / radius, radius + side * height
    return np.column_stack((r * np.sin(a), flat[:, 1], side * (r * np.cos(a) - radius)))
