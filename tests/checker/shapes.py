"""Closed shapes of known measures, made for the checker alone: grids of points joined into triangles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jewelgen.checker.surface import Surface, merged

Array = NDArray[np.float64]


def box(x: float, y: float, z: float, at: tuple[float, float, float] = (0, 0, 0)) -> Array:
    """Triangles (12, 3, 3) of a box in the middle of `at`, outward."""
    low = np.array([(i, j, k) for i in (0, 1) for j in (0, 1) for k in (0, 1)], float)
    points = (low - 0.5) * (x, y, z) + at
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    return np.array([t for a, b, c, d in faces for t in (points[[a, b, c]], points[[a, c, d]])])


def turned(profile: list[tuple[float, float]], n: int = 256) -> Array:
    """The closed profile (r, y), counter-clockwise in the r-y plane, turned about y."""
    a = np.linspace(0, 2 * np.pi, n, endpoint=False)
    ring = np.array([[(r * np.sin(t), y, r * np.cos(t)) for t in a] for r, y in profile])
    out = []
    for i in range(len(profile)):
        p, q = ring[i], ring[(i + 1) % len(profile)]
        u, v = np.roll(p, -1, axis=0), np.roll(q, -1, axis=0)
        out += [np.stack((p, u, v), 1), np.stack((p, v, q), 1)]
    made = np.concatenate(out).astype(np.float32).astype(np.float64)
    area = np.linalg.norm(np.cross(made[:, 1] - made[:, 0], made[:, 2] - made[:, 0]), axis=1)
    return made[area > 1e-9]


def tube(inner: float, wall: float, long: float) -> Array:
    """A tube about y."""
    a, b = inner / 2, inner / 2 + wall
    return turned([(a, -long / 2), (a, long / 2), (b, long / 2), (b, -long / 2)])


def ball(d: float) -> Array:
    """A sphere as a turned half circle."""
    t = np.linspace(np.pi / 2, -np.pi / 2, 129)
    return turned([(d / 2 * np.cos(u), d / 2 * np.sin(u)) for u in t])


def wedge(tall: float, degrees: float, long: float = 10.0) -> Array:
    """A wedge with its edge along y at the origin, opening towards +z by `degrees`, `tall` high."""
    half = tall * np.tan(np.radians(degrees / 2))
    p = [(0.0, 0.0), (half, tall), (-half, tall)]
    front = [np.array((x, -long / 2, z)) for x, z in p]
    back = [np.array((x, long / 2, z)) for x, z in p]
    out = [np.array(front), np.array(back[::-1])]
    for i in range(3):
        j = (i + 1) % 3
        out += [np.array((front[i], back[i], back[j])), np.array((front[i], back[j], front[j]))]
    return np.array(out)


def ribbed(width: float, tall: float, long: float = 10.0) -> Array:
    """A plate 10 x `long` x 2 with a rib in the middle of its top at z = 1, drawn along y."""
    w, y = width / 2, long / 2
    ring = [(-5, -1), (5, -1), (5, 1), (w, 1), (w, 1 + tall), (-w, 1 + tall), (-w, 1), (-5, 1)]
    caps = [(0, 1, 2), (0, 2, 3), (0, 3, 6), (0, 6, 7), (3, 4, 5), (3, 5, 6)]
    front = [np.array((x, -y, z)) for x, z in ring]
    back = [np.array((x, y, z)) for x, z in ring]
    out = [np.array([front[i] for i in cap]) for cap in caps]
    out += [np.array([back[i] for i in cap[::-1]]) for cap in caps]
    for i in range(8):
        j = (i + 1) % 8
        out += [np.array((front[i], back[i], back[j])), np.array((front[i], back[j], front[j]))]
    return np.array(out)


def surface(*triangles: Array) -> Surface:
    """The triangles as a surface, turned outward as a whole."""
    made = merged(np.concatenate(triangles))
    if made.volume() < 0:
        made = merged(np.concatenate(triangles)[:, ::-1])
    return made
