"""Letters and art on the drawings: where a view shows them, and enlarged as they are read, with their sizes.

In: a `Piece`, the ids of its parts.  Out: lines for views, and the details of the drawing. No kernel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from ezdxf.layouts.layout import Modelspace
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from jewelgen.bench.inscriptions import Inscription
from jewelgen.flat.segments import loop_points
from jewelgen.paper.dxf import LETTER, dimension, words
from jewelgen.piece.mark import Glyphs
from jewelgen.piece.piece import Piece

Array = NDArray[np.float64]
FACING = 0.05  # cosine between letters and the eye below which they are not drawn
ZOOMS = (1.0, 2.0, 3.0, 4.0, 5.0, 8.0, 10.0)
WIDE, TALL = 20.0, 12.0  # mm that an enlarged word may take
TEXT = 1.4


def letters_on(piece: Piece, plane: Array) -> dict[str, list[Array]]:
    """By part, the outlines on a sheet of the letters that face the eye; those inside a bore never do."""
    eye = np.cross(plane[0], plane[1])
    found: dict[str, list[Array]] = {}
    for mark in piece.marks:
        form = mark.form
        if not isinstance(form, Glyphs) or form.bend < 0:
            continue
        for copy in mark.array.frames():
            rows = np.array(mark.at.then(copy).rows())
            for loop in form.path.loops:
                spots, normals = _bent(form, np.array(loop_points(loop, 0.02)))
                if ((normals @ rows[:, :3].T) @ eye > FACING).all():
                    ring = (spots @ rows[:, :3].T + rows[:, 3]) @ plane.T
                    found.setdefault(mark.on, []).append(np.vstack((ring, ring[:1])))
    return found


def _bent(form: Glyphs, flat: Array) -> tuple[Array, Array]:
    """Flat points in the frame of a mark on the outside of a cylinder (or a plane), and the normals there."""
    x, y, none = flat[:, 0], flat[:, 1], np.zeros(len(flat))
    if not form.bend:
        return np.stack((x, y, none), 1), np.tile((0.0, 0.0, 1.0), (len(flat), 1))
    turn = x / form.bend
    spots = np.stack((form.bend * np.sin(turn), y, form.bend * (np.cos(turn) - 1.0)), 1)
    return spots, np.stack((np.sin(turn), none, np.cos(turn)), 1)


def seen(rings: Sequence[Array], covered: BaseGeometry) -> BaseGeometry:
    """What nothing nearer hides of outlines."""
    return shapely.difference(shapely.MultiLineString(list(rings)), covered)


def details(
    space: Modelspace, rows: Sequence[Inscription], letters: Mapping[str, str], x: float
) -> float:
    """Every word as it is read, enlarged, with its length, what it is and where; returns the right end."""
    for row in rows:
        x = _detail(space, row, letters.get(row.on, ""), x)
    return x


def _detail(space: Modelspace, row: Inscription, mark: str, x: float) -> float:
    long, high = row.size
    zoom = max(z for z in ZOOMS if z == ZOOMS[0] or (long * z <= WIDE and high * z <= TALL))
    every = [point for ring in row.rings for point in ring]
    x0, y0 = min(p for p, _ in every), min(q for _, q in every)
    for ring in row.rings:
        line = [((p - x0) * zoom + x, (q - y0) * zoom) for p, q in ring]
        space.add_lwpolyline(line, close=True, dxfattribs={"layer": "engrave"})
    wide = long * zoom
    dimension(space, ((x, 0.0), (x + wide, 0.0)), (x, -3.8), f"{long:.1f}")
    words(space, f"{row.name.rpartition('.')[2]} {zoom:.0f} x", (x, -6.2), TEXT * 1.1)
    said = (row.place, row.height, f"{row.how} {row.text!r}{' on ' + mark if mark else ''}")
    for line_, text in enumerate(said):
        words(space, text, (x, high * zoom + 1.2 + 2.2 * line_), TEXT)
    return x + max(wide, *(len(text) * TEXT * LETTER for text in said)) + 4.0
