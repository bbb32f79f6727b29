"""What was measured at one stage, followed to all others: forward to the finished piece, back to the master.

In: measures of one piece at a stage, alloy, route, a shop's own figures.  Out: `Followed` rows; mm, grams.
A weight changes its material from stage to stage: resin, wax, metal. What finishing takes of it is a share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jewelgen.cast.chain import STAGES, Route
from jewelgen.cast.faces import Face
from jewelgen.cast.stages import (
    BETWEEN,
    CALIPER,
    FINISHED,
    MASTER,
    Faces,
    Kind,
    Process,
    Span,
    along,
    exactly,
    process,
)
from jewelgen.catalog.alloys import Alloy, pattern_density
from jewelgen.catalog.coupons import Own
from jewelgen.catalog.facts import fact

KINDS: tuple[Kind, ...] = ("bore", "width", "thickness", "free")
WEIGHT = "weight"
# What a caster calls a stage, and what the chain calls it: the state after that stage.
WORDS = {
    "file": MASTER, "model": MASTER, "printed": "print", "mould": "mold", "casting": "metal", "raw": "metal",
}  # fmt: skip
SOFT = frozenset({"print", "wax"})
SCALE = 0.01  # g: to which a shop weighs


@dataclass(frozen=True, slots=True)
class Followed:
    """One measure at every stage, the master first; `measured` at stage `at`."""

    what: str
    at: str
    measured: float
    stages: tuple[tuple[str, Span], ...]

    def row(self) -> dict[str, Any]:
        """Plain data; mm or grams to 0.001."""
        unit = "g" if self.what == WEIGHT else "mm"
        return {
            "what": self.what, "at": self.at, f"measured_{unit}": self.measured,
            "stages": [
                {"stage": name, f"least_{unit}": round(s.low, 3), f"likely_{unit}": round(s.likely, 3), f"most_{unit}": round(s.high, 3)}
                for name, s in self.stages
            ],
        }  # fmt: skip


def stages_of(route: Route) -> tuple[str, ...]:
    """The stages of a route by name, from the master to the finished piece."""
    return (MASTER, *(name for name, _ in STAGES[route]), FINISHED)


def follow(
    measures: Mapping[str, float],
    at: str,
    made: tuple[Route, Alloy, Own],
    textured: frozenset[Face] = frozenset(),
) -> tuple[Followed, ...]:
    """Every measure (a `Kind` or `weight`) taken at stage `at`, at all stages; `textured`: faces that are textured.

    Raises `ValueError` for a weight of a stage that has none, and `KeyError` for a measure nobody knows.
    """
    route, metal, own = made
    chain = process(route, metal, own)
    found = []
    for what, value in measures.items():
        if what == WEIGHT:
            found.append(Followed(what, at, value, _weighed(value, at, metal, chain)))
            continue
        kind = next(k for k in KINDS if k == what)
        read = exactly(value).within(_reading(at))
        stages = along(read, kind, chain, (at, _faces(kind, textured)))
        shown = tuple((n, s if n == at else s.within(_reading(n) - CALIPER / 2)) for n, s in stages)
        found.append(Followed(what, at, value, shown))
    return tuple(found)


def _reading(stage: str) -> float:
    """How far a caliper may be off at a stage, mm: more on prints and waxes than on metal."""
    soft = fact("casting", "pattern.soft_reading").range
    return soft[1] if soft and stage in SOFT else CALIPER / 2


def _faces(kind: Kind, textured: frozenset[Face]) -> Faces:
    return tuple("textured" if face in textured else face for face in BETWEEN[kind])


def _weighed(grams: float, at: str, metal: Alloy, chain: Process) -> tuple[tuple[str, Span], ...]:
    """The weight at every stage that has one: mm3 by the cube of what remains, grams by each stage's material."""
    density = densities(metal, chain)
    if at not in density:
        raise ValueError(f"nothing is weighed at stage {at}")
    names = [MASTER, *(stage.name for stage in chain.stages)]
    share = fact("casting", "finishing.weight_loss_pct")
    low, high = share.range or (share.number, share.number)
    kept = Span(1 - high / 100, 1 - share.number / 100, 1 - low / 100)
    now = exactly(grams).within(SCALE / 2).times(exactly(1.0 / density[at]))
    if at == FINISHED:
        now = now.over(kept)
    k = names.index("metal" if at == FINISHED else at)
    volumes = {names[k]: now}
    for i in range(k, len(chain.stages)):
        volumes[names[i + 1]] = volumes[names[i]].times(_cube(chain.stages[i].remains))
    for i in range(k - 1, -1, -1):
        volumes[names[i]] = volumes[names[i + 1]].over(_cube(chain.stages[i].remains))
    volumes[FINISHED] = volumes["metal"].times(kept)
    found = {name: volumes[name].times(exactly(rho)) for name, rho in density.items()}
    found[at] = exactly(grams).within(SCALE / 2)
    return tuple((name, found[name]) for name in (*names, FINISHED) if name in found)


def _cube(span: Span) -> Span:
    return span.times(span).times(span)


def densities(metal: Alloy, chain: Process) -> dict[str, float]:
    """Density in g/cm3 of what stands on the scales at each stage; a file and a mold are not weighed."""
    material = {"print": pattern_density("resin").number, "wax": pattern_density("wax").number}
    found = {stage.name: material.get(stage.name, 0.0) for stage in chain.stages}
    found |= {"metal": metal.density_g_cm3, FINISHED: metal.density_g_cm3}
    return {name: rho for name, rho in found.items() if rho}
