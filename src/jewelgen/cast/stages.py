"""The measured chain: a measure followed from the master to the finished piece, and back, with how sure it is.

Every stage shrinks all lengths by its percentage and is made to a tolerance; finishing then takes metal off
the outside and opens the bore. Percentages come from the catalog with their spread, or from a coupon that a
shop measured. Lengths in mm, weights in grams.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from jewelgen.cast.chain import FACES, STAGES, Route, number
from jewelgen.cast.faces import Face
from jewelgen.catalog.alloys import Alloy
from jewelgen.catalog.coupons import TRADE, Coupon, Own
from jewelgen.catalog.facts import Fact, fact

Kind = Literal["bore", "width", "thickness", "free"]
# The faces between which a length lies; of a bore they go apart in finishing.
BETWEEN: dict[Kind, tuple[Face, ...]] = {
    "bore": ("inside", "inside"),
    "width": ("outside", "outside"),
    "thickness": ("outside", "inside"),
    "free": (),
}
Faces = tuple[Face, ...] | None
MASTER, FINISHED = "master", "finished"
CALIPER = 0.02  # mm: to which a shop reads a length


@dataclass(frozen=True, slots=True)
class Span:
    """A likely value between the least and the greatest."""

    low: float
    likely: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def times(self, other: Span) -> Span:
        """The product with a positive span."""
        ends = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)  # fmt: skip
        return Span(min(ends), self.likely * other.likely, max(ends))

    def over(self, other: Span) -> Span:
        """The quotient by a positive span."""
        return self.times(Span(1 / other.high, 1 / other.likely, 1 / other.low))

    def plus(self, other: Span, share: float = 1.0) -> Span:
        """The sum with `share` (of either sign) of another span."""
        ends = sorted((share * other.low, share * other.high))
        return Span(self.low + ends[0], self.likely + share * other.likely, self.high + ends[1])

    def within(self, tolerance: float) -> Span:
        """This span widened by a tolerance either way."""
        return Span(self.low - tolerance, self.likely, self.high + tolerance)


def exactly(value: float) -> Span:
    """A span of one value."""
    return Span(value, value, value)


@dataclass(frozen=True, slots=True)
class Shrink:
    """One stage: what of a length remains (1 - shrinkage), and where the figure comes from."""

    name: str
    remains: Span
    source: str


@dataclass(frozen=True, slots=True)
class Process:
    """A route as a row of stages, the tolerance that each is made to, and what finishing takes: mm off each face of
    a class.
    """

    stages: tuple[Shrink, ...]
    tolerance: float
    outside: Span
    inside: Span
    textured: Span
    unreachable: Span

    def loss(self, face: Face) -> Span:
        """What finishing takes off a face of a class, mm."""
        span: Span = getattr(self, face)
        return span


def process(route: Route, metal: Alloy, own: Own = TRADE) -> Process:
    """The chain of a route with the spread that the catalog states, or a shop's `own` coupons measured."""
    return Process(
        tuple(
            _stage(name, key, metal, own.coupon(name, route, metal.id))
            for name, key in STAGES[route]
        ),
        number(fact("casting", "pattern.tolerance")),
        **{face: _loss(face, getattr(own, face)) for face in FACES},
    )


def _loss(face: Face, own: float | None) -> Span:
    """The shop's own figure, else the catalog's with its spread; a bore is no surer than a caliper."""
    found = _span(fact("casting", f"finishing.{FACES[face]}")) if own is None else exactly(own)
    return found.within(CALIPER / 2) if face == "inside" else found


def _stage(name: str, key: str, metal: Alloy, coupon: Coupon | None) -> Shrink:
    if coupon is not None:
        return fitted(name, coupon.before, coupon.after)
    platinum = name == "metal" and metal.family == "platinum"
    found = fact("casting", "shrinkage.platinum_cast_pct" if platinum else key)
    pct = _span(found)
    remains = Span(1 - pct.high / 100, 1 - pct.likely / 100, 1 - pct.low / 100)
    return Shrink(name, remains, f"{', '.join(found.src) or 'no source'} ({found.st})")


def _span(found: Fact) -> Span:
    value = number(found)
    low, high = found.range or (value, value)
    return Span(min(low, value), value, max(high, value))


def fitted(name: str, before: float, after: float) -> Shrink:
    """A stage fitted on one length of a shop's own coupon, measured in mm before and after it."""
    spread = CALIPER * (1 / before + 1 / after)
    ratio = after / before
    return Shrink(name, Span(ratio * (1 - spread), ratio, ratio * (1 + spread)), "measured coupon")


def forward(
    value: float, kind: Kind, made: Process, faces: Faces = None
) -> tuple[tuple[str, Span], ...]:
    """A length of the master at every later stage, the finished piece last; `faces`: those it lies between, mm."""
    return along(exactly(value), kind, made, (MASTER, faces))[1:]


def backward(
    value: float, kind: Kind, made: Process, faces: Faces = None
) -> tuple[tuple[str, Span], ...]:
    """The length that every earlier stage needs for a finished length, the master first."""
    return along(exactly(value), kind, made, (FINISHED, faces))[:-1]


def along(
    value: Span, kind: Kind, made: Process, place: tuple[str, Faces]
) -> tuple[tuple[str, Span], ...]:
    """A length known at one stage (and the faces it lies between) at every stage, the master first, finished last."""
    at, faces = place
    names = [MASTER, *(stage.name for stage in made.stages), FINISHED]
    k = names.index(at)
    found = {at: value}
    for stage in made.stages[k:]:
        value = value.times(stage.remains).within(made.tolerance)
        found[stage.name] = value
    if at != FINISHED:
        found[FINISHED] = _filed(value, kind, made, (1.0, faces))
    value = found[at]
    if at == FINISHED:
        value = _filed(value, kind, made, (-1.0, faces))
        found[names[-2]] = value
    for i in range(min(k, len(made.stages)) - 1, -1, -1):
        value = value.within(made.tolerance).over(made.stages[i].remains)
        found[names[i]] = value
    return tuple((name, found[name]) for name in names)


def _filed(now: Span, kind: Kind, made: Process, how: tuple[float, Faces]) -> Span:
    """A length after finishing (way 1) or before it (-1)."""
    way, faces = how
    apart = 1.0 if kind == "bore" else -1.0
    for face in BETWEEN[kind] if faces is None else faces:
        now = now.plus(made.loss(face), apart * way)
    return now


def band_volume(bore: Span, width: Span, thickness: Span) -> Span:
    """The metal of a flat band in mm3 (Pappus): width x thickness x pi (bore + thickness)."""
    round_ = bore.plus(thickness)
    return width.times(thickness).times(round_).times(exactly(math.pi))


def scaled_weight(weight: float, before: Span, after: Span) -> Span:
    """A weight in grams after its volume changed from `before` to `after` mm3, both of one metal."""
    return exactly(weight).times(after.over(before))
