"""JG200: the floor that a turned slot leaves in a cast shank thinner than the pack casts."""

from __future__ import annotations

import math
from collections.abc import Iterator

from jewelgen.catalog.packs import limit
from jewelgen.findings import Finding, Fix
from jewelgen.piece.cutter import Cut, Groove
from jewelgen.piece.easing import section_at
from jewelgen.piece.form import Hoop
from jewelgen.piece.piece import Part, Piece
from jewelgen.piece.section import thickness
from jewelgen.rules.places import here
from jewelgen.rules.stopped import grown, weight


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """For slots cut from outside into cast hoops; an error where the file cannot pass.

    The finger's side alone is filed: a slot's floor is cast as it stays.
    """
    least = limit("wall_min", pack)
    for cut in piece.cuts:
        for part in (part for part in piece.parts if part.name in cut.on and part.made == "cast"):
            left = _floor(cut, part)
            if not 0.0 < left < least.value - 1e-6:
                continue
            yield Finding(
                "JG200",
                f"{part.name}: a floor of {left:.2f} mm under the {cut.why or 'slot'} does not cast",
                here(part.name),
                weight(left, least, pack, more=grown() / 2),
                f"at least {least.value:g} mm ({least.pack})",
                "a thicker shank, a smaller stone, or set it higher",
                Fix(f"{part.name}.thick", f"{_thicker(part, least.value - left):g}"),
            )


def _floor(cut: Cut, part: Part) -> float:
    """Metal between a slot's floor and the bore, mm; 0 where there is none, or no floor."""
    slot, hoop = cut.form, part.form
    if not isinstance(slot, Groove) or slot.inner or not isinstance(hoop, Hoop):
        return 0.0
    return slot.r - slot.depth - hoop.bore / 2


def _thicker(part: Part, missing: float) -> float:
    """How thick a hoop is at the top with what is missing, mm, to the next twentieth."""
    hoop = part.form
    now = thickness(section_at(hoop.stations, 0.0)) if isinstance(hoop, Hoop) else 0.0
    return math.ceil(20 * (now + missing) - 1e-6) / 20
