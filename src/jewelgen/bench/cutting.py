"""Lengths out of bars: one-dimensional cutting stock with kerf, two ways, and a lower bound.

In: named lengths, bars on hand, mm.  Out: `Cutting`: which bar gives which pieces, what is left, the bound.
First fit, longest piece first; against column generation (Gilmore and Gomory 1961) on HiGHS with the patterns rounded
by an integer program. The bound is the linear program's, rounded up to whole bars where all bars are equal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy  # its rooms load when they are first entered: a short list is cut without
from numpy.typing import NDArray

EPS = 1e-9
NODES = 2000  # of the search for whole numbers; the best found by then is taken
Pattern = tuple[int, tuple[int, ...]]  # kind of bar, pieces of each length
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rod:
    """`n` equal bars on hand, `length` mm."""

    length: float
    n: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar and its cuts in order: (name, length); `offcut` what is left after the last kerf, mm."""

    length: float
    cuts: tuple[tuple[str, float], ...]
    offcut: float


@dataclass(frozen=True, slots=True)
class Cutting:
    """Bars to cut. `method` is `first fit` or `column generation`; `bound_mm` of bar that no way of cutting
    can go below; `over` are pieces that no bar on hand gives.
    """

    bars: tuple[Bar, ...]
    method: str
    bound_mm: float
    over: tuple[tuple[str, float], ...] = ()

    @property
    def used_mm(self) -> float:
        """Length of all bars that are begun."""
        return sum(bar.length for bar in self.bars)


def cutting(pieces: Sequence[tuple[str, float]], rods: Sequence[Rod], kerf: float) -> Cutting:
    """The better of both ways: least length of bars begun, first fit where they are equal."""
    longest = max((rod.length for rod in rods), default=0.0)
    fits = [piece for piece in pieces if piece[1] <= longest + EPS]
    over = [piece for piece in pieces if piece[1] > longest + EPS]
    filled, rest = first_fit(fits, rods, kerf)
    other, bound = columns(fits, rods, kerf) if fits and not rest else ((), 0.0)
    better = other and _length(other) < _length(filled) - EPS
    bars, method = (other, "column generation") if better else (filled, "first fit")
    return Cutting(bars, method, bound, (*over, *rest))


def _length(bars: Sequence[Bar]) -> float:
    return sum(bar.length for bar in bars)


def _bar(length: float, cuts: Sequence[tuple[str, float]], kerf: float) -> Bar:
    taken = sum(size for _, size in cuts) + kerf * len(cuts)
    return Bar(length, tuple(cuts), max(0.0, length - taken))


def first_fit(
    pieces: Sequence[tuple[str, float]], rods: Sequence[Rod], kerf: float
) -> tuple[tuple[Bar, ...], tuple[tuple[str, float], ...]]:
    """Longest piece first into the first bar begun that holds it, else the shortest fresh bar that does.

    Returns the bars, and the pieces for which no bar was left.
    """
    fresh = sorted((rod.length, rod.n) for rod in rods)
    begun: list[tuple[float, list[tuple[str, float]]]] = []
    room: list[float] = []
    rest = []
    for name, size in sorted(pieces, key=lambda piece: (-piece[1], piece[0])):
        at = next((i for i, left in enumerate(room) if left >= size - EPS), len(begun))
        if at == len(begun):
            place = next((i for i, (long, n) in enumerate(fresh) if n and long >= size - EPS), None)
            if place is None:
                rest.append((name, size))
                continue
            fresh[place] = (fresh[place][0], fresh[place][1] - 1)
            begun.append((fresh[place][0], []))
            room.append(fresh[place][0])
        begun[at][1].append((name, size))
        room[at] -= size + kerf
    return tuple(_bar(long, cuts, kerf) for long, cuts in begun), tuple(rest)


def columns(
    pieces: Sequence[tuple[str, float]], rods: Sequence[Rod], kerf: float
) -> tuple[tuple[Bar, ...], float]:
    """Column generation over patterns, then whole numbers of the patterns found; and the lower bound in mm."""
    sizes = sorted({size for _, size in pieces}, reverse=True)
    wanted = np.array([sum(1 for _, s in pieces if s == size) for size in sizes], dtype=float)
    patterns: list[Pattern] = [
        (k, tuple(int(n == i) for n in range(len(sizes))))
        for k, rod in enumerate(rods) for i, size in enumerate(sizes) if size <= rod.length + EPS
    ]  # fmt: skip
    for bar in first_fit(pieces, rods, kerf)[0]:
        kind = next(k for k, rod in enumerate(rods) if rod.length == bar.length)
        patterns.append((kind, tuple(sum(1 for _, s in bar.cuts if s == size) for size in sizes)))
    patterns = list(dict.fromkeys(patterns))
    while True:
        value, worth, spare = _relaxed(patterns, wanted, rods)
        found = [_knapsack(k, rod, sizes, worth, kerf) for k, rod in enumerate(rods)]
        better = [
            pattern for k, (pattern, gain) in enumerate(found)
            if gain > rods[k].length - spare[k] + 1e-7 and pattern not in patterns
        ]  # fmt: skip
        if not better:
            break
        patterns += better
    bars = _whole(patterns, wanted, rods)
    return _named(bars, pieces, rods, kerf), _rounded(value, rods)


