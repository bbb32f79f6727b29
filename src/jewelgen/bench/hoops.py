"""Blanks of hoops: uniform rings by the section's centroid, tapered ones by volume, jump rings off a coil.

In: `Hoop` parts.  Out: `Blank`.  Pappus: a ring of section area A has A times the length through the centroid.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance, Figure, Loss
from jewelgen.bench.lengths import mandrel_for
from jewelgen.bench.practice import SOURCES, Practice
from jewelgen.bench.stock import (
    Pick,
    bought_jump_ring,
    for_forging,
    for_section,
    stock_area,
    to_order,
)
from jewelgen.bench.taken import Said, wire
from jewelgen.catalog.scales import scale
from jewelgen.piece.easing import section_at
from jewelgen.piece.form import Hoop
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Section, area_and_centroid, thickness, width
from jewelgen.piece.volume import volume

WHOLE = 360.0  # degrees of a closed ring
STATION = "section at"
STATIONS = (180.0, 150.0, 120.0, 90.0, 60.0, 30.0, 0.0)  # degrees from 12 o'clock
RING_BORE = 12.0  # mm; smaller hoops are wound on a rod, larger ones bent on a mandrel


def hoop_blank(part: Part, hoop: Hoop, practice: Practice) -> Blank:
    """Uniform rings, tapered shanks and jump rings."""
    if len(hoop.stations) > 1:
        return _tapered(part, hoop, practice)
    if hoop.bore < RING_BORE:
        return _small_ring(part, hoop, practice)
    return _uniform(part, hoop, practice)


def net_length(hoop: Hoop, section: Section, practice: Practice) -> Figure:
    """pi (ID + 2 K t) over the arc covered, +0.5 on closed rings wider than 4 mm."""
    centroid = area_and_centroid(section)[1]
    share = (hoop.a1 - hoop.a0) / 360.0
    wide = width(section) > practice.wide_over and hoop.bore >= RING_BORE and share == 1.0
    t = thickness(section)
    value = math.pi * (hoop.bore + 2 * centroid) * share + (practice.wide_add if wide else 0.0)
    formula = "pi (ID + 2 K t)" + (f" + wide (over {practice.wide_over:g} mm)" if wide else "")
    if share != 1.0:
        formula += " x arc/360"
    given = [("ID", hoop.bore), ("K", centroid / t), ("t", t)]
    if share != 1.0:
        given.append(("arc", 360.0 * share))
    if wide:
        given.append(("wide", practice.wide_add))
    source = "bench_rules ring_blank; K = centroid of the section"
    return Figure("net length", value, "mm", formula, tuple(given), source)


def _uniform(part: Part, hoop: Hoop, practice: Practice) -> Blank:
    section = hoop.stations[0][1]
    net = net_length(hoop, section, practice)
    closed = hoop.a1 - hoop.a0 >= WHOLE
    extras = _ring_extras(practice) if closed else _arc_extras(practice)
    area = area_and_centroid(section)[0]
    pick = for_section(section, practice)
    figures = (net, _cut_figure(net.value, extras), *_ring_figures(hoop, section, closed))
    forming = (
        (
            "anneal",
            "bend to a D",
            "spring the ends past each other",
            "trim to size on the mandrel",
            "true",
        )
        if closed
        else (
            *(() if part.temper else ("anneal",)),
            f"bend{' cold, it stays ' + part.temper if part.temper else ''} to an inside radius of {hoop.bore / 2:.1f}",
            "trim the ends to the drawing",
        )
    )
    edge = "; ".join(part for part in (_inside(section), _grain(pick)) if part)
    wide = dict(net.inputs).get("wide", 0.0)
    blank = wire(part, (pick, area), (net.value, extras), Said(figures, forming, edge), practice)
    return replace(
        blank, losses=(*blank.losses, *_longer(wide * area)),
        ticks=_ticks(net.value, blank.long) if closed else (),
    )  # fmt: skip


def _longer(mm3: float) -> tuple[Loss, ...]:
    """A wide ring is made a little longer: its metal stays on."""
    return (Loss("longer for its width", mm3, "stays"),) if mm3 else ()


def _ring_figures(hoop: Hoop, section: Section, closed: bool) -> tuple[Figure, ...]:
    """What the trade would cut, and what a size more or less takes."""
    if not closed:
        return ()
    us = scale("us")
    step = math.pi * (us.diameter(8.0) - us.diameter(7.0))
    trade = math.pi * (hoop.bore + thickness(section))
    return (
        Figure(
            "trade length",
            trade,
            "mm",
            "pi (ID + t), for comparison only",
            (("ID", hoop.bore), ("t", thickness(section))),
            "bench_rules ring_blank",
        ),
        Figure(
            "a US size up or down",
            step,
            "mm",
            "pi x the step of the inside diameter",
            (("step", step / math.pi),),
            "sizes us",
        ),
    )


def _grain(pick: Pick) -> str:
    """Sheet is rolled: strips that are bent are cut along its grain."""
    return "cut along the grain of the sheet" if pick.form in {"sheet", "sheet strip"} else ""


def _arc_extras(practice: Practice) -> tuple[Allowance, ...]:
    return (Allowance("trim to fit", practice.wire_trim), Allowance("saw kerf", practice.kerf))


def _ring_extras(practice: Practice) -> tuple[Allowance, ...]:
    return (
        Allowance("square two ends", 2 * practice.squaring_each_end),
        Allowance("saw kerf", practice.kerf),
        Allowance("trim on the mandrel", practice.ring_trim),
    )


def _cut_figure(net: float, extras: tuple[Allowance, ...]) -> Figure:
    given = tuple((extra.name, extra.mm) for extra in extras)
    value = net + sum(extra.mm for extra in extras)
    return Figure(
        "cut length", value, "mm", "net + allowances", (("net", net), *given), SOURCES["squaring"]
    )


def _ticks(net: float, cut: float) -> tuple[tuple[float, str], ...]:
    return (((cut - net) / 2, "end"), (cut / 2, "6 o'clock"), ((cut + net) / 2, "end"))


def _inside(section: Section) -> str:
    flat = (
        not hasattr(section, "d")
        and getattr(section, "dip", 0.0) == 0
        and getattr(section, "rise", 0.0) > 0
    )
    return "flat side inside" if flat else ""


def _tapered(part: Part, hoop: Hoop, practice: Practice) -> Blank:
    """A bar as it is sold, forged down: length = volume / area of the stock."""
    sections = [section for _, section in hoop.stations]
    wide = max(width(section) for section in sections)
    thick = max(thickness(section) for section in sections)
    largest = max(sections, key=lambda section: area_and_centroid(section)[0])
    sold = for_forging(wide, thick, practice)
    pick = sold or to_order("flat wire", (wide, thick))
    bar = pick.item
    body = volume(hoop)
    area = stock_area(pick.form, bar)
    forged = _mean_length(hoop)
    net = Figure(
        "net length", body / area, "mm", "V / A of the stock: volume kept under the hammer",
        (("V", body), ("A", area), ("W", bar[0]), ("T", bar[1]), ("forged length", forged)), "volume conservation [D]",
    )  # fmt: skip
    extras = (*_ring_extras(practice), Allowance("handle left while forging", 10.0))
    stages = forging_stages(bar, _thinnest(sections), practice.anneal_area_loss_pct)
    figures = (
        net,
        _cut_figure(net.value, extras),
        Figure(
            "forged length", forged, "mm", "pi (ID + 2 K t), mean over the stations",
            (("ID", hoop.bore), ("stations", len(sections))), "neutral axis at the centroid [D]",
        ),
        Figure(
            "forging stages", len(stages), "", "ln(A0 / A1) / ln(1 / (1 - loss)), up",
            (("A0", area), ("A1", math.prod(_thinnest(sections))), ("loss %", practice.anneal_area_loss_pct)),
            "bench_rules practice.anneal_area_loss_pct",
        ),
        *_stations(hoop), *_ring_figures(hoop, largest, closed=True),
    )  # fmt: skip
    forming = _forging(stages)
    cut = net.value + sum(extra.mm for extra in extras)
    return Blank(
        part.name, part.array.n, "wire", pick, part.temper or "soft", (net.value,), (cut,),
        extras, figures, forming, area * cut, tuple(Loss(extra.name, extra.mm * area) for extra in extras),
        edge=f"bar {bar[0]:.2f} x {bar[1]:.2f}, forged to {forged:.1f} mm, {wide:.1f} x {thick:.1f} at the thickest",
        ticks=_ticks(net.value, cut),
    )  # fmt: skip


def _stations(hoop: Hoop) -> Iterator[Figure]:
    """Width and thickness at each half hour from 6 to 12 o'clock, and where that lies on the straight bar."""
    run, last = 0.0, 180.0
    for angle in STATIONS:
        section = section_at(hoop.stations, angle)
        middle = area_and_centroid(section_at(hoop.stations, (angle + last) / 2))[1]
        run += math.radians(last - angle) * (hoop.bore / 2 + middle)
        last = angle
        hour = 12.0 if angle == 0 else angle / 30.0
        given = (("w", width(section)), ("t", thickness(section)), ("o'clock", hour))
        yield Figure(
            f"{STATION} {hour:g} o'clock",
            run,
            "mm",
            "along the bar from its middle",
            given,
            "Pappus [D]",
        )


