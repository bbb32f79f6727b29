"""Blanks of walls, plates, domes, tubes and balls.

In: the parts.  Out: `Blank`; mm, mm3.
"""

from __future__ import annotations

import math
from dataclasses import replace

from jewelgen.bench.bezels import cone_sector, fold_places, strip_length
from jewelgen.bench.blank import Blank
from jewelgen.bench.figure import Allowance, Figure, Loss
from jewelgen.bench.lengths import ball_wire, cap_angle, cap_radius, dome_disc, rim_trued
from jewelgen.bench.practice import SOURCES, Practice
from jewelgen.bench.stock import for_bezel, for_section, for_sheet, for_tube
from jewelgen.bench.taken import over, sheet_taken, strip_taken
from jewelgen.flat.outline import (
    Outline,
    Oval,
    Path,
    area,
    corner_turns,
    extents,
    perimeter,
)
from jewelgen.flat.parallel import opening
from jewelgen.flat.segments import Arc, Line
from jewelgen.piece.form import Ball, Dome, Plate, Tube, Wall
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Wire
from jewelgen.piece.volume import volume

AROUND = "sheet round the outline"
PIERCE = "drill and pierce"


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
    )
    got = strip_taken(
        for_bezel(height.value, wall.t, practice), (net.value, upright), extras, practice
    )
    cut = Figure(
        "cut length",
        got.cut[0],
        "mm",
        "net + allowances",
        (("net", net.value),),
        SOURCES["squaring"],
    )
    folds = fold_places(wall.outline, wall.gap + wall.t / 2)
    marks = tuple((place, "fold") for place, _ in folds[:-1])
    return replace(
        got, part=part.name, n=part.array.n, temper=part.temper or "soft", figures=(net, cut, height, *got.figures),
        losses=(*got.losses, *_leaning(wall, net.value)), forming=(*got.forming, *_wrapping(folds)),
        ticks=((0.0, "end"), *marks, (net.value, "net")),
    )  # fmt: skip


