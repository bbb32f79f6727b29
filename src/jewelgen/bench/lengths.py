"""Forming arithmetic of wire, rings, forged bars and domes: pure functions of numbers.

In: mm and degrees.  Out: mm, mm3 or ratios.  Sources: volume conservation, Pappus and offset theory [D];
rules of thumb carry their catalog key.
"""

from __future__ import annotations

import math


def ring_blank(
    inner_diameter: float, thickness: float, k: float = 0.5, width: float = 0.0
) -> float:
    """Length of a ring blank: pi (ID + 2 K t), +0.5 mm when wider than 4 mm (bench_rules ring_blank).

    `k` is the height of the section's centroid over the thickness: 0.5 flat or round, 0.4244 half-round.
    """
    wide = 0.5 if width > 4.0 else 0.0
    return math.pi * (inner_diameter + 2 * k * thickness) + wide


def loop(mandrel: float, wire: float) -> float:
    """Wire in one turn round a mandrel: pi (mandrel + d)."""
    return math.pi * (mandrel + wire)


def coil(mandrel: float, wire: float, turns: float, pitch: float) -> float:
    """Wire in a coil: N sqrt((pi (D + d))^2 + p^2)."""
    return turns * math.hypot(loop(mandrel, wire), pitch)


def mandrel_for(inner_diameter: float, spring_back_pct: float = 4.0) -> float:
    """Mandrel for a jump ring that opens by its spring-back: ID (1 - s)."""
    return inner_diameter * (1.0 - spring_back_pct / 100.0)


def aspect_ratio(inner_diameter: float, wire: float) -> float:
    """AR = ID / d of a jump ring (bench_rules bail_chain)."""
    return inner_diameter / wire


def flat_spiral(turns: float, r_inner: float, r_outer: float) -> float:
    """Wire in a flat spiral: pi N (r1 + r2)."""
    return math.pi * turns * (r_inner + r_outer)


def twist_strand(length: float, strand_radius: float, pitch: float) -> float:
    """Each strand of a twist: L sqrt(1 + (2 pi r / p)^2), r the radius its centre runs on."""
    return length * math.hypot(1.0, 2 * math.pi * strand_radius / pitch)


def twist_envelope(wire: float) -> float:
    """Diameter over two round strands: 2 d."""
    return 2.0 * wire


def stretched(length: float, area_before: float, area_after: float) -> float:
    """Length after forging, rolling or drawing: L1 = L0 A0 / A1 (volume conservation)."""
    return length * area_before / area_after


def taper_volume(area_a: float, area_b: float, length: float) -> float:
    """Volume of a straight taper: L/3 (A1 + A2 + sqrt(A1 A2))."""
    return length / 3.0 * (area_a + area_b + math.sqrt(area_a * area_b))


def taper_stock(area_a: float, area_b: float, length: float, stock_area: float) -> float:
    """Stock length that forges to a straight taper: its volume over the stock's area."""
    return taper_volume(area_a, area_b, length) / stock_area


def taper_factor(area_stock: float, area_a: float, area_b: float) -> float:
    """How much longer a bar gets when it is drawn into the taper; a point gives 3, a wedge 2 by width."""
    return area_stock / taper_volume(area_a, area_b, 1.0)


def cap_disc(rim_radius: float, rise: float) -> float:
    """Disc for a spherical cap, area kept at mid-surface: d = 2 sqrt(a^2 + h^2)."""
    return 2.0 * math.hypot(rim_radius, rise)


def cap_radius(across: float, rise: float) -> float:
    """Radius of the sphere of a cap: R = (a^2 + h^2) / 2h, a half of what it measures across."""
    return (across * across / 4 + rise * rise) / (2 * rise)


def dome_disc(outside: float, rise: float, sheet: float) -> float:
    """Disc for a dome of outside diameter, outside rise and sheet thickness: d = 4 Rm sin(theta/2).

    A dapped rim stands square to the sheet, so its inner edge lies lowest and is trued off: theta, by
    cos theta = (R - h) / R with R of the outside, brings the outer edge to its full width and height.
    Area is kept at the mid-surface Rm = R - t/2; at theta = 90 degrees this is `hemisphere_disc`.
    """
    radius = cap_radius(outside, rise)
    return 4.0 * (radius - sheet / 2) * math.sin(cap_angle(outside, rise) / 2)


def cap_angle(outside: float, rise: float) -> float:
    """Angle from the axis to the outer edge of a cap, radians: cos theta = (R - h) / R."""
    radius = cap_radius(outside, rise)
    return math.acos((radius - rise) / radius)


def rim_trued(outside: float, rise: float, sheet: float) -> float:
    """mm3 that truing flat takes off the square rim of a dapped dome.

    The rim lies on a cone from the spheres' centre to the outer edge: of that cone below the rim plane goes what
    lies outside the inner sphere, whose own sector reaches above the plane by a cap. Nothing on a hemisphere.
    """
    outer, angle = cap_radius(outside, rise), cap_angle(outside, rise)
    inner, plane = outer - sheet, outer * math.cos(angle)
    cone = math.pi / 12 * outside**2 * plane
    sector = 2 * math.pi / 3 * inner**3 * (1 - math.cos(angle))
    high = max(inner - plane, 0.0)
    return cone - (sector - math.pi * high**2 * (inner - high / 3))


def hemisphere_disc(outside: float, sheet: float) -> float:
    """Disc for half a bead: sqrt(2) (OD - t)."""
    return math.sqrt(2.0) * (outside - sheet)


def ball_wire(ball: float, wire: float) -> float:
    """Wire that melts into a ball: (pi D^3 / 6) / (pi d^2 / 4)."""
    return ball**3 / 6.0 * 4.0 / (wire * wire)


def split_shank(
    inner_diameter: float, thickness: float, k: float, plate: float, split: tuple[float, float]
) -> float:
    """Blank of a shank whose split ends meet a plate underside at `plate` mm from the ring's centre.

    `split` = (slit length a, sideways spread d). Arms meet the plate where the outer face reaches it:
    theta = acos(plate / R_outer); length = R_m (2 pi - 2 theta) + 2 pi^2 d^2 / (16 a) (cosine ease).
    Raises `ValueError` when the plate stands outside the ring.
    """
    outer = inner_diameter / 2 + thickness
    if not 0 < plate < outer:
        raise ValueError("the plate's underside must cut the shank")
    theta = math.acos(plate / outer)
    mean = inner_diameter / 2 + k * thickness
    slit, spread = split
    ease = math.pi**2 * spread**2 / (16.0 * slit)
    return mean * (2 * math.pi - 2 * theta) + 2 * ease


def wrap_turn(n: int, side: float, binding: float) -> float:
    """Half-round binding wire for a turn round n square wires: 2 (n w + w) + pi h."""
    return 2.0 * (n * side + side) + math.pi * binding


def flat_chord(outer_radius: float, depth: float) -> float:
    """Length of a flat filed `depth` into a ring: 2 sqrt(Ro^2 - (Ro - f)^2)."""
    return 2.0 * math.sqrt(outer_radius**2 - (outer_radius - depth) ** 2)
