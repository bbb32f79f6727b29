"""What heads of prongs cannot be: counts that leave a corner bare, rings without an opening or without room, prongs too
stout for their stone or leaning in.

In: a `Basket` and its site.  Out: nothing, or `DesignError` with the value that would do; mm.
"""

from __future__ import annotations

import math

from jewelgen.catalog.cuts import cut
from jewelgen.catalog.packs import limit
from jewelgen.findings import DesignError, Finding, Fix, Where
from jewelgen.kinds import prong_rings as rings
from jewelgen.kinds.prong_lines import (
    NO_VEE,
    Basket,
    foot,
    gallery_s,
    gallery_z,
    girdle_z,
    is_faceted,
    rows,
)
from jewelgen.kinds.prong_places import counts, inset_room

MEET = 0.05  # mm of air between rings under a flat back, at least: the caster's check asks for more
USUAL = (0.3, 0.1)  # mm, and share of the stone's width: how thick prongs usually are
STOUT = 2.0  # times that: thicker ones hide their stone, and cannot be bent over so small a crown


def check(params: Basket, site_name: str) -> None:
    """Raises `DesignError` JG233, JG236, JG283 or JG284."""
    _check_count(params, site_name)
    _check_thickness(params, site_name)
    _check_base(params, site_name)
    _check_back(params, site_name)


def _refused(
    code: str, message: str, where: tuple[str, str], fix: float, allowed: str
) -> DesignError:
    key = ".".join(where)
    return DesignError(
        Finding(code, message, Where(key=key), allowed=allowed, fix=Fix(key, f"{fix:g}"))
    )


def _check_count(params: Basket, name: str) -> None:
    """A stone is held at each of its corners and points, and alike on all its sides (bench_rules prong_count)."""
    allowed = counts(params.stone, params.vee() != NO_VEE)
    if params.prongs in allowed:
        return
    words = " or ".join(str(n) for n in allowed)
    stone = cut(params.stone.cut).name
    article = "an" if stone[0].lower() in "aeiou" else "a"
    message = f"{params.prongs} prongs do not stand evenly round {article} {stone}"
    nearest = min(allowed, key=lambda n: abs(n - params.prongs))
    raise _refused("JG236", message, (name, "prongs"), nearest, words)


def _check_thickness(params: Basket, name: str) -> None:
    """Prongs as slim as their stone lets them be bent over it, no thicker at their tips."""
    stone, wire = params.stone, params.wire
    most = STOUT * (USUAL[0] + USUAL[1] * stone.width)
    if wire > most + 1e-9:
        message = f"prongs of {wire:g} are too stout for a stone {stone.width:.3g} wide"
        raise _refused("JG284", message, (name, "wire"), _down(most), f"at most {most:.2f} mm")
    if params.tip > wire + 1e-9:
        message = f"prongs of {wire:.3g} are {params.tip:g} thick at their tips"
        raise _refused("JG284", message, (name, "tip"), _down(wire), f"at most {wire:.2f} mm")


def _check_base(params: Basket, name: str) -> None:
    """The base ring has an opening, and prongs do not lean in from it."""
    stone, base = params.stone, params.base
    open_at = limit("opening_min").value
    slim = stone.width - open_at
    if params.wire > slim + 1e-9:
        message = f"a base ring of wire of {params.wire:.3g} under a stone {stone.width:.3g} wide has no opening"
        raise _refused("JG233", message, (name, "wire"), _down(slim), f"at most {slim:.2f} mm")
    least = _least_base(params, params.wire + open_at)
    if base < least - 1e-6:
        message = f"a base ring {base:g} wide of wire of {params.wire:.3g} has no opening"
        allowed = f"{least:.2f} to {stone.width:.2f} mm"
        raise _refused("JG233", message, (name, "base"), _up(least), allowed)
    if base > stone.width + 1e-9:
        message = f"prongs from a ring {base:g} wide lean in under a stone {stone.width:.3g} wide"
        allowed = f"{least:.2f} to {stone.width:.2f} mm"
        raise _refused("JG283", message, (name, "base"), _down(stone.width), allowed)


def _least_base(params: Basket, across: float) -> float:
    """The base whose ring is `across` mm wide in its middle line, between its long sides."""
    stone = params.stone
    middle = rings.at_side(
        stone, 0.0
    )  # rings round corners are softer than these: not as wide as their stone
    slope = rings.at_side(stone, 1.0) - middle
    s = ((across - stone.width) / 2 - middle) / slope
    return stone.width * (1.0 + s / inset_room(stone))


def _check_back(params: Basket, name: str) -> None:
    """Under a flat back the gallery lies clear of the base ring."""
    if is_faceted(params.stone):
        return
    (s, z), apart = foot(params), (params.rail + params.wire) / 2 + MEET
    if math.hypot(gallery_s(params, rows(params)) - s, gallery_z(params) - z) >= apart:
        return
    least = z + params.wire / 2 + limit("gallery_rail_gap_min").value + params.rail
    message = f"a flat back {params.lift:g} mm up leaves no room for the gallery over the base ring"
    raise _refused(
        "JG233", message, (name, "lift"), math.ceil(10 * least) / 10, f"{least:.1f} mm or more"
    )


def check_straight(params: Basket, name: str) -> None:
    """Straight prongs lean out by 45 degrees at most; raises `DesignError` JG283."""
    width, high = params.stone.width, girdle_z(params)
    least = max(0.8, width - 2 * high)
    if params.base >= least:
        return
    message = f"straight prongs from a ring {params.base:g} wide do not reach a girdle {width:.3g} wide, {high:.1f} up"
    allowed = f"{least:.2f} to {width:.2f} mm"
    raise _refused("JG283", message, (name, "base"), min(_up(least), _down(width)), allowed)


def _up(value: float) -> float:
    return math.ceil(100 * value - 1e-6) / 100


def _down(value: float) -> float:
    return math.floor(100 * value + 1e-6) / 100
