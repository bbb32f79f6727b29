"""The light of every pixel: metal mirrors the studio and itself, stones refract it, the ground takes a shadow.

In: `Scene`, `Camera`.  Out: linear RGB (height, width, 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from jewelgen.view import studio
from jewelgen.view.camera import Camera
from jewelgen.view.gemlight import BOUNCES, crystal, light_through
from jewelgen.view.normals import corner_normals, flat_normals
from jewelgen.view.raster import seen as rastered
from jewelgen.view.rays import Caster, caster
from jewelgen.view.scene import Scene, Surface
from jewelgen.view.twins import Twin, twins
from jewelgen.view.worked import GRAIN, dented, grained

Array = NDArray[np.floating]
Index = NDArray[np.int64]
Mask = NDArray[np.bool_]
LIGHT = np.float32  # half the work of doubles; a pixel is 20 um
NUDGE = 2e-3  # mm a ray starts off the surface it leaves
MATTED = 0.75  # share of its light that matted metal scatters
SOFT = 0.75  # brightness of what it scatters: grains shade each other
SHALLOW = 3  # bounces in a stone that is seen in metal
DIM = 0.80  # brightness of metal seen in metal


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """All triangles of a scene with normals and owners, and the caster of rays over them."""

    surfaces: tuple[Surface, ...]
    vertices: Array
    triangles: Index
    owner: Index
    corners: Array
    faces: Array
    colours: Array
    sheen: NDArray[np.str_]
    looks: NDArray[np.str_]
    cast: Caster | None
    turn: Array
    twins: tuple[Twin, ...]


def world_of(scene: Scene) -> World:
    """The scene's triangles in one table. `turn` carries directions to the studio, where z is up."""
    first, parts = 0, []
    for surface in scene.surfaces:
        parts.append(surface.mesh.triangles + first)
        first += len(surface.mesh.vertices)
    triangles = np.vstack(parts)
    vertices = scene.points()
    owner = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    smooth = [
        np.repeat(flat_normals(s.mesh)[:, None, :], 3, axis=1)
        if s.material.sheen == "clear"
        else corner_normals(s.mesh)
        for s in scene.surfaces
    ]
    faces = np.vstack([flat_normals(s.mesh) for s in scene.surfaces])
    colours = np.array([s.material.colour for s in scene.surfaces]) ** 2.2
    sheen = np.array([s.material.sheen for s in scene.surfaces])
    looks = np.array([s.material.look for s in scene.surfaces])
    upright = (
        np.eye(3) if scene.sort == "ring" else np.array([[1.0, 0, 0], [0, 0, -1.0], [0, 1.0, 0]])
    )
    numbers = (vertices, np.vstack(smooth), faces, colours, upright)
    spots, corners, flat, tints, turn = (a.astype(LIGHT) for a in numbers)
    return World(
        scene.surfaces, spots, triangles, owner, corners, flat, tints, sheen, looks,
        caster(vertices, triangles), turn, twins(scene.surfaces),
    )  # fmt: skip


def visible(world: World, camera: Camera, rays: Array) -> Index:
    """Triangle numbers seen along the camera's `rays`: by casting them, or by VTK where nothing casts."""
    if world.cast is None:
        return rastered(world.vertices, world.triangles, camera)
    ways = rays.reshape(-1, 3)
    hits = world.cast(np.broadcast_to(np.array(camera.eye), ways.shape), ways)
    return hits.reshape(camera.size[1], camera.size[0])


def shaded(world: World, camera: Camera) -> tuple[Array, Mask]:
    """Linear light of every pixel, and which pixels show the piece (the others are black)."""
    rays = camera.rays()
    ids = visible(world, camera, rays)
    mask = ids >= 0
    found = np.zeros((*ids.shape, 3), dtype=LIGHT)
    found[mask] = lit(world, np.array(camera.eye), rays[mask], ids[mask])
    return found, mask


