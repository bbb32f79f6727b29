"""Weights of a casting: pattern in wax or resin, raw casting, finished metal, and what to order."""

from __future__ import annotations

from dataclasses import dataclass

from jewelgen.cast.chain import number
from jewelgen.catalog.alloys import Alloy, pattern_density
from jewelgen.catalog.facts import fact


@dataclass(frozen=True, slots=True)
class CastWeights:
    """Grams: printed resin master, injected wax, raw casting, finished metal, metal to order with button."""

    resin_g: float
    wax_g: float
    raw_g: float
    finished_g: float
    order_g: float


def cast_weights(
    metal: Alloy, master_mm3: float, scale: float, finished_mm3: float, invested: float = 1.0
) -> CastWeights:
    """Weights from volumes in mm3: the scaled master, its linear scale, and the finished metal.

    The raw casting is the master shrunk back (volume / scale^3) in metal; the order adds the button. The wax that
    goes into the flask is `invested` times as long as the master.
    """
    raw_mm3 = master_mm3 / scale**3
    raw_g = raw_mm3 * metal.density_g_cm3 / 1000.0
    button = number(fact("casting", "tree.button_extra_pct")) / 100.0
    return CastWeights(
        resin_g=master_mm3 * pattern_density("resin").number / 1000.0,
        wax_g=master_mm3 * invested**3 * pattern_density("wax").number / 1000.0,
        raw_g=raw_g,
        finished_g=finished_mm3 * metal.density_g_cm3 / 1000.0,
        order_g=raw_g * (1.0 + button),
    )
