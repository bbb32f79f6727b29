"""Trees: patterns in rings round a trunk, the heavy ones low by the button and the light ones high.

In: patterns of one alloy and one material, a flask, clearances.  Out: `Tree`s. A ring takes patterns in the order of
their weight as long as their wedges go round; a ring stands on the one below by their profiles. The same patterns
give the same trees, whatever order they come in. No kernel.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from jewelgen.cast.branch import BIN, REACH, SLACK, Clearances, Pattern, Pose, over, poses
from jewelgen.cast.heft import Array
from jewelgen.catalog.facts import fact


@dataclass(frozen=True, slots=True)
class Flask:
    """A steel flask: inner diameter and height in mm."""

    d: float
    h: float

    @property
    def name(self) -> str:
        """In inches, as the trade names it."""
        return f"{round(self.d / 25.4, 2):g} x {round(self.h / 25.4, 2):g} in"

    @property
    def volume_mm3(self) -> float:
        """What it holds."""
        return math.pi * self.d**2 / 4 * self.h


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """One pattern on its tree: ring (1 is lowest), place in the ring, height of its root, degrees round the trunk."""

    pattern: Pattern
    pose: Pose
    ring: int
    place: int
    z: float
    turn: float

    @property
    def at(self) -> str:
        """Ring and place, as written on the plan: `2.5`."""
        return f"{self.ring}.{self.place}"

    @property
    def rows(self) -> Array:
        """The 3 x 4 matrix from the pattern to the flask: z up from the base, the axis in the middle."""
        a = math.radians(self.turn)
        round_ = np.array(
            ((math.cos(a), -math.sin(a), 0), (math.sin(a), math.cos(a), 0), (0, 0, 1))
        )
        moved = round_ @ self.pose.rows
        moved[2, 3] += self.z
        return np.asarray(moved)


@dataclass(frozen=True, slots=True, eq=False)
class Tree:
    """One flask's tree; `trunk`: its height from the foot's top in mm."""

    flask: Flask
    keep: Clearances
    branches: tuple[Branch, ...]

    @property
    def alloy(self) -> str:
        """What is poured."""
        return self.branches[0].pattern.alloy

    @property
    def material(self) -> str:
        """What is burnt out."""
        return self.branches[0].pattern.material

    @property
    def rings(self) -> tuple[tuple[Branch, ...], ...]:
        """Branches by ring, the lowest first."""
        count = max(b.ring for b in self.branches)
        return tuple(tuple(b for b in self.branches if b.ring == k) for k in range(1, count + 1))

    @property
    def trunk(self) -> float:
        """Height of the trunk over the foot: past the highest root by half its own thickness."""
        return max(b.z for b in self.branches) + self.keep.trunk_d / 2 - self.keep.foot


Posed = tuple[Pattern, tuple[Pose, ...]]


def flasks() -> tuple[Flask, ...]:
    """The catalog's sizes, the smallest first."""
    rows = fact("casting", "investment.flask_mm").pairs
    return tuple(sorted((Flask(d, h) for d, h in rows), key=lambda f: (f.volume_mm3, f.d)))


def trees(
    patterns: Sequence[Pattern], keep: Clearances, choice: Sequence[Flask]
) -> tuple[tuple[Tree, ...], tuple[Pattern, ...]]:
    """Trees for patterns of one alloy and material in the flasks to choose from, and what fits in none.

    The smallest flask that takes all of them, else the fewest flasks; each is the smallest for what it holds.
    """
    order = sorted(patterns, key=lambda p: (-round(p.metal_g, 6), p.name, p.id))
    stands = _stands(keep)
    posed = [(p, stands(p)) for p in order]
    lost = [p for p, found in posed if not any(_fits(found, keep, f) for f in choice)]
    posed = [row for row in posed if row[0] not in lost]
    if not posed:
        return (), tuple(lost)
    best: list[Tree] | None = None
    for flask in choice:
        if all(_fits(found, keep, flask) for _, found in posed):
            made = _filled(posed, keep, flask)
            if best is None or len(made) < len(best):
                best = made
            if len(made) == 1:
                break
    if best is None:  # no single size takes all: each pattern in the smallest that takes it
        return _by_size(order, keep, choice, lost)
    known = dict(posed_by_id(posed))
    smaller = [_smallest([(b.pattern, known[b.pattern.id]) for b in t.branches], keep, choice, t) for t in best]  # fmt: skip
    return tuple(smaller), tuple(lost)


def posed_by_id(posed: Sequence[Posed]) -> list[tuple[str, tuple[Pose, ...]]]:
    """Poses by the pattern's id."""
    return [(pattern.id, found) for pattern, found in posed]


