"""A master with its sprues: one mesh for printing, the exact body and each sprue beside it as solids of their own.

In: a proved `Body` and the sprues as numbers.  Out: `Sprued`, or `GeometryError` JG318. A sprue is a turned rod with
a flared foot that stands in the metal; of its exact shape only what lies outside the body is kept, so that it can be
taken off again and the volumes add up.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from manifold3d import CrossSection, Manifold

from jewelgen.findings import Finding, GeometryError, Where
from jewelgen.flat.segments import Line
from jewelgen.piece.frame import Frame, Vec, cross, unit
from jewelgen.solid import mesh as meshes
from jewelgen.solid import occ_boolean, occ_solids
from jewelgen.solid.model import CHORDS, Body, Mesh, Quality
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.turned import turned

AGREE = 0.01  # exact sprue against its mesh, for the bias of print meshes
STEPS = 8  # cones that make the fillet of a flare
SMOOTHER = (1e-3, 2e-3, 4e-3, 8e-3)  # mm
THIN = 1e-6  # mm2: a smaller triangle may be lost in a file
LEAST = 0.05  # mm: a smaller flare is none
TURNS = (0.0, 23.0, 37.0)


@dataclass(frozen=True, slots=True)
class Rod:
    """One sprue: from `start` within the metal (`sunk` mm under its surface) to `end`; diameters there; its flare, mm."""

    start: Vec
    end: Vec
    d: float
    end_d: float
    sunk: float
    flare: float


@dataclass(frozen=True, slots=True, eq=False)
class Sprued:
    """`mesh`: body and sprues as one; `shapes`: what of each sprue lies outside the body; `volume_mm3`: of the sprues."""

    mesh: Mesh
    shapes: tuple[Any, ...]
    meshes: tuple[Mesh, ...]
    volume_mm3: float


def profile(rod: Rod) -> tuple[tuple[float, float], ...]:
    """The rod's half section as (radius, height over its start): the flare's quarter round in cones, then straight."""
    long, r, f = _run(rod), rod.d / 2, rod.flare
    if f < LEAST:
        return ((0.0, 0.0), (r, 0.0), (rod.end_d / 2, long), (0.0, long))
    turns = (math.pi / 2 * k / STEPS for k in range(STEPS + 1))
    foot = [
        (r + f * (1 - math.sin(a)), rod.sunk + f * (1 - math.cos(a))) for a in turns
    ]  # concave: tangent to the surface at the foot, to the rod above it
    return ((0.0, 0.0), (r + f, 0.0), *foot, (rod.end_d / 2, long), (0.0, long))


def _run(rod: Rod) -> float:
    return math.dist(rod.start, rod.end)


def _frame(rod: Rod) -> Frame:
    run = _run(rod)
    x, y, z = ((b - a) / run for a, b in zip(rod.start, rod.end, strict=True))
    side = cross((x, y, z), (1.0, 0.0, 0.0) if abs(x) < 0.9 else (0.0, 1.0, 0.0))
    return Frame(rod.start, x=unit(side), z=(x, y, z))


def sprued(body: Body, rods: Sequence[Rod], quality: Quality) -> Sprued:
    """The body with its sprues; `GeometryError` JG318 when they cannot be proved."""
    chord = CHORDS[quality][0]
    solids = [_manifold(rod, chord) for rod in rods]
    plain = meshes.manifold(body.mesh, body.name)
    whole = _smooth(meshes.union([plain, *solids]))
    pieces, voids = meshes.bodies(whole)
    before, _ = meshes.bodies(plain)
    if len(pieces) > len(before) or voids:
        raise _unproved(body, f"{len(pieces)} bodies and {len(voids)} hollows with its sprues")
    shapes: list[Shape] = []
    parts: list[Mesh] = []
    for i, rod in enumerate(rods):
        outside = meshes.difference(solids[i], [plain, *solids[:i]])
        shapes.append(_outside(rod, [body.shape, *shapes], outside.volume(), body))
        parts.append(meshes.mesh_of(outside))
    total = sum(occ_solids.volume(shape) for shape in shapes)
    return Sprued(meshes.mesh_of(whole), tuple(shapes), tuple(parts), total)


def _smooth(whole: Manifold) -> Manifold:
    """Without the slivers along the seam, which a file's last digits would flatten: as little changed as need be."""
    made = whole
    for near in SMOOTHER:
        made = whole.as_original().simplify(near)
        mesh = meshes.mesh_of(made)
        a, b, c = (mesh.vertices[mesh.triangles[:, i]] for i in range(3))
        if np.linalg.norm(np.cross(b - a, c - a), axis=1).min() > 2 * THIN:
            break
    return made


def _manifold(rod: Rod, chord: float) -> Manifold:
    widest = rod.d / 2 + rod.flare
    sides = 4 * max(8, math.ceil(math.pi / math.acos(1 - min(0.5, chord / widest)) / 4))
    section = CrossSection([np.array(profile(rod))])
    return meshes.moved(section.revolve(sides), _frame(rod))


def _outside(rod: Rod, others: Sequence[Shape], expected: float, body: Body) -> Shape:
    """The exact rod less the body and the sprues before it: valid, and of the mesh's volume."""
    fault = ""
    for shape in _tries(rod, others):
        if shape is None or shape.IsNull() or not occ_solids.solids_of(shape):
            fault = "the kernel gave up"
        elif not occ_solids.is_valid(shape):
            fault = "the kernel made an invalid solid"
        else:
            found = occ_solids.volume(shape)
            if abs(found - expected) <= AGREE * expected:
                return shape
            fault = f"{found:.3f} mm3 where the mesh has {expected:.3f}"
    raise _unproved(body, fault)


def _tries(rod: Rod, others: Sequence[Shape]) -> Iterator[Shape | None]:
    corners = profile(rod)
    loop = tuple(Line(p, q) for p, q in zip(corners, (*corners[1:], corners[0]), strict=True))
    for turn in TURNS:
        try:
            exact = occ_solids.placed(turned(loop), _frame(rod).turned(turn))
            yield _largest(occ_boolean.cut(exact, list(others)))
        except occ_solids.FAILURES:
            yield None


def _largest(shape: Shape) -> Shape:
    """One solid as itself; of several (slivers beside a narrow band) all, as a compound."""
    found = occ_solids.solids_of(shape)
    return found[0] if len(found) == 1 else shape


def _unproved(body: Body, fault: str) -> GeometryError:
    return GeometryError(
        Finding(
            "JG318", f"the sprue of {body.name} could not be proved: {fault}", Where(key=body.name),
            hint="build without --sprue and let the caster add it",
        )
    )  # fmt: skip
