"""Light in faceted stones: refraction, total reflection and dispersion between the planes of the facets.

In: rays that meet a stone.  Out: linear light along them. Stones are taken as the space within their planes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from jewelgen.solid.model import Mesh
from jewelgen.view.normals import flat_normals

Array = NDArray[np.floating]
Index = NDArray[np.int64]
Lookup = Callable[[Array, Array, Index], Array]  # (origins, directions, numbers of rays) -> light
BOUNCES = 7
FIRE = (
    -0.012,
    0.0,
    0.016,
)  # index of red, green and blue against the middle, as a share of index - 1
_DEEP = 0.9  # how strongly a path through the whole stone takes on its colour


@dataclass(frozen=True, slots=True, eq=False)
class Crystal:
    """Facet planes (n . p = d), index of refraction, linear colour, and size in mm."""

    normals: Array
    offsets: Array
    index: float
    colour: Array
    size: float


def crystal(mesh: Mesh, index: float, colour: Array) -> Crystal:
    """The planes of a stone's mesh, each once."""
    face = flat_normals(mesh)
    first = mesh.vertices[mesh.triangles[:, 0]]
    whole = np.linalg.norm(face, axis=1) > 0.5
    planes = np.column_stack((face, (face * first).sum(1)))[whole]
    _, keep = np.unique(np.round(planes, 4), axis=0, return_index=True)
    kept = planes[np.sort(keep)]
    size = float(np.linalg.norm(np.ptp(mesh.vertices, axis=0))) / 2
    kept = kept.astype(colour.dtype)
    return Crystal(kept[:, :3], kept[:, 3], max(index, 1.2), colour, size)


def light_through(
    gem: Crystal,
    met: tuple[Array, Array, Array],
    seen: Lookup,
    bounces: int = BOUNCES,
) -> Array:
    """Light along rays that meet a stone: `met` are the points, the rays and the normals of the facets, (n, 3) each.

    What `bounces` times meets the inside of a facet is taken to leave there.
    """
    points, rays, normals = met
    into, mirror = _refracted(rays, normals, 1.0 / gem.index)[0], _reflected(rays, normals)
    back = _fresnel(-(rays * normals).sum(1), 1.0 / gem.index)
    total = back[:, None] * seen(points + 1e-3 * normals, mirror, np.arange(len(points)))
    power = np.repeat((1.0 - back)[:, None], 3, axis=1)
    spot, way, live = points.copy(), into, np.arange(len(points))
    for bounce in range(bounces):
        spot, facet, run = _next(gem, spot, way)
        power *= gem.colour ** (_DEEP * run / gem.size)[:, None]
        n = gem.normals[facet]
        kept = _fresnel((way * n).sum(1), gem.index)
        last = bounce == bounces - 1
        leaving = power * ((1.0 - kept)[:, None] if not last else 1.0)
        bright = leaving.max(axis=1) > 1e-3
        if bright.any():
            total[live[bright]] += leaving[bright] * _fire(
                gem, spot[bright], way[bright], n[bright], partial(_thrice, seen, live[bright])
            )
        power = power * kept[:, None]
        way = _reflected(way, n)
        stay = power.max(axis=1) > 2e-3
        spot, way, power, live = spot[stay], way[stay], power[stay], live[stay]
        if not len(live):
            break
    return total


def _thrice(seen: Lookup, rays: Index, spots: Array, ways: Array) -> Array:
    """What is seen along three ways a ray."""
    return seen(spots, ways, np.tile(rays, 3))


def _next(gem: Crystal, spot: Array, way: Array) -> tuple[Array, NDArray[np.int64], Array]:
    """Where each ray inside meets a facet: point, facet, distance."""
    speed = way @ gem.normals.T
    gap = gem.offsets - spot @ gem.normals.T
    run = np.where(speed > 1e-6, np.maximum(gap, 0.0) / np.maximum(speed, 1e-6), np.inf)
    facet = np.argmin(run, axis=1)
    length = np.minimum(run[np.arange(len(run)), facet], 4 * gem.size)
    return spot + length[:, None] * way, facet, length


def _fire(
    gem: Crystal, spot: Array, way: Array, n: Array, seen: Callable[[Array, Array], Array]
) -> Array:
    """Light from outside along the refracted way, each colour by its own index."""
    ways = []
    for shift in FIRE:
        out, passes = _refracted(way, -n, gem.index + shift * (gem.index - 1.0))
        ways.append(np.where(passes[:, None], out, way))
    light = seen(np.tile(spot + 1e-3 * n, (3, 1)), np.vstack(ways)).reshape(3, len(spot), 3)
    return np.stack([light[channel, :, channel] for channel in range(3)], axis=1)


def _reflected(d: Array, n: Array) -> Array:
    return np.asarray(d - 2.0 * (d * n).sum(1, keepdims=True) * n)


def _refracted(d: Array, n: Array, ratio: float) -> tuple[Array, NDArray[np.bool_]]:
    """Snell: `n` against `d`, `ratio` of the indices before and behind; and which rays get through."""
    cosine = -(d * n).sum(1, keepdims=True)
    inner = 1.0 - ratio**2 * (1.0 - cosine**2)
    out = ratio * d + (ratio * cosine - np.sqrt(np.maximum(inner, 0.0))) * n
    return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True)), inner[:, 0] > 0.0


def _fresnel(cosine: Array, ratio: float) -> Array:
    """Share reflected (Fresnel, unpolarized); `ratio` of the indices before and behind."""
    c = np.clip(cosine, 0.0, 1.0)
    inner = 1.0 - ratio**2 * (1.0 - c**2)
    g = np.sqrt(np.maximum(inner, 0.0))
    s = ((ratio * c - g) / (ratio * c + g + 1e-12)) ** 2
    p = ((c - ratio * g) / (c + ratio * g + 1e-12)) ** 2
    return np.asarray(np.where(inner <= 0.0, 1.0, np.minimum((s + p) / 2, 1.0)))
