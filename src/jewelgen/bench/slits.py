"""Wire that is slit at its ends: one blank for the wire and its tines, and its place in the order of work.

In: a `Piece` and its blanks.  Out: blanks with the tines counted in, edges of the graph, words of the steps; mm.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance, Figure, Loss
from jewelgen.bench.order import Graph, Op
from jewelgen.bench.practice import Practice
from jewelgen.bench.stock import for_section
from jewelgen.bench.taken import recut
from jewelgen.bench.wording import Bench, Worder, Words
from jewelgen.piece.easing import section_at
from jewelgen.piece.form import Bar, Hoop
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.rail import at
from jewelgen.piece.section import area_and_centroid, thickness, width

ENDS = 2  # of a wire
PLACES = 73  # round the ring at which its section is looked at


@dataclass(frozen=True, slots=True)
class Slit:
    """A wire and the tines its ends are sawn into; `depth` of each slit, `opened` what a tine moves sideways, mm."""

    wire: Part
    tine: Part
    depth: float
    opened: float


def slits(piece: Piece) -> tuple[Slit, ...]:
    """Every slit wire of the piece."""
    return tuple(_slits(piece))


def _slits(piece: Piece) -> Iterator[Slit]:
    for joint in piece.joints:
        if joint.fit.word != "slit":
            continue
        wire, tine = piece.part(joint.a), piece.part(joint.b)
        if isinstance(tine.form, Bar):
            ends = at(tine.form.rail, np.array((0.0, 1.0)))[0]
            yield Slit(wire, tine, joint.fit.depth, float(abs(ends[1][1] - ends[0][1])))


def slit_blanks(piece: Piece, blanks: Mapping[str, Blank], practice: Practice) -> dict[str, Blank]:
    """The blanks with each slit wire as long as its tines need; the tines are no blanks of their own."""
    found = dict(blanks)
    for slit in slits(piece):
        wire, tine = found.get(slit.wire.name), found.get(slit.tine.name)
        if wire is not None and tine is not None and isinstance(slit.wire.form, Hoop):
            found[wire.part] = _wire(slit, slit.wire.form, wire, practice)
            own = Figure("length", slit.depth, "mm", "length of the slit", (("a", slit.depth),))
            half = _half_mm3(slit, slit.wire.form)
            sawn = Loss(
                "saw cut and faces of the slits, edges", _sawn_mm3(slit, slit.wire.form), "filed"
            )
            found[tine.part] = replace(
                tine, sort="slit", stock=found[wire.part].stock, net=(slit.depth,), cut=(slit.depth,),
                allowances=(), figures=(own,), cut_mm3=half, losses=(sawn,), forming=(), edge="sawn from the ends of the wire",
            )  # fmt: skip
    return found


def _wire(slit: Slit, hoop: Hoop, blank: Blank, practice: Practice) -> Blank:
    """R_m (2 pi - 2 theta) between the tips, and what opening the tines takes."""
    section = hoop.stations[-1][1]
    area, centroid = area_and_centroid(section)
    mean = hoop.bore / 2 + centroid
    tip = math.radians(hoop.a0) - slit.depth / mean
    ease = _ease(slit)
    net = Figure(
        "net length", mean * (2 * math.pi - 2 * tip) + ENDS * ease, "mm",
        "Rm (2 pi - 2 theta) + 2 pi^2 d^2 / (16 a)",
        (("Rm", mean), ("theta deg", math.degrees(tip)), ("d", slit.opened), ("a", slit.depth)),
        "neutral axis and a cosine ease [D]",
    )  # fmt: skip
    extras = (
        Allowance("fit the tips to the plate", ENDS * practice.wire_trim),
        Allowance("saw kerf", practice.kerf),
    )
    forming = (
        "anneal", "bend to a C", "bend the tips to lie under the plate", "try on the mandrel under the cup",
    )  # fmt: skip
    root = practice.wire_trim + slit.depth + ease
    bare = replace(
        blank, stock=for_section(section, practice), area=area, losses=(), forming=forming, edge="flat side inside",
        figures=(net, _cut(net.value, extras)),
    )  # fmt: skip
    whole = recut(bare, (net.value, extras), practice)
    tines = slit.tine.array.n * _half_mm3(slit, hoop)
    return replace(
        whole, cut_mm3=whole.cut_mm3 - tines,
        losses=(*whole.losses, Loss("file after planishing", _planished_mm3(slit, hoop, mean), "filed")),
        ticks=((root, "slit"), (whole.long / 2, "6 o'clock"), (whole.long - root, "slit")),
        points=tuple((at, width(section) / 2, practice.slit_root) for at in (root, whole.long - root)),
    )  # fmt: skip


def _ease(slit: Slit) -> float:
    """What opening a tine by a cosine takes of the wire: pi^2 d^2 / (16 a), mm."""
    return math.pi**2 * slit.opened**2 / (16 * slit.depth)


def _half_mm3(slit: Slit, hoop: Hoop) -> float:
    """The metal of one tine: half the wire as long as the slit and what opening takes."""
    return area_and_centroid(hoop.stations[-1][1])[0] / 2 * (slit.depth + _ease(slit))


def _sawn_mm3(slit: Slit, hoop: Hoop) -> float:
    """What saw and file take from half the wire to leave a tine, mm3."""
    form = slit.tine.form
    section = form.stations[-1][1] if isinstance(form, Bar) else hoop.stations[-1][1]
    gone = area_and_centroid(hoop.stations[-1][1])[0] / 2 - area_and_centroid(section)[0]
    return gone * (slit.depth + _ease(slit))


def _planished_mm3(slit: Slit, hoop: Hoop, mean: float) -> float:
    """What is filed off the wire after planishing, from the roots of the slits to 6 o'clock and back, mm3."""
    full = area_and_centroid(hoop.stations[-1][1])[0]
    places = np.linspace(hoop.a0, hoop.a1, PLACES)
    areas = [area_and_centroid(section_at(hoop.stations, float(a)))[0] for a in places]
    return float(np.trapezoid([full - area for area in areas], np.radians(places))) * mean


