"""Closed hollows of a piece: a dome, tube or wall whose mouths are covered by parts fused or soldered to it.

In: a `Piece`.  Out: `Hollow`s; mm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.flat import outline as flat
from jewelgen.piece.bodies import to_local, to_world
from jewelgen.piece.cutter import Pocket
from jewelgen.piece.form import Dome, Form, Plate, Sculpted, Tube, Wall
from jewelgen.piece.inside import inside
from jewelgen.piece.joint import FUSED
from jewelgen.piece.piece import Part, Piece

Points = NDArray[np.float64]
SIDE = 21  # places each way of a mouth that are tried
NEAR = 0.03  # mm before and behind a mouth where a lid must be
WITHIN = 0.9  # of a mouth: what is tried, since its rim is soldered


@dataclass(frozen=True, slots=True)
class Hollow:
    """A closed volume: `shell`, the `lids` that cover its mouths, whether a hole lets steam out of it."""

    shell: str
    lids: tuple[str, ...]
    vented: bool

    @property
    def parts(self) -> frozenset[str]:
        """Shell and lids."""
        return frozenset((self.shell, *self.lids))


def hollows(piece: Piece) -> tuple[Hollow, ...]:
    """Every volume that joints close."""
    found = []
    for part in piece.parts:
        mouths = _mouths(part.form)
        mates = _mates(piece, part.name)
        if not mouths or len(mates) < len(mouths):
            continue
        lids = [_lid(part, points, mates) for points in mouths]
        if all(lids):
            names = tuple(dict.fromkeys(name for lid in lids for name in lid))
            found.append(Hollow(part.name, names, _vented(piece, (part.name, *names))))
    return tuple(found)


def _mates(piece: Piece, name: str) -> list[Part]:
    """Parts fused or soldered to a part."""
    names = {j.b if j.a == name else j.a for j in piece.joints
             if j.method in FUSED and name in (j.a, j.b) and j.a != j.b}  # fmt: skip
    return [part for part in piece.parts if part.name in names]


def _mouths(form: Form) -> tuple[Points, ...]:
    """Points over each mouth of a hollow form, in its own frame; none for forms that hold no volume."""
    if isinstance(form, Dome):
        return (_disc(form.d / 2 - form.t, 0.0),)
    if isinstance(form, Tube):
        return tuple(_disc(form.id / 2, z) for z in (0.0, form.length))
    if isinstance(form, Wall):
        long, wide = flat.extents(form.outline)
        x, y = _square(wide / 2, long / 2)
        on = flat.inside(form.outline, x / WITHIN, y / WITHIN)
        return tuple(
            np.stack((x[on], y[on], np.full(int(on.sum()), z)), axis=1) for z in (0.0, form.height)
        )
    return ()


def _square(x: float, y: float) -> tuple[Points, Points]:
    steps = np.linspace(-1.0, 1.0, SIDE)
    grid = np.meshgrid(steps * x, steps * y)
    return grid[0].reshape(-1), grid[1].reshape(-1)


def _disc(radius: float, z: float) -> Points:
    x, y = _square(radius, radius)
    on = np.hypot(x, y) <= WITHIN * radius
    return np.stack((x[on], y[on], np.full(int(on.sum()), z)), axis=1)


def _lid(part: Part, mouth: Points, mates: Sequence[Part]) -> tuple[str, ...]:
    """The parts that cover a mouth between them; empty when it stays open."""
    left, used = np.ones(len(mouth), dtype=bool), []
    for mate in mates:
        hit = _covers(part, mouth, mate) & left
        if hit.any():
            used.append(mate.name)
            left &= ~hit
    return () if left.any() else tuple(used)


def _covers(part: Part, mouth: Points, mate: Part) -> NDArray[np.bool_]:
    """Which points of a mouth a mate closes: with metal, or with its own mouth set against it."""
    home = part.at.then(part.array.frames()[0])
    hit = np.zeros(len(mouth), dtype=bool)
    if isinstance(mate.form, Sculpted):
        return hit
    for copy in mate.array.frames():
        frame = mate.at.then(copy)
        for off in ((0.0, 0.0, -NEAR), (0.0, 0.0, NEAR)):
            local = to_local(frame, to_world(home, np.add(mouth, off)))
            hit |= inside(mate.form, local)
            if isinstance(mate.form, Dome):
                hit |= (np.abs(local[:, 2]) <= 2 * NEAR) & (
                    np.hypot(local[:, 0], local[:, 1]) <= mate.form.d / 2
                )
    return hit


def _vented(piece: Piece, names: Sequence[str]) -> bool:
    """Whether a hole is drilled or pierced through the shell or a lid."""
    plates = [piece.part(name).form for name in names]
    if any(isinstance(form, Plate) and form.holes for form in plates):
        return True
    return any(isinstance(cut.form, Pocket) and set(cut.on) & set(names) for cut in piece.cuts)