def lit(world: World, eye: Array, rays: Array, hits: Index) -> Array:
    """Linear light (n, 3) along `rays` from `eye` that meet the triangles `hits`."""
    eye, rays = eye.astype(LIGHT), rays.astype(LIGHT)
    points, normals = _at(world, np.broadcast_to(eye, rays.shape), rays, hits)
    sheen = world.sheen[world.owner[hits]]
    found = np.zeros_like(rays)
    for word, shade in (("metal", _metal), ("stone", _stone)):
        own = sheen == word
        if own.any():
            found[own] = shade(world, points[own], rays[own], normals[own], hits[own])
    ink = sheen == "ink"
    found[ink] = world.colours[world.owner[hits[ink]]] * _diffuse(world, normals[ink])
    clear = sheen == "clear"
    if clear.any():
        met = (points[clear], rays[clear], normals[clear])
        found[clear] = _clear(world, met, hits[clear], BOUNCES)
    return found


def _clear(world: World, met: tuple[Array, Array, Array], hits: Index, bounces: int) -> Array:
    """Light in stones that are seen through, one kind of stone after the other."""
    found = np.zeros_like(met[1])
    owners = world.owner[hits]
    like = np.array([twin.like for twin in world.twins])[owners]
    for k in np.unique(like):
        own = like == k
        found[own] = _gems(world, k, (met[0][own], met[1][own], met[2][own]), owners[own], bounces)
    return found


def _gems(
    world: World, k: int, met: tuple[Array, Array, Array], owners: Index, bounces: int
) -> Array:
    """Light in all copies of stone `k`, found in the first one and looked for round each of them.

    `met`: points, rays and normals where the copies `owners` are met.
    """
    numbers, which = np.unique(owners, return_inverse=True)
    turn = np.stack([world.twins[i].turn for i in numbers]).astype(LIGHT)[which]
    shift = np.stack([world.twins[i].shift for i in numbers]).astype(LIGHT)[which]

    def seen(spots: Array, ways: Array, ray: Index) -> Array:
        there = np.einsum("ijk,ik->ij", turn[ray], spots) + shift[ray]
        return _around(world, there, np.einsum("ijk,ik->ij", turn[ray], ways), _METAL_ONLY)

    points, rays, normals = met
    home = np.einsum("ikj,ik->ij", turn, points - shift)
    inward, outward = (np.einsum("ikj,ik->ij", turn, way) for way in (rays, normals))
    surface = world.surfaces[k]
    gem = crystal(surface.mesh, surface.material.index, world.colours[k])
    return light_through(gem, (home, inward, outward), seen, bounces)


def _at(world: World, starts: Array, rays: Array, hits: Index) -> tuple[Array, Array]:
    """Points and smooth normals where rays meet their triangles; normals turned against the ray."""
    a, b, c = (world.vertices[world.triangles[hits, k]] for k in range(3))
    face = world.faces[hits]
    slope = (rays * face).sum(1)
    slope = np.where(np.abs(slope) < 1e-9, 1e-9, slope)
    points = starts + (((a - starts) * face).sum(1) / slope)[:, None] * rays
    area = np.maximum((np.cross(b - a, c - a) * face).sum(1), 1e-20)
    v = np.clip((np.cross(points - a, c - a) * face).sum(1) / area, 0.0, 1.0)
    w = np.clip((np.cross(b - a, points - a) * face).sum(1) / area, 0.0, 1.0)
    u = np.clip(1.0 - v - w, 0.0, 1.0)
    corner = world.corners[hits]
    normal = u[:, None] * corner[:, 0] + v[:, None] * corner[:, 1] + w[:, None] * corner[:, 2]
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    return points, normal


def _mirror(rays: Array, normals: Array) -> Array:
    return np.asarray(rays - 2.0 * (rays * normals).sum(1, keepdims=True) * normals)


