"""Thickness as colour on a piece, from two sides, with numbered rings round the places that fail.

In: `Heat`: triangles, samples with mm of metal, places with words.  Out: PNG bytes, the same for the same input.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from jewelgen.piece.frame import Vec
from jewelgen.view.camera import Camera, framed
from jewelgen.view.png import encode
from jewelgen.view.rays import caster
from jewelgen.view.words import written

Array = NDArray[np.floating]
Index = NDArray[np.int64]
TILE = (520, 440)  # pixels of one view
FINER = 2
LINE, LEGEND = 22, 56  # pixels a line of words, and for the scale
RING, FIGURE = 15.0, 16.0  # pixels: a ring, the width of its number
PAPER, INK, ALARM = np.array((0.975, 0.975, 0.97)), np.array((0.1, 0.1, 0.12)), np.array((0.82, 0.0, 0.35))  # fmt: skip
SOLID = np.array((0.72, 0.73, 0.75))  # metal that is no wall
# Red under the least wire, amber to the least wall, green and blue where there is plenty.
_COLOURS = np.array(
    ((0.45, 0.0, 0.05), (0.92, 0.16, 0.08), (0.99, 0.72, 0.12), (0.45, 0.75, 0.30), (0.16, 0.42, 0.74))
)  # fmt: skip
_SIDES = {
    "pendant": (((0.55, 0.22, 1.0), (0.0, 1.0, 0.0)), ((-0.45, -0.3, -1.0), (0.0, 1.0, 0.0))),
    "": (((0.62, -1.0, 0.62), (0.0, 0.0, 1.0)), ((-0.7, 0.8, -0.45), (0.0, 0.0, 1.0))),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that fails, in mm, and the words that go with its number."""

    at: Vec
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """`metal`: mm under each of `points` (infinite: no wall); `wire`, `wall`: the least of each in mm."""

    sort: str
    vertices: Array
    triangles: Index
    points: Array
    metal: Array
    wire: float
    wall: float
    spots: tuple[Spot, ...] = ()


def heat_picture(heat: Heat) -> bytes | None:
    """The PNG; None where embree is not installed."""
    cast = caster(heat.vertices, heat.triangles)
    if cast is None:
        return None
    sides = _SIDES.get(heat.sort, _SIDES[""])
    cameras = [framed(heat.vertices, way, up, TILE) for way, up in sides]
    tree = cKDTree(heat.points)
    tiles = []
    for camera in cameras:
        fine = Camera(camera.eye, camera.target, camera.up, (TILE[0] * FINER, TILE[1] * FINER))
        tiles.append(_ringed(_tile(heat, fine, cast(*_rays(fine)), tree), camera, heat))
    page = np.vstack((np.hstack(tiles), _foot(heat, 2 * TILE[0])))
    return encode(np.asarray(np.round(np.clip(page, 0, 1) * 255), dtype=np.uint8))


def _rays(camera: Camera) -> tuple[Array, Array]:
    ways = camera.rays().reshape(-1, 3)
    return np.broadcast_to(np.array(camera.eye), ways.shape).copy(), ways


def _tile(heat: Heat, camera: Camera, face: Index, tree: cKDTree) -> Array:
    """One view: every pixel the colour of the metal there, shaded as by a lamp at the eye."""
    _, ways = _rays(camera)
    picture = np.broadcast_to(PAPER, ways.shape).copy()
    seen = np.flatnonzero(face >= 0)
    a, b, c = (heat.vertices[heat.triangles[face[seen], i]] for i in range(3))
    normal = np.cross(b - a, c - a)
    normal /= np.maximum(np.linalg.norm(normal, axis=1), 1e-12)[:, None]
    facing = np.einsum("ij,ij->i", normal, ways[seen])
    far = np.einsum("ij,ij->i", normal, a - camera.eye) / np.where(facing == 0, 1.0, facing)
    _, near = tree.query(np.array(camera.eye) + far[:, None] * ways[seen])
    light = 0.45 + 0.55 * np.abs(facing)
    picture[seen] = colours(heat.metal[near], heat.wire, heat.wall) * light[:, None]
    w, h = camera.size
    whole = picture.reshape(h // FINER, FINER, w // FINER, FINER, 3)
    return np.asarray(whole.mean(axis=(1, 3)))


def colours(metal: Array, wire: float, wall: float) -> Array:
    """Linear colours (n, 3) for mm of metal."""
    stops = (0.0, wire, wall, 2 * wall, 4 * wall)
    known = np.where(np.isfinite(metal), metal, 0.0)
    found = np.stack([np.interp(known, stops, _COLOURS[:, i]) for i in range(3)], axis=1)
    return np.where(np.isfinite(metal)[:, None], found, SOLID)


def _ringed(picture: Array, camera: Camera, heat: Heat) -> Array:
    """Rings round the failing places, numbered; through metal they are seen as well."""
    right, up, forward = camera.axes()
    w, h = camera.size
    reach = np.tan(np.radians(12.0))
    y, x = np.mgrid[0:h, 0:w] + 0.5
    labels: list[tuple[str, float, float]] = []
    for number, spot in enumerate(heat.spots, 1):
        apart = np.array(spot.at) - camera.eye
        deep = float(apart @ forward)
        px = (float(apart @ right) / (deep * reach) * h / w + 1) * w / 2
        py = (1 - float(apart @ up) / (deep * reach)) * h / 2
        off = np.abs(np.hypot(x - px, y - py) - RING)
        for half, colour in ((3.0, PAPER), (1.4, ALARM)):
            share = np.clip(half + 0.5 - off, 0, 1)[..., None]
            picture = picture * (1 - share) + share * colour
        labels.append((str(number), *_free(px, py, labels)))
    for words, px, py in labels:
        written(picture, words, (px, py), ALARM)
    return picture


def _free(x: float, y: float, taken: list[tuple[str, float, float]]) -> tuple[float, float]:
    """A place beside a ring for its number where no other number stands."""
    off = RING + 2
    places = [(x + off, y - RING), (x - off - FIGURE, y - RING), (x + off, y + RING - LINE / 2), (x - off - FIGURE, y + RING - LINE / 2),
              (x - FIGURE / 2, y - off - LINE / 2), (x - FIGURE / 2, y + off)]  # fmt: skip
    clear = [p for p in places if all(abs(p[0] - u) > FIGURE or abs(p[1] - v) > LINE / 2 for _, u, v in taken)]  # fmt: skip
    return (clear or places)[0]


def _foot(heat: Heat, wide: int) -> Array:
    """The scale with its figures, and a line of words for each ring."""
    page = np.broadcast_to(PAPER, (LEGEND + LINE * len(heat.spots) + 8, wide, 3)).copy()
    most = 4 * heat.wall
    x = np.arange(360)
    page[10:24, 20:380] = colours(x / 360 * most, heat.wire, heat.wall)
    for value in (0.0, heat.wire, heat.wall, 2 * heat.wall, most):
        at = 20 + value / most * 360
        page[24:29, int(min(at, 379))] = INK
        written(page, f"{value:g}", (at - 8, 38.0), INK)
    written(page, "mm of metal; grey: no wall", (410.0, 17.0), INK)
    for i, spot in enumerate(heat.spots):
        written(page, f"{i + 1}   {spot.words}", (20.0, LEGEND + LINE * i + 8.0), ALARM)
    return page
