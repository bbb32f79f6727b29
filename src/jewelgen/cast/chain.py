"""The shrink chain: what each stage between the printed master and the raw casting takes away.

finished = (master * product of (1 - stage)) - finishing. The factor is derived from stages alone; published
totals are checks, never inputs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from jewelgen.cast.faces import Face, Skin
from jewelgen.catalog.alloys import Alloy
from jewelgen.catalog.coupons import TRADE, Coupon, Own
from jewelgen.catalog.facts import Fact, fact

Route = Literal["direct", "mold"]
Scaled = Literal["file", "caster"]
ROUTES: tuple[Route, ...] = ("direct", "mold")


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage and its linear shrinkage in percent, with the fact it comes from."""

    name: str
    shrink_pct: float
    source: str


@dataclass(frozen=True, slots=True)
class Allowance:
    """Metal left for file and polish, in mm a side, by face class; and length of prongs."""

    outside: float
    inside: float
    prong: float
    textured: float = 0.0
    unreachable: float = 0.0

    def on(self, skin: Skin) -> Give:
        """What a part with this skin is given."""
        outer, inner, back, edge = (
            float(getattr(self, face)) for face in (skin.outer, skin.inner, skin.back, skin.edge)
        )
        return Give(outer, inner, back, edge)

    def row(self) -> dict[str, float]:
        """Plain data."""
        return {key: getattr(self, key) for key in (*FACES, "prong")}


@dataclass(frozen=True, slots=True)
class Give:
    """Metal left on the sides of one part in mm: outer or front, inner, back of a plate, edges."""

    outer: float
    inner: float
    back: float
    edge: float


@dataclass(frozen=True, slots=True)
class Chain:
    """Route, stages and finishing allowance. `needed` enlarges the master so that the casting comes out true.

    `scale`: what of it the file holds: all, or none where the caster scales what is sent.
    """

    route: Route
    stages: tuple[Stage, ...]
    allowance: Allowance
    by: Scaled = "file"

    @property
    def scale(self) -> float:
        """The uniform factor applied to the file."""
        return self.needed if self.by == "file" else 1.0

    @property
    def needed(self) -> float:
        """1 / product of (1 - shrinkage): the uniform factor from the raw casting back to the master."""
        return 1.0 / math.prod(1.0 - stage.shrink_pct / 100.0 for stage in self.stages)

    @property
    def invested(self) -> float:
        """Lengths of the pattern that goes into the flask over those of the master: all stages but the metal's."""
        return math.prod(1.0 - s.shrink_pct / 100.0 for s in self.stages if s.name != "metal")

    @property
    def words(self) -> str:
        """Scaled or not, by what, for which route."""
        if self.by == "caster":
            return f"no, the caster scales by {self.needed:.6f}, for {self.route}"
        return f"yes, by {self.scale:.6f}, for {self.route}"

    @property
    def total_pct(self) -> float:
        """Total linear shrinkage from master to raw casting, in percent of the master."""
        return 100.0 * (1.0 - 1.0 / self.needed)


# Face classes, and the key of what each loses in the casting tables.
FACES: dict[Face, str] = {
    "outside": "allowance_per_side",
    "inside": "inside_ring_loss",
    "textured": "textured_loss",
    "unreachable": "unreachable_loss",
}
# Stages of each route in the order they happen: (name, key in the casting tables).
STAGES: dict[Route, tuple[tuple[str, str], ...]] = {
    "direct": (("print", "shrinkage.resin_print_pct"), ("metal", "shrinkage.cast_pct")),
    "mold": (
        ("print", "shrinkage.resin_print_pct"),
        ("mold", "shrinkage.mold_silicone_pct"),
        ("wax", "shrinkage.wax_injection_pct"),
        ("metal", "shrinkage.cast_pct"),
    ),
}


def chain(route: Route, alloy: Alloy, own: Own = TRADE, by: Scaled = "file") -> Chain:
    """The chain of a route for an alloy: a shop's `own` coupons and allowances, else the catalog's figures.

    Platinum has a figure of its own. `by`: who scales, the `file` or the `caster`.
    """
    stages = tuple(_stage(name, key, alloy, own.coupon(name, route, alloy.id)) for name, key in STAGES[route])  # fmt: skip
    left = {
        face: _said(getattr(own, face), "casting", f"finishing.{key}")
        for face, key in FACES.items()
    }
    prong = _said(own.prong, "bench_rules", "prong.cad_extra_above_table")
    return Chain(route, stages, Allowance(**left, prong=prong), by)


def _said(own: float | None, file: str, key: str) -> float:
    """The shop's own figure, else the catalog's."""
    return number(fact(file, key)) if own is None else own


def _stage(name: str, key: str, alloy: Alloy, coupon: Coupon | None) -> Stage:
    if coupon is not None:
        return Stage(name, coupon.shrink_pct, coupon.words)
    found = fact("casting", key)
    if name == "metal" and alloy.family == "platinum":
        found = fact("casting", "shrinkage.platinum_cast_pct")
    return Stage(name, number(found), f"{', '.join(found.src) or 'no source'} ({found.st})")


def number(found: Fact) -> float:
    """The value of a fact that holds one number; raises `TypeError` for any other."""
    if isinstance(found.v, bool) or not isinstance(found.v, (int, float)):
        raise TypeError(f"the fact holds {found.v!r}, not a number")
    return float(found.v)
