"""Joints: how two parts become one, or hold each other, and how much metal they may share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Method = Literal["join", "weld", "one", "link", "hinge", "rivet", "thread", "wrap"]
METHODS: tuple[Method, ...] = ("join", "weld", "one", "link", "hinge", "rivet", "thread", "wrap")
FUSED: frozenset[Method] = frozenset({"join", "weld", "one"})

FitWord = Literal[
    "seam", "butt", "tee", "lap", "flat", "cope", "let-in", "touch",
    "sleeve", "through", "ends", "turns", "run-on", "slit",
]  # fmt: skip
FITS: tuple[FitWord, ...] = (
    "seam", "butt", "tee", "lap", "flat", "cope", "let-in", "touch",
    "sleeve", "through", "ends", "turns", "run-on", "slit",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fit:
    """How the surfaces meet. `depth`: of a flat, let-in or touching facet, the length of a slit, in mm; else 0."""

    word: FitWord
    depth: float = 0.0


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint between parts `a` and `b` (equal for a seam), `n` times where arrays repeat it.

    `blend`: fillet radius in mm that a casting gets along the joint.
    `area`: solder area of one place in mm2 and `run`: length of the seam in mm, both for the bench.
    """

    a: str
    b: str
    method: Method
    fit: Fit
    n: int = 1
    blend: float = 0.0
    area: float = 0.0
    run: float = 0.0
    why: str = ""
