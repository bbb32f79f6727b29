"""`Bar` as a solid: turned when it is straight round wire, swept by our own frames otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat.outline import Outline, Oval, loops
from jewelgen.flat.segments import Arc, Line, Segment
from jewelgen.piece.easing import bar_section_at
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Frame, cross, unit
from jewelgen.piece.rail import (
    Bez,
    Circ,
    Loop,
    Rail,
    Wound,
    axes,
    bent_loop,
    is_closed,
    is_straight,
    winding_steps,
)
from jewelgen.piece.section import Section, Wire, area_and_centroid
from jewelgen.solid import occ_boolean
from jewelgen.solid import occ_curves as occ
from jewelgen.solid import occ_solids as solids
from jewelgen.solid.alike import alike
from jewelgen.solid.faces import section_wire
from jewelgen.solid.occ_curves import Shape
from jewelgen.solid.swept_mesh import runs_on
from jewelgen.solid.turned import turned

PER_SPAN = (7, 10, 13)  # sections a cubic span; more let C1 lofts wander, fewer boolean faster
CORNER = (3, 6)  # steps of a quarter turn in a winding
LONG = 31  # points of a chain (ten spans) above which it is lofted span by span
ROUND = (24, 36, 48)  # sections of a closed loft


def bar_shapes(bar: Bar) -> Iterator[Shape]:
    """Candidates, best first: exact turnings where there are some, else lofts."""
    rail = bar.rail
    if (
        isinstance(rail, Loop)
        and isinstance(rail.outline, Oval)
        and rail.outline.l == rail.outline.w
    ):
        rail = Circ(rail.outline.l / 2)
    if is_straight(rail) and all(isinstance(section, Wire) for _, section in bar.stations):
        yield _straight_wire(bar)
    elif isinstance(rail, Circ) and len(bar.stations) == 1 and bar.end == "flat":
        yield _bent(rail, bar.stations[0][1])
    elif (outline := bent_loop(rail)) is not None and len(bar.stations) == 1:
        yield from _boxed(bar, outline)
    elif isinstance(rail, Wound) and len(bar.stations) == 1:
        for steps in CORNER:
            yield _in_pieces(bar, winding_steps(rail, steps))
    elif isinstance(rail, Bez) and len(rail.points) > LONG and not is_closed(rail):
        for n in PER_SPAN:
            yield _in_pieces(bar, _span_places(rail, n))
    else:
        yield from _lofts(bar)


def _straight_wire(bar: Bar) -> Shape:
    """Round wire, tapered or not, turned about its own axis, its far end domed where asked."""
    point, tangent, u, _ = axes(bar.rail, np.array([0.0, 1.0]))
    length = float(np.linalg.norm(point[1] - point[0]))
    radii = [(t * length, s.d / 2) for t, s in _ends(bar) if isinstance(s, Wire)]
    top = radii[-1]
    path = [(0.0, 0.0), *((r, z) for z, r in radii)]
    profile: list[Segment] = [Line(p, q) for p, q in pairwise(path)]
    if bar.end == "dome":
        profile.append(Arc((0.0, length), top[1], 0.0, 90.0))
        tip = length + top[1]
    else:
        profile.append(Line((top[1], length), (0.0, length)))
        tip = length
    profile.append(Line((0.0, tip), (0.0, 0.0)))
    return solids.placed(
        turned(tuple(profile)), Frame(_vec(point[0]), _vec(u[0]), _vec(tangent[0]))
    )


def _ends(bar: Bar) -> list[tuple[float, Section]]:
    """The stations with the ends of the rail among them."""
    rows = list(bar.stations)
    if rows[0][0] > 0.0:
        rows.insert(0, (0.0, rows[0][1]))
    if rows[-1][0] < 1.0:
        rows.append((1.0, rows[-1][1]))
    return rows


def _bent(rail: Circ, section: Section) -> Shape:
    """A uniform section turned about the rail's centre."""
    start = _drawn(rail, np.array([0.0]), [section])[0]
    sweep = rail.a1 - rail.a0
    axis = (0.0, 0.0, 1.0 if sweep > 0 else -1.0)
    return solids.outward(solids.revolved(occ.face(start), axis, abs(sweep)))


def _vec(row: NDArray[np.float64]) -> tuple[float, float, float]:
    return (float(row[0]), float(row[1]), float(row[2]))


