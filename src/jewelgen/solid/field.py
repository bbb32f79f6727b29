"""Stone fields on uniform bands: one period is worked by booleans, its faces repeated and sewn.

In: a uniform hoop, the steps of its recipe, and what stands on it all round.  Out: a candidate solid, or None where
no period is found. A field of 176 seats and 352 beads costs one stone's booleans and a sewing instead of hundreds
of fuses; so do the 54 prongs of an eternity ring.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

import numpy as np
from manifold3d import Manifold
from numpy.typing import NDArray

from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import Frame, Vec
from jewelgen.piece.mark import Beads
from jewelgen.piece.section import thickness, width
from jewelgen.piece.volume import volume
from jewelgen.solid import mesh as meshes
from jewelgen.solid import occ_boolean as boolean
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_mesh
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.boolean import Meshed
from jewelgen.solid.hoop import hoop_frame, hoop_shapes
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.tools import Tool, is_turned, source_manifold, tool_shape

Array = NDArray[np.float64]
Box = tuple[Vec, Vec]
LEAST = 8  # copies of a period below which ordinary booleans are as good
SAME = 1e-5  # degrees and mm within which two places of a field are one
ROOM = 3.0  # mm that the sector's planes reach beyond the metal
CUTS = (0.25, 0.4, 0.1)  # where in the period the sector's planes lie, tried in turn


@dataclass(frozen=True, slots=True)
class Set:
    """A tool at a place round the band: degrees from 12 o'clock and its frame turned back to 12 o'clock."""

    tool: Tool
    adds: bool
    degrees: float
    home: Frame


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What stands on the band: its shape as it would be at 12 o'clock, and the degrees from there of its copies."""

    shape: Shape
    degrees: Sequence[float]


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """A uniform whole band, what is done to it and what stands on it, all of it `n` times alike round the band."""

    hoop: Hoop
    sets: Sequence[Set]
    n: int
    standing: Sequence[Standing] = ()

    @property
    def step(self) -> float:
        """Degrees from one sector to the next."""
        return 360.0 / self.n

    @property
    def top(self) -> float:
        """How far the bare band reaches from the finger's axis, mm."""
        return self.hoop.bore / 2 + thickness(self.hoop.stations[0][1])

    def boxes(self) -> list[Box]:
        """Least and greatest corner of all that stands on it, at 12 o'clock."""
        return [solids.quick_bounds(item.shape) for item in self.standing]


def turned(degrees: float) -> Frame:
    """The finger's turning by `degrees` from 12 o'clock towards +x."""
    a = math.radians(degrees)
    return Frame(x=(math.cos(a), 0.0, -math.sin(a)), z=(math.sin(a), 0.0, math.cos(a)))


def set_of(tool: Tool, frame: Frame, adds: bool) -> Set:
    """The tool's angle, and its frame as it would be at 12 o'clock."""
    degrees, home = at_home(frame)
    return Set(tool, adds, degrees, home)


def at_home(frame: Frame) -> tuple[float, Frame]:
    """How many degrees from 12 o'clock a frame lies, and what it would be there."""
    degrees = math.degrees(math.atan2(frame.origin[0], frame.origin[2])) % 360.0
    return degrees, turned(-degrees).then(frame)


def rows(sets: Sequence[Set]) -> list[list[float]]:
    """The angles of the field's equal tools that lie alike."""
    about_z = [is_turned(item.tool) for item in sets]
    keys = [((item.tool, item.adds), item.home) for item in sets]
    return [[sets[i].degrees for i in row] for row in likes(keys, about_z)]


def period(rows: Collection[Sequence[float]]) -> int:
    """How many times all rows of angles repeat round the band; 0 when they do not."""
    n = reduce(math.gcd, (len(row) for row in rows), 0)
    while n >= LEAST:
        if all(_repeats(row, n) for row in rows):
            return n
        n = max((k for k in range(LEAST, n) if n % k == 0), default=0)
    return 0


def likes(items: Sequence[tuple[Hashable, Frame]], about_z: Sequence[bool]) -> list[list[int]]:
    """Which items are equal and lie alike at 12 o'clock; those turned `about_z` wherever their x points."""
    found: dict[Hashable, list[tuple[Array, list[int]]]] = defaultdict(list)
    for i, (what, home) in enumerate(items):
        place = np.array([*home.origin, *home.z, *(() if about_z[i] else home.x)])
        known = found[what, home.flip]
        near = [row for at, row in known if np.abs(at - place).max() <= SAME]
        if near:
            near[0].append(i)
        else:
            known.append((place, [i]))
    return [row for known in found.values() for _, row in known]


