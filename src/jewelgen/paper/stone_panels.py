"""The drawings of a gem map: each side of the piece with its stones, and a band's stones rolled out.

In: a `Piece` and its `Seated` stones.  Out: `Panel`s in mm of the piece. No kernel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from jewelgen.catalog.cuts import cut
from jewelgen.paper.fronts import covers
from jewelgen.paper.inked import Inked, depths_of, inked
from jewelgen.paper.stones import Seated
from jewelgen.paper.views import PENDANT_VIEWS, RING_VIEWS, Body, beads_of, bodies_of
from jewelgen.piece.form import Hoop
from jewelgen.piece.gem import polyhedron
from jewelgen.piece.piece import Piece

FACETED = 40  # up to so many stones a view shows facets
FACING = 0.35  # cosine: of many stones those turned further from the eye stay grey lines
EDGE_ON = -0.05  # cosine: of few stones those are shown that are not turned away
RIM = 0.06  # mm
SPECK = 1e-4  # mm2
Array = NDArray[np.float64]
Loops = tuple[Array, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One stone on a panel: silhouette, facets of its near side, and `open`, what neither metal nor stones hide."""

    item: Seated
    loop: Array
    facets: Loops
    open: BaseGeometry


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing: its name, grey lines, stones from far to near, its box; mm of the piece.

    `over`: edges of the metal that lies over stones, and of the holes in it.
    """

    name: str
    lines: Loops
    stones: tuple[Drawn, ...]
    over: Loops
    box: tuple[float, float, float, float]


def panels(piece: Piece, placed: Sequence[Seated]) -> tuple[Panel, ...]:
    """Views on which a stone faces the eye, the first one if none does, and the band rolled out."""
    sides = RING_VIEWS if piece.sort == "ring" else PENDANT_VIEWS
    planes = [(name, np.array((right, up))) for name, right, up in sides]
    chosen = [row for row in planes if any(_facing(placed, row[1]))] or planes[:1]
    found = [_view(name, plane, piece, placed) for name, plane in chosen]
    rolled = _rolled(placed) if piece.sort == "ring" else None
    return (*found, *([rolled] if rolled else []))


def _view(name: str, plane: Array, piece: Piece, placed: Sequence[Seated]) -> Panel:
    """A view of the piece with the stones that face the eye; prongs and beads lie over them."""
    eye = np.cross(plane[0], plane[1])
    axes = np.vstack((plane, eye))
    bodies = (*bodies_of(piece), *beads_of(piece))
    ink = inked(bodies, axes)
    facing = _facing(placed, plane)
    seats = _seats(piece)
    lines = _grey(ink, facing)
    shown = [item for item, seen in zip(placed, facing, strict=True) if seen]
    over = _covers(shown, [body for body in bodies if body.name not in seats], axes)
    drawn = _layers([_drawn(item, plane, eye, len(placed) <= FACETED) for item in shown], over, eye)
    every = np.concatenate([np.array(line) for item in ink for line in item.lines])
    box = (*every.min(axis=0), *every.max(axis=0))
    return Panel(name, lines, drawn, _rings(over), (box[0], box[1], box[2], box[3]))


def _facing(placed: Sequence[Seated], plane: Array) -> list[bool]:
    """Which stones are shown in a view: those that face the eye."""
    least = EDGE_ON if len(placed) <= FACETED else FACING
    eye = np.cross(plane[0], plane[1])
    return [float(np.dot(item.frame.z, eye)) > least for item in placed]


def _grey(ink: Sequence[Inked], facing: Sequence[bool]) -> Loops:
    """Lines of the metal, and of stones that are turned from the eye; stones stand in the order of `facing`."""
    turned = iter(facing)
    kept = [item for item in ink if item.layer != "stone" or not next(turned)]
    return tuple(np.array(line) for item in kept for line in item.lines)


def _seats(piece: Piece) -> frozenset[str]:
    """Bands in which stones sit: no drawing shows their seats, so that they are not known to hide a stone."""
    bands = {part.name for part in piece.parts if isinstance(part.form, Hoop)}
    return frozenset(bands & {name for cut_ in piece.cuts if cut_.stone for name in cut_.on})


def _covers(shown: Sequence[Seated], bodies: Sequence[Body], axes: Array) -> BaseGeometry:
    """The metal that is seen over stones.

    Of a stone sunk in metal whose seat no drawing shows only beads are known to lie over it.
    """
    if not shown:
        return shapely.Polygon()
    sunk = {body.name for body in bodies if body.layer == "stone" and body.sunk}
    stones = depths_of([body for body in bodies if body.layer == "stone"], axes)
    # The covers reach past the stone's edge, so that its line does not show beside them.
    hulls = [shapely.Polygon(_outline(item, axes[:2])).buffer(RIM) for item in shown]
    free = [hull for hull, item in zip(hulls, shown, strict=True) if item.stone.name not in sunk]
    found = []
    for layer, under in (("metal", free), ("bead", hulls)):
        below = shapely.union_all(under)
        above = [body for body in bodies if body.layer == layer]
        if above and not below.is_empty:
            found.append(shapely.intersection(covers(above, axes, stones, below), below))
    whole: BaseGeometry = shapely.union_all(found)
    return whole


def _layers(rows: Sequence[Drawn], over: BaseGeometry, eye: Array) -> tuple[Drawn, ...]:
    """The stones from far to near, each with what is seen of it."""
    order = sorted(
        rows, key=lambda row: (round(float(np.dot(row.item.frame.origin, eye)), 3), row.item.id)
    )
    found, nearer = [], over
    for row in reversed(order):
        whole = shapely.Polygon(row.loop)
        found.append(Drawn(row.item, row.loop, row.facets, shapely.difference(whole, nearer)))
        nearer = shapely.union(nearer, whole)
    return tuple(reversed(found))


def _rings(shape: BaseGeometry) -> Loops:
    """The edges of areas, those of their holes too."""
    parts = getattr(shape, "geoms", [shape])
    whole = [part for part in parts if part.geom_type == "Polygon" and part.area > SPECK]
    rings = [ring for part in whole for ring in (part.exterior, *part.interiors)]
    return tuple(np.asarray(ring.coords) for ring in rings)


def _outline(item: Seated, plane: Array) -> Array:
    points, _ = polyhedron(item.stone)
    rows = np.array(item.frame.rows())
    return _hull((points @ rows[:, :3].T + rows[:, 3]) @ plane.T)


def _drawn(item: Seated, plane: Array, eye: Array, faceted: bool) -> Drawn:
    """A stone's silhouette and the facets on its near side, on the sheet."""
    points, faces = polyhedron(item.stone)
    rows = np.array(item.frame.rows())
    world = points @ rows[:, :3].T + rows[:, 3]
    flat = world @ plane.T
    smooth = cut(item.stone.cut).family == "cabochon"
    facets = _near(world, flat, faces, eye) if faceted and not smooth else ()
    loop = _hull(flat)
    return Drawn(item, loop, facets, shapely.Polygon(loop))