def _metal(world: World, points: Array, rays: Array, normals: Array, hits: Index) -> Array:
    """Polished metal mirrors; hammered metal does from its dents, matted metal scatters most of its light."""
    looks = world.looks[world.owner[hits]]
    hammered = looks == "hammer"
    if hammered.any():
        normals = normals.copy()
        normals[hammered] = dented(points[hammered], normals[hammered])
    found = _polished(world, points, rays, normals, hits)
    for look in GRAIN:
        own = looks == look
        if own.any():
            even = world.colours[world.owner[hits[own]]] * _diffuse(world, normals[own])
            shade = grained(look, points[own])[:, None]
            found[own] = shade * ((1.0 - MATTED) * found[own] + MATTED * SOFT * even)
    return found


def _polished(world: World, points: Array, rays: Array, normals: Array, hits: Index) -> Array:
    colour = world.colours[world.owner[hits]]
    way = _mirror(rays, normals)
    grazing = (1.0 - np.clip(-(rays * normals).sum(1), 0.0, 1.0)) ** 5
    tint = colour + (1.0 - colour) * grazing[:, None]
    return np.asarray(tint * _around(world, points + NUDGE * normals, way, _EVERYTHING))


def _stone(world: World, points: Array, rays: Array, normals: Array, hits: Index) -> Array:
    """A polished opaque stone: its colour in the light from all sides, with a thin mirror on top."""
    glaze = 0.05 + 0.95 * (1.0 - np.clip(-(rays * normals).sum(1), 0.0, 1.0)) ** 5
    mirror = _around(world, points + NUDGE * normals, _mirror(rays, normals), _EVERYTHING)
    body = world.colours[world.owner[hits]] * _diffuse(world, normals)
    return np.asarray((1.0 - glaze)[:, None] * body + glaze[:, None] * mirror)


_EVERYTHING = ("metal", "stone", "ink", "clear")
_METAL_ONLY = ("metal",)


def _around(world: World, points: Array, way: Array, solid: tuple[str, ...]) -> Array:
    """Light that comes along `way`: of the studio, or of the metal or stone that stands before it."""
    found = studio.light(way @ world.turn.T)
    if world.cast is None:
        return found
    hits = world.cast(points, way)
    blocked = hits >= 0
    blocked[blocked] = np.isin(world.sheen[world.owner[hits[blocked]]], solid)
    if blocked.any():
        found[blocked] = _second(world, points[blocked], way[blocked], hits[blocked])
    return found


def _second(world: World, points: Array, way: Array, hits: Index) -> Array:
    """What a mirror shows of another surface: its colour, mirroring half and half the studio and its glow.

    A stone that is seen through is looked into there too, if not as deep.
    """
    spots, normals = _at(world, points, way, hits)
    sheen = world.sheen[world.owner[hits]]
    colour = world.colours[world.owner[hits]]
    mirror = studio.light(_mirror(way, normals) @ world.turn.T)
    glow = _diffuse(world, normals)
    share = np.where(sheen == "metal", 0.6, 0.1)[:, None]
    found = np.asarray(DIM * colour * (share * mirror + (1.0 - share) * glow))
    clear = sheen == "clear"
    if clear.any():
        met = (spots[clear], way[clear], normals[clear])
        found[clear] = DIM * _clear(world, met, hits[clear], SHALLOW)
    return found


def _diffuse(world: World, normals: Array) -> Array:
    """Light from all sides on a matte surface."""
    directions, weights = (a.astype(LIGHT) for a in _sky())
    facing = np.maximum((normals @ world.turn.T) @ directions.T, 0.0)
    return np.asarray(facing @ weights)


@cache
def _sky() -> tuple[Array, Array]:
    """Directions and their light, weighted so that a white sky of strength 1 gives 1."""
    n = 96
    k = np.arange(n) + 0.5
    height, turn = 1.0 - 2.0 * k / n, np.pi * (1.0 + 5.0**0.5) * k
    flat = np.sqrt(1.0 - height**2)
    spots = np.stack((flat * np.cos(turn), flat * np.sin(turn), height), axis=1)
    return spots, studio.light(spots) * 4.0 / n
