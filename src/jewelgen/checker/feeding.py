"""Whether sprues feed what they stand on, on the surface that was written.

In: what was `Seen`, gates that are known, inscribed balls.  Out: `Check`s JG729.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from jewelgen.catalog.facts import fact
from jewelgen.checker.known import Gate, Known, where
from jewelgen.checker.report import Check, Seen
from jewelgen.checker.surface import Array
from jewelgen.findings import Severity

SOURCE = "casting: sprues at least as thick as the metal behind them; ganoksin.com, Formlabs, Romanoff, Stuller"
ROOM = 0.4  # mm: the surface lies that near to where a gate is said to stand


def feeding(seen: Seen, known: Known) -> Iterator[Check]:
    """Each gate against the metal behind it; the heaviest place of the piece against the widest gate."""
    if known.sprue:
        return  # they stand in the file: nothing of the metal behind them can be felt from outside
    thick = [(gate, behind(seen, gate)) for gate in known.gates]
    for number, (gate, deep) in enumerate(thick, 1):
        yield _gate(f"sprue {number}" if len(thick) > 1 else "sprue", gate, deep, known)
    if thick and np.isfinite(seen.ball).any():
        yield _heavy(seen, thick, known)


def behind(seen: Seen, gate: Gate) -> float:
    """The metal behind a gate, mm: the middle one of the largest balls that touch the surface under its rim.

    0 where the gate does not stand on the surface.
    """
    away = np.linalg.norm(seen.samples.points - np.array(gate.at), axis=1)
    if float(away.min()) > ROOM:
        return 0.0
    balls = seen.ball[away < max(gate.d / 2, ROOM)]
    return float(np.median(balls[np.isfinite(balls)])) if np.isfinite(balls).any() else 0.0


def _gate(name: str, gate: Gate, deep: float, known: Known) -> Check:
    """A gate at least as wide as the metal behind it is thick, or it freezes first."""
    passed = 0 < deep <= gate.d + known.chord
    hint = (
        "a thicker sprue, or stand it where the metal is thinner"
        if deep
        else "it stands on no metal"
    )
    return _said((f"{name}: metal behind it", deep, f"more than 0 and at most {gate.d:g} mm, the sprue ({SOURCE})"),
                 passed, np.array(gate.at), (known, hint))  # fmt: skip


def _heavy(seen: Seen, thick: list[tuple[Gate, float]], known: Known) -> Check:
    """The largest ball in the metal against the widest gate."""
    ball = np.where(np.isfinite(seen.ball), seen.ball, 0.0)
    heaviest = int(np.argmax(ball))
    d = max(gate.d for gate, _ in thick)
    low = min(fact("casting", "sprue.feed_area_pct_of_attachment").numbers)
    most = d / math.sqrt(low / 100.0)
    allowed = f"at most {most:.2f} mm: a sprue of {d:g} mm has {low:g} % of its section (casting: feed_area_pct_of_attachment)"
    found = ("heaviest section against the sprue", float(ball[heaviest]), allowed)
    words = (known, "a thicker sprue, or a second one")
    return _said(found, found[1] <= most, seen.samples.points[heaviest], words)


def _said(
    measure: tuple[str, float, str], passed: bool, at: Array, words: tuple[Known, str]
) -> Check:
    (name, value, allowed), (known, hint) = measure, words
    return Check(
        "JG729", name, value, "mm", allowed, passed, Severity.WARNING, where=where(known, at),
        places=() if passed else ((float(at[0]), float(at[1]), float(at[2])),),
        hint="" if passed else hint,
    )  # fmt: skip