def _repeats(row: Sequence[float], n: int) -> bool:
    """Whether the angles are whole steps of 360 / n apart, n of each."""
    step = 360.0 / n
    rest = sorted(a % step for a in row)
    if rest[-1] - rest[0] > step - 10 * SAME:
        rest = sorted((a + step / 2) % step for a in row)
    groups = 1 + sum(b - a > 10 * SAME for a, b in pairwise(rest))
    return groups * n == len(row)


def field_shape(field: Field, tilt: float) -> Shape | None:
    """The whole band of equal sectors and what stands on it.

    None where the sewing left an edge open, or what stands on it reaches so far round that no arc holds a sector's.
    """
    if field.step + 2 * _margin(field) >= 360.0:
        return None
    for share in CUTS:
        sector = _sector(field, share, tilt)
        sides = [face for face in solids.shell_faces(sector) if not solids.is_radial(face)]
        turns = [turned(field.step * k) for k in range(field.n)]
        shape, open_edges = solids.sewn([solids.placed(f, t) for t in turns for f in sides], 1e-4)
        if open_edges == 0:
            return shape
    return None


def _sector(field: Field, share: float, tilt: float) -> Shape:
    """One step of the worked band and what stands on it, between two planes through the finger's axis."""
    arc, near = _piece(field, share)
    taken = [_placed(item, 0.0) for item in near if not item.adds]
    added = [_placed(item, tilt) for item in near if item.adds]
    for item in field.standing:
        at = [a for a in item.degrees if _within(a, arc)]
        added += [solids.placed(item.shape, turned(a)) for a in at]
    body = next(iter(hoop_shapes(arc)))
    body = boolean.fuse([boolean.cut(body, taken) if taken else body, *added])
    return boolean.common(body, _wedge(field, share))


def _piece(field: Field, share: float) -> tuple[Hoop, list[Set]]:
    """An arc of the band so wide that nothing that reaches into the sector is missed, and the tools on it."""
    step, margin = field.step, _margin(field)
    low, high = share * step - margin, share * step + step + margin
    arc = Hoop(field.hoop.bore, field.hoop.stations, low, high)
    return arc, [item for item in field.sets if _within(item.degrees, arc)]


def _margin(field: Field) -> float:
    """Degrees on both sides of a sector from where something may reach into it."""
    return max(field.step, math.degrees(2.0 * _reach(field) / field.top))


def field_volume(field: Field, chord: tuple[float, float]) -> Meshed:
    """The field's volume by meshes of one period, times `n`, and the band's own chord bias, mm3."""
    arc, near = _piece(field, CUTS[0])
    bare = source_manifold(arc, *chord)
    taken = [_mesh(item, chord) for item in near if not item.adds]
    added = [_mesh(item, chord) for item in near if item.adds]
    body = meshes.union([meshes.difference(bare, taken), *added])
    raw = meshes.welded(occ_mesh.triangulate(_wedge(field, CUTS[0]), *chord))
    wedge = meshes.manifold(raw, "sector")
    band = field.n * float((bare ^ wedge).volume())
    return Meshed(field.n * float((body ^ wedge).volume()), volume(field.hoop) - band)


def _mesh(item: Set, chord: tuple[float, float]) -> Manifold:
    return meshes.moved(source_manifold(item.tool, *chord), turned(item.degrees).then(item.home))


def _reach(field: Field) -> float:
    """How far round the finger a tool, or what stands on the band, reaches from its place at most, mm."""
    tools = [solids.quick_bounds(tool_shape(tool)) for tool in {item.tool for item in field.sets}]
    wide = [max(abs(v) for corner in box for v in corner[:2]) for box in tools]
    return max([*wide, *(max(-low[0], high[0]) for low, high in field.boxes())], default=0.0)


def _within(degrees: float, arc: Hoop) -> bool:
    return (degrees - arc.a0) % 360.0 < arc.a1 - arc.a0


def _placed(item: Set, tilt: float) -> Shape:
    shape = tool_shape(item.tool, tilt if isinstance(item.tool, Beads) else 0.0)
    return solids.placed(shape, turned(item.degrees).then(item.home))


def _wedge(field: Field, share: float) -> Shape:
    """Room for one step of the band and what stands on it."""
    half, low, high = width(field.hoop.stations[0][1]), field.hoop.bore / 4, field.top
    for a, b in field.boxes():
        half = max(half, ROOM - a[1], b[1] + ROOM)
        high = max(high, math.hypot(max(-a[0], b[0]), b[2]))
    corners = ((-half, low), (half, low), (half, high + ROOM), (-half, high + ROOM))
    frame = hoop_frame(0.0, share * field.step)
    base = occ.face(occ.polygon([frame.point((x, y, 0.0)) for x, y in corners]))
    return solids.outward(solids.revolved(base, (0.0, 1.0, 0.0), field.step))
