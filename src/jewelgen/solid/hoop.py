"""`Hoop` as a solid: one station is turned exactly, several are lofted through eased sections."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from jewelgen.piece.easing import section_at
from jewelgen.piece.form import Hoop
from jewelgen.piece.frame import Frame
from jewelgen.piece.section import Section
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.alike import alike
from jewelgen.solid.faces import section_wire
from jewelgen.solid.occ_curves import Shape

# Sections of a closed loft; the closed form decides which is enough.
TRIES = (24, 36, 48, 60, 72, 96)
# Sections between neighbouring stations: with fewer a loft strays by hundredths of a mm.
BETWEEN = 6


def hoop_frame(bore: float, degrees: float) -> Frame:
    """Where the section at `degrees` from 12 o'clock is drawn: x along the finger, y outward."""
    a = math.radians(degrees)
    s, c = math.sin(a), math.cos(a)
    return Frame((bore / 2 * s, 0.0, bore / 2 * c), x=(0.0, 1.0, 0.0), z=(c, 0.0, -s))


def hoop_shapes(hoop: Hoop) -> Iterator[Shape]:
    """Candidates, best first: the exact turning, or lofts through ever more sections."""
    if len(hoop.stations) == 1:
        yield _turned(hoop)
        return
    for n in _counts(hoop):
        yield _lofted(hoop, n)
    if _whole(hoop):
        yield _halves(hoop)


def _counts(hoop: Hoop) -> tuple[int, ...]:
    """The counts that put enough sections between the closest stations; at least the largest one."""
    least = min(b - a for (a, _), (b, _) in pairwise(hoop.stations))
    return tuple(n for n in TRIES if n * least >= 360.0 * BETWEEN) or TRIES[-1:]


def _whole(hoop: Hoop) -> bool:
    return hoop.a1 - hoop.a0 >= 360.0 - 1e-9


def _turned(hoop: Hoop) -> Shape:
    start = section_wire(hoop.stations[0][1], hoop_frame(hoop.bore, hoop.a0))
    return solids.revolved(occ.face(start), (0.0, 1.0, 0.0), hoop.a1 - hoop.a0)


def _lofted(hoop: Hoop, n: int) -> Shape:
    sweep = hoop.a1 - hoop.a0
    closed = _whole(hoop)
    count = n if closed else max(7, math.ceil(n * sweep / 360.0)) + 1
    step = sweep / (count if closed else count - 1)
    wires = _wires(hoop, [hoop.a0 + i * step for i in range(count)])
    return solids.outward(solids.loft([*wires, wires[0]] if closed else wires))


def _halves(hoop: Hoop) -> Shape:
    """Two lofts of 31 sections whose end faces coincide, sewn without those faces."""
    wires = _wires(hoop, [i * 6.0 for i in range(60)])
    right = solids.loft(wires[:31], solid=False)
    left = solids.loft([*wires[30:], wires[0]], solid=False)
    shape, _ = solids.sewn([*solids.shell_faces(right), *solids.shell_faces(left)], 1e-4)
    return shape


def _wires(hoop: Hoop, angles: list[float]) -> list[Shape]:
    sections: list[Section] = alike([section_at(hoop.stations, a) for a in angles])
    return [
        section_wire(section, hoop_frame(hoop.bore, angle))
        for angle, section in zip(angles, sections, strict=True)
    ]
