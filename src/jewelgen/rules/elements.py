"""JG201, JG202: prongs and other wires of a casting thinner than the pack casts."""

from __future__ import annotations

from collections.abc import Iterator

from jewelgen.catalog.packs import limit
from jewelgen.findings import Finding, Fix
from jewelgen.piece.form import Ball, Bar
from jewelgen.piece.piece import Part, Piece
from jewelgen.rules.places import here, least_metal


def findings(piece: Piece, pack: str) -> Iterator[Finding]:
    """Errors for prongs under the least prong and for bars and balls under the least element."""
    prongs = {name for s in piece.stones if s.grip in {"prongs", "claws"} for name in s.held_by}
    for part in piece.parts:
        if part.made == "cast" and isinstance(part.form, (Bar, Ball)):
            yield from _thin(part, part.name in prongs, pack)


def _thin(part: Part, prong: bool, pack: str) -> Iterator[Finding]:
    least = limit("prong_diameter_min" if prong else "element_min", pack)
    t = least_metal(part.form)
    if t < least.value - 1e-6:
        what = "prong" if prong else "wire"
        yield Finding(
            "JG201" if prong else "JG202",
            f"{part.name}: a {what} of {t:.2f} mm does not cast",
            here(part.name),
            allowed=f"at least {least.value:g} mm ({least.pack})",
            fix=Fix(part.name, f"{least.value:g}"),
        )
