"""Blanks of walls, plates, domes, tubes and balls.

In: the parts.  Out: `Blank`; mm, mm3.
"""

from __future__ import annotations

import math

from jewelgen.bench.bezels import cone_sector, fold_places, strip_length
from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance, Figure
from jewelgen.bench.lengths import ball_wire, dome_disc
from jewelgen.bench.practice import SOURCES, Practice
from jewelgen.bench.stock import for_bezel, for_section, for_sheet, for_tube
from jewelgen.flat.outline import (
    Outline,
    Oval,
    Path,
    area,
    corner_turns,
    extents,
    perimeter,
)
from jewelgen.flat.segments import Arc, Line
from jewelgen.piece.form import Ball, Dome, Plate, Tube, Wall
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Wire
from jewelgen.piece.volume import volume


def wall_blank(part: Part, wall: Wall, practice: Practice) -> Blank:
    """A strip round the outline, or the sector of a cone when a round wall leans all the way up."""
    if wall.draft and isinstance(wall.outline, Oval) and wall.outline.l == wall.outline.w:
        return _collet(part, wall, practice)
    net = Figure(
        "net length", strip_length(wall.outline, wall.t, wall.gap), "mm",
        "P + 2 pi (c + t/2)" + (" + corner mitres" if corner_turns(wall.outline) else ""),
        (("P", perimeter(wall.outline)), ("c", wall.gap), ("t", wall.t)), "offset theory [D]; bench_rules bezel_length",
    )  # fmt: skip
    upright = wall_developed_height(wall)
    height = Figure(
        "strip width", upright + practice.strip_truing, "mm", "h - rim + sqrt(rim^2 + lean^2) + truing",
        (("h", wall.height), ("rim", wall.rim), ("lean", wall.lean), ("truing", practice.strip_truing)),
    )  # fmt: skip
    extras = (
        Allowance("square two ends", 2 * practice.squaring_each_end),
        Allowance("trim on the stone", practice.bezel_trim),
        Allowance("true base and rim", practice.strip_truing, "width"),
    )
    cut_length = net.value + extras[0].mm + extras[1].mm
    cut = Figure(
        "cut length",
        cut_length,
        "mm",
        "net + allowances",
        (("net", net.value),),
        SOURCES["squaring"],
    )
    folds = fold_places(wall.outline, wall.gap + wall.t / 2)
    marks = tuple((place, "fold") for place, _ in folds[:-1])
    return Blank(
        part.name, part.array.n, "strip", for_bezel(height.value, wall.t, practice), part.temper or "soft",
        (net.value, upright), (cut_length, height.value), extras, (net, cut, height), _wrapping(folds),
        net.value * upright * wall.t, cut_length * height.value * wall.t,
        ticks=((0.0, "end"), *marks, (net.value, "net")),
    )  # fmt: skip


def _wrapping(folds: tuple[tuple[float, float], ...]) -> tuple[str, ...]:
    """How a strip is closed: round a smooth outline, or folded at scored marks with its seam at a corner."""
    if not folds:
        return "anneal", "file the ends square", "wrap and close", "true the base on paper"
    at = " and ".join(f"{place:.1f}" for place, _ in folds[:-1])
    score = (f"score and fold at {at} from the end, solder runs in later",) if at else ()
    bevel = f"file both ends to {90 - folds[-1][1] / 2:.0f} degrees: the seam is the corner"
    return "anneal", bevel, *score, "wrap and close", "true the base on paper"


def wall_developed_height(wall: Wall) -> float:
    """Height of the strip along its own face: the leaning rim counts by its slant."""
    return wall.height - wall.rim + math.hypot(wall.rim, wall.lean)


def _collet(part: Part, wall: Wall, practice: Practice) -> Blank:
    """A tapered collet developed as the sector of a cone on its mean surface."""
    bottom = extents(wall.outline)[0] + 2 * wall.gap + wall.t
    top = bottom - 2 * wall.height * math.tan(math.radians(wall.draft))
    inner, outer, angle = cone_sector(bottom, top, wall.height)
    pattern = sector(inner, outer, angle)
    long, wide = extents(pattern)
    figures = (
        Figure(
            "inner radius",
            inner,
            "mm",
            "R - s",
            (("bottom", bottom), ("top", top)),
            "cone development [D]",
        ),
        Figure(
            "outer radius",
            outer,
            "mm",
            "s D / (D - d)",
            (("bottom", bottom), ("top", top)),
            "cone development [D]",
        ),
        Figure("angle", angle, "deg", "180 D / R", (("R", outer),), "cone development [D]"),
    )
    margin = practice.plate_margin
    cut = (_up(long + 2 * margin, practice.plate_step), _up(wide + 2 * margin, practice.plate_step))
    return Blank(
        part.name, part.array.n, "sheet", for_sheet(wall.t, practice), part.temper or "soft", (long, wide), cut,
        (Allowance("sheet round the outline", 2 * margin, "all"),), figures,
        ("saw to the template", "anneal", "roll to a cone", "close", "true both edges"),
        area(pattern) * wall.t, cut[0] * cut[1] * wall.t, pattern=pattern,
    )  # fmt: skip


