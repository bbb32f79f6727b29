"""JG200: sheet and walls of a casting thinner than the pack casts."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.catalog.packs import limit
from jewelgen.findings import Finding, Fix
from jewelgen.piece.form import Dome, Plate, Tube, Wall
from jewelgen.piece.piece import Part, Piece
from jewelgen.rules.places import here, least_metal


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """An error for every cast wall, plate, dome or tube under the least wall; the fix is the wall that passes."""
    least = limit("wall_min", pack)
    for part in piece.parts:
        if part.made != "cast" or not isinstance(part.form, (Wall, Plate, Dome, Tube)):
            continue
        t = least_metal(part.form)
        if t < least.value - 1e-6:
            yield Finding(
                "JG200",
                f"{part.name}: a wall of {t:.2f} mm does not cast",
                here(part.name),
                allowed=f"at least {least.value:g} mm ({least.pack})",
                hint="make it thicker, or make the part by hand",
                fix=_fix(part, least.value),
            )


def _fix(part: Part, least: float) -> Fix:
    """The wall that passes; stock tube is what it is, so its block is made by hand."""
    if isinstance(part.form, Tube):
        return Fix(f"{part.name.rpartition('.')[0] or part.name}.made", '"handmade"')
    return Fix(part.name, f"{least:g}")