def _rounded(value: float, rods: Sequence[Rod]) -> float:
    """A bound on the length of bars, up to whole bars where all are equal."""
    lengths = {rod.length for rod in rods}
    if len(lengths) > 1:
        return value
    one = lengths.pop()
    return one * math.ceil(value / one - 1e-6)


def _tables(
    patterns: Sequence[Pattern], wanted: Array, rods: Sequence[Rod]
) -> tuple[Array, Array, Array]:
    """Costs of patterns, pieces by pattern, bars of each kind by pattern."""
    costs = np.array([rods[kind].length for kind, _ in patterns])
    gives = np.array([counts for _, counts in patterns], dtype=float).T.reshape(len(wanted), -1)
    takes = np.array([[float(kind == k) for kind, _ in patterns] for k in range(len(rods))])
    return costs, gives, takes


def _relaxed(
    patterns: Sequence[Pattern], wanted: Array, rods: Sequence[Rod]
) -> tuple[float, Array, Array]:
    """The linear program over these patterns: its value, the worth of each length, of one more bar of each kind."""
    costs, gives, takes = _tables(patterns, wanted, rods)
    limit = np.concatenate([-wanted, [float(rod.n) for rod in rods]])
    done = scipy.optimize.linprog(
        costs, A_ub=np.vstack([-gives, takes]), b_ub=limit, method="highs"
    )
    marginals = np.asarray(done.ineqlin.marginals)
    return float(done.fun), -marginals[: len(wanted)], marginals[len(wanted) :]


def _knapsack(
    kind: int, rod: Rod, sizes: Sequence[float], worth: Array, kerf: float
) -> tuple[Pattern, float]:
    """The pattern of one bar that is worth most."""
    takes = np.array([[size + kerf for size in sizes]])
    room = rod.length + kerf
    most = np.floor(room / takes[0] + EPS)
    rule = scipy.optimize.LinearConstraint(takes, -np.inf, room + EPS)
    done = scipy.optimize.milp(
        -worth,
        constraints=rule,
        integrality=np.ones(len(sizes)),
        bounds=scipy.optimize.Bounds(0, most),
    )
    counts = tuple(round(float(n)) for n in done.x)
    return (kind, counts), float(worth @ np.array(counts))


def _whole(patterns: Sequence[Pattern], wanted: Array, rods: Sequence[Rod]) -> list[Pattern]:
    """Each pattern as often as the integer program cuts it."""
    costs, gives, takes = _tables(patterns, wanted, rods)
    rules = [
        scipy.optimize.LinearConstraint(gives, wanted, np.inf),
        scipy.optimize.LinearConstraint(takes, -np.inf, np.array([float(rod.n) for rod in rods])),
    ]
    whole = np.ones(len(costs))
    done = scipy.optimize.milp(
        costs, constraints=rules, integrality=whole, options={"node_limit": NODES}
    )
    if done.x is None:
        return []
    return [p for p, n in zip(patterns, done.x, strict=True) for _ in range(round(float(n)))]


def _named(
    patterns: Sequence[Pattern],
    pieces: Sequence[tuple[str, float]],
    rods: Sequence[Rod],
    kerf: float,
) -> tuple[Bar, ...]:
    """Patterns with the pieces' names; a pattern that gives more than is wanted leaves the rest on the bar."""
    left: dict[float, list[str]] = {}
    for name, size in sorted(pieces, reverse=True):
        left.setdefault(size, []).append(name)
    sizes = sorted(left, reverse=True)
    bars = []
    for kind, counts in patterns:
        cuts = [
            (left[size].pop(), size)
            for size, n in zip(sizes, counts, strict=True) for _ in range(min(n, len(left[size])))
        ]  # fmt: skip
        bars.append(_bar(rods[kind].length, cuts, kerf))
    return tuple(bar for bar in bars if bar.cuts)