def sector(inner: float, outer: float, angle: float) -> Outline:
    """The sector of a ring about the origin, its middle along +y."""
    a0, a1 = 90.0 - angle / 2, 90.0 + angle / 2
    out, back = Arc((0.0, 0.0), outer, a0, a1), Arc((0.0, 0.0), inner, a1, a0)
    return Path(((out, Line(out.q, back.p), back, Line(back.q, out.p)),))


def plate_blank(part: Part, plate: Plate, practice: Practice) -> Blank:
    """Sheet under 3 mm, a block above; sawn to the outline."""
    long, wide = extents(plate.outline)
    margin = practice.plate_margin
    cut = (_up(long + 2 * margin, practice.plate_step), _up(wide + 2 * margin, practice.plate_step))
    flat = area(plate.outline) - sum(area(hole) for _, _, hole in plate.holes)
    figures = (
        Figure("net outline", long, "mm", "extent of the outline", (("length", long), ("width", wide))),
        Figure("area", flat, "mm2", "outline less holes", (("outline", area(plate.outline)),)),
        Figure(
            "blank", cut[0], "mm", f"net + 2 x {margin:g}, up to {practice.plate_step:g}",
            (("length", cut[0]), ("width", cut[1])),
        ),
    )  # fmt: skip
    thick = plate.t > practice.sheet_over_mm
    pick = for_sheet(plate.t, practice, "block" if thick else "sheet")
    forming = ["flatten", "saw outside the line"] + (["drill and pierce"] if plate.holes else [])
    forming += ["file to the line"] + (["file the sides to their draft"] if plate.draft else [])
    return Blank(
        part.name, part.array.n, "sheet", pick, part.temper or "soft", (long, wide), cut,
        (Allowance("sheet round the outline", 2 * margin, "all"),), figures, tuple(forming),
        volume(plate), cut[0] * cut[1] * plate.t, pattern=plate.outline, holes=plate.holes,
    )  # fmt: skip


def dome_blank(part: Part, dome: Dome, practice: Practice) -> Blank:
    """A disc dapped to a cap: area kept at mid-surface; the volume-true disc is printed beside it."""
    disc = dome_disc(dome.d, dome.rise, dome.t)
    body = volume(dome)
    true = math.sqrt(4 * body / (math.pi * dome.t))
    figures = (
        Figure(
            "disc",
            disc,
            "mm",
            "2 sqrt(2 Rm hm), Rm and hm at mid-surface",
            (("d", dome.d), ("rise", dome.rise), ("t", dome.t)),
            "area kept in doming",
        ),
        Figure(
            "volume-true disc",
            true,
            "mm",
            "sqrt(4 V / (pi t))",
            (("V", body), ("t", dome.t)),
            "volume conservation [D]",
        ),
    )
    cut = _up(disc + 2 * practice.disc_margin, practice.plate_step)
    return Blank(
        part.name, part.array.n, "sheet", for_sheet(dome.t, practice), part.temper or "soft", (disc, disc), (cut, cut),
        (Allowance("disc cutter and truing", cut - disc, "all"),), figures,
        ("cut the disc", "anneal", "dap in falling sizes", "true the rim on paper"),
        math.pi * disc**2 / 4 * dome.t, cut * cut * dome.t, pattern=Oval(disc, disc),
    )  # fmt: skip


def tube_blank(part: Part, tube: Tube, practice: Practice) -> Blank:
    """Seamless tube sawn in a jig."""
    ring = math.pi * (tube.od**2 - tube.id**2) / 4
    extras = (
        Allowance("square two ends", 2 * practice.squaring_each_end),
        Allowance("saw kerf", practice.kerf),
    )
    cut = tube.length + sum(extra.mm for extra in extras)
    net = Figure(
        "net length", tube.length, "mm", "length of the tube", (("OD", tube.od), ("ID", tube.id))
    )
    return Blank(
        part.name, part.array.n, "tube", for_tube(tube.od, tube.id, practice), part.temper or "half-hard",
        (tube.length,), (cut,), extras, (net,), ("saw in the tube jig", "square both ends", "deburr"),
        ring * tube.length, ring * cut,
    )  # fmt: skip


def ball_blank(part: Part, ball: Ball, practice: Practice) -> Blank:
    """Wire of equal volume melted on charcoal; the wire is about half the ball."""
    pick = for_section(Wire(max(0.5, ball.d / 2)), practice)
    wire = pick.item[1]
    value = ball_wire(ball.d, wire)
    net = Figure(
        "net length",
        value,
        "mm",
        "(pi D^3/6) / (pi d^2/4)",
        (("D", ball.d), ("d", wire)),
        "volume conservation [D]",
    )
    body = math.pi * ball.d**3 / 6
    return Blank(
        part.name, part.array.n, "melt", pick, "soft", (value,), (value,), (), (net,),
        ("melt on charcoal", "pickle"), body, body,
    )  # fmt: skip


def _up(value: float, step: float) -> float:
    return math.ceil(value / step - 1e-9) * step