def _forging(stages: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    steps = [f"anneal, forge to {w:.1f} x {t:.1f} at the thinnest" for w, t in stages]
    return (
        *steps, "cross-peen along the length, knock the spread width back between", "anneal", "bend to a D",
        "trim to size on the mandrel", "true",
    )  # fmt: skip


def _thinnest(sections: Sequence[Section]) -> tuple[float, float]:
    """Width and thickness of the smallest section."""
    least = min(sections, key=lambda section: area_and_centroid(section)[0])
    return width(least), thickness(least)


def forging_stages(
    bar: tuple[float, float], end: tuple[float, float], loss_pct: float
) -> tuple[tuple[float, float], ...]:
    """Width and thickness at the thinnest after each stage, an anneal before each: equal shares of the area lost.

    No stage takes more than `loss_pct` of the area it begins with.
    """
    lost = math.log(math.prod(bar) / math.prod(end))
    n = max(1, math.ceil(lost / -math.log(1 - loss_pct / 100) - 1e-9))
    return tuple(
        (bar[0] * (end[0] / bar[0]) ** (k / n), bar[1] * (end[1] / bar[1]) ** (k / n))
        for k in range(1, n + 1)
    )


def _mean_length(hoop: Hoop) -> float:
    """Length through the centroid, averaged over the stations by angle."""
    total, angles = 0.0, hoop.stations
    for (a, first), (b, second) in itertools.pairwise(angles):
        middle = (area_and_centroid(first)[1] + area_and_centroid(second)[1]) / 2
        total += (b - a) / 180.0 * math.pi * (hoop.bore + 2 * middle)
    return total * (hoop.a1 - hoop.a0) / 360.0


def _small_ring(part: Part, hoop: Hoop, practice: Practice) -> Blank:
    """Wound on a rod, sawn off the coil: one kerf a ring, the rod smaller by the spring-back."""
    section = hoop.stations[0][1]
    net = net_length(hoop, section, practice)
    extras = (Allowance("saw kerf", practice.kerf),)
    rod = Figure(
        "winding rod", mandrel_for(hoop.bore, practice.spring_back_pct), "mm", "ID (1 - s)",
        (("ID", hoop.bore), ("s", practice.spring_back_pct / 100)), "spring-back varies: measure a first turn",
    )  # fmt: skip
    forming = ("anneal", f"wind on a {rod.value:.1f} rod", "saw through the coil", "close flush")
    said = Said(
        (net, _cut_figure(net.value, extras), rod), forming, bought_jump_ring(hoop.bore, thickness(section))
    )  # fmt: skip
    of = (for_section(section, practice), area_and_centroid(section)[0])
    return wire(part, of, (net.value, extras), said, practice)
