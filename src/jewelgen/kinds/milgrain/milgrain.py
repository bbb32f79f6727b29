"""Milgrain: a row of beads just inside an edge, of a plate or along both edges of a band."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.flat.along import inset_ring, spaced
from jewelgen.kinds.kind import Kind
from jewelgen.piece.array import Listed, Polar
from jewelgen.piece.frame import Frame
from jewelgen.piece.mark import Beads, Mark
from jewelgen.piece.section import Section, polygon
from jewelgen.piece.site import Anchor, Fragment, Site
from jewelgen.spec import Mm

BITE = 0.4  # of the bead: how deep it sits, so that it shows as more than half a ball
GAP = 0.08  # of the bead: air between two, a groove the wheel's teeth leave
SEAT = 0.55  # of the bead: least from the edge to its middle, so that it stands on metal
MOST = 600  # beads of one row: finer ones are run on by hand
FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """Size and place of the finished beads."""

    bead: Annotated[float, Mm(0.2, 1.5, "diameter of a bead")] = 0.5
    inset: Annotated[
        float,
        Mm(0.1, 10, "from the edge to the middle of the beads", formula="0.6 * bead + 0.1"),
    ] = 0.4


def make(params: Params, site: Site) -> Fragment:
    """One row on an edge or a face, two on a band; raises `DesignError` JG256 where there is no room."""
    anchor = site.anchor
    even = anchor is not None and anchor.sort != "point" and not anchor.inner
    if anchor is None or not even or not (anchor.outline or anchor.section):
        hint = "put it on an edge (body.front.edge) or round a band (shank.round)"
        raise _refused("milgrain needs an edge to follow", f"{site.name}.on", hint)
    least = SEAT * params.bead
    if params.inset < least - 1e-9:
        fix = Fix(f"{site.name}.inset", f"{math.ceil(least * 100 - 1e-9) / 100:g}")
        message = f"beads of {params.bead:g} mm, {params.inset:g} from the edge, hang over it"
        raise _refused(message, f"{site.name}.inset", "", fix)
    if anchor.sort == "round" and anchor.section is not None:
        return Fragment(marks=_on_band(params, anchor, anchor.section, site))
    return Fragment(marks=(_on_outline(params, anchor, site),))


def _refused(message: str, key: str, hint: str = "", fix: Fix | None = None) -> DesignError:
    return DesignError(Finding("JG256", message, Where(key=key), hint=hint, fix=fix))


def _on_outline(params: Params, anchor: Anchor, site: Site) -> Mark:
    ring = inset_ring(anchor.outline, params.inset) if anchor.outline else []
    places = spaced(ring, (1 + GAP) * params.bead) if ring else []
    _check_number(len(places), params, site)
    array = Listed(tuple(Frame((x, y, 0.0)) for x, y in places))
    return Mark(site.name, anchor.part, _bead(params), anchor.frame, array)


def _check_number(n: int, params: Params, site: Site) -> None:
    if n > MOST:
        fix = Fix(f"{site.name}.bead", f"{math.ceil(10 * params.bead * n / MOST + 1) / 10:g}")
        message = f"{n} beads in a row are more than {MOST}"
        raise _refused(message, f"{site.name}.bead", "", fix)
    if n < FEWEST:
        message = f"no line of beads {params.bead:g} mm wide runs round {params.inset:g} mm inside this edge"
        raise _refused(message, f"{site.name}.inset", "smaller beads, nearer to the edge")


def _bead(params: Params) -> Beads:
    return Beads(params.bead, BITE * params.bead, "milgrain")


def _on_band(params: Params, anchor: Anchor, section: Section, site: Site) -> tuple[Mark, ...]:
    """Rows along both edges, each bead square to the surface it stands on."""
    aside = anchor.width / 2 - params.inset
    if 2 * aside < (1 + GAP) * params.bead:
        message = f"two rows of beads do not fit a band {anchor.width:g} mm wide"
        raise _refused(message, f"{site.name}.inset", "smaller beads, or a wider band")
    low, lean = _surface(section, aside)
    radius = anchor.radius - anchor.depth + low
    n = math.floor(2 * math.pi * radius / ((1 + GAP) * params.bead))
    _check_number(n, params, site)
    step = 360.0 / n
    return tuple(
        Mark(
            f"{site.name}.{side}",
            anchor.part,
            _bead(params),
            anchor.frame,
            Polar(n, radius, 0.0, step, sign * aside, 90.0 - sign * lean),
        )
        for side, sign in (("left", -1.0), ("right", 1.0))
    )


def _surface(section: Section, aside: float) -> tuple[float, float]:
    """Height over the bore `aside` mm from the middle, and how far the surface leans outward there, degrees."""
    ring = polygon(section)
    after = np.roll(ring, -1, axis=0)
    hit = (ring[:, 0] > aside) != (after[:, 0] > aside)
    p, q = ring[hit], after[hit]
    v = p[:, 1] + (aside - p[:, 0]) / (q[:, 0] - p[:, 0]) * (q - p)[:, 1]
    k = int(v.argmax())
    run, fall = abs(float(q[k, 0] - p[k, 0])), abs(float(q[k, 1] - p[k, 1]))
    return float(v[k]), math.degrees(math.atan2(fall, run))


KIND = Kind(
    "milgrain",
    "milgrain",
    Params,
    make,
    "a row of fine beads along an edge",
    on="body.front.edge",
)
