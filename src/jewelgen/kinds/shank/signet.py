"""A signet: a flat table with a short leaning edge, on a ring that grows into it from both sides.

Under the table the ring's back is a plane just below the rim and its sides follow the table's outline, leaning
in to the finger as the edge does; where the outline has come in to the width of the shoulders they leave it
and fall in one sweep to the back. So head and shank are one body, as when the whole is forged or carved.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Annotated

from jewelgen.catalog.stones import parse_outline
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Box, Outline, Oval, extents
from jewelgen.kinds import band
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.signet_ring import Table, sections
from jewelgen.kinds.taper import Back
from jewelgen.piece.cutter import Cut, Pocket
from jewelgen.piece.form import Plate, Station
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Sec, thickness, width
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Deg, Mm, Parsed

CUSHION = 0.3  # corner radius of a cushion as a share of its lesser side
SOFT = 0.6  # mm: corner radius of a square or oblong table
DEEP = 1.15  # mm: the plate of the table; its underside is hidden in the ring
ROUND = 0.42  # of its thickness a shank is domed; its shoulders by half of that
UNDER = 0.08  # mm of the ring left between the plate and the hollow
LEAST_WALL = 1.2  # mm: the plate under the table and the ring it stands in
BUR = 0.4  # mm: no tighter corner is left in the hollow of a square table
LEAST_HOLLOW = 0.3  # mm: a shallower hollow is not worth cutting
FLOWS = (1.25, 1.25)  # shank beside the shoulders, in widths and thicknesses of the back


def table_of(value: object) -> Outline:
    """The table of `"oval 14x12"`, long axis along the finger; raises `ValueError` or JG183."""
    if isinstance(value, (Oval, Box)):
        return value
    shape, length, width = parse_outline(value)  # type: ignore[arg-type]
    least = min(length, width)
    if shape in {"round", "oval"}:
        return Oval(length, width)
    if shape in {"cushion", "box"}:
        return Box(length, width, CUSHION * least if shape == "cushion" else min(SOFT, least / 4))
    raise ValueError(f"no table is {shape}; round, oval, cushion, square and rectangle are")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignetBack(Back):
    """The ring at 6 o'clock: as wide as a quarter of the table, not thinner than wears well."""

    width: Annotated[
        float, Mm(1.6, 12, "width along the finger", formula="max(2.6, 0.23 * table.l)")
    ] = 3.2
    thick: Annotated[float, Mm(1.0, 4, "thickness", formula="max(1.4, 0.5 * tall)")] = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Table, head, shoulders and back."""

    table: Annotated[
        Outline, Parsed(table_of, "the table, first its length along the finger", '"oval 14x12"')
    ]
    tall: Annotated[
        float, Mm(1.6, 8, "table above the finger", formula="max(2.4, min(4, 0.23 * table.l))")
    ] = 3.2
    back: SignetBack
    side: Annotated[float, Deg(0, 30, "how far the sides lean in below the table")] = 14.0
    scoop: Annotated[
        float, Mm(0, 6, "wall left when it is hollowed from inside; 0 for a solid head")
    ] = 0.0
    shoulder: Annotated[
        float, Mm(2, 24, "width of the shoulders at the table's ends", formula="0.72 * table.l")
    ] = 9.5
    flow: Annotated[float, Deg(60, 150, "where the shoulders have become shank")] = 105.0


def make(params: Params, site: Site) -> Fragment:
    """Ring, table and hollow; `DesignError` JG254 for a table the finger cannot carry or a hollow without room."""
    lean = math.tan(math.radians(params.side))
    table = Table(params.table, site.bore / 2, params.tall, lean, params.shoulder)
    _check(params, site, table)
    ring = band.hoop(site, _stations(params, site, table))
    head = f"{site.name}.head"
    frame = Frame((0.0, 0.0, table.top), z=(0.0, 0.0, -1.0))
    part = Part(
        head, _plate(params), frame, alloy=site.own_alloy, made=site.made, role="signet head"
    )
    one = Joint(site.name, head, "one", Fit("run-on"), why="head and shank are one piece")
    return Fragment(
        (*ring.parts, part),
        (*ring.joints, one),
        cuts=_hollow(params, site, table),
        anchors=_anchors(ring, params, table, head),
    )


def _check(params: Params, site: Site, table: Table) -> None:
    name = site.name
    if table.across > 0.8 * table.r:
        most = math.floor(16 * table.r) / 10
        message = f"a table {2 * table.across:g} mm across overhangs a finger of {site.bore:.1f} mm"
        raise _refused(message, f"{name}.table", f"at most {most:g} mm across")
    if 0 < params.scoop < LEAST_WALL:
        message = f"a wall of {params.scoop:g} mm is thinner than the table's edge"
        fix = Fix(f"{name}.scoop", f"{LEAST_WALL:g}")
        raise _refused(message, f"{name}.scoop", f"0, or at least {LEAST_WALL:g} mm", fix)
    if params.scoop and params.tall - params.scoop < LEAST_HOLLOW:
        message = f"a wall of {params.scoop:g} mm leaves nothing to hollow under {params.tall:g} mm"
        raise _refused(message, f"{name}.scoop", "", Fix(f"{name}.scoop", "0"))


def _refused(message: str, key: str, allowed: str, fix: Fix | None = None) -> DesignError:
    return DesignError(Finding("JG254", message, Where(key=key), allowed=allowed, fix=fix))


def _stations(params: Params, site: Site, table: Table) -> tuple[Station, ...]:
    """Along the table, behind its ends, where the shoulders have become shank, and at the back."""
    back, found = params.back, sections(table)
    most, rim = width(found[-1][1]), thickness(found[-2][1])
    wide, thick = min(FLOWS[0] * back.width, most), min(FLOWS[1] * back.thick, 0.8 * rim)
    shank = (params.flow, _domed(site, wide, thick))
    return (*found, shank, (180.0, _domed(site, back.width, back.thick)))


def _domed(site: Site, w: float, h: float) -> Sec:
    rise, edge = min(ROUND * h, 0.45 * w), min(0.35, 0.14 * h, 0.2 * w)
    return band.section(site, w, h, (rise, 0.0, edge))


def _plate(params: Params) -> Plate:
    """The table and its edge, in the ring's metal; thinner than the wall that is left under it."""
    return Plate(params.table, min(DEEP, params.scoop - UNDER) if params.scoop else DEEP)


