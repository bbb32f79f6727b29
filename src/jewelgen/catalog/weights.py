"""Weights: metal from volume, wax and resin, metal from a pattern, and the trade's units.

In: mm3, g/cm3, grams.  Out: grams, or a text for the bench.
"""

from __future__ import annotations

from jewelgen.catalog.alloys import alloy, pattern_density
from jewelgen.units import GRAMS_PER_CARAT, GRAMS_PER_DWT, GRAMS_PER_OZT

MM3_PER_CM3 = 1000.0


def grams(mm3: float, density_g_cm3: float) -> float:
    """Grams of a volume in mm3 at a density in g/cm3."""
    return mm3 * density_g_cm3 / MM3_PER_CM3


def alloy_grams(mm3: float, word: str) -> float:
    """Grams of a volume in mm3 in the alloy of that word."""
    return grams(mm3, alloy(word).density_g_cm3)


def pattern_grams(mm3: float, material: str = "wax") -> float:
    """Grams of a pattern of `wax` or `resin`."""
    return grams(mm3, pattern_density(material).number)


def metal_from_pattern(
    pattern_g: float, pattern_g_cm3: float, metal_g_cm3: float, button: float = 0.0
) -> float:
    """Grams of metal for a pattern of known density; `button` is an extra share, e.g. 0.10."""
    return pattern_g / pattern_g_cm3 * metal_g_cm3 * (1.0 + button)


def metal_by_factor(pattern_g: float, factor: float, button: float = 0.0) -> float:
    """Grams of metal by a shop's wax factor (`casting: metal_from_wax`)."""
    return pattern_g * factor * (1.0 + button)


def carats(weight_g: float) -> float:
    """Metric carats of grams."""
    return weight_g / GRAMS_PER_CARAT


def pennyweights(weight_g: float) -> float:
    """Pennyweights (dwt) of grams."""
    return weight_g / GRAMS_PER_DWT


def troy_ounces(weight_g: float) -> float:
    """Troy ounces (ozt) of grams."""
    return weight_g / GRAMS_PER_OZT


def mixed_density(parts: tuple[tuple[float, float], ...]) -> float:
    """Density of an alloy from (share by weight, density) pairs: 1/rho = sum(w/rho), shares to 1."""
    total = sum(share for share, _ in parts)
    return total / sum(share / density for share, density in parts)


def shrink_scale(*stages: float) -> float:
    """The factor a master is enlarged by so that stages shrinking by these shares end true.

    finished = master * product(1 - stage); the scale is the reciprocal. Stages as shares (0.025).
    """
    left = 1.0
    for stage in stages:
        left *= 1.0 - stage
    return 1.0 / left
