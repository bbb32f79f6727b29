"""A signet: a flat table on a head that leans in below it, on a ring whose shoulders flow up to it.

The ring is highest and wide at the table's two ends, just below its rim, and falls from there in one sweep
to the back; so the shoulders grow out of the shank as they do when the whole is forged or carved in one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Annotated

from jewelgen.catalog.stones import parse_outline
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Box, Outline, Oval, extents, grown
from jewelgen.kinds import band
from jewelgen.kinds.kind import Kind
from jewelgen.kinds.taper import Back
from jewelgen.piece.cutter import Cut, Pocket
from jewelgen.piece.form import Plate, Station
from jewelgen.piece.frame import Frame
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.section import Sec
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Deg, Mm, Parsed

CUSHION = 0.3  # corner radius of a cushion as a share of its lesser side
SOFT = 0.6  # mm: corner radius of a square or oblong table
FOOT = 0.15  # mm: the head ends this far above the finger, hidden in the ring
ROUND = 0.42  # of its thickness a shoulder is domed
CLEAR = 0.15  # mm: the ring is cut wider than the head, so that no two faces of the hollow fall together
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
    side: Annotated[float, Deg(0, 30, "how far the head leans in below the table")] = 14.0
    scoop: Annotated[
        float, Mm(0, 6, "wall left when it is hollowed from inside; 0 for a solid head")
    ] = 0.0
    shoulder: Annotated[
        float, Mm(2, 24, "width of the shoulders at the table's ends", formula="0.68 * table.l")
    ] = 9.5
    flow: Annotated[float, Deg(60, 150, "where the shoulders have become shank")] = 105.0


@dataclass(frozen=True, slots=True)
class _Shape:
    """The lengths of one signet, mm: `r` of the bore, half `across` the finger and the `top` of the table."""

    params: Params
    site: Site

    @property
    def r(self) -> float:
        return self.site.bore / 2

    @property
    def top(self) -> float:
        return self.r + self.params.tall

    @property
    def across(self) -> float:
        return extents(self.params.table)[1] / 2

    @property
    def long(self) -> float:
        return extents(self.params.table)[0]

    @property
    def lean(self) -> float:
        return math.tan(math.radians(self.params.side))

    @property
    def end(self) -> float:
        """Radians from 12 o'clock to the table's end."""
        return math.atan2(self.across, self.top)

    @property
    def step(self) -> float:
        """How far the shoulders stay below the table: enough that the swell between ends hides under it."""
        return 0.12 + 0.31 * self.top * (1 / math.cos(self.end) - 1)


def make(params: Params, site: Site) -> Fragment:
    """Ring, head and hollow; `DesignError` JG254 for a table the finger cannot carry or a head that closes."""
    shape = _Shape(params, site)
    _check(shape)
    ring = band.hoop(site, _stations(shape))
    head = f"{site.name}.head"
    frame = Frame((0.0, 0.0, shape.top), z=(0.0, 0.0, -1.0))
    part = Part(head, _head(shape), frame, alloy=site.own_alloy, made=site.made, role="signet head")
    one = Joint(site.name, head, "one", Fit("run-on"), why="head and shank are one piece")
    cuts = _hollow(shape, head)
    return Fragment(
        (*ring.parts, part), (*ring.joints, one), cuts=cuts, anchors=_anchors(ring, shape, head)
    )


def _check(shape: _Shape) -> None:
    params, name = shape.params, shape.site.name
    if shape.across > 0.8 * shape.r:
        most = math.floor(16 * shape.r) / 10
        message = (
            f"a table {2 * shape.across:g} mm across overhangs a finger of {2 * shape.r:.1f} mm"
        )
        raise _refused(message, f"{name}.table", f"at most {most:g} mm across")
    if params.scoop and params.tall - params.scoop < LEAST_HOLLOW:
        message = f"a wall of {params.scoop:g} mm leaves nothing to hollow under {params.tall:g} mm"
        raise _refused(message, f"{name}.scoop", "", Fix(f"{name}.scoop", "0"))


def _refused(message: str, key: str, allowed: str, fix: Fix | None = None) -> DesignError:
    return DesignError(Finding("JG254", message, Where(key=key), allowed=allowed, fix=fix))


def _stations(shape: _Shape) -> tuple[Station, ...]:
    """Under the table, at its ends, where the shoulders have become shank, and at the back."""
    params, back = shape.params, shape.params.back
    # Wider than the head's foot, which would otherwise peep out as a sliver.
    wide = max(shape.long - 2 * shape.lean * (params.tall - FOOT) + 0.2, back.width)
    rim = (shape.top - shape.step) / math.cos(shape.end) - shape.r
    shank = (FLOWS[0] * back.width, min(FLOWS[1] * back.thick, 0.8 * rim))
    rows = (
        (0.0, wide, params.tall - shape.step),
        (math.degrees(shape.end), min(params.shoulder, wide), rim),
        (params.flow, min(shank[0], params.shoulder), shank[1]),
        (180.0, back.width, back.thick),
    )
    return tuple((at, _domed(shape.site, w, h)) for at, w, h in rows)


def _domed(site: Site, w: float, h: float) -> Sec:
    rise, edge = min(ROUND * h, 0.45 * w), min(0.35, 0.14 * h, 0.2 * w)
    return band.section(site, w, h, (rise, 0.0, edge))


def _head(shape: _Shape) -> Plate:
    """From the table down to just above the finger, in the ring's metal; JG254 when it closes before."""
    params, name = shape.params, shape.site.name
    deep = params.tall - FOOT
    try:
        grown(params.table, -deep * shape.lean)
    except ValueError as wrong:
        message = f"a head leaning in by {params.side:g} deg closes before the finger"
        raise _refused(message, f"{name}.side", "", Fix(f"{name}.side", '"10 deg"')) from wrong
    return Plate(params.table, deep, draft=params.side)


