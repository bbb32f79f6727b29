"""Blanks of bars and twists: wire by its rail, tapers filed or drawn down, flat straps by 1:1 template.

In: `Bar` and `Twist` parts.  Out: `Blank`.
"""

from __future__ import annotations

import math

from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance, Figure
from jewelgen.bench.lengths import mandrel_for, twist_strand
from jewelgen.bench.practice import Practice
from jewelgen.bench.stock import for_section, for_sheet
from jewelgen.flat.outline import Outline, Path, perimeter
from jewelgen.flat.segments import Line
from jewelgen.piece.form import Bar, Station, Twist
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Circ, Wound, is_closed, is_straight, length
from jewelgen.piece.section import Wire, area_and_centroid, thickness, width
from jewelgen.piece.strand import strand_radius
from jewelgen.piece.volume import volume

FILED_UNDER = 20.0  # mm; a shorter taper is filed, a longer one is drawn down under the hammer


def bar_blank(part: Part, bar: Bar, practice: Practice) -> Blank:
    """Straps of 3:1 and flatter are sawn from sheet; the rest is wire."""
    if isinstance(bar.rail, Wound):
        return _winding(part, bar, bar.rail, practice)
    largest = max((s for _, s in bar.stations), key=lambda s: area_and_centroid(s)[0])
    thick = max(thickness(s) for _, s in bar.stations)
    wide = max(width(s) for _, s in bar.stations)
    if not isinstance(largest, Wire) and wide >= practice.strip_ratio * thick:
        return _strap(part, bar, (wide, thick), practice)
    rail = length(bar.rail)
    taper = len({section for _, section in bar.stations}) > 1
    area = area_and_centroid(largest)[0]
    body = volume(bar)
    filed = not taper or rail < FILED_UNDER
    tip = body / area - rail if not taper else 0.0
    value = rail + tip if filed else body / area
    formula = "length through the centroid" if filed else "V / A of the stock: drawn down"
    net = Figure(
        "net length",
        value,
        "mm",
        formula,
        (("rail", rail), ("V", body), ("A", area)),
        "volume conservation [D]",
    )
    extras = _wire_extras(bar, practice)
    cut = value + sum(extra.mm for extra in extras)
    return Blank(
        part.name, part.array.n, "wire", for_section(largest, practice), part.temper or "soft",
        (value,), (cut,), extras, (net,), _bar_forming(bar, taper, filed, practice),
        area * value if not taper or filed else body, area * cut,
    )  # fmt: skip


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
    cut = value + extras[0].mm
    forming = ("straighten", f"wind {rail.n:g} turns")
    return Blank(
        part.name, part.array.n, "wire", for_section(section, practice), part.temper or "soft",
        (value,), (cut,), extras, (net,), forming, area * value, area * cut,
    )  # fmt: skip


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


def _strap(part: Part, bar: Bar, size: tuple[float, float], practice: Practice) -> Blank:
    """A flat strap, sawn to a template that tapers with the stations, then bent."""
    wide, thick = size
    rail = length(bar.rail)
    pattern = strap_pattern(bar.stations, rail)
    margin = practice.saw_outside_line
    net = Figure(
        "net length",
        rail,
        "mm",
        "length of the strap's middle line",
        (("rail", rail),),
        "neutral axis at the centroid [D]",
    )
    cut = (rail + 2 * margin + practice.wire_trim, wide + 2 * margin)
    extras = (
        Allowance("saw outside the line", 2 * margin, "all"),
        Allowance("trim to fit", practice.wire_trim),
    )
    return Blank(
        part.name, part.array.n, "strip", for_sheet(thick, practice), part.temper or "soft",
        (rail, wide), cut, extras, (net,), ("saw to the template", "file to the line", "anneal", "bend to the drawing"),
        volume(bar), cut[0] * cut[1] * thick, edge="grain along the length", pattern=pattern,
    )  # fmt: skip


def strap_pattern(stations: tuple[Station, ...], rail: float) -> Outline:
    """The flat outline of a strap: width by station along y, in mm."""
    if len(stations) == 1:
        stations = ((0.0, stations[0][1]), (1.0, stations[0][1]))
    right = [(width(s) / 2, (t - 0.5) * rail) for t, s in stations]
    ring = right + [(-x, y) for x, y in reversed(right)]
    return Path((tuple(Line(ring[i - 1], ring[i]) for i in range(len(ring))),))


def twist_blank(part: Part, twist: Twist, practice: Practice) -> Blank:
    """`n` strands of L sqrt(1 + (2 pi r / p)^2) with waste to hold at both ends."""
    radius, rail = strand_radius(twist), length(twist.rail)
    value = twist_strand(rail, radius, twist.pitch)
    net = Figure(
        "net length", value, "mm", "L sqrt(1 + (2 pi r / p)^2)",
        (("L", rail), ("r", radius), ("p", twist.pitch)), "helix [D]; tight twists vary, cut one and measure",
    )  # fmt: skip
    extras = (Allowance("held in vice and drill", 2 * practice.twist_waste_each_end),)
    cut = value + extras[0].mm
    area = math.pi * twist.d**2 / 4
    coil = twist.core > 0
    forming = (
        "anneal",
        "wind round the core" if coil else "twist evenly",
        "anneal",
        "bend to the drawing",
    )
    return Blank(
        part.name, part.array.n * twist.n, "wire", for_section(Wire(twist.d), practice),
        part.temper or "soft", (value,), (cut,), extras, (net,), forming, area * value, area * cut,
    )  # fmt: skip
