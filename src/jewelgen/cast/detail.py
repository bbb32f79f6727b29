"""What a sprue keeps away from: stones with their prongs, loops and bails, letters and beads on the casting.

In: a finished `Piece`, the parts of one casting, the master's scale.  Out: `Detail` in mm of the master. No kernel.
"""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np

from jewelgen.cast.sprue import Detail
from jewelgen.flat.outline import points
from jewelgen.piece.bounds import bounds
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Vec
from jewelgen.piece.late import cast_marks
from jewelgen.piece.mark import Beads, Glyphs, Mark
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import axes

PRONG = 0.9  # mm round the middle line of a prong
UPPER = 0.75  # share of a prong, from its tip, that no gate may spoil
LETTER = 1.2  # mm of the ball for every cell of letters or drawings
HANGING = {"bail", "loop", "jump ring", "catch", "pin"}  # roles of parts that a sprue would spoil
CELL = 1.0  # mm: one ball a cell of this size
# The way a piece hangs from its sprue: a ring by its back, a pendant by its lower end, rather behind.
REST: dict[str, Vec] = {"ring": (0.0, 0.0, -1.0), "pendant": (0.0, -1.0, -0.5)}


def detail_of(piece: Piece, parts: Collection[str], scale: float) -> Detail:
    """Balls round everything that a gate would spoil on the casting of some parts."""
    balls: list[tuple[Vec, float]] = []
    for stone in piece.stones:
        radius = max(stone.length, stone.width) / 2
        balls += [(stone.at.then(copy).origin, radius) for copy in stone.array.frames()]
    held = {name for stone in piece.stones for name in stone.held_by}
    for part in piece.parts:
        if part.name in parts and part.role in HANGING:
            balls += _around(part)
        elif part.name in held and isinstance(part.form, Bar):
            balls += _along(part, part.form)
    for mark in cast_marks(piece):
        if mark.on in parts:
            balls += _mark(mark)
    scaled = tuple((scale * p[0], scale * p[1], scale * p[2], scale * r) for p, r in balls)
    return Detail(scaled, REST[piece.sort])


def _around(part: Part) -> list[tuple[Vec, float]]:
    """A ball round each copy of a small part."""
    low, high = bounds(part.form)
    x, y, z = ((low + high) / 2).tolist()
    radius = float(np.linalg.norm(high - low)) / 2
    return [(part.at.then(copy).point((x, y, z)), radius) for copy in part.array.frames()]


def _along(part: Part, form: Bar) -> list[tuple[Vec, float]]:
    """Balls along the upper part of each prong; its root may be gated with what it stands on."""
    spots = axes(form.rail, np.linspace(1 - UPPER, 1.0, 6))[0].tolist()
    places = [part.at.then(copy) for copy in part.array.frames()]
    return [(place.point((x, y, z)), PRONG) for place in places for x, y, z in spots]


def _mark(mark: Mark) -> list[tuple[Vec, float]]:
    form = mark.form
    places = [mark.at.then(frame) for frame in mark.array.frames()]
    if isinstance(form, Beads):
        return [(place.origin, form.d / 2) for place in places]
    if not isinstance(form, Glyphs) or form.bend < 0:  # nobody gates the inside of a bore
        return []
    cells = sorted({(round(x / CELL), round(y / CELL)) for x, y in points(form.path)})
    spots = [_bent(CELL * x, CELL * y, form.bend) for x, y in cells]
    return [(place.point(spot), LETTER) for place in places for spot in spots]


def _bent(x: float, y: float, bend: float) -> Vec:
    """A point of a drawing on the plane or the cylinder it is laid on."""
    if not bend:
        return (x, y, 0.0)
    return (bend * math.sin(x / bend), y, bend * (math.cos(x / bend) - 1.0))