def _hull(flat: Array) -> Array:
    hull = shapely.convex_hull(shapely.multipoints(flat))
    return np.asarray(shapely.get_coordinates(hull))


def _near(world: Array, flat: Array, faces: tuple[tuple[int, ...], ...], eye: Array) -> Loops:
    """The faces that look towards the eye: their normals by Newell's sum, side kept under mirroring."""
    middle = world.mean(axis=0)
    found = []
    for face in faces:
        ring = world[list(face)]
        normal = np.cross(ring, np.roll(ring, -1, axis=0)).sum(axis=0)
        outward = 1.0 if float(normal @ (ring.mean(axis=0) - middle)) > 0 else -1.0
        if outward * float(normal @ eye) > 1e-9:
            found.append(flat[list(face)])
    return tuple(found)


def _rolled(placed: Sequence[Seated]) -> Panel | None:
    """Stones that stand radially round the finger, rolled out: arc from 12 o'clock to the right."""
    around = [item for item in placed if item.stone.array.n > 2 and abs(_radial(item) - 1.0) < 1e-3]
    if len({round(item.clock_deg) for item in around}) < 3:
        return None
    radius = max(math.hypot(i.frame.origin[0], i.frame.origin[2]) for i in around)
    shown = tuple(_laid(item, radius, len(around) <= FACETED) for item in around)
    every = np.concatenate([row.loop for row in shown])
    (x0, y0), (x1, y1) = every.min(axis=0), every.max(axis=0)
    name = f"rolled out at {2 * radius:.2f} mm across the girdles, 12 o'clock in the middle"
    return Panel(name, (), shown, (), (float(x0), float(y0), float(x1), float(y1)))


def _radial(item: Seated) -> float:
    """Cosine between the way a stone faces and the ray from the finger's axis to it."""
    x, _, z = item.frame.origin
    reach = math.hypot(x, z)
    return (x * item.frame.z[0] + z * item.frame.z[2]) / reach if reach > 1e-9 else 0.0


def _laid(item: Seated, radius: float, faceted: bool) -> Drawn:
    """A stone on the rolled-out band as seen from outside."""
    z = np.array(item.frame.z)
    plane = np.array((np.cross((0.0, 1.0, 0.0), z), (0.0, 1.0, 0.0)))
    row = _drawn(item, plane, z, faceted)
    turned = (item.clock_deg + 180.0) % 360.0 - 180.0
    at = np.array((math.radians(turned) * radius, item.frame.origin[1]))
    shift = at - np.array(item.frame.origin) @ plane.T
    loop = row.loop + shift
    return Drawn(item, loop, tuple(facet + shift for facet in row.facets), shapely.Polygon(loop))