def _hollow(params: Params, site: Site, table: Table) -> tuple[Cut, ...]:
    """Parallel to the table, one wall inside the ring's sides where they are least."""
    if not params.scoop:
        return ()
    inset = params.scoop + table.lean * params.tall
    try:
        outline = _smaller(params.table, inset)
    except ValueError as wrong:
        raise _refused(
            f"walls of {params.scoop:g} mm meet in the middle of the head", f"{site.name}.scoop", "",
            Fix(f"{site.name}.scoop", "0"),
        ) from wrong  # fmt: skip
    at = Frame((0.0, 0.0, table.r), z=(0.0, 0.0, -1.0))
    inner = Pocket(outline, params.tall - params.scoop, above=table.r)
    return (Cut(f"{site.name}.hollow", (site.name,), inner, at, why="hollowed from inside"),)


def _smaller(table: Outline, inset: float) -> Outline:
    """The outline with axes shorter by twice the inset; its walls are thinner than that nowhere but a hair."""
    long, wide = (size - 2 * inset for size in extents(table))
    if wide <= 0 or long <= 0:
        raise ValueError("the hollow has no width")
    if isinstance(table, Oval):
        return Oval(long, wide)
    if not isinstance(table, Box):
        raise TypeError("a table is an oval or a box")
    return Box(long, wide, min(max(table.r - inset, BUR), wide / 2, long / 2))


def _anchors(ring: Fragment, params: Params, table: Table, head: str) -> tuple[Anchor, ...]:
    """The table, read with its long axis upright, and the ring's own places."""
    at = Frame((0.0, 0.0, table.top))
    wall = params.scoop or params.tall
    face = Anchor("table", "face", at, head, outline=params.table, depth=wall)
    top = Anchor("top", "point", at, head, depth=wall, width=table.long)
    kept = tuple(
        replace(item, depth=params.back.thick) if item.name == "inside" else item
        for item in ring.anchors
        if item.name != "top"
    )
    return (face, top, *kept)


KIND = Kind(
    "shank",
    "signet",
    Params,
    make,
    "a table for initials on shoulders that flow into the shank",
    anchors=("table", "top", "back", "inside"),
)