def _drawn(rail: Rail, t: NDArray[np.float64], sections: list[Section]) -> list[Shape]:
    """The sections' wires at `t`, each centred on its centroid."""
    point, tangent, u, _ = axes(rail, t)
    return [
        section_wire(
            section,
            Frame(_vec(point[i]), _vec(u[i]), _vec(tangent[i])),
            -area_and_centroid(section)[1],
        )
        for i, section in enumerate(sections)
    ]


def _lofts(bar: Bar) -> Iterator[Shape]:
    closed = is_closed(bar.rail) and runs_on(bar.rail)
    spans = (len(bar.rail.points) - 1) // 3 if isinstance(bar.rail, Bez) else 2
    for n in ROUND if closed else PER_SPAN:
        t = _places(bar, n if closed else spans * (n - 1) + 1, closed)
        sections = alike([bar_section_at(bar.stations, float(x)) for x in t])
        wires = _drawn(bar.rail, t, sections)
        if closed:
            yield occ_boolean.unclosed(solids.outward(solids.loft([*wires, wires[0]])))
        elif bar.end == "dome" and isinstance(sections[-1], Wire):
            yield _domed(bar, wires, sections[-1].d)
        else:
            yield solids.outward(solids.loft(wires))


def _places(bar: Bar, n: int, closed: bool) -> NDArray[np.float64]:
    """Rail parameters of the sections: even, and one at every station."""
    even = np.arange(n) / n if closed else np.linspace(0.0, 1.0, n)
    stations = [x for x, _ in bar.stations if 0.0 < x < 1.0]
    for x in stations:
        even[np.argmin(np.abs(even - x))] = x
    return even


def _domed(bar: Bar, wires: list[Shape], d: float) -> Shape:
    """The loft, a flat cap at its start and half a ball at its end, sewn."""
    point, tangent, u, v = axes(bar.rail, np.array([1.0]))
    sides = solids.shell_faces(solids.loft(wires, solid=False))
    meridian = Frame(_vec(point[0]), _vec(u[0]), _vec(-v[0]))
    quarter = occ.arc(Arc((0.0, 0.0), d / 2, 0.0, 90.0), meridian)
    cap = solids.revolved(quarter, _vec(tangent[0]), origin=_vec(point[0]))
    faces = [*sides, occ.face(wires[0]), *solids.shell_faces(cap)]
    return solids.sewn(faces, 1e-4)[0]


def _span_places(rail: Bez, n: int) -> list[list[float]]:
    """`n` rail parameters on every span."""
    spans = (len(rail.points) - 1) // 3
    return [[(k + i / (n - 1)) / spans for i in range(n)] for k in range(spans)]


def _in_pieces(bar: Bar, pieces: list[list[float]]) -> Shape:
    """Every piece of the rail lofted by itself (ruled from two sections) and sewn to the next.

    One loft of a long wire rings at its bends and stays valid.
    """
    faces: list[Shape] = []
    first, last = None, None
    for places in pieces:
        sections = alike([bar_section_at(bar.stations, x) for x in places])
        wires = _drawn(bar.rail, np.array(places), sections)
        wires[0] = last or wires[0]
        first, last = first or wires[0], wires[-1]
        faces += solids.shell_faces(solids.loft(wires, ruled=len(wires) == 2, solid=False))
    return solids.sewn([*faces, occ.face(first), occ.face(last)], 1e-4)[0]


def _boxed(bar: Bar, outline: Outline) -> Iterator[Shape]:
    """Wire round an outline of straight runs and circular bends, sewn side to side."""
    section = bar.stations[0][1]
    lift = -area_and_centroid(section)[1]
    faces: list[Shape] = []
    for segment in loops(outline)[0]:
        (x, y), (dx, dy) = segment.at(0.0), segment.velocity(0.0)
        start = (x, y, 0.0)
        run = unit((dx, dy, 0.0))
        wire = section_wire(section, Frame(start, cross((0.0, 0.0, 1.0), run), run), lift)
        if isinstance(segment, Arc):
            centre = (*segment.centre, 0.0)
            swept = solids.revolved(wire, (0.0, 0.0, 1.0), segment.a1 - segment.a0, centre)
        else:
            swept = solids.prism(wire, (dx, dy, 0.0))
        faces += solids.shell_faces(swept)
    yield solids.sewn(faces)[0]
