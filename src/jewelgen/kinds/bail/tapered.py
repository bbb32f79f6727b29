"""A tapered bail: a strip widest at the crown, folded to a drop.

Made by hand its tongue is lapped on the back of the body and its legs lie together. Cast, the legs stand apart on a
block that is let into the edge, for legs that touch have no way in for the investment.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.outline import Box
from jewelgen.kinds.kind import Kind
from jewelgen.piece.form import Bar, Plate
from jewelgen.piece.frame import Vec
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Bez
from jewelgen.piece.section import Sec
from jewelgen.piece.site import Anchor, Footprint, Fragment, Site
from jewelgen.spec import Mm

LAP = 3.0  # length of the tongue in thicknesses: the least overlap of a sound lap joint
ABOVE = 0.06  # mm the front leg stays above the edge of the body
CLOSED = 0.4  # mm the legs run side by side
DROP = 0.29  # half the inner width of the drop, as a share of its clear height
SINK = 0.5  # mm the block of a cast bail is let into the edge: less than the wall of a cup
ROOT = 0.4  # mm the legs of a cast bail are let into its block
RIM = 0.12  # mm of the block round the legs
DRAFT = 8.0  # degrees its sides lean in, so that it looks grown from the body
SOFT = 0.3  # mm: radius of its corners
BEHIND = 0.1  # mm the block stays within the back of a cup
_RISE = 0.62  # height of the widest place, as a share of the clear height
_ROUND = 0.5523  # handle of a quarter circle
# Share of the way from foot to crown at even steps along a side: slow, fast, slow.
_FLARE = (0.0, 0.06, 0.22, 0.46, 0.70, 0.88, 0.97, 1.0)
THICK = "max(0.8, cast * pack.wall_min)"
APART = "pack.opening_min + 0.25 if cast else 0.06"  # the file of a master is thicker by what finishing takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Strip and opening of the finished bail."""

    wide: Annotated[float, Mm(1.5, 20, "width at the crown")] = 5.0
    foot: Annotated[float, Mm(1.0, 12, "width at the solder")] = 2.6
    thick: Annotated[float, Mm(0.5, 2, "thickness of the strip", formula=THICK)] = 0.8
    opens: Annotated[float, Mm(2, 16, "clear height for the chain")] = 5.0
    apart: Annotated[
        float,
        Mm(0.02, 2, "between the legs at the foot: filled by solder, or cast open", formula=APART),
    ] = 0.06

    @property
    def base(self) -> float:
        """Height over the edge where the legs begin to part."""
        return ABOVE + CLOSED


def take(params: Params) -> Footprint:
    """Half its width, half its depth, and how high it stands."""
    high = params.base + params.opens + params.thick
    return Footprint(params.foot / 2, params.thick, high)


def make(params: Params, site: Site) -> Fragment:
    """One strip on a `top` anchor; raises `DesignError` JG250 without one, on a wire, or for a foot above the crown."""
    anchor = site.anchor
    if anchor is None or anchor.sort != "point" or anchor.width <= 0:
        raise _refused(
            "a bail stands on the top of a body",
            f"{site.name}.on",
            "put it on a top that has a width",
        )
    if anchor.section is not None:
        fix = Fix(f"{site.name}.kind", '"loop"')
        message = "a folded strip is lapped on a flat edge: the end of a wire carries a loop"
        raise _refused(message, f"{site.name}.kind", "a loop bail", fix)
    if params.foot > params.wide:
        message = f"a foot of {params.foot:g} is wider than the crown of {params.wide:g}"
        fix = Fix(f"{site.name}.foot", f"{params.wide:g}")
        raise _refused(message, f"{site.name}.foot", "a narrower foot, or a wider crown", fix)
    return (_cast if site.made == "cast" else _lapped)(params, site, anchor)


def _lapped(params: Params, site: Site, anchor: Anchor) -> Fragment:
    """The strip with its tongue on the back of the body, soldered shut."""
    lap = LAP * params.thick if anchor.depth <= 0 else min(LAP * params.thick, anchor.depth / 2)
    back = anchor.width / 2 + params.thick / 2
    part = _strip(params, site, anchor, (back, (-lap, ABOVE)))
    area = params.foot * lap
    joints = (
        Joint(site.name, site.name, "join", Fit("seam"), area=params.foot * CLOSED),
        Joint(site.name, anchor.part, "join", Fit("lap"), area=area, run=2 * lap + params.foot),
    )
    return Fragment(parts=(part,), joints=joints)


