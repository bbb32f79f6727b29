"""Holes drilled through plates, named on the first view: how wide, how many, how far from the edge.

In: a `Piece`, the plane of a view.  Out: words and a leader in a drawing. mm.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from ezdxf.layouts.layout import Modelspace
from numpy.typing import NDArray

from jewelgen.flat.outline import Outline, Oval, points
from jewelgen.paper.dxf import words
from jewelgen.piece.form import Plate
from jewelgen.piece.piece import Part, Piece

Array = NDArray[np.float64]
FLAT = 0.95  # cosine between a plate and the eye from which its holes are seen as they are
TEXT = 1.4


@dataclass(frozen=True, slots=True)
class Drilled:
    """Round holes of one size in a plate: `n` of diameter `d`; `spot` is the first one's middle on the sheet.

    `edge`: mm from the middle to the nearest edge of the plate.
    """

    n: int
    d: float
    edge: float
    spot: tuple[float, float]

    @property
    def text(self) -> str:
        """`hole 1.60, its middle 2.30 from the edge`."""
        what = f"hole {self.d:.2f}" if self.n == 1 else f"{self.n} holes {self.d:.2f}"
        return f"{what}, {'its middle' if self.n == 1 else 'middles'} {self.edge:.2f} from the edge"


def is_round(hole: Outline) -> bool:
    """Whether a drill makes it; any other outline is sawn."""
    return isinstance(hole, Oval) and abs(hole.l - hole.w) < 1e-6


def drilled(piece: Piece, plane: Array) -> Iterator[Drilled]:
    """The round holes of every plate that faces the eye, by size."""
    eye = np.cross(plane[0], plane[1])
    for part in piece.parts:
        form = part.form
        if isinstance(form, Plate) and abs(float(np.dot(part.at.z, eye))) > FLAT:
            yield from _of(part, form, plane)


def _of(part: Part, plate: Plate, plane: Array) -> Iterator[Drilled]:
    rim = shapely.LinearRing(points(plate.outline, 240))
    sizes: dict[float, list[tuple[float, float]]] = {}
    for x, y, hole in plate.holes:
        if isinstance(hole, Oval) and is_round(hole):
            sizes.setdefault(round(hole.w, 3), []).append((x, y))
    for d, spots in sizes.items():
        edge = min(float(rim.distance(shapely.Point(spot))) for spot in spots)
        x, y = plane @ np.array(part.at.point((*spots[0], plate.t)))
        yield Drilled(len(spots) * part.array.n, d, edge, (float(x), float(y)))


def name_holes(
    space: Modelspace, rows: Iterator[Drilled], shift: tuple[float, float], at: tuple[float, float]
) -> None:
    """The words, one above the other from `at` upwards, each with a leader to the first of its holes."""
    x, y = at
    for row in rows:
        words(space, row.text, (x, y), TEXT)
        spot = (row.spot[0] + shift[0], row.spot[1] + shift[1])
        edge = np.array(((x + 1.5, y - 0.4), spot))
        way = (edge[0] - edge[1]) / max(float(np.linalg.norm(edge[0] - edge[1])), 1e-9)
        foot = edge[1] + way * row.d / 2
        space.add_line(
            (float(edge[0][0]), float(edge[0][1])), (float(foot[0]), float(foot[1])),
            dxfattribs={"layer": "note"},
        )  # fmt: skip
        y += 2.2
