"""How one pattern can stand on the trunk: its slope, how long its sprue is, which way it is turned, the room it takes.

In: a `Pattern` and the `Clearances` of its material.  Out: `Pose`s in the trunk's frame: z up the trunk from the
root, x out from the trunk's axis, mm. The room is said twice, as a wedge of degrees round the trunk and as a
profile of heights over the radius, so that two patterns that share neither cannot meet. No kernel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jewelgen.cast.chain import number
from jewelgen.cast.heft import Array, samples
from jewelgen.cast.section import frame_of
from jewelgen.cast.sprue import Sprue, cones, flare, sunk
from jewelgen.catalog.facts import fact
from jewelgen.solid.model import Mesh

SAMPLES = 4000
SLACK = 0.3  # mm added to every gap: between two samples the surface is nearer than at them
BIN = 0.5  # mm of radius a step of a profile
REACH = 160  # steps of a profile: 80 mm from the axis
FEEDER_GAP = 0.4  # mm between sprues at the trunk, where they become one metal
LENGTH_STEP = 0.5
FLAT = 60.0  # degrees from the trunk: flatter than this metal runs in less well, and only what needs it stands so


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """One wax or resin pattern: `mesh` in mm as it is invested, its sprue, the way its face looks, its weights.

    `metal_g`: the raw casting without sprue; `volume_mm3`: the pattern without sprue; `grown`: the mesh holds its
    sprue already; `scaled`: what its master's file says of its scale.
    """

    id: str
    name: str
    alloy: str
    material: str
    mesh: Mesh
    sprue: Sprue
    face: tuple[float, float, float]
    volume_mm3: float
    metal_g: float
    grown: bool = False
    scaled: str = ""


@dataclass(frozen=True, slots=True)
class Clearances:
    """What a tree keeps free, in mm: to the wall, to the open end, between patterns; its trunk and its foot."""

    wall: float
    top: float
    gap: float
    trunk_d: float
    foot: float
    slopes: tuple[float, float]
    lengths: tuple[float, float]


def clearances(material: str) -> Clearances:
    """By the catalog, for patterns of `wax` or `resin`."""
    resin = material == "resin"
    low, high = fact("casting", "tree.angle_deg").range or (45.0, 80.0)
    return Clearances(
        wall=number(fact("casting", f"tree.{'resin_wall_clearance' if resin else 'wall_clearance_min'}")),
        top=number(fact("casting", "tree.top_clearance_min")),
        gap=number(fact("casting", f"tree.{'resin_piece_gap' if resin else 'piece_gap_min'}")),
        trunk_d=fact("casting", "sprue.main_diameter").numbers[0],
        foot=number(fact("casting", "tree.foot_height")),
        slopes=(low, high),
        lengths=(fact("casting", "sprue.feed_length").numbers[0], fact("casting", "sprue.feed_length").numbers[1]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """A stand on the trunk: degrees from its axis, length of the sprue, the 3 x 4 matrix from pattern to trunk.

    `wedge`: degrees to either side; `top`, `bottom`: heights by radius; `reach`: the farthest from the axis.
    """

    slope: float
    sprue: Sprue
    rows: Array
    wedge: tuple[float, float]
    top: Array
    bottom: Array
    reach: float

    @property
    def width(self) -> float:
        """Degrees round the trunk."""
        return self.wedge[0] + self.wedge[1]

    @property
    def rise(self) -> float:
        """From the lowest to the highest point in mm."""
        return float(self.top.max() - self.bottom.min())


def cloud(mesh: Mesh) -> Array:
    """Points all over a mesh, its corners among them, no two nearer than needed."""
    points, _, _ = samples(mesh, SAMPLES)
    every = np.vstack((points, mesh.vertices))
    _, first = np.unique(np.round(every / 0.4).astype(np.int64), axis=0, return_index=True)
    return np.asarray(every[np.sort(first)])


def poses(pattern: Pattern, keep: Clearances) -> tuple[Pose, ...]:
    """Every slope and turn with the shortest sprue that clears the trunk: steep ones before flat ones, and of
    those the one of which most stand on a trunk.
    """
    points = cloud(pattern.mesh)
    if pattern.grown:
        points = points[~_on_sprue(points, pattern.sprue)]
    away = -np.array(pattern.sprue.way)
    sides = _sides(points, away, np.array(pattern.face))
    found = (
        _shortest(pattern, points, (away, side), float(slope), keep)
        for slope in np.arange(keep.slopes[0], keep.slopes[1] + 0.1, 5.0)
        for side in sides
    )
    made = (pose for pose in found if pose is not None)
    return tuple(sorted(made, key=lambda p: (p.slope > FLAT, round(_room(p, keep.gap + SLACK), 3))))


def _room(pose: Pose, gap: float) -> float:
    """Millimetres of trunk a pattern takes when a tree bears nothing else."""
    return over(pose.bottom, pose.top, gap) / max(1, int(360.0 / pose.width))


def over(bottom: Array, below: Array, gap: float) -> float:
    """The least height at which a profile clears another by `gap` in the plane of radius and height, mm."""
    least, steps = -np.inf, math.ceil(gap / BIN) + 1
    for k in range(-steps, steps + 1):
        flat = max(0.0, (abs(k) - 1) * BIN)
        if flat >= gap:
            continue
        rise = math.sqrt(gap**2 - flat**2)
        mine = bottom[max(0, k) : REACH + min(0, k)]
        other = below[max(0, -k) : REACH + min(0, -k)]
        least = max(least, float(np.max(other - mine)) + rise)
    return least


def _on_sprue(points: Array, made: Sprue) -> NDArray[np.bool_]:
    """Which points lie on the sprues that a mesh holds, and not on the piece."""
    found = np.zeros(len(points), dtype=bool)
    for i, (start, end, a, b) in enumerate(cones(made)):
        way = (end - start) / np.linalg.norm(end - start)
        foot, round_ = (
            (sunk(made.gates[i]), flare(made.gates[i])) if i < len(made.gates) else (0, 0)
        )
        along = (points - start) @ way - foot
        across = np.linalg.norm(points - start - (along + foot)[:, None] * way, axis=1)
        wide = max(a, b) / 2 + round_ * (along < round_) + 0.05
        found |= (along > -0.05) & (across < wide)
    return found


def _sides(points: Array, away: Array, face: Array) -> tuple[Array, ...]:
    """The two ways across the sprue that may lie along the trunk's girth: the thin one first; the face up."""
    u, v = frame_of(away)
    turns = np.radians(np.arange(0.0, 180.0, 5.0))
    sides = np.cos(turns)[:, None] * u + np.sin(turns)[:, None] * v
    thin = sides[int(np.argmin(np.round(np.ptp(points @ sides.T, axis=0), 3)))]
    pair = (thin, np.cross(away, thin))
    return tuple(-t if np.cross(away, t) @ face < -1e-6 else t for t in pair)


