"""Carats from millimetres and back, by the trade's formulas.

Coloured: ct = L W D SG k.  Diamond: ct = L W D k_diamond, whose factor holds the density already.
Rounds and ovals take the mean diameter squared for L W. Sources stand at `k` and `k_diamond` of the
cut's data file; simulants of diamond take its factor at their own density.
"""

from __future__ import annotations

from jewelgen.catalog.cuts import DIAMOND_SG, Cut
from jewelgen.catalog.gems import Species

SIMULANTS = frozenset({"moissanite", "cubic_zirconia"})


def factor(cut: Cut, species: Species, ratio: float) -> float:
    """Carats per mm3 of the box length x width x depth, density included once."""
    if species.id == "diamond":
        return cut.diamond_factor(ratio)
    if species.id in SIMULANTS:
        return cut.diamond_factor(ratio) * species.sg / DIAMOND_SG
    return cut.facts["k"].number * species.sg


def area(cut: Cut, length: float, width: float) -> float:
    """What the formula takes for length x width, mm2."""
    return ((length + width) / 2.0) ** 2 if cut.mean_diameter else length * width


def weight_ct(
    cut: Cut, species: Species, size: tuple[float, float, float], correction: float = 1.0
) -> float:
    """Carats of a stone of (length, width, depth) mm; `correction` for girdle and shape, e.g. 1.07."""
    length, width, depth = size
    return factor(cut, species, length / width) * area(cut, length, width) * depth * correction


def size_mm(cut: Cut, species: Species, carats: float) -> tuple[float, float, float]:
    """Length, width and depth in mm of a stone of that weight in the cut's usual proportions."""
    ratio, deep = cut.length_over_width, cut.depth_pct / 100.0
    per_cube = factor(cut, species, ratio) * area(cut, ratio, 1.0) * deep
    width = (carats / per_cube) ** (1.0 / 3.0)
    return ratio * width, width, deep * width