def _cast(params: Params, site: Site, anchor: Anchor) -> Fragment:
    """The strip on its block, the block in the edge of the body; of a cup in its wall too."""
    name, tall = f"{site.name}.block", SINK + params.base
    lean = tall * math.tan(math.radians(DRAFT))
    long, across = (side + 2 * (RIM + lean) for side in (_deep(params), params.foot))
    # A plate is straddled; a cup is open in front, so that its block stays behind the stone.
    middle = anchor.width / 2 - BEHIND - long / 2 if anchor.above else 0.0
    strip = _strip(
        params,
        site,
        anchor,
        (middle + (params.apart + params.thick) / 2, (params.base - ROOT,) * 2),
    )
    at = anchor.frame.moved(y=middle, z=-SINK)
    form = Plate(Box(long, across, SOFT), tall, draft=DRAFT)
    block = Part(name, form, at, alloy=site.own_alloy, made=site.made, role="bail")
    let, run = Fit("let-in", SINK), 2 * (across + anchor.width)
    joints = [
        Joint(
            name,
            site.name,
            "join",
            Fit("let-in", ROOT),
            area=2 * params.foot * params.thick,
            run=4 * params.foot,
        ),
        Joint(anchor.part, name, "join", let, area=across * anchor.width, run=run),
    ]
    if anchor.above:
        joints.append(Joint(anchor.above, name, "join", let, area=across * SINK, run=2 * across))
    return Fragment(parts=(strip, block), joints=tuple(joints))


def _deep(params: Params) -> float:
    """Over both legs, front to back."""
    return 2 * params.thick + params.apart


def _strip(
    params: Params, site: Site, anchor: Anchor, legs: tuple[float, tuple[float, float]]
) -> Part:
    """The folded strip; `legs`: where the back one's middle stands, where the back one and the front one end."""
    form = Bar(_rail(params, *legs), _stations(params))
    return Part(site.name, form, anchor.frame, alloy=site.own_alloy, made=site.made, role="bail")


def _refused(message: str, key: str, hint: str, fix: Fix | None = None) -> DesignError:
    return DesignError(Finding("JG250", message, Where(key=key), hint=hint, fix=fix))


def _rail(params: Params, back: float, ends: tuple[float, float]) -> Bez:
    """Up the back leg at y = `back`, round the drop, down the front leg; y points to the back.

    Spans: back leg, flare, two quarters of the crown, flare, front leg; `ends`: heights where the legs end.
    """
    front = back - params.thick - params.apart
    middle, base = (back + front) / 2, params.base
    half = max(DROP * params.opens, params.apart / 2) + params.thick / 2
    wide, crown = base + _RISE * params.opens, base + params.opens + params.thick / 2
    right = _side(back, middle + half, base, wide)
    quarter = _quarter(middle, half, wide, crown)
    other = [(0.0, 2 * middle - y, z) for _, y, z in reversed([*right, *quarter])]
    up, down = (_leg(y, end, base) for y, end in ((back, ends[0]), (front, ends[1])))
    return Bez((*up, *right, *quarter, *other[1:], *reversed(down)), (1.0, 0.0, 0.0))


def _leg(y: float, end: float, base: float) -> list[Vec]:
    """End, handles and foot of a straight leg, upwards."""
    return [(0.0, y, end + share * (base - end)) for share in (0.0, 1 / 3, 2 / 3, 1.0)]


def _side(y0: float, y1: float, z0: float, z1: float) -> list[Vec]:
    """Handles and end of the flare: upright at both ends."""
    rise = z1 - z0
    return [(0.0, y0, z0 + 0.30 * rise), (0.0, y1, z1 - 0.45 * rise), (0.0, y1, z1)]


def _quarter(middle: float, half: float, z0: float, z1: float) -> list[Vec]:
    """Handles and end of a quarter of an ellipse, from upright to level."""
    return [
        (0.0, middle + half, z0 + _ROUND * (z1 - z0)),
        (0.0, middle + _ROUND * half, z1),
        (0.0, middle, z1),
    ]


def _stations(params: Params) -> tuple[tuple[float, Sec], ...]:
    """Foot along tongue and front leg, flaring to the crown between (t = 1/6, 1/2, 5/6)."""
    steps = len(_FLARE) - 1
    rising = [(1 / 6 + i / steps / 3, _FLARE[i]) for i in range(steps + 1)]
    falling = [(1.0 - t, share) for t, share in reversed(rising[:-1])]
    places = [(0.0, 0.0), *rising, *falling, (1.0, 0.0)]
    spread = params.wide - params.foot
    return tuple((t, Sec(params.thick, params.foot + share * spread)) for t, share in places)


KIND = Kind(
    "bail",
    "tapered",
    Params,
    make,
    "a strip folded to a drop, widest at the crown, lapped on the back of the body",
    on="body.top",
    take=take,
)
