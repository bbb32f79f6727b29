"""Sprues: where the metal enters a casting, through how many gates, how thick and how long.

In: the mesh of a pattern (mm), what must stay clean, which way the piece rests, the alloy, grams of the casting.
Out: a `Sprue`. A gate stands on the heaviest section away from detail, where the metal is free outside; it is as
thick as the section it feeds and never narrows on its way. No kernel.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from jewelgen.cast.chain import number
from jewelgen.cast.heavy import Spots, spots
from jewelgen.cast.heft import Array
from jewelgen.cast.section import local_section, way_out
from jewelgen.catalog.alloys import alloy
from jewelgen.catalog.facts import fact
from jewelgen.solid.model import Mesh

WINDOW = 1.5  # local sections are measured within this many thicknesses of the gate
OVER = 0.15  # of the thickness: a fillet that stands over an edge
STEM = 0.35  # of the length: what several sprues share


@dataclass(frozen=True, slots=True)
class Detail:
    """What a gate keeps away from: balls (x, y, z, radius) in mm; `rest`: the way the piece turns to the tree."""

    balls: tuple[tuple[float, float, float, float], ...] = ()
    rest: tuple[float, float, float] = (0.0, 0.0, -1.0)


@dataclass(frozen=True, slots=True)
class Gate:
    """Where one sprue enters: the middle of the metal there, the point on its surface, the way out of it (unit).

    `thick`: the largest ball there; `section_mm2`: the metal that it feeds; `d`: the gate's diameter, mm;
    `square`: the cosine between its way and the surface's normal.
    """

    middle: tuple[float, float, float]
    at: tuple[float, float, float]
    way: tuple[float, float, float]
    thick: float
    section_mm2: float
    d: float
    square: float = 1.0

    @property
    def feed_pct(self) -> float:
        """The gate's area in percent of the section it feeds."""
        return 100.0 * math.pi * self.d**2 / 4 / self.section_mm2


@dataclass(frozen=True, slots=True)
class Sprue:
    """One or more gates that run together at the root, `length` mm out along `way` from `at`; `d` there.

    `unfed`: heavy places behind a neck that no gate reaches.
    """

    gates: tuple[Gate, ...]
    at: tuple[float, float, float]
    way: tuple[float, float, float]
    length: float
    d: float
    unfed: int = 0

    @property
    def root(self) -> Array:
        """Where the sprue meets the trunk."""
        return np.array(self.at) + self.length * np.array(self.way)

    def scaled(self, k: float) -> Sprue:
        """The same places on a pattern `k` times as large; diameters and length stay as made."""

        def far(p: tuple[float, float, float]) -> tuple[float, float, float]:
            return (k * p[0], k * p[1], k * p[2])

        gates = tuple(replace(g, middle=far(g.middle), at=far(g.at)) for g in self.gates)
        return replace(self, gates=gates, at=far(self.at))

    def row(self) -> dict[str, Any]:
        """The record for the manifest, lengths in mm of the master."""
        return {
            "at_mm": list(self.at), "way": list(self.way), "length_mm": self.length, "root_d_mm": self.d,
            "heavy_places_unfed": self.unfed,
            "gates": [
                {
                    "middle_mm": list(g.middle), "at_mm": list(g.at), "way": list(g.way), "d_mm": g.d,
                    "thick_mm": g.thick, "section_mm2": g.section_mm2, "feed_pct": g.feed_pct, "square": g.square,
                }
                for g in self.gates
            ],
        }  # fmt: skip


def sprue_of_row(row: dict[str, Any]) -> Sprue:
    """The sprue that `Sprue.row` wrote."""
    gates = tuple(
        Gate(
            _vec(g["middle_mm"]), _vec(g["at_mm"]), _vec(g["way"]),
            float(g["thick_mm"]), float(g["section_mm2"]), float(g["d_mm"]), float(g["square"]),
        )
        for g in row["gates"]
    )  # fmt: skip
    ends = float(row["length_mm"]), float(row["root_d_mm"])
    return Sprue(gates, _vec(row["at_mm"]), _vec(row["way"]), *ends, int(row["heavy_places_unfed"]))


def _vec(values: Any) -> tuple[float, float, float]:
    x, y, z = (float(v) + 0.0 for v in values)
    return (x, y, z)


def sprue(mesh: Mesh, detail: Detail, alloy_id: str, grams: float) -> Sprue:
    """The sprue of a pattern that becomes `grams` of metal."""
    platinum = alloy(alloy_id).family == "platinum"
    least, most = fact("casting", "sprue.feed_length").numbers
    length = least if platinum else least + (most - least) / 4
    found = spots(mesh, np.array(detail.balls).reshape(-1, 4), np.array(detail.rest), _two(grams))
    gates = tuple(_gate(mesh, p, w, t, platinum) for p, w, t in _aimed(found, length))
    at = np.mean([g.at for g in gates], axis=0)
    whole = round(math.sqrt(sum(g.d**2 for g in gates)), 2)
    d = max(fact("casting", "sprue.feed_diameter_typical").numbers[0], whole)
    return Sprue(gates, _vec(at), _vec(found.way), length, d, found.unfed)


