"""Blanks of bars and twists: wire by its rail, tapers filed or drawn down, flat straps by 1:1 template.

In: `Bar` and `Twist` parts.  Out: `Blank`.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance, Figure, Loss
from jewelgen.bench.lengths import mandrel_for, twist_strand
from jewelgen.bench.practice import Practice
from jewelgen.bench.stock import for_section
from jewelgen.bench.straightened import filed_to_taper, flat_size
from jewelgen.bench.straps import strap_blank
from jewelgen.bench.taken import TAPER, TIP, Said, wire
from jewelgen.flat.outline import perimeter
from jewelgen.piece.form import Bar, Twist
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Circ, Wound, axes, is_closed, is_straight, length
from jewelgen.piece.section import Wire, area_and_centroid, thickness
from jewelgen.piece.strand import strand_radius, turns
from jewelgen.piece.volume import volume

FILED_UNDER = 20.0  # mm; a shorter taper is filed, a longer one is drawn down under the hammer


def bar_blank(part: Part, bar: Bar, practice: Practice) -> Blank:
    """Straps of 3:1 and flatter are sawn from sheet; the rest is wire."""
    if isinstance(bar.rail, Wound):
        return _winding(part, bar, bar.rail, practice)
    largest = max((s for _, s in bar.stations), key=lambda s: area_and_centroid(s)[0])
    wide, thick = flat_size(largest)
    if not isinstance(largest, Wire) and wide >= practice.strip_ratio * thick:
        return strap_blank(part, bar, practice)
    area, rail = area_and_centroid(largest)[0], length(bar.rail)
    taper = len({section for _, section in bar.stations}) > 1
    filed = not taper or rail < FILED_UNDER
    tip, losses = _tip(bar, area)
    losses += (Loss(TAPER, filed_to_taper(bar, area), "filed"),) if taper and filed else ()
    value = rail + tip if filed else volume(bar) / area
    formula = "length through the centroid" if filed else "V / A of the stock: drawn down"
    net = Figure(
        "net length",
        value,
        "mm",
        formula + (" + half the wire for its round end" if tip and filed else ""),
        (("rail", rail), ("V", volume(bar)), ("A", area)),
        "volume conservation [D]",
    )
    said = Said((net,), _bar_forming(bar, taper, filed, practice), losses=losses if filed else ())
    of = (for_section(largest, practice), area)
    return wire(part, of, (value, _wire_extras(bar, practice)), said, practice)


def _tip(bar: Bar, area: float) -> tuple[float, tuple[Loss, ...]]:
    """How much longer a wire is for its round end, and what rounding takes: a cylinder of d/2 less half a ball."""
    last = bar.stations[-1][1]
    if bar.end != "dome" or not isinstance(last, Wire):
        return 0.0, ()
    return last.d / 2, (Loss(TIP, area * last.d / 2 - math.pi * last.d**3 / 12, "filed"),)


def _winding(part: Part, bar: Bar, rail: Wound, practice: Practice) -> Blank:
    """Binding wire: turns round the bundle through its own centroid, and a tail to pull at each end."""
    value, section = length(rail), bar.stations[0][1]
    area, lift = area_and_centroid(section)
    net = Figure(
        "net length", value, "mm", "n (U + 2 pi c) and the pitch",
        (("n", rail.n), ("U", perimeter(rail.outline) - 2 * math.pi * lift), ("c", lift)),
        "offset of the bundle's outline U [D]",
    )  # fmt: skip
    extras = (Allowance("tails to pull", 2 * practice.wrap_tail_each_end),)
    said = Said((net,), ("straighten", f"wind {rail.n:g} turns"))
    return wire(part, (for_section(section, practice), area), (value, extras), said, practice)


def _wire_extras(bar: Bar, practice: Practice) -> tuple[Allowance, ...]:
    if is_closed(bar.rail):
        return (
            Allowance("square two ends", 2 * practice.squaring_each_end),
            Allowance("saw kerf", practice.kerf),
        )
    return (Allowance("trim to fit", practice.wire_trim), Allowance("saw kerf", practice.kerf))


def _rod(bar: Bar, practice: Practice) -> str:
    """What a closed wire is wrapped on, smaller by the spring-back."""
    if not isinstance(bar.rail, Circ):
        return "a former of its outline"
    inside = 2 * bar.rail.r - thickness(bar.stations[0][1])
    return f"a {mandrel_for(inside, practice.spring_back_pct):.1f} rod"


def _bar_forming(bar: Bar, taper: bool, filed: bool, practice: Practice) -> tuple[str, ...]:
    steps = ["straighten"]
    if taper:
        steps.append("file the taper" if filed else "draw the taper down, anneal")
    if is_closed(bar.rail):
        steps += ["anneal", f"wrap on {_rod(bar, practice)}", "saw, close flush"]
    elif not is_straight(bar.rail):
        steps.append("bend on a rod to the drawing")
    if bar.end == "dome":
        steps.append("round the end")
    return tuple(steps)


def twist_blank(part: Part, twist: Twist, practice: Practice) -> Blank:
    """`n` strands of L sqrt(1 + (2 pi r / p)^2) with waste to hold at both ends; `p` makes whole turns on a ring."""
    radius, rail, whole = strand_radius(twist), length(twist.rail), turns(twist)
    pitch = rail / whole
    value = twist_strand(rail, radius, pitch)
    figures = (
        Figure(
            "net length", value, "mm", "L sqrt(1 + (2 pi r / p)^2)",
            (("L", rail), ("r", radius), ("p", pitch)), "helix [D]; tight twists vary, cut one and measure",
        ),
        Figure("twisted length", rail, "mm", "length of the rope through its middle", (("r", radius),)),
        Figure("turns", whole, "pc", "L / p", (("L", rail), ("p", pitch))),
        Figure("pitch", pitch, "mm", "L / turns", (("L", rail), ("turns", whole))),
    )  # fmt: skip
    extras = (Allowance("held in vice and drill", 2 * practice.twist_waste_each_end),)
    of = (for_section(Wire(twist.d), practice), math.pi * twist.d**2 / 4)
    blank = wire(part, of, (value, extras), Said(figures, _twisting(twist, whole)), practice)
    return replace(blank, n=part.array.n * twist.n)


def _twisting(twist: Twist, whole: float) -> tuple[str, ...]:
    """How strands are laid up, and which way: a right-hand twist runs like the thread of a common screw."""
    way = "right-hand, like a screw thread" if right_handed(twist) else "left-hand"
    if twist.core > 0:
        return (
            "anneal",
            f"wind {whole:.0f} turns round a {twist.core:.1f} core, {way}",
            "anneal",
            "bend to the drawing",
        )
    return (
        "anneal", f"hold both ends, twist {whole:.0f} whole turns, {way}", "anneal", "saw off the held ends",
        "bend to the drawing",
    )  # fmt: skip


def right_handed(twist: Twist) -> bool:
    """Whether a strand turns clockwise as it goes away from the eye: u, v and the rail's direction turn alike."""
    _, along, u, v = axes(twist.rail, np.array([0.0]))
    return bool(np.cross(u[0], v[0]) @ along[0] > 0)
