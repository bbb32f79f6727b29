"""Plates: masters side by side on a resin printer's plate.

In: masters with their stand and the area they cover, a printer.  Out: `Plate`s, each as full as it gets. The same
masters give the same plates, whatever order they come in. No kernel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry import MultiPolygon, Polygon

from jewelgen.cast.heft import Array
from jewelgen.cast.poise import Poise
from jewelgen.catalog.facts import fact
from jewelgen.catalog.printers import Printer
from jewelgen.flat.nesting import Placed, Sheet, nesting
from jewelgen.solid.model import Mesh

EASE = 0.15  # mm round a shadow, so that its outline may be coarse
MOST = 500  # plates of one printer
TRIES = 6  # free corners tried for each piece


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A master as it will be printed: `shadow` is what it covers when turned by its poise, mm."""

    id: str
    name: str
    mesh: Mesh
    poise: Poise
    shadow: MultiPolygon


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A master on the plate: the 3 x 4 matrix from piece to plate (z = 0 on it), and its shadow there."""

    standing: Standing
    rows: Array
    outline: Polygon

    def mesh(self) -> Mesh:
        """The mesh where it is printed."""
        moved = self.standing.mesh.vertices @ self.rows[:, :3].T + self.rows[:, 3]
        return Mesh(moved, self.standing.mesh.triangles)


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """One print: the printer and what lies on its plate, in the order of their ids."""

    printer: Printer
    laid: tuple[Laid, ...]

    @property
    def height(self) -> float:
        """The tallest piece with its supports, mm."""
        return (
            max(item.standing.poise.height for item in self.laid)
            + fact("printers", "plate.lift").number
        )

    @property
    def share(self) -> float:
        """Share of the plate that is covered, 0 to 1."""
        covered = sum(item.outline.area for item in self.laid)
        return float(covered / (self.printer.x * self.printer.y))


def plates(
    masters: Sequence[Standing], printer: Printer
) -> tuple[tuple[Plate, ...], tuple[Standing, ...]]:
    """As many plates as it takes, and the masters that no plate of this printer takes."""
    margin, gap, lift = (
        fact("printers", f"plate.{key}").number for key in ("margin", "gap", "lift")
    )
    order = sorted(masters, key=lambda item: (item.name, item.id))
    low = [item for item in order if item.poise.height + lift <= printer.z]
    by_id = {item.id: item for item in low}
    sheet = Sheet(printer.x - 2 * margin, printer.y - 2 * margin, MOST)
    nested, over = nesting([(item.id, footprint(item.shadow)) for item in low], [sheet], gap, TRIES)
    made = [
        Plate(printer, tuple(_laid(by_id[p.name], p, margin) for p in sorted(n.places, key=lambda p: p.name)))
        for n in nested
    ]  # fmt: skip
    lost = [item for item in order if item not in low or item.id in over]
    return tuple(made), tuple(lost)


def footprint(shadow: MultiPolygon) -> Polygon:
    """The outline that a master takes on the plate: without holes (supports stand there), in one piece."""
    grown = MultiPolygon([Polygon(part.exterior) for part in shadow.geoms]).buffer(
        EASE, quad_segs=2
    )
    whole = grown if isinstance(grown, Polygon) else grown.convex_hull
    made = Polygon(whole.exterior).simplify(EASE / 2)
    if not isinstance(made, Polygon):
        raise TypeError("an outline fell apart")
    return made


def _laid(item: Standing, place: Placed, margin: float) -> Laid:
    a = math.pi / 2 * place.quarter
    round_ = np.round(((math.cos(a), -math.sin(a), 0), (math.sin(a), math.cos(a), 0), (0, 0, 1)))
    turn = round_ @ item.poise.turn
    low = float((item.mesh.vertices @ turn[2]).min())
    move = np.array((place.shift[0] + margin, place.shift[1] + margin, -low))
    ring = np.array(place.ring) + margin
    return Laid(item, np.hstack((turn, move[:, None])), Polygon(ring))