def _by_size(
    order: Sequence[Pattern], keep: Clearances, choice: Sequence[Flask], lost: list[Pattern]
) -> tuple[tuple[Tree, ...], tuple[Pattern, ...]]:
    """Patterns parted by the smallest flask that takes each."""
    stands, left = _stands(keep), [p for p in order if p not in lost]
    made: list[Tree] = []
    for i, flask in enumerate(choice):
        mine = [p for p in left if _fits(stands(p), keep, flask)]
        if mine:
            made += trees(mine, keep, choice[i : i + 1])[0]
            left = [p for p in left if p not in mine]
    return tuple(made), tuple(lost)


def _stands(keep: Clearances) -> Callable[[Pattern], tuple[Pose, ...]]:
    """The poses of a pattern, worked out once for all copies of one mesh."""
    known: dict[int, tuple[Pose, ...]] = {}

    def stands(pattern: Pattern) -> tuple[Pose, ...]:
        if id(pattern.mesh) not in known:
            known[id(pattern.mesh)] = poses(pattern, keep)
        return known[id(pattern.mesh)]

    return stands


def _fits(found: Sequence[Pose], keep: Clearances, flask: Flask) -> Pose | None:
    """The first pose that stands alone in a flask."""
    room = flask.h - keep.top - keep.foot - keep.gap
    for pose in found:
        if (
            pose.reach + SLACK <= flask.d / 2 - keep.wall
            and pose.rise <= room
            and pose.width <= 360
        ):
            return pose
    return None


def _smallest(
    posed: Sequence[Posed], keep: Clearances, choice: Sequence[Flask], made: Tree
) -> Tree:
    """The same patterns in the smallest flask that takes them all."""
    for flask in choice:
        if flask.volume_mm3 >= made.flask.volume_mm3:
            break
        if all(_fits(found, keep, flask) for _, found in posed):
            again = _filled(posed, keep, flask)
            if len(again) == 1:
                return again[0]
    return made


def _filled(posed: Sequence[Posed], keep: Clearances, flask: Flask) -> list[Tree]:
    """As many flasks of one size as it takes."""
    made, left = [], list(posed)
    while left:
        branches = _one(left, keep, flask)
        if not branches:
            raise ValueError("a pattern that fits alone was not placed")
        made.append(Tree(flask, keep, branches))
        left = left[len(branches) :]
    return made


def _one(left: Sequence[Posed], keep: Clearances, flask: Flask) -> tuple[Branch, ...]:
    """Rings from the foot up until the open end's clearance is reached."""
    below = np.full(REACH, -np.inf)
    below[: int(flask.d / 2 / BIN)] = keep.foot
    branches: list[Branch] = []
    ring = 1
    while len(branches) < len(left):
        row = _ring(left[len(branches) :], keep, flask)
        z, row = _raised(row, below, keep, flask)
        if not row:
            break
        turns = _turns([pose for _, pose in row], ring)
        branches += [
            Branch(pattern, pose, ring, k + 1, z, turns[k]) for k, (pattern, pose) in enumerate(row)
        ]
        for _, pose in row:
            below = np.maximum(below, pose.top + z)
        ring += 1
    return tuple(branches)


def _ring(left: Sequence[Posed], keep: Clearances, flask: Flask) -> list[tuple[Pattern, Pose]]:
    """The next patterns by weight whose wedges go round together."""
    row: list[tuple[Pattern, Pose]] = []
    taken = 0.0
    for pattern, found in left:
        pose = _fits(found, keep, flask)
        if pose is None or taken + pose.width > 360.0:
            break
        row.append((pattern, pose))
        taken += pose.width
    return row


def _raised(
    row: list[tuple[Pattern, Pose]], below: Array, keep: Clearances, flask: Flask
) -> tuple[float, list[tuple[Pattern, Pose]]]:
    """The ring's height over what stands below, and as much of it as stays under the open end."""
    while row:
        z = max(over(pose.bottom, below, keep.gap + SLACK) for _, pose in row)
        if all(z + float(pose.top.max()) <= flask.h - keep.top for _, pose in row):
            return z, row
        row = row[:-1]
    return 0.0, row


def _turns(row: Sequence[Pose], ring: int) -> list[float]:
    """Degrees of each pose: wedges side by side with the spare room shared out, every second ring set off."""
    spare = (360.0 - sum(pose.width for pose in row)) / len(row)
    at, found = 0.0, []
    for pose in row:
        found.append(at + pose.wedge[0])
        at += pose.width + spare
    start = found[0] - (0.5 * (row[0].width + spare) if ring % 2 == 0 else 0.0)
    return [(turn - start) % 360.0 for turn in found]
