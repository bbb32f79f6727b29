"""What a two-part rubber mold does to a master: how it is best pulled, what is undercut, what core is trapped.

In: a closed mesh in mm, the sort of the piece, how far rubber gives.  Out: a `Rubber`. The room round the metal is
taken as cells: rubber with metal both before and behind it along the pull leaves with neither half. Its depth is
the way it must be drawn aside, across the pull and round the metal, until it is free. No kernel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from jewelgen.cast.cells import Cells, Full, Index, cells
from jewelgen.catalog.coupons import TRADE, Own
from jewelgen.catalog.facts import fact
from jewelgen.piece.frame import Vec
from jewelgen.solid.model import Mesh

Held = Literal["undercut", "core"]
MOST_CELLS = 700_000
FINEST = 0.12  # mm
LEAST = 3  # cells: shallower is not told from the grid's own steps, and no rubber minds it
FEW = 6  # cells: a crumb
# The ways a mold is opened, the usual one first: name and axis of the piece.
WAYS: dict[str, tuple[tuple[str, int], ...]] = {
    "ring": (("along the finger", 1), ("from 12 to 6 o'clock", 2), ("from 3 to 9 o'clock", 0)),
    "pendant": (("from front to back", 2), ("from top to bottom", 1), ("from side to side", 0)),
}
SQUARE = ndimage.generate_binary_structure(3, 3)


@dataclass(frozen=True, slots=True)
class Undercut:
    """Rubber that neither half takes along. `depth`: how far it is drawn aside; `gap`: how thick it is along the
    pull; `gives`: the depth rubber so thick stands; all mm. `held` is a core where it passes through the metal and
    has to be cut; `at`: its deepest place.
    """

    held: Held
    depth: float
    gap: float
    gives: float
    volume: float
    at: Vec

    @property
    def passes(self) -> bool:
        """Whether the rubber follows."""
        return self.depth <= self.gives


@dataclass(frozen=True, slots=True)
class Pull:
    """One way to open the mold: its name, its axis of the piece (0, 1, 2) and what is undercut, the worst first."""

    name: str
    axis: int
    undercuts: tuple[Undercut, ...]

    @property
    def cost(self) -> tuple[int, int, float]:
        """What tells ways apart: undercuts that do not give, cores to be cut, mm4 of rubber drawn aside."""
        bad = sum(not item.passes for item in self.undercuts)
        cores = sum(item.held == "core" for item in self.undercuts)
        return bad, cores, round(sum(item.volume * item.depth for item in self.undercuts), 3)


@dataclass(frozen=True, slots=True, eq=False)
class Rubber:
    """The best pull, all that were tried, closed hollows (a place and mm3 each), the cells, and the depth over gap that
    rubber gives with where that figure comes from.
    """

    best: Pull
    tried: tuple[Pull, ...]
    hollows: tuple[tuple[Vec, float], ...]
    metal: Cells
    share: float
    basis: str

    def row(self) -> dict[str, Any]:
        """Plain data, mm of the master."""
        return {
            "pull": self.best.name,
            "gives_depth_over_gap": self.share,
            "gives_basis": self.basis,
            "undercuts": [_row(item) for item in self.best.undercuts],
            "closed_hollows": [
                {"at_mm": _round(at), "volume_mm3": round(v, 2)} for at, v in self.hollows
            ],
            "tried": [
                {"pull": p.name, "too_deep": p.cost[0], "cores": p.cost[1], "undercuts": len(p.undercuts)}
                for p in self.tried
            ],
        }  # fmt: skip


def _row(item: Undercut) -> dict[str, Any]:
    return {
        "held": item.held, "depth_mm": round(item.depth, 2), "gap_mm": round(item.gap, 2),
        "gives_mm": round(item.gives, 2), "passes": item.passes, "at_mm": _round(item.at),
    }  # fmt: skip


def _round(at: Vec) -> list[float]:
    return [round(v, 2) for v in at]


def rubber(mesh: Mesh, sort: str, own: Own = TRADE) -> Rubber:
    """The mold of a master of a `ring` or a `pendant`."""
    said = fact("casting", "mold.undercut_over_gap")
    share = said.number if own.undercut is None else own.undercut
    basis = "no published figure: try it on your rubber" if own.undercut is None else "the shop's own figure"  # fmt: skip
    room = float(np.ptp(mesh.vertices, axis=0).prod())
    metal = cells(mesh, max(FINEST, (room / MOST_CELLS) ** (1 / 3)))
    outside = _outside(~metal.full)
    hollows = tuple(_hollows(metal, ~metal.full & ~outside))
    tried = tuple(
        Pull(name, axis, tuple(_undercuts(metal, outside, axis, share)))
        for name, axis in WAYS[sort]
    )
    best = min(tried, key=lambda pull: pull.cost)
    return Rubber(best, tried, hollows, metal, share, basis)


def _outside(free: Full) -> Full:
    """The room that rubber reaches: what hangs together with the corner of the grid."""
    label, _ = ndimage.label(free)
    return np.asarray(label == label[0, 0, 0])


def _hollows(metal: Cells, closed: Full) -> Iterator[tuple[Vec, float]]:
    """Rooms that no rubber reaches: a middle and mm3 each."""
    for index in _groups(closed):
        yield _vec(metal.middle(index.mean(axis=0))), len(index) * metal.step**3


def _groups(mask: Full) -> Iterator[Index]:
    """Cells (n, 3) of each connected group that is no crumb, in a fixed order."""
    label, _ = ndimage.label(mask, SQUARE)
    for k, box in enumerate(ndimage.find_objects(label), 1):
        index = np.argwhere(label[box] == k) + [side.start for side in box]
        if len(index) >= FEW:
            yield index


def _undercuts(metal: Cells, outside: Full, axis: int, share: float) -> list[Undercut]:
    """Rubber that is held along an axis, the worst first."""
    full = np.moveaxis(metal.full, axis, 2)
    below = np.logical_or.accumulate(full, axis=2)
    above = np.logical_or.accumulate(full[:, :, ::-1], axis=2)[:, :, ::-1]
    free = np.moveaxis(outside, axis, 2)
    held = free & below & above
    deep = _depths(held, free & ~held)
    order = np.argsort([k for k in range(3) if k != axis] + [axis])
    found = []
    for index in _groups(held & (deep > 0)):
        steps = deep[tuple(index.T)]
        if steps.max() < LEAST:
            continue
        depth = float(steps.max()) * metal.step
        column = index[:, 0] * full.shape[1] + index[:, 1]
        many = np.bincount(column - column.min())
        gap = float(np.median(many[many > 0])) * metal.step
        # Of equally deep cells the middle one, so that the place is the same on both sides of a symmetry.
        deepest = index[steps == steps.max()]
        at = deepest[np.argmin(np.linalg.norm(deepest - deepest.mean(axis=0), axis=1))]
        held_as: Held = "core" if _mouths(index, steps) > 1 else "undercut"
        place = _vec(metal.middle(at[order]))
        found.append(Undercut(held_as, depth, gap, share * gap, len(index) * metal.step**3, place))
    return sorted(found, key=lambda item: (item.passes, item.held, -item.depth, item.at))


def _depths(held: Full, free: Full) -> NDArray[np.int16]:
    """Steps from free rubber to every held cell across the pull; where only a way along it leads out, along it too.

    Straight and slanting steps take turns, so that a step counts the same in all directions within a twelfth.
    """
    deep = np.zeros(held.shape, dtype=np.int16)
    if not held.any():
        return deep
    (box,) = ndimage.find_objects(held.astype(np.int8))
    box = tuple(slice(max(0, s.start - 1), s.stop + 1) for s in box)
    rest, reached, out = held[box].copy(), free[box].copy(), deep[box]
    n, along = 0, False
    while rest.any():
        n += 1
        fresh = _spread(reached, slanting=n % 2 == 0, along=along) & rest
        if not fresh.any():
            if along and n % 2 == 0:
                break
            along = True
            continue
        out[fresh] = n
        reached |= fresh
        rest &= ~fresh
    return deep


def _spread(reached: Full, slanting: bool, along: bool) -> Full:
    """Cells beside reached ones."""
    out = reached.copy()
    out[1:] |= reached[:-1]
    out[:-1] |= reached[1:]
    side = out.copy() if slanting else reached
    out[:, 1:] |= side[:, :-1]
    out[:, :-1] |= side[:, 1:]
    if along:
        out[:, :, 1:] |= reached[:, :, :-1]
        out[:, :, :-1] |= reached[:, :, 1:]
    return out


def _mouths(index: Index, steps: NDArray[np.int16]) -> int:
    """In how many places held rubber meets free rubber."""
    first = index[steps == 1] - index.min(axis=0)
    mask = np.zeros(tuple(first.max(axis=0) + 1), dtype=bool)
    mask[tuple(first.T)] = True
    return sum(1 for _ in _groups(mask))


def _vec(point: NDArray[np.float64]) -> Vec:
    x, y, z = (float(v) for v in point)
    return (x, y, z)
