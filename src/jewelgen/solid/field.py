"""Stone fields on uniform bands: one period is worked by booleans, its faces repeated and sewn.

In: a uniform hoop and the steps of its recipe.  Out: a candidate solid, or None where no period is found.
A field of 176 seats and 352 beads costs one stone's booleans and a sewing instead of hundreds of fuses.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from manifold3d import Manifold

from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import Frame
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

LEAST = 8  # copies of a period below which ordinary booleans are as good
SAME = 1e-5  # degrees and mm within which two places of a field are one
CUTS = (0.25, 0.4, 0.1)  # where in the period the sector's planes lie, tried in turn


@dataclass(frozen=True, slots=True)
class Set:
    """A tool at a place round the band: degrees from 12 o'clock and its frame turned back to 12 o'clock."""

    tool: Tool
    adds: bool
    degrees: float
    home: Frame


def turned(degrees: float) -> Frame:
    """The finger's turning by `degrees` from 12 o'clock towards +x."""
    a = math.radians(degrees)
    return Frame(x=(math.cos(a), 0.0, -math.sin(a)), z=(math.sin(a), 0.0, math.cos(a)))


def set_of(tool: Tool, frame: Frame, adds: bool) -> Set:
    """The tool's angle, and its frame as it would be at 12 o'clock."""
    degrees = math.degrees(math.atan2(frame.origin[0], frame.origin[2])) % 360.0
    return Set(tool, adds, degrees, turned(-degrees).then(frame))


def period(sets: Sequence[Set]) -> int:
    """How many times the field repeats round the band; 0 when it does not."""
    rows: dict[object, list[float]] = defaultdict(list)
    for item in sets:
        rows[_row(item)].append(item.degrees)
    n = reduce(math.gcd, (len(row) for row in rows.values()), 0)
    while n >= LEAST:
        if all(_repeats(row, n) for row in rows.values()):
            return n
        n = max((k for k in range(LEAST, n) if n % k == 0), default=0)
    return 0


def _row(item: Set) -> object:
    home = item.home
    parts = [*home.origin, *home.z, *(() if is_turned(item.tool) else home.x)]
    return (item.tool, item.adds, home.flip, tuple(round(v / SAME) for v in parts))


def _repeats(row: Sequence[float], n: int) -> bool:
    """Whether the angles are whole steps of 360 / n apart, n of each."""
    step = 360.0 / n
    rest = sorted(a % step for a in row)
    if rest[-1] - rest[0] > step - 10 * SAME:
        rest = sorted((a + step / 2) % step for a in row)
    groups = 1 + sum(b - a > 10 * SAME for a, b in pairwise(rest))
    return groups * n == len(row)


def field_shape(hoop: Hoop, sets: Sequence[Set], n: int, tilt: float) -> Shape | None:
    """The whole band of `n` equal sectors, or None where the sewing left an edge open."""
    for share in CUTS:
        sector = _sector(hoop, sets, 360.0 / n, share, tilt)
        sides = [face for face in solids.shell_faces(sector) if not solids.is_radial(face)]
        faces = [solids.placed(face, turned(360.0 * k / n)) for k in range(n) for face in sides]
        shape, open_edges = solids.sewn(faces, 1e-4)
        if open_edges == 0:
            return shape
    return None


def _sector(hoop: Hoop, sets: Sequence[Set], step: float, share: float, tilt: float) -> Shape:
    """One step of the worked band, between two planes through the finger's axis."""
    arc, near = _piece(hoop, sets, step, share)
    taken = [_placed(item, 0.0) for item in near if not item.adds]
    added = [_placed(item, tilt) for item in near if item.adds]
    body = next(iter(hoop_shapes(arc)))
    body = boolean.fuse([boolean.cut(body, taken) if taken else body, *added])
    return boolean.common(body, _wedge(hoop, share * step, step))


def _piece(hoop: Hoop, sets: Sequence[Set], step: float, share: float) -> tuple[Hoop, list[Set]]:
    """An arc of the band wide enough that no tool of the sector is missed, and the tools on it."""
    top = hoop.bore / 2 + thickness(hoop.stations[0][1])
    margin = max(step, math.degrees(2.0 * _reach(sets) / top))
    low, high = share * step - margin, share * step + step + margin
    near = [item for item in sets if _within(item.degrees, low, high)]
    return Hoop(hoop.bore, hoop.stations, low, high), near


def field_volume(hoop: Hoop, sets: Sequence[Set], n: int, chord: tuple[float, float]) -> Meshed:
    """The field's volume by meshes of one period, times `n`, and the band's own chord bias, mm3."""
    step = 360.0 / n
    arc, near = _piece(hoop, sets, step, CUTS[0])
    bare = source_manifold(arc, *chord)
    taken = [_mesh(item, chord) for item in near if not item.adds]
    added = [_mesh(item, chord) for item in near if item.adds]
    body = meshes.union([meshes.difference(bare, taken), *added])
    raw = meshes.welded(occ_mesh.triangulate(_wedge(hoop, CUTS[0] * step, step), *chord))
    wedge = meshes.manifold(raw, "sector")
    band = n * float((bare ^ wedge).volume())
    return Meshed(n * float((body ^ wedge).volume()), volume(hoop) - band)


def _mesh(item: Set, chord: tuple[float, float]) -> Manifold:
    return meshes.moved(source_manifold(item.tool, *chord), turned(item.degrees).then(item.home))


def _reach(sets: Sequence[Set]) -> float:
    """The greatest half width of a tool, mm."""
    corners = [solids.quick_bounds(tool_shape(tool)) for tool in {item.tool for item in sets}]
    return max(max(abs(v) for corner in box for v in corner[:2]) for box in corners)


def _within(degrees: float, low: float, high: float) -> bool:
    return (degrees - low) % 360.0 < high - low


def _placed(item: Set, tilt: float) -> Shape:
    shape = tool_shape(item.tool, tilt if isinstance(item.tool, Beads) else 0.0)
    return solids.placed(shape, turned(item.degrees).then(item.home))


def _wedge(hoop: Hoop, start: float, step: float) -> Shape:
    half, low = width(hoop.stations[0][1]), hoop.bore / 4
    high = hoop.bore / 2 + thickness(hoop.stations[0][1]) + 3.0
    corners = ((-half, low), (half, low), (half, high), (-half, high))
    frame = hoop_frame(0.0, start)
    base = occ.face(occ.polygon([frame.point((x, y, 0.0)) for x, y in corners]))
    return solids.outward(solids.revolved(base, (0.0, 1.0, 0.0), step))
