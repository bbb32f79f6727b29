"""Flat views of a piece from its forms: silhouettes with what stands in front hiding what lies behind.

In: a `Piece`.  Out: `View`s of lines in mm. No kernel: projected surface grids, joined as polygons by shapely.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from jewelgen.paper.lettering import letters_on
from jewelgen.paper.lettering import seen as open_letters
from jewelgen.paper.shapes import Grid, holes_of, patches
from jewelgen.piece.form import Ball, Bar, Dome, Form, Hoop, Twist
from jewelgen.piece.frame import Frame, Vec
from jewelgen.piece.girdles import girdle_points
from jewelgen.piece.mark import Beads
from jewelgen.piece.piece import Piece
from jewelgen.piece.stone import Stone

Sort = Literal["run", "hull", "faces"]
Line2 = tuple[tuple[float, float], ...]
CRACK = 0.003  # mm
SPECK = 0.15  # mm; shorter pieces of hidden lines say nothing
ROUND = 72  # points round a stone
OPEN_GRIPS = frozenset({"lip", "prongs", "claws"})


@dataclass(frozen=True, slots=True)
class View:
    """Named lines by layer (metal, stone, engrave), with the box they fill: (x0, y0, x1, y1) in mm.

    `balloons`: (part name, point) for one visible place on each part.
    """

    name: str
    lines: tuple[tuple[str, Line2], ...]
    box: tuple[float, float, float, float]
    balloons: tuple[tuple[str, tuple[float, float]], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """One thing in space: a part or stone copy as patches in the world, with hole rings.

    `sort`: a run of convex sections, a convex hull, or a surface of faces. `sunk`: mm that a stone lies in metal
    whose seats no drawing shows.
    """

    name: str
    layer: str
    patches: tuple[Grid, ...]
    holes: tuple[Grid, ...] = ()
    sort: Sort = "faces"
    sunk: float = 0.0


# Name, the world axis to the right, the world axis up; the eye looks from right x up.
RING_VIEWS: tuple[tuple[str, Vec, Vec], ...] = (
    ("front", (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)),
    ("side", (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    ("top", (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
)
PENDANT_VIEWS: tuple[tuple[str, Vec, Vec], ...] = (
    ("front", (1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
    ("side", (0.0, 0.0, -1.0), (0.0, 1.0, 0.0)),
)


def views(piece: Piece) -> tuple[View, ...]:
    """Front, side and top of a ring; front and side of a pendant."""
    bodies = bodies_of(piece)
    chosen = RING_VIEWS if piece.sort == "ring" else PENDANT_VIEWS
    return tuple(
        _view(name, np.array((right, up)), bodies, letters_on(piece, np.array((right, up))))
        for name, right, up in chosen
    )


def bodies_of(piece: Piece) -> tuple[Body, ...]:
    """Every part and stone, each copy a body, in the piece's own frame."""
    found = []
    for part in piece.parts:
        shape, holes = patches(part.form), holes_of(part.form)
        for copy in part.array.frames():
            frame = part.at.then(copy)
            found.append(
                Body(
                    part.name,
                    "metal",
                    _placed(shape, frame),
                    _placed(holes, frame),
                    _sort(part.form),
                )
            )
    for stone in piece.stones:
        grid = stone_grid(stone)
        sunk = 0.0 if stone.grip in OPEN_GRIPS else stone.width / 2
        found.extend(
            Body(stone.name, "stone", _placed((grid,), stone.at.then(copy)), (), "hull", sunk)
            for copy in stone.array.frames()
        )
    return tuple(body for body in found if body.patches)


def beads_of(piece: Piece) -> tuple[Body, ...]:
    """Every bead that holds a stone, as a ball where it stands; milgrain is left out."""
    found: list[Body] = []
    for mark in piece.marks:
        form = mark.form
        if not isinstance(form, Beads) or form.word != "bead":
            continue
        a = np.linspace(0.0, math.pi, 7)
        turn = np.linspace(0.0, 2 * math.pi, 17)[:, None]
        r = form.d / 2
        flat = (np.sin(a) * np.cos(turn), np.sin(a) * np.sin(turn), np.cos(a) + 0 * turn)
        ball = np.stack(flat, 2) * r + (0.0, 0.0, r - form.bite)
        found.extend(
            Body(mark.name, "bead", _placed((ball,), mark.at.then(copy)), (), "hull")
            for copy in mark.array.frames()
        )
    return tuple(found)


def _sort(form: Form) -> Sort:
    if isinstance(form, (Hoop, Bar, Twist)):
        return "run"
    return "hull" if isinstance(form, (Ball, Dome)) else "faces"


def _placed(grids: tuple[Grid, ...], frame: Frame) -> tuple[Grid, ...]:
    rows = np.array(frame.rows())
    return tuple(grid @ rows[:, :3].T + rows[:, 3] for grid in grids)


def stone_grid(stone: Stone) -> Grid:
    """A stone's rough shape: dome of a cabochon, or culet, girdle, table of a faceted one."""
    if stone.cut.startswith("cab"):
        tall = stone.depth - stone.girdle
        a = np.linspace(0.0, math.pi / 2, 9)
        levels = [(1.0, 0.0), *((math.cos(t), stone.girdle + tall * math.sin(t)) for t in a)]
    else:
        pavilion = stone.pavilion or 0.7 * stone.depth
        crown = stone.crown or 0.25 * stone.depth
        top = stone.depth - pavilion - crown
        levels = [
            (0.02, -pavilion),
            (1.0, 0.0),
            (1.0, top),
            (0.56, top + crown),
            (0.0, top + crown),
        ]
    ring = girdle_points(stone.cut, stone.length, stone.width, ROUND)
    ring = np.vstack((ring, ring[:1]))
    return np.array([np.hstack((ring * s, np.full((len(ring), 1), z))) for s, z in levels])