def _two(grams: float) -> bool:
    return grams > number(fact("casting", "sprue.second_when_heavier_g"))


def _aimed(found: Spots, length: float) -> list[tuple[Array, Array, float]]:
    """Each spot with the way its sprue leaves: straight for one, towards the common knot for several."""
    if len(found.middles) == 1:
        return [(found.middles[0], found.way, found.balls[0])]
    reach = float(np.max(found.balls)) / 2 + (1 - STEM) * length
    root = np.mean(found.middles, axis=0) + reach * found.way
    ways = [root - p for p in found.middles]
    return [
        (p, w / np.linalg.norm(w), b)
        for p, w, b in zip(found.middles, ways, found.balls, strict=True)
    ]


def _gate(mesh: Mesh, middle: Array, way: Array, ball: float, platinum: bool) -> Gate:
    """A gate on the metal round `middle`: of its section, at least its thickness and the least that fills."""
    section = local_section(mesh, middle, way, WINDOW * ball) or math.pi * ball**2 / 4
    more = number(fact("casting", "sprue.platinum_thicker_pct")) / 100 if platinum else 0.0
    d = _thick(section, ball, 1 + more)
    run, square = way_out(mesh, middle, way)
    at = middle + (run if math.isfinite(run) else ball / 2) * way
    return Gate(_vec(middle), _vec(at), _vec(way), float(ball), float(section), round(d, 2), square)


def _thick(section: float, ball: float, more: float) -> float:
    """A gate's diameter: of the section's area, less (but within its span) when that is over the usual.

    `more`: how much thicker this metal wants it.
    """
    usual_least, usual_most = fact("casting", "sprue.feed_diameter_typical").numbers
    shares = fact("casting", "sprue.feed_area_pct_of_attachment").numbers
    low, high = (math.sqrt(4 * share / 100 * section / math.pi) for share in shares)
    d = min(max(math.sqrt(4 * section / math.pi), usual_least), max(usual_most, low))
    return max(min(more * d, high), ball)


def judged(made: Sprue) -> tuple[str, ...]:
    """What is wrong with a sprue, in words: an area out of the published span, thinner than its metal, unfed."""
    low, high = fact("casting", "sprue.feed_area_pct_of_attachment").numbers
    shortest, longest = fact("casting", "sprue.feed_length").numbers
    said = [
        f"a gate of {g.d:.2f} mm is {g.feed_pct:.0f} % of the {g.section_mm2:.1f} mm2 it feeds ({low:g} to {high:g})"
        for g in made.gates
        if not low - 1 <= g.feed_pct <= high + 1
    ]
    said += [f"a gate of {g.d:.2f} mm on metal of {g.thick:.2f} freezes first" for g in made.gates if g.d < g.thick - 0.01]  # fmt: skip
    if not shortest - 1e-6 <= made.length <= longest + 1e-6:
        said.append(f"a sprue of {made.length:.1f} mm ({shortest:g} to {longest:g})")
    if made.unfed:
        said.append(f"{made.unfed} heavy places behind a neck have no gate of their own")
    return tuple(said)


Cone = tuple[Array, Array, float, float]


def cones(made: Sprue) -> tuple[Cone, ...]:
    """Each sprue as (start, end, start diameter, end diameter), from within the metal: one a gate to the root.

    Several gates run together in a knot, and a stem of their whole area leads on to the root.
    """
    way, many = np.array(made.way), len(made.gates) > 1
    knot = made.root - (STEM * made.length * way if many else 0.0)
    out = []
    for gate in made.gates:
        start = np.array(gate.at) - sunk(gate) * np.array(gate.way)
        out.append((start, knot, gate.d, gate.d if many else max(gate.d, made.d)))
    if many:
        out.append((knot + made.d / 4 * way * -1.0, made.root, made.d, made.d))
    return tuple(out)


def sunk(gate: Gate) -> float:
    """How deep a sprue stands in the metal, mm."""
    return min(0.4, gate.thick / 3)


def flare(gate: Gate) -> float:
    """Radius of the fillet round a gate in mm: the catalog's share of the section as far as metal reaches round it.

    A little stands over a narrow edge and is filed off with the gate; a slanting sprue has none.
    """
    share = number(fact("casting", "pattern.fillet_over_section"))
    wide = gate.section_mm2 / gate.thick
    most = max(min(share * gate.thick, gate.d / 3, (wide - gate.d) / 2), OVER * gate.thick)
    return round(max(0.0, most * (1 - (1 - gate.square) / 0.1)), 3)


def volume(made: Sprue) -> float:
    """Metal of all sprues outside the piece in mm3: frustums from the surface to the root."""
    total = 0.0
    for i, (start, end, a, b) in enumerate(cones(made)):
        inside = sunk(made.gates[i]) if i < len(made.gates) else made.d / 4
        run = float(np.linalg.norm(end - start)) - inside
        total += math.pi * run * (a * a + a * b + b * b) / 12
    return total