def _hollow(shape: _Shape, head: str) -> tuple[Cut, ...]:
    """Parallel to the table and to the head's foot, one wall inside them."""
    params, site = shape.params, shape.site
    if not params.scoop:
        return ()
    inset = params.scoop + shape.lean * params.tall
    try:
        outline = _smaller(params.table, inset)
    except ValueError as wrong:
        raise _refused(
            f"walls of {params.scoop:g} mm meet in the middle of the head", f"{site.name}.scoop", "",
            Fix(f"{site.name}.scoop", "0"),
        ) from wrong  # fmt: skip
    at = Frame((0.0, 0.0, shape.r), z=(0.0, 0.0, -1.0))
    why, deep = "hollowed from inside", params.tall - params.scoop
    inner = Pocket(outline, deep, above=shape.r)
    wider = Pocket(_smaller(outline, -CLEAR), deep + CLEAR, above=shape.r)
    return (
        Cut(f"{head}.hollow", (head,), inner, at, why=why),
        Cut(f"{site.name}.hollow", (site.name,), wider, at, why=why),
    )


def _smaller(table: Outline, inset: float) -> Outline:
    """The outline with axes shorter by twice the inset; its walls are thinner than that nowhere but a hair."""
    if isinstance(table, Oval):
        if table.w <= 2 * inset:
            raise ValueError("the hollow has no width")
        return Oval(table.l - 2 * inset, table.w - 2 * inset)
    return grown(table, -inset)


def _anchors(ring: Fragment, shape: _Shape, head: str) -> tuple[Anchor, ...]:
    """The table, read with its long axis upright, and the ring's own places."""
    at = Frame((0.0, 0.0, shape.top))
    wall = shape.params.scoop or shape.params.tall
    table = Anchor("table", "face", at, head, outline=shape.params.table, depth=wall)
    top = Anchor("top", "point", at, head, depth=wall, width=shape.long)
    kept = tuple(
        replace(item, depth=shape.params.back.thick) if item.name == "inside" else item
        for item in ring.anchors
        if item.name != "top"
    )
    return (table, top, *kept)


KIND = Kind(
    "shank",
    "signet",
    Params,
    make,
    "a table for initials on shoulders that flow into the shank",
    anchors=("table", "top", "back", "inside"),
)