def _view(
    name: str,
    plane: NDArray[np.float64],
    bodies: tuple[Body, ...],
    letters: dict[str, list[NDArray[np.float64]]],
) -> View:
    eye = np.cross(plane[0], plane[1])
    shapes = [(body, silhouette(body, plane), _nearness(body, eye)) for body in bodies]
    shapes.sort(key=lambda row: (-row[2], row[1].area, row[0].name))
    lines: list[tuple[str, Line2]] = []
    balloons: dict[str, tuple[float, float]] = {}
    covered: BaseGeometry = shapely.Polygon()
    for body, shape, _ in shapes:
        seen = shapely.difference(shape.boundary, covered)
        lines += [(body.layer, line) for line in _lines(seen)]
        rings = letters.pop(body.name, None)
        lines += (
            [("engrave", line) for line in _lines(open_letters(rings, covered))] if rings else []
        )
        open_part = shapely.difference(shape, covered)
        if rings:
            # A leader that ends beside a word does not strike it through.
            open_part = shapely.difference(open_part, _band(rings, shape.bounds))
        if body.layer == "metal" and body.name not in balloons and open_part.area > 0.01:
            spot = open_part.representative_point()
            balloons[body.name] = (spot.x, spot.y)
        covered = shapely.union(covered, shape)
    x0, y0, x1, y1 = covered.bounds
    return View(name, tuple(lines), (x0, y0, x1, y1), tuple(sorted(balloons.items())))


def _band(rings: list[NDArray[np.float64]], box: tuple[float, float, float, float]) -> BaseGeometry:
    """The strip across a body at the height of its letters."""
    y = np.concatenate(rings)[:, 1]
    return shapely.box(box[0], float(y.min()), box[2], float(y.max()))


def _nearness(body: Body, eye: NDArray[np.float64]) -> float:
    """How near a body stands to the eye: the middle of its extent along the sight."""
    depth = np.concatenate([(patch @ eye).ravel() for patch in body.patches])
    return round(float(depth.min() + depth.max()) / 2, 3)


def silhouette(body: Body, plane: NDArray[np.float64]) -> BaseGeometry:
    """The outline a body throws on a plane, with its holes, in mm."""
    flat = [patch @ plane.T for patch in body.patches]
    if body.sort == "hull":
        return shapely.convex_hull(
            shapely.multipoints(np.concatenate([f.reshape(-1, 2) for f in flat]))
        )
    if body.sort == "run":
        slabs = np.concatenate([_slabs(f) for f in flat])
        return shapely.simplify(_closed(shapely.union_all(slabs, grid_size=1e-4)), 0.004)
    rings = [ring for f in flat if len(f) < 20 for ring in (f[0], f[-1])]
    faces = np.concatenate([_triangles(f) for f in flat] + [_caps(body, rings)])
    whole = shapely.union_all(faces, grid_size=1e-4)
    return shapely.simplify(_pierced(body, whole, plane), 0.004)


def _closed(shape: BaseGeometry) -> BaseGeometry:
    """The shape without the cracks that rounding leaves between neighbours."""
    wider = shapely.buffer(shape, CRACK, join_style="mitre")
    closed: BaseGeometry = shapely.buffer(wider, -CRACK, join_style="mitre")
    return closed


def _slabs(flat: NDArray[np.float64]) -> NDArray[np.object_]:
    """Between neighbouring sections of a run lies, for convex sections, the hull of both."""
    pairs = np.concatenate((flat[:-1], flat[1:]), axis=1)
    points = shapely.multipoints(shapely.points(pairs))
    hulls: NDArray[np.object_] = shapely.convex_hull(points)
    found: NDArray[np.object_] = hulls[shapely.area(hulls) > 1e-7]
    return found


def _triangles(flat: NDArray[np.float64]) -> NDArray[np.object_]:
    """The triangles of a projected grid that have an area."""
    a, b, c, d = flat[:-1, :-1], flat[1:, :-1], flat[1:, 1:], flat[:-1, 1:]
    three = np.concatenate([np.stack(t, 2).reshape(-1, 3, 2) for t in ((a, b, c), (a, c, d))])
    u, v = three[:, 1] - three[:, 0], three[:, 2] - three[:, 0]
    found: NDArray[np.object_] = shapely.polygons(
        three[np.abs(u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]) > 1e-7]
    )
    return found


def _caps(body: Body, rings: list[NDArray[np.float64]]) -> NDArray[np.object_]:
    """Flat ends of solid bodies: a plate's faces; walls and tubes have none."""
    if len(body.patches) != 1:
        return np.array([], dtype=object)
    polygons = [shapely.make_valid(shapely.Polygon(ring)) for ring in rings if len(ring) > 3]
    found: NDArray[np.object_] = np.array([p for p in polygons if p.area > 1e-6], dtype=object)
    return found


def _pierced(body: Body, whole: BaseGeometry, plane: NDArray[np.float64]) -> BaseGeometry:
    """Holes show where both rims of the hole do."""
    for top, bottom in zip(body.holes[::2], body.holes[1::2], strict=True):
        both = [shapely.Polygon(ring @ plane.T).buffer(0) for ring in (top, bottom)]
        whole = shapely.difference(whole, shapely.intersection(both[0], both[1]))
    return whole


def _lines(shape: BaseGeometry) -> list[Line2]:
    merged = shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape
    parts = getattr(merged, "geoms", [merged])
    return [
        tuple((float(x), float(y)) for x, y in part.coords)
        for part in parts
        if part.geom_type in {"LineString", "LinearRing"} and part.length > SPECK
    ]
