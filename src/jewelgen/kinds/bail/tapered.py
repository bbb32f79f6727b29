"""A tapered bail: a strip widest at the crown, folded to a drop, its tongue lapped on the back of the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.kinds.kind import Kind
from jewelgen.piece.form import Bar
from jewelgen.piece.frame import Vec
from jewelgen.piece.joint import Fit, Joint
from jewelgen.piece.piece import Part
from jewelgen.piece.rail import Bez
from jewelgen.piece.section import Sec
from jewelgen.piece.site import Anchor, Footprint, Fragment, Site
from jewelgen.spec import Mm

LAP = 3.0  # length of the tongue in thicknesses: the least overlap of a sound lap joint
SLIT = 0.06  # mm between the closed legs, filled by solder
ABOVE = 0.06  # mm the front leg stays above the edge of the body
CLOSED = 0.4  # mm the legs run side by side
DROP = 0.29  # half the inner width of the drop, as a share of its clear height
_RISE = 0.62  # height of the widest place, as a share of the clear height
_ROUND = 0.5523  # handle of a quarter circle
# Share of the way from foot to crown at even steps along a side: slow, fast, slow.
_FLARE = (0.0, 0.06, 0.22, 0.46, 0.70, 0.88, 0.97, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Strip and opening of the finished bail."""

    wide: Annotated[float, Mm(1.5, 20, "width at the crown")] = 5.0
    foot: Annotated[float, Mm(1.0, 12, "width at the solder")] = 2.6
    thick: Annotated[float, Mm(0.5, 2, "thickness of the strip")] = 0.8
    opens: Annotated[float, Mm(2, 16, "clear height for the chain")] = 5.0


def take(params: Params) -> Footprint:
    """Half its width, half its depth, and how high it stands."""
    high = ABOVE + CLOSED + params.opens + params.thick
    return Footprint(params.foot / 2, params.thick, high)


def make(params: Params, site: Site) -> Fragment:
    """One strip on a `top` anchor; raises `DesignError` JG250 without one, or for a foot above the crown."""
    anchor = site.anchor
    if anchor is None or anchor.sort != "point" or anchor.width <= 0:
        raise _refused(
            "a bail stands on the top of a body",
            f"{site.name}.on",
            "put it on a top that has a width",
        )
    if params.foot > params.wide:
        message = f"a foot of {params.foot:g} is wider than the crown of {params.wide:g}"
        fix = Fix(f"{site.name}.foot", f"{params.wide:g}")
        raise _refused(message, f"{site.name}.foot", "a narrower foot, or a wider crown", fix)
    lap = LAP * params.thick if anchor.depth <= 0 else min(LAP * params.thick, anchor.depth / 2)
    form = Bar(_rail(params, anchor, lap), _stations(params))
    part = Part(site.name, form, anchor.frame, alloy=site.own_alloy, made=site.made, role="bail")
    area = params.foot * lap
    joints = (
        Joint(site.name, site.name, "join", Fit("seam"), area=params.foot * CLOSED),
        Joint(site.name, anchor.part, "join", Fit("lap"), area=area, run=2 * lap + params.foot),
    )
    return Fragment(parts=(part,), joints=joints)


def _refused(message: str, key: str, hint: str, fix: Fix | None = None) -> DesignError:
    return DesignError(Finding("JG250", message, Where(key=key), hint=hint, fix=fix))


def _rail(params: Params, anchor: Anchor, lap: float) -> Bez:
    """Up the back of the body, round the drop, down to just above its edge; y points to the back.

    Spans: tongue, flare, two quarters of the crown, flare, front leg.
    """
    back = anchor.width / 2 + params.thick / 2
    front = back - params.thick - SLIT
    middle, base = (back + front) / 2, ABOVE + CLOSED
    half = DROP * params.opens + params.thick / 2
    wide, crown = base + _RISE * params.opens, base + params.opens + params.thick / 2
    right = _side(back, middle + half, base, wide)
    quarter = _quarter(middle, half, wide, crown)
    other = [(0.0, 2 * middle - y, z) for _, y, z in reversed([*right, *quarter])]
    down: list[Vec] = [
        (0.0, front, base - CLOSED / 3),
        (0.0, front, ABOVE + CLOSED / 3),
        (0.0, front, ABOVE),
    ]
    leg = base + lap
    up: list[Vec] = [(0.0, back, -lap), (0.0, back, -lap + leg / 3), (0.0, back, base - leg / 3)]
    return Bez(
        (*up, (0.0, back, base), *right, *quarter, *other[1:], (0.0, front, base), *down),
        (1.0, 0.0, 0.0),
    )


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