def _leaning(wall: Wall, length: float) -> tuple[Loss, ...]:
    """A rim that is pushed over is shortened, not cut: its metal stays, and the wall as drawn holds less there.

    The strip's slant by its whole length, less the drawn rim: its height by the mean of its lengths.
    """
    if not wall.rim or not wall.lean:
        return ()
    mean = length - opening(corner_turns(wall.outline)) * wall.lean / 2
    more = math.hypot(wall.rim, wall.lean) * length - wall.rim * mean
    return (Loss("rim pushed over, thicker", wall.t * more, "stays"),)


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
    whole = (
        _up(long + 2 * margin, practice.plate_step),
        _up(wide + 2 * margin, practice.plate_step),
    )
    pick = for_sheet(wall.t, practice)
    got = sheet_taken(pick, whole, area(pattern), AROUND)
    return Blank(
        part.name, part.array.n, "sheet", pick, part.temper or "soft", (long, wide), got.cut,
        (Allowance(AROUND, 2 * margin, "all"),), figures,
        (*got.forming, "saw to the template", "anneal", "roll to a cone", "close", "true both edges"),
        got.mm3, got.losses, pattern=pattern, worked=got.worked,
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
    whole = (
        _up(long + 2 * margin, practice.plate_step),
        _up(wide + 2 * margin, practice.plate_step),
    )
    flat = area(plate.outline) - sum(area(hole) for _, _, hole in plate.holes)
    figures = (
        Figure("net outline", long, "mm", "extent of the outline", (("length", long), ("width", wide))),
        Figure("area", flat, "mm2", "outline less holes", (("outline", area(plate.outline)),)),
        Figure(
            "blank", whole[0], "mm", f"net + 2 x {margin:g}, up to {practice.plate_step:g}",
            (("length", whole[0]), ("width", whole[1])),
        ),
    )  # fmt: skip
    pick = for_sheet(plate.t, practice, "block" if plate.t > practice.sheet_over_mm else "sheet")
    got = sheet_taken(pick, whole, area(plate.outline), AROUND)
    forming = ["flatten", "saw outside the line"] + ([PIERCE] if plate.holes else [])
    forming += ["file to the line"] + (["file the sides to their draft"] if plate.draft else [])
    return Blank(
        part.name, part.array.n, "sheet", pick, part.temper or "soft", (long,) if is_round(plate.outline) else (long, wide), got.cut,
        (Allowance(AROUND, 2 * margin, "all"),), figures, (*got.forming, *forming),
        got.mm3, (*got.losses, *_pierced(plate)), worked=got.worked, pattern=plate.outline, holes=plate.holes,
    )  # fmt: skip


def is_round(outline: Outline) -> bool:
    """Whether an outline is a circle: as long as wide, and as large as one."""
    long, wide = extents(outline)
    return math.isclose(long, wide, rel_tol=1e-6) and math.isclose(
        area(outline), math.pi / 4 * long**2, rel_tol=1e-4
    )


def _pierced(plate: Plate) -> tuple[Loss, ...]:
    """What the saw takes out of a plate, and the file off its sides."""
    holes = sum(area(hole) for _, _, hole in plate.holes) * plate.t
    found = [Loss("pierced out", holes)] if holes else []
    if plate.draft:
        slope = math.tan(math.radians(plate.draft))
        lost = perimeter(plate.outline) * plate.t**2 * slope / 2
        lost -= opening(corner_turns(plate.outline)) / 2 * plate.t**3 * slope**2 / 3
        found.append(Loss("file the sides to their draft", lost, "filed"))
    return tuple(found)


def dome_blank(part: Part, dome: Dome, practice: Practice) -> Blank:
    """A disc dapped to a cap, its square rim trued flat; what the trued dome holds is printed beside it."""
    disc = dome_disc(dome.d, dome.rise, dome.t)
    body = volume(dome)
    radius = cap_radius(dome.d, dome.rise)
    figures = (
        Figure(
            "disc", disc, "mm", "4 Rm sin(theta/2), cos theta = (R - h) / R, Rm = R - t/2",
            (("R", radius), ("h", dome.rise), ("t", dome.t), ("theta deg", math.degrees(cap_angle(dome.d, dome.rise)))),
            "area kept at mid-surface; a dapped rim is square to the sheet, its outer edge reaches full width [D]",
        ),
        Figure(
            "truing the rim", rim_trued(dome.d, dome.rise, dome.t), "mm3", "cone to the rim - (inner sector - its cap above the rim)",
            (("d", dome.d), ("h", dome.rise), ("t", dome.t)), "spheres and cones [D]",
        ),
        Figure(
            "volume-true disc", math.sqrt(4 * body / (math.pi * dome.t)), "mm", "sqrt(4 V / (pi t)), were no rim lost",
            (("V", body), ("t", dome.t)), "volume conservation [D]",
        ),
    )  # fmt: skip
    cut = _up(disc + 2 * practice.disc_margin, practice.plate_step)
    pick = for_sheet(dome.t, practice)
    got = sheet_taken(pick, (cut, cut), math.pi * disc**2 / 4, "sheet round the disc")
    trued = Loss("true the rim", rim_trued(dome.d, dome.rise, dome.t), "filed")
    return Blank(
        part.name, part.array.n, "sheet", pick, part.temper or "soft", (disc,), got.cut,
        (Allowance("disc cutter and truing", cut - disc, "all"),), figures,
        (*got.forming, f"cut the disc {disc:.1f} across", "anneal", "dap in falling sizes", "true the rim on paper"),
        got.mm3, (*got.losses, trued), worked=got.worked, pattern=Oval(disc, disc),
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
    pick = for_tube(tube.od, tube.id, practice)
    return Blank(
        part.name, part.array.n, "tube", pick, part.temper or "half-hard",
        (tube.length,), (cut,), extras, (net,), ("saw in the tube jig", "square both ends", "deburr"),
        pick.area * cut, tuple(Loss(extra.name, extra.mm * pick.area) for extra in extras) + over(pick.area - ring, tube.length),
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
        ("melt on charcoal", "pickle"), body,
    )  # fmt: skip


def _up(value: float, step: float) -> float:
    return math.ceil(value / step - 1e-9) * step
