"""Small pictures of how far the piece is after each group of steps.

In: a `Plan` and its `Piece`.  Out: `State`s: the step, what is joined by then, a line drawing as SVG.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jewelgen.bench.plan import Plan
from jewelgen.bench.steps import Step
from jewelgen.paper.exploded import axis_of
from jewelgen.paper.inked import SMALL, Inked, axes_of, inked
from jewelgen.paper.views import bodies_of
from jewelgen.piece.piece import Piece

WIDE, TALL = 30.0, 25.0  # mm on paper
LARGEST = 1.5  # enlargement at most
MOST = 10  # pictures of one plan
LAID = "lay"  # the step that brings wires together, to be bound
THIN = 0.4  # share of the pen that lines of pieces drawn smaller get at least
PEN = {"metal": 0.13, "stone": 0.1}  # mm


@dataclass(frozen=True, slots=True)
class Stage:
    """What hangs together after step `n`: names of parts and stones."""

    n: int
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class State:
    """One picture: after step `n`, the `ids` that hang together, SVG of `WIDE` x `TALL` mm."""

    n: int
    ids: tuple[str, ...]
    svg: str


def stages(plan: Plan) -> tuple[Stage, ...]:
    """After every run of joints or settings what hangs together; at most `MOST`, the last among them."""
    joints = {line.id: frozenset(line.parts) for line in plan.joints}
    stones = {row.id: frozenset((row.stone, *row.held)) for row in plan.settings}
    whole = _units(plan)
    found: list[Stage] = []
    names: dict[str, list[str]] = {}
    for name, mark in plan.letters.items():
        names.setdefault(mark, []).append(name)
    for step in plan.steps:
        every = [joints[mark] for mark in step.ids if mark in joints]
        touched = frozenset().union(*every) or stones.get(_about(step))
        if step.key.partition(":")[0] == LAID:
            touched = frozenset(name for mark in step.ids for name in names.get(mark, ()))
        if not touched:
            continue
        met = [group for group in whole if group & touched]
        group = touched.union(*met)
        whole = [other for other in whole if other not in met] + [group]
        if found and found[-1].names < group and _next(plan, found[-1].n, step.n):
            found.pop()
        if len(group) > 1 and (not found or found[-1].names != group):
            found.append(Stage(step.n, group))
    return tuple(found if len(found) <= MOST else _thinned(found))


def _units(plan: Plan) -> list[frozenset[str]]:
    """Parts that are one from the start: castings of many, and parts sawn in one piece of metal."""
    found = [frozenset(row.parts) for row in plan.components if len(row.parts) > 1]
    parts = {line.id: line.part for line in plan.cut_list}
    for line in plan.cut_list:
        other = parts.get(re.split(r"\W", line.one_with)[0], "")
        if other:
            found.append(frozenset((line.part, other)))
    return found


def _about(step: Step) -> str:
    """The joint or stone that a step is about."""
    return step.ids[0] if step.ids else ""


def _next(plan: Plan, first: int, then: int) -> bool:
    """Whether two steps follow each other in one phase."""
    return then == first + 1 and plan.steps[first - 1].phase == plan.steps[then - 1].phase


def _thinned(rows: list[Stage]) -> list[Stage]:
    """`MOST` of the rows, evenly, the last one too."""
    places = {round(i * (len(rows) - 1) / (MOST - 1)) for i in range(MOST)}
    return [row for i, row in enumerate(rows) if i in places]


def states(plan: Plan, piece: Piece) -> tuple[State, ...]:
    """The pictures, in the order of work."""
    bodies = bodies_of(piece)
    ids = plan.letters | {row.stone: row.id for row in plan.settings}
    axes = (
        axes_of((0.55, 0.22, 1.0), (0.0, 1.0, 0.0)) if piece.sort != "ring" else _ring_axes(piece)
    )
    return tuple(
        State(row.n, tuple(sorted({ids[name] for name in row.names if name in ids})), _svg(
            inked([body for body in bodies if body.name in row.names], axes, SMALL)
        ))
        for row in stages(plan)
    )  # fmt: skip


def _ring_axes(piece: Piece) -> NDArray[np.float64]:
    return axis_of(piece).axes


def _svg(lines: tuple[Inked, ...]) -> str:
    """The lines in the middle of the picture, as large as fits."""
    points = np.array([point for item in lines for line in item.lines for point in line])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = min(LARGEST, *((WIDE, TALL) - np.array((1.0, 1.0))) / np.maximum(high - low, 1e-6))
    middle = (low + high) / 2
    paths = []
    for layer, pen in PEN.items():
        drawn = [
            "M" + "L".join(f"{x:.2f} {-y:.2f}" for x, y in (np.array(line) - middle) * scale)
            for item in lines
            if item.layer == layer
            for line in item.lines
        ]
        if drawn:
            thin = pen * min(1.0, max(THIN, scale))
            paths.append(
                f'<path d="{"".join(drawn)}" fill="none" stroke="black" stroke-width="{thin:.3f}"/>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}mm" height="{TALL}mm" '
        f'viewBox="{-WIDE / 2} {-TALL / 2} {WIDE} {TALL}">{"".join(paths)}</svg>'
    )