def _cut(net: float, extras: tuple[Allowance, ...]) -> Figure:
    given = tuple((extra.name, extra.mm) for extra in extras)
    return Figure(
        "cut length", net + sum(extra.mm for extra in extras), "mm", "net + allowances", (("net", net), *given),
    )  # fmt: skip


def add_slits(graph: Graph, piece: Piece) -> None:
    """R1: the ends are planished, slit and opened while the wire is straight; it is bent after that."""
    for slit in slits(piece):
        wire, tine = slit.wire.name, slit.tine.name
        graph.drop(f"cut:{tine}", f"form:{tine}")
        op = graph.add(Op(f"slit:{wire}", "slit", (wire, tine), wire))
        graph.before(f"cut:{wire}", op.key, "R1")
        graph.before(op.key, f"form:{wire}", "R1")
        for other in tuple(graph.ops.values()):
            if other.verb in {"file", "seam", "join"} and tine in other.parts:
                graph.before(f"form:{wire}", other.key, "R1")


def saw_slits(bench: Bench, op: Op) -> Words:
    """The step that slits and opens a wire."""
    slit = next(item for item in slits(bench.piece) if item.wire.name == op.about)
    blank, section = bench.blanks[op.about], slit.wire.form
    thick = section.stations[0][1] if isinstance(section, Hoop) else None
    flat = f"planish both ends to {thickness(thick):.1f} thick; " if thick else ""
    roots = " and ".join(f"{place:.1f}" for place, word in blank.ticks if word == "slit")
    text = (
        f"{flat}scribe the middle line, drill {bench.practice.slit_root:.1f} at each root, saw the slits; open the tines with a blade while "
        "the wire is straight, file the sawn faces"
    )
    return (
        text,
        "hammer, drill, saw, blade, files",
        f"roots {roots} from one end; each tine {slit.opened:.1f} to its side",
        "tines alike, no crack at the root",
        bench.practice.rates.pierce_100_mm * ENDS * slit.depth / 100
        + bench.practice.rates.form_other,
    )


SLIT_WORK: Mapping[str, Worder] = {"slit": saw_slits}