def _shortest(
    pattern: Pattern, points: Array, ways: tuple[Array, Array], slope: float, keep: Clearances
) -> Pose | None:
    least, most = keep.lengths
    lengths = [pattern.sprue.length, *np.arange(least, most + 1e-6, LENGTH_STEP)]
    for length in sorted(x for x in lengths if x >= pattern.sprue.length - 1e-9):
        made = replace(pattern.sprue, length=float(length))
        rows = _rows(made, ways, slope, keep.trunk_d / 2)
        there = points @ rows[:, :3].T + rows[:, 3]
        if np.hypot(there[:, 0], there[:, 1]).min() >= keep.trunk_d / 2 + keep.gap + SLACK:
            return _pose(there, made, rows, slope, keep)
    return None


def _rows(made: Sprue, ways: tuple[Array, Array], slope: float, trunk: float) -> Array:
    """From pattern to trunk: the root to the trunk's surface, the sprue up its slope."""
    away, side = ways
    a = math.radians(slope)
    local = np.stack((away, side, np.cross(away, side)))
    there = np.array(
        ((math.sin(a), 0.0, math.cos(a)), (0.0, 1.0, 0.0), (-math.cos(a), 0.0, math.sin(a)))
    )
    turn = there.T @ local
    move = np.array((trunk, 0.0, 0.0)) - turn @ made.root
    return np.hstack((turn, move[:, None]))  # fmt: skip


def _pose(there: Array, made: Sprue, rows: Array, slope: float, keep: Clearances) -> Pose:
    feeder = feeder_points(made) @ rows[:, :3].T + rows[:, 3]
    left, right = _wedge(there, keep.gap / 2 + SLACK)
    thin_left, thin_right = _wedge(feeder, FEEDER_GAP / 2)
    every = np.vstack((there, feeder))
    r = np.hypot(every[:, 0], every[:, 1])
    step = np.minimum((r / BIN).astype(np.int64), REACH - 1)
    top, bottom = np.full(REACH, -np.inf), np.full(REACH, np.inf)
    np.maximum.at(top, step, every[:, 2])
    np.minimum.at(bottom, step, every[:, 2])
    wedge = (max(left, thin_left), max(right, thin_right))
    return Pose(slope, made, rows, wedge, top, bottom, float(r.max()))


def feeder_points(made: Sprue) -> Array:
    """Points on the sprues of a pattern, in its frame."""
    rings = []
    turns = np.radians(np.arange(0.0, 360.0, 30.0))
    for start, end, a, b in cones(made):
        u, v = frame_of((end - start) / np.linalg.norm(end - start))
        round_ = np.cos(turns)[:, None] * u + np.sin(turns)[:, None] * v
        shares = np.linspace(0.0, 1.0, 13)
        rings += [start + t * (end - start) + (a + t * (b - a)) / 2 * round_ for t in shares]
    return np.vstack(rings)


def _wedge(points: Array, half_gap: float) -> tuple[float, float]:
    """Degrees to either side of the x axis that points and half a gap round them cover."""
    r = np.hypot(points[:, 0], points[:, 1])
    at = np.degrees(np.arctan2(points[:, 1], points[:, 0]))
    more = np.degrees(np.arcsin(np.minimum(1.0, half_gap / r)))
    return float(-(at - more).min()), float((at + more).max())
